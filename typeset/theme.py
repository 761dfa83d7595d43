"""What is mended in the theme's own HTML, piece by piece, each with its reason.

The theme has no setting and no template block for these, and a copy of its templates
would have to be kept up by hand.
"""

import re

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


STYLES = re.compile(r'\s*<link rel="stylesheet" href="[^"]*">')
# Tables are wrapped at build (typeset/tables.py), and not again by the theme's script
WRAPPED = ('"table:not([class])"', '":not(.md-typeset__table)>table:not([class])"')
# So nothing follows one; but for this rule a browser computes the style of all of a
# page anew when a script adds anything to it
BEHIND = (".md-typeset table:not([class])+*{margin-top:1.5em}", "")

# What the theme can do and the site does not: by the beginning of its classes. Most of
# the rules that a browser has to try on each element of a page are those of tabs.
UNUSED = (".tabbed-", ".md-post", ".md-feedback", ".critic", ".md-consent",
          ".md-version", ".md-tag", ".md-pagination", ".md-annotation")  # fmt: skip
RULE = re.compile(r"(?P<selectors>[^{}@;]+)(?P<block>\{[^{}]*\})")
# A comma between two selectors, and not within the brackets of one
COMMA = re.compile(r",(?![^()]*\))")


class ThemeError(Exception):
    """The theme is another one than its repair was written for."""


def mended(html: str) -> str:
    """Return a finished page with the theme's faults repaired."""
    for fault, repair in MENDS:
        html = html.replace(fault, repair)
    return with_styles_last(html)


def with_styles_last(html: str) -> str:
    """Return a page whose style sheets stand behind the scripts of its head.

    A script behind a style sheet waits until it has come, and the page waits with it.

    >>> with_styles_last('<link rel="stylesheet" href="a.css"><script></script></head>')
    '<script></script><link rel="stylesheet" href="a.css"></head>'
    """
    head, end, body = html.partition("</head>")
    return STYLES.sub("", head) + "".join(STYLES.findall(head)) + end + body


def without(text: str, mend: tuple[str, str]) -> str:
    """Return a file of the theme with what stands in it once replaced."""
    fault, repair = mend
    if text.count(fault) != 1:
        raise ThemeError(f"a file of the theme has {text.count(fault)} times {fault}")
    return text.replace(fault, repair)


def without_unused(sheet: str) -> str:
    """Return a style sheet without the rules for what the site does not have.

    >>> without_unused("a,.md-post a{b:c}@media print{.critic:is(ins,del){d:e}}")
    'a{b:c}@media print{}'
    """

    def used(rule: re.Match[str]) -> str:
        selectors = COMMA.split(rule["selectors"])
        kept = [one for one in selectors if not any(map(one.__contains__, UNUSED))]
        return ",".join(kept) + rule["block"] if kept else ""

    return RULE.sub(used, sheet)
