"""Operators for a class that takes functions of arrays into its own hands."""

from numpy import _core


class NDArrayOperatorsMixin:
    """Operators as the ufuncs of their names."""

    def __neg__(self):
        return _core.negative(self)

    def __abs__(self):
        return _core.absolute(self)


def _pair(function):
    return (
        lambda self, other: function(self, other),
        lambda self, other: function(other, self),
    )


for _name, _function in {
    "add": _core.add,
    "sub": _core.subtract,
    "mul": _core.multiply,
    "truediv": _core.divide,
    "pow": _core.power,
    "matmul": _core.matmul,
}.items():
    _mine, _theirs = _pair(_function)
    setattr(NDArrayOperatorsMixin, "__{}__".format(_name), _mine)
    setattr(NDArrayOperatorsMixin, "__r{}__".format(_name), _theirs)
