"""Tiny losses, bfloat16, and checking derivatives: the code of ``docs/numerics.md``."""

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.lib.mixins import NDArrayOperatorsMixin
from numpy.typing import ArrayLike, NDArray

from snippets import _checks as check
from snippets._checks import Float, Floats

Complexes = NDArray[np.complex128]


def confident_cross_entropy(z: ArrayLike, labels: ArrayLike) -> Floats | Float:
    r"""Cross-entropy of hard labels, in nats, accurate even where it is tiny.

    For $c \in \{1, \dots, K\}$ and any class $m \in \{1, \dots, K\}$ it is
    $-\log p_c = z_m - z_c + \log(1 + \sum_{k \ne m} e^{z_k - z_m})$; m is taken to be a
    class of the largest logit. Logits (..., K) and class indices (...) give (...).
    ValueError: a label out of range or masked, shapes that do not fit, probabilities
    instead of a class, or logits as in `softmax`.
    Source: Blanchard, Higham and Higham (2021), doi:10.1093/imanum/draa038.

    >>> print(f"{confident_cross_entropy([40, 0], 0):.4e}")
    4.2484e-18
    """
    z = check.logits(z)
    c = check.true_classes(labels, z)
    gaps = z - np.take_along_axis(z, c[..., None], axis=-1)
    top = gaps.argmax(axis=-1)[..., None]
    largest = np.take_along_axis(gaps, top, axis=-1)
    e = np.exp(gaps - largest)
    np.put_along_axis(e, top, 0, axis=-1)  # the term 1, which log1p adds without loss
    return largest[..., 0] + np.log1p(e.sum(axis=-1))


def to_bfloat16(x: ArrayLike) -> Floats | Float:
    r"""Round to the nearest bfloat16, of 8 significant bits; ties go to even.

    For $x \in [4, 8)$ it gives a $4 + \frac{i}{32}$ with $i \in \{0, \dots, 128\}$.
    Any shape gives the same shape and dtype, in which each bfloat16 is exact;
    absolute values from about 3.4e38 on become infinite, and an infinity or NaN stays
    what it is.
    ValueError: not real numbers.
    Source: Higham, What Is Bfloat16 Arithmetic? (2020), nhigham.com.

    >>> to_bfloat16([10.8249, 0.3]).tolist()
    [10.8125, 0.30078125]
    """
    x = check.floats("x", x)
    rounded = _on_grid(x, np.rint, digits=8, finest=-133)
    with np.errstate(over="ignore"):  # float32 has the exponents of bfloat16
        return rounded.astype(np.float32).astype(x.dtype)


def _on_grid(
    x: Floats, whole: Callable[[Floats], Floats], digits: int, finest: int
) -> Floats:
    """Round numbers to some binary digits; below a size the grid gets no finer.

    How a number becomes a whole one is told; the result is in double precision.
    """
    exponent = np.frexp(x)[1]  # |x| is below 2**exponent, and not below half of it
    spacing = np.maximum(exponent - digits, finest)
    return np.ldexp(whole(np.ldexp(x.astype(np.float64), -spacing)), spacing)


def stochastic_bfloat16(x: ArrayLike, uniform: ArrayLike) -> Floats | Float:
    r"""Round to a neighbouring bfloat16, to the nearer one more often.

    For $f \in [0, 1]$, the part of the way from the neighbour below,
    $l \in \mathbb{R}$, to the one above, a step $s \in \mathbb{R}_{>0}$ away, it goes
    up where a draw is below f; its mean is right: $(1 - f) l + f (l + s) = l + f s$.
    Numbers and uniform draws from [0, 1), of shapes that broadcast, give the shape of
    both and the dtype of the numbers; beyond the largest bfloat16 up is infinite.
    ValueError: numbers that are not finite, draws below 0, or not below 1.
    Source: Croci, Fasi, Higham, Mary and Mikaitis (2022), doi:10.1098/rsos.211631.

    >>> stochastic_bfloat16(257.0, [0.0, 0.4, 0.6, 0.9]).tolist()
    [258.0, 258.0, 256.0, 256.0]
    """
    x, uniform = check.finite("x", x), check.finite("uniform", uniform)
    check.reject("uniform", uniform, (uniform < 0) | (uniform >= 1), "in [0, 1)")
    check.broadcast("x uniform", x.shape, uniform.shape)
    rounded = _on_grid(
        x,
        lambda steps: np.floor(steps) + (uniform < steps - np.floor(steps)),
        digits=8,
        finest=-133,
    )
    with np.errstate(over="ignore"):
        return rounded.astype(np.float32).astype(x.dtype)


