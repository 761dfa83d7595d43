"""Headings on a finished page: a line ends between two words, never inside one."""

import re

HEADING = re.compile(r"<h(?P<level>[1-6])\b.*?</h(?P=level)>", re.DOTALL)
COMPOUND = re.compile(r"(?<=[\s>(])\w+(?:-\w+)+(?=[^<>]*<)")


def with_whole_words(html: str) -> str:
    """Keep each hyphenated word of a heading whole.

    A browser may break a line after any hyphen, and on a phone does so in most of them.
    A non-breaking hyphen would be another character, which nobody searches for.

    >>> with_whole_words('<h2 id="log-sum-exp">The log-sum-exp of z</h2>')
    '<h2 id="log-sum-exp">The <span class="whole">log-sum-exp</span> of z</h2>'
    """
    return HEADING.sub(
        lambda heading: COMPOUND.sub(r'<span class="whole">\g<0></span>', heading[0]),
        html,
    )
