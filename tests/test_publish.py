"""Releases, their citation, and the same site from the same commit."""

import os
import subprocess
import tomllib

import pytest
import yaml

from publish.release import ReleaseError, release
from publish.twice import SURROUNDINGS, files_of
from tests import sites
from tests.markdown import ROOT
from typeset.changes import NAME, releases
from typeset.citation import work
from typeset.elsewhere import differences

GIT = ("git", "-c", "init.defaultBranch=main")
WHO = {
    f"GIT_{role}_{what}": value
    for role in ("AUTHOR", "COMMITTER")
    for what, value in (
        ("NAME", "n"),
        ("EMAIL", "n@example.org"),
        ("DATE", "2026-11-28T12:00:00+0000"),
    )
}
SETTINGS = (ROOT / "pyproject.toml").read_text("utf-8")
CITATION = (ROOT / "CITATION.cff").read_text("utf-8")
LAST = tomllib.loads(SETTINGS)["project"]["version"]


def git(folder, *arguments):
    """Run git in a folder as nobody in particular; return what it said."""
    done = subprocess.run(
        [*GIT, *arguments],
        cwd=folder,
        env={**os.environ, **WHO},
        check=True,
        stdout=subprocess.PIPE,
        text=True,
    )
    return done.stdout


def committed(folder):
    """Make a clone of a folder, with one commit of all that is in it."""
    for command in (["init", "-q"], ["add", "."], ["commit", "-qm", "First"]):
        git(folder, *command)


@pytest.fixture
def project(tmp_path, monkeypatch):
    """Return a project with this one's settings that has something unreleased."""
    changes = f"# Changelog\n\n## Unreleased\n\n- New.\n\n## {LAST}, 2026-11-28\n"
    for name, text in (
        ("pyproject.toml", SETTINGS),
        ("CITATION.cff", CITATION),
        (NAME, changes),
    ):
        (tmp_path / name).write_text(text, "utf-8")
    committed(tmp_path)
    for name, value in WHO.items():
        monkeypatch.setenv(name, value)
    return tmp_path


def test_a_release_is_written_committed_and_tagged(project):
    release(project, "97.0.0", "2027-01-02")
    settings = tomllib.loads((project / "pyproject.toml").read_text("utf-8"))
    assert settings["project"]["version"] == "97.0.0"
    newest, last = releases((project / NAME).read_text("utf-8"))
    assert (newest.version, newest.day, newest.notes) == (
        "97.0.0",
        "2027-01-02",
        "- New.",
    )
    assert last.version == LAST
    cited = yaml.safe_load((project / "CITATION.cff").read_text("utf-8"))
    assert (cited["version"], str(cited["date-released"])) == ("97.0.0", "2027-01-02")
    assert git(project, "describe", "--exact-match") == "v97.0.0\n"
    assert git(project, "log", "-1", "--format=%s") == "Release 97.0.0\n"
    assert git(project, "status", "--porcelain") == ""
    with pytest.raises(ReleaseError, match="nothing unreleased"):
        release(project, "98.0.0", "2027-01-03")


@pytest.mark.parametrize(
    ("version", "wrong"),
    [
        (LAST, f"{LAST} does not follow {LAST}"),
        ("0.9.9", f"0.9.9 does not follow {LAST}"),
        ("97", "'97' is no version"),
    ],
)
def test_a_version_follows_the_last_one(project, version, wrong):
    with pytest.raises(ReleaseError, match=wrong):
        release(project, version, "2027-01-02")
    assert git(project, "status", "--porcelain") == ""


def test_nothing_is_released_with_what_was_not_committed(project):
    (project / NAME).write_text("# Changelog\n")
    with pytest.raises(ReleaseError, match="differ from the last commit"):
        release(project, "97.0.0", "2027-01-02")


def test_the_citation_of_the_repository_is_that_of_the_pages():
    cited = yaml.safe_load(CITATION)
    about = tomllib.loads(SETTINGS)["project"]
    title = (ROOT / "mkdocs.yml").read_text("utf-8").partition("site_name: ")[2]
    made = work(ROOT, title.splitlines()[0])
    assert cited["title"] == made.title
    assert cited["authors"] == [{"name": made.holder}]
    assert cited["version"] == made.edition.version == about["version"]
    assert cited["license"] == about["license"]
    newest = releases((ROOT / NAME).read_text("utf-8"))[0]
    assert newest.version == cited["version"]
    assert newest.day == str(cited["date-released"])


# Formulas with cards, a break and a reason; a figure of a lab, and what it prints
PAGES = {
    "index": """\
        # Start

        $x, y \\in \\mathbb{R}$

        <!-- math: theorem, break -->
        $$
        \\begin{aligned}
        (x + y)^2 &= x^2 + 2 x y + y^2 \\label{eq:square} \\\\
        x &\\le x + y^2 && \\text{since $y^2 \\ge 0$}
        \\end{aligned}
        $$

        By [the first](#eq-square) it holds.
        """,
    "labs/one": """\
        # %% [markdown]
        # # A lab
        # $x \\in \\mathbb{R}$

        # %%
        import matplotlib.pyplot as plt

        from typeset.figure import BLUE, figure, style

        style()
        drawn, axes = plt.subplots()
        axes.plot([0, 1], [1, 0], color=BLUE)
        axes.set_xlabel("to the right")
        alt = "A line falls from the upper left corner to the lower right one."
        figure(drawn, name="line", alt=alt, caption="It falls.")

        # %%
        print({"a", "b", "c"} == {"c", "b", "a"}, object)
        """,
}
# The time, as a process has it that starts years later
LATER = """
import datetime
class Later(datetime.datetime):
    @classmethod
    def now(cls, tz=None):
        return super().now(tz) + datetime.timedelta(days=1000)
datetime.datetime = Later
"""


def test_a_site_is_the_same_wherever_and_whenever_it_is_built(tmp_path):
    built = []
    for number, surroundings in enumerate(SURROUNDINGS):
        folder = tmp_path / ("build" * (number + 1)) / "project"
        folder.mkdir(parents=True)
        sites.lay_out(folder, PAGES)
        with (folder / "mkdocs.yml").open("a") as settings:
            settings.write("site_url: https://example.org/\n")
        committed(folder)
        time = tmp_path / f"time-{number}"
        time.mkdir()
        (time / "sitecustomize.py").write_text(LATER * number)
        config = str(folder / "mkdocs.yml")
        place = {"PYTHONPATH": f"{time}{os.pathsep}{ROOT}"}
        said = sites.mkdocs("build", "--strict", "-f", config, **surroundings, **place)
        assert said.returncode == 0, said.stdout
        built.append(folder / "site")
    names = files_of(built[0])
    assert {"index.html", "labs/one/index.html", "sitemap.xml.gz"} <= names.keys()
    assert b"<lastmod>2026-11-28" in names["sitemap.xml"]
    assert list(differences(names, files_of(built[1]))) == []


def test_a_difference_is_named_with_its_place(tmp_path):
    one, other = tmp_path / "one", tmp_path / "other"
    for folder, extra in ((one, "a.html"), (other, "b.html")):
        folder.mkdir()
        (folder / extra).touch()
        (folder / "same.html").write_text("same")
        (folder / "page.html").write_text(f"<p>{folder.name}</p>")
    (one / "short.html").write_text("ab")
    (other / "short.html").write_text("abc")
    assert list(differences(files_of(one), files_of(other))) == [
        "a.html: only in the first",
        "b.html: only in the second",
        "page.html: byte 4: b'<p>one</p>' and b'<p>other</p>'",
        "short.html: byte 2: b'ab' and b'abc'",
    ]
