"""What others install is the checker alone, and works where nothing else is."""

import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import mpmath
import pytest
import yaml

from tests.commands import ran
from tests.environments import empty
from tests.markdown import ROOT

RIGHT = "$x \\in \\mathbb{R}$\n\n$$\nx + x = 2 x\n$$\n"
WRONG = "$x \\in \\mathbb{R}$\n\n$$\nx + x = 3 x\n$$\n"
# What a runner has: it makes an environment for the project, and runs a command of it
PIPX = """#!/bin/sh
wanted="run --spec $GITHUB_ACTION_PATH[precise]"
test "$1 $2 $3" = "$wanted" || { echo "pipx: $*"; exit 9; }
shift 3
PATH="$INSTALLED:$PATH" PYTHONPATH="$PRECISE" exec "$@"
"""


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    """Build what is installed."""
    folder = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "hatchling", "build", "--target", "wheel"]
    subprocess.run([*build, "--directory", folder], cwd=ROOT, check=True)
    (wheel,) = folder.iterdir()
    return wheel


@pytest.fixture(scope="module")
def installed(wheel, tmp_path_factory):
    """Install it in an empty environment; return where its commands are."""
    folder = tmp_path_factory.mktemp("environment")
    empty(folder, "numpy")
    pip = [sys.executable, "-m", "pip", "--python", folder / "bin" / "python"]
    options = ["--quiet", "--no-index", "--no-deps", "--disable-pip-version-check"]
    subprocess.run([*pip, "install", *options, wheel], check=True)
    return folder / "bin"


@pytest.fixture
def pages(tmp_path):
    """Write a page that is right and one that is wrong."""
    (tmp_path / "right.md").write_text(RIGHT)
    (tmp_path / "a, wrong.md").write_text(WRONG)
    return tmp_path


def test_the_checker_is_installed_and_nothing_beside_it(wheel):
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())
        metadata = archive.read(
            min(n for n in names if n.endswith("/METADATA"))
        ).decode()
    (about,) = {name.split("/")[0] for name in names} - {"mathcheck"}
    assert about.endswith(".dist-info")
    modules = {p.relative_to(ROOT).as_posix() for p in ROOT.glob("mathcheck/**/*.py")}
    held = {name for name in names if name.startswith("mathcheck/")}
    assert held == modules | {"mathcheck/py.typed"}  # typed, for those who import it
    assert f"{about}/licenses/LICENSE" in names
    assert "Requires-Dist: mpmath>=1.3; extra == 'precise'" in metadata


def test_it_is_a_command_where_nothing_else_is(installed, pages):
    for module in ("mkdocs", "mpmath", "snippets", "typeset"):
        code, _ = ran(installed / "python", "-c", f"import {module}", cwd=pages)
        assert code == 1, f"not an empty environment: {module}"
    code, said = ran(installed / "mathcheck", "right.md", cwd=pages)
    assert (code, said.count("1 statement holds")) == (0, 1), said
    code, said = ran(installed / "mathcheck", "a, wrong.md", cwd=pages)
    assert code == 1, said
    assert "a, wrong.md:4:1: refuted" in said


def test_it_is_a_hook_before_a_commit(installed, pages):
    (hook,) = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text("utf-8"))
    assert hook["language"] == "python"  # it is installed as it was above
    code, said = ran(installed / hook["entry"], "right.md", "a, wrong.md", cwd=pages)
    assert code == 1
    assert "1 refuted" in said


@pytest.mark.skipif(shutil.which("bash") is None, reason="runners have bash")
def test_it_is_an_action_that_notes_what_is_wrong_beside_its_line(installed, pages):
    action = yaml.safe_load((ROOT / "action.yml").read_text("utf-8"))
    (step,) = action["runs"]["steps"]
    assert step["env"] == {"PATHS": "${{ inputs.paths }}"}
    (pages / "precise").mkdir()
    (pages / "precise" / "mpmath").symlink_to(Path(mpmath.__file__).parent)
    (pages / "bin").mkdir()
    (pages / "bin" / "pipx").write_text(PIPX)
    (pages / "bin" / "pipx").chmod(0o755)
    path = os.pathsep.join([str(pages / "bin"), os.environ["PATH"]])
    given = {
        "PATH": path,
        "GITHUB_ACTION_PATH": "/a b",
        "INSTALLED": str(installed),
        "PRECISE": str(pages / "precise"),
    }
    workflow = yaml.safe_load((ROOT / ".github/workflows/site.yml").read_text("utf-8"))
    (ours,) = [s for s in workflow["jobs"]["checker"]["steps"] if s.get("uses") == "$/"]
    for paths, expected in ((f"right.md {ROOT / ours['with']['paths']}", 0), (".", 1)):
        env = {**os.environ, **given, "PATHS": paths}
        code, said = ran("bash", "-e", "-c", step["run"], cwd=pages, env=env)
        assert code == expected, said
    note = "::error file=a%2C wrong.md,line=4,col=1,title=mathcheck::refuted: "
    assert note in said
