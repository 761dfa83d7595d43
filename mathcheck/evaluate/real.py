"""Real numbers of as many digits as are asked for, in arrays in place of floats.

An array of them has the dtype object, and NumPy calls their methods: `np.exp` calls
`exp`. Nothing overflows, so that what is infinite or no number here is so in truth; and
it is noted if a sum swallowed one of its terms, since more digits may then tell more.
mpmath computes them; without it there are none.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import numpy as np

try:
    import mpmath
    from mpmath import libmp
except ImportError:  # the checker works without it, and says where it cannot decide
    mpmath = libmp = None

AVAILABLE = libmp is not None
NEAREST = "n"
FEW_BITS = 40  # of a term that is hardly seen in a sum
MOST_DIGITS = 1000  # that are asked for
EXACT = 7000  # bits of a product of two such, which outside of `digits` is not rounded
HUGE = 8192  # bits of a number's exponent, beyond which e to it takes too long


LARGE = 5000  # beyond, Γ takes too long


class BeyondError(ArithmeticError):
    """A number too large to compute with, however many digits there are."""


class Real:
    """A real number, infinite perhaps, or none at all, as a float may be."""

    __slots__ = ("raw",)
    bits = EXACT  # with which is computed
    swallowed = False  # whether a term made no difference to a sum
    thinned = False  # whether a term made little of a difference, if any
    by_zero = False  # whether something was divided by 0

    def __init__(self, raw: Any) -> None:
        self.raw = raw

    # --- comparisons -----------------------------------------------------------------

    def __eq__(self, other: object) -> bool:
        return bool(libmp.mpf_eq(self.raw, raw_of(other)))

    def __ne__(self, other: object) -> bool:
        return not self == other

    def __lt__(self, other: object) -> bool:
        return bool(libmp.mpf_lt(self.raw, raw_of(other)))

    def __le__(self, other: object) -> bool:
        return bool(libmp.mpf_le(self.raw, raw_of(other)))

    def __gt__(self, other: object) -> bool:
        return bool(libmp.mpf_gt(self.raw, raw_of(other)))

    def __ge__(self, other: object) -> bool:
        return bool(libmp.mpf_ge(self.raw, raw_of(other)))

    __hash__ = None  # type: ignore[assignment]

    # --- arithmetic ------------------------------------------------------------------

    def __add__(self, other: object) -> Real:
        return operated(added, self, other)

    __radd__ = __add__

    def __sub__(self, other: object) -> Real:
        return operated(lambda a, b: added(a, libmp.mpf_neg(b)), self, other)

    def __rsub__(self, other: object) -> Real:
        return operated(lambda b, a: added(a, libmp.mpf_neg(b)), self, other)

    def __mul__(self, other: object) -> Real:
        return operated(multiplied, self, other)

    __rmul__ = __mul__

    def __truediv__(self, other: object) -> Real:
        return operated(quotient, self, other)

    def __rtruediv__(self, other: object) -> Real:
        return operated(lambda b, a: quotient(a, b), self, other)

    def __pow__(self, other: object) -> Real:
        return operated(power, self, other)

    def __rpow__(self, other: object) -> Real:
        return operated(lambda b, a: power(a, b), self, other)

    def __mod__(self, other: object) -> Real:
        return operated(remainder, self, other)

    def __neg__(self) -> Real:
        return Real(libmp.mpf_neg(self.raw))

    def __abs__(self) -> Real:
        return Real(libmp.mpf_abs(self.raw))

    # --- as other numbers ------------------------------------------------------------

    def __float__(self) -> float:
        return float(libmp.to_float(self.raw))

    def __int__(self) -> int:
        return int(libmp.to_int(bounded(self.raw)))

    def __round__(self) -> int:
        return int(libmp.to_int(bounded(self.rint().raw)))

    def __floor__(self) -> Real:
        return self.mapped(libmp.mpf_floor)

    def __ceil__(self) -> Real:
        return self.mapped(libmp.mpf_ceil)

    def __repr__(self) -> str:
        return str(libmp.to_str(self.raw, 20))

    # --- functions, by the names that NumPy calls them -------------------------------

    def rint(self) -> Real:
        """Return the nearest whole number."""
        return Real(libmp.mpf_nint(self.raw, 0, NEAREST))

    def exp(self) -> Real:
        """Return e to this power."""
        return self.mapped(libmp.mpf_exp)

    def log(self) -> Real:
        """Return the natural logarithm; of what is negative there is none."""
        if libmp.mpf_sign(self.raw) < 0:
            return NAN
        return Real(libmp.mpf_log(self.raw, Real.bits, NEAREST))

    def sqrt(self) -> Real:
        """Return the square root; of what is negative there is none."""
        return NAN if libmp.mpf_sign(self.raw) < 0 else self.mapped(libmp.mpf_sqrt)

    def sin(self) -> Real:
        """Return the sine."""
        return self.mapped(libmp.mpf_sin)

    def cos(self) -> Real:
        """Return the cosine."""
        return self.mapped(libmp.mpf_cos)

    def arctan(self) -> Real:
        """Return the arc tangent."""
        return self.mapped(libmp.mpf_atan)

    def tanh(self) -> Real:
        """Return the hyperbolic tangent."""
        return self.mapped(libmp.mpf_tanh)

    def arcsin(self) -> Real:
        """Return the angle from −π/2 to π/2 with this sine, if there is one."""
        return self.mapped(libmp.mpf_asin)

    def arccos(self) -> Real:
        """Return the angle from 0 to π with this cosine, if there is one."""
        return self.mapped(libmp.mpf_acos)

    def arctanh(self) -> Real:
        """Return the inverse of the hyperbolic tangent, where there is one."""
        if abs(self) > 1:
            return NAN
        return 0.5 * ((1 + self) / (1 - self)).log()

    def erf(self) -> Real:
        """Return the error function."""
        return self.mapped(libmp.mpf_erf)

    def gamma(self) -> Real:
        """Return Euler's Γ, where it has a value."""
        if abs(self) > LARGE:
            raise BeyondError
        try:
            return self.mapped(libmp.mpf_gamma)
        except ValueError:  # a pole
            return NAN

    def polygamma(self, order: int) -> Real:
        """Return a derivative of log Γ: the first for 0, where it has a value."""
        try:
            return self.mapped(lambda *given: libmp.mpf_psi(order, *given))
        except ValueError:  # a pole
            return NAN

    def mapped(self, function: Callable[..., Any]) -> Real:
        """Apply a function of mpmath's; where it has no real value, there is none."""
        try:
            return Real(function(bounded(self.raw), Real.bits, NEAREST))
        except libmp.ComplexResult:
            return NAN


