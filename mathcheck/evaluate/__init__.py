"""Expressions to numbers, at all points at once.

Each module adds the rules for its kinds of node; all must be there before the first.
"""

from mathcheck.evaluate import (  # noqa: F401
    alternatives,
    arithmetic,
    calls,
    differentiate,
    expectations,
    integrals,
    sums,
    symbols,
    written,
)
