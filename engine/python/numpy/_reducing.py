"""Functions that take axes away: sums, extremes, means, and where extremes are."""

import builtins

from _engine import _isinstance

from numpy._array import _Array, _element
from numpy._bridge import _ask, _axis
from numpy._making import asarray
from numpy._ufuncs import conj, sqrt


def _reduce(name, a, axis, dtype, out, keepdims):
    if not _isinstance(a, _Array):
        if hasattr(a, "__array_function__"):
            return getattr(a, name)(*([] if axis is None else [axis]))
        a = asarray(a)
    if dtype is not None:
        a = a.astype(dtype)
    axes = () if axis is None else axis if type(axis) is tuple else (axis,)
    if axis == ():
        return a.copy()
    answer = _element(_ask("reduce", name, a._handle, keepdims, *axes))
    if out is None:
        return answer
    out[...] = answer
    return out


def _adding(name):
    def function(a, axis=None, dtype=None, out=None, keepdims=False):
        return _reduce(name, a, axis, dtype, out, keepdims)

    return function


def _choosing(name):
    def function(a, axis=None, out=None, keepdims=False):
        return _reduce(name, a, axis, None, out, keepdims)

    return function


def _placing(name):
    def function(a, axis=None, keepdims=False):
        a = asarray(a)
        if a.size == 0:
            raise ValueError("attempt to get {} of an empty sequence".format(name))
        axes = range(a.ndim) if axis is None else [_axis(axis, a.ndim)]
        given = [] if axis is None else [axes[0]]
        whole = (a if a.ndim else a.reshape(1))._handle
        answer = _element(_ask("call", name, whole, *given)).astype(int)
        if not keepdims:
            return answer
        shape = [1 if i in axes else n for i, n in enumerate(a.shape)]
        return asarray(answer).reshape(shape)

    return function


def mean(a, axis=None, dtype=None, out=None, keepdims=False):
    a = asarray(a, dtype)
    if a.dtype.kind in "biu":
        a = a.astype(float)
    total = a.sum(axis=axis, keepdims=keepdims)
    answer = total / (a.size // builtins.max(total.size, 1))
    if out is None:
        return answer
    out[...] = answer
    return out


def var(a, axis=None, ddof=0, keepdims=False):
    a = asarray(a)
    deviation = a - a.mean(axis=axis, keepdims=True)
    squares = (deviation * conj(deviation)).real
    total = squares.sum(axis=axis, keepdims=keepdims)
    return total / (a.size / builtins.max(total.size, 1) - ddof)


def std(a, axis=None, ddof=0, keepdims=False):
    return sqrt(var(a, axis, ddof, keepdims))


sum, prod = _adding("sum"), _adding("prod")
max, min, all, any = [_choosing(name) for name in ("max", "min", "all", "any")]
amax, amin = max, min
argmax, argmin = _placing("argmax"), _placing("argmin")

for _name in "sum prod max min all any mean var std argmax argmin".split():
    setattr(_Array, _name, globals()[_name])
