"""Operators for a class that takes functions of arrays into its own hands."""

from numpy._ufuncs import _operators


class NDArrayOperatorsMixin:
    """Operators as the ufuncs of their names."""


_operators(NDArrayOperatorsMixin)
