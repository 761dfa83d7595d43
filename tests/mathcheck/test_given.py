"""Side files: what they declare is in force on the pages that they are given for."""

from pathlib import Path

import pytest

from mathcheck.command import project
from mathcheck.command.main import main

PAGE = r"""# Notes

The loss is $L = -\log \hat p_y$, and

$$
\sum_{k=1}^{K} \hat p_k = 1 + \epsilon
$$
"""
SIDE = r"""# Symbols

$K \in \mathbb{N}$, $k, y \in \{1, \dots, K\}$, $\epsilon \in \mathbb{R}$.

## Of a section

$\hat p \in \Delta^{K-1}$ and $L := -\log \hat p_y$.
"""
REFUTED = "page.md:6:1: refuted: left 1, right "


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """Return a folder that is the current one, with a page and a side file."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "page.md").write_text(PAGE)
    (tmp_path / "symbols.md").write_text(SIDE)
    return tmp_path


def told(capsys, *arguments):
    """Return what the command says of these, and how it ends."""
    code = main([*arguments])
    said = capsys.readouterr()
    return code, [*said.out.splitlines(), *said.err.splitlines()]


def test_side_file_declares_for_a_page(folder, capsys):
    assert main(["page.md"]) == 1
    assert "undefined" in capsys.readouterr().out
    code, (finding, summary) = told(capsys, "--given", "symbols.md", "page.md")
    assert finding.startswith(REFUTED)
    assert summary.startswith("2 pages: ")
    assert summary.endswith(", 1 refuted")
    assert code == 1


def test_page_names_its_side_file(folder, capsys):
    named = f"---\nmathcheck-given: symbols.md\n---\n{PAGE}"
    (folder / "page.md").write_text(named)
    for paths in (["page.md"], ["page.md", "symbols.md"], ["."]):
        _, (finding, summary) = told(capsys, *paths)
        assert finding.startswith(REFUTED.replace(":6:", ":9:"))
        assert summary.startswith("2 pages: ")


@pytest.mark.parametrize("name", ["none.md", "page.txt", "/"])
def test_side_file_that_is_none_is_told(folder, capsys, name):
    (folder / "page.txt").write_text(SIDE)
    (folder / "page.md").write_text(f"---\nmathcheck-given: {name}\n---\n{PAGE}")
    code, [said] = told(capsys, "page.md")
    assert said.startswith("mathcheck: cannot read a file: page.md:2: there is no page")
    assert said.endswith(name)
    assert code == 2


def test_given_file_that_is_none_is_told(folder, capsys):
    code, said = told(capsys, "--given", "none.md", "page.md")
    assert (code, said) == (2, ["mathcheck: no such file: none.md"])


def test_later_side_file_uses_what_an_earlier_one_declares(folder, capsys):
    (folder / "symbols.md").write_text(r"$K \in \mathbb{N}$ and $\epsilon \in (0, 1)$.")
    (folder / "more.md").write_text(
        r"$k, y \in \{1, \dots, K\}$, $\hat p \in \Delta^{K-1}$, $L := -\log \hat p_y$."
    )
    given = ["--given", "symbols.md", "--given", "more.md"]
    _, (finding, summary) = told(capsys, *given, "page.md")
    assert finding.startswith(REFUTED)
    assert summary.startswith("3 pages: ")


def test_side_file_is_checked_too(folder, capsys):
    (folder / "symbols.md").write_text(SIDE + "\nSo $K = K + 1$.\n")
    code, (finding, *_) = told(capsys, "--given", "symbols.md", "page.md")
    assert finding.startswith("symbols.md:9:5: refuted")
    assert code == 1


def test_digits_of_a_side_file_are_not_rewritten(folder, capsys):
    side = SIDE + "\nIt is 0.512<!-- = 1 / 2 -->.\n"
    (folder / "symbols.md").write_text(side)
    (folder / "page.md").write_text("It is 0.512<!-- = 1 / 2 -->.\n")
    main(["--fix", "--given", "symbols.md", "page.md"])
    assert (folder / "symbols.md").read_text() == side
    assert (folder / "page.md").read_text() == "It is 0.500<!-- = 1 / 2 -->.\n"


def test_page_of_a_project_is_checked_again_when_its_side_file_changes(folder):
    (folder / "pyproject.toml").write_text('[tool.mathcheck]\npaths = ["docs"]\n')
    docs = folder / "docs"
    docs.mkdir()
    page = docs / "page.md"
    page.write_text("---\nmathcheck-given: ../symbols.md\n---\n$$K = K + x$$\n")

    def statuses():
        return [f.status for f in project.check_page(page).findings]

    assert statuses() == ["undefined"]
    assert project.is_kept(page)
    (folder / "symbols.md").write_text(r"$K \in \mathbb{N}$ and $x \in (0, 1)$.")
    assert not project.is_kept(page)
    assert statuses() == ["refuted"]
    assert not project.is_kept(page, [folder / "page.md"])


def test_draft_names_every_symbol_with_its_places(folder, capsys):
    code, lines = told(capsys, "--draft", "page.md")
    rows = [line for line in lines if line.startswith("- ")]
    assert code == 0
    assert rows == [
        r"- $K \in ?$ is in `\sum_{k=1}^{K} \hat p_k = 1 + \epsilon`: "
        "page.md:6:13",
        r"- $y \in ?$ is in `L = -\log \hat p_y`: page.md:3:31",
        r"- $L \in ?$ is in `L = -\log \hat p_y`: page.md:3:14",
        r"- $\hat p \in ?$ is in `L = -\log \hat p_y`: page.md:3:24, 6:16",
        r"- $\epsilon \in ?$ is in `\sum_{k=1}^{K} \hat p_k = 1 + \epsilon`: "
        "page.md:6:31",
    ]


def test_draft_declares_nothing_until_it_is_completed(folder, capsys):
    main(["--draft", "page.md"])
    draft = capsys.readouterr().out
    (folder / "symbols.md").write_text(draft)
    code, lines = told(capsys, "--given", "symbols.md", "page.md")
    assert code == 1
    first = draft.split("- $", 1)[0].count("\n") + 1
    column = len(r"- $K \in ?")
    assert lines[0].startswith(
        f"symbols.md:{first}:{column}: refused: this set is left open; write one in "
    )
    assert sum("this set is left open" in line for line in lines) == 5
    assert any(line.startswith("page.md:3:14: undefined: L") for line in lines)


def test_draft_leaves_out_what_is_given(folder, capsys):
    (folder / "symbols.md").write_text(SIDE.replace(r", $\epsilon \in \mathbb{R}$", ""))
    _, lines = told(capsys, "--given", "symbols.md", "--draft", "page.md")
    assert [line[:16] for line in lines if line[:2] == "- "] == [r"- $\epsilon \in "]


def test_draft_of_many_places_counts_them(folder, capsys):
    (folder / "page.md").write_text("And $q$. " * 7)
    (folder / "other.md").write_text("$q$")
    _, lines = told(capsys, "--draft", "page.md", "other.md")
    places = "page.md:1:6, 1:15, 1:24, 1:33, 1:42 and 3 more"
    assert lines[-1] == rf"- $q \in ?$ is in `q`: {places}"


LEFT = r"""
$K \in \mathbb{N}$, $k \in \{1, \dots, K\}$, $z \in \mathbb{R}^K$,
$L := \dots$, $f(x) := \dots$ and $\hat p_k := \dots$.
"""


@pytest.mark.parametrize(
    ("formulas", "statuses"),
    [
        (["L = z^\\top z", "L = \\sum_k z_k^2"], "holds holds"),
        (["L = z^\\top z", "L = \\sum_k z_k"], "holds refuted"),
        (["L = z^\\top z = \\sum_k z_k"], "holds refuted"),
        (["L_k = z_k", "L = \\sum_k L_k = z^\\top \\mathbf{1}"], "holds holds holds"),
        (["\\hat{p}_k = z_k^2", "\\hat p_1 = z_1"], "holds refuted"),
        (
            ["f(z) = z^\\top z", "f(2 z) = 4 f(z)", "f(2 z) = 2 f(z)"],
            "holds holds refuted",
        ),
        (["f(z, K) = K"], "undefined"),
        (["f_k(z) = z_k"], "undefined"),
        (["z^\\top z = L"], "undefined"),
        (["L > 0"], "undefined"),
        (["M = z^\\top z"], "undefined"),
    ],
)
def test_page_defines_what_a_side_file_leaves_to_it(folder, formulas, statuses):
    (folder / "symbols.md").write_text(LEFT)
    (folder / "page.md").write_text("\n\n".join(f"$${f}$$" for f in formulas))
    side, page = project.check_paths([Path("page.md")], given=[Path("symbols.md")])
    assert {f.status for f in side.findings} == {"holds"}
    assert [f.status for f in page.findings] == statuses.split()


def test_a_formula_in_a_sentence_defines_nothing_that_is_left_to_the_page(folder):
    (folder / "symbols.md").write_text(LEFT)
    (folder / "page.md").write_text("If $L = 0$, and $L = 1$.\n\n$$L = 2$$\n\n$L = 3$")
    _, page = project.check_paths([Path("page.md")], given=[Path("symbols.md")])
    statuses = ["undefined", "undefined", "holds", "refuted"]
    assert [finding.status for finding in page.findings] == statuses


def test_what_is_left_to_a_page_is_defined_anew_in_each_section(folder, capsys):
    (folder / "symbols.md").write_text(LEFT)
    text = "# One\n\n$$L = {}$$\n\n# Other\n\n$$L = {}$$\n\n$$L = {}$$\n"
    (folder / "page.md").write_text(text.format("2", "3", "2"))
    _, (finding, _) = told(capsys, "--given", "symbols.md", "page.md")
    assert finding.startswith("page.md:9:3: refuted: left 3, right 2")
