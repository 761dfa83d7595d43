"""A formula travels one way: it is lexed once, and read once where it stands."""

from collections import Counter

import pytest

from mathcheck.page import mutants
from mathcheck.page.check import check_file
from mathcheck.read import formula
from mathcheck.read.formula import Formula
from mathcheck.read.scope import Scope
from mathcheck.source.blocks import Element
from mathcheck.source.lines import Lines

PAGE = r"""# Page

The component $z_k$ of $z \in \mathbb{R}^K$, for $k \in \{1, \dots, K\}$, and $K \in \mathbb{N}$.
Let $p_k := \frac{e^{z_k}}{\sum_{j=1}^{K} e^{z_j}}$, and $p_k = 1$ if $K = 1$.

$$
\begin{aligned}
\log p_k &= z_k - \log \sum_{j=1}^{K} e^{z_j} && \text{since $\log e^{z_k} = z_k$} \\
&\le 0
\end{aligned}
$$

| Math | Code |
|---|---|
| $z$ | `z` |
| $\sum_{k=1}^{K} z_k$ | `np.sum(z)` |
"""  # noqa: E501


def test_each_formula_is_lexed_once_and_read_once_in_each_scope(tmp_path, monkeypatch):
    lexed, read = Counter(), Counter()

    def tokens(latex, lex=formula.tokens):
        lexed[latex] += 1
        return lex(latex)

    def statements(found, scope, *, concludes, read_all=formula.read, **how):
        read[repr(found), scope.trail, concludes] += 1
        return read_all(found, scope, concludes=concludes, **how)

    monkeypatch.setattr(formula, "tokens", tokens)
    monkeypatch.setattr(formula, "read", statements)
    page = tmp_path / "page.md"
    page.write_text(PAGE, "utf-8")
    checked, _ = check_file(page, "page.md")
    assert {f.status for f in checked.findings} == {"holds"}
    assert lexed == Counter(checked.formulas.values())
    assert read
    assert set(read.values()) == {1}


def test_reading_leaves_the_scope_as_it_is():
    scope = Scope()
    trail = scope.trail
    latex = r"x \in \mathbb{R}^K, \quad y := 2 x, \quad y = x + x"
    found = whole(latex).statements(scope)
    assert [s.kind for s in found] == ["declaration", "definition", "claim"]
    assert [m.name for s in found for m in s.declares] == ["K", "x", "y"]
    assert scope.trail == trail
    assert not scope.known("x")


@pytest.mark.parametrize(
    ("at", "place"), [(0, (2, 4)), (1, (3, 1)), (3, (4, 1)), (4, (4, 2))]
)
def test_place_is_told_by_line_and_column(at, place):
    source = "one\na $\nb\nc$ d"
    cut = Formula(Element(source[7:11], 7, display=False), Lines(source))
    assert cut.place(at) == place


def test_changed_formula_stands_where_the_first_did():
    found = whole("a + b")
    changed = [change.latex for change in mutants.all_changes(found)]
    assert "a - b" in [" ".join(latex.split()) for latex in changed]
    assert found.changed(changed[0]).place(1) == found.place(1)


def whole(latex):
    """Return a formula whose source is nothing else."""
    return Formula(Element(latex, 0, display=True), Lines(latex))
