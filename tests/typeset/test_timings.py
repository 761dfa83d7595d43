"""Tables of times have the numbers of the run that is kept, and say what they say."""

import json
import shutil

import pytest

from tests.markdown import ROOT
from typeset.measurements import MeasurementError, day_of
from typeset.timings import BASE, LOSS, TABLES, WAYS, with_tables

RUN = json.loads((ROOT / LOSS).read_text("utf-8"))


def table(name, project=ROOT):
    head, _, *lines = with_tables(f"<!-- bench: {name} -->", project).splitlines()
    names, *rows = (
        [cell.strip() for cell in line.strip("| ").split("|")]
        for line in (head, *lines)
    )
    return [dict(zip(names, row, strict=True)) for row in rows]


def test_each_batch_has_its_row_of_times_over_those_of_pytorch():
    rows = table("loss")
    assert len(rows) == len(RUN["batches"]) == 8
    for row, batch in zip(rows, RUN["batches"], strict=True):
        assert row["Type"] == batch["dtype"]
        assert float(row["Deviation"]) == batch["deviation"]
        for way, name in WAYS.items():
            ratio = batch["ms"][way] / batch["ms"][BASE]
            assert float(row[name]) == pytest.approx(ratio, abs=0.0051)


def test_tiles_are_as_fast_as_the_page_says():
    for row in table("loss"):
        ours = float(row["In tiles"])
        assert ours < 1
        if row["Deviation"] == "3":
            assert ours < min(float(row[name]) for name in ("Textbook", "SciPy"))
            assert ours < 1.1 * float(row["Optax"])  # compiled, and about as fast
    large = {r["Type"]: r for r in table("loss") if r["Deviation"] == "30"}
    assert float(large["float32"]["In tiles"]) > float(large["float32"]["Textbook"])
    assert float(large["float64"]["In tiles"]) < float(large["float64"]["Textbook"])


def test_tiles_need_little_more_than_the_gradient():
    rows = table("loss memory")
    assert len(rows) == 6
    for row, batch in zip(rows, RUN["batches"], strict=False):
        for way, most in batch["peak over logits"].items():
            assert float(row[WAYS[way]]) == pytest.approx(most, abs=0.0051)
        assert float(row["In tiles"]) < (1.05 if batch["classes"] > 10 else 1.7)
        assert float(row["Plain"]) >= 3


def test_blocks_of_a_layer_take_less_time_and_a_tenth_of_the_memory():
    layer = RUN["layer"]
    for name, measure, most in (("time", "ms", 1), ("memory", "peak bytes", 0.1)):
        ratio = layer[measure]["in blocks"] / layer[measure]["at once"]
        said = float(with_tables(f"<!-- bench: layer {name} -->", ROOT))
        assert said == pytest.approx(ratio, abs=0.0051)
        assert said < most


def test_the_run_is_told_by_its_machine_its_day_and_its_versions():
    said = with_tables("(<!-- bench: loss machine -->)", ROOT)
    assert said.startswith(f"({RUN['machine']['processor']}, ")
    assert day_of(RUN) in said
    assert f"PyTorch {RUN['versions']['torch']}" in said


def test_a_record_that_is_missing_or_lacks_a_number_is_a_fault(tmp_path):
    with pytest.raises(MeasurementError, match="no table “nothing”"):
        with_tables("<!-- bench: nothing -->", ROOT)
    with pytest.raises(MeasurementError, match=r"there is no bench/loss\.json"):
        with_tables("<!-- bench: loss -->", tmp_path)
    assert with_tables("nothing is asked", tmp_path) == "nothing is asked"
    for name, (record, _) in TABLES.items():
        kept, asked = tmp_path / record, f"<!-- bench: {name} -->"
        kept.parent.mkdir(exist_ok=True)
        shutil.copy(ROOT / record, kept)
        assert with_tables(asked, tmp_path) == with_tables(asked, ROOT)
        for spoiled in ("", "[]", "{}", '{"batches": [{}], "layer": 1}'):
            kept.write_text(spoiled, "utf-8")
            with pytest.raises(MeasurementError, match=rf"{record} is not as it was"):
                with_tables(asked, tmp_path)
