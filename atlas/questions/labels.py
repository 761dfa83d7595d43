"""Invalid labels: what is noticed, and what is computed in silence."""

from collections.abc import Iterator

import numpy as np

from atlas.questions.example import (
    BATCH,
    CONVENTION,
    LABELS,
    LOSSES,
    NO_GRADIENT,
    REFUSED,
    RIGHT,
    SQUARES,
    WRONG,
    P,
    Z,
)
from atlas.questions.question import Question, Reading
from snippets.binary import binary_cross_entropy
from snippets.gradient import cross_entropy, gradient_for_any_labels

THEME = "Invalid labels"
p = np.array(P)
FIRST = p - [1.0, 0.0, 0.0]
TWICE = np.array([0.0, 0.0, 2.0])
AT_HALF = np.log(2.0)
COLUMN, TRUTHS = np.array([[0.0], [1.0], [2.0]]), np.array([0.0, 1.0, 1.0])
EVERY = binary_cross_entropy(COLUMN + np.zeros(3), TRUTHS + np.zeros((3, 1)))
SQUARE = [[0.0, 1.0, 2.0], [3.0, 6.0, 4.0]]
LAST, SECOND = np.asarray(cross_entropy(np.array(SQUARE), [2, 0]))
NEXT = LAST + SQUARE[0][2] - SQUARE[1][0]
NEXT_OF_SHIFTED = LAST + SQUARE[1][1] - SQUARE[1][0]  # less the maxima


def _of_two(words: str, first: float) -> Iterator[Reading]:
    """Return the ways to reduce a wrong loss of the first, beside one that is right."""
    for value in ([first, SECOND], (first + SECOND) / 2):
        yield Reading(words, WRONG, value)


def out_of_range(name: str, label: int, title: str) -> Question:
    """Ask for the loss of one example whose label is no class."""
    last = (p - [0.0, 0.0, 1.0]).tolist()
    nothing = [0.0, 0.0, 0.0]
    nan = [np.nan] * 3
    return Question(
        name,
        THEME,
        title,
        "cross_entropy",
        {"z": [Z], "labels": [label]},
        (
            REFUSED,
            *[
                Reading("the last class, in silence", WRONG, value, [last])
                for value in (AT_HALF, (np.array(last) ** 2).sum())
            ],
            Reading("the first class, in silence", WRONG, LOSSES[1], [FIRST.tolist()]),
            Reading("the last class, in silence", WRONG, AT_HALF),
            *[
                Reading(f"{said}, {says}", mark, value, [gradient])
                for value, said in ((np.nan, "NaN"), (0.0, "0"))
                for gradient, says, mark in (
                    (nothing, "and a gradient of 0: as if it were ignored", CONVENTION),
                    (nan, "also in the gradient", CONVENTION),
                    (p.tolist(), "and the gradient p, of no class", WRONG),
                )
            ],
            Reading("0: as if there were no class", WRONG, 0.0),
            Reading("NaN", CONVENTION, np.nan),
        ),
        "api#bad-input",
    )


