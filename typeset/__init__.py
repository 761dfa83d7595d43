"""From what the pages say to what a reader sees: formulas, labs and figures, at build.

``mathjax`` turns one formula into SVG, ``page`` all formulas of a page, ``labs`` an
executed notebook into a page like the others, ``figure`` a plot into SVG that follows
the colour scheme. ``theme`` mends what the theme wrote around all that, and ``policy``
tells the browser what may run on the page. ``hook`` is the thin door through which
MkDocs calls them; ``before`` and ``after`` do what they can for any other
builder.
"""
