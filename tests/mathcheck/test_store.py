"""What is kept between runs: whole or not at all, and only while it is right."""

import os
import sys
from threading import Thread

import numpy as np
import pytest

from mathcheck.command import store
from mathcheck.command.store import Store, write_whole


@pytest.fixture
def kept(tmp_path):
    return Store(tmp_path / "project" / ".cache" / "kept", 4)


def test_what_is_kept_comes_back(kept):
    key = kept.key("page", "content", b"code")
    assert kept.read(key) is None
    assert key not in kept
    kept.write(key, b"one\ntwo")
    assert kept.read(key) == b"one\ntwo"
    assert key in kept


@pytest.mark.parametrize(
    "change", [lambda b: b"", lambda b: b[:-1], lambda b: b + b"x", lambda b: b"x" + b]
)
def test_damaged_file_counts_as_absent_and_is_replaced(kept, change):
    kept.write("key", b"content")
    file = kept.path("key")
    file.write_bytes(change(file.read_bytes()))
    assert kept.read("key") is None
    kept.write("key", b"content")
    assert kept.read("key") == b"content"


def test_key_depends_on_each_part_and_on_where_it_ends(kept):
    keys = {kept.key("a", *parts) for parts in (("b", "c"), ("bc",), ("bc", ""), ())}
    assert len({*keys, kept.key("b", "b", "c")}) == 5


@pytest.mark.parametrize(("module", "name"), [(np, "__version__"), (sys, "version")])
def test_key_depends_on_the_versions_of_python_and_numpy(
    kept, monkeypatch, module, name
):
    before = Store(kept.folder, 4).key("page")
    monkeypatch.setattr(module, name, "99")
    assert kept.key("page") != before


def test_key_depends_on_the_pins_of_the_project(kept):
    before = kept.key("page")
    (kept.folder.parents[1]).mkdir()
    (kept.folder.parents[1] / "requirements.txt").write_text("numpy==99\n")
    assert Store(kept.folder, 4).key("page") != before


def test_contents_that_were_not_used_longest_are_dropped(kept):
    for age, key in enumerate("abcd"):
        kept.write(key, key.encode())
        os.utime(kept.path(key), (1000 + age, 1000 + age))
    kept.read("a")  # it is in use again
    kept.write("e", b"e")
    assert [key for key in "abcde" if key in kept] == ["a", "c", "d", "e"]


def test_pruning_leaves_other_files_alone(kept):
    kept.folder.mkdir(parents=True)
    others = [kept.folder / f"{n}.json" for n in range(9)]
    for other in others:
        other.touch()
    kept.write("key", b"content")
    assert all(other.is_file() for other in others)


def test_folder_that_cannot_be_written_is_no_error(tmp_path):
    (tmp_path / "file").touch()
    kept = Store(tmp_path / "file" / "folder", 4)
    kept.write("key", b"content")
    assert kept.read("key") is None


def test_many_may_write_the_same_content_at_once(kept):
    content = b"x" * 10_000
    threads = [Thread(target=kept.write, args=("key", content)) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [path.name for path in kept.folder.iterdir()] == ["key.kept"]
    assert kept.read("key") == content


def test_file_that_cannot_be_replaced_is_left_as_it_was(tmp_path, monkeypatch):
    file = tmp_path / "page.md"
    file.write_text("before")

    def full(*_):
        raise OSError("no space")

    monkeypatch.setattr(store.shutil, "copymode", full)
    with pytest.raises(OSError, match="no space"):
        write_whole(file, b"after")
    assert [(path.name, path.read_text()) for path in tmp_path.iterdir()] == [
        ("page.md", "before")
    ]
