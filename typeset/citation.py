"""Whose the site is and how to cite it: from LICENSE, the edition, and the address."""

import re
from calendar import month_abbr
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from urllib.parse import urljoin

from typeset.edition import Edition, edition

COPYRIGHT = re.compile(
    r"^Copyright \(c\) (?P<year>\d{4}) (?P<holder>.+)$", re.MULTILINE
)
# What TeX would take for a command of its own
SPECIAL = re.compile(r"[\\{}$&#%_~^]")
SPELT = {
    "\\": r"\textbackslash{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
}


class LicenceError(Exception):
    """The licence does not say whose the project is."""


@dataclass(frozen=True)
class Work:
    """The site as something to be cited, and as the source of a file."""

    title: str
    holder: str
    year: str
    edition: Edition
    address: str = ""  # of its start page, if it is known

    @property
    def copyright(self) -> str:
        """Return the line of the licence that stands in every copy."""
        return f"Copyright (c) {self.year} {self.holder}"

    @property
    def stem(self) -> str:
        """Return the title as a name: in small letters, joined by hyphens."""
        return re.sub(r"[^a-z0-9]+", "-", self.title.lower()).strip("-")

    def at(self, url: str) -> str:
        """Return the address of a page of the site, or of a file; else nothing."""
        return urljoin(self.address, url) if self.address else ""

    def bibtex(self, title: str = "", url: str = "") -> str:
        """Return the entry that cites a page of the site, or the whole of it."""
        part = title not in ("", self.title)
        version = f"ersion {self.edition.version}"
        fields = {
            "author": f"{{{in_tex(self.holder)}}}",  # a second brace: it is no surname
            "title": f"{{{in_tex(title or self.title)}}}",
            "howpublished": f"{in_tex(self.title)}, v{version}"
            if part
            else f"V{version}",
            "year": self.year,
        }
        if self.edition.day:
            day = date.fromisoformat(self.edition.day)
            fields |= {"year": str(day.year), "month": month_abbr[day.month].lower()}
            fields["note"] = f"{self.edition.date}, commit {self.edition.commit}"
        if self.address:
            fields["url"] = self.at(url)
        key = f"{self.stem}:{url.strip('/')}" if part else self.stem
        lines = [
            f"  {name} = {value if name == 'month' else f'{{{value}}}'},\n"
            for name, value in fields.items()
        ]
        return f"@misc{{{key},\n{''.join(lines)}}}\n"


@cache
def work(project: Path, title: str, address: str = "") -> Work:
    """Return the site of a project as a work; LicenceError if it is nobody's."""
    said = COPYRIGHT.search((project / "LICENSE").read_text("utf-8"))
    if said is None:
        raise LicenceError("LICENSE: no line `Copyright (c) YEAR HOLDER`")
    return Work(title, said["holder"], said["year"], edition(project), address)


def in_tex(words: str) -> str:
    r"""Return words as TeX prints them.

    >>> in_tex("loss_n & 5 %")
    'loss\\_n \\& 5 \\%'
    """
    return SPECIAL.sub(lambda sign: SPELT.get(sign[0], "\\" + sign[0]), words)


def source_address(edit_uri: str, path: str) -> str:
    """Return where the repository shows a file, from where it lets a page be edited.

    >>> source_address("https://github.com/me/it/edit/main/docs/", "snippets/a.py")
    'https://github.com/me/it/blob/main/snippets/a.py'
    >>> source_address("", "snippets/a.py")
    ''
    """
    shown = edit_uri.removesuffix("docs/").replace("/edit/", "/blob/", 1)
    return urljoin(shown, path) if "/blob/" in shown else ""
