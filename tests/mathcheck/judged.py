"""How the checker judges pages that others would write, counted page by page.

Three kinds of them: `corpus`, published formulas, right ones and wrong ones; `traps`,
false statements that are made to pass; `usual`, right statements in usual notation.
They were written before the checker saw them. A formula that is judged wrongly anywhere
else, refused or passed, comes to one of them. What it does not judge as it should
stands in `open.toml`, formula by formula: it can only become less. The tests try every
fourth page, and this all of them; it ends with 1 if the file is not exact.

    python -m tests.mathcheck.judged [--write]
"""

import json
import sys
import tomllib
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from mathcheck.page.check import check_file
from mathcheck.page.finding import BAD, Finding
from mathcheck.source.blocks import one_line
from tests.mathcheck.expected import Case, cases

HERE = Path(__file__).parent
KINDS = ("corpus", "traps", "usual")
OPEN = HERE / "open.toml"


def pages(kind: str) -> list[Path]:
    """Return the pages of a kind."""
    return sorted((HERE / kind).glob("*.md"))


def judged(path: Path) -> Iterator[tuple[Case, list[Finding]]]:
    """Yield the formulas of a page about which something is expected."""
    found = defaultdict(list)
    for finding in check_file(path, path.name)[0].findings:
        found[finding.offset].append(finding)
    for case in cases(path):
        if path.parent.name != "traps" or case.status in (*BAD, "caught"):
            yield case, found[case.offset]


def agrees(case: Case, found: list[Finding], kind: str) -> bool:
    """Say whether a formula is judged as it should be."""
    statuses = {finding.status for finding in found}
    if kind == "traps":  # caught in either way
        return not statuses.isdisjoint(BAD)
    if kind == "usual":
        return statuses == {"holds"}
    return not case.wrong(found)


def disagreeing(path: Path) -> list[str]:
    """Return the formulas of a page that are not judged as they should be."""
    return [
        one_line(case.latex)
        for case, found in judged(path)
        if not agrees(case, found, path.parent.name)
    ]


def known() -> dict[str, list[str]]:
    """Return what is known not to be judged as it should be, page by page."""
    return tomllib.loads(OPEN.read_text("utf-8"))


def main(write: bool) -> int:
    """Count, write down what is open if that is asked; return 1 if it is not so."""
    lines = []
    for kind in KINDS:
        all_, right = 0, 0
        for path in pages(kind):
            total, wrong = len(list(judged(path))), disagreeing(path)
            all_, right = all_ + total, right + total - len(wrong)
            if wrong:
                lines.append(f'"{kind}/{path.name}" = [')
                lines += [
                    f"  {json.dumps(latex, ensure_ascii=False)}," for latex in wrong
                ]
                lines.append("]")
        print(f"{kind}: {right} of {all_} judged as they should be")
    if write:
        head = "# Written by `python -m tests.mathcheck.judged --write`: see there\n"
        OPEN.write_text(head + "\n".join(lines) + "\n", "utf-8")
    found = tomllib.loads("\n".join(lines))
    for page in sorted({*found, *known()}):
        if found.get(page) != known().get(page):
            print(f"{page}: open.toml is not exact")
    return int(found != known())


if __name__ == "__main__":
    sys.exit(main("--write" in sys.argv[1:]))
