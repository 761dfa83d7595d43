"""One page, typeset three ways and measured side by side: `make bench-site`.

``variants`` builds the site with its formulas typeset at build, in the browser, or as
MathML; ``wire`` serves it as a host would; ``loads`` opens its pages in a browser and
``audit`` in Lighthouse; ``table`` holds the figures against the goals.

``builds`` measures how long the site takes to build, and ``growth`` how that grows with
its pages; ``cost`` counts the seconds, and ``machine`` says on what.
"""
