"""What the words of figures and labs say in numbers is in the code beside them."""

import pytest

from tests.markdown import DOCS, ROOT
from tests.said import unfounded

SOURCES = sorted([*ROOT.glob("figures/*.py"), *DOCS.glob("labs/*.py")])


@pytest.mark.parametrize(
    "source", SOURCES, ids=lambda path: path.relative_to(ROOT).as_posix()
)
def test_a_number_in_words_is_one_of_the_code_beside_them(source):
    assert not unfounded(source), f"{source.relative_to(ROOT)}: from no run, no code"


def test_a_number_that_was_written_by_hand_is_found(tmp_path):
    figure = tmp_path / "one.py"
    words = 'f"At {x:.2f}, 1 250, -3 or {y}; 4.5" + ",".join(f"{a}, 7" for a in z)'
    drawn = f'figure(draw(3, 1_250.0, figsize=(7, 13)), alt={words}, caption="of 13")'
    figure.write_text(f"def f():\n    return {drawn}\n\ndef g():\n    return 4.5\n")
    assert unfounded(figure) == ["4.5", "7", "13"]


def test_the_prose_of_a_lab_may_carry_sources(tmp_path):
    lab = tmp_path / "lab.py"
    prose = (
        "# %% [markdown]\n# We take 20 of 800 and 6<!-- = 2 * 3 -->, 8<!-- = 8 -->.\n"
    )
    lab.write_text(f"{prose}\n# %%\nx = 20\n", "utf-8")
    assert unfounded(lab) == ["800"]
