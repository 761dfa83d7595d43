"""What fits a model by itself: its penalty, its gauge, its start, what it reports."""

from collections.abc import Callable
from typing import Any

import numpy as np

from atlas.questions.example import CONVENTION, RIGHT, UNABLE, WRONG
from atlas.questions.question import Question, Reading
from snippets.likelihood import categorical_mle

THEME = "Learners"
# Sixty rows of three classes, which no hyperplane separates: numbers of a linear
# congruential generator, around three means
MEANS = np.repeat([[0.0, 0.0], [1.0, 0.5], [0.3, 1.2]], [27, 20, 13], axis=0)
CLASSES = np.repeat([0, 1, 2], [27, 20, 13])


def uniform(count: int, state: int = 12345) -> np.ndarray:
    """Return numbers of a linear congruential generator, between 0 and 1."""
    found = []
    for _ in range(count):
        state = (1103515245 * state + 12345) % 2**31
        found.append(state / 2**31)
    return np.array(found)


def features() -> np.ndarray:
    """Return two features a row, of three digits: normal ones, around the means."""
    radius, turn = np.moveaxis(uniform(120).reshape(60, 2), -1, 0)
    radius, turn = np.sqrt(-2 * np.log(radius)), 2 * np.pi * turn
    noise = np.stack([radius * np.cos(turn), radius * np.sin(turn)], axis=-1)
    return np.round(MEANS + noise, 3)


X = features()
PAIR: dict[str, Any] = {"x": [[-1.0], [1.0]], "y": [0, 1]}
NOTHING = [[0.0]] * 4
ONE_OF_FOUR = [0, 0, 0, 1]
ODDS = float(np.diff(np.log(categorical_mle([3, 1])))[0])
# w minimises log(1 + e^-w) twice, plus w²/2: w = 2 sigmoid(-w)
PENALISED = 0.6748316143423994
ENTROPY = 4 * np.log(4.0) - 3 * np.log(3.0)  # in nats, of all four


def zero(place: int) -> Callable[[np.ndarray], bool]:
    """Say of coefficients, a row a class, whether one class has none."""
    return lambda rows: bool((abs(rows[place]) < 1e-12).all())


def centred(rows: np.ndarray) -> bool:
    """Say whether the slopes of all classes sum to zero, but for rounding."""
    return bool(np.allclose(rows[:, 1:].sum(axis=0), 0, atol=1e-3))


def heavier(slopes: np.ndarray) -> bool:
    """Say of two slopes whether the second can be that of ten times the loss.

    With the same penalty a maximum has at most a tenth of the mistake, sigmoid(-w).
    """
    return bool(slopes[0] < slopes[1] < np.log(10 * (1 + np.exp(slopes[0])) - 1))


def about(value: float) -> Callable[[np.ndarray], np.ndarray]:
    """Say of a number whether it is this one, but for what a search leaves."""
    return lambda found: abs(found - value) < 2e-3 * abs(value)


def loss_alone(found: np.ndarray) -> bool:
    """Say whether a loss is another, a mean one, but for sign, sum and factor."""
    ratio = abs(found[0] / found[1])
    return any(abs(ratio / usual - 1) < 1e-4 for usual in (1, 2, len(X), 2 * len(X)))


def half(found: np.ndarray) -> np.ndarray:
    """Say whether a probability is about one half."""
    return abs(found - 0.5) < 0.01


# Of the second label at two points, of which the first is surely the first
OTHER_NAMES = (
    Reading("one half for both: nothing is learned", WRONG, half),
    Reading(
        "as with 0 and 1", RIGHT, lambda found: (found[0] < 0.5) & (found[1] > 0.5)
    ),
    Reading("an error", RIGHT, raises=True),
    Reading("above a half for both", WRONG, lambda found: found > 0.5),
    Reading("not above a half, where it is certain", WRONG, np.isfinite),
)

