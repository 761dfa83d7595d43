"""Kinds of numbers: dtypes and scalar types."""

from _engine import _isinstance  # the built-in one: no type of NumPy is asked for here

_SIZES = {
    kind + str(8 * size): size
    for kind, sizes in (
        ("int", (1, 2, 4, 8)),
        ("uint", (1, 2, 4, 8)),
        ("float", (2, 4, 8)),
        ("complex", (8, 16)),
    )
    for size in sizes
}
_SHORT = {
    "?": "bool",
    "b": "int8",
    "i": "int32",
    "l": "int64",
    "q": "int64",
    "e": "float16",
    "f": "float32",
    "d": "float64",
    "F": "complex64",
    "D": "complex128",
    "int": "int64",
    "float": "float64",
    "complex": "complex128",
    "half": "float16",
    "single": "float32",
    "double": "float64",
    "intp": "int64",
}
_SHORT.update({name[0] + str(size): name for name, size in _SIZES.items()})  # f8
_SIZES["bool"] = 1
_OF_PYTHON = {bool: "bool", int: "int64", float: "float64", complex: "complex128"}


class dtype:
    """The kind of an array's numbers: dtype("float64")."""

    def __init__(self, of):
        self.name = _dtype_name(of)
        self.kind = self.name[0]
        self.itemsize = _SIZES[self.name]

    @property
    def type(self):
        return _TYPES[self.name]

    def __repr__(self):
        return "dtype('{}')".format(self.name)

    def __str__(self):
        return self.name

    def __eq__(self, other):
        try:
            return self.name == _dtype_name(other)
        except TypeError:
            return False

    def __ne__(self, other):
        return not self == other

    def __hash__(self):
        return hash(self.name)


class _Type:
    """A scalar type, or a kind of them: np.float64, np.floating.

    Not a class, since MicroPython's classes take no subscript; `isinstance` of the
    page's Python knows it.
    """

    def __init__(self, name, kinds):
        self.__name__ = name
        self.kinds = kinds

    def __getitem__(self, parameters):
        return self

    def __or__(self, other):
        return (self, other)

    def __ror__(self, other):
        return (other, self)

    def __repr__(self):
        return "<class 'numpy.{}'>".format(self.__name__)

    def holds(self, value):
        if type(value).__name__ != "generic":
            return False
        name = value.dtype.name
        return name == self.__name__ if self.kinds is None else name[0] in self.kinds


_TYPES = {name: _Type(name, None) for name in _SIZES}
globals().update(_TYPES)
bool_ = globals().pop("bool")
intp = int_ = int64
half, single, double = float16, float32, float64
number = _Type("number", "iufc")
integer = _Type("integer", "iu")
signedinteger = _Type("signedinteger", "i")
unsignedinteger = _Type("unsignedinteger", "u")
inexact = _Type("inexact", "fc")
floating = _Type("floating", "f")
complexfloating = _Type("complexfloating", "c")


def _dtype_name(of):
    if of is None:
        return "float64"
    if _isinstance(of, dtype):
        return of.name
    if _isinstance(of, _Type):
        if of.kinds is None:
            return of.__name__
        raise TypeError("{!r} is not the type of one kind of numbers".format(of))
    name = _SHORT.get(of, of) if _isinstance(of, str) else _OF_PYTHON.get(of)
    if name in _SIZES:
        return name
    raise TypeError("data type {!r} not understood".format(of))


_DTYPES = {name: dtype(name) for name in _SIZES}


class finfo:
    """What a dtype of floats can hold."""

    _known = {}  # noqa: RUF012

    def __new__(cls, of):
        name = _dtype_name(getattr(of, "dtype", of))
        name = {"complex64": "float32", "complex128": "float64"}.get(name, name)
        found = cls._known.get(name)
        if found is None:
            found = cls._known[name] = object.__new__(cls)
            found._of(name)
        return found

    def _of(self, name):
        bits = {"float16": 10, "float32": 23, "float64": 52}[name]
        self.bits = 8 * _SIZES[name]
        most = 2 ** (self.bits - bits - 2) - 1
        least = 1 - most
        make = _TYPES[name]
        self.dtype = dtype(name)
        self.nmant, self.minexp, self.maxexp = bits, least, most + 1
        self.eps = make(2.0**-bits)
        self.max = make((2.0 - 2.0**-bits) * 2.0**most)
        self.min = make(-self.max.item())
        self.tiny = self.smallest_normal = make(2.0**least)
        self.smallest_subnormal = make(2.0 ** (least - bits))


class iinfo:
    """What a dtype of whole numbers can hold."""

    def __init__(self, of):
        name = _dtype_name(of)
        bits = 8 * _SIZES[name]
        self.min = 0 if name[0] == "u" else -(2 ** (bits - 1))
        self.max = 2**bits - 1 if name[0] == "u" else 2 ** (bits - 1) - 1


def issubdtype(first, second):
    kinds = getattr(second, "kinds", None)
    return dtype(first).kind in kinds if kinds else dtype(first) == dtype(second)