def raw_of(x: object) -> Any:
    """Return the digits of a number, those of a float exactly."""
    if type(x) is Real:
        return x.raw
    if isinstance(x, int | np.integer | np.bool_):
        return libmp.from_int(int(x))
    if isinstance(x, float | np.floating):
        return libmp.from_float(float(x))
    raise TypeError(f"{type(x).__name__} is no real number")


def operated(operation: Callable[[Any, Any], Real], x: Real, other: object) -> Real:
    """Apply an operation to two numbers, and leave arrays and duals to their own."""
    if not isinstance(other, NUMBERS):
        return NotImplemented
    return operation(x.raw, raw_of(other))


def bounded(raw: Any) -> Any:
    """Return a number, or raise if what is made of it is out of all bounds."""
    if raw[2] + raw[3] > HUGE and raw[1]:
        raise BeyondError
    return raw


def added(a: Any, b: Any) -> Real:
    """Add; note whether one of the two made no difference, or hardly any."""
    total = libmp.mpf_add(a, b, Real.bits, NEAREST)
    if a[1] and b[1]:
        Real.swallowed |= total in (a, b)
        Real.thinned |= abs(a[2] + a[3] - b[2] - b[3]) > Real.bits - FEW_BITS
    return Real(total)


def multiplied(a: Any, b: Any) -> Real:
    """Multiply."""
    return Real(libmp.mpf_mul(a, b, Real.bits, NEAREST))


