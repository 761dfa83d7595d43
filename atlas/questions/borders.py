"""Probabilities at their borders: 0, 1, and a sum that is not 1."""

import numpy as np

from atlas.questions.example import (
    CONVENTION,
    NO_GRADIENT,
    REFUSED,
    RIGHT,
    UNABLE,
    WRONG,
)
from atlas.questions.question import Question, Reading

THEME = "Probabilities 0 and 1"

# Where logarithms are cut off, by the number that a library clips at or adds
CLIPS = {
    "10⁻⁴": 1e-4,
    "10⁻⁵": 1e-5,
    "10⁻⁶": 1e-6,
    "10⁻⁷": 1e-7,
    "1.2 · 10⁻⁷, the precision of float32": float(np.finfo(np.float32).eps),
    "10⁻⁸": 1e-8,
    "10⁻¹⁰": 1e-10,
    "10⁻¹²": 1e-12,
    "10⁻¹⁵": 1e-15,
    "2.2 · 10⁻¹⁶, the precision of float64": float(np.finfo(np.float64).eps),
    "1 − (1 − 10⁻¹⁵)": 1 - (1 - 1e-15),
    "10⁻¹⁶": 1e-16,
    "10⁻²⁰": 1e-20,
}
CUT = (
    Reading("infinite", RIGHT, np.inf),
    *[
        Reading(f"cut off at −ln of {said}", CONVENTION, -np.log(clip))
        for said, clip in CLIPS.items()
    ],
    *[
        Reading(f"cut off at {said}", CONVENTION, stop)
        for said, stop in (
            ("50", 50.0),
            ("64", 64.0),
            ("100", 100.0),
            ("10²⁰", 1e20),
            ("10³⁰⁰", 1e300),
        )
    ],
    Reading("NaN", WRONG, np.nan),
    REFUSED,
)
CERTAIN = (
    Reading("0", RIGHT, lambda loss: loss == 0),
    Reading("more than 0", CONVENTION, lambda loss: loss > 0),
    Reading("less than 0", WRONG, lambda loss: loss < 0),
    Reading("NaN", WRONG, np.nan),
    REFUSED,
)
# Of the gradient in the probability that is 0
SLOPES = (
    Reading(
        "0: the mistake is never corrected",
        WRONG,
        gradient=lambda slope: slope.flat[0] == 0,
    ),
    Reading("NaN", WRONG, gradient=lambda slope: np.isnan(slope.flat[0])),
    Reading("infinite", RIGHT, gradient=lambda slope: slope.flat[0] == -np.inf),
    Reading("finite", CONVENTION, gradient=lambda slope: slope.flat[0] < 0),
    NO_GRADIENT,
    REFUSED,
)

