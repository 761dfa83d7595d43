"""The checker: it reads the LaTeX that the reader sees, and evaluates it.

The folders are the way of a formula, in this order; none imports one further down:

    source/     what a file says: its formulas with their places, words and code
    read/       LaTeX to statements: tokens, expressions, declarations, conditions
    evaluate/   an expression at many points at once, derivatives included
    trial/      a statement at its points: values, comparison, verdict
    page/       a page from top to bottom: each formula, each row, each number
    command/    the pages of a project, what is kept of them, and how it is told

It knows nothing of the site; it needs NumPy and the standard library.
"""
