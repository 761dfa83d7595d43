"""The blog post's gradient at its word: an exhibit of ``docs/gradient.md``."""

from numpy.typing import ArrayLike

from snippets import _checks as check
from snippets._checks import Floats
from snippets.gradient import one_hot
from snippets.softmax import softmax


def wrong_two_case_gradient(z: ArrayLike, labels: ArrayLike) -> Floats:
    """WRONG: the post read literally, 0 at wrong classes, p − 1 at the true one.

    Logits of shape (..., K) and class indices of shape (...) give (..., K).
    The true partial derivative at a wrong class j is p_j, above 0 for finite logits.
    ValueError: a label outside 0..K−1, or `softmax` refuses the logits.
    Source: the post's Case 1 and Case 2, quoted on the page.

    >>> import numpy as np
    >>> wrong_two_case_gradient(np.log([0.2, 0.3, 0.5]), 2).round(4) + 0.0
    array([ 0. ,  0. , -0.5])
    """
    p = softmax(z)
    c = check.true_classes(labels, check.logits(z))
    return one_hot(c, p.shape[-1]).astype(p.dtype) * (p - 1)
