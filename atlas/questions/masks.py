"""Classes that are masked: a logit of minus infinity, that is, a probability 0."""

import numpy as np

from atlas.questions.example import (
    CONVENTION,
    REFUSED,
    RIGHT,
    SAID_SQUARES,
    UNABLE,
    WRONG,
    anything,
)
from atlas.questions.question import Question, Reading

THEME = "Masked classes"
MASKED = [[0.0, -np.inf, 0.0]]
HALF = np.log(2.0)
SLOPE = [[-0.5, 0.0, 0.5]]

QUESTIONS = (
    Question(
        "masked-index",
        THEME,
        "A masked class that is not the true one, by class index?",
        "cross_entropy",
        {"z": MASKED, "labels": [0]},
        (
            Reading("ln 2, with the right gradient", RIGHT, HALF, SLOPE),
            Reading(
                "ln 2, with NaN in the gradient",
                WRONG,
                HALF,
                lambda slope: np.isnan(slope).any(),
            ),
            Reading("ln 2, with another gradient", WRONG, HALF, anything),
            Reading("ln 2", RIGHT, HALF),
            Reading("NaN, with the right gradient", WRONG, np.nan, SLOPE),
            Reading(SAID_SQUARES, WRONG, 0.5, SLOPE),
            Reading("NaN", WRONG, np.nan),
            UNABLE,
        ),
        "softmax",
    ),
    Question(
        "masked-distribution",
        THEME,
        "…by the distribution (1, 0, 0)?",
        "cross_entropy_of_distribution",
        {"z": MASKED, "y": [[1.0, 0.0, 0.0]]},
        (
            Reading("ln 2, with the right gradient", RIGHT, HALF, SLOPE),
            Reading("ln 2, with another gradient", WRONG, HALF, anything),
            Reading("ln 2", RIGHT, HALF),
            Reading(SAID_SQUARES, WRONG, 0.5, SLOPE),
            Reading("NaN, with the right gradient", WRONG, np.nan, SLOPE),
            Reading("NaN, and the gradient is 0", WRONG, np.nan, [[0.0, 0.0, 0.0]]),
            Reading("NaN, also in the gradient", WRONG, np.nan, anything),
            Reading("NaN", WRONG, np.nan),
            UNABLE,
        ),
        "softmax",
    ),
    Question(
        "masked-truth",
        THEME,
        "…and if the true class is masked?",
        "cross_entropy",
        {"z": MASKED, "labels": [1]},
        (
            Reading("infinite", RIGHT, np.inf),
            Reading("finite", CONVENTION, lambda loss: loss > 0),
            Reading("NaN", WRONG, np.nan),
            REFUSED,
        ),
    ),
    Question(
        "masked-smoothed",
        THEME,
        "…and if labels are smoothed?",
        "cross_entropy",
        {"z": MASKED, "labels": [0], "smoothing": 0.1},
        (
            Reading("infinite", RIGHT, np.inf),
            Reading("NaN", WRONG, np.nan),
            Reading("finite", CONVENTION, lambda loss: loss > 0),
            REFUSED,
        ),
    ),
    Question(
        "binary-masked",
        THEME,
        "Binary, the logit −∞ where the label is 0?",
        "binary_cross_entropy",
        {"z": [-np.inf], "y": [0.0]},
        (
            Reading("0, with the right gradient", RIGHT, 0.0, [0.0]),
            Reading("0, with another gradient", WRONG, 0.0, anything),
            Reading("0", RIGHT, 0.0),
            Reading("NaN, with the right gradient", WRONG, np.nan, [0.0]),
            Reading("NaN, also in the gradient", WRONG, np.nan, np.isnan),
            Reading("NaN", WRONG, np.nan),
            UNABLE,
        ),
        "binary",
    ),
    Question(
        "all-masked-softmax",
        THEME,
        "Softmax where all classes are masked?",
        "softmax",
        {"z": [-np.inf, -np.inf]},
        (
            Reading("NaN", CONVENTION, [np.nan, np.nan]),
            Reading("0, which does not sum to 1", WRONG, [0.0, 0.0]),
            Reading("uniform", CONVENTION, [0.5, 0.5]),
            REFUSED,
        ),
    ),
    Question(
        "all-masked-logsumexp",
        THEME,
        "Log-sum-exp where all classes are masked?",
        "logsumexp",
        {"z": [-np.inf, -np.inf]},
        (
            Reading("−∞, no NaN in the gradient", RIGHT, -np.inf, np.isfinite),
            Reading("−∞, and NaN in the gradient", CONVENTION, -np.inf, np.isnan),
            Reading("−∞", RIGHT, -np.inf),
            Reading("NaN", WRONG, np.nan),
            REFUSED,
        ),
    ),
    Question(
        "logsumexp-of-nothing",
        THEME,
        "Log-sum-exp of no class at all, the logarithm of an empty sum?",
        "logsumexp",
        {"z": []},
        (
            Reading("−∞", RIGHT, -np.inf),
            Reading("its most negative number", CONVENTION, lambda z: z < -1e300 / 2),
            Reading("0", WRONG, 0.0),
            Reading("NaN", CONVENTION, np.nan),
            REFUSED,
        ),
        "softmax",
    ),
    Question(
        "masked-softmax",
        THEME,
        "Softmax with one masked class?",
        "softmax",
        {"z": [0.0, -np.inf, 0.0]},
        (
            Reading("a little above 0 there", CONVENTION, lambda p: p[1] > 0),
            Reading("0 there", RIGHT, [0.5, 0.0, 0.5]),
            Reading("NaN", WRONG, np.isnan),
            UNABLE,
        ),
        "softmax",
    ),
)
