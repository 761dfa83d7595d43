r"""What authors of other notes write: three full stops, and words below a brace."""

import pytest

from tests.mathcheck.pages import assert_refuted, assert_right, check


@pytest.mark.parametrize(
    "formula",
    [
        r"z_1 + ... + z_K = \sum_{k=1}^K z_k",
        r"z_1 + z_2 + ... + z_K = \sum_k z_k",
        r"\prod_k z_k = z_1 z_2 ... z_K",
        r"x = \underbrace{x + t}_\text{two of them} - \overbrace{t}^\text{one of them}",
    ],
)
def test_usual_spelling_is_read(tmp_path, formula):
    assert_right(tmp_path, f"$${formula}$$")
    assert_refuted(tmp_path, f"$${formula} + 1$$")


def test_index_may_run_to_its_end_over_full_stops(tmp_path):
    assert_right(tmp_path, r"With $l = 1,2,...,K$: $\sum_{l=1}^K z_l = \sum_k z_k$.")


@pytest.mark.parametrize(
    ("displays", "statuses"),
    [
        (["x + x = 2 x", "= 3 x - x", "= 4 x - 2 x"], "holds holds holds"),
        (["x + x = 2 x", "= 3 x", "= 3 x"], "holds refuted holds"),
        (["x + x = 2 x", "> 2 x - 1"], "holds holds"),
        (["= 2 x"], "refused"),
        (["x + x = 2 x, t = t", "= 2 x"], "holds holds refused"),
        (["x + x", "= 2 x"], "holds refused"),
    ],
)
def test_display_goes_on_with_the_one_before_it(tmp_path, displays, statuses):
    found = check(tmp_path, "\n\nand so\n\n".join(f"$${f}$$" for f in displays))
    assert [finding.status for finding in found] == statuses.split()


@pytest.mark.parametrize("between", ["$t$", "# Heading"])
def test_nothing_goes_on_over_a_formula_or_a_heading(tmp_path, between):
    found = check(tmp_path, f"$$x + x = 2 x$$\n\n{between}\n\n$$= 2 x$$")
    assert found[-1].status == "refused"


def test_what_goes_on_is_reported_where_it_is(tmp_path):
    first, second = check(tmp_path, "$$x + x = 2 x$$\n\n$$= 3 x$$")
    assert (second.line, second.column) == (first.line + 2, 3)


def test_what_goes_on_is_changed_together_with_the_side_that_it_goes_on_with(tmp_path):
    square = "$$x x = x^2$$\n\n<!-- math: break -->\n$$\n= x^2 + 2 t - 2 t\n$$"
    assert {finding.status for finding in check(tmp_path, square)} == {"holds"}
