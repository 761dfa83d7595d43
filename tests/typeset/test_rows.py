r"""Rows of a derivation that a wide window joins."""

import re

import pytest

from typeset.rows import joined


def aligned(*rows: str) -> str:
    return "\\begin{aligned}\n" + " \\\\\n".join(rows) + "\n\\end{aligned}"


def rows_of(tex: str) -> list[str]:
    body = re.sub(r"\\(begin|end)\{aligned\}", "", tex)
    return [" ".join(row.split()) for row in body.split("\\\\")]


def wide(*rows: str) -> list[str]:
    return rows_of(joined(aligned(*rows), lambda _: True))


def test_a_left_side_that_stands_alone_takes_its_right_side():
    assert wide(r"& \ell(z, y)", "&= a", "&= b") == [r"\ell(z, y) &= a", "&= b"]
    assert wide(r"& A(x)", r"&\le a") == [r"A(x) &\le a"]
    assert wide(r"\nabla &(x)", "&= a") == [r"\nabla &(x) = a"]  # aligned elsewhere


def test_rows_that_are_statements_or_steps_stay():
    steps = aligned("a &= b", "&= c", "&= d")
    assert joined(steps, lambda _: True) == steps
    statements = aligned("x &:= a", "-y &= b", r"\le c")
    assert joined(statements, lambda _: True) == statements
    minus = aligned("&x = a", "&-y = b")
    assert joined(minus, lambda _: True) == minus


@pytest.mark.parametrize("sign", ["+", "-", r"\cdot"])
def test_a_term_that_goes_on_stands_behind_its_sum(sign):
    assert wide("a &= b", rf"&\quad {sign} c", "&= d") == [f"a &= b {sign} c", "&= d"]


def test_a_term_without_depth_goes_on_if_it_can_be_no_statement():
    assert wide("S := &-a", "&- b") == ["S := &-a - b"]
    assert wide("&-a", r"&+ b \ge 0") == [r"&-a + b \ge 0"]


def test_a_right_side_of_its_own_row_and_a_condition_go_on():
    assert wide(r"& S :=", "& a") == ["& S := a"]
    assert wide("&S = a", r"&\qquad \text{if } K = 2", "&T = b") == [
        r"&S = a \qquad \text{if } K = 2",
        "&T = b",
    ]


def test_whole_rows_keep_the_edge_at_which_they_stand():
    assert wide("&A = b", "&C", "&= d") == ["&A = b", "&C = d"]


def test_relations_in_brackets_and_in_scripts_are_not_those_of_the_row():
    assert wide(r"& \sum_{k=1}^{K} \left( P(a = b) \right)", "&= c") == [
        r"\sum_{k=1}^{K} \left( P(a = b) \right) &= c"
    ]


def test_the_rows_of_a_matrix_are_none_of_the_derivation():
    matrix = r"\begin{pmatrix} 1 \\ 2 \end{pmatrix}"
    tex = joined(aligned(f"& {matrix}", f"&= {matrix}"), lambda _: True)
    assert tex.count(r"\\") == 2
    assert f"{matrix} &= {matrix}" in tex


def test_a_reason_goes_along_and_two_reasons_keep_two_rows():
    reason = r"&& \text{since $x = 1$}"
    assert wide("& a", f"&= b {reason}") == [f"a &= b {reason}"]
    assert wide(f"a &= b {reason}", r"&\quad + c") == [f"a &= b + c {reason}"]
    both = aligned(f"& a {reason}", f"&= b {reason}")
    assert joined(both, lambda _: True) == both


def test_rows_that_are_set_apart_stay_apart():
    apart = aligned("& a").replace("\n\\end", " \\\\[1ex]\n&= b\n\\end")
    assert joined(apart, lambda _: True) == apart


def test_only_what_fits_is_joined_and_terms_find_their_sum_first():
    def fits(tex):
        return max(map(len, rows_of(tex))) <= 12

    tex = joined(aligned("& aaaaa", "&= bb", r"&\quad + cc", "&= d"), fits)
    assert rows_of(tex) == ["& aaaaa", "&= bb + cc", "&= d"]


def test_what_is_no_derivation_or_does_not_fit_stays_as_it_is():
    gathered = r"\begin{gathered} a \\ = b \end{gathered}"
    assert joined(gathered, lambda _: True) == gathered
    long = aligned("& a", "&= b") + "\n\\label{eq:x}\n"
    assert joined(long, lambda _: False) == long
    assert joined(long, lambda _: True).endswith("\\end{aligned}\n\\label{eq:x}\n")
