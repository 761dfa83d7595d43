"""Losses beside cross-entropy: binary weights, focal, divergence, Poisson, Gaussian."""

import math

import numpy as np

from atlas.questions.example import CONVENTION, REFUSED, RIGHT, WRONG
from atlas.questions.question import Question, Reading
from snippets.information import kl_divergence

THEME = "Other losses"
HALF = np.log(2.0)
Q, P = [[0.2, 0.8], [0.5, 0.5]], [[0.5, 0.5], [0.9, 0.1]]
DIVERGENCES = np.asarray(kl_divergence(np.array(Q), np.array(P)))
BACKWARD = np.asarray(kl_divergence(np.array(P), np.array(Q)))
RATE, COUNT = 3.0, 2.0
POISSON = RATE - COUNT * np.log(RATE)
MU, VARIANCE, Y = 1.0, 4.0, 2.0
GAUSSIAN = (np.log(VARIANCE) + (Y - MU) ** 2 / VARIANCE) / 2

QUESTIONS = (
    Question(
        "positive-weight",
        THEME,
        "Binary, with the weight 3 of the label 1, a 1 and a 0 at logit 0: the mean?",
        "binary_cross_entropy",
        {"z": [0.0, 0.0], "y": [1.0, 0.0], "reduction": "mean", "positive_weight": 3.0},
        (
            Reading("divides by the number of labels", CONVENTION, 2 * HALF),
            Reading("divides by the sum of the weights", CONVENTION, HALF),
            Reading("one loss per label", CONVENTION, [3 * HALF, HALF]),
        ),
        "binary",
    ),
    Question(
        "binary-reduction",
        THEME,
        "Binary, labels of the shape (2, 2): what is returned by default?",
        "binary_cross_entropy",
        {"z": [[0.0, 1.0], [2.0, 3.0]], "y": [[1.0, 0.0], [1.0, 0.0]]},
        tuple(
            Reading(words, CONVENTION, value.tolist())
            for losses in [
                np.log1p(np.exp([[0.0, 1.0], [2.0, 3.0]])) - [[0.0, 0.0], [2.0, 0.0]]
            ]
            for words, value in (
                ("the mean over all labels", losses.mean()),
                ("one loss per label", losses),
                ("the mean of each row", losses.mean(-1)),
                ("the sum over all labels", losses.sum()),
            )
        ),
        "binary",
    ),
    Question(
        "focal",
        THEME,
        "The binary focal loss by default, label 1 at logit 0?",
        "binary_focal",
        {"z": [0.0], "y": [1.0]},
        (
            Reading("γ = 2, without a weight", CONVENTION, HALF / 4),
            Reading("γ = 2, α = 0.25", CONVENTION, HALF / 16),
        ),
    ),
    Question(
        "focal-classes",
        THEME,
        "The focal loss of classes by default, the truth at 0.5?",
        "focal",
        {"p": [[0.5, 0.5]], "y": [[1.0, 0.0]]},
        (
            Reading("γ = 2, without a weight", CONVENTION, HALF / 4),
            Reading("γ = 2, α = 0.25", CONVENTION, HALF / 16),
        ),
    ),
    Question(
        "divergence-direction",
        THEME,
        "A divergence, called as its documentation says: which one is it?",
        "kl_divergence",
        {"q": Q[0], "p": P[0]},
        (
            Reading("KL(q ‖ p)", RIGHT, DIVERGENCES[0]),
            Reading("KL(p ‖ q)", WRONG, BACKWARD[0]),
        ),
        "information",
    ),
    Question(
        "divergence-reduction",
        THEME,
        "The divergence of two pairs: what is returned by default?",
        "kl_divergence_by_default",
        {"q": Q, "p": P},
        (
            Reading("one for each pair", CONVENTION, DIVERGENCES.tolist()),
            Reading("their mean", CONVENTION, DIVERGENCES.mean()),
            Reading("their sum", CONVENTION, DIVERGENCES.sum()),
            Reading(
                "a mean over pairs and classes, of no meaning",
                WRONG,
                DIVERGENCES.mean() / 2,
            ),
            Reading(
                "a number for each pair and class",
                CONVENTION,
                (np.array(Q) * np.log(np.array(Q) / np.array(P))).tolist(),
            ),
        ),
        "information",
    ),
    Question(
        "poisson",
        THEME,
        "The Poisson loss of the count 2 at the rate 3?",
        "poisson",
        {"rate": [RATE], "counts": [COUNT]},
        (
            Reading("without ln y!", CONVENTION, POISSON),
            Reading(
                "without ln y!, a little added to the rate",
                CONVENTION,
                lambda loss: abs(loss - POISSON) < 1e-6,
            ),
            Reading("with ln y!", CONVENTION, POISSON + math.log(2)),
            REFUSED,
        ),
        "families",
    ),
    Question(
        "poisson-zero",
        THEME,
        "…at the rate 0, where the count is 1?",
        "poisson",
        {"rate": [0.0], "counts": [1.0]},
        (
            Reading("infinite", RIGHT, np.inf),
            Reading("finite", CONVENTION, np.isfinite),
            Reading("NaN", WRONG, np.nan),
            REFUSED,
        ),
        "families",
    ),
    Question(
        "gaussian",
        THEME,
        "The Gaussian loss at μ = 1, σ² = 4, y = 2?",
        "gaussian",
        {"mu": [MU], "variance": [VARIANCE], "y": [Y]},
        (
            Reading("without ½ ln 2π", CONVENTION, GAUSSIAN),
            Reading(
                "with ½ ln 2π",
                CONVENTION,
                GAUSSIAN + np.log(2 * np.pi) / 2,
            ),
            REFUSED,
        ),
        "families",
    ),
    Question(
        "gaussian-variance-zero",
        THEME,
        "…where the variance is 0?",
        "gaussian",
        {"mu": [MU], "variance": [0.0], "y": [Y]},
        (
            Reading("infinite", RIGHT, np.inf),
            REFUSED,
            Reading("finite", CONVENTION, np.isfinite),
            Reading("NaN", WRONG, np.nan),
        ),
        "families",
    ),
)
