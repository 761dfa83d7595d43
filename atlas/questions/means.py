"""What is returned, and what a mean divides by."""

import numpy as np

from atlas.questions.example import (
    BATCH,
    CONVENTION,
    LABELS,
    LOSSES,
    NO_GRADIENT,
    REFUSED,
    RIGHT,
    SAID_SQUARES,
    SLOPES,
    SQUARES,
    WRONG,
    P,
    Z,
)
from atlas.questions.question import Question, Reading
from snippets.gradient import cross_entropy, cross_entropy_gradient, one_hot
from snippets.soft_labels import weighted_cross_entropy

THEME = "What the mean divides by"
WEIGHTS = [1.0, 2.0, 3.0]  # of the classes
OF_ROWS = [1.0, 3.0]
CERTAIN = one_hot(LABELS, 3).tolist()
WEIGHTED = weighted_cross_entropy(np.array(BATCH), LABELS, np.array(WEIGHTS))
OF_TRUTHS = np.array(WEIGHTS)[LABELS].sum()
ROWS = float(np.array(OF_ROWS) @ LOSSES)
NOTHING = np.zeros_like(BATCH).tolist()
NAN = [[np.nan] * 3] * 2
SQUARE = np.array([[0.0, 1.0, 2.0], [3.0, 5.0, 4.0], [6.0, 7.0, 9.0]])
IGNORED_BOTH = [-100, -100]


def reduced(total: float, examples: int, weights: float) -> tuple[Reading, ...]:
    """Return the ways in which a weighted sum becomes one number."""
    return (
        Reading("divides by the sum of the weights", CONVENTION, total / weights),
        Reading("divides by the number of examples", CONVENTION, total / examples),
        Reading("divides by nothing: the sum", CONVENTION, total),
    )


WITHOUT_ANY = (
    Reading("0, and a gradient of 0", CONVENTION, 0.0, NOTHING),
    Reading("NaN, and a gradient of 0", CONVENTION, np.nan, NOTHING),
    Reading("NaN, and NaN reaches the gradient", WRONG, np.nan, NAN),
    Reading("0, and NaN reaches the gradient", WRONG, 0.0, NAN),
    Reading("NaN", CONVENTION, np.nan),
    Reading("0", CONVENTION, 0.0),
    Reading("a 0 for each example", CONVENTION, [0.0, 0.0]),
    Reading("no number: an empty array", CONVENTION, []),
    REFUSED,
)

