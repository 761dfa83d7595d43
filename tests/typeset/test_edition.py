"""The edition: version, day and commit."""

import subprocess

from typeset.edition import Edition, edition


def test_a_clone_has_the_day_and_the_commit(tmp_path):
    (tmp_path / "pyproject.toml").write_text('[project]\nversion = "2.1"\n')
    git = ["git", "-c", "user.name=n", "-c", "user.email=n@example.org"]
    for command in (["init", "-q"], ["add", "."], ["commit", "-qm", "First"]):
        subprocess.run([*git, *command], cwd=tmp_path, check=True)
    found = edition(tmp_path)
    assert found.version == "2.1"
    assert str(found) == f"Version 2.1, {found.day}, commit {found.commit}"
    assert len(found.day) == 10


def test_without_a_clone_it_is_the_version():
    assert str(Edition("2.1")) == "Version 2.1"
