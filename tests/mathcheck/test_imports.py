"""Which modules of the project a script needs."""

import pytest

from mathcheck.source.imports import modules
from tests.markdown import ROOT


@pytest.fixture
def project(tmp_path):
    (tmp_path / "ours" / "deep").mkdir(parents=True)
    (tmp_path / "ours" / "__init__.py").touch()
    (tmp_path / "ours" / "deep" / "__init__.py").touch()
    (tmp_path / "ours" / "first.py").write_text("import numpy\n")
    (tmp_path / "ours" / "second.py").write_text("from ours.deep import third\n")
    (tmp_path / "ours" / "deep" / "third.py").write_text("from ours import first\n")
    (tmp_path / "ours" / "idle.py").touch()
    (tmp_path / "script.py").write_text("import os\nimport ours.second\n")
    return tmp_path


def test_each_module_comes_after_those_it_needs_and_no_idle_one_comes(project):
    found = modules(project / "script.py", project)
    assert [path.relative_to(project).as_posix() for path in found] == [
        "ours/__init__.py",
        "ours/deep/__init__.py",
        "ours/first.py",
        "ours/deep/third.py",
        "ours/second.py",
    ]


def test_modules_that_import_each_other_come_once(project):
    (project / "ours" / "first.py").write_text("from ours import second\n")
    found = modules(project / "script.py", project)
    assert len(found) == len(set(found)) == 5


def test_a_lab_needs_the_snippets_it_imports_and_those_that_they_import():
    found = modules(ROOT / "docs" / "labs" / "digits.py", ROOT)
    names = {path.relative_to(ROOT).as_posix() for path in found}
    assert {"snippets/curvature.py", "snippets/_checks.py", "typeset/figure.py"} < names
    assert "snippets/scale.py" not in names
