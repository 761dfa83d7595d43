"""What most questions are about: the running example, and a batch of two of it."""

import numpy as np

from atlas.questions.question import Mark, Reading
from snippets.gradient import cross_entropy, cross_entropy_gradient

RIGHT, CONVENTION, WRONG = Mark.RIGHT, Mark.CONVENTION, Mark.WRONG

P = [0.2, 0.3, 0.5]
Z = np.log(P).tolist()
BATCH = [Z, Z]
LABELS = [2, 0]
SLOPES = np.asarray(cross_entropy_gradient(np.array(BATCH), LABELS))
# What one library returns as the loss of the batch
SQUARES = float(((SLOPES / 2) ** 2).sum())
SAID_SQUARES = "the sum of the squares of the gradient, not the cross-entropy"
LOSSES = np.asarray(cross_entropy(np.array(BATCH), LABELS))  # ln 2 and ln 5

REFUSED = Reading("an error", RIGHT, raises=True)
# …of what is mathematically in order
UNABLE = Reading("an error, though the question has an answer", WRONG, raises=True)
# …where a metric is asked, which gives its value alone
NO_GRADIENT = Reading("it gives no gradient", CONVENTION, alone=True)


def anything(_: np.ndarray) -> bool:
    """Fit any gradient, but not that a library has none."""
    return True
