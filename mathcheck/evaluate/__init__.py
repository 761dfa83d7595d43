"""Expressions to numbers, at all points at once.

In the order in which one reads them:

    dual            forward-mode automatic differentiation over whole arrays
    axes            the axes of points, before the rows and columns of each value
    quantity        numbers, vectors and matrices: shapes, and what may be combined
    evaluator       the rules by kind of node; the values that names have at a place
    symbols         numbers, constants, names that stand alone
    components      entries of vectors and matrices, members of families
    written         vectors and matrices that are written out
    largest         maxima and minima
    functions       the functions that no page need define
    logic           where conditions hold, and what is in a set
    alternatives    cases, indicators, absolute values, norms
    arithmetic      sums, differences, products, quotients, powers
    calls           functions of their arguments, defined or drawn
    sums            sums, products and extremes over finitely many values
    expectations    expectations, variances and covariances under a finite law
    differentiate   partial derivatives, gradients, Jacobians, differentials
    integrals       definite integrals by quadrature, limits along a sequence

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
