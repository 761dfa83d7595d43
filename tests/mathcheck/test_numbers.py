"""Numbers in prose carry their source; rows of a dictionary are evaluated twice."""

import pytest

from mathcheck.command.main import main
from mathcheck.command.project import project_of, unbound
from mathcheck.page.check import check_file
from mathcheck.source.code import public_functions
from tests.markdown import ROOT

CODE = public_functions(("snippets",))
TABLE = """$z \\in \\mathbb{R}^K$, $c \\in \\{1, \\dots, K\\}$

| Math | Code |
|---|---|
"""


def statuses(tmp_path, text):
    page = tmp_path / "page.md"
    page.write_text(text, "utf-8")
    return [
        (f.kind, f.status, f.detail)
        for f in check_file(page, "page.md", names=CODE)[0].findings
        if f.kind in ("number", "binding")
    ]


@pytest.mark.parametrize(
    "text",
    [
        "It is 0.7311<!-- = softmax([0, 1])[1] -->.",
        "It is −0.693<!-- = log(0.5) -->.",
        "It is 2.1e-3<!-- = 0.0021 -->, or 1,024<!-- = 2**10 -->.",
        "1 024<!-- = 2**10 -->, 50\u202f257<!-- = 50257 -->, 7\u00a0000<!-- = 7e3 -->",
    ],
)
def test_right_number_holds(tmp_path, text):
    assert {status for _, status, _ in statuses(tmp_path, text)} == {"holds"}


@pytest.mark.parametrize(
    ("text", "status", "words"),
    [
        ("It is 0.7312<!-- = softmax([0, 1])[1] -->.", "refuted", "0.7310585"),
        ("It is 0.7311.", "refused", "0.7311 has no source"),
        ("It is .7311 or 7.311e-1.", "refused", "has no source"),
        ("It is 0.7311 <!-- = 0.7311 -->.", "refused", "right after a number"),
        ("It is 0.7311<!-- = nothing -->.", "refused", "nothing is not known here"),
        ("It is 0.7311<!-- = [1, 2] -->.", "refused", "2 numbers"),
        ("It is 0.7311<!-- = np.log(-1) -->.", "refused", "is nan, which is no number"),
    ],
)
def test_wrong_number_fails(tmp_path, text, status, words):
    found = statuses(tmp_path, text)
    assert any(s == status and words in detail for _, s, detail in found), found


@pytest.mark.parametrize(
    "text",
    ["doi:10.1093/imanum/draa038", "[a](https://x.org/0.12345)", "version 1.17.1234.5",
     "arXiv:1905.12558", "`0.12345`", "0.25 is short", "$0.12345 = 0.12345$"],
)  # fmt: skip
def test_what_is_no_number_of_the_prose_needs_no_source(tmp_path, text):
    assert not [f for f in statuses(tmp_path, text) if f[1] != "holds"]


LAB = """# %% [markdown]
# We take {} points.

# %%
N, (K, D) = 300, (10, 64)
RATES = (0.1, 0.25)
lines = [7]
name = "seven"
total = 2 * N
N_AGAIN = 5
for N_AGAIN in range(6):
    pass
"""


def in_lab(tmp_path, number, lab=LAB):
    page = tmp_path / "lab.py"
    page.write_text(lab.format(number), "utf-8")
    return [(f.status, f.detail) for f in check_file(page, "lab.py")[0].findings]


@pytest.mark.parametrize(
    "number",
    ["300<!-- = N -->", "6.4<!-- = D / K -->", "0.25<!-- = RATES[-1] -->"],
)
def test_a_source_in_a_lab_may_name_what_its_code_sets(tmp_path, number):
    assert [status for status, _ in in_lab(tmp_path, number)] == ["holds"]


@pytest.mark.parametrize(
    ("number", "words"),
    [
        ("301<!-- = N -->", "301 is shown, and N is 300"),
        ("600<!-- = total -->", "total is not known here"),  # it is computed
        ("5<!-- = N_AGAIN -->", "N_AGAIN is not known here"),  # what is it by now?
        ("7<!-- = lines[0] -->", "lines is not known here"),  # it may be changed
        ("7<!-- = name -->", "name is not known here"),
        ("2<!-- = RATES -->", "RATES is 2 numbers"),
    ],
)
def test_a_source_in_a_lab_names_nothing_else(tmp_path, number, words):
    [(status, detail)] = in_lab(tmp_path, number)
    assert status != "holds"
    assert words in detail


