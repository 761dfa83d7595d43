"""Few digits, many rows, many classes."""

import numpy as np

from atlas.questions.example import BATCH, CONVENTION, LABELS, RIGHT, UNABLE, WRONG
from atlas.questions.question import Question, Reading

THEME = "Few digits, many rows"
HALVES = (("float16", 2**-10), ("bfloat16", 2**-7))


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

    def slopes(found: np.ndarray) -> bool:
        return bool(np.allclose(found, slope, rtol=0.1))

    return Question(
        name,
        THEME,
        title,
        "cross_entropy_of_zeros",
        {"rows": rows, "classes": classes, "dtype": dtype},
        (
            Reading("right to its digits", RIGHT, close, slopes),
            Reading("right, and its gradient is 0", WRONG, close, lambda g: g == 0),
            Reading("right; its gradient is not", WRONG, close, np.isfinite),
            Reading("right to its digits", RIGHT, close),
            Reading("0, and its gradient is 0", WRONG, 0.0, lambda g: g == 0),
            Reading("0", WRONG, 0.0),
            Reading("infinite", WRONG, np.inf),
            Reading("NaN", WRONG, np.nan),
            Reading("a number, another one", WRONG, np.isfinite),
            UNABLE,
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
            UNABLE,
        ),
        "numerics",
    )


QUESTIONS = (
    dtypes("dtype-float64", "Logits in float64: the type of the loss?", "float64"),
    dtypes("dtype-float16", "Logits in float16: the type of the loss?", "float16"),
    dtypes("dtype-bfloat16", "Logits in bfloat16: the type of the loss?", "bfloat16"),
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
