"""Linear algebra, by numpy-ts."""

from numpy._core import _ask, _element, _returned, asarray, sqrt, where


class LinAlgError(ValueError):
    """A matrix that has no such answer."""


def _floats(a):
    a = asarray(a)
    return a if a.dtype.kind in "fc" else a.astype(float)


def _of_matrices(name):
    def function(*given):
        given = [_floats(a) for a in given]
        if given[0].ndim > 2:
            rows = [function(*[a[i] for a in given]) for i in range(len(given[0]))]
            from numpy._core import stack

            return stack(rows)
        return _returned(_ask("call", "linalg." + name, *[a._handle for a in given]))

    return function


for _name in "det inv solve cholesky eigvalsh eigvals svdvals cond".split():
    globals()[_name] = _of_matrices(_name)


def norm(a, ord=None, axis=None, keepdims=False):
    a = _floats(a)
    if ord is None or (ord == 2 and (a.ndim == 1 or axis is not None)):
        return sqrt((a * a).sum(axis=axis, keepdims=keepdims))
    return _element(_ask("call", "linalg.norm", a._handle, ord, *([] if axis is None else [axis])))


def eigh(a):
    found = _ask("call", "linalg.eigh", _floats(a)._handle)
    return _element(found.w), _element(found.v)


def lstsq(a, b, rcond=None):
    found = _ask("call", "linalg.lstsq", _floats(a)._handle, _floats(b)._handle)
    return _element(found.x), _element(found.residuals), found.rank, _element(found.s)


def matrix_power(a, n):
    power = asarray(a)
    for _ in range(n - 1):
        power = power @ a
    return power


def svd(a):
    found = _ask("call", "linalg.svd", _floats(a)._handle)
    return _element(found.u), _element(found.s), _element(found.vt)


def matrix_rank(a):
    a = _floats(a)
    s = svdvals(a)
    return (s > s.max() * max(a.shape) * 2.0**-52).sum()


def pinv(a, rcond=1e-15):
    a = _floats(a)
    u, s, vt = svd(a)
    kept = s > rcond * s.max()
    k = len(s)
    return vt[:k].T @ (u[:, :k] * where(kept, 1 / where(kept, s, 1), 0)).T