def test_a_lab_with_commands_to_its_shell_sets_nothing(tmp_path):
    [(_, detail)] = in_lab(tmp_path, "300<!-- = N -->", LAB + "%matplotlib inline\n")
    assert "N is not known here" in detail


def test_right_rows_hold(tmp_path):
    rows = (
        "| $z$ | `z` |\n| $c - 1$ | `label` |\n"
        "| $\\operatorname{softmax}(z)$ | `softmax(z)` |\n"
        "| $-\\log \\operatorname{softmax}(z)_c$ | `cross_entropy(z, label)` |\n"
    )
    found = statuses(tmp_path, TABLE + rows)
    assert [status for _, status, _ in found] == ["holds"] * 4


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ("| $2 z$ | `z + 1` |", "formula"),
        ("| $z$ | `z[:2]` |", "shape"),
        ("| $z$ | `softmax(logits)` |", "logits is not bound"),
        ("| $z$ | z |", "needs one `code`"),
        ("| nothing | `softmax(z)` |", "no formula"),
        ("| $\\log(-1 - z_1^2)$ | `z[0]` |", "no point"),
        ("| $z$ | `z.nothing` |", "z.nothing may not be used"),
        ("| $z$ | `z +` |", "not a Python expression"),
    ],
)
def test_wrong_row_fails(tmp_path, row, words):
    found = statuses(tmp_path, TABLE + "| $z$ | `z` |\n" + row + "\n")
    assert any(s != "holds" and words in detail for _, s, detail in found), found


def test_function_that_no_row_names_is_refused():
    names = {finding.latex for finding in unbound([], project_of(ROOT))}
    assert names == set(CODE.functions)


def test_fix_rewrites_wrong_digits(tmp_path, capsys):
    page = tmp_path / "page.md"
    text = (
        "$-\\log 0.5 \\approx 0.7$ and 0.613<!-- = log(2) -->, −1.10<!-- = -log(3) -->."
    )
    page.write_text(text, "utf-8")
    assert main([str(page), "--fix"]) == 0
    assert page.read_text("utf-8") == text.replace("0.613", "0.693")


WRONG = "It is 0.613<!-- = log(2) -->.\n"


def test_fix_keeps_line_ends_and_permissions(tmp_path):
    page = tmp_path / "page.md"
    page.write_bytes(b"A line.\r\n\r\n" + WRONG.encode().replace(b"\n", b"\r\n"))
    page.chmod(0o640)
    mode = page.stat().st_mode  # Windows has fewer
    assert main([str(page), "--fix"]) == 0
    assert page.read_bytes() == (b"A line.\r\n\r\nIt is 0.693<!-- = log(2) -->.\r\n")
    assert page.stat().st_mode == mode
    assert list(tmp_path.iterdir()) == [page]


def test_fix_writes_no_file_but_those_that_it_was_given(tmp_path, capsys):
    (tmp_path / "given").mkdir()
    others = [tmp_path / "linked.md", tmp_path / "twice.md", tmp_path / "beside.md"]
    for other in others:
        other.write_text(WRONG)
    link, twice = (tmp_path / "given" / other.name for other in others[:2])
    link.symlink_to(others[0])
    twice.hardlink_to(others[1])
    assert main([str(tmp_path / "given"), "--fix"]) == 1
    assert f"{link} is a link" in capsys.readouterr().err
    assert [other.read_text() for other in others] == [WRONG] * 3
    assert twice.read_text() == WRONG.replace("0.613", "0.693")


def test_fix_leaves_a_file_with_mixed_line_ends(tmp_path, capsys):
    page = tmp_path / "page.md"
    page.write_bytes(b"A line.\r\n" + WRONG.encode())
    assert main([str(page), "--fix"]) == 1
    assert "mixes line ends" in capsys.readouterr().err
    assert b"0.613" in page.read_bytes()
