"""Rankings: the losses of a list of items with scores, of which grades are known."""

import numpy as np

from atlas.questions.example import CONVENTION, REFUSED, WRONG, P, Z
from atlas.questions.question import Question, Reading
from snippets.binary import binary_cross_entropy
from snippets.contrast import plackett_luce_gradient, plackett_luce_nll
from snippets.gradient import cross_entropy
from snippets.softmax import softmax

THEME = "Rankings"
GRADES = [0.0, 1.0, 2.0]
TIES = [0.0, 1.0, 1.0]
ORDER = [2, 1, 0]  # of the grades, the best first


def pairs(grades: list[float]) -> np.ndarray:
    """Return the losses of all pairs of which one has the higher grade."""
    return np.array([
        binary_cross_entropy(Z[i] - Z[j], 1)
        for i, better in enumerate(grades)
        for j, worse in enumerate(grades)
        if better > worse
    ])  # fmt: skip


def listwise(name: str, title: str, grades: list[float]) -> Question:
    """Ask for the loss of a list of grades by a softmax."""
    given, p = np.array(grades), np.array(P)
    return Question(
        name,
        THEME,
        title,
        "listwise",
        {"z": Z, "grades": grades},
        tuple(
            Reading(
                words,
                mark,
                float(cross_entropy(Z, label / label.sum()) * label.sum()),
                (label.sum() * p - label).tolist(),
            )
            for words, mark, label in (
                (
                    "as they stand: the loss is their sum times larger",
                    CONVENTION,
                    given,
                ),
                ("divided by their sum", CONVENTION, given / given.sum()),
                ("by their softmax", CONVENTION, softmax(given)),
            )
        ),
        "contrast#losses-for-ranking",
    )


QUESTIONS = (
    listwise(
        "listwise", "A softmax for the grades 0, 1, 2: how are they used?", GRADES
    ),
    Question(
        "listwise-no-grade",
        THEME,
        "…and if all grades are 0?",
        "listwise",
        {"z": Z, "grades": [0.0, 0.0, 0.0]},
        (
            Reading("0, and so is its gradient", CONVENTION, 0.0, [0.0, 0.0, 0.0]),
            Reading(
                "as if all were equally good",
                CONVENTION,
                cross_entropy(Z, np.full(3, 1 / 3)),
                (np.array(P) - 1 / 3).tolist(),
            ),
            Reading("NaN", WRONG, np.nan),
            REFUSED,
        ),
    ),
    Question(
        "pairwise",
        THEME,
        "A binary loss for the pairs of the grades 0, 1, 1: what is returned?",
        "pairwise",
        {"z": Z, "grades": TIES},
        tuple(
            Reading(f"the {words}; a tie is no pair", CONVENTION, value)
            for words, value in (
                ("sum", pairs(TIES).sum()),
                ("mean over the pairs", pairs(TIES).mean()),
                ("sum over three items", pairs(TIES).sum() / 3),
            )
        ),
        "contrast#losses-for-ranking",
    ),
    Question(
        "ranking",
        THEME,
        "The likelihood of a ranking, the largest logit first?",
        "ranking",
        {"z": Z, "ranking": ORDER},
        (
            Reading(
                "the sum over the places",
                CONVENTION,
                plackett_luce_nll(Z, ORDER),
                plackett_luce_gradient(Z, ORDER).tolist(),
            ),
            Reading(
                "its mean over the places",
                CONVENTION,
                plackett_luce_nll(Z, ORDER) / 3,
                (plackett_luce_gradient(Z, ORDER) / 3).tolist(),
            ),
        ),
        "contrast#a-whole-ranking",
    ),
)
