"""Arrays from what is none: from sequences, from a shape, from a rule."""

import _arrays
from _engine import _isinstance
from jsffi import to_js

from numpy._array import _Array, _element, _Things, ndarray
from numpy._bridge import _EXACT, _ask, _whole
from numpy._dtypes import _OF_PYTHON, _SIZES, _dtype_name, _Type, dtype, int64

_WEAK = {bool: "b", int: "i", float: "f", complex: "c"}
_RAGGED = (
    "setting an array element with a sequence. The requested array has an "
    "inhomogeneous shape"
)


def _flatten(values, flat, kinds, depth, shape):
    """Collect the numbers of nested sequences, their kinds and their one shape."""
    if _isinstance(values, (_Array, _Things)):
        if not flat and len(shape) == depth:
            shape += values.shape
        elif tuple(shape[depth:]) != values.shape:
            raise ValueError(_RAGGED)
        kinds.add(values.dtype.name)
        flat += values.flat if _isinstance(values, _Things) else values.flat.tolist()
        return
    if type(values) in (list, tuple, range) or hasattr(values, "__next__"):
        if len(shape) == depth:
            if flat:
                raise ValueError(_RAGGED)
            shape.append(len(values))
        elif len(shape) < depth or shape[depth] != len(values):
            raise ValueError(_RAGGED)
        if not values and len(shape) > depth + 1:
            raise ValueError(_RAGGED)
        for value in values:
            _flatten(value, flat, kinds, depth + 1, shape)
        return
    if len(shape) != depth:
        raise ValueError(_RAGGED)
    flat.append(values)
    kinds.add(type(values))


def array(values, dtype=None, copy=True, ndmin=0):
    """Return an array of numbers in nested sequences."""
    if _isinstance(values, _Things):
        return values
    if _isinstance(values, _Array):
        made = values._handle
        name = values.dtype.name if dtype is None else _dtype_name(dtype)
        if copy or name != values.dtype.name:
            made = _ask("cast", made, name)
    else:
        flat, kinds, shape = [], set(), []
        _flatten(values, flat, kinds, 0, shape)
        name = _common_name(kinds, flat) if dtype is None else _dtype_name(dtype)
        if name is None:
            return _things(flat, tuple(shape))
        made = _ask("make", to_js(_numbers(flat, name)), to_js(shape), name)
    made = ndarray(made)
    while made.ndim < ndmin:
        made = made[None]
    return made


def _common_name(kinds, flat):
    """Return the dtype of numbers of Python and of the arrays among them, if any."""
    names = {_OF_PYTHON.get(kind, kind) for kind in kinds or (float,)}
    if names - _NAMES:
        return None
    if int in kinds and len(kinds) == 1 and max(flat) >= 2**63:
        return "uint64" if min(flat) >= 0 and max(flat) < 2**64 else None
    return _ask("promoted", *names) if len(names) > 1 else names.pop()


_WEAK_KINDS, _NAMES = set(_WEAK), set(_SIZES)


def _numbers(flat, name):
    """Return numbers as arrays.js takes them."""
    if name[0] == "c":
        values = [complex(value) for value in flat]
        return [part for value in values for part in (value.real, value.imag)]
    if name == "bool":
        return [1.0 if value else 0.0 for value in flat]
    if name[0] == "f":
        return [float(value) for value in flat]
    return [_whole(int(value)) for value in flat]


def _things(flat, shape):
    """Return an array of texts, or of whatever there is."""
    kinds = {type(value) for value in flat}
    if kinds == {bytes}:
        width = max([len(value) for value in flat])
        return _Things(flat, shape, "|S{}".format(width or 1))
    if str not in kinds or kinds - _WEAK_KINDS - {str, bytes}:
        return _Things(flat, shape, "object")
    # The widths that NumPy gives to numbers
    width = {bool: 5, int: 21, float: 32, complex: 64}
    width = max([width.get(type(value)) or len(value) for value in flat])
    flat = [value.decode() if type(value) is bytes else str(value) for value in flat]
    return _Things(flat, shape, "<U{}".format(width or 1))


def asarray(values, dtype=None, copy=False):
    """Return the array itself, or one of nested sequences."""
    if _isinstance(values, ndarray) and (dtype is None or values.dtype == dtype):
        return values
    return array(values, dtype, copy=copy)


asanyarray = asarray


def ascontiguousarray(values, dtype=None):
    a = asarray(values, dtype)
    return a if _arrays.strided(a._handle) else a.copy()


_Type.__call__ = lambda self, value=0: _element(array(value, self.__name__)._handle)


def _operands(given):
    """Return arrays, and numbers with their kind, as arrays.js takes them."""
    operands = []
    for value in given:
        weak = _WEAK.get(type(value), "")
        if not weak:
            value = value if _isinstance(value, _Array) else asarray(value)
            value = value._handle
        elif weak == "c":
            value = to_js([value.real, value.imag])
        elif weak == "i":
            value = _whole(value)
        else:
            value = float(value)
        operands += (value, weak)
    return operands


def result_type(*given):
    given = [
        zeros((), g)
        if _isinstance(g, (dtype, _Type, str)) or g in (float, int, bool, complex)
        else g
        for g in given
    ]
    return dtype(_ask("common", *_operands(given)))


promote_types = result_type


def _shape(shape):
    """Return a shape as arrays.js takes it: floats, since whole numbers are cut."""
    if _isinstance(shape, _Array):
        shape = shape.tolist()
    shape = shape if type(shape) in (tuple, list) else [shape]
    return to_js([float(int(n)) for n in shape])


def full(shape, fill_value, dtype=None):
    value = array(fill_value, dtype)
    return ndarray(_ask("full", _shape(shape), value._handle, value.dtype.name))


def full_like(a, fill_value, dtype=None, shape=None):
    a = asarray(a)
    return full(a.shape if shape is None else shape, fill_value, dtype or a.dtype)


def _filled(value):
    return (
        lambda shape, dtype=float: full(shape, value, dtype),
        lambda a, dtype=None, shape=None: full_like(a, value, dtype, shape),
    )


(zeros, zeros_like), (ones, ones_like) = _filled(0), _filled(1)
empty, empty_like = zeros, zeros_like


def eye(N, M=None, k=0, dtype=float):
    lengths = float(N), float(N if M is None else M)
    return ndarray(_ask("eye", *lengths, k, _dtype_name(dtype)))


identity = eye


def arange(start, stop=None, step=1, dtype=None):
    if stop is None:
        start, stop = 0, start
    ends = [
        value.item() if _isinstance(value, _Array) else value
        for value in (start, stop, step)
    ]
    whole = all(type(value) is int for value in ends)
    if whole and max([abs(value) for value in ends]) > _EXACT:
        raise OverflowError("the page's NumPy counts to 2**53")
    if dtype is None:
        dtype = int64 if whole else array(ends).dtype
    ends = [float(value) for value in ends]
    return ndarray(_ask("arange", *ends, _dtype_name(dtype)))


def linspace(start, stop, num=50, endpoint=True, dtype=None):
    steps = (num - 1) if endpoint else num
    start, stop = asarray(start, float), asarray(stop, float)
    if num == 0:
        return zeros(0)
    made = arange(0.0, float(num))
    if steps:
        step = (stop - start) / steps
        made = made * step + start
        if endpoint and num > 1:
            made[-1] = stop
    else:
        made = made * 0.0 + start
    return made if dtype is None else made.astype(dtype)
