"""The checker: it reads the LaTeX that the reader sees, and evaluates it.

The folders and modules are the pipeline, in this order:

    blocks      the mathematics in a file, with its place and its section
    read/       LaTeX to statements: tokens, expressions, declarations, conditions
    scope       what a symbol means at this place
    suppose     what the words around a formula suppose
    trial/      a statement at its points: values, comparison, verdict
    evaluate/   an expression at all these points at once, derivatives included
    element     one formula, check: a page from top to bottom
    binding     the tables `Math | Code`; numbers: those in the prose
    project     which pages there are; cache: what was found before
    report      what was found, as text, JSON or annotations
    mutants     how many changed formulas are rejected
    hook        the door to MkDocs

But for the hook it knows nothing of the site; it needs NumPy and the standard library.
"""