QUESTIONS = (
    Question(
        "default-reduction",
        THEME,
        "What is returned for two examples, by default?",
        "cross_entropy",
        {"z": BATCH, "labels": LABELS},
        (
            Reading("the mean", CONVENTION, LOSSES.mean()),
            Reading("the sum", CONVENTION, LOSSES.sum()),
            Reading("one loss per example", CONVENTION, LOSSES.tolist()),
            Reading("minus the mean", WRONG, -LOSSES.mean()),
            Reading(SAID_SQUARES, WRONG, SQUARES),
        ),
        "api#conventions",
    ),
    Question(
        "gradient-of-the-mean",
        THEME,
        "Is the gradient that of the value?",
        "cross_entropy",
        {"z": BATCH, "labels": LABELS},
        (
            Reading(
                "(p − y)/N, of the mean",
                RIGHT,
                LOSSES.mean(),
                (SLOPES / 2).tolist(),
            ),
            Reading(
                "no: it is (p − y)/N, and the value is the sum of its squares",
                WRONG,
                SQUARES,
                (SLOPES / 2).tolist(),
            ),
            Reading(
                "p − y, of the sum",
                RIGHT,
                None,
                SLOPES.tolist(),
            ),
            NO_GRADIENT,
        ),
        "gradient",
    ),
    Question(
        "class-weights",
        THEME,
        "With weights of the classes, what does the mean divide by?",
        "cross_entropy",
        {"z": BATCH, "labels": LABELS, "reduction": "mean", "weight": WEIGHTS},
        reduced(WEIGHTED.sum(), 2, OF_TRUTHS),
        "soft_labels#two-means-of-a-batch",
    ),
    Question(
        "class-weights-distribution",
        THEME,
        "…and if the same labels are given as distributions?",
        "cross_entropy_of_distribution",
        {"z": BATCH, "y": CERTAIN, "reduction": "mean", "weight": WEIGHTS},
        reduced(WEIGHTED.sum(), 2, OF_TRUTHS),
        "soft_labels#two-means-of-a-batch",
    ),
    Question(
        "example-weights",
        THEME,
        "With weights of the examples, what does the mean divide by?",
        "cross_entropy",
        {"z": BATCH, "labels": LABELS, "reduction": "mean", "example_weight": OF_ROWS},
        reduced(ROWS, 2, sum(OF_ROWS)),
        "soft_labels#two-means-of-a-batch",
    ),
    Question(
        "example-weight-zero",
        THEME,
        "With the weights 3 and 0 of the examples?",
        "cross_entropy",
        {
            "z": BATCH,
            "labels": LABELS,
            "reduction": "mean",
            "example_weight": [3.0, 0.0],
        },
        (
            Reading("divides by the sum of the weights", CONVENTION, LOSSES[0]),
            Reading("divides by the number of examples", CONVENTION, 3 * LOSSES[0] / 2),
            Reading(
                "divides by the number of weights that are not 0, or not at all",
                CONVENTION,
                3 * LOSSES[0],
            ),
        ),
        "soft_labels#two-means-of-a-batch",
    ),
    Question(
        "example-weights-by-default",
        THEME,
        "By default, with the weights 1, 3 and 0 of three examples?",
        "cross_entropy",
        {"z": [*BATCH, Z], "labels": [*LABELS, 1], "example_weight": [*OF_ROWS, 0.0]},
        (
            *reduced(ROWS, 3, sum(OF_ROWS)),
            Reading(
                "divides by the number of weights that are not 0", CONVENTION, ROWS / 2
            ),
            Reading(
                "one loss per example",
                CONVENTION,
                [*(np.array(OF_ROWS) * LOSSES).tolist(), 0.0],
            ),
        ),
        "soft_labels#two-means-of-a-batch",
    ),
    Question(
        "one-ignored",
        THEME,
        "If one example of two is ignored, what does the mean divide by?",
        "cross_entropy",
        {"z": BATCH, "labels": [2, -100], "reduction": "mean", "ignore_index": -100},
        (
            Reading("those that are left", CONVENTION, LOSSES[0]),
            Reading("all of them", CONVENTION, LOSSES[0] / 2),
            REFUSED,
        ),
    ),
    Question(
        "all-ignored",
        THEME,
        "If all examples are ignored?",
        "cross_entropy",
        {"z": BATCH, "labels": IGNORED_BOTH, "reduction": "mean", "ignore_index": -100},
        WITHOUT_ANY,
    ),
    Question(
        "no-weight-left",
        THEME,
        "If the weights of all true classes are 0?",
        "cross_entropy",
        {
            "z": BATCH,
            "labels": LABELS,
            "reduction": "mean",
            "weight": [0.0, 1.0, 0.0],
        },
        WITHOUT_ANY,
    ),
    Question(
        "no-example-weight-left",
        THEME,
        "If the weights of all examples are 0?",
        "cross_entropy",
        {
            "z": BATCH,
            "labels": LABELS,
            "reduction": "mean",
            "example_weight": [0.0, 0.0],
        },
        WITHOUT_ANY,
    ),
    Question(
        "empty-batch",
        THEME,
        "If there is no example at all?",
        "cross_entropy",
        {"z": np.zeros((0, 3)), "labels": []},
        (
            Reading("NaN", CONVENTION, np.nan),
            Reading("0", CONVENTION, 0.0),
            Reading("no number: an empty array", CONVENTION, []),
            REFUSED,
        ),
    ),
    Question(
        "class-axis",
        THEME,
        "For logits of the shape (1, 3, 3), along which axis are the classes?",
        "cross_entropy",
        {"z": [SQUARE.tolist()], "labels": [[0, 1, 2]]},
        (
            *[
                Reading(axis, CONVENTION, value)
                for axis, matrix in (("the second", SQUARE.T), ("the last", SQUARE))
                for losses in [np.asarray(cross_entropy(matrix, [0, 1, 2]))]
                for value in (losses.mean(), losses.sum(), [losses.tolist()])
            ],
            Reading(
                "the last",
                CONVENTION,
                (cross_entropy_gradient(SQUARE, [0, 1, 2]) ** 2).sum(),
            ),
            REFUSED,
        ),
        "api#conventions",
    ),
    Question(
        "probabilities-per-example",
        THEME,
        "From probabilities: what is returned for two examples, by default?",
        "cross_entropy_of_probability",
        {"p": [P, P], "labels": LABELS},
        (
            Reading("the mean", CONVENTION, LOSSES.mean()),
            Reading("the sum", CONVENTION, LOSSES.sum()),
            Reading("one loss per example", CONVENTION, LOSSES.tolist()),
        ),
        "api#conventions",
    ),
)