def quotient(a: Any, b: Any) -> Real:
    """Divide; by 0 it is infinite, as in log 1/0, and by what is infinite, nothing."""
    if b == libmp.fzero and a[1]:
        Real.by_zero = True
        return Real(libmp.fninf if a[0] else libmp.finf)
    if not b[1]:  # 0 / 0, infinite or no number
        return NAN
    return Real(libmp.mpf_div(a, b, Real.bits, NEAREST))


def remainder(a: Any, b: Any) -> Real:
    """Return what is left of a after whole multiples of b."""
    times = Real(quotient(a, b).raw).__floor__()
    return added(a, libmp.mpf_neg(multiplied(times.raw, b).raw))


def power(a: Any, b: Any) -> Real:
    """Raise to a power; 0 to the power 0 is 1, as everywhere in the checker."""
    if b == libmp.fzero:
        return Real(libmp.fone)
    if a == libmp.fzero and b[0]:
        return quotient(libmp.fone, a)
    try:
        return Real(libmp.mpf_pow(bounded(a), bounded(b), Real.bits, NEAREST))
    except libmp.ComplexResult:
        return NAN


# --- arrays ----------------------------------------------------------------------


@contextmanager
def digits(count: int) -> Iterator[None]:
    """Compute with so many decimal digits."""
    before = Real.bits, Real.swallowed, Real.thinned, Real.by_zero
    Real.bits = libmp.dps_to_prec(count)
    Real.swallowed = Real.thinned = Real.by_zero = False
    try:
        yield
    finally:
        Real.bits, Real.swallowed, Real.thinned, Real.by_zero = before


def one(x: object) -> Real:
    """Return a number as one of these."""
    return x if type(x) is Real else Real(raw_of(x))


lift_each = np.frompyfunc(one, 1, 1)


def lifted(a: np.ndarray) -> np.ndarray:
    """Return an array whose numbers are all of these."""
    if a.size == 1 and type(a.item()) is Real:  # as nearly all are, at one point
        return a
    return np.asarray(lift_each(a), object)


def from_text(text: str) -> np.ndarray:
    """Return a number as it is written, which a float need not be."""
    return np.full((1, 1), Real(libmp.from_str(text, Real.bits, NEAREST)))


def constant(name: str) -> np.ndarray:
    """Return e or pi."""
    value = {"e": lambda: libmp.mpf_e(Real.bits, NEAREST),
             "pi": lambda: libmp.mpf_pi(Real.bits, NEAREST)}[name]()  # fmt: skip
    return np.full((1, 1), Real(value))


def eigenvalues(matrix: np.ndarray) -> list[Real]:
    """Return the eigenvalues of a symmetric matrix, from the least to the largest.

    What rounding may be all of is 0, and more digits may tell more.
    """
    if not isfinite(matrix).all():
        return [NAN] * len(matrix)
    rows = [[mpmath.make_mpf(bounded(x.raw)) for x in row] for row in matrix]
    with mpmath.workprec(Real.bits):
        found = [Real(x._mpf_) for x in mpmath.eigsy(mpmath.matrix(rows), True)]
    largest = max(map(abs, found))
    unseen = [abs(x) <= largest * 2.0 ** (FEW_BITS - Real.bits) for x in found]
    Real.swallowed |= any(unseen) and Real.bits < libmp.dps_to_prec(MOST_DIGITS)
    return [one(0) if hidden else x for x, hidden in zip(found, unseen, strict=True)]


def exact(a: np.ndarray) -> bool:
    """Say whether an array is of these numbers, and not of floats."""
    return a.dtype == object


def isnan(a: np.ndarray) -> np.ndarray:
    """Say which are no numbers, of floats or of these."""
    return np.asarray(a != a, bool) if exact(a) else np.isnan(a)


def isinf(a: np.ndarray) -> np.ndarray:
    """Say which are infinite, of floats or of these."""
    return np.asarray(abs(a) == np.inf, bool) if exact(a) else np.isinf(a)


def isfinite(a: np.ndarray) -> np.ndarray:
    """Say which are finite, of floats or of these."""
    return ~(isnan(a) | isinf(a)) if exact(a) else np.isfinite(a)


NUMBERS = (Real, int, float, np.integer, np.floating, np.bool_)
NAN = Real(libmp.fnan if libmp else None)
