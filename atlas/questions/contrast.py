"""Contrast: one positive among the others of a batch, or among classes drawn."""

import numpy as np

from atlas.questions.example import CONVENTION, REFUSED, RIGHT, WRONG, Z
from atlas.questions.question import Question, Reading
from snippets.binary import binary_cross_entropy, sigmoid
from snippets.contrast import (
    adjusted_logits,
    clip_gradient,
    clip_loss,
    hierarchical_cross_entropy,
    sampled_cross_entropy,
)
from snippets.gradient import cross_entropy, cross_entropy_gradient
from snippets.softmax import softmax

THEME = "Contrast"
# Two views of two examples, and the temperature
U, W = np.eye(2), np.array([[1.0, 0.0], [0.6, 0.8]])
T = 0.5
COSINES = U @ W.T
# Three of a kind and another, the last; two are near, and the third is far from both
KINDS = [0, 0, 0, 1]
X = np.array([[1.0, 0.0], [0.8, 0.6], [0.0, 1.0], [0.6, 0.8]])
# Two pairs of equal vectors, colder, and in which type
EQUAL = np.array([[1.0, 0.0], [1.0, 0.0], [0.0, 1.0], [0.0, 1.0]])
COLD, SINGLE = 0.01, "float32"
# What a pair costs at most if the smallest number is added to its probability
MOST = -float(np.log(np.finfo(SINGLE).tiny))

TABLE = [[0.5, 0.1, 0.2], [0.0, 0.4, 0.3], [0.1, 0.2, 0.6]]
SCALE = 10.0
LOGITS = SCALE * np.array(TABLE)

DRAWN, Q = [0, 1], np.array([0.5, 0.25, 0.25])
TREE = [1.0, -0.5, 2.0]  # logits of three questions, for four classes


def cold(labels: list[int]) -> dict[str, object]:
    """Return what is asked of equal vectors."""
    x = EQUAL.tolist()
    return {"x": x, "labels": labels, "temperature": COLD, "dtype": SINGLE}


def zero(slopes: np.ndarray) -> np.ndarray:
    """Say whether a gradient is 0, but for rounding."""
    return abs(slopes) < 1e-3


def along(gradient: np.ndarray, x: np.ndarray) -> list[list[float]]:
    """Return a gradient in unit vectors as that in the vectors, by their direction."""
    return (gradient - (gradient * x).sum(axis=-1, keepdims=True) * x).tolist()


def partners(labels: list[int]) -> list[tuple[int, int]]:
    """Return the ordered pairs of a kind."""
    places = range(len(labels))
    return [(i, j) for i in places for j in places if i != j and labels[i] == labels[j]]


def of_pairs(
    x: np.ndarray, labels: list[int], T: float, others: bool, most: float = np.inf
) -> float:
    """Return the mean loss of the ordered pairs of a kind, each at most so large.

    The candidates are the partner and all other vectors, or the partner and those of
    another kind.
    """
    z = x @ x.T / T
    losses = []
    for i, j in partners(labels):
        candidates = [
            k
            for k, label in enumerate(labels)
            if k == j or (k != i and not (others and label == labels[i]))
        ]
        losses.append(cross_entropy(z[i, candidates], candidates.index(j)))
    return float(np.minimum(losses, most).mean())


def views(T: float = T) -> tuple[float, list[list[float]]]:
    """Return the loss where all other vectors are candidates, and its gradient."""
    x = np.vstack([U, W])
    z = x @ x.T / T
    np.fill_diagonal(z, -np.inf)  # nobody is a candidate for itself
    partner = np.roll(np.arange(4), 2)
    slope = cross_entropy_gradient(z, partner) / 4
    by_x = (slope + slope.T) @ x / T
    loss = float(np.mean(cross_entropy(z, partner)))
    return loss, along(by_x[:2], U)


def sides(T: float = T) -> tuple[float, list[list[float]]]:
    """Return the loss where the vectors of the other side are, and its gradient."""
    by_cosine, _ = clip_gradient(COSINES, T)
    return float(clip_loss(COSINES, T)), along(by_cosine @ W, U)


def rows(T: float = T) -> tuple[float, list[list[float]]]:
    """Return the loss of one side, and its gradient."""
    slope = cross_entropy_gradient(COSINES / T, [0, 1]) / 2
    loss = float(np.mean(cross_entropy(COSINES / T, [0, 1])))
    return loss, along(slope @ W / T, U)


def two_views(words: str, factor: float = 1.0) -> tuple[Reading, ...]:
    """Return who the candidates may be, with the gradient divided by a length."""
    return tuple(
        Reading(f"{one}{words}", CONVENTION, loss, (np.array(slope) / factor).tolist())
        for one, (loss, slope) in {
            "all other vectors, of both views": views(),
            "the other view, in rows and columns": sides(),
            "the other view, in rows": rows(),
        }.items()
    )


