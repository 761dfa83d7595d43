"""What was found, for people, for scripts, and for annotations on a change."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict
from pathlib import PurePath
from typing import TYPE_CHECKING

from mathcheck.page.finding import BAD, CLAIMS, Finding

CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]")
FORMS = ("page", "notebook", "module")  # of what is read; of a module, its docstrings

if TYPE_CHECKING:
    from mathcheck.page.check import Page


def failed(findings: Iterable[Finding]) -> list[Finding]:
    """Return the findings that make a check fail."""
    return [finding for finding in findings if finding.status in BAD]


def line(finding: Finding) -> str:
    """Return one finding as a compiler would print it."""
    return one_line(f"{place(finding)}: {finding.status}: {finding.detail}")


def place(finding: Finding) -> str:
    """Return where a finding is; in a notebook, as Ruff writes it, in which cell."""
    cell = f"cell {finding.cell}:" if finding.cell else ""
    return f"{finding.path}:{cell}{finding.line}:{finding.column}"


def one_line(text: str) -> str:
    """Write out what would speak to the terminal, or to what reads the lines."""
    return CONTROL.sub(lambda match: f"\\x{ord(match[0]):02x}", text)


def thousands(n: int) -> str:
    """Write a number with its thousands apart."""
    return f"{n:,}".replace(",", " ")


def counted(n: int, noun: str) -> str:
    """Write a number of things."""
    return f"{thousands(n)} {noun if n == 1 else f'{noun}s'}"


def summary(pages: list[Page], findings: list[Finding]) -> dict[str, int]:
    """Count what was read, and what was found."""
    forms = Counter(page.form for page in pages)
    held = [f for f in findings if f.status == "holds"]
    kinds = Counter(f.kind for f in held)
    statuses = Counter(f.status for f in findings)
    claims = [f for f in held if f.kind in CLAIMS]
    return {
        **{f"{form}s": forms[form] for form in FORMS},
        "found": sum(page.found for page in pages),
        "read": sum(len(page.formulas) for page in pages),
        "holds": len(claims),
        "steps": sum(f.steps for f in claims),
        "definitions": kinds["definition"],
        "declarations": kinds["declaration"],
        "mentions": kinds["mention"],
        "bindings": kinds["binding"],
        "numbers": kinds["number"],
        "refuted_on_purpose": statuses["refuted-on-purpose"],
        "unchecked": statuses["unchecked"],
        "refuted": statuses["refuted"],
        "refused": statuses["refused"],
        "undefined": statuses["undefined"],
    }


def sentence(counts: dict[str, int]) -> str:
    """Return the summary in a line."""
    verb = "holds" if counts["holds"] == 1 else "hold"
    parts = [
        f"{counted(counts['found'], 'formula')} found and {thousands(counts['read'])} "
        "read",
        f"{counted(counts['holds'], 'statement')} {verb} "
        f"({counted(counts['steps'], 'step')})",
        counted(counts["definitions"], "definition"),
        counted(counts["declarations"], "declaration"),
        f"{counts['refuted_on_purpose']} refuted on purpose",
        f"{counts['unchecked']} unchecked",
    ]
    parts += [counted(counts[n], n[:-1]) for n in ("numbers", "bindings") if counts[n]]
    parts += [f"{counts[status]} {status}" for status in BAD if counts[status]]
    return f"{listed(counts)}: " + ", ".join(parts)


def listed(counts: dict[str, int]) -> str:
    """Return what was read.

    >>> listed({"pages": 2, "notebooks": 0, "modules": 1})
    '2 pages and 1 module'
    """
    *most, last = [
        counted(counts[f"{form}s"], form) for form in FORMS if counts[f"{form}s"]
    ] or ["nothing"]
    return " and ".join([*filter(None, [", ".join(most)]), last])


def text(pages: list[Page], findings: list[Finding]) -> str:
    """Return a line for each failure and each unchecked statement, then the summary."""
    shown = [f for f in findings if f.status in (*BAD, "unchecked")]
    return "\n".join([*map(line, shown), sentence(summary(pages, findings))])


def as_json(pages: list[Page], findings: list[Finding]) -> str:
    """Return all findings, what each page's symbols mean, and the summary.

    A symbol is given as it is written, with the number of its explanation.
    """
    statements = [
        {
            name: value
            for name, value in asdict(finding).items()
            if name not in ("offset", "repair")
        }
        for finding in findings
    ]
    explained = [
        {
            "path": page.path,
            "explanations": [asdict(said) for said in page.explanations],
            "formulas": [
                {"line": f.line, "column": f.column, "symbols": f.symbols}
                for f in page.symbols
            ],
        }
        for page in pages
    ]
    counts = summary(pages, findings)
    found = {"statements": statements, "pages": explained, "summary": counts}
    return json.dumps(found, ensure_ascii=False, indent=1)


def github(pages: list[Page], findings: list[Finding]) -> str:
    """Return the failures as annotations of a change, then the summary."""
    lines = []
    for finding in failed(findings):
        message = f"{finding.status}: {finding.detail}"
        at = f"line={finding.line},col={finding.column}"
        if finding.cell:  # its line in the file says nothing to a reader
            message, at = line(finding), "line=1"
        message = message.replace("%", "%25")
        path = escaped(PurePath(finding.path).as_posix())
        annotation = f"::error file={path},{at},title=mathcheck::{message}"
        lines.append(one_line(annotation))
    return "\n".join([*lines, sentence(summary(pages, findings))])


def escaped(value: str) -> str:
    """Write a property of an annotation so that it does not end before its end.

    >>> escaped("a, b: 5 %.md")
    'a%2C b%3A 5 %25.md'
    """
    return value.replace("%", "%25").replace(":", "%3A").replace(",", "%2C")


FORMATS = {"text": text, "json": as_json, "github": github}
