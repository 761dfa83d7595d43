"""What is asked of arrays.js, and how it answers."""

import builtins

import _arrays

_SCALED = 2.0**1000  # crossing.js says why
_EXACT = 2**53  # up to which each whole number is a double
_bound = {}  # to look a function up takes longer than to call it


class AxisError(ValueError):
    """An axis that an array has not."""


class LinAlgError(ValueError):
    """A matrix that has no such answer."""


_RAISED = {"AxisError": AxisError, "LinAlgError": LinAlgError}


def _ask(name, *given):
    """Call a function of arrays.js; what it refused is raised here."""
    function = _bound.get(name)
    if function is None:
        function = _bound[name] = getattr(_arrays, name)
    answer = function(*given)
    if answer is None:
        _raise_failure()
    return answer


def _raise_failure():
    failure = _arrays.failure()
    if failure:
        kind, said = failure.split(":", 1)
        raise (_RAISED.get(kind) or getattr(builtins, kind))(said)


def _axis(axis, ndim):
    """Return an axis counted from the first one."""
    if not -ndim <= axis < ndim:
        raise AxisError(
            "axis {} is out of bounds for array of dimension {}".format(axis, ndim)
        )
    return axis % ndim


def _number(answer):
    """Return what arrays.js let out, as a number."""
    if type(answer) in (int, float, bool):
        return answer
    if type(answer) is str:
        return float(answer) if "." in answer else int(answer)
    return answer[0] * _SCALED


def _python(answer, kind):
    """Return the Python number of an entry."""
    if kind == "c":
        return complex(float(_number(answer[1])), float(_number(answer[2])))
    if kind == "b":
        return bool(answer)
    value = _number(answer)
    return float(value) if kind == "f" else int(value)


def _whole(value):
    """Return a whole number as arrays.js takes it."""
    return float(value) if -_EXACT <= value <= _EXACT else str(value)
