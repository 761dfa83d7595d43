"""The tables of a finished page: headings of rows, and what narrow windows need.

Markdown knows no heading of a row and no table that is laid out in another way where
there is little room. Both are told here by what a table holds; the look is in
docs/assets/tables.css. A layout other than that of a table makes some browsers forget
that it is one, so that such a table says by roles what its parts are.
"""

import re
from collections.abc import Callable
from html import escape, unescape

TABLE = re.compile(r"<table>(?P<inside>.*?)</table>", re.DOTALL)
HEAD = re.compile(r"<thead>.*?</thead>", re.DOTALL)
ROW = re.compile(r"<tr>(?P<cells>.*?)</tr>", re.DOTALL)
CELL = re.compile(
    r"<(?P<tag>t[hd])(?P<attributes>(?: [^>]*)?)>(?P<content>.*?)</(?P=tag)>", re.DOTALL
)
ONLY_CODE = re.compile(r"<code>[^<]*</code>")  # in each row: that is what it is about
ROLES = (
    (re.compile("<table"), "table"),
    (re.compile("<(?:thead|tbody)"), "rowgroup"),
    (re.compile("<tr"), "row"),
    (re.compile('<th(?= scope="col")'), "columnheader"),
    (re.compile('<th(?= scope="row")'), "rowheader"),
    (re.compile(r"<td\b"), "cell"),
)
COMPARES = 6  # columns or more set things side by side, which needs a wide window
LAYOUTS = {
    # The formula, its shape at the right, and the code below
    ("Math", "Code"): "dictionary",
    # The first, what it gives at the right, and the words about it below
    ("Symbol", "Meaning", "Python"): "notation",
    ("Library", "How", "Digits"): "notation",
    ("Library", "The formula"): "lines",
}
FREE = 2  # columns of a comparison that are always shown: its rows' heading, and ours


def laid_out(html: str) -> str:
    """Return a finished page with its tables laid out."""
    count = 0

    def lay_out(match: re.Match[str]) -> str:
        nonlocal count
        inside = match["inside"]
        head = HEAD.search(inside)
        if head is None:
            return wrapped(match[0])
        names = [text(cell) for cell in contents(head[0])]
        rows = inside[head.end() :]
        layout = layout_of(names, rows)
        body = with_columns(head[0]) + with_rows(rows, names, layout)
        if not layout:
            return wrapped(f"<table>{body}</table>")
        table = wrapped(with_roles(f'<table data-layout="{layout}">{body}</table>'))
        if layout != "comparison":
            return table
        count += 1
        return f'<div class="comparison">{choice(names, count)}{table}</div>'

    return TABLE.sub(lay_out, html)


def wrapped(table: str) -> str:
    """Return a table in what scrolls if it is wide, as the theme's script does."""
    return (
        '<div class="md-typeset__scrollwrap"><div class="md-typeset__table">'
        f"{table}</div></div>"
    )


def layout_of(names: list[str], rows: str) -> str:
    """Return how a table with these columns is laid out; nothing if as any table."""
    for start, layout in LAYOUTS.items():
        if tuple(names[: len(start)]) == start:
            return layout
    if len(names) >= COMPARES:
        return "comparison"
    firsts = [contents(row["cells"])[0] for row in ROW.finditer(rows)]
    return "lines" if all(map(ONLY_CODE.fullmatch, firsts)) else ""


def with_columns(head: str) -> str:
    """Say of the headings of a table that each is that of a column."""
    return re.sub(r"<th\b", '<th scope="col"', head)


def with_rows(body: str, names: list[str], layout: str) -> str:
    """Make the first cells of the rows their headings, if they tell the rows apart.

    Neither a formula nor its code is the heading of the other.

    >>> with_rows("<tr><td>a</td><td>1</td></tr>", ["Name", "Size"], "")
    '<tr><th scope="row">a</th><td>1</td></tr>'
    """
    rows = [contents(row["cells"]) for row in ROW.finditer(body)]
    firsts = [row[0].strip() for row in rows]
    telling = layout != "dictionary" and all(firsts)
    heads = telling and len(set(firsts)) == len(firsts)

    def cell_of(place: int, match: re.Match[str]) -> str:
        attributes, content = match["attributes"], match["content"]
        if place == 0 and heads:
            return f'<th scope="row"{attributes}>{content}</th>'
        if layout == "comparison" and place:
            attributes += f' data-column="{escape(names[place])}"'
        return f"<td{attributes}>{content}</td>"

    return ROW.sub(lambda row: f"<tr>{numbered(cell_of, row['cells'])}</tr>", body)


def numbered(cell_of: Callable[[int, re.Match[str]], str], cells: str) -> str:
    """Write the cells of a row anew, each by its place."""
    return "".join(cell_of(i, match) for i, match in enumerate(CELL.finditer(cells)))


def with_roles(table: str) -> str:
    """Say of each part of a table what it is in a table."""
    for part, role in ROLES:
        table = part.sub(rf'\g<0> role="{role}"', table)
    return table


def choice(names: list[str], number: int) -> str:
    """Return the buttons by which a narrow window shows one column after the other.

    A style sheet does it, so that it works without scripts.
    """
    buttons = "".join(
        f'<label><input type="radio" name="column-{number}" value="{place}"'
        f"{' checked' if place == FREE + 1 else ''}> {escape(name)}</label>"
        for place, name in enumerate(names, start=1)
        if place > FREE
    )
    return (
        f"<fieldset><legend>{escape(names[FREE - 1])}, beside</legend>"
        f"{buttons}</fieldset>"
    )


def contents(cells: str) -> list[str]:
    """Return what stands in the cells of a row."""
    return [cell["content"] for cell in CELL.finditer(cells)]


def text(html: str) -> str:
    """Return the words of a cell."""
    return unescape(re.sub("<[^>]*>", "", html)).strip()
