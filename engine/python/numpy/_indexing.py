"""What stands in an array's brackets."""

from _engine import _isinstance
from jsffi import to_js

from numpy._array import _Array, _element, generic, ndarray
from numpy._bridge import _ask
from numpy._making import asarray

_WHOLE = to_js([None, None, None])  # a slice: where it starts and stops, by which step


def _parts(a, index):
    """Return the parts of an index for arrays.js; whether arrays and dots are there."""
    parts, used, dots, arrays = [], 0, None, False
    for part in index if type(index) is tuple else (index,):
        used += 1
        if type(part) is int:
            parts.append(part)
        elif type(part) is slice:
            ends = (part.start, part.stop, part.step)
            parts.append(to_js([None if end is None else int(end) for end in ends]))
        elif part is None:
            parts.append(None)
            used -= 1
        elif part is Ellipsis:
            if dots is not None:
                raise IndexError("an index can only have a single ellipsis ('...')")
            dots = len(parts)
            used -= 1
        else:
            if type(part) in (list, range):
                part = asarray(part)
            if not _isinstance(part, _Array):
                raise IndexError(
                    "only integers, slices (`:`), ellipsis (`...`), numpy.newaxis "
                    "(`None`) and integer or boolean arrays are valid indices"
                )
            if type(part) is generic and part.dtype.kind in "iu":
                parts.append(int(part))
                continue
            arrays = True
            parts.append(part._handle)
            if part.dtype.kind == "b":
                used += (part.ndim or 1) - 1
    if used > a.ndim:
        if type(a) is generic:
            raise IndexError("invalid index to scalar variable.")
        raise IndexError(
            "too many indices for array: array is {}-dimensional, but {} were "
            "indexed".format(a.ndim, used)
        )
    if dots is not None:
        parts = parts[:dots] + [_WHOLE] * (a.ndim - used) + parts[dots:]
    return parts, arrays, dots is not None


def _get(a, index):
    if type(index) is int and a._handle.ndim:
        return _element(_ask("view", a._handle, index))
    parts, arrays, dots = _parts(a, index)
    found = _ask("at" if arrays else "view", a._handle, *parts)
    return ndarray(found) if dots and not arrays else _element(found)


def _set(a, index, value):
    value = (value if _isinstance(value, _Array) else asarray(value))._handle
    parts, arrays, _ = _parts(a, index)
    if arrays:
        _ask("put", a._handle, value, *parts)
    else:
        _ask("assign", _ask("view", a._handle, *parts), value)


_Array.__getitem__ = _get
ndarray.__setitem__ = _set
