"""What the engine makes is kept until something changes that it is made of."""

import pytest

from typeset.running import kept


@pytest.fixture
def project(tmp_path):
    for name in ("engine/python/list.py", "engine/node_modules/x.js", "snippets/a.py"):
        (tmp_path / name).parent.mkdir(parents=True)
        (tmp_path / name).touch()
    (tmp_path / "engine" / "build.mjs").touch()
    return tmp_path


def made(project, given="", made=b"made"):
    """Return what is kept, or `made` if it had to be made."""
    return kept(project, "x", [project / "snippets" / "a.py"], given, lambda: made)


def test_what_is_kept_is_not_made_again(project):
    assert made(project) == b"made"
    (project / "engine" / "node_modules" / "x.js").write_text("1")
    assert made(project, made=b"again") == b"made"
    assert made(project, "given", made=b"again") == b"again"


@pytest.mark.parametrize(
    "name", ["engine/python/list.py", "engine/build.mjs", "snippets/a.py"]
)
def test_it_is_made_again_if_a_file_of_it_changes(project, name):
    assert made(project) == b"made"
    (project / name).write_text("1")
    assert made(project, made=b"again") == b"again"


def test_it_is_made_again_if_a_file_is_called_otherwise(project):
    assert made(project) == b"made"
    (project / "engine" / "build.mjs").rename(project / "engine" / "other.mjs")
    assert made(project, made=b"again") == b"again"
