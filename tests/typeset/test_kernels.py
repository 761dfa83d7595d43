"""The tables of a page have the numbers of the run on a GPU that is kept."""

import json
import re

import pytest

from tests.markdown import ROOT
from typeset.kernels import RECORD, with_tables
from typeset.measurements import MeasurementError, day_of

RUN = json.loads((ROOT / RECORD).read_text("utf-8"))


def table(name):
    lines = with_tables(f"<!-- gpu: {name} -->", ROOT).splitlines()[2:]
    return [[cell.strip() for cell in line.strip("| ").split("|")] for line in lines]


def test_every_way_to_the_loss_of_a_layer_has_its_row():
    rows = table("linear layer")
    assert len(rows) == 8
    for way, memory, _, others, _ in rows:
        for state, error in zip(("fresh", "trained"), others.split(" / "), strict=True):
            seen = RUN["parts"]["fused"]["answers"][f"{state}: {way}"]["seen"]
            exact = seen["the same, classes that are never the truth"]
            assert float(error) == pytest.approx(exact, abs=5.1e-4)
            assert int(re.sub(r"\D", "", memory)) == seen["peak MB above the inputs"]


def test_the_filter_loses_what_the_page_says():
    errors = {way: others for way, _, _, others, _ in table("linear layer")}
    assert min(map(float, errors["cut-cross-entropy"].split(" / "))) > 0.5
    assert max(float(e) for way, both in errors.items() for e in both.split(" / ")
               if way != "cut-cross-entropy") < 0.05  # fmt: skip
    changes = {way: float(change) for way, _, _, change in table("training")}
    descent = (
        "plain descent, rate 40: cut-cross-entropy",
        "plain descent, rate 40: exact",
    )
    adam = "Adam, rate 0.001: cut-cross-entropy", "Adam, rate 0.001: exact"
    assert 1 / 8 < changes[descent[0]] / changes[descent[1]] < 1 / 5
    assert 0.6 < changes[adam[0]] / changes[adam[1]] < 0.7


def test_the_gradient_is_gone_from_65_520_rows_on_in_float16_alone():
    for name, rows, _, slope in table("rows"):
        gone = name == "float16" and int(re.sub(r"\D", "", rows)) >= 65_520
        assert float(slope) == pytest.approx(0 if gone else 1, abs=0.01)


def test_autocast_rounds_and_a_cast_by_hand_does_not():
    rows = {way: (kind, float(error)) for way, kind, error, _ in table("autocast")}
    assert rows["autocast"][0] == "float32"
    assert 1e-4 < rows["autocast"][1] < 1e-3
    others = [way for way in rows if way.startswith("autocast, ")]
    assert len(others) == 3
    assert all(rows[way][1] < 1e-6 for way in others)


def test_eight_bits_move_the_second_or_third_decimal_of_the_loss():
    errors = {
        name: [float(number.replace("−", "-")) for number in both]
        for name, *both in table("fp8")
    }
    eight = [
        both[1] for name, both in errors.items() if "e4m3" in name or "e5m2" in name
    ]
    assert len(eight) == 3
    assert all(0.001 < abs(error) < 0.05 for error in eight)
    assert abs(errors["bfloat16"][1]) < 1e-3


def test_the_run_is_told_by_its_card_its_day_and_its_versions():
    said = with_tables("on <!-- gpu: card -->.", ROOT)
    assert said.startswith("on NVIDIA H100")
    assert day_of(RUN) in said
    assert "cut-cross-entropy 25.1.1" in said


def test_what_is_not_kept_is_a_fault(tmp_path):
    with pytest.raises(MeasurementError, match="no table “nothing”"):
        with_tables("<!-- gpu: nothing -->", ROOT)
    with pytest.raises(MeasurementError, match=r"h100\.json"):
        with_tables("<!-- gpu: card -->", tmp_path)
    assert with_tables("nothing is asked", tmp_path) == "nothing is asked"
