"""Statements on trial: at which points, with which values, with what result.

In the order in which one reads them:

    sizes       how many classes, examples, features: the sizes to try
    sample      values for symbols: all of a finite set, draws from an infinite one
    landmarks   values far out, near the ends of sets, and at numbers that are named
    free        coordinates in which the ends of sets are far away
    sides       two sides of a relation in one shape
    digits      the precision of a number as it is shown
    growth      larger sizes, as far as cost allows
    solve       equations in a premise, solved by Newton's method
    satisfy     conditions that are equations: values moved until they hold
    narrow      conditions that few points satisfy: points moved until more do
    points      all symbols of a statement laid out at one choice of sizes
    show        a point in words, for a counterexample
    exact       relations of constants, in sixty digits
    ends        points at the ends of sets, one symbol after the other
    precise     one point, with as many digits as it takes to tell
    related     at which points a relation holds, up to rounding
    rounding    at which it fails by more than rounding
    doubt       where rounding hides whether it holds
    meet        points at which sides that may not meet are the same in all digits
    exist       where a side has no value
    beyond      points at which floats see nothing
    extremes    equality of maximisers over a continuous set
    optima      the largest or least value over a continuous set
    probe       one statement at points at which it can only be refuted
    quantified  sets wider than the declared ones, over which a claim is said to hold
    membership  numbers in intervals, as inequalities
    premise     premises that hold by rounding only
    compare     one statement at one choice of sizes
    search      points that move to where an inequality is tight
    roots       where two sides that are said to differ meet
    equated     where sides meet although an equation is supposed
    round       round points at which the sides of a strict inequality meet
    seek        inequalities that fail there, or are not strict
    vanish      denominators, or all squares, that are 0
    examine     one statement at all sizes: the verdict
"""
