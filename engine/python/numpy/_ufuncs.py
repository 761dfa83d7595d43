"""Functions of entries, the operators that are these, and the product of matrices."""

from _engine import _isinstance

from numpy._array import _Array, _element, generic, ndarray
from numpy._bridge import _EXACT, _ask
from numpy._indexing import _parts
from numpy._making import _operands, _shape, asarray

_REDUCED = {
    "add": "sum",
    "multiply": "prod",
    "maximum": "max",
    "minimum": "min",
    "logical_and": "all",
    "logical_or": "any",
}


def _defers(value):
    """Whether the value takes functions of arrays into its own hands."""
    return not _isinstance(value, _Array) and hasattr(value, "__array_ufunc__")


class ufunc:
    """A function of numbers, entry by entry, under NumPy's rules of dtype."""

    def __init__(self, name, nin, kinds=""):
        self.__name__ = name
        self.nin = nin
        self._kinds = kinds  # of dtypes that become floats first

    def __repr__(self):
        return "<ufunc '{}'>".format(self.__name__)

    def __call__(self, *given, **options):
        if options or len(given) != self.nin:
            return self._called(given, options)
        operands = []
        for value in given:
            kind = type(value)
            if kind is ndarray or kind is generic:
                operands.append(value._handle)
                operands.append("")
            elif kind is float:
                operands.append(value)
                operands.append("f")
            elif kind is int and -_EXACT <= value <= _EXACT:
                operands.append(float(value))
                operands.append("i")
            else:
                return self._called(given, options)
        return _element(_ask("ufunc", self.__name__, self._kinds, *operands))

    def _called(self, given, options):
        """Answer what is not asked of arrays and real numbers alone."""
        if len(given) > self.nin:
            options["out"] = given[self.nin]
            given = given[: self.nin]
        if len(given) < self.nin:
            raise TypeError(
                "{}() takes from {} to {} positional arguments but {} were "
                "given".format(self.__name__, self.nin, self.nin + 1, len(given))
            )
        for value in given:
            if _defers(value):
                return value.__array_ufunc__(self, "__call__", *given, **options)
        place = options.pop("out", None)
        where = options.pop("where", True)
        wanted = options.pop("dtype", None)
        if options:
            raise TypeError(
                "{}() takes no argument {!r}".format(self.__name__, next(iter(options)))
            )
        if wanted:
            given = [asarray(value, wanted) for value in given]
        answer = _ask("ufunc", self.__name__, self._kinds, *_operands(given))
        if place is None:
            return _element(answer)
        if type(place) is tuple:
            place = place[0]
        if where is True:
            place[...] = _element(answer)
        else:
            answer = _ask("broadcast", answer, _shape(place.shape))
            place[where] = ndarray(answer)[where]
        return place

    def at(self, a, indices, values=None):
        sign = {"add": 1, "subtract": -1}.get(self.__name__)
        if sign is None:
            raise TypeError("{}.at is not in the page's NumPy".format(self.__name__))
        values = asarray(values)._handle
        _ask("accumulate", a._handle, values, sign, *_parts(a, indices)[0])

    def reduce(self, a, axis=0, keepdims=False):
        a, method = asarray(a), _REDUCED.get(self.__name__)
        if method:
            return getattr(a, method)(axis=axis, keepdims=keepdims)
        axes = list(range(a.ndim))
        axes.insert(0, axes.pop(axis))
        total, *rows = a.transpose(axes)
        for row in rows:
            total = self(total, row)
        return total

    def outer(self, a, b):
        a, b = asarray(a), asarray(b)
        return self(a.reshape(a.shape + (1,) * b.ndim), b)


