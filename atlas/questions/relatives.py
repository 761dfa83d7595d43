"""Losses beside cross-entropy: binary weights, focal, divergence, Poisson, z-loss."""

import math

import numpy as np

from atlas.questions.example import CONVENTION, REFUSED, RIGHT, WRONG, Z
from atlas.questions.question import Question, Reading
from snippets.contrast import z_loss, z_loss_gradient
from snippets.information import kl_divergence

THEME = "Other losses"
HALF = np.log(2.0)
Q, P = [[0.2, 0.8], [0.5, 0.5]], [[0.5, 0.5], [0.9, 0.1]]
DIVERGENCES = np.asarray(kl_divergence(np.array(Q), np.array(P)))
BACKWARD = np.asarray(kl_divergence(np.array(P), np.array(Q)))
COUNTS = 2 * np.log(2.0) + 6 * np.log(6.0)
SHARES = float(kl_divergence(np.array([0.25, 0.75]), np.array([0.5, 0.5])))
COLUMNS = [np.transpose(rows) / np.sum(rows, axis=0)[:, None] for rows in (Q, P)]
OF_COLUMNS = np.asarray(kl_divergence(*COLUMNS))
RATE, COUNT = 3.0, 2.0
POISSON = RATE - COUNT * np.log(RATE)
MU, VARIANCE, Y = 1.0, 4.0, 2.0
ABOVE = (np.array(Z) + 3).tolist()  # log-sum-exp is 3
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
        (
            Reading("an error: one label a row", CONVENTION, raises=True),
            *(
                Reading(words, CONVENTION, value.tolist())
                for losses in [
                    np.log1p(np.exp([[0.0, 1.0], [2.0, 3.0]]))
                    - [[0.0, 0.0], [2.0, 0.0]]
                ]
                for words, value in (
                    ("the mean over all labels", losses.mean()),
                    ("one loss per label", losses),
                    ("the mean of each row", losses.mean(-1)),
                    ("the sum over all labels", losses.sum()),
                )
            ),
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
            Reading(
                "−½ ln σ(2z + 1), its variant FL*",
                CONVENTION,
                np.log1p(np.exp(-1.0)) / 2,
            ),
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
                "one for each column, divided by its sum",
                CONVENTION,
                OF_COLUMNS.tolist(),
            ),
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
        "divergence-of-counts",
        THEME,
        "A “divergence” of (2, 6) from (1, 1), which do not sum to 1?",
        "kl_divergence",
        {"q": [2.0, 6.0], "p": [1.0, 1.0]},
        (
            REFUSED,
            Reading("of both divided by their sums", CONVENTION, SHARES),
            Reading("the formula as it stands", CONVENTION, COUNTS),
            Reading(
                "the formula, less the difference of the sums", CONVENTION, COUNTS - 6
            ),
            Reading("what is above 1 is taken as 1: 0", WRONG, 0.0),
        ),
        "information",
    ),
    Question(
        "divergence-below-one",
        THEME,
        "The divergence of (½, ½) from (¼, ¼), which does not sum to 1?",
        "kl_divergence",
        {"q": [0.5, 0.5], "p": [0.25, 0.25]},
        (
            REFUSED,
            Reading("the formula as it stands: ln 2", CONVENTION, HALF),
            Reading("0: divided by their sum", CONVENTION, 0.0),
            Reading(
                "ln 2 − ½: the sums are compared too",
                CONVENTION,
                HALF - 0.5,
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
            Reading(
                "the deviance: twice the excess over the loss at the rate y",
                CONVENTION,
                2 * (POISSON - (COUNT - COUNT * np.log(COUNT))),
            ),
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
    Question(
        "z-loss",
        THEME,
        "The z-loss of logits that are 3 above those of the example?",
        "z_loss",
        {"z": [ABOVE]},
        (
            Reading(
                "the square of log-sum-exp: 9",
                CONVENTION,
                z_loss(ABOVE),
                [z_loss_gradient(ABOVE).tolist()],
            ),
        ),
        "contrast#the-z-loss",
    ),
)
