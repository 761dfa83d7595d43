"""Arrays and scalars: what they are, and what Python asks of them.

Their operators, indexing and methods are set on them by the modules of these.
"""

import _arrays
from _engine import _isinstance
from jsffi import to_js

from numpy._bridge import _ask, _python
from numpy._dtypes import _DTYPES, _dtype_name


def _element(handle):
    """Return an array, or a scalar where no axes are left."""
    return ndarray(handle) if handle.ndim else generic(handle, ())


def _lengths(text):
    """Return a shape that came as text."""
    return tuple([int(n) for n in text.split(",")]) if text else ()


class _Array:
    """What arrays and scalars have in common."""

    def __init__(self, handle, shape=None):
        self._handle = handle
        self._shape = shape  # asked for once, as the dtype: a question costs time
        self._dtype = None

    @property
    def shape(self):
        if self._shape is None:
            self._shape = _lengths(self._handle.lengths)
        return self._shape

    @property
    def dtype(self):
        if self._dtype is None:
            self._dtype = _DTYPES[self._handle.dtype]
        return self._dtype

    @property
    def ndim(self):
        return self._handle.ndim

    @property
    def size(self):
        product = 1
        for n in self.shape:
            product *= n
        return product

    @property
    def itemsize(self):
        return self.dtype.itemsize

    @property
    def nbytes(self):
        return self.size * self.itemsize

    @property
    def T(self):
        return self.transpose()

    @property
    def flat(self):
        return self.reshape(-1)

    def __len__(self):
        shape = self.shape
        if not shape:
            raise TypeError("len() of unsized object")
        return shape[0]

    def __iter__(self):
        if not self.shape:
            raise TypeError(self._no_rows.format(self.dtype))
        return (self[i] for i in range(len(self)))

    def __bool__(self):
        if self.size != 1:
            raise ValueError(
                "The truth value of an array with more than one element is ambiguous. "
                "Use a.any() or a.all()"
            )
        return bool(self.item())

    def _one(self):
        if self.ndim:
            raise TypeError(
                "only 0-dimensional arrays can be converted to Python scalars"
            )
        return self.item()

    # Not __float__: MicroPython's floats would ask it in 0.1 * array, and take a number
    def _float(self):
        number = self._one()
        return number.real if type(number) is complex else float(number)

    def __int__(self):
        return int(self._one())

    def __index__(self):
        if self.dtype.kind not in "iu" or self.ndim:
            raise TypeError(
                "only integer scalar arrays can be converted to a scalar index"
            )
        return int(self.item())

    def _complex(self):
        return complex(self.item())

    def __repr__(self):
        return _arrays.text(self._handle, type(self) is generic, False)

    def __str__(self):
        return _arrays.text(self._handle, type(self) is generic, True)

    def __hash__(self):
        if self.ndim:
            raise TypeError("unhashable type: 'numpy.ndarray'")
        return hash(self.item())

    def item(self, *place):
        if place:
            return self[place if len(place) > 1 else place[0]].item()
        if self.size != 1:
            raise ValueError("can only convert an array of size 1 to a Python scalar")
        return _python(_ask("item", self._handle, 0), self.dtype.kind)

    def tolist(self):
        kind = self.dtype.kind
        flat = [_python(one, kind) for one in _ask("list", self._handle)]
        if not self.shape:
            return flat[0]
        for n in reversed(self.shape[1:]):
            flat = (
                [flat[i : i + n] for i in range(0, len(flat), n)]
                if n
                else [[] for _ in range(self.shape[0])]
            )
        return flat

    def astype(self, dtype, copy=True):
        name = _dtype_name(dtype)
        if not copy and name == self.dtype.name:
            return self
        return type(self)(_ask("cast", self._handle, name))

    def copy(self):
        return type(self)(_ask("copy", self._handle))

    def reshape(self, *shape):
        if len(shape) == 1 and type(shape[0]) in (tuple, list):
            shape = shape[0]
        shape = to_js([int(n) for n in shape])
        return ndarray(_ask("reshape", self._handle, shape))

    def flatten(self):
        return self.reshape(-1).copy()

    def transpose(self, *axes):
        if len(axes) == 1 and type(axes[0]) in (tuple, list):
            axes = axes[0]
        axes = [to_js(list(axes))] if axes else []
        return type(self)(_ask("call", "transpose", self._handle, *axes))


class ndarray(_Array):
    """An array of numpy-ts."""

    _no_rows = "iteration over a 0-d array"

    def fill(self, value):
        self[...] = value

    def __class_getitem__(cls, of):
        return cls


class generic(_Array):
    """A scalar: one number with a dtype."""

    _no_rows = "'numpy.{}' object is not iterable"

    def __setitem__(self, index, value):
        raise TypeError(
            "'numpy.{}' object does not support item assignment".format(self.dtype)
        )


class _Things:
    """An array of what are no numbers: it can be looked at, and refused."""

    def __init__(self, flat, shape, kind):
        self.flat, self.shape, self.ndim, self.size = flat, shape, len(shape), len(flat)
        self.dtype = object.__new__(type(_DTYPES["bool"]))
        self.dtype.kind, self.dtype.name = kind[1] if kind != "object" else "O", kind

    def __len__(self):
        if not self.shape:
            raise TypeError("len() of unsized object")
        return self.shape[0]

    def __iter__(self):
        width = self.size // len(self) if self.size else 0
        for i in range(len(self)):
            row = self.flat[i * width : (i + 1) * width]
            if self.ndim == 1 and self.dtype.kind == "O":
                yield row[0]
            else:
                yield _Things(row, self.shape[1:], self.dtype.name)

    def tolist(self):
        if not self.ndim:
            return self.flat[0]
        return [
            one.tolist() if _isinstance(one, _Things) else one for one in iter(self)
        ]

    def __str__(self):
        if not self.ndim:
            return str(self.flat[0])
        return "[" + " ".join([repr(value) for value in self.flat]) + "]"

    def __repr__(self):
        kind = self.dtype.name
        kind = kind if kind == "object" else repr(kind)
        return "array({}, dtype={})".format(repr(self.tolist()), kind)
