"""Confident mistakes, and logits that are hardly numbers."""

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

THEME = "Confident mistakes"


def mistake(size: float) -> Question:
    """Ask for the loss of a wrong answer with a logit of this size."""
    loss = np.log(2.0 + np.exp(-size)) + size - np.log(2.0)
    loss = float(np.logaddexp(np.log(2.0), size))
    p = np.exp(np.array([0.0, 0.0, size]) - loss)
    return Question(
        f"mistake-of-{size:g}",
        THEME,
        f"The logits 0, 0, {size:g}, and the first class is true?",
        "cross_entropy",
        {"z": [[0.0, 0.0, size]], "labels": [0]},
        _outcomes(loss, [(p - [1.0, 0.0, 0.0]).tolist()]),
        "numerics",
    )


def binary_mistake(size: float) -> Question:
    """Ask for the loss of a wrong binary answer with a logit of this size."""
    return Question(
        f"binary-mistake-of-{size:g}",
        THEME,
        f"The logit −{size:g}, and the label is 1?",
        "binary_cross_entropy",
        {"z": [-size], "y": [1.0]},
        _outcomes(float(np.logaddexp(0.0, size)), [-1.0 / (1.0 + np.exp(-size))]),
        "binary",
    )


def _outcomes(loss: float, slope: object) -> tuple[Reading, ...]:
    return (
        Reading(f"{loss:.5g}, with the right gradient", RIGHT, loss, slope),
        Reading(f"{loss:.5g}", RIGHT, loss, alone=True),
        Reading(SAID_SQUARES, WRONG, (np.array(slope) ** 2).sum(), slope),
        Reading(
            "cut off, with the right gradient",
            WRONG,
            lambda found: found < loss * (1 - 1e-5),
            slope,
        ),
        Reading(
            "cut off, and its gradient is 0",
            WRONG,
            lambda found: found < loss * (1 - 1e-5),
            lambda found: found == 0,
        ),
        Reading("cut off", WRONG, lambda found: found < loss * (1 - 1e-5)),
        Reading(f"{loss:.5g}, with a wrong gradient", WRONG, loss, anything),
        Reading(f"{loss:.5g}", RIGHT, loss),
        Reading("infinite", WRONG, np.inf),
        Reading("NaN", WRONG, np.nan),
        UNABLE,
    )


QUESTIONS = (
    *(mistake(size) for size in (20.0, 100.0, 1000.0)),
    *(binary_mistake(size) for size in (20.0, 100.0, 1000.0)),
    Question(
        "huge-logits",
        THEME,
        "Softmax of 1000 and 999?",
        "softmax",
        {"z": [1000.0, 999.0]},
        (
            Reading(
                "as of 1 and 0",
                RIGHT,
                [np.e / (1 + np.e), 1 / (1 + np.e)],
            ),
            Reading("NaN", WRONG, np.isnan),
            UNABLE,
        ),
        "softmax",
    ),
    Question(
        "small-log-probability",
        THEME,
        "Log-softmax of (0, −40): is the first, −4 · 10⁻¹⁸, kept?",
        "log_softmax",
        {"z": [0.0, -40.0]},
        (
            Reading("kept", RIGHT, lambda found: found[0] < 0),
            Reading("0", CONVENTION, lambda found: found[0] == 0),
        ),
        "numerics",
    ),
    Question(
        "infinite-logit",
        THEME,
        "Softmax of (+∞, 0)?",
        "softmax",
        {"z": [np.inf, 0.0]},
        (
            REFUSED,
            Reading("NaN", CONVENTION, lambda found: np.isnan(found).any()),
            Reading("1 and 0, the limit", CONVENTION, [1.0, 0.0]),
        ),
    ),
    Question(
        "nan-logit",
        THEME,
        "A logit that is NaN, of a class that is not true?",
        "cross_entropy",
        {"z": [[0.0, np.nan]], "labels": [0]},
        (
            REFUSED,
            Reading("NaN", CONVENTION, np.nan),
            Reading("a number: it goes unnoticed", WRONG, np.isfinite),
        ),
        "api#bad-input",
    ),
)
