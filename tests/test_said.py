"""No number in the words of figures and labs is written by hand."""

import pytest

from tests.markdown import DOCS, ROOT
from tests.said import by_hand

SOURCES = sorted([*ROOT.glob("figures/*.py"), *DOCS.glob("labs/*.py")])


@pytest.mark.parametrize(
    "source", SOURCES, ids=lambda path: path.relative_to(ROOT).as_posix()
)
def test_a_number_in_words_is_not_written_by_hand(source):
    assert not by_hand(source), f"{source.relative_to(ROOT)}: let the code compute it"


def test_a_number_that_was_written_by_hand_is_found(tmp_path):
    figure = tmp_path / "one.py"
    words = (
        'f"At {x:.2f}, 1 250 of p₂, -3 or {y}; 4." + f"{5} {8.5:.1f}" '
        '+ ",".join(f"{a}, 7" for a in z[9])'
    )
    drawn = f'figure(draw(3, 1_250.0), alt={words}, caption="{{:.1f}} of 13".format(6))'
    figure.write_text(f"def f():\n    return {drawn}\n")
    assert sorted(by_hand(figure)) == ["1 250", "13", "3", "4", "5", "7", "8.5"]


def test_the_prose_of_a_lab_may_carry_sources(tmp_path):
    lab = tmp_path / "lab.py"
    prose = (
        "# %% [markdown]\n# We take 20 of 800 and 6<!-- = 2 * 3 -->, `8`, $9$ or\n"
        "# [this](10.md).\n"
    )
    lab.write_text(f"{prose}\n# %%\nx = 20\n", "utf-8")
    assert by_hand(lab) == ["20", "800"]
