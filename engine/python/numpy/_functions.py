"""The other functions of arrays; and those of numpy-ts, by their names."""

import builtins

import _arrays
from _engine import _isinstance
from jsffi import to_js

from numpy._array import _Array, _element, generic, ndarray
from numpy._bridge import _ask
from numpy._dtypes import _dtype_name, _Type, dtype, int32
from numpy._making import _operands, array, asarray, result_type, zeros
from numpy._shapes import broadcast_arrays, nonzero, stack
from numpy._ufuncs import (
    absolute,
    add,
    conj,
    isfinite,
    isnan,
    maximum,
    minimum,
    power,
    rint,
)


def _converted(value):
    """Return what numpy-ts takes for a value."""
    if _isinstance(value, _Array):
        return value._handle
    if _isinstance(value, (dtype, _Type)) or value in (float, int, bool, complex):
        return _dtype_name(value)
    if type(value) is tuple and all(type(one) is int for one in value):
        return to_js(list(value))
    if type(value) in (list, tuple):
        return asarray(value)._handle
    if type(value) is int:
        return float(value)
    return value


def _returned(answer):
    """Return an answer of numpy-ts as Python has it."""
    if type(answer) in (int, float, str, bool) or answer is None:
        return answer
    kind = _ask("kind", answer)
    if kind == "array":
        return _element(answer)
    if kind == "list":
        return tuple([_returned(one) for one in answer])
    return answer


def _handed_over(name):
    """Return numpy-ts's own function of this name."""
    if not _arrays.has(name):
        raise AttributeError("the page's NumPy has no {!r}".format(name))

    def function(*given):
        return _returned(_ask("call", name, *[_converted(value) for value in given]))

    return function


def _of_array(name):
    def function(a, *given, axis=None):
        if axis is not None:
            given += (axis,)
        given = [_converted(value) for value in given if value is not None]
        return _returned(_ask("call", name, asarray(a)._handle, *given))

    return function


def _along(name, usual):
    def function(a, axis=usual):
        a = asarray(a)
        if axis is None:
            a, axis = a.flat, 0
        answer = _element(_ask("call", name, a._handle, axis))
        return answer.astype(int) if name == "argsort" else answer

    return function


def _of_two(name):
    def function(a, b):
        return _returned(_ask("together", name, asarray(a)._handle, asarray(b)._handle))

    return function


for _name in "expand_dims flip roll median".split():
    globals()[_name] = _of_array(_name)
sort, argsort = _along("sort", -1), _along("argsort", -1)
cumsum, cumprod = _along("cumsum", None), _along("cumprod", None)
for _name in "outer inner kron cross dot vdot".split():
    globals()[_name] = _of_two(_name)


def _quantiles(name):
    def function(a, q, axis=None):
        if type(q) not in (int, float):
            return stack([function(a, float(one), axis) for one in q])
        axes = [] if axis is None else [axis]
        return _returned(_ask("call", name, asarray(a)._handle, float(q), *axes))

    return function


percentile, quantile = _quantiles("percentile"), _quantiles("quantile")


def count_nonzero(a, axis=None):
    return (asarray(a) != 0).sum(axis)


trace = _handed_over("trace")


def diff(a, n=1, axis=-1):
    return _element(_ask("call", "diff", asarray(a)._handle, n, axis))


def real(a):
    a = asarray(a)
    return _element(_ask("call", "real", a._handle)) if a.dtype.kind == "c" else a


def imag(a):
    a = asarray(a)
    if a.dtype.kind != "c":
        return zeros(a.shape, a.dtype)
    return _element(_ask("call", "imag", a._handle))


def round_(a, decimals=0):
    a = asarray(a)
    if a.dtype.kind in "biu":
        return a if a.ndim else generic(a._handle)
    if decimals == 0:
        return rint(a)
    factor = 10.0 ** builtins.abs(decimals)
    scaled = rint(a * factor if decimals > 0 else a / factor)
    return scaled / factor if decimals > 0 else scaled * factor


around = round = round_


def where(condition, x=None, y=None):
    if x is None:
        return nonzero(condition)
    return _element(_ask("where", asarray(condition)._handle, *_operands([x, y])))


def clip(a, min=None, max=None):
    a = asarray(a)
    if min is not None:
        a = maximum(a, min)
    return a if max is None else minimum(a, max)


def searchsorted(a, v, side="left"):
    v = asarray(v)
    found = _ask("sought", asarray(a)._handle, v._handle, side)
    return _element(ndarray(found).astype(int).reshape(v.shape)._handle)


