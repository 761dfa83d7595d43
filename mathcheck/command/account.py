"""What a run found, told to a reader of the site: what was read, counted, left out."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

from mathcheck.command.report import listed, summary, thousands
from mathcheck.page.check import Page
from mathcheck.page.explain import LABEL
from mathcheck.page.finding import BAD, Finding

HEADING = re.compile(r"^(?:# )?#+ (?P<words>.+?)\s*$")  # of a page, or of a notebook

# What is counted, in the order of what a reader asks, and in his words
COUNTED = (
    ("read", "formulas stand there and were read",
     "formula stands there and was read"),
    ("holds", "statements hold", "statement holds"),
    ("steps", "steps of these, each tried by itself", "step of these"),
    ("refuted_on_purpose", "are shown because they are false, and were refuted",
     "is shown because it is false, and was refuted"),
    ("unchecked", "are not checked", "is not checked"),
    ("bindings", "rows of code compute what the formula beside them says",
     "row of code computes what the formula beside it says"),
    ("numbers", "numbers in the prose agree with their source",
     "number in the prose agrees with its source"),
    ("definitions", "definitions", "definition"),
    ("declarations", "declarations of a symbol", "declaration of a symbol"),
)  # fmt: skip


def account(
    pages: list[Page], edition: str, address_of: Callable[[Page, str], str]
) -> str:
    """Return Markdown: a table of the numbers, then what is not checked, and why.

    `address_of` gives the address of an anchor on a page, or nothing.
    """
    findings = [finding for page in pages for finding in page.findings]
    counts = summary(pages, findings)
    rows = [
        (counts[name], one if counts[name] == 1 else many)
        for name, many, one in COUNTED
    ]
    if unread := counts["found"] - counts["read"]:
        rows.insert(0, (unread, "not read"))
    rows += [(counts[status], status) for status in BAD if counts[status]]
    table = "\n".join(f"| **{thousands(count)}** | {words} |" for count, words in rows)
    left_out = [
        not_checked(page, finding, address_of)
        for page in pages
        for finding in page.findings
        if finding.status == "unchecked"
    ]
    read = listed(counts).replace("notebook", "lab")
    read = re.sub(r"(\S+ modules?)", r"the docstrings of \1", read)
    return (
        f"The run that built this page ({edition.lower()}) read {read}:\n\n"
        f"| Number | Of what |\n|--:|---|\n{table}\n\n" + "\n\n".join(left_out)
    )


def not_checked(
    page: Page, finding: Finding, address_of: Callable[[Page, str], str]
) -> str:
    """Say which formula is not checked, where it stands, and why."""
    place = f"a formula in “{section_of(finding)}”"
    address = address_of(page, anchor_of(page, finding))
    if address:
        place = f'<a href="{address}">{place}</a>'
    return f"Not checked is {place}: {finding.detail}."


def section_of(finding: Finding) -> str:
    """Return the heading of the section in which a formula stands, or its file."""
    path = Path(finding.path)
    for line in reversed(path.read_text("utf-8").splitlines()[: finding.line]):
        if match := HEADING.match(line):
            return match["words"]
    return path.name


def anchor_of(page: Page, finding: Finding) -> str:
    """Return the anchor of a formula: its label's, or else that of its place."""
    if label := LABEL.search(page.formulas.get(finding.offset, "")):
        return label[1].replace(":", "-")
    return anchor(finding.line, finding.column)


def anchor(line: int, column: int) -> str:
    """Return the anchor of a formula without a label."""
    return f"at-{line}-{column}"
