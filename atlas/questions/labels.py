"""Labels that are none: what is noticed, and what is computed in silence."""

import numpy as np

from atlas.questions.example import (
    BATCH,
    CONVENTION,
    LOSSES,
    REFUSED,
    RIGHT,
    WRONG,
    P,
    Z,
)
from atlas.questions.question import Question, Reading
from snippets.binary import binary_cross_entropy
from snippets.gradient import cross_entropy, gradient_for_any_labels

THEME = "Labels that are none"
p = np.array(P)
TWICE = np.array([0.0, 0.0, 2.0])
AT_HALF = np.log(2.0)
COLUMN, TRUTHS = np.array([[0.0], [1.0], [2.0]]), np.array([0.0, 1.0, 1.0])
EVERY = binary_cross_entropy(COLUMN + np.zeros(3), TRUTHS + np.zeros((3, 1)))


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
            Reading("the last class, in silence", WRONG, AT_HALF, [last]),
            *[
                Reading(f"{said}, {says}", mark, value, [gradient])
                for value, said in ((np.nan, "NaN"), (0.0, "0"))
                for gradient, says, mark in (
                    (nothing, "and no gradient: ignored", CONVENTION),
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
                None,
                [(p - TWICE).tolist()],
            ),
            Reading(
                "of labels divided by their sum: p − y/2",
                CONVENTION,
                None,
                [(p - TWICE / 2).tolist()],
            ),
            REFUSED,
        ),
        "gradient#labels-that-do-not-sum-to-one",
    ),
    Question(
        "sum-of-two-value",
        THEME,
        "…and its value?",
        "cross_entropy_of_distribution",
        {"z": [Z], "y": [TWICE.tolist()], "reduction": "sum"},
        (
            Reading("twice that of (0, 0, 1)", CONVENTION, 2 * AT_HALF),
            Reading("that of (0, 0, 1)", CONVENTION, AT_HALF),
            REFUSED,
        ),
    ),
    out_of_range("label-minus-one", -1, "A label −1?"),
    out_of_range("label-too-large", 3, "A label 3 of three classes?"),
    out_of_range("label-minus-hundred", -100, "A label −100, and nothing else said?"),
    Question(
        "label-minus-one-in-a-mean",
        THEME,
        "In a batch, beside a right one: what does a label −1 do to the mean?",
        "cross_entropy",
        {"z": BATCH, "labels": [-1, 0], "reduction": "mean"},
        (
            REFUSED,
            Reading("is the last class", WRONG, LOSSES.mean()),
            Reading("adds 0, and is counted", WRONG, LOSSES[1] / 2),
            Reading("is left out", CONVENTION, LOSSES[1]),
            Reading("the mean is NaN", CONVENTION, np.nan),
        ),
        "api#bad-input",
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
        ),
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