QUESTIONS = (
    Question(
        "gauge",
        THEME,
        "Adding the same to the coefficients of all classes changes nothing. "
        "Which are returned, with as little penalty as it allows?",
        "coefficients",
        {"x": X.tolist(), "y": CLASSES.tolist()},
        (
            Reading("the first class has none", CONVENTION, zero(0)),
            Reading("the last class has none", CONVENTION, zero(-1)),
            Reading("they sum to zero", CONVENTION, centred),
            Reading("neither: where the search ended", CONVENTION, np.isfinite),
            UNABLE,
        ),
        "curvature",
    ),
    Question(
        "default-penalty",
        THEME,
        "Two points, −1 and 1, of the classes 0 and 1: the slope by default?",
        "slope",
        PAIR,
        (
            Reading(
                "0.67: the penalty w²/2 on the summed loss",
                CONVENTION,
                lambda slope: abs(slope - PENALISED) < 1e-3,
            ),
            Reading("0: nothing is learned", WRONG, lambda slope: abs(slope) < 1e-6),
            Reading(
                "finite, below 5: a penalty, or an early end",
                CONVENTION,
                lambda slope: abs(slope) < 5,
            ),
            Reading(
                "above 5: no penalty, or a small one",
                CONVENTION,
                lambda slope: slope >= 5,
            ),
            UNABLE,
        ),
        "existence",
    ),
    Question(
        "separable",
        THEME,
        "…and if no penalty is asked for, where there is no maximum?",
        "slope",
        {**PAIR, "penalty": "none"},
        (
            Reading("an error", RIGHT, raises=True),
            Reading("a slope, and a warning", CONVENTION, warns=True),
            Reading("a slope, and no warning", WRONG, np.isfinite),
            Reading("infinite, or NaN", CONVENTION),
        ),
        "existence",
    ),
    Question(
        "penalised-intercept",
        THEME,
        "A feature that is 0, one label 1 of four: the intercept by default?",
        "intercept",
        {"x": NOTHING, "y": ONE_OF_FOUR},
        (
            Reading(
                "−ln 3: not penalised, or hardly",
                RIGHT,
                lambda found: abs(found - ODDS) < 1e-2,
            ),
            Reading("0: there is none", CONVENTION, lambda at: abs(at) < 1e-9),
            Reading(
                "closer to 0: penalised, or not at the end",
                CONVENTION,
                lambda found: (found < 0) & (found > ODDS),
            ),
            Reading("of the wrong sign", WRONG, lambda found: found > 0),
            Reading("further from 0", WRONG, lambda found: found < ODDS),
            UNABLE,
        ),
        "existence",
    ),
    Question(
        "penalty-and-copies",
        THEME,
        "Each row ten times, with the same penalty: is the fit the same?",
        "slopes_of_copies",
        {**PAIR, "copies": 10},
        (
            Reading(
                "yes: the loss is a mean, or nothing is penalised",
                CONVENTION,
                lambda slopes: abs(slopes[1] - slopes[0]) < 1e-2,
            ),
            Reading(
                "no: the more rows, the less the penalty weighs",
                CONVENTION,
                lambda slopes: slopes[1] > slopes[0],
            ),
            Reading("no: the slope shrinks", WRONG, np.isfinite),
            UNABLE,
        ),
        "existence",
    ),
    Question(
        "reported",
        THEME,
        "Only a constant is fitted to the labels 0, 0, 0, 1. "
        "What does it report as its loss?",
        "reported",
        {"x": NOTHING, "y": ONE_OF_FOUR},
        (
            *[
                Reading(words, CONVENTION, about(value))
                for words, value in (
                    ("the mean, in nats", ENTROPY / 4),
                    ("the sum, in nats", ENTROPY),
                    ("minus the sum: the log-likelihood", -ENTROPY),
                    ("minus the mean", -ENTROPY / 4),
                    ("twice the sum: the deviance", 2 * ENTROPY),
                    ("twice the mean", ENTROPY / 2),
                    ("the mean, in bits", ENTROPY / 4 / np.log(2)),
                )
            ],
            Reading(
                "the logarithm of the mean probability", WRONG, about(np.log(0.625))
            ),
        ),
        "likelihood",
    ),
    Question(
        "reported-penalty",
        THEME,
        "With a penalty, is it in what is reported as the loss?",
        "reported_and_loss",
        {"x": X.tolist(), "y": CLASSES.tolist()},
        (
            Reading("no: the loss of the predictions alone", CONVENTION, loss_alone),
            Reading("yes: the loss and the penalty", CONVENTION, np.isfinite),
        ),
        "likelihood",
    ),
    Question(
        "start",
        THEME,
        "Before anything is learned, labels 0, 0, 0, 1: the probability of 1?",
        "start",
        {"x": NOTHING, "y": ONE_OF_FOUR},
        (
            Reading("one half", CONVENTION, 0.5),
            Reading("one quarter, the share of 1", CONVENTION, 0.25),
            Reading("another", CONVENTION, np.isfinite),
            UNABLE,
        ),
        "likelihood",
    ),
    Question(
        "labels-from-one",
        THEME,
        "Labels 1 and 2 in place of 0 and 1: the probability of the second?",
        "probability_of_the_second",
        {"x": PAIR["x"] * 20, "y": [1, 2] * 20, "at": PAIR["x"]},
        OTHER_NAMES,
    ),
    Question(
        "soft-labels",
        THEME,
        "Labels 0.1 and 0.9, in place of 0 and 1?",
        "probability_of_the_second",
        {"x": NOTHING * 20, "y": [0.1, 0.9, 0.9, 0.9] * 20, "at": [[0.0]]},
        (
            Reading("an error", RIGHT, raises=True),
            Reading("0.7, their mean", RIGHT, lambda found: abs(found - 0.7) < 0.02),
            Reading("1: whatever is above 0 is a 1", WRONG, lambda p: p > 0.95),
            Reading("0: they are cut to whole numbers", WRONG, lambda p: p < 0.05),
            Reading(
                "0.75: rounded, or only told apart",
                WRONG,
                lambda found: abs(found - 0.75) < 0.02,
            ),
            Reading("another", WRONG, np.isfinite),
        ),
        "soft_labels",
    ),
    Question(
        "weights-and-penalty",
        THEME,
        "The weight 10 for each row, with the same penalty: is the fit the same?",
        "slopes_of_weights",
        {**PAIR, "weight": 10.0},
        (
            Reading(
                "yes: weights are relative, or nothing is penalised",
                CONVENTION,
                lambda slopes: abs(slopes[1] - slopes[0]) < 1e-2,
            ),
            Reading(
                "no: as ten copies, the penalty weighs less",
                CONVENTION,
                heavier,
            ),
            Reading(
                "no: the slope is beyond that of ten copies",
                WRONG,
                lambda slopes: slopes[1] > slopes[0],
            ),
            Reading("no: the slope shrinks", WRONG, np.isfinite),
            UNABLE,
        ),
        "existence",
    ),
)


def maximum(way: str) -> Question:
    """Ask for the coefficients that one way of a learner takes for the maximum."""
    return Question(
        f"maximum: {way}",
        "One maximum",
        f"The maximum-likelihood estimate, by {way}?",
        "maximum",
        {"x": X.tolist(), "y": CLASSES.tolist(), "way": way},
        (Reading("a maximum", CONVENTION, np.isfinite), UNABLE),
    )
