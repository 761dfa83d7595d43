r"""What authors of other notes write: three full stops, and words below a brace."""

import pytest

from tests.mathcheck.pages import assert_refuted, assert_right


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
