"""The measurements: the same page is compared, and a missed goal is told."""

import json
import sys
from dataclasses import replace
from urllib.request import Request, urlopen

import pytest

from bench import builds
from bench.cost import BIN, Cost, run
from bench.growth import sites
from bench.site.audit import CATEGORIES, Audit
from bench.site.loads import DESKTOP, PAGE, PHONE, Load
from bench.site.record import keep, record
from bench.site.table import FLOOR, OURS, USUAL, rows, table
from bench.site.variants import InBrowser, build_site, configured
from bench.site.wire import serving


def formulas(site):
    """Return how many formulas the measured page of a site has, and its text."""
    html = (site / PAGE / "index.html").read_text("utf-8")
    return html.count(' class="arithmatex'), html


def test_the_page_compared_with_has_the_same_formulas_as_tex(site, tmp_path):
    only = "labs/\n*.md\n!gradient.md\n!glossary.md"  # one page, to be quick
    changed = {"exclude_docs": only, "plugins": ["search"], "strict": False}
    build_site(configured(tmp_path, **changed), InBrowser())
    (ours, drawn), (usual, left) = formulas(site), formulas(tmp_path)
    assert ours == usual > 120
    drawn = drawn.partition('<template id="equations"')[0]  # of other pages
    assert drawn.count("<mjx-container") == left.count(r"\(") + left.count(r"\[")
    assert "<mjx-container" not in left


def test_the_server_compresses_text_and_counts_what_it_sends(tmp_path):
    (tmp_path / "index.html").write_text("0" * 10_000)
    with serving(tmp_path) as wire:
        with urlopen(Request(wire.address)) as answer:
            assert answer.headers["Content-Encoding"] == "gzip"
            assert wire.sent == {"": len(answer.read())}
        assert sum(wire.sent.values()) < 100


ONE = dict.fromkeys(("done", "blocked", "bytes", "scripts", "unsearched"), 1)
LOAD = Load(**ONE, shift=0, next_done=1, formulas=1, run=0.4, run_again=0.04)
TEN = replace(LOAD, done=10, bytes=10, scripts=10, next_done=10, blocked=20)
BEST = Audit(dict.fromkeys(CATEGORIES, 100), [])


def verdicts(ours=LOAD, audit=BEST):
    """Return what the table says of each goal, where the usual way takes ten of all."""
    devices = (DESKTOP.name, PHONE.name)
    by_variant = {OURS: ours, USUAL: TEN, FLOOR: LOAD}
    loads = {(v, d): [load] for v, load in by_variant.items() for d in devices}
    found = rows(loads, {OURS: [audit], USUAL: [BEST]})
    assert len(table(found).splitlines()) == len(found) + 1
    return [row.met for row in found if row.met is not None]


def test_all_goals_are_met_by_a_page_ten_times_as_light():
    assert all(verdicts())


@pytest.mark.parametrize(
    ("worse", "missed"),
    [
        ({"done": 1.5}, 1),  # 6.7 times: enough on the phone, not at full speed
        ({"done": 1.8}, 2),
        ({"next_done": 1.8}, 1),
        ({"next_done": 2.1}, 2),
        ({"blocked": 1.5}, 1),
        ({"shift": 0.011}, 2),
        ({"bytes": 1.7}, 1),
        ({"scripts": 1.3}, 1),
        ({"run": 0.6}, 1),  # enough on the phone
        ({"run": 2.6}, 2),
        ({"run_again": 0.3}, 2),
        ({"run": None}, 2),
    ],
)
def test_a_missed_goal_is_told(worse, missed):
    assert verdicts(ours=replace(LOAD, **worse)).count(False) == missed


@pytest.mark.parametrize("category", CATEGORIES)
def test_a_missed_score_is_told(category):
    assert verdicts(audit=Audit({**BEST.scores, category: 94}, [])).count(False) == 1


def test_a_run_is_kept_with_its_medians(tmp_path):
    loads = {
        (variant, device): [replace(load, done=load.done * by) for by in (3, 1, 2)]
        for variant, load in {OURS: LOAD, USUAL: TEN, FLOOR: LOAD}.items()
        for device in (DESKTOP.name, PHONE.name)
    }
    keep(record(loads, {OURS: [BEST], USUAL: [BEST]}, "1.2"), tmp_path / "site.json")
    run = json.loads((tmp_path / "site.json").read_text("utf-8"))
    [first] = [
        one
        for one in run["medians"]
        if (one["what"], one["device"]) == ("all formulas", PHONE.name)
    ]
    assert (first[OURS], first[USUAL], run["loads"]) == (2, 20, 3)
    assert run["browser"] == "1.2"


def test_a_build_is_told_as_a_ratio_to_the_first_one():
    costs = {"cold": [Cost(8, 8), Cost(2, 4), Cost(4, 4)], "kept": [Cost(1, 0.5)]}
    told = builds.report(costs, "cold")
    assert told["cold"]["ratio"] == {"wall": 1, "cpu": 1}
    assert told["kept"]["ratio"] == {"wall": 0.25, "cpu": 0.125}
    assert told["cold"]["seconds"] == {"wall": 4, "cpu": 4}


def test_the_processors_of_all_processes_count(tmp_path):
    busy = "import time\nwhile time.process_time() < 0.3: pass"
    program = (
        f"import subprocess, sys; subprocess.run([sys.executable, '-c', {busy!r}])"
    )
    assert run([sys.executable, "-c", program], tmp_path).cpu > 0.3
    with pytest.raises(SystemExit, match="no such thing"):
        run([sys.executable, "-c", "raise SystemExit('no such thing')"], tmp_path)


def test_a_copy_has_what_a_build_needs(tmp_path):
    builds.copy(tmp_path)
    for name in ("mkdocs.yml", "docs/index.md", "engine/node_modules/installed"):
        assert (tmp_path / name).is_file()
    assert (tmp_path / ".venv").resolve() == BIN.parent.resolve()
    assert not (tmp_path / ".cache").exists()


def test_sites_that_grow_repeat_no_formula():
    for pages in sites().values():
        lines = [line for page in pages for line in page.splitlines() if "= x" in line]
        assert len(lines) == len(set(lines))
