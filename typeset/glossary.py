"""Tooltips for terms, from the one list of them: ``docs/glossary.md``.

An entry is a term on a line of its own and its definition below, behind a colon. Its
first sentence becomes the tooltip, at the first place on each page that has the term.
"""

import re

PAGE = "glossary.md"
ENTRY = re.compile(r"^(?P<term>[^\s#:].*)\n:   (?P<sentence>.*)$", re.MULTILINE)
ABBREVIATION = re.compile(r'<abbr title="(?P<title>[^"]*)">(?P<word>.*?)</abbr>')
# Where a tooltip would hide something else: headings, links, buttons, what is defined
BUSY = re.compile(
    r"<(?P<tag>h[1-6]|a|dt|summary|strong|button)\b.*?</(?P=tag)>"
    # …and the title of what is cited: emphasised words that begin with a capital
    r"|<em>(?=[A-Z]|<abbr[^>]*>[A-Z])(?:(?!</em>).)*</em>",
    re.DOTALL,
)


def tooltips(glossary: str) -> dict[str, str]:
    """Return what is said of each term, in all forms in which it may stand."""
    found: dict[str, str] = {}
    for entry in ENTRY.finditer(glossary):
        term = entry["term"]
        low = term if term[1:] != term[1:].lower() else term[0].lower() + term[1:]
        for form in (low, term[0].upper() + term[1:]):
            found[form] = entry["sentence"]
            found[plural(form)] = entry["sentence"]
    return found


def plural(term: str) -> str:
    """Return a regular plural."""
    return term[:-1] + "ies" if re.search("[^aeiou]y$", term) else term + "s"


def with_terms(markdown: str, glossary: str) -> str:
    """Append the terms to a page, as abbreviations of Python-Markdown."""
    lines = [f"*[{term}]: {said}" for term, said in tooltips(glossary).items()]
    return markdown + "\n\n" + "\n".join(lines) + "\n"


def with_anchors(html: str) -> str:
    """Give each term of the glossary an anchor, for links and for the search.

    >>> with_anchors("<dt>Log-sum-exp</dt>")
    '<dt id="log-sum-exp">Log-sum-exp</dt>'
    """

    def anchored(match: re.Match[str]) -> str:
        slug = re.sub(r"\W+", "-", match["term"].lower()).strip("-")
        return f'<dt id="{slug}">{match["term"]}</dt>'

    return re.sub(r"<dt>(?P<term>[^<]+)</dt>", anchored, html)


def first_of_each(html: str) -> str:
    """Leave one tooltip a term on a page, outside of links, headings and titles."""
    html = BUSY.sub(lambda busy: ABBREVIATION.sub(r"\g<word>", busy[0]), html)
    seen: set[str] = set()

    def keep(match: re.Match[str]) -> str:
        if match["title"] in seen:
            return match["word"]
        seen.add(match["title"])
        return match[0].replace("<abbr", '<abbr tabindex="0"', 1)  # for the keyboard

    return ABBREVIATION.sub(keep, html)
