"""Lists beside a relation: it is of each of their members, or they are refused."""

from pathlib import Path

import pytest

from tests.mathcheck.pages import bad, by_formula, check, held, said

RIGHT = [
    r"a^2, b^2 > 0",
    r"H(q), 0 \le \log K",
    r"p_1, p_k \le 1",
    r"\log a, \log b < 0 < 1",
    r"\max(a, b), 1 \ge a",
    r"0 < a, b",
    r"a, b = a, b",
    r"a(1 - a), b(1 - b) \in (0, 1)",
    r"e^x, \quad a < 1",
    r"x + t = 0 \quad \text{if } x, t = 0",
    r"x t > 0 \quad \text{when } x, t > 0",
]

WRONG = [
    r"x + 1, x \le x",
    r"0, 2 \ge \sum_k p_k",
    r"a, b = b",
    r"H(q), 1 \le \log K",
    r"a, b = b, a",
    r"\max(a, b), \min(a, b) \ge a",
    r"1 / x, a + 1 \in (1, 2)",
    r"\tfrac12, p_k \le 1 - p_k",
    r"x + t = 1 \quad \text{if } x, t = 0",
]


def test_a_relation_after_a_list_is_of_each_of_its_members(tmp_path: Path) -> None:
    for formula, found in zip(RIGHT, by_formula(tmp_path, RIGHT), strict=True):
        claims = [f for f in found if f.kind != "mention"]
        assert held(claims), (formula, said(found))
        assert not bad(found), (formula, said(found))
    for formula, found in zip(WRONG, by_formula(tmp_path, WRONG), strict=True):
        assert any(f.status == "refuted" for f in found), (formula, said(found))


@pytest.mark.parametrize("formula", [r"\log s, s > 0", r"0 \le a, x"])
def test_a_list_that_may_only_be_mentioned_is_refused(
    tmp_path: Path, formula: str
) -> None:
    (found,) = bad(check(tmp_path, f"${formula}$"))
    assert found.status == "refused"
    assert "also of the others in the list" in found.detail


def test_claims_with_a_comma_between_stay_apart(tmp_path: Path) -> None:
    found = check(tmp_path, r"$a = a, b \le 1, x^2 \ge 0$")
    assert held(found), said(found)
    assert len(found) == 3
