"""What Python has and MicroPython has not, for every module of the page.

The functions with names of their own, like `_less`, are called by the code that
lower.js writes; the others take the places of built-in ones.
"""

import builtins
import sys
from collections import OrderedDict

import _arrays

_isinstance = builtins.isinstance
_print = builtins.print
_repr = builtins.repr
_round = builtins.round
_zip = builtins.zip
_sum = builtins.sum


def isinstance(value, kinds):
    """Know the types of NumPy, which are no classes here."""
    if type(kinds) is tuple:
        for kind in kinds:
            if isinstance(value, kind):
                return True
        return False
    if hasattr(kinds, "holds"):
        return kinds.holds(value)
    # True is a whole number in Python, and NumPy's double a float, as its complex is
    if kinds is int and type(value) is bool:
        return True
    if kinds in (float, complex) and type(value).__name__ == "generic":
        return value.dtype.name == ("float64" if kinds is float else "complex128")
    return _isinstance(value, kinds)


def _array(value):
    return hasattr(value, "__array_ufunc__") or hasattr(value, "_handle")


def zip(*iterables, strict=False):
    """Know `strict`."""
    if not strict:
        return _zip(*iterables)
    columns = [list(one) for one in iterables]
    for i, column in enumerate(columns):
        if len(column) != len(columns[0]):
            shorter = "shorter" if len(column) < len(columns[0]) else "longer"
            raise ValueError(
                "zip() argument {} is {} than argument 1".format(i + 1, shorter)
            )
    return _zip(*columns)


def round(value, digits=None):
    """Round the number itself, and not its product with a power of ten."""
    if _array(value):
        rounded = value.round(digits or 0)
        return int(rounded) if digits is None else rounded
    if type(value) is not float or digits is None:
        return _round(value) if digits is None else _round(value, digits)
    if value != value or value in (float("inf"), float("-inf")):
        return value
    if digits < 0:
        return _round(value, digits)
    size = float(_arrays.digits(value, "f", digits))
    return -size if _text(value)[0] == "-" else size


def _text(value):
    """Return the shortest digits of a float."""
    return _arrays.shown(value)


def repr(value):
    """Write floats in their shortest digits, within lists too."""
    kind = type(value)
    if kind is float:
        return _text(value)
    if kind is complex:
        return _complex(value)
    if kind is list:
        return "[" + ", ".join([repr(one) for one in value]) + "]"
    if kind is tuple:
        return (
            "("
            + ", ".join([repr(one) for one in value])
            + (",)" if len(value) == 1 else ")")
        )
    if kind in (dict, OrderedDict):
        return (
            "{" + ", ".join([repr(k) + ": " + repr(v) for k, v in value.items()]) + "}"
        )
    if kind is set and value:
        return "{" + ", ".join([repr(one) for one in value]) + "}"
    if _isinstance(value, BaseException):
        return "{}({})".format(
            kind.__name__, ", ".join([repr(one) for one in value.args])
        )
    return _repr(value)


def _complex(value):
    def bare(x):
        text = _text(x)
        return text[:-2] if text.endswith(".0") else text

    if value.real == 0 and _text(value.real)[0] != "-":
        return bare(value.imag) + "j"
    imaginary = bare(value.imag)
    sign = "" if imaginary[0] == "-" else "+"
    return "(" + bare(value.real) + sign + imaginary + "j)"


def _shown(value):
    """Return what `str` gives."""
    if type(value) in (float, complex, list, tuple, dict, OrderedDict, set):
        return repr(value)
    if _isinstance(value, KeyError):
        return repr(value.args[0]) if value.args else ""
    return str(value)


def print(*values, sep=" ", end="\n", file=None, flush=False):
    """Write floats in their shortest digits."""
    _print(
        (" " if sep is None else sep).join([_shown(value) for value in values]), end=end
    )


def format(value, spec=""):
    """Write a value as a format says, numbers rounded as Python rounds them."""
    kind = type(value).__name__
    if hasattr(value, "_handle"):
        kind = "numpy.ndarray"
        if not value.shape:  # a scalar is written as the number that it holds
            return format(value.item(), spec)
    if not spec:
        return _shown(value)
    if kind == "bool":
        return format(int(value), spec)
    if kind not in ("int", "float", "str"):
        raise TypeError("unsupported format string passed to " + kind + ".__format__")
    text = _arrays.format(spec, kind, value if kind == "float" else _shown(value))
    if text is None:
        raise ValueError(_arrays.failure().split(":", 1)[1])
    return text


