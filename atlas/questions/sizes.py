"""Few digits, many rows, many classes."""

from collections.abc import Callable

import numpy as np

from atlas.questions.example import (
    BATCH,
    CONVENTION,
    LABELS,
    RIGHT,
    SAID_SQUARES,
    UNABLE,
    WRONG,
    P,
    Z,
    anything,
)
from atlas.questions.question import Question, Reading

THEME = "Few digits, many rows"
# …which many libraries do not support on a processor
LACKED = Reading("an error: this type is not supported", CONVENTION, raises=True)


# What sums of a million in float32 lose: the losses are of two classes
SUMMED = Reading(
    "right to four digits",
    CONVENTION,
    lambda found: abs(found - np.log(2)) < 1e-4,
    dtype="float32",
)


def zero(found: np.ndarray) -> np.ndarray:
    """Say whether a number is 0, not nearly."""
    return found == 0


def zeros(
    name: str, title: str, rows: int, classes: int, dtype: str, share: float
) -> Question:
    """Ask for the mean loss of so many rows of zeros, which is the logarithm of K.

    It is right to so many parts; its gradient is that of one row, times their number.
    """
    loss = np.log(classes)
    slope = [1 / classes - 1, 1 / classes]

    def close(found: np.ndarray) -> np.ndarray:
        return abs(found - loss) <= share * loss

    def nearly(found: np.ndarray) -> np.ndarray:
        return abs(found - loss) <= 1e-5 * loss

    def slopes(found: np.ndarray) -> bool:
        return bool(np.allclose(found, slope, rtol=0.1))

    def squares(found: np.ndarray) -> np.ndarray:
        sum_of_them = (1 - 1 / classes) / rows
        return abs(found - sum_of_them) <= share * sum_of_them

    return Question(
        name,
        THEME,
        title,
        "cross_entropy_of_zeros",
        {"rows": rows, "classes": classes, "dtype": dtype},
        (
            Reading("right to the precision of the type", RIGHT, close, slopes),
            Reading("right, and its gradient is 0", WRONG, close, zero),
            Reading("right, and its gradient is not", WRONG, close, anything),
            Reading(SAID_SQUARES, WRONG, squares, slopes),
            Reading("right to the precision of the type", RIGHT, close),
            Reading("0, and its gradient is 0", WRONG, zero, zero),
            Reading("0", WRONG, zero),
            Reading("infinite", WRONG, np.inf),
            Reading("NaN", WRONG, np.nan),
            *((SUMMED,) if dtype == "float32" else ()),
            Reading("right to five digits", CONVENTION, nearly, slopes),
            Reading(
                "right to five digits, and its gradient is not", WRONG, nearly, anything
            ),
            Reading("right to five digits", CONVENTION, nearly),
            Reading("another number", WRONG, np.isfinite),
            UNABLE if dtype == "float32" else LACKED,
        ),
        "numerics",
    )


def dtypes(name: str, title: str, dtype: str) -> Question:
    """Ask in which type a loss comes back."""
    return Question(
        name,
        THEME,
        title,
        "cross_entropy",
        {"z": BATCH, "labels": LABELS, "dtype": dtype},
        (
            Reading(dtype, CONVENTION, dtype=dtype),
            Reading("float32", CONVENTION, dtype="float32"),
            Reading("float64", CONVENTION, dtype="float64"),
            LACKED,
        ),
        "numerics",
    )


def _digits(error: float) -> Callable[[np.ndarray], np.ndarray]:
    """Say of a gradient whether it is right but for so much."""
    return lambda found: abs(found - (np.array(P) - [0.0, 0.0, 1.0])) < error


QUESTIONS = (
    dtypes("dtype-float64", "Logits in float64: the type of the loss?", "float64"),
    dtypes("dtype-float16", "Logits in float16: the type of the loss?", "float16"),
    dtypes("dtype-bfloat16", "Logits in bfloat16: the type of the loss?", "bfloat16"),
    Question(
        "digits-float64",
        THEME,
        "Logits in float64: how many digits of the gradient are right?",
        "cross_entropy",
        {"z": [Z], "labels": [2], "dtype": "float64"},
        (
            Reading("sixteen", RIGHT, gradient=_digits(1e-14)),
            Reading(
                "seven: it becomes float32",
                CONVENTION,
                gradient=_digits(1e-6),
                dtype="float32",
            ),
            Reading("seven, as in float32", WRONG, gradient=_digits(1e-6)),
            Reading("sixteen of the value", RIGHT, np.log(2.0), alone=True),
            LACKED,
        ),
        "numerics",
    ),
    zeros("float16-classes", "float16, 50 257 classes?", 1, 50_257, "float16", 2e-3),
    zeros(
        "float16-many-classes", "float16, 70 000 classes?", 1, 70_000, "float16", 2e-3
    ),
    zeros("bfloat16-classes", "bfloat16, 50 257 classes?", 1, 50_257, "bfloat16", 1e-2),
    zeros(
        "bfloat16-many-classes",
        "bfloat16, 100 000 classes?",
        1,
        100_000,
        "bfloat16",
        1e-2,
    ),
    zeros("float16-rows", "float16, a mean over 1000 rows?", 1000, 2, "float16", 2e-3),
    zeros("float16-65520", "float16, 65 520 rows?", 65_520, 2, "float16", 2e-3),
    zeros("float16-300000", "float16, 300 000 rows?", 300_000, 2, "float16", 2e-3),
    zeros(
        "float16-matrix",
        "float16, 4096 rows of 1000 classes?",
        4096,
        1000,
        "float16",
        2e-3,
    ),
    zeros("bfloat16-rows", "bfloat16, 10 000 rows?", 10_000, 2, "bfloat16", 1e-2),
    zeros("bfloat16-million", "bfloat16, a million rows?", 10**6, 2, "bfloat16", 1e-2),
    zeros("float32-million", "float32, a million rows?", 10**6, 2, "float32", 1e-6),
)