QUESTIONS = (
    Question(
        "truth-impossible",
        THEME,
        "The true class has the probability 0: the loss?",
        "cross_entropy_of_probability",
        {"p": [[0.0, 0.5, 0.5]], "labels": [0]},
        CUT,
        "numerics",
    ),
    Question(
        "truth-impossible-gradient",
        THEME,
        "…and its gradient in that probability?",
        "cross_entropy_of_probability",
        {"p": [[0.0, 0.5, 0.5]], "labels": [0]},
        SLOPES,
        "numerics",
    ),
    Question(
        "truth-certain",
        THEME,
        "The true class has the probability 1: the loss?",
        "cross_entropy_of_probability",
        {"p": [[0.0, 0.0, 1.0]], "labels": [2]},
        CERTAIN,
    ),
    Question(
        "truth-certain-gradient",
        THEME,
        "…and its gradient?",
        "cross_entropy_of_probability",
        {"p": [[0.0, 0.0, 1.0]], "labels": [2]},
        (
            Reading("NaN", WRONG, gradient=lambda slope: np.isnan(slope).any()),
            Reading("−1 at the true class", RIGHT, gradient=[[0.0, 0.0, -1.0]]),
            Reading(
                "that of −ln(p_c / Σ p_k)",
                CONVENTION,
                gradient=[[1.0, 1.0, 0.0]],
            ),
            Reading("0: cut off", CONVENTION, gradient=lambda slope: slope == 0),
            NO_GRADIENT,
            REFUSED,
        ),
        "numerics",
    ),
    Question(
        "binary-impossible",
        THEME,
        "Binary, the label 1 has the probability 0: the loss?",
        "binary_cross_entropy_of_probability",
        {"p": [0.0], "y": [1.0]},
        CUT,
        "binary",
    ),
    Question(
        "binary-impossible-zero",
        THEME,
        "…the label 0, where the probability of 1 is 1?",
        "binary_cross_entropy_of_probability",
        {"p": [1.0], "y": [0.0]},
        CUT,
        "binary",
    ),
    Question(
        "binary-impossible-gradient",
        THEME,
        "…the gradient for the label 1 at the probability 0?",
        "binary_cross_entropy_of_probability",
        {"p": [0.0], "y": [1.0]},
        SLOPES,
        "binary",
    ),
    Question(
        "binary-certain",
        THEME,
        "…the label 1, with the probability 1?",
        "binary_cross_entropy_of_probability",
        {"p": [1.0], "y": [1.0]},
        CERTAIN,
        "binary",
    ),
    Question(
        "binary-certain-gradient",
        THEME,
        "…and its gradient?",
        "binary_cross_entropy_of_probability",
        {"p": [1.0], "y": [1.0]},
        (
            Reading("NaN", WRONG, gradient=np.isnan),
            Reading("−1", RIGHT, gradient=[-1.0]),
            Reading("0: cut off", CONVENTION, gradient=lambda slope: slope == 0),
            Reading("another", CONVENTION, gradient=np.isfinite),
            NO_GRADIENT,
            REFUSED,
        ),
        "binary",
    ),
    Question(
        "sum-below-one",
        THEME,
        "Probabilities 0.2, 0.3, 0.25, which do not sum to 1?",
        "cross_entropy_of_probability",
        {"p": [[0.2, 0.3, 0.25]], "labels": [2]},
        (
            Reading("taken as they are", CONVENTION, -np.log(0.25)),
            Reading("taken as they are, in bits", CONVENTION, 2.0),
            Reading("divided by their sum", CONVENTION, np.log(3.0)),
            Reading("NaN", CONVENTION, np.nan),
            REFUSED,
        ),
    ),
    Question(
        "probability-above-one",
        THEME,
        "A binary “probability” 1.2?",
        "binary_cross_entropy_of_probability",
        {"p": [1.2], "y": [1.0]},
        (
            REFUSED,
            Reading(
                "the formula as it stands: negative", CONVENTION, lambda loss: loss < 0
            ),
            Reading("taken as 1", CONVENTION, lambda loss: abs(loss) < 1e-3),
            Reading("NaN", CONVENTION, np.nan),
        ),
    ),
    Question(
        "entropy-with-a-zero",
        THEME,
        "The entropy of (½, ½, 0)?",
        "entropy",
        {"q": [0.5, 0.5, 0.0]},
        (
            Reading("ln 2", RIGHT, np.log(2.0)),
            Reading("NaN", WRONG, np.nan),
            Reading("infinite", WRONG, np.inf),
            UNABLE,
        ),
        "information",
    ),
    Question(
        "entropy-of-counts",
        THEME,
        "The “entropy” of (1, 1, 2)?",
        "entropy",
        {"q": [1.0, 1.0, 2.0]},
        (
            REFUSED,
            Reading(
                "of the counts divided by their sum", CONVENTION, 1.5 * np.log(2.0)
            ),
            Reading("the formula as it stands: −2 ln 2", CONVENTION, -2 * np.log(2.0)),
            Reading("the formula as it stands, in bits: −2", CONVENTION, -2.0),
        ),
        "information",
    ),
    Question(
        "divergence-from-zero",
        THEME,
        "The divergence of q from p, where q has a 0?",
        "kl_divergence",
        {"q": [1.0, 0.0], "p": [0.5, 0.5]},
        (
            Reading("ln 2", RIGHT, np.log(2.0)),
            Reading("NaN", WRONG, np.nan),
            REFUSED,
        ),
        "information",
    ),
    Question(
        "divergence-to-zero",
        THEME,
        "…where p has a 0, and q has none?",
        "kl_divergence",
        {"q": [0.5, 0.5], "p": [1.0, 0.0]},
        (
            Reading("infinite", RIGHT, np.inf),
            Reading("finite", CONVENTION, lambda loss: loss > 0),
            Reading("NaN", WRONG, np.nan),
            REFUSED,
        ),
        "information",
    ),
)
