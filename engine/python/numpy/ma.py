"""Masked arrays, which the page's NumPy has not: nothing is one."""


class MaskedArray:
    """An array with entries left out."""