def _formatted(value, conversion, spec):
    """Return a field of an f-string."""
    if conversion == "r":
        value = repr(value)
    elif conversion == "s":
        value = _shown(value)
    return format(value, spec)


_COMPARED = {
    "<": (lambda a, b: a < b, "__gt__"),
    "<=": (lambda a, b: a <= b, "__ge__"),
    ">": (lambda a, b: a > b, "__lt__"),
    ">=": (lambda a, b: a >= b, "__le__"),
    "==": (lambda a, b: a == b, "__eq__"),
    "!=": (lambda a, b: a != b, "__ne__"),
}


def _compared(*parts):
    """Compare as Python does: an array on the right is asked too, and chains go on."""
    answer = True
    for i in range(0, len(parts) - 2, 2):
        if not (i == 0 or answer):
            return answer
        first, sign, second = parts[i : i + 3]
        compare, mirrored = _COMPARED[sign]
        if _array(second) and not _array(first):
            answer = getattr(second, mirrored)(first)
        else:
            answer = compare(first, second)
    return answer


def _float(value=0.0):
    return value._float() if hasattr(value, "_float") else float(value)


def _complex_number(*parts):
    if len(parts) == 1 and hasattr(parts[0], "_handle"):
        return parts[0]._complex()
    return complex(
        *[_float(part) if hasattr(part, "_handle") else part for part in parts]
    )


class _Brackets:
    def __getitem__(self, index):
        return index


def _slice(*ends):
    """Return a slice, which MicroPython makes of brackets alone."""
    start, stop, step = (
        (None, ends[0], None) if len(ends) == 1 else (ends + (None,))[:3]
    )
    return _Brackets()[start:stop:step]


def _listed(*values):
    return list(values)


def _tupled(*values):
    return values


def _ordered(*pairs):
    return OrderedDict(pairs)


def _show(value):
    """Show the value of an expression, as the prompt does."""
    if value is not None:
        _print(repr(value))


def input(prompt=""):
    """Nobody is asked: the page would have to wait."""
    raise RuntimeError("the page's Python has no input")


def sum(values, start=0):
    """Add up: arrays and numbers alike."""
    total = start
    for value in values:
        total = total + value
    return total


for _name in "isinstance zip round repr print format input sum".split():
    setattr(builtins, _name, globals()[_name])
for _name in (
    "_formatted _compared _listed _tupled _ordered _show _float _complex_number _slice"
).split():
    setattr(builtins, "_engine" + _name, globals()[_name])


def _of_numbers(function):
    return lambda *given: function(
        *[_float(x) if hasattr(x, "_handle") else x for x in given]
    )


# The functions of `math` that MicroPython lacks, and all of them for NumPy's scalars
import math as _theirs  # noqa: E402
import typing  # noqa: E402


class _Math:
    """The module `math`."""


for _name in dir(_theirs):
    _value = getattr(_theirs, _name)
    setattr(
        _Math, _name, staticmethod(_of_numbers(_value)) if callable(_value) else _value
    )


def _of_javascript(name):
    return staticmethod(
        lambda *given: float(_arrays.math(name, *[_float(x) for x in given]))
    )


def _fsum(values):
    """Add up without a loss, by what each addition loses."""
    parts = []
    for x in values:
        x, kept = _float(x), []
        for y in parts:
            if abs(x) < abs(y):
                x, y = y, x
            high = x + y
            low = y - (high - x)
            if low:
                kept.append(low)
            x = high
        parts = kept + [x]
    return _sum(parts, 0.0)


for _name in "log1p cbrt hypot".split():
    setattr(_Math, _name, _of_javascript(_name))
_Math.fsum = staticmethod(_fsum)
sys.modules["math"] = _Math
sys.modules["collections.abc"] = typing


# What lower.js's code runs in


_page = {}
_opened = {}


def reset():
    """Forget the names of the page, and the modules of the project."""
    _page.clear()
    _page["__name__"] = "__main__"
    _opened.clear()
    for name in list(sys.modules):
        if name.split(".")[0] == "snippets":
            del sys.modules[name]


def open_module(name):
    """Begin the examples of a docstring, in a copy of its module's names."""
    _opened.clear()
    module = __import__(name, None, None, ("*",))
    _opened.update({key: getattr(module, key) for key in dir(module)})


def run(source, module):
    """Run code in the names of the page, or of the module that was opened."""
    exec(source, _opened if module else _page)  # noqa: S102  (it is what the page is for)
