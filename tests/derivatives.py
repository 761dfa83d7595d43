"""The one derivative oracle of the tests: a complex step, exact to rounding."""

from collections.abc import Callable

import numpy as np
from numpy.typing import ArrayLike, NDArray


def complex_step(
    function: Callable[[NDArray[np.complex128]], ArrayLike], x: ArrayLike
) -> NDArray[np.float64]:
    """Return the derivative of an analytic function by each entry of a vector.

    Im f(x + i h e_j) / h has no difference of nearly equal numbers in it, so that h can
    be far below the rounding unit: the error is that of evaluating the function.
    The derivative by entry j stands at index j of the last axis.
    """
    x = np.asarray(x, np.complex128)
    h = 1e-30
    columns = [np.imag(function(x + 1j * h * e)) / h for e in np.eye(x.size)]
    return np.stack(columns, axis=-1)
