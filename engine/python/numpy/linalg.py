"""Linear algebra, by numpy-ts."""

from numpy._core import (
    _ask,
    _element,
    _returned,
    asarray,
    finfo,
    isfinite,
    ndarray,
    result_type,
    sqrt,
    where,
    zeros,
)


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


for _name in "det inv solve cholesky eigvalsh eigvals".split():
    globals()[_name] = _of_matrices(_name)


def norm(a, ord=None, axis=None, keepdims=False):
    a = _floats(a)
    if ord is None or (ord == 2 and (a.ndim == 1 or axis is not None)):
        return sqrt((a * a).sum(axis=axis, keepdims=keepdims))
    return _element(
        _ask("call", "linalg.norm", a._handle, ord, *([] if axis is None else [axis]))
    )


def eigh(a):
    found = _ask("call", "linalg.eigh", _floats(a)._handle)
    return _element(found.w), _element(found.v)


def matrix_power(a, n):
    power = asarray(a)
    for _ in range(n - 1):
        power = power @ a
    return power


def svd(a, full_matrices=False, compute_uv=True):
    if full_matrices:
        raise ValueError("the page's NumPy has no full_matrices here")
    a = _floats(a)
    if a.ndim != 2:
        raise LinAlgError(
            "{}-dimensional array given. Array must be two-dimensional".format(a.ndim)
        )
    if not isfinite(a).all():
        raise LinAlgError("SVD did not converge")
    wide = a.shape[0] < a.shape[1]
    found = _ask("singular", (a.T if wide else a).astype(float)._handle)
    u, s, vt = [ndarray(one).astype(a.dtype) for one in found]
    if not compute_uv:
        return s
    return (vt.T, s, u.T) if wide else (u, s, vt)


def svdvals(a):
    return svd(a)[1]


def matrix_rank(a, tol=None):
    a = _floats(a)
    if a.ndim < 2:
        return int(not (a == 0).all())
    s = svdvals(a)
    return (s > (s.max() * max(a.shape) * finfo(a).eps if tol is None else tol)).sum()


def cond(a):
    s = svdvals(a)
    return s[0] / s[-1]


def pinv(a, rcond=None):
    a = _floats(a)
    u, s, vt = svd(a)
    kept = s > (max(a.shape) * finfo(a).eps if rcond is None else rcond) * s.max()
    return vt.T @ (u * where(kept, 1 / where(kept, s, 1), 0)).T


def lstsq(a, b, rcond=None):
    a, b = _floats(a), _floats(b)
    if not isfinite(a).all():
        raise LinAlgError("SVD did not converge in Linear Least Squares")
    dtype = result_type(a, b)
    a, b = a.astype(dtype), b.astype(dtype)
    u, s, vt = svd(a)
    kept = s > (max(a.shape) * finfo(a).eps if rcond is None else rcond) * s.max()
    inverse = where(kept, 1 / where(kept, s, 1), 0)
    x = vt.T @ ((u.T @ b).T * inverse).T
    rank = int(kept.sum())
    left = a @ x - b
    residuals = (
        (left * left).sum(axis=0) if rank == a.shape[1] < a.shape[0] else zeros(0)
    )
    return x, asarray(residuals).reshape(-1), rank, s
