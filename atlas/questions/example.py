"""What most questions are about: the running example, and a batch of two of it."""

import numpy as np

from atlas.questions.question import Mark, Reading
from snippets.gradient import cross_entropy

RIGHT, CONVENTION, WRONG = Mark.RIGHT, Mark.CONVENTION, Mark.WRONG

P = [0.2, 0.3, 0.5]
Z = np.log(P).tolist()
BATCH = [Z, Z]
LABELS = [2, 0]
LOSSES = np.asarray(cross_entropy(np.array(BATCH), LABELS))  # ln 2 and ln 5

REFUSED = Reading("an error", RIGHT, raises=True)
# …of what is mathematically in order
UNABLE = Reading("an error, though the question has an answer", WRONG, raises=True)