QUESTIONS = (
    Question(
        "sum-of-two",
        THEME,
        "A “distribution” (0, 0, 2): is the gradient that of the value?",
        "cross_entropy_of_distribution",
        {"z": [Z], "y": [TWICE.tolist()]},
        (
            Reading(
                "yes: 2p − y",
                RIGHT,
                None,
                [gradient_for_any_labels(np.array(Z), TWICE).tolist()],
            ),
            Reading(
                "no: p − y, although the value is 2 ln 2",
                WRONG,
                2 * AT_HALF,
                [(p - TWICE).tolist()],
            ),
            Reading(
                "no: p − y, and the value depends on the largest logit",
                WRONG,
                AT_HALF,
                [(p - TWICE).tolist()],
            ),
            Reading(
                "of labels divided by their sum: p − y/2",
                CONVENTION,
                None,
                [(p - TWICE / 2).tolist()],
            ),
            NO_GRADIENT,
            REFUSED,
        ),
        "gradient#labels-that-do-not-sum-to-one",
    ),
    Question(
        "sum-of-two-value",
        THEME,
        "…and its value?",
        "cross_entropy_of_distribution",
        {"z": [Z], "y": [TWICE.tolist()]},
        (
            Reading("twice that of (0, 0, 1)", CONVENTION, 2 * AT_HALF),
            Reading(
                "ln 2, for the largest logit is subtracted once, and not twice",
                WRONG,
                AT_HALF,
                [(p - TWICE).tolist()],
            ),
            Reading("that of (0, 0, 1)", CONVENTION, AT_HALF),
            REFUSED,
        ),
    ),
    out_of_range("label-minus-one", -1, "A label −1?"),
    out_of_range("label-too-large", 3, "A label 3 of three classes?"),
    out_of_range("label-minus-hundred", -100, "A label −100, and nothing else said?"),
    Question(
        "label-not-whole",
        THEME,
        "A label 1.9?",
        "cross_entropy",
        {"z": [Z], "labels": [1.9]},
        (
            REFUSED,
            Reading("is cut to the class 1", WRONG, -np.log(P[1])),
            Reading("is rounded to the class 2", WRONG, -np.log(P[2])),
            Reading("0: as if there were no class", WRONG, 0.0),
        ),
        "api#bad-input",
    ),
    Question(
        "label-minus-one-in-a-mean",
        THEME,
        "In a batch, beside a right one: what does a label −1 do to the mean?",
        "cross_entropy",
        {"z": BATCH, "labels": [-1, 0], "reduction": "mean"},
        (
            REFUSED,
            Reading("is the last class", WRONG, LOSSES.mean()),
            Reading("is the last class", WRONG, SQUARES),
            Reading("adds 0, and is counted", WRONG, LOSSES[1] / 2),
            Reading("is the first class", WRONG, LOSSES[1], [(FIRST / 2).tolist()] * 2),
            Reading("is left out", CONVENTION, LOSSES[1]),
            Reading("the mean is NaN", CONVENTION, np.nan),
        ),
        "api#bad-input",
    ),
    Question(
        "label-too-large-in-a-batch",
        THEME,
        "A label 3 of three classes, and another example follows?",
        "cross_entropy",
        {"z": SQUARE, "labels": [3, 0]},
        (
            REFUSED,
            *_of_two("is the last class", LAST),
            *_of_two("takes the first logit of the next example", NEXT),
            *_of_two("takes the first logit of the next example", NEXT_OF_SHIFTED),
            Reading("the mean leaves it out", CONVENTION, SECOND),
            *_of_two("adds 0, and is counted", 0.0),
            Reading("NaN", CONVENTION, lambda found: np.isnan(found).any()),
        ),
        "api#bad-input",
    ),
    Question(
        "labels-as-rows",
        THEME,
        "One-hot labels, in floating point, where class indices are usual?",
        "cross_entropy",
        {"z": BATCH, "labels": np.eye(3)[LABELS]},
        (
            Reading("are distributions: the mean", CONVENTION, LOSSES.mean()),
            Reading("are distributions", CONVENTION, LOSSES.tolist()),
            Reading("are distributions", CONVENTION, SQUARES),
            Reading(
                "turn it into the mean of six binary losses",
                CONVENTION,
                binary_cross_entropy(np.array(BATCH), np.eye(3)[LABELS]).mean(),
            ),
            REFUSED,
        ),
    ),
    Question(
        "one-label-for-two",
        THEME,
        "One label for two examples?",
        "cross_entropy",
        {"z": BATCH, "labels": [2]},
        (
            REFUSED,
            Reading("is that of both", WRONG, [LOSSES[0]] * 2),
            Reading(
                "is that of the first, and the second is left out",
                WRONG,
                LOSSES[0],
                [(p - [0.0, 0.0, 1.0]).tolist(), [0.0] * 3],
            ),
            Reading("is that of both, or of the first alone", WRONG, LOSSES[0]),
            Reading("is that of both, added", WRONG, 2 * LOSSES[0]),
        ),
    ),
    Question(
        "labels-as-a-column",
        THEME,
        "Labels of the shape (2, 1) for logits of the shape (2, 3)?",
        "cross_entropy",
        {"z": BATCH, "labels": [[2], [0]]},
        (
            REFUSED,
            Reading("taken as (2,): the mean", CONVENTION, LOSSES.mean()),
            Reading("taken as (2,)", CONVENTION, LOSSES.tolist()),
            Reading(
                "every label for every example: twice the mean",
                WRONG,
                LOSSES.sum(),
                [(p - [0.5, 0.0, 0.5]).tolist()] * 2,
            ),
            Reading(
                "taken as (2,): a column of losses",
                CONVENTION,
                LOSSES[:, None].tolist(),
            ),
            Reading("every label for every example", WRONG, [LOSSES.tolist()] * 2),
            Reading(
                "every label for every example",
                WRONG,
                [[LOSSES[0]] * 2, [LOSSES[1]] * 2],
            ),
        ),
    ),
    Question(
        "labels-as-a-distribution",
        THEME,
        "Class indices 0 and 1 where distributions are wanted, two classes?",
        "cross_entropy_of_distribution",
        {"z": [[0.0, 1.0], [0.0, 2.0]], "y": [0.0, 1.0]},
        (
            REFUSED,
            Reading(
                "the vector is the distribution of every example",
                WRONG,
                cross_entropy(np.array([[0.0, 1.0], [0.0, 2.0]]), [1, 1]).tolist(),
            ),
            Reading(
                "the vector is the distribution of every example",
                WRONG,
                cross_entropy(np.array([[0.0, 1.0], [0.0, 2.0]]), [1, 1]).mean(),
            ),
        ),
    ),
    Question(
        "negative-probability",
        THEME,
        "A “distribution” (−½, ½, 1)?",
        "cross_entropy_of_distribution",
        {"z": [Z], "y": [[-0.5, 0.5, 1.0]]},
        (
            REFUSED,
            Reading(
                "the formula as it stands",
                CONVENTION,
                -float(np.log(P) @ [-0.5, 0.5, 1.0]),
            ),
        ),
        "api#bad-input",
    ),
    Question(
        "one-class",
        THEME,
        "A single class, where nothing can be learned?",
        "cross_entropy_of_distribution",
        {"z": [[5.0]], "y": [[1.0]]},
        (
            Reading("0, with a warning", RIGHT, 0.0, warns=True),
            Reading("0", RIGHT, 0.0),
            REFUSED,
        ),
    ),
    Question(
        "one-distribution-for-two",
        THEME,
        "One distribution, of the shape (1, 3), for two examples?",
        "cross_entropy_of_distribution",
        {"z": BATCH, "y": [[0.0, 0.0, 1.0]]},
        (
            REFUSED,
            Reading("is that of both", CONVENTION, [LOSSES[0]] * 2),
            Reading("is that of both", CONVENTION, LOSSES[0]),
        ),
    ),
    Question(
        "binary-label-two",
        THEME,
        "A binary label 2, from the logit 1?",
        "binary_cross_entropy",
        {"z": [1.0], "y": [2.0]},
        (
            REFUSED,
            Reading(
                "the formula as it stands: negative", CONVENTION, np.log1p(np.e) - 2
            ),
            Reading("taken as 1", WRONG, np.log1p(np.e) - 1),
            Reading(
                "ln(1 + exp(−3z)), for 0 and 1 become ∓1, and 2 becomes 3",
                WRONG,
                np.log1p(np.exp(-3.0)),
            ),
        ),
    ),
    Question(
        "binary-soft-label",
        THEME,
        "A binary label 0.3, from the logit 1?",
        "binary_cross_entropy",
        {"z": [1.0], "y": [0.3]},
        (
            Reading("0.3 of one loss, 0.7 of the other", RIGHT, np.log1p(np.e) - 0.3),
            Reading("taken as 0", WRONG, np.log1p(np.e)),
            Reading("taken as 1", WRONG, np.log1p(np.e) - 1),
            Reading(
                "the loss of the label 1 at the logit (2y − 1) z",
                WRONG,
                np.log1p(np.exp(0.4)),
            ),
            Reading("an error", RIGHT, raises=True),
        ),
        "soft_labels",
    ),
    Question(
        "binary-column",
        THEME,
        "Binary labels of the shape (3,) for logits of the shape (3, 1)?",
        "binary_cross_entropy",
        {"z": COLUMN.tolist(), "y": TRUTHS.tolist()},
        (
            REFUSED,
            Reading("every label for every logit", WRONG, EVERY.tolist()),
            Reading("every label for every logit", WRONG, EVERY.mean()),
            Reading("every label for every logit", WRONG, EVERY.mean(-1).tolist()),
            Reading("taken as (3, 1)", CONVENTION, np.diag(EVERY).mean()),
            Reading("taken as (3, 1)", CONVENTION, np.diag(EVERY).tolist()),
        ),
    ),
)
