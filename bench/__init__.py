"""What is measured side by side: the loss, `make bench`, and a page, `make bench-site`.

`loss` compares the loss and its gradient with other libraries, and keeps what it found
in ``loss.json``, with what `machine` says. The page is typeset three ways:

``variants`` builds the site with its formulas typeset at build, in the browser, or as
MathML; ``wire`` serves it as a host would; ``loads`` opens its pages in a browser and
``audit`` in Lighthouse; ``table`` holds the figures against the goals.
"""
