"""What is mended in the theme's own HTML, piece by piece, each with its reason.

The theme has no setting and no template block for these, and a copy of its templates
would have to be kept up by hand.
"""

MENDS = (
    # An empty number is none; to the checkboxes that open the groups of a phone's
    # navigation the keyboard comes by docs/assets/access.css
    (' tabindex=""', ""),
    # The box in the header is no dialog; the search inside of it says what it is
    ('data-md-component="search" role="dialog"', 'data-md-component="search"'),
    # The link to a section is for the mouse: the table of contents has the same ones,
    # and one stop of Tab for a section is enough
    ('class="headerlink"', 'class="headerlink" tabindex="-1"'),
    # "Edit this page": HTML knows no such relation
    (' rel="edit"', ""),
    # What marks the section that is read; docs/assets/contents.js does it instead
    (' data-md-component="toc"', ""),
)


def mended(html: str) -> str:
    """Return a finished page with the theme's faults repaired."""
    for fault, repair in MENDS:
        html = html.replace(fault, repair)
    return html