def to_float8(x: ArrayLike, exponent_bits: int) -> Floats | Float:
    r"""Round to the nearest number of eight bits; ties go to even.

    With 4 bits for the exponent, E4M3, the largest is 448, and what rounds beyond it
    becomes NaN; with 5, E5M2, it is 57344, and what rounds beyond it infinite.
    Any shape gives the same shape and dtype.
    ValueError: not real numbers, or another number of bits.
    Source: Micikevicius et al. (2022), arXiv:2209.05433.

    >>> to_float8([10.8249, 0.3, 500.0], exponent_bits=4).tolist()
    [11.0, 0.3125, nan]
    """
    x = check.floats("x", x)
    if check.whole("exponent_bits", exponent_bits) not in (4, 5):
        raise ValueError(f"exponent_bits must be 4 or 5, got {exponent_bits}")
    digits, finest, largest, beyond = (
        (4, -9, 448.0, np.nan) if exponent_bits == 4 else (3, -16, 57344.0, np.inf)
    )
    rounded = _on_grid(x, np.rint, digits, finest)
    too_large = np.where(x < 0, -beyond, beyond)
    return np.where(np.abs(rounded) > largest, too_large, rounded).astype(x.dtype)[()]


def relative_error(a: ArrayLike, b: ArrayLike) -> Float:
    r"""Relative error of two arrays as wholes: their largest difference, in proportion.

    For $a, b \in \mathbb{R}^K$ it is
    $\frac{\max_k |a_k - b_k|}{\max(\max_k |a_k|, \max_k |b_k|)}$, and 0 if both are 0.
    Two arrays of one shape give one number between 0 and 2.
    ValueError: shapes that differ, no entry at all, or numbers that are not finite.
    Source: CS231n, Neural Networks Part 3, of single entries; the page says why not.

    >>> round(float(relative_error([1.0, 0.0], [1.0, 0.25])), 4)
    0.25
    """
    a, b = (check.finite(name, x) for name, x in (("a", a), ("b", b)))
    if a.shape != b.shape or a.size == 0:
        raise ValueError(f"a and b must have one shape, got {a.shape} and {b.shape}")
    size = np.maximum(np.abs(a).max(), np.abs(b).max())
    return np.abs(a - b).max() / np.where(size > 0, size, 1)


def _each_entry(
    derivative: Callable[[Floats], NDArray[Any]], x: Floats
) -> NDArray[np.floating[Any]]:
    """Return the derivative along each axis of x, at the place of that entry of x."""
    if x.size == 0:
        raise ValueError(f"x must have at least one entry, got shape {x.shape}")
    axes = np.eye(x.size, dtype=x.dtype).reshape((x.size, *x.shape))
    columns = np.stack([derivative(axis) for axis in axes], axis=-1)
    return columns.reshape(columns.shape[:-1] + x.shape)[()]  # one number is no array


def central_difference(
    f: Callable[[Floats], ArrayLike], x: ArrayLike, h: float
) -> Floats | Float:
    r"""Estimate each partial derivative of f by a difference of step h on both sides.

    $\frac{f(x + h) - f(x - h)}{2 h}$ for $f : \mathbb{R} \to \mathbb{R}$, $x \in
    \mathbb{R}$, $h \in \mathbb{R}_{>0}$; a vector x moves one entry at a time.
    An f from shape (K,) to (...) gives (..., K), in the precision of x.
    ValueError: x not finite or empty, h not positive, or too small to move x.
    Source: Squire and Trapp (1998), equation 1, doi:10.1137/S003614459631241X.

    >>> central_difference(lambda x: x[0] * x[1], [3.0, 5.0], 1e-3).round(4)
    array([5., 3.])
    """
    x, h = check.finite("x", x), check.number("h", h)
    if h <= 0:
        raise ValueError(f"h must be positive, got {h}")
    if ((x + h == x) | (x - h == x)).any():
        raise ValueError(f"h must be large enough to move x, got {h}")
    return _each_entry(
        lambda e: (np.asarray(f(x + h * e)) - np.asarray(f(x - h * e))) / (2 * h), x
    )


def _imaginary(values: ArrayLike) -> Floats:
    """Return the imaginary part of numbers that are complex, and not real ones."""
    array = np.asarray(values)
    check.reject_kind("the result of f", array, "c", "complex")
    return array.imag


