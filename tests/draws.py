"""What hypothesis draws: logits and targets of many shapes, sizes and extremes."""

import numpy as np
from hypothesis import strategies as st
from hypothesis.extra import numpy as st_numpy
from numpy.typing import NDArray

FLOAT_TYPES = [np.float32, np.float64]


@st.composite
def logits(
    draw: st.DrawFn, *, bound: float = 800, batch: bool = True
) -> NDArray[np.float64]:
    """Float64 logits of up to six classes, with up to two batch axes."""
    axes = st_numpy.array_shapes(min_dims=0, max_dims=2 if batch else 0, max_side=4)
    shape = (*draw(axes), draw(st.integers(1, 6)))
    finite = st.floats(-bound, bound, allow_subnormal=False)
    return draw(st_numpy.arrays(np.float64, shape, elements=finite))


@st.composite
def logits_and_labels(
    draw: st.DrawFn, *, bound: float = 800, batch: bool = True
) -> tuple[NDArray[np.float64], NDArray[np.int64]]:
    """Logits and a class index for each row."""
    z = draw(logits(bound=bound, batch=batch))
    index = st.integers(0, z.shape[-1] - 1)
    return z, draw(st_numpy.arrays(np.int64, z.shape[:-1], elements=index))


@st.composite
def logits_and_probabilities(
    draw: st.DrawFn, *, bound: float = 800, batch: bool = True
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Logits and a distribution for each row, zeros among its entries."""
    z = draw(logits(bound=bound, batch=batch))
    weight = st.sampled_from([0.0, 0.0, 0.1, 1.0, 3.0])
    weights = draw(st_numpy.arrays(np.float64, z.shape, elements=weight))
    weights[..., 0] += 1e-3  # no row of zeros only
    return z, weights / weights.sum(axis=-1, keepdims=True)
