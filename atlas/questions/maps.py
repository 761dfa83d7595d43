"""Sparsemax, entmax, their losses, and PolyLoss: other maps, other losses."""

import numpy as np

from atlas.questions.example import (
    CONVENTION,
    REFUSED,
    RIGHT,
    UNABLE,
    WRONG,
    P,
    Z,
    anything,
)
from atlas.questions.question import Question, Reading
from snippets.gradient import cross_entropy, cross_entropy_gradient
from snippets.information import entropy
from snippets.origins import entmax, entmax_loss, entmax_loss_gradient, sparsemax
from snippets.softmax import softmax

THEME = "Other maps"
SOFT = [0.5, 0.25, 0.25]
MASKED = [0.0, -np.inf, 0.5]
FAR = 1000.0
SPARSE = sparsemax(Z)
ENTMAX = float(entmax_loss(Z, 2, 1.5))


def map_of(alpha: float, z: list[float]) -> list[float]:
    """Return a distribution."""
    return entmax(z, alpha).tolist()


def poly(epsilon: float) -> tuple[float, list[float]]:
    """Return Poly-1 of the running example, and its gradient."""
    loss = float(cross_entropy(Z, 2) + epsilon * (1 - P[2]))
    return loss, ((1 + epsilon * P[2]) * cross_entropy_gradient(Z, 2)).tolist()


def binary(z: float, y: int) -> float:
    """Return the loss of sparsemax for two classes, the logit of the first being 0."""
    return float(entmax_loss([0.0, z], y, 2))


def sums_to_one(p: np.ndarray) -> bool:
    """Say whether probabilities add up to 1, but for what float32 loses."""
    return bool(abs(p.sum() - 1) < 1e-3)


def sparse(name: str, title: str, z: list[float], label: int) -> Question:
    """Ask for the loss of sparsemax."""
    loss = float(entmax_loss(z, label, 2))
    slope = [entmax_loss_gradient(z, label, 2).tolist()]
    return Question(
        name,
        THEME,
        title,
        "sparsemax_loss",
        {"z": [z], "labels": [label]},
        (
            Reading(f"{loss:.4g}, with the right gradient", RIGHT, loss, slope),
            Reading(f"{loss:.4g}, and NaN in the gradient", WRONG, loss, np.isnan),
            Reading(f"{loss:.4g}, with a wrong gradient", WRONG, loss, anything),
            Reading("NaN, with the right gradient", WRONG, np.nan, slope),
            Reading("NaN", WRONG, np.nan),
            UNABLE,
        ),
        "origins#a-loss-for-each-map",
    )


QUESTIONS = (
    Question(
        "sparsemax",
        THEME,
        "Sparsemax of the running example?",
        "sparsemax",
        {"z": Z},
        (
            Reading("0, 0.24, 0.76", RIGHT, SPARSE.tolist()),
            Reading("a softmax", WRONG, softmax(Z).tolist()),
        ),
        "origins#sparsemax",
    ),
    Question(
        "sparsemax-masked",
        THEME,
        "…with one masked class?",
        "sparsemax",
        {"z": MASKED},
        (
            Reading("0 there", RIGHT, map_of(2, MASKED)),
            Reading("NaN", WRONG, lambda p: np.isnan(p).any()),
            UNABLE,
        ),
        "origins#sparsemax",
    ),
    Question(
        "sparsemax-far",
        THEME,
        "…of 32 768 near-equal logits around 1000, in float32: do they add up to 1?",
        "sparsemax_of_many",
        {"classes": 32_768, "around": FAR},
        (
            Reading("yes", RIGHT, lambda total: abs(total - 1) < 1e-3),
            Reading("no", WRONG, np.isfinite),
        ),
    ),
    sparse("sparsemax-loss", "The loss of sparsemax, the third class?", Z, 2),
    sparse(
        "sparsemax-loss-margin",
        "…where the true class leads by 1?",
        [0.0, -1.0, 1.0],
        2,
    ),
    sparse("sparsemax-loss-masked", "…with a masked class?", MASKED, 2),
    Question(
        "sparsemax-loss-soft",
        THEME,
        "…of the distribution (½, ¼, ¼)?",
        "sparsemax_loss_of_distribution",
        {"z": [Z], "y": [SOFT]},
        (Reading("the right loss", RIGHT, entmax_loss(Z, SOFT, 2)), REFUSED),
        "origins#a-loss-for-each-map",
    ),
    Question(
        "entmax-loss",
        THEME,
        "The loss of entmax, α = 1.5, the third class?",
        "entmax_loss",
        {"z": [Z], "labels": [2], "alpha": 1.5},
        (
            Reading(
                f"{ENTMAX:.4g}, with the right gradient",
                RIGHT,
                ENTMAX,
                [entmax_loss_gradient(Z, 2, 1.5).tolist()],
            ),
        ),
        "origins#a-loss-for-each-map",
    ),
    Question(
        "binary-sparsemax",
        THEME,
        "The binary loss of sparsemax, logit ½, label 1?",
        "binary_sparsemax_loss",
        {"z": [0.5], "y": [1]},
        (
            Reading("(1 − z)²/4, that of two classes", RIGHT, binary(0.5, 1)),
            Reading("(1 − z)²/2", CONVENTION, 2 * binary(0.5, 1)),
        ),
        "origins#the-margin",
    ),
    Question(
        "binary-sparsemax-sign",
        THEME,
        "…and the label −1, as margins have it?",
        "binary_sparsemax_loss",
        {"z": [0.5], "y": [-1]},
        (
            REFUSED,
            Reading("is the label 0", CONVENTION, binary(0.5, 0)),
            Reading("is the label 1", WRONG, binary(0.5, 1)),
        ),
    ),
    Question(
        "fenchel-young",
        THEME,
        "The Fenchel–Young loss of log-sum-exp, at the label that is the prediction?",
        "fenchel_young",
        {"z": Z, "y": P},
        (
            Reading("0", RIGHT, 0.0, [0.0, 0.0, 0.0]),
            Reading(
                "the entropy of the label; the gradient is 0",
                CONVENTION,
                entropy(P),
                lambda slope: abs(slope) < 1e-12,
            ),
        ),
        "origins#a-loss-for-each-map",
    ),
    Question(
        "fenchel-young-sparsemax",
        THEME,
        "…of the largest z·q − ½‖q‖², at the label that is its sparsemax?",
        "fenchel_young_of_squares",
        {"z": Z, "y": SPARSE.tolist()},
        (
            Reading("0", RIGHT, 0.0, [0.0, 0.0, 0.0]),
            Reading(
                "−½‖y‖², below 0; the gradient is 0",
                CONVENTION,
                -(SPARSE**2).sum() / 2,
                lambda slope: abs(slope) < 1e-12,
            ),
        ),
        "origins#a-loss-for-each-map",
    ),
    Question(
        "poly",
        THEME,
        "PolyLoss by default, the third class: what is added to the cross-entropy?",
        "poly",
        {"z": [Z], "labels": [2]},
        tuple(
            Reading(f"{epsilon:g} (1 − p)", CONVENTION, loss, [slope])
            for epsilon in (1.0, 2.0)
            for loss, slope in [poly(epsilon)]
        ),
        "origins#polyloss",
    ),
)
