"""Pages as other people would write them, right formulas and wrong ones.

They restate published derivations in the notation of their authors. A comment before a
formula says what has to become of it; without one it has to hold.
"""

import re
from collections import defaultdict
from pathlib import Path

import pytest

from mathcheck.page.check import check_file
from mathcheck.page.finding import BAD, Finding
from mathcheck.source.blocks import Element, place
from mathcheck.source.reading import read_file

PAGES = sorted((Path(__file__).parent / "corpus").glob("*.md"))
EXPECT = re.compile(r"<!-- expect: (\w+) -->\s*\Z")


def cases(path: Path) -> list[tuple[str, str, list[Finding]]]:
    """Return each formula's place, what is expected of it, and what was found."""
    text = read_file(path)
    found = defaultdict(list)
    for finding in check_file(path, path.name).findings:
        found[finding.offset].append(finding)
    result = []
    for item in text.reading.items:
        if isinstance(item, Element):
            start = text.source[: item.offset].rstrip("$[(\\ \n\t")
            line = text.source.rfind("\n", 0, item.offset - 1) + 1
            expected = EXPECT.search(start) or EXPECT.search(text.source[:line])
            where = f"{path.name}:{place(text.source, item.offset)[0]}"
            result.append(
                (where, expected[1] if expected else "holds", found[item.offset])
            )
    return result


CASES = [case for path in PAGES for case in cases(path)]


@pytest.mark.parametrize(
    ("where", "expected", "found"), CASES, ids=[c[0] for c in CASES]
)
def test_formula(where, expected, found):
    bad = [finding for finding in found if finding.status in BAD]
    told = [f"{f.status}: {f.detail}" for f in bad] or ["holds"]
    if expected == "holds":
        assert not bad, told
    elif expected == "fails":
        assert bad
    else:
        assert expected in {finding.status for finding in bad}, told
