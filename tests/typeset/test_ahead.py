"""What is made ahead of its turn is there in its turn, or is made then."""

from pathlib import Path

import pytest

from typeset.ahead import WORTHWHILE, Ahead, Job


@pytest.fixture
def ahead():
    working = Ahead()
    yield working
    working.end()


def jobs(folder):
    """Return as many jobs as are worthwhile, each of which makes a folder."""
    return [Job(f"{n}", Path.mkdir, (folder / f"{n}",)) for n in range(WORTHWHILE)]


def test_what_was_begun_is_there_after_waiting_for_it(ahead, tmp_path):
    ahead.begin(jobs(tmp_path), tmp_path)
    for number in reversed(range(WORTHWHILE)):
        ahead.wait(f"{number}")
        assert (tmp_path / f"{number}").is_dir()


def test_who_has_no_patience_may_make_what_is_not_begun(ahead, tmp_path):
    ahead.begin(jobs(tmp_path), tmp_path)
    for number in reversed(range(WORTHWHILE)):
        folder = tmp_path / f"{number}"
        ahead.wait(f"{number}", patient=False)
        if not folder.exists():
            folder.mkdir()  # nobody else makes it now, which would fail here
    assert len(list(tmp_path.iterdir())) == WORTHWHILE


def test_a_failure_is_left_to_the_page_and_an_unknown_key_is_not_waited_for(
    ahead, tmp_path
):
    folder = tmp_path / "missing"
    ahead.begin(jobs(folder), tmp_path)
    for number in range(WORTHWHILE + 1):
        ahead.wait(f"{number}")
    assert not folder.exists()


def test_for_a_few_things_no_process_is_started(ahead, tmp_path):
    ahead.begin(jobs(tmp_path)[1:], tmp_path)
    assert ahead.pool is None
    ahead.wait("1")
