"""Expressions to numbers, at all points at once.

In the order in which one reads them:

    real            real numbers of as many digits as are asked for
    dual            forward-mode automatic differentiation over whole arrays
    axes            the axes of points, before the rows and columns of each value
    elimination     determinants, inverses and eigenvalues, in any number of digits
    room            a bound on the numbers that one formula may make
    quantity        numbers, vectors and matrices: shapes, and what may be combined
    errors          small random errors, to see how much rounding can do
    evaluator       the rules by kind of node; the values that names have at a place
    symbols         numbers, constants, names that stand alone
    beyond          the last member of a family, which is defined apart
    components      entries of vectors and matrices, members of families
    written         vectors and matrices that are written out
    componentwise   numbers beside vectors, products and powers of each component
    arithmetic      sums, differences, products, quotients, powers
    largest         maxima and minima
    functions       the functions that no page need define
    special         those that stand in few formulas: roots, floors, Γ, erf, ...
    entries         functions of numbers at each entry of a vector or a matrix
    calls           functions of their arguments, defined or drawn
    logic           where conditions hold, and what is in a set
    inverse         inverses, and functions of one another
    finite          the elements of finite sets
    alternatives    cases, indicators, absolute values, norms
    series          sums to infinity
    sums            sums, products and extremes over finitely many values
    expectations    expectations, variances and covariances under a finite law
    differentiate   partial derivatives, gradients, Jacobians, differentials
    substitute      expressions at given values of their symbols
    sequences       limits of sequences, with an error
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
    inverse,
    special,
    substitute,
    sums,
    symbols,
    written,
)
