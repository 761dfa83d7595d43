"""The checker: it reads the LaTeX that the reader sees, and evaluates it.

The modules are the pipeline, in this order:

    blocks      the mathematics in a file, with its place and its section
    lexer       LaTeX to tokens
    parser      tokens to expressions (`constructs`: fractions, sums, matrices, ...)
    statements  an element to declarations, definitions, claims and conditions
    scope       what a symbol means at this place
    sample      values for the symbols: all that are discrete, some that are not
    evaluate    an expression at all these points at once (`dual`: derivatives)
    compare     does the relation hold?
    check       a page from top to bottom; `binding` and `numbers` beside it
    report      what was found, as text, JSON or annotations

It knows nothing of the site, and needs NumPy and the standard library only.
"""
