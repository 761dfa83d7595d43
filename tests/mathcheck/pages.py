"""A page to write formulas on: what the tests of the checker share."""

from collections.abc import Sequence
from pathlib import Path

from mathcheck.page.check import check_file
from mathcheck.page.finding import BAD, CLAIMS, Finding

PREAMBLE = r"""# Test

$K, N, D \in \mathbb{N}$, $i, j, k, m, c \in \{1, \dots, K\}$, $n \in \{1, \dots, N\}$,
$z, u, v \in \mathbb{R}^K$, $p := \operatorname{softmax}(z)$, $y, q \in \Delta^{K-1}$,
$x, t \in \mathbb{R}$, $a, b \in (0, 1)$, $s \in \mathbb{R}_{>0}$, $h \in \{0, 1\}$,
$S \in \mathbb{R}^{K \times K}$, $X \in \mathbb{R}^{N \times D}$, $w \in \mathbb{R}^D$,
$A(z) := \log \sum_{k=1}^{K} e^{z_k}$, $L := -\sum_{k=1}^{K} y_k \log p_k$,
$H(q) := -\sum_{k=1}^{K} q_k \log q_k$, $f : \mathbb{R} \to \mathbb{R}$.

"""


def lines(text: str) -> list[str]:
    """Return the statements of a list, one a line."""
    return text.strip().split("\n")


def check(folder: Path, body: str, preamble: str = PREAMBLE) -> list[Finding]:
    """Check a page; return what is said about the part after the preamble."""
    page = folder / "page.md"
    page.write_text(preamble + body, "utf-8")
    before = preamble.count("\n")
    return [f for f in check_file(page, "page.md")[0].findings if f.line > before]


def by_formula(
    folder: Path, formulas: Sequence[str], preamble: str = PREAMBLE
) -> list[list[Finding]]:
    """Check formulas on one page; return what is found of each."""
    found = check(folder, "\n\n".join(f"$${f}$$" for f in formulas), preamble)
    first = preamble.count("\n") + 1
    return [[f for f in found if f.line == first + 2 * i] for i in range(len(formulas))]


def bad(found: list[Finding]) -> list[Finding]:
    """Return what fails."""
    return [finding for finding in found if finding.status in BAD]


def held(found: list[Finding]) -> bool:
    """Say whether something is claimed, and all of it held at the points tried."""
    claims = [finding for finding in found if finding.kind in CLAIMS]
    tried = all(claim.points > 0 and claim.steps > 0 for claim in claims)
    return bool(claims) and tried and all(f.status == "holds" for f in found)


def said(found: list[Finding]) -> list[str]:
    """Return what was found, for a message."""
    return [f"{f.kind} {f.status}: {f.detail} ({f.latex})" for f in found]


def assert_right(folder: Path, body: str, preamble: str = PREAMBLE) -> None:
    """Fail unless something is found of a body, and nothing bad."""
    found = check(folder, body, preamble)
    assert found
    assert not bad(found), said(found)


def assert_refuted(folder: Path, body: str, preamble: str = PREAMBLE) -> None:
    """Fail unless one thing in a body is bad, and that is refuted."""
    found = check(folder, body, preamble)
    assert [f.status for f in bad(found)] == ["refuted"], said(found)
