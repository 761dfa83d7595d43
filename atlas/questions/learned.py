"""What a fitted model says: of one label, of three classes, of another unit."""

from collections.abc import Callable
from typing import Any

import numpy as np

from atlas.questions.example import CONVENTION, RIGHT, UNABLE, WRONG
from atlas.questions.learners import CLASSES, PAIR, THEME, X
from atlas.questions.question import Question, Reading
from snippets.binary import sigmoid
from snippets.softmax import softmax


def each(scores: np.ndarray) -> np.ndarray:
    """Return a probability for each class by itself, divided by the sum of all."""
    every = np.asarray(sigmoid(scores))
    return every / every.sum()


def by(function: Callable[[np.ndarray], Any]) -> Callable[[np.ndarray], bool]:
    """Say of scores and probabilities whether the second are this of the first."""
    return lambda both: bool(np.allclose(function(both[0]), both[1], atol=1e-6))


QUESTIONS = (
    Question(
        "only-one-label",
        THEME,
        "Four rows, all of the label 1: its probability?",
        "probability_of_the_only",
        {"x": [[-1.0], [1.0], [2.0], [3.0]], "y": [1, 1, 1, 1]},
        (
            Reading("an error", RIGHT, raises=True),
            Reading("above 1", WRONG, lambda found: found > 1 + 1e-9),
            Reading("1, or close to it", RIGHT, lambda found: found > 0.99),
            Reading("one half: nothing is learned", WRONG, 0.5),
            Reading("above a half", CONVENTION, lambda found: found > 0.5),
            Reading("below a half", WRONG, np.isfinite),
        ),
        "existence",
    ),
    Question(
        "scores-to-probabilities",
        THEME,
        "Three classes: how do the scores of a row become probabilities?",
        "scores_and_probabilities",
        {"x": X.tolist(), "y": CLASSES.tolist()},
        (
            Reading("by softmax", CONVENTION, by(softmax)),
            Reading("by sigmoids, divided by their sum", CONVENTION, by(each)),
            Reading("by sigmoids, which do not sum to 1", CONVENTION, by(sigmoid)),
            Reading("in another way", CONVENTION, np.isfinite),
            UNABLE,
        ),
        "softmax",
    ),
    Question(
        "coefficients-and-predictions",
        THEME,
        "Three classes: do the coefficients that it returns give its probabilities?",
        "probabilities_of_coefficients",
        {"x": X.tolist(), "y": CLASSES.tolist()},
        (
            Reading(
                "yes",
                RIGHT,
                lambda both: bool(np.allclose(both[0], both[1], atol=1e-5)),
            ),
            Reading("no", WRONG, np.isfinite),
            UNABLE,
        ),
        "softmax",
    ),
    Question(
        "units-and-penalty",
        THEME,
        "The feature in a unit a thousand times smaller: is the fit the same?",
        "slopes_of_units",
        {**PAIR, "factor": 1000.0},
        (
            Reading(
                "yes: features are scaled, or nothing is penalised",
                CONVENTION,
                lambda slopes: abs(slopes[1] - slopes[0]) < 1e-2,
            ),
            Reading(
                "no: numbers count, not what they measure", CONVENTION, np.isfinite
            ),
            UNABLE,
        ),
        "existence",
    ),
)
