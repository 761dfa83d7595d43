r"""Names of several letters where a product is not meant: RR, \mathbf{dP}, D_{LK}."""

import pytest

from tests.mathcheck.pages import assert_refuted, assert_right, bad, check, said

PREAMBLE = r"""# Test

$P, Q \in \mathbb{R}^{N \times d}$, $i \in \{1, \dots, N\}$, $c \in \{1, \dots, d\}$,
$R, s \in (0, 1)$, $K \ge 2$, $p \in \Delta^{K-1}$.

"""
RIGHT = [
    r"$$RR := s + R, \qquad RR - s = R$$",
    r"$$\mathbf{dP} := 2 P, \qquad dP_{ic} = 2 P_{ic}$$",
    r"$$dP_{ic} := Q_{ic} - P_{ic}$$ $$\mathbf{dP} = Q - P$$",
    r"Let $\mathbf{dQ} \in \mathbb{R}^{N \times d}$. "
    r"$$\mathbf{dQ} - Q = -(Q - \mathbf{dQ})$$",
    r"$$D_{LK} := \sum_k p_k^2, \qquad D_{LK} \le 1$$",
    r"$$d P_{ic} = d \cdot P_{ic}, \qquad R R = R^2$$",
    r"Let $TP, FP \in \mathbb{N}$. $$TPR := \frac{TP}{TP + FP}$$ $$TPR \le 1$$",
    r"Let $OR, NB > 0$. $$OR \cdot NB > 0$$",
]
REFUTED = [
    r"$$RR := s + R, \quad RR = R^2$$",
    r"$$\mathbf{dP} := 2 P, \quad dP_{ic} = d \cdot P_{ic}$$",
    r"Let $TP, FP \in \mathbb{N}$. $$TP + FP = TP$$",
    r"$$dP_{ic} := Q_{ic}, \quad \mathbf{dP} = d P$$",
]


@pytest.mark.parametrize("body", RIGHT)
def test_a_name_of_several_letters_is_read_as_one(tmp_path, body):
    assert_right(tmp_path, body, PREAMBLE)


@pytest.mark.parametrize("body", REFUTED)
def test_a_name_of_several_letters_is_no_product(tmp_path, body):
    assert_refuted(tmp_path, body, PREAMBLE)


def test_bold_letters_that_nothing_defines_are_no_product(tmp_path):
    found = check(tmp_path, r"$$\mathbf{PQ} = P Q$$", PREAMBLE)
    assert [f.status for f in found] == ["undefined"], said(found)


def test_a_name_whose_letters_are_known_is_not_told_from_a_product(tmp_path):
    body = r"$$\mathrm{Rs} := 3, \qquad Rs = 3$$"
    (found,) = bad(check(tmp_path, body, PREAMBLE))
    assert found.status == "refused"
    assert "can be read as a name and as a product" in found.detail