def complex_step(f: Callable[[Complexes], ArrayLike], x: ArrayLike) -> Floats | Float:
    r"""Return each partial derivative of f from one imaginary step.

    It is the imaginary part of f at x + ih, divided by h, with $h := 2^{-100}$.
    An analytic f from complex (K,) to (...) gives (..., K), in float64.
    ValueError: x not finite or empty, or an f that returns real numbers: the
    imaginary part, which is the derivative, got lost in it.
    Source: Squire and Trapp (1998), doi:10.1137/S003614459631241X.

    >>> complex_step(lambda x: x[0] * x[1], [3.0, 5.0])
    array([5., 3.])
    """
    x = check.finite("x", x).astype(np.float64)
    h = 2.0**-100  # a power of two: dividing by it rounds nothing
    return _each_entry(lambda e: _imaginary(f(x + 1j * h * e)) / h, x)


class _Dual(NDArrayOperatorsMixin):
    """A value and its slope: how fast it changes along the chosen direction."""

    def __init__(self, value: NDArray[Any], slope: NDArray[Any]) -> None:
        self.value, self.slope = value, slope

    def __array_ufunc__(
        self, ufunc: np.ufunc, method: str, *inputs: Any, **options: Any
    ) -> "_Dual":
        if method != "__call__" or options or ufunc not in _PARTIALS:
            raise _without_rule(ufunc.__name__)
        duals = [x if isinstance(x, _Dual) else _constant(x) for x in inputs]
        values = [x.value for x in duals]
        partials = _PARTIALS[ufunc](*values)
        slopes = [p * x.slope for p, x in zip(partials, duals, strict=True)]
        return _Dual(ufunc(*values), sum(slopes[1:], slopes[0]))  # the chain rule

    def __getitem__(self, index: Any) -> "_Dual":
        return _Dual(self.value[index], self.slope[index])

    def __array_function__(
        self,
        function: Callable[..., Any],
        types: Any,
        arguments: tuple[Any, ...],
        options: dict[str, Any],
    ) -> "_Dual":
        return getattr(self, function.__name__)(*arguments[1:], **options)

    def __len__(self) -> int:
        return len(self.value)

    def sum(self, *axes: Any, **options: Any) -> "_Dual":
        if axes or options:
            raise _without_rule("sum along an axis")
        return _Dual(self.value.sum(), self.slope.sum())

    def max(self, *axes: Any, **options: Any) -> "_Dual":
        if axes or options:
            raise _without_rule("max along an axis")
        return self[np.unravel_index(self.value.argmax(), self.value.shape)]

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_"):  # Python and NumPy ask for what they can do without
            raise AttributeError(name)
        raise _without_rule(name)

    def _no_number(self, *_: Any, **__: Any) -> Any:
        raise _without_rule("a use as a plain number")

    __array__ = __bool__ = __float__ = _no_number


def _without_rule(name: str) -> ValueError:
    """Return the error that says what dual numbers cannot do."""
    return ValueError(f"f must be made of + − * / exp log sum max, got {name}")


def _constant(x: ArrayLike) -> _Dual:
    """Return a number that does not change."""
    return _Dual(np.asarray(x), np.zeros(np.shape(x)))


_PARTIALS: dict[np.ufunc, Callable[..., tuple[Any, ...]]] = {
    np.add: lambda a, b: (1, 1),
    np.subtract: lambda a, b: (1, -1),
    np.negative: lambda a: (-1,),
    np.multiply: lambda a, b: (b, a),
    np.divide: lambda a, b: (1 / b, -a / b**2),
    np.exp: lambda a: (np.exp(a),),
    np.log: lambda a: (1 / a,),
}


def dual_derivative(
    f: Callable[[Any], Any], x: ArrayLike, v: ArrayLike
) -> Floats | Float:
    r"""Return the derivative of f at x along v, exact up to rounding: forward mode.

    Every number carries its slope with it; the slopes follow the chain rule, as in
    $(a + \epsilon b)(r + \epsilon s) = a r + \epsilon (a s + b r) + \epsilon^2 b s$
    for $a, b, r, s, \epsilon \in \mathbb{R}$, without its last term.
    x and v of one shape, and an f made of + − * / exp, log, .sum(), .max() and
    indexing, which gives shape (...), give (...). At a tie .max() takes the slope of
    the first largest entry: right where it cancels, as in a max-shift.
    ValueError: shapes that differ, x or v not finite, or another function in f.
    Source: Baydin et al., JMLR 18 (153), 2018.

    >>> float(dual_derivative(lambda x: x[0] * x[1], [3.0, 5.0], [1.0, 0.0]))
    5.0
    """
    x = check.finite("x", x)
    y = f(_Dual(x, check.like("v", v, x)))
    if not isinstance(y, _Dual):
        y = _constant(check.floats("the result of f", y))
    return y.slope[()]  # one number is no array