def at_temperature(temperature: float) -> list[Reading]:
    """Return what a loss is at some temperature, with the candidates of each kind.

    It is asked for in a few digits: where the scale is learned, it has no more.
    """

    def near(loss: float) -> Reading:
        return Reading(
            f"{temperature:g}", CONVENTION, lambda found: abs(found / loss - 1) < 0.01
        )

    return [near(candidates(temperature)[0]) for candidates in (views, sides, rows)]


def corrected(drawn: list[int]) -> float:
    """Return the loss of the true class and those drawn, each less its log-chance."""
    candidates = adjusted_logits(Z, Q, -1)[[2, *drawn]]
    return float(cross_entropy(candidates, 0))


def data_or_noise(count: float) -> float:
    """Return the loss of the true class as data and of those drawn as noise."""
    r = np.array(Z) - np.log(count * Q)
    noise = np.sum(binary_cross_entropy(r[DRAWN], np.zeros(len(DRAWN))))
    return float(binary_cross_entropy(r[2], 1) + noise)


NOT_COMPILED = Reading(
    "an error: the search for hits cannot be compiled", CONVENTION, raises=True
)
SMOOTH = np.eye(3) * (1 - 0.1) + 0.1 / 3
SIGNS = 2 * np.eye(3) - 1
PAIRS = np.asarray(binary_cross_entropy(SIGNS * LOGITS, np.ones((3, 3))))
OF_SHARES = np.asarray(binary_cross_entropy(SIGNS * softmax(LOGITS), np.ones((3, 3))))
WITHOUT_NEGATIVE = (
    Reading("0, and so is its gradient", RIGHT, 0.0, [[0.0, 0.0], [0.0, 0.0]]),
    Reading("0, and NaN in the gradient", WRONG, 0.0, np.isnan),
    Reading("NaN", WRONG, np.nan),
    REFUSED,
)

