"""How much of others' notes the checker reads: ``python -m bench.others``.

Each note is checked as it was published, at the commit that is named, first by itself
and then with the side file beside this module. ``bench/others.json`` has what became of
its displayed formulas, and docs/yours.md has its tables from there.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from urllib.request import urlopen

from bench.cost import ROOT
from mathcheck.command.project import check_paths
from mathcheck.command.report import place
from mathcheck.page.check import Page
from mathcheck.page.finding import CLAIMS, Finding
from mathcheck.source.blocks import Element
from mathcheck.source.reading import read_file

HERE = Path(__file__).parent
FILE = ROOT / "bench" / "others.json"
KEPT = ROOT / ".cache" / "others"  # the notes, which are theirs, are in no commit
RAW = "https://raw.githubusercontent.com"
PATIENCE = 60  # seconds for the server to answer


@dataclass(frozen=True)
class Note:
    """A published note, where it is, and the side file that declares for it."""

    title: str
    form: str
    repository: str
    commit: str
    path: str
    side: str

    def fetched(self) -> Path:
        """Return the note as a file, which is fetched if it is not kept."""
        file = KEPT / self.repository / self.commit / Path(self.path).name
        if not file.is_file():
            address = f"{RAW}/{self.repository}/{self.commit}/{self.path}"
            with urlopen(address, timeout=PATIENCE) as answer:
                content = answer.read()
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(content)
        return file


NOTES = (
    Note(
        "CS231n, Linear Classification",
        "Markdown",
        "cs231n/cs231n.github.io",
        "3d84654b14608fbccdff2393485631aaacfc9dab",
        "linear-classify.md",
        "cs231n.md",
    ),
    Note(
        "QuantEcon, Simple Linear Regression Model",
        "MyST",
        "QuantEcon/lecture-python-intro",
        "b9316aa5722b9d11f8a48e3e55e881426bee2b19",
        "lectures/simple_linear_regression.md",
        "quantecon.md",
    ),
    Note(
        "Data 100, Introduction to Modeling",
        "notebook",
        "DS-100/course-notes",
        "6be598e02ef9de096d6571e1cb9bbdec6ae5a3d8",
        "content/modeling_slr/modeling_slr.ipynb",
        "data100.md",
    ),
)


def by_formula(page: Page, file: Path) -> Iterator[list[Finding]]:
    """Yield what was found in each displayed formula of a page."""
    found: dict[int, list[Finding]] = defaultdict(list)
    for finding in page.findings:
        found[finding.offset].append(finding)
    for item in read_file(file).reading.items:
        if isinstance(item, Element) and item.display:
            yield found[item.offset]


def judged(found: list[Finding]) -> str:
    """Return what became of a formula: of several verdicts the worst one."""
    statuses = {finding.status for finding in found}
    if statuses & {"refused", "undefined"}:
        return "refused"
    if "refuted" in statuses:
        return "refuted"
    return "held" if any(f.kind in CLAIMS for f in found) else "defined"


def told(found: list[Finding]) -> dict[str, str]:
    """Return where a formula fails first, and why."""
    first = next(f for f in found if f.status in ("refuted", "refused", "undefined"))
    where = place(first).removeprefix(f"{first.path}:")
    return {"place": where, "latex": first.latex, "detail": first.detail}


def account(note: Note) -> dict[str, object]:
    """Return what became of the displayed formulas of a note."""
    file = note.fetched()
    alone = [judged(f) for f in by_formula(check_paths([file])[0], file)]
    _, page = check_paths([file], given=[HERE / note.side])
    formulas = list(by_formula(page, file))
    verdicts = [judged(found) for found in formulas]
    failed = {
        status: [told(f) for f in formulas if judged(f) == status]
        for status in ("refuted", "refused")
    }
    return {
        **asdict(note),
        "displayed": len(formulas),
        "alone": sum(verdict != "refused" for verdict in alone),
        "held": verdicts.count("held"),
        "defined": verdicts.count("defined"),
        **failed,
    }


def main() -> None:
    """Check the notes, write down what was found, and say it."""
    notes = [account(note) for note in NOTES]
    record = {"date": date.today().isoformat(), "notes": notes}
    FILE.write_text(json.dumps(record, ensure_ascii=False, indent=1) + "\n", "utf-8")
    for note in notes:
        read = {name: note[name] for name in ("displayed", "alone", "held", "defined")}
        print(note["title"], read)


if __name__ == "__main__":
    main()
