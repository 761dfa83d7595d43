"""Functions that put entries elsewhere, and compute nothing."""

from jsffi import to_js

from numpy._array import _Array, _lengths, generic, ndarray
from numpy._bridge import _ask, _axis
from numpy._making import _shape, asarray

_ALL = _engine_slice(None)


def _method(name):
    return lambda a, *given: getattr(asarray(a), name)(*given)


def _property(name):
    return lambda a: getattr(asarray(a), name)


reshape, transpose, copy = [_method(name) for name in ("reshape", "transpose", "copy")]
shape, ndim, size, ravel = [
    _property(name) for name in ("shape", "ndim", "size", "flat")
]


def squeeze(a, axis=None):
    a = asarray(a)
    axes = range(a.ndim) if axis is None else axis if type(axis) is tuple else (axis,)
    axes = [_axis(one, a.ndim) for one in axes]
    if axis is not None and any(a.shape[one] != 1 for one in axes):
        raise ValueError(
            "cannot select an axis to squeeze out which has size not equal to one"
        )
    return a.reshape([n for i, n in enumerate(a.shape) if not (n == 1 and i in axes)])


def swapaxes(a, first, second):
    a = asarray(a)
    first, second = _axis(first, a.ndim), _axis(second, a.ndim)
    axes = list(range(a.ndim))
    axes[first], axes[second] = second, first
    return a.transpose(axes)


def moveaxis(a, source, destination):
    a = asarray(a)
    source, destination = _axis(source, a.ndim), _axis(destination, a.ndim)
    axes = list(range(a.ndim))
    axes.insert(destination, axes.pop(source))
    return a.transpose(axes)


def broadcast_shapes(*shapes):
    shapes = [to_js(list(n) if type(n) in (tuple, list) else [n]) for n in shapes]
    return _lengths(_ask("shapes", *shapes))


def broadcast_to(a, shape):
    return ndarray(_ask("broadcast", asarray(a)._handle, _shape(shape)))


def broadcast_arrays(*given):
    given = [asarray(a) for a in given]
    shape = broadcast_shapes(*[a.shape for a in given])
    return tuple([broadcast_to(a, shape) for a in given])


def take_along_axis(a, indices, axis=-1):
    a = asarray(a)
    return ndarray(_ask("along", a._handle, asarray(indices)._handle, axis))


def put_along_axis(a, indices, values, axis):
    _ask("putAlong", a._handle, asarray(values)._handle, asarray(indices)._handle, axis)


def take(a, indices, axis=None):
    a = asarray(a)
    if axis is None:
        return a.reshape(-1)[indices]
    return a[(_ALL,) * _axis(axis, a.ndim) + (asarray(indices),)]


def stack(given, axis=0, how="stack"):
    handles = [asarray(a)._handle for a in given]
    return ndarray(_ask("joined", how, axis, *handles))


def concatenate(given, axis=0):
    if axis is None:
        given, axis = [ravel(a) for a in given], 0
    return stack(given, axis, "concatenate")


def vstack(given):
    return concatenate([a if a.ndim > 1 else a[None] for a in map(asarray, given)])


def hstack(given):
    given = [asarray(a) for a in given]
    return concatenate(given, 0 if given[0].ndim < 2 else 1)


def column_stack(given):
    return concatenate(
        [a if a.ndim > 1 else a[:, None] for a in map(asarray, given)], 1
    )


def split(a, sections, axis=0):
    a = asarray(a)
    axis = _axis(axis, a.ndim)
    length = a.shape[axis]
    if type(sections) is int:
        if length % sections:
            raise ValueError("array split does not result in an equal division")
        width = length // sections
        cuts = [i * width for i in range(1, sections)]
    else:
        cuts = [int(cut) for cut in sections]
    ends = [0] + cuts + [length]
    before = (_ALL,) * axis
    return [a[before + (_engine_slice(s, t),)] for s, t in zip(ends, ends[1:])]


def array_split(a, sections, axis=0):
    n = asarray(a).shape[axis]
    cuts = [n // sections * i + min(i, n % sections) for i in range(1, sections)]
    return split(a, cuts, axis)


def repeat(a, repeats, axis=None):
    a = asarray(a)
    if axis is None:
        a, axis = a.reshape(-1), 0
    axis = _axis(axis, a.ndim)
    counts = broadcast_to(repeats, (a.shape[axis],)).tolist()
    places = [i for i, n in enumerate(counts) for _ in range(n)]
    return take(a, asarray(places, int), axis)


def tile(a, reps):
    a = asarray(a)
    reps = tuple(reps) if type(reps) in (tuple, list) else (reps,)
    most = max(a.ndim, len(reps))
    lengths = (1,) * (most - a.ndim) + a.shape
    reps = (1,) * (most - len(reps)) + reps
    apart = [n for length in lengths for n in (1, length)]
    spread = [n for pair in zip(reps, lengths) for n in pair]
    a = broadcast_to(a.reshape(apart), spread)
    return a.reshape([n * length for n, length in zip(reps, lengths)])


def nonzero(a):
    a = asarray(a)
    places = [i for i, value in enumerate(a.flat.tolist()) if value]
    return unravel_index(asarray(places, int), a.shape)


def flatnonzero(a):
    return nonzero(ravel(a))[0]


def argwhere(a):
    columns = nonzero(a)
    if columns:
        return stack(columns, axis=1)
    return asarray([], int).reshape(1 if asarray(a) else 0, 0)


def unravel_index(index, shape):
    index, found = asarray(index), []
    for n in reversed(shape):
        found.append(index % n)
        index = index // n
    found = [one if one.ndim else generic(asarray(one)._handle) for one in found]
    return tuple(reversed(found))


for _name in "swapaxes squeeze ravel nonzero repeat take".split():
    setattr(_Array, _name, globals()[_name])