def bincount(x, weights=None, minlength=0):
    x = asarray(x)
    length = builtins.max(minlength, int(x.max()) + 1 if x.size else 0)
    counts = zeros(length, int if weights is None else float)
    add.at(counts, x, 1 if weights is None else weights)
    return counts


def einsum(subscripts, *operands):
    operands = [asarray(a) for a in operands]
    name = result_type(*operands).name
    if "..." in subscripts:
        subscripts = _without_dots(subscripts, operands)
    handles = [a.astype(name)._handle for a in operands]
    return _element(_ask("call", "einsum", subscripts, *handles)).astype(name)


def _without_dots(subscripts, operands):
    """Spell out the axes that three dots stand for."""
    inputs, output = subscripts.replace(" ", "").split("->")
    free = [c for c in "ABCDEFGHIJKLMNOPQRSTUVWXYZ" if c not in subscripts]
    spelled, most = [], 0
    for part, a in zip(inputs.split(","), operands):
        if "..." in part:
            n = a.ndim - (len(part) - 3)
            most = builtins.max(most, n)
            part = part.replace("...", "".join(free[len(free) - n :]))
        spelled.append(part)
    output = output.replace("...", "".join(free[len(free) - most :]))
    return ",".join(spelled) + "->" + output


def tensordot(a, b, axes=2):
    a, b = asarray(a), asarray(b)
    if type(axes) is int:
        mine, theirs = list(range(a.ndim - axes, a.ndim)), list(range(axes))
    else:
        mine, theirs = [[one] if type(one) is int else list(one) for one in axes]
    mine = [one % a.ndim for one in mine]
    theirs = [one % b.ndim for one in theirs]
    kept = [i for i in range(a.ndim) if i not in mine]
    others = [i for i in range(b.ndim) if i not in theirs]
    n = 1
    for one in mine:
        n *= a.shape[one]
    left = a.transpose(*(kept + mine)).reshape(-1, n)
    right = b.transpose(*(theirs + others)).reshape(n, -1)
    return (left @ right).reshape(
        [a.shape[i] for i in kept] + [b.shape[i] for i in others]
    )


def isclose(a, b, rtol=1e-05, atol=1e-08, equal_nan=False):
    a, b = asarray(a), asarray(b)
    near = (absolute(a - b) <= atol + rtol * absolute(b)) & isfinite(b) | (a == b)
    return near | (isnan(a) & isnan(b)) if equal_nan else near


def allclose(a, b, rtol=1e-05, atol=1e-08, equal_nan=False):
    return bool(isclose(a, b, rtol, atol, equal_nan).all())


def array_equal(a, b):
    a, b = asarray(a), asarray(b)
    return a.shape == b.shape and bool((a == b).all())


def _floating(a):
    a = asarray(a)
    return a if a.dtype.kind in "fc" else a.astype(float)


def frexp(x):
    x = _floating(x)
    mantissa, exponent = _ask("call", "frexp", x._handle)
    return _element(mantissa).astype(x.dtype), _element(exponent).astype(int32)


def ldexp(x, exponent):
    x = _floating(x)
    # In two steps, since 2**exponent itself may be no double
    exponent = asarray(exponent).astype(float)
    first = clip(exponent, -1000.0, 1000.0)
    wide = result_type(x, float)
    wide = x.astype(wide) * power(2.0, first) * power(2.0, exponent - first)
    return wide.astype(x.dtype)


class vectorize:
    """A function of one number, entry by entry."""

    def __init__(self, function, otypes=None):
        self.function = function
        self.otypes = otypes

    def __call__(self, *given):
        given = broadcast_arrays(*given)
        columns = [a.flat.tolist() for a in given]
        values = [self.function(*row) for row in zip(*columns)]
        made = array(values, self.otypes[0] if self.otypes else None)
        return _element(made.reshape(given[0].shape)._handle)


class errstate:
    """Floating-point warnings, of which the page's NumPy gives none."""

    def __init__(self, **modes):
        for mode in modes.values():
            if mode not in ("ignore", "warn"):
                raise ValueError("the page's NumPy cannot {} here".format(mode))

    def __enter__(self):
        return self

    def __exit__(self, *error):
        return False


def _sort(self, axis=-1):
    self[...] = sort(self, axis)


ndarray.sort = _sort
_Array.real, _Array.imag = property(real), property(imag)
_Array.conj = lambda self: conj(self)
for _name in "round clip dot argsort cumsum cumprod trace".split():
    setattr(_Array, _name, globals()[_name])
