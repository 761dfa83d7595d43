"""What a learner makes of unusual rows: other labels, missing numbers."""

from collections.abc import Callable

import numpy as np

from atlas.questions.example import CONVENTION, RIGHT, WRONG
from atlas.questions.learners import CLASSES, OTHER_NAMES, PAIR, X, half
from atlas.questions.question import Question, Reading

THEME = "Unusual input for learners"
PAIRS = PAIR["x"] * 20
KNOWN = np.array(CLASSES) != 1  # rows of the classes 0 and 2


def large(place: int, of: int) -> Callable[[np.ndarray], bool]:
    """Say of so many probabilities whether this one is above a half."""
    return lambda found: found.shape == (of,) and bool(found[place] > 0.55)


def unseen(found: np.ndarray) -> bool:
    """Say of three probabilities whether the first is large, and the second none."""
    return large(0, 3)(found) and bool(found[1] < 1e-3)


QUESTIONS = (
    Question(
        "labels-minus-one-and-one",
        THEME,
        "Labels −1 and 1 in place of 0 and 1: the probability of the second?",
        "probability_of_the_second",
        {"x": PAIRS, "y": [-1, 1] * 20, "at": PAIR["x"]},
        OTHER_NAMES,
    ),
    Question(
        "labels-with-a-gap",
        THEME,
        "Labels 0 and 2, and no 1: which probabilities has a row that is surely a 0?",
        "probabilities",
        {"x": X[KNOWN].tolist(), "y": CLASSES[KNOWN].tolist(), "at": [[-3.0, -3.0]]},
        (
            Reading("those of 0 and 2", CONVENTION, large(0, 2)),
            Reading(
                "that of 2 alone", CONVENTION, lambda p: p.shape == (1,) and p < 0.4
            ),
            Reading("also that of 1, which is 0, or nearly", CONVENTION, unseen),
            Reading("also that of 1, which is not 0", CONVENTION, large(0, 3)),
            Reading("of about one half: nothing is learned", WRONG, np.isfinite),
            Reading("an error", CONVENTION, raises=True),
        ),
    ),
    Question(
        "missing-feature",
        THEME,
        "A feature that is NaN, where the model is asked for a probability?",
        "probability_of_the_second",
        {"x": PAIRS, "y": [0, 1] * 20, "at": [[np.nan]]},
        (
            Reading("an error", RIGHT, raises=True),
            Reading("no answer: an empty one", CONVENTION, []),
            Reading("NaN", RIGHT, np.isnan),
            Reading("one half, as for the feature's mean, or 0", CONVENTION, half),
            Reading(
                "sure of the second, as for a large feature",
                CONVENTION,
                lambda found: found > 0.9,
            ),
            Reading(
                "sure of the first, as for a small feature",
                CONVENTION,
                lambda found: found < 0.1,
            ),
            Reading("another than one half", CONVENTION, np.isfinite),
        ),
        "api#bad-input",
    ),
    Question(
        "missing-in-training",
        THEME,
        "…where it is fitted, in a third of the rows?",
        "probability_of_the_second",
        {"x": [[-1.0], [1.0], [np.nan]] * 20, "y": [0, 1, 0] * 20, "at": [[1.0]]},
        (
            Reading("an error", RIGHT, raises=True),
            Reading(
                "these rows are left out, filled in, or apart from the others",
                CONVENTION,
                lambda found: found > 0.51,
            ),
            Reading("NaN: nothing else is learned", CONVENTION, np.isnan),
            Reading("one half: nothing is learned", WRONG, half),
            Reading("less than one half, where it is certain", WRONG, np.isfinite),
        ),
        "api#bad-input",
    ),
)
