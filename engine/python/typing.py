"""Names of types, which say nothing while code runs."""

from numpy.typing import _Name

Any = Callable = Literal = Iterable = Iterator = Sequence = Self = _Name()


def cast(kind, value):
    return value
