r"""Accents over expressions: \overline{x^2} is a name of its own, and no \bar x^2."""

import pytest

from tests.mathcheck.pages import assert_refuted, assert_right, check, said

PREAMBLE = r"""# Test

$x, y \in \mathbb{R}^n$, $\bar x := \frac1n \sum_{i=1}^n x_i$, $t \in \mathbb{R}$,
$\bar y := \frac1n \sum_{i=1}^n y_i$, $\hat t \in \mathbb{R}$.

"""
SQUARES = r"$$\overline{x^2} := \frac1n \sum_{i=1}^n x_i^2$$ "
PRODUCTS = r"$$\overline{x y} := \frac1n \sum_{i=1}^n x_i y_i$$ "
RIGHT = [
    SQUARES + r"$$\overline{x^2} \ge \bar x^2$$",
    SQUARES + r"$$\overline{x^{2}} = \frac1n \lVert x \rVert^2$$",
    SQUARES + r"$$\frac1n \sum_{i=1}^n (x_i - \bar x)^2 = \overline{x^2} - \bar x^2$$",
    PRODUCTS + r"$$\frac1n \sum_{i=1}^n (x_i - \bar x) (y_i - \bar y) "
    r"= \overline{xy} - \bar x \bar y$$",
    r"Let $\widehat{t^2} > 0$. $$\sqrt{\widehat{t^2}}^2 = \widehat{t^2}$$",
    r"Let $\hat y \in \mathbb{R}^n$. $$\hat{y_1} = \hat{y}_1$$",
]
REFUTED = [
    SQUARES + r"$$\overline{x^2} = \bar x^2$$",
    PRODUCTS + r"$$\overline{x y} = \bar x \bar y$$",
    SQUARES + r"$$\overline{x^2}^2 = \bar x^2$$",
]
UNDEFINED = [
    r"$$\overline{x^2} = \bar x^2$$",
    r"$$\widehat{t^2} = \hat t^2$$",
    r"$$\hat{t^2} = \hat t^2$$",
    r"$$\widehat{t x} = \hat t x$$",
    r"$$\overline{x + y} = \bar x + \bar y$$",
]


@pytest.mark.parametrize("body", RIGHT)
def test_an_accent_over_an_expression_makes_a_name(tmp_path, body):
    assert_right(tmp_path, body, PREAMBLE)


@pytest.mark.parametrize("body", REFUTED)
def test_that_name_is_not_the_accented_letter_with_a_power(tmp_path, body):
    assert_refuted(tmp_path, body, PREAMBLE)


@pytest.mark.parametrize("body", UNDEFINED)
def test_an_accent_over_an_expression_has_to_be_defined(tmp_path, body):
    found = check(tmp_path, body, PREAMBLE)
    assert [f.status for f in found] == ["undefined"], said(found)