# By the number of arguments, and the kinds that become floats first
for _nin, _kinds, _names in (
    (
        1,
        "biu",
        "exp exp2 expm1 log log2 log10 log1p sqrt cbrt sin cos tan arcsin arccos "
        "arctan sinh cosh tanh arcsinh arccosh arctanh rint "
        "isnan isinf isfinite isneginf isposinf signbit",
    ),
    (
        1,
        "",
        "negative absolute sign square conj logical_not invert reciprocal "
        "floor ceil trunc",
    ),
    (2, "biu", "logaddexp logaddexp2 hypot arctan2 copysign nextafter divide"),
    (
        2,
        "",
        "add subtract multiply power floor_divide remainder maximum minimum fmax fmin "
        "equal not_equal less less_equal greater greater_equal "
        "logical_and logical_or logical_xor bitwise_and bitwise_or bitwise_xor "
        "left_shift right_shift",
    ),
):
    for _name in _names.split():
        globals()[_name] = ufunc(_name, _nin, _kinds)
abs = absolute
fabs = ufunc("absolute", 1, "biu")
mod = remainder
pow = power
true_divide = divide
bitwise_not = invert
conjugate = conj


_PRODUCT = "(n?,k),(k,m?)->(n?,m?)"


def matmul(a, b):
    for value in (a, b):
        if _defers(value):
            return value.__array_ufunc__(matmul, "__call__", a, b)
    a, b = asarray(a), asarray(b)
    for place, one in enumerate((a, b)):
        if not one.ndim:
            raise ValueError(
                "matmul: Input operand {} does not have enough dimensions (has 0, "
                "gufunc core with signature {} requires 1)".format(place, _PRODUCT)
            )
    rows = b.shape[-2 if b.ndim > 1 else 0]
    if a.shape[-1] != rows:
        raise ValueError(
            "matmul: Input operand 1 has a mismatch in its core dimension 0, with "
            "gufunc signature {} (size {} is different from {})".format(
                _PRODUCT, rows, a.shape[-1]
            )
        )
    return _element(_ask("together", "matmul", a._handle, b._handle))


def _at(a, b):
    if type(a) is generic and type(b) is generic:
        raise TypeError(
            "unsupported operand type(s) for @: 'numpy.{}' and 'numpy.{}'".format(
                a.dtype, b.dtype
            )
        )
    return matmul(a, b)


def _operator(function, reflected=False):
    def method(self, other):
        if type(other) not in (int, float, bool, complex) and not _isinstance(
            other, (_Array, list, tuple)
        ):
            if not _defers(other):
                return NotImplemented
        return function(other, self) if reflected else function(self, other)

    return method


def _in_place(function):
    def method(self, other):
        answer = function(self, other)
        if not _isinstance(self, ndarray):
            return answer
        if "buifc".index(answer.dtype.kind) > "buifc".index(self.dtype.kind):
            raise TypeError(
                "Cannot cast ufunc '{}' output from dtype('{}') to dtype('{}')".format(
                    function.__name__, answer.dtype, self.dtype
                )
            )
        self[...] = answer
        return self

    return method


_SIGNS = {
    "add": add,
    "sub": subtract,
    "mul": multiply,
    "truediv": divide,
    "floordiv": floor_divide,
    "mod": remainder,
    "pow": power,
    "matmul": _at,
    "and": bitwise_and,
    "or": bitwise_or,
    "xor": bitwise_xor,
    "lshift": left_shift,
    "rshift": right_shift,
}
_COMPARED = {
    "lt": less,
    "le": less_equal,
    "gt": greater,
    "ge": greater_equal,
    "eq": equal,
    "ne": not_equal,
}


def _operators(kind):
    """Give a class the operators that are ufuncs."""

    def give(name, method):
        setattr(kind, "__{}__".format(name), method)

    for sign, function in _SIGNS.items():
        give(sign, _operator(function))
        give("r" + sign, _operator(function, True))
        give("i" + sign, _in_place(function))
    for sign, function in _COMPARED.items():
        give(sign, _operator(function))
    give("neg", lambda self: negative(self))
    give("abs", lambda self: absolute(self))


_operators(_Array)
_Array.__pos__ = lambda self: self.copy()
_Array.__invert__ = lambda self: (
    logical_not(self) if self.dtype.kind == "b" else invert(self)
)
