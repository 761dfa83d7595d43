"""Random numbers of numpy-ts: of the same kinds, in a stream of their own."""

from numpy._array import _element
from numpy._bridge import _ask
from numpy._making import _shape, asarray


class Generator:
    """Draws of one seed."""

    def __init__(self, seed):
        self._generator = _ask("generator", seed)

    def _draw(self, name, *given, size=None):
        drawn = _ask(
            "draw",
            self._generator,
            name,
            *given,
            *([] if size is None else [_shape(size)]),
        )
        return _element(drawn)

    def random(self, size=None):
        return self._draw("random", size=size)

    def standard_normal(self, size=None):
        return self._draw("standard_normal", size=size)

    def normal(self, loc=0.0, scale=1.0, size=None):
        return self.standard_normal(size) * scale + loc

    def uniform(self, low=0.0, high=1.0, size=None):
        return self.random(size) * (asarray(high) - low) + low

    def integers(self, low, high=None, size=None):
        low, high = (0, low) if high is None else (low, high)
        return self._draw("integers", low, high, size=size).astype(int)

    def choice(self, a, size=None, replace=True, p=None):
        given = [] if p is None else [replace, asarray(p, float)._handle]
        values = a if type(a) is int else asarray(a)._handle
        drawn = _element(
            _ask(
                "draw",
                self._generator,
                "choice",
                values,
                _shape(1 if size is None else size),
                *given,
            )
        )
        return drawn.astype(int) if type(a) is int else drawn

    def permutation(self, x):
        return self._draw("permutation", x if type(x) is int else asarray(x)._handle)


def default_rng(seed=None):
    """Return a generator of random numbers."""
    return Generator(0 if seed is None else seed)