QUESTIONS = (
    Question(
        "contrast-candidates",
        THEME,
        "Two views of two examples: what competes with the other view of an example?",
        "contrast",
        {"u": U.tolist(), "w": W.tolist(), "temperature": T},
        two_views(""),
        "contrast#two-sides-clip",
    ),
    Question(
        "contrast-lengths",
        THEME,
        "…and if the vectors of one view are twice as long?",
        "contrast",
        {"u": (2 * U).tolist(), "w": W.tolist(), "temperature": T},
        (
            *two_views("; lengths do not count", 2.0),
            Reading("another loss: lengths count", CONVENTION, np.isfinite),
        ),
        "contrast#why-the-temperature-is-learned",
    ),
    Question(
        "contrast-temperature",
        THEME,
        "…and at which temperature by default?",
        "contrast_by_default",
        {"u": U.tolist(), "w": W.tolist()},
        tuple(one for T in (0.07, 0.1, 0.5, 1.0) for one in at_temperature(T)),
        "contrast#why-the-temperature-is-learned",
    ),
    Question(
        "contrast-three-of-a-kind",
        THEME,
        "Three vectors of a kind and one of another: do the three compete?",
        "contrast_of_kinds",
        {"x": X.tolist(), "labels": KINDS, "temperature": T},
        (
            Reading(
                "yes: each pair has all others against it",
                CONVENTION,
                of_pairs(X, KINDS, T, others=False),
            ),
            Reading(
                "no: each pair has those of another kind against it",
                CONVENTION,
                of_pairs(X, KINDS, T, others=True),
            ),
        ),
    ),
    Question(
        "contrast-learned",
        THEME,
        "Two pairs that are learned, at the temperature 0.01, in float32?",
        "contrast_of_kinds",
        cold([0, 0, 1, 1]),
        (
            Reading("0, and so is its gradient", RIGHT, 0.0, zero),
            Reading("0, and NaN in the gradient", WRONG, 0.0, np.isnan),
        ),
        "contrast#the-slope-of-the-scale",
    ),
    Question(
        "contrast-cold",
        THEME,
        "…and if the third vector is of the kind of the first two?",
        "contrast_of_kinds",
        cold(KINDS),
        (
            *[
                Reading(f"{loss:.4g}", RIGHT, loss)
                for others in (False, True)
                for loss in [of_pairs(EQUAL, KINDS, COLD, others)]
            ],
            Reading(
                "cut off at 87 nats a pair",
                WRONG,
                of_pairs(EQUAL, KINDS, COLD, others=True, most=MOST),
            ),
            Reading("−∞", WRONG, -np.inf),
            Reading("NaN", WRONG, np.nan),
        ),
    ),
    Question(
        "contrast-without-negative",
        THEME,
        "Two vectors of a kind, and none of another?",
        "contrast_of_kinds",
        {"x": W.tolist(), "labels": [0, 0], "temperature": T},
        WITHOUT_NEGATIVE,
    ),
    Question(
        "contrast-without-positive",
        THEME,
        "Two vectors of different kinds: no pair at all?",
        "contrast_of_kinds",
        {"x": W.tolist(), "labels": [0, 1], "temperature": T},
        (
            Reading("0", CONVENTION, 0.0),
            Reading("NaN: a mean over nothing", CONVENTION, np.nan),
            REFUSED,
        ),
    ),
    Question(
        "contrast-table",
        THEME,
        "A table of similarities, pictures against captions, times 10: which loss?",
        "contrast_of_table",
        {"S": TABLE, "scale": SCALE},
        (
            Reading(
                "the mean of rows and columns",
                CONVENTION,
                clip_loss(TABLE, 1 / SCALE),
                clip_gradient(TABLE, 1 / SCALE)[0].tolist(),
            ),
            Reading(
                "…with labels that are smoothed by 0.1",
                CONVENTION,
                sum(
                    float(np.mean(cross_entropy(z, SMOOTH))) for z in (LOGITS, LOGITS.T)
                )
                / 2,
            ),
            Reading(
                "a binary loss for each pair, summed over a row",
                CONVENTION,
                PAIRS.sum(axis=-1).mean(),
            ),
            Reading(
                "a binary loss for each pair: their mean", CONVENTION, PAIRS.mean()
            ),
            Reading(
                "the same, with the probabilities of a softmax for logits",
                WRONG,
                OF_SHARES.sum(axis=-1).mean(),
            ),
        ),
        "contrast#two-sides-clip",
    ),
    Question(
        "sampled-softmax",
        THEME,
        "A softmax over the true class and two that were drawn: who is corrected?",
        "sampled_softmax",
        {"z": [Z], "labels": [2], "samples": DRAWN, "q": Q.tolist()},
        (
            Reading(
                "those that were drawn: it estimates the loss",
                CONVENTION,
                sampled_cross_entropy(Z, 2, DRAWN, Q),
            ),
            Reading("the true class too", CONVENTION, corrected(DRAWN)),
            NOT_COMPILED,
        ),
        "contrast#sampled-softmax",
    ),
    Question(
        "sampled-truth",
        THEME,
        "…and if one of those drawn is the true class?",
        "sampled_softmax",
        {"z": [Z], "labels": [2], "samples": [0, 2], "q": Q.tolist()},
        (
            Reading("it is left out", RIGHT, corrected([0])),
            Reading("it counts against itself", WRONG, corrected([0, 2])),
            NOT_COMPILED,
        ),
        "contrast#where-it-breaks",
    ),
    Question(
        "sampled-truth-twice",
        THEME,
        "…and if both are?",
        "sampled_softmax",
        {"z": [Z], "labels": [2], "samples": [2, 2], "q": Q.tolist()},
        (
            Reading("both are left out: 0", RIGHT, corrected([])),
            Reading(
                "one is left out, the other counts against it", WRONG, corrected([2])
            ),
            Reading("both count against it", WRONG, corrected([2, 2])),
            NOT_COMPILED,
        ),
        "contrast#where-it-breaks",
    ),
    Question(
        "noise-contrast",
        THEME,
        "Noise-contrastive: one example and two draws, what is returned?",
        "noise_contrast",
        {"z": [Z], "labels": [2], "samples": DRAWN, "q": Q.tolist()},
        (
            Reading(
                "the sum of three binary losses", CONVENTION, data_or_noise(len(DRAWN))
            ),
            Reading("their mean", CONVENTION, data_or_noise(len(DRAWN)) / 3),
            Reading("…without the number of draws", CONVENTION, data_or_noise(1)),
        ),
        "contrast#noise-contrastive-estimation",
    ),
    Question(
        "hierarchy",
        THEME,
        "A tree of four classes, each at the end of two questions: the second class?",
        "hierarchy",
        {"z": TREE, "label": 1},
        (
            Reading(
                "no, then yes",
                CONVENTION,
                hierarchical_cross_entropy(TREE, 1),
                [float(sigmoid(TREE[0])), float(sigmoid(TREE[1])) - 1, 0.0],
            ),
            Reading(
                "yes, then no",
                CONVENTION,
                hierarchical_cross_entropy(np.negative(TREE), 1),
            ),
        ),
        "contrast#a-tree-instead-of-a-sum",
    ),
)
