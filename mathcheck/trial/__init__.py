"""Statements on trial: at which points, with which values, with what result.

In the order in which one reads them:

    sizes       how many classes, examples, features: the sizes to try
    sample      values for symbols: all of a finite set, draws from an infinite one
    satisfy     conditions that are equations: values moved until they hold
    points      all symbols of a statement laid out at one choice of sizes
    show        a point in words, for a counterexample
    sides       two sides of a relation in one shape
    digits      the precision of a number as it is shown
    exact       relations of constants, in sixty digits
    precise     one point, with as many digits as it takes to tell
    related     at which points a relation holds, up to rounding
    doubt       where rounding hides whether it holds
    exist       where a side has no value
    extremes    equality of maximisers over a continuous set
    compare     one statement at one choice of sizes
    search      points that move to where an inequality is tight
    seek        inequalities that fail there, or are not strict
    examine     one statement at all sizes: the verdict
"""
