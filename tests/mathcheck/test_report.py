"""What the command prints, and how it exits: other people's scripts read it."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from mathcheck.command.main import main
from tests.markdown import ROOT

COMMAND = Path(sys.executable).with_name("mathcheck")  # beside Python
RIGHT = "$x \\in \\mathbb{R}$\n\n$$\nx + x = 2 x\n$$\n"
WRONG = r"""$x, \tau \in \mathbb{R}$

Wrong is $x = 2 x$, and $\log x^2$.

$\rho = 1$
"""
KINDS = "declaration definition claim approximation inequality mention binding number"
STATUSES = "holds refuted refused undefined unchecked refuted-on-purpose"


@pytest.fixture
def page(tmp_path):
    def write(text, name="page.md"):
        path = tmp_path / name
        path.write_text(text, "utf-8")
        return path

    return write


def test_right_page_exits_with_0(page, capsys):
    assert main([str(page(RIGHT))]) == 0
    assert capsys.readouterr().out == (
        "1 page: 2 formulas found and 2 read, 1 statement holds (1 step), "
        "0 definitions, 1 declaration, 0 refuted on purpose, 0 unchecked\n"
    )


def test_wrong_page_exits_with_1_and_names_each_place(page, capsys):
    path = page(WRONG)
    assert main([str(path)]) == 1
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].startswith(f"{path}:3:11: refuted: left ")
    assert lines[0].count(" at x=") == 1
    assert lines[1].startswith(
        f"{path}:3:26: refused: \\log x^y can be read in two ways"
    )
    assert lines[2] == f"{path}:5:2: undefined: \\rho is not declared here"
    assert lines[3].endswith("1 refuted, 1 refused, 1 undefined")


def test_missing_file_exits_with_2(tmp_path, capsys):
    assert main([str(tmp_path / "none.md")]) == 2
    assert "no such file" in capsys.readouterr().err


def test_wrong_option_exits_with_2():
    with pytest.raises(SystemExit) as exit_:
        main(["--format", "xml"])
    assert exit_.value.code == 2


def test_unreadable_file_exits_with_2(tmp_path, capsys):
    path = tmp_path / "latin.md"
    path.write_bytes(b"caf\xe9 $x$")
    assert main([str(path)]) == 2
    assert "cannot read" in capsys.readouterr().err


def test_json_has_the_fields_of_the_contract(page, capsys):
    assert main([str(page(WRONG)), "--format", "json"]) == 1
    found = json.loads(capsys.readouterr().out)
    assert set(found) == {"statements", "pages", "summary"}
    names = "path line column kind status latex steps points detail cell"
    for statement in found["statements"]:
        assert list(statement) == names.split()
        assert statement["kind"] in KINDS.split()
        assert statement["status"] in STATUSES.split()
    claim = next(s for s in found["statements"] if s["latex"] == "x = 2 x")
    assert (claim["line"], claim["column"], claim["steps"]) == (3, 11, 1)
    assert found["summary"]["refuted"] == 1


def test_json_says_what_each_symbol_means(page, capsys):
    path = page("The logits are $z \\in \\mathbb{R}^K$.\n\n$$\nz = z\n$$\n")
    main([str(path), "--format", "json"])
    (found,) = json.loads(capsys.readouterr().out)["pages"]
    assert found["path"] == str(path)
    number = dict(found["formulas"][1]["symbols"])["z"]
    assert found["explanations"][number] == {
        "path": str(path), "line": 1, "column": 17, "label": "",
        "declaration": "z \\in \\mathbb{R}^K", "domain": "\\mathbb{R}^K",
        "meaning": "The logits are $z \\in \\mathbb{R}^K$",
        "python": "", "shape": "(K,)",
    }  # fmt: skip


def test_chain_counts_its_steps_and_names_the_wrong_one(page, capsys):
    path = page("$x \\in \\mathbb{R}$\n\n$x = x + 0 = 2 x$")
    main([str(path), "--format", "json"])
    claim = json.loads(capsys.readouterr().out)["statements"][-1]
    assert claim["steps"] == 2
    assert claim["detail"].startswith("step 2: left ")


def test_github_annotations(page, capsys):
    path = page(WRONG)
    assert main([str(path), "--format", "github"]) == 1
    first = capsys.readouterr().out.splitlines()[0]
    assert first.startswith(
        f"::error file={path},line=3,col=11,title=mathcheck::refuted: "
    )


def test_folder_is_read_with_all_its_pages(page, tmp_path, capsys):
    page(RIGHT, "one.md")
    page('r"""Half of $x \\in \\mathbb{R}$ is $\\frac{x}{2} = x$."""\n', "two.py")
    assert main([str(tmp_path)]) == 1
    out = capsys.readouterr().out
    assert "two.py:1:36: refuted" in out
    assert "1 page and 1 module: " in out


def test_notebook_is_read_in_its_markdown_cells_only(page, capsys):
    text = "# %% [markdown]\n# $x \\in \\mathbb{R}$ and\n# $x = 2 x$\n"
    text += "\n# %%\ny = '$x = 3 x$'\n"
    assert main([str(page(text, "lab.py"))]) == 1
    assert "lab.py:3:4: refuted" in capsys.readouterr().out


def test_code_and_comments_are_not_read(page):
    text = (
        "`$x = 1$`\n\n```\n$x = 2$\n```\n\n<!-- $x = 3$ -->\n\nA price of $5 and $6.\n"
    )
    assert main([str(page(text))]) == 0


def test_what_a_page_says_cannot_speak_to_the_terminal(page, capsys):
    path = page("It is 1.000<!-- = \x1b]0;title\x07 -->.")
    assert main([str(path)]) == 1
    assert "\\x1b]0;title\\x07 is not a Python expression" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        ("paths = 3", "tool.mathcheck.paths is a list of texts, got 3"),
        ("code = [1]", "tool.mathcheck.code is a list of texts, got [1]"),
        ("notation = []", "tool.mathcheck.notation is text, got []"),
        ("path = []", "tool.mathcheck has no setting path"),
        ("paths = [", "Invalid value"),
    ],
)
def test_wrong_setting_is_named_with_its_file(page, tmp_path, capsys, settings, words):
    (tmp_path / "pyproject.toml").write_text(f"[tool.mathcheck]\n{settings}\n")
    assert main([str(page(RIGHT))]) == 2
    said = capsys.readouterr().err
    assert str(tmp_path / "pyproject.toml") in said
    assert words in said


@pytest.mark.parametrize(
    "command", [[sys.executable, "-m", "mathcheck"], [str(COMMAND)]]
)
def test_command_runs_outside_the_project(page, command):
    path = page(RIGHT)
    done = subprocess.run(
        [*command, path.name],
        cwd=path.parent, env={"PYTHONPATH": str(ROOT)}, capture_output=True, text=True,
        check=False,
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("1 page: 2 formulas found and 2 read, 1 ")
