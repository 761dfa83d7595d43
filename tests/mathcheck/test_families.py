r"""Members of a family are drawn one by one, in whatever order they are declared."""

import pytest

from tests.mathcheck.pages import check, said

ALIKE = r"\sum_n c_n = N \max_n c_n"  # true if all members are one value
SENTENCES = [
    r"Let $c_n \in \{1, \dots, K\}$ for $n \in \{1, \dots, N\}$.",
    r"Let $n \in \{1, \dots, N\}$ and $c_n \in \{1, \dots, K\}$.",
    r"Let $c_n \in \mathbb{N}$ for $n \in \{1, \dots, N\}$.",
    r"Let $c_n \in \{1, \dots, 9\}$, where $n \in \{1, \dots, N\}$.",
    r"Let $c_n \in \mathbb{R}$ for $n \in \{1, \dots, N\}$.",
    r"$$c_n \in \{1, \dots, K\}, \quad n \in \{1, \dots, N\}$$",
]


@pytest.mark.parametrize("sentence", SENTENCES)
def test_members_of_a_family_differ(tmp_path, sentence):
    found = check(tmp_path, f"# A\n\n{sentence}\n\n$${ALIKE}$$", preamble="")
    assert found[-1].status == "refuted", said(found)


def test_index_from_a_set_of_few_counts_members(tmp_path):
    body = r"""# A

Let $x_i \in \mathbb{R}$ for $i \in \{1, 2, 3\}$.

$$\sum_i x_i = x_1 + x_2 + x_3$$

$$x_1 = x_2$$
"""
    *_, right, wrong = check(tmp_path, body, preamble="")
    assert (right.status, wrong.status) == ("holds", "refuted")


WITHOUT_INDEX = {
    r"Let $y_i \in \mathbb{R}$ and $n \in \mathbb{N}$."
    "\n\n"
    r"$$\sum_{i=1}^n y_i = n y_i$$": "declare i before y_i",
    r"Let $c_m \in \{1, \dots, K\}$."
    "\n\n"
    r"Let $m \in \{1, \dots, M\}$.": "declare m before c_m",
}


@pytest.mark.parametrize(("body", "repair"), WITHOUT_INDEX.items())
def test_letter_below_one_value_is_no_index(tmp_path, body, repair):
    found = check(tmp_path, f"# A\n\n{body}", preamble="")
    assert found[-1].status == "refused", said(found)
    assert repair in found[-1].detail


def test_letter_below_a_size_may_count(tmp_path):
    body = r"# A" "\n\n" r"Let $c \in \{1, \dots, N_c\}$."
    assert [f.status for f in check(tmp_path, body, preamble="")] == ["holds"]
