r"""Where formulas stand between their delimiters, in time that grows with the text.

An opening that nothing closes is passed over without a look at all that follows it:
where the last closing of each kind stands is known before.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator

FORMULA = re.compile(
    r"""(?<!\\)\$\$(?P<display>.+?)(?<!\\)\$\$
      | \\{1,2}\[(?P<bracket>.+?)\\{1,2}\]
      | \\{1,2}\((?P<paren>.+?)\\{1,2}\)
      | \\begin\{(?P<name>[a-zA-Z]+\*?)\}
        (?P<environment>.+?)\\end\{(?P=name)\}
      | (?<![\\$])\$(?P<inline>(?!\s)(?:\\.|[^$\\])+?(?<!\s))\$""",
    re.DOTALL | re.VERBOSE,
)
OPENING = re.compile(r"\\{1,2}[\[(]|\\begin\{([a-zA-Z]+\*?)\}|\$\$?")
CLOSING = re.compile(r"\\[\])]|\\end\{([a-zA-Z]+\*?)\}|(?<!\\)\$(?=\$)")
# Code, displayed formulas, and what two single dollars hold in one paragraph
LOOSE = re.compile(
    r"""(?P<ticks>`+)(?!`).+?(?<!`)(?P=ticks)(?!`)
      | (?<!\\)\$\$.+?(?<!\\)\$\$
      | (?<![\\$])\$(?P<inside>(?:(?!\n[ \t>]*\n)(?:\\.|[^$\\]))+)\$(?!\d)""",
    re.DOTALL | re.VERBOSE,
)
CLOSED_BY = {"[": "]", "(": ")", "$$": "$"}  # one dollar is never far from the next


def formulas(text: str) -> Iterator[re.Match[str]]:
    r"""Yield the formulas of a text.

    >>> [found[0] for found in formulas(r"$x$, \[ y, \(z\), \begin{a} and $$w$$")]
    ['$x$', '\\(z\\)', '$$w$$']
    """
    last = {found[1] or found[0][-1]: found.start() for found in CLOSING.finditer(text)}
    at = 0
    while opening := OPENING.search(text, at):
        closing = opening[1] or CLOSED_BY.get(opening[0].lstrip("\\"))
        ended = closing is not None and last.get(closing, -1) < opening.end()
        found = None if ended else FORMULA.match(text, opening.start())
        if found:
            yield found
        at = found.end() if found else opening.start() + 1


def without_formulas(text: str, shown: Callable[[str], str]) -> str:
    """Return a text with something else in the place of each formula."""
    pieces, end = [], 0
    for found in formulas(text):
        pieces += [text[end : found.start()], shown(found[0])]
        end = found.end()
    return "".join([*pieces, text[end:]])


def without_labels(text: str, label: re.Pattern[str]) -> str:
    """Return a text in which the labels right behind displayed formulas are blank."""
    pieces, end = [], 0
    for found in formulas(text):
        behind = label.match(text, found.end()) if found["display"] else None
        if behind:
            pieces += [text[end : behind.start()], " " * len(behind[0])]
            end = behind.end()
    return "".join([*pieces, text[end:]])


def tightened(text: str) -> str:
    """Return a text in which spaces inside of dollars stand outside, place for place.

    So reads it who allows them there: MyST, and MathJax in a notebook.

    >>> tightened("If $ x $ is `$ y $`, pay $5 or $6.")
    'If  $x$  is `$ y $`, pay $5 or $6.'
    """
    return LOOSE.sub(tight, text)


def tight(found: re.Match[str]) -> str:
    """Return a formula whose dollars have no spaces inside."""
    inside = found["inside"]
    if not inside or not (latex := inside.strip()):
        return found[0]
    before, _, after = inside.partition(latex)
    return f"{before}${latex}${after}"


def firsts(pattern: re.Pattern[str], text: str) -> Callable[[int], int]:
    """Return what tells where a pattern is found from a place on, or the end."""
    places = [*(found.start() for found in pattern.finditer(text)), len(text)]
    return lambda at: places[bisect_left(places, at)]
