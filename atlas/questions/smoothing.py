"""Label smoothing: how much goes to each class."""

from collections.abc import Callable

import numpy as np

from atlas.questions.example import BATCH, CONVENTION, REFUSED, P, Z
from atlas.questions.question import Question, Reading
from snippets.gradient import cross_entropy
from snippets.soft_labels import smooth_labels, weighted_cross_entropy

THEME = "Label smoothing"
EPSILON = 0.1
ONE = np.eye(3)[2]
# ε to the two wrong classes, none of it to the true one
AMONG_WRONG = ONE * (1 - EPSILON) + (1 - ONE) * EPSILON / 2
WEIGHTS = np.array([1.0, 2.0, 3.0])
SMOOTH = smooth_labels(ONE, EPSILON)
SMOOTHED = smooth_labels(np.eye(3)[[0, 0]], EPSILON)
WEIGHTED = weighted_cross_entropy(np.array(BATCH), SMOOTHED, WEIGHTS).sum()


def _as_float32(loss: float) -> Callable[[np.ndarray], np.ndarray]:
    """Say of a loss whether it is this one, but for a step in float32."""
    return lambda found: abs(found - loss) < 1e-7


SHARES = (
    Reading("each class gets ε/K", CONVENTION, cross_entropy(np.array(Z), SMOOTH)),
    Reading(
        "each wrong class gets ε/(K − 1)",
        CONVENTION,
        cross_entropy(np.array(Z), AMONG_WRONG),
    ),
    Reading(
        "each class gets ε/K, to the precision of float32",
        CONVENTION,
        _as_float32(float(cross_entropy(np.array(Z), SMOOTH))),
    ),
)

QUESTIONS = (
    Question(
        "smoothing",
        THEME,
        "Labels smoothed by ε = 0.1, three classes?",
        "cross_entropy",
        {"z": [Z], "labels": [2], "smoothing": EPSILON},
        (
            *SHARES,
            Reading(
                "each wrong class gets ε/(K − 1)",
                CONVENTION,
                _as_float32(float(((np.array(P) - AMONG_WRONG) ** 2).sum())),
            ),
        ),
        "soft_labels",
    ),
    Question(
        "smoothing-distribution",
        THEME,
        "…and if the label is the distribution (0, 0, 1)?",
        "cross_entropy_of_distribution",
        {"z": [Z], "y": [ONE.tolist()], "smoothing": EPSILON},
        (
            *SHARES,
            REFUSED,
        ),
        "soft_labels",
    ),
    Question(
        "smoothing-above-one",
        THEME,
        "…and if ε is 1.5?",
        "cross_entropy_of_distribution",
        {"z": [Z], "y": [ONE.tolist()], "smoothing": 1.5},
        (
            REFUSED,
            *[
                Reading(
                    "the formula as it stands",
                    CONVENTION,
                    -float(np.array(Z) @ labels),
                )
                for labels in (1.5 / 3 - ONE / 2, (1 - ONE) * 1.5 / 2 - ONE / 2)
            ],
        ),
    ),
    Question(
        "smoothing-with-weights",
        THEME,
        "With weights of the classes, what does the mean of smoothed losses divide by?",
        "cross_entropy",
        {
            "z": BATCH,
            "labels": [0, 0],
            "reduction": "mean",
            "weight": WEIGHTS.tolist(),
            "smoothing": EPSILON,
        },
        (
            Reading(
                "the weights of the true classes",
                CONVENTION,
                WEIGHTED / WEIGHTS[[0, 0]].sum(),
            ),
            Reading("the number of examples", CONVENTION, WEIGHTED / 2),
            Reading(
                "the weights of the smoothed labels",
                CONVENTION,
                WEIGHTED / (SMOOTHED @ WEIGHTS).sum(),
            ),
            Reading(
                "the weights of the smoothed labels, which the mean loss of each "
                "example was multiplied by",
                CONVENTION,
                _as_float32(float(cross_entropy(np.array(Z), SMOOTHED[0]))),
            ),
            REFUSED,
        ),
        "soft_labels#two-means-of-a-batch",
    ),
    Question(
        "smoothing-with-ignored",
        THEME,
        "Does an ignored example still count for the smoothing?",
        "cross_entropy",
        {
            "z": BATCH,
            "labels": [2, -100],
            "reduction": "mean",
            "ignore_index": -100,
            "smoothing": EPSILON,
        },
        (
            Reading(
                "no; the mean is over those that are left",
                CONVENTION,
                cross_entropy(np.array(Z), SMOOTH),
            ),
            Reading(
                "no; the mean is over those that are left",
                CONVENTION,
                _as_float32(float(cross_entropy(np.array(Z), SMOOTH))),
            ),
            Reading(
                "no; the mean is over all",
                CONVENTION,
                cross_entropy(np.array(Z), SMOOTH) / 2,
            ),
            REFUSED,
        ),
    ),
    Question(
        "binary-smoothing",
        THEME,
        "A binary label 1, smoothed by 0.1, from the logit 1?",
        "binary_cross_entropy",
        {"z": [1.0], "y": [1.0], "smoothing": EPSILON},
        (
            Reading("becomes 0.95", CONVENTION, np.log1p(np.e) - 0.95),
            Reading("becomes 0.9", CONVENTION, np.log1p(np.e) - 0.9),
        ),
        "soft_labels",
    ),
)
