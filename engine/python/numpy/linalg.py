"""Linear algebra, by numpy-ts."""

from numpy._array import _element, ndarray
from numpy._bridge import LinAlgError, _ask
from numpy._dtypes import finfo
from numpy._functions import _floating, _returned, frexp, ldexp, where
from numpy._making import asarray, eye, result_type, zeros
from numpy._shapes import stack
from numpy._ufuncs import absolute, isfinite, sqrt


def _scaled(a):
    """Return an array of ordinary size, and its size: as LAPACK does, first of all."""
    power = 0
    if a.size and a.dtype.kind == "f":
        power = int(frexp(absolute(a).max())[1]) // 2 * 2
    return ldexp(a, -power), power


def _of_matrices(name, grows):
    """Return a function whose answer grows as a power of the size of its matrix."""

    def function(a, *given):
        a, given = _floating(a), [_floating(b) for b in given]
        if a.ndim > 2:
            return stack([function(*rows) for rows in zip(a, *given)])
        a, power = _scaled(a)
        given = [b._handle for b in given]
        answer = _returned(_ask("call", "linalg." + name, a._handle, *given))
        return ldexp(answer, power * (len(a) if grows is None else grows))

    return function


for _name, _grows in {
    "inv": -1,
    "solve": -1,
    "cholesky": 0.5,
    "eigvalsh": 1,
    "det": None,  # as many as there are rows
}.items():
    globals()[_name] = _of_matrices(_name, _grows)


def eigvals(a):
    a = asarray(a)
    if not (a == a.T).all():
        raise ValueError("the page's NumPy has these for symmetric matrices alone")
    return eigvalsh(a)


def norm(a, ord=None, axis=None, keepdims=False):
    a = _floating(a)
    if ord is None or (ord == 2 and (a.ndim == 1 or axis is not None)):
        return sqrt((a * a).sum(axis=axis, keepdims=keepdims))
    return _element(
        _ask("call", "linalg.norm", a._handle, ord, *([] if axis is None else [axis]))
    )


def eigh(a):
    found = _ask("call", "linalg.eigh", _floating(a)._handle)
    return _element(found.w), _element(found.v)


def matrix_power(a, n):
    a = asarray(a) if n >= 0 else inv(a)
    power = eye(len(a), dtype=a.dtype)
    for _ in range(abs(n)):
        power = power @ a
    return power


def svd(a, full_matrices=False, compute_uv=True):
    if full_matrices:
        raise ValueError("the page's NumPy has no full_matrices here")
    a = _floating(a)
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


def _inverted(a, rcond):
    """Return U, V and the inverses of the singular values, those that count."""
    u, s, vt = svd(a)
    share = max(a.shape) * finfo(a).eps if rcond is None else rcond
    kept = s > share * s.max()
    return u, s, vt.T, where(kept, 1 / where(kept, s, 1), 0), kept.sum()


def matrix_rank(a, tol=None):
    a = _floating(a)
    if a.ndim < 2:
        return int(not (a == 0).all())
    return _inverted(a, None)[4] if tol is None else (svdvals(a) > tol).sum()


def cond(a):
    s = svdvals(a)
    return s[0] / s[-1]


def pinv(a, rcond=None):
    a, power = _scaled(_floating(a))
    u, _, v, inverse, _ = _inverted(a, rcond)
    return ldexp(v @ (u * inverse).T, -power)


def lstsq(a, b, rcond=None):
    a, b = _floating(a), _floating(b)
    if not isfinite(a).all():
        raise LinAlgError("SVD did not converge in Linear Least Squares")
    dtype = result_type(a, b)
    (a, left), (b, right) = _scaled(a.astype(dtype)), _scaled(b.astype(dtype))
    u, s, v, inverse, rank = _inverted(a, rcond)
    x = v @ ((u.T @ b).T * inverse).T
    rest = a @ x - b
    rank = int(rank)
    known = rank == a.shape[1] < a.shape[0]
    rest = ldexp((rest * rest).sum(axis=0), 2 * right) if known else zeros(0)
    x = ldexp(x, right - left)
    return x, asarray(rest).reshape(-1), rank, ldexp(s, left)
