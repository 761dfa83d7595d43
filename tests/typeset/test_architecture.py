"""The structure of the code is the one that docs/architecture.md tells of."""

import re
from graphlib import CycleError

import pytest

from figures import architecture
from tests.markdown import DOCS, ROOT
from typeset.architecture import Architecture, floors

# The folders of the checker: none imports from one that comes after it
LAYERS = ["source", "read", "evaluate", "trial", "page", "command"]


@pytest.fixture(scope="module")
def found():
    return Architecture(ROOT)


@pytest.fixture
def project(tmp_path):
    """Make a project of two rooms: ours, and ours.deep."""
    (tmp_path / "pyproject.toml").write_text('[tool.mypy]\nfiles = ["ours"]\n')
    (tmp_path / "ours" / "deep").mkdir(parents=True)
    (tmp_path / "ours" / "__init__.py").touch()
    (tmp_path / "ours" / "deep" / "__init__.py").touch()
    (tmp_path / "ours" / "first.py").write_text("from ours import deep, second\n")
    (tmp_path / "ours" / "second.py").write_text("def f():\n    import ours.deep.a\n")
    (tmp_path / "ours" / "deep" / "a.py").write_text("from ours.deep.b import x\n")
    (tmp_path / "ours" / "deep" / "b.py").write_text("import numpy\n\nx = 1\n")
    return tmp_path


def test_an_import_is_that_of_a_module_wherever_it_stands(project):
    assert Architecture(project).imports == {
        "ours": set(),
        "ours.first": {"ours.deep", "ours.second"},
        "ours.second": {"ours.deep.a"},
        "ours.deep": set(),
        "ours.deep.a": {"ours.deep.b"},
        "ours.deep.b": set(),
    }


def test_rooms_stand_above_those_that_they_import(project):
    small = Architecture(project)
    assert small.arrows == {("ours", "ours.deep"): 2}
    assert list(small.rooms.items()) == [("ours", 3), ("ours.deep", 3)]
    assert floors("abc", [("a", "b"), ("b", "c"), ("a", "c")]) == {
        "c": 0,
        "b": 1,
        "a": 2,
    }
    (project / "ours" / "deep" / "b.py").write_text("import ours.first\n")
    with pytest.raises(CycleError):
        assert Architecture(project).rooms


def test_no_arrow_leads_up(found):
    order = list(found.rooms)
    assert [a for a in found.arrows if order.index(a[0]) > order.index(a[1])] == []


def test_the_layers_of_the_checker_are_those_that_are_told(found):
    rooms = [f"mathcheck.{layer}" for layer in LAYERS]
    assert {room for room in found.rooms if room.startswith("mathcheck.")} == set(rooms)
    up = [
        (here, there)
        for here, there in found.arrows
        if here in rooms and there in rooms and rooms.index(here) < rooms.index(there)
    ]
    assert up == []
    leaving = {there for here, there in found.arrows if here.startswith("mathcheck")}
    assert leaving <= set(rooms), "the checker is a library of its own"


def test_nothing_imports_the_tests(found):
    importing = [
        module
        for module, others in found.imports.items()
        if not module.startswith("tests.")
        and any(other.partition(".")[0] == "tests" for other in others)
    ]
    assert importing == []


def test_no_test_imports_a_test(found):
    importing = [
        (module, other)
        for module, others in found.imports.items()
        for other in others
        if other.rpartition(".")[2].startswith("test_")
    ]
    assert importing == []


def test_no_files_import_one_another_in_a_circle(found):
    arrows = [
        (here, there) for here, others in found.imports.items() for there in others
    ]
    floors(found.imports, arrows)  # CycleError names the circle


def test_the_page_names_every_room_and_only_what_is_there(found):
    page = (DOCS / "architecture.md").read_text("utf-8")
    named = set(re.findall(r"`([\w/]+(?:\.\w+)?)`", page))
    assert {room.replace(".", "/") for room in found.rooms} - named == {"mathcheck"}
    assert [name for name in named if not (ROOT / name).exists()] == []


def test_the_figure_is_drawn_anew_when_any_code_changes(found):
    folders = {module.partition(".")[0] for module in found.files}
    assert set(architecture.READS) == folders
