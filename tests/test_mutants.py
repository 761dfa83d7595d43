"""The snippets' own tests notice planted faults: of all modules in `make mutants`."""

import json
import subprocess
import sys
import tomllib

import pytest

from drift import snippets
from drift.mutants import mutants
from drift.snippets import judged, modules, own_tests, source

QUICK = ("softmax", "binary")  # modules whose tests take the least time
EACH = 2

MODULE = '''
def share(part, whole):
    """Return a part of a whole."""
    return part / whole
'''
GOOD = """
from module import share

def test_share():
    assert share(1, 4) == 0.25
"""


@pytest.fixture(scope="module")
def found():
    return dict(judged(QUICK, EACH))


@pytest.mark.parametrize("module", QUICK)
def test_own_tests_notice_a_sample_of_planted_faults(found, module):
    assert found[module].mutants == EACH
    assert not found[module].survivors


def test_every_module_has_tests_of_its_own_and_faults_to_plant():
    for module in modules():
        assert all(test.exists() for test in own_tests(module)), module
        assert next(mutants(source(module)), None), module


def test_what_is_reviewed_is_of_a_module_and_has_a_reason():
    known = tomllib.loads(snippets.REVIEWED.read_text("utf-8"))
    assert known.keys() <= {*modules()}
    assert all(len(why.split()) > 2 for one in known.values() for why in one.values())


def test_the_recorded_run_left_nothing_open_in_any_module_with_tests_of_its_own():
    recorded = json.loads(snippets.RESULT.read_text("utf-8"))
    recorded.pop("day", None)  # on which all modules were judged
    new = sorted({*modules()} - {snippets.SHARED, *recorded})
    assert not new, f"no run yet of {new}: {again(*new)}"
    gone = sorted({*recorded} - {*modules()})
    assert not gone, f"no module is called {gone}: take it out of drift/snippets.json"
    for name, run in recorded.items():
        assert not run["survivors"], (
            f"{len(run['survivors'])} faults in {name} pass: have its tests notice "
            f"them, or review them in drift/snippets.toml; {again(name)}"
        )
        assert not run["stale"], (
            f"faults in {name} are noticed: take them out of drift/snippets.toml; "
            f"{again(name)}"
        )
        assert run["mutants"] == run["killed"] + len(run["equivalent"])


def again(*names):
    """Say how to plant the faults of modules, some twenty seconds each."""
    return f"run .venv/bin/python -m drift.snippets {' '.join(names)}"


def judge_small(folder, test):
    """Judge a small module with tests of its own, in another process."""
    (folder / "module.py").write_text(MODULE, "utf-8")
    (folder / "test_module.py").write_text(test, "utf-8")
    script = (
        "import json, sys; from pathlib import Path; sys.path.insert(0, sys.argv[1]);"
        "from drift.mutants import mutants; from drift.trial import survivors;"
        "here = Path(sys.argv[1]);"
        "planted = list(mutants(here / 'module.py'));"
        "passed = survivors('module', [here / 'test_module.py'], planted);"
        "(here / 'passed.json').write_text(json.dumps([len(planted), passed]))"
    )
    subprocess.run(
        [sys.executable, "-c", script, str(folder)], check=True, cwd=snippets.ROOT
    )
    return json.loads((folder / "passed.json").read_text("utf-8"))


def test_a_fault_that_a_test_notices_does_not_survive(tmp_path):
    assert judge_small(tmp_path, GOOD) == [1, []]


def test_a_fault_that_no_test_notices_survives(tmp_path):
    weak = GOOD.replace("share(1, 4) == 0.25", "share(0, 1) == 0")
    survivor = "share: return part / whole → return part * whole"
    assert judge_small(tmp_path, weak) == [1, [survivor]]
