"""The workflows are valid, may do no more than they need, and say what they should."""

import re
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from tests.commands import ran
from tests.markdown import ROOT

WORKFLOWS = sorted((ROOT / ".github" / "workflows").glob("*.yml"))
BESIDE = Path(sys.executable).parent  # where the tools are
VALID = {
    "github-workflows": WORKFLOWS,
    "github-actions": [ROOT / "action.yml"],
    "dependabot": [ROOT / ".github" / "dependabot.yml"],
    "citation-file-format": [ROOT / "CITATION.cff"],
}
# What a step uses: of another repository by a commit, whose version a comment names
PINNED = re.compile(r"[\w.-]+/[\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+")


def read(path):
    """Return a workflow, whose `on` YAML takes for a yes."""
    return yaml.safe_load(path.read_text("utf-8"))


def step_of(workflow, name):
    """Return the step of a workflow that has a name."""
    steps = [s for job in read(workflow)["jobs"].values() for s in job["steps"]]
    (step,) = [step for step in steps if step.get("name") == name]
    return step


@pytest.mark.parametrize("schema", VALID)
def test_they_are_valid(schema):
    check = [BESIDE / "check-jsonschema", "--builtin-schema", f"vendor.{schema}"]
    code, wrong = ran(*check, *VALID[schema])
    assert code == 0, wrong


def test_zizmor_finds_nothing_that_others_could_abuse():
    options = ["--offline", "--no-progress", "--quiet", "--no-config"]
    code, wrong = ran(
        BESIDE / "zizmor", *options, ROOT / ".github", ROOT / "action.yml"
    )
    assert code == 0, wrong


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.stem)
def test_a_job_may_do_what_it_asks_for_and_runs_pinned_actions(path):
    assert read(path)["permissions"] == {}
    for name, job in read(path)["jobs"].items():
        assert job["permissions"], name
        assert job["timeout-minutes"] <= 60, name
    for used in re.findall(r"uses: (.*)", path.read_text("utf-8")):
        assert used.startswith("$/ ") or PINNED.fullmatch(used), used


def test_the_site_that_is_tested_is_the_one_that_is_published():
    jobs = read(ROOT / ".github/workflows/site.yml")["jobs"]
    runs = [step.get("run", "") for job in jobs.values() for step in job["steps"]]
    assert runs.count("make build") == 1
    (test,) = [s for s in jobs["test"]["steps"] if s.get("run") == "make test"]
    (upload,) = [s for s in jobs["test"]["steps"] if "upload" in s.get("uses", "")]
    assert test["env"]["BUILT_SITE"] == upload["with"]["path"] == "site"
    assert jobs["publish"]["needs"] == "test"
    *_, newest = jobs["test"]["strategy"]["matrix"]["python"]
    assert upload["if"] == f"matrix.python == '{newest}'"


def test_the_weekly_run_says_what_is_newer(tmp_path):
    step = step_of(ROOT / ".github/workflows/weekly.yml", "What is newer")
    git = ["git", "-c", "user.name=n", "-c", "user.email=n@example.org"]
    lock, summary = tmp_path / "requirements.txt", tmp_path / "summary"
    lock.write_text("numpy==2.0 \\\n    --hash=sha256:00\nscipy==1.0\n")
    for command in (["init", "-q"], ["add", "."], ["commit", "-qm", "First"]):
        subprocess.run([*git, *command], cwd=tmp_path, check=True)

    def summed():
        summary.unlink(missing_ok=True)
        env = {"GITHUB_STEP_SUMMARY": str(summary), "PATH": "/usr/bin:/bin"}
        code, wrong = ran("bash", "-e", "-c", step["run"], cwd=tmp_path, env=env)
        assert code == 0, wrong
        return summary.read_text().splitlines()

    assert summed() == ["```diff", "nothing", "```"]
    lock.write_text("numpy==2.1 \\\n    --hash=sha256:01\nscipy==1.0\n")
    newer = ["-numpy==2.0 \\", "+numpy==2.1 \\"]
    assert summed() == ["```diff", *newer, "```"]


def test_how_much_is_noticed_is_in_the_summary():
    run = step_of(ROOT / ".github/workflows/site.yml", "How much is noticed")["run"]
    command, summary = run.split(" >> ")
    assert summary == '"$GITHUB_STEP_SUMMARY"'
    _, *arguments = command.split()
    code, table = ran(sys.executable, *arguments, cwd=ROOT)
    assert code == 0, table
    assert table.startswith("| What was changed | Planted |")
    assert "| **Formulas**" in table
