r"""Limits and integrals to their digits, and constants to sixty."""

import pytest

from tests.mathcheck.pages import check, held, said

PREAMBLE = r"""# Test

$K \in \mathbb{N}$, $z \in \mathbb{R}^K$, $x, t \in \mathbb{R}$,
$a, b, s \in \mathbb{R}_{>0}$, $f(x) := \log(1+e^x)$,
$u := 2^{-53}$, $\epsilon := 2^{-52}$.

"""
RIGHT = [
    r"\lim_{s\downarrow 0} \sqrt s = 0",
    r"\int_{\mathbb{R}} e^{-t^2} dt = \sqrt\pi",
    r"\int_{[0, 1]} t^2 dt = \frac13",
    r"\lim_{s\to 0} \sqrt s = 0",
    r"\lim_{t\to 0} \frac{f(x+t)-f(x)}{t} = \frac{1}{1+e^{-x}}",
    r"\lim_{s\to 0} s \log s = 0",
    r"\lim_{s\to \infty} (1+\frac{x}{s})^s = e^x",
    r"\lim_{s\to 0} s \log\sum_{k=1}^K e^{z_k/s} = \max_{k=1}^K z_k",
    r"\lim_{t\to 0} \frac{\sin t}{t} = 1",
    r"\lim_{t\to 0} \frac{e^t - 1 - t}{t^2} = \frac12",
    r"\lim_{s\to\infty} \frac{\log s}{s} = 0",
    r"\frac{d}{dx} \lim_{t\to 0} \frac{f(x+t)-f(x)}{t} = \frac{e^{-x}}{(1+e^{-x})^2}",
    r"\int_{-\infty}^\infty e^{-|x|/b} dx = 2 b",
    r"\int_{-\infty}^\infty e^{-x^2} dx = \sqrt\pi",
    r"\int_0^1 \log\frac1x dx = 1",
    r"\int_{-\infty}^\infty \frac{e^{-(x-t)^2/(2b^2)}}{b\sqrt{2\pi}}x^2dx = t^2 + b^2",
    r"\lim_{t\to\infty} \tanh t = 1",
    r"1 + u > 1",
    r"\frac{1}{1+\epsilon} > 1 - \epsilon",
    r"e^{-40} + 1 > 1",
    r"0.1 + 0.2 = 0.3",
    r"\sqrt{2} \sqrt{2} = 2",
    r"\log(6) = \log 2 + \log 3",
    r"(1+\epsilon)^2 = 1 + 2\epsilon + \epsilon^2",
    r"(\log 2)^2 \approx 0.4805",
    r"\log_2 8 = 3",
    r"-\log 0.5 = \log 2 \approx 0.6931",
]
WRONG = [
    r"\lim_{s\downarrow 0} \sqrt s = 1",
    r"\int_{\mathbb{R}} e^{-t^2} dt = \pi",
    r"\int_{[0, 1]} t^2 dt = \frac12",
    r"\lim_{s\to 0} \sqrt s = 0.002",
    r"\lim_{s\to 0} \sqrt s = 0.00002",
    r"\lim_{s\to 0} (x+s) = x + 0.00001",
    r"\lim_{t\to 0} \frac{e^t - 1 - t}{t^2} = 0.4999",
    r"\int_{-\infty}^\infty e^{-x^2} dx = 1.7724539",
    r"\int_0^1 \log\frac1x dx = 1.00000001",
    r"\int_{-\infty}^\infty e^{-|x|/b} dx = b",
    r"1 + u = 1",
    r"(1+\epsilon)^2 = 1 + 2 \epsilon",
    r"\frac{1}{1+\epsilon} = 1 - \epsilon",
    r"e^{-40} + 1 = 1",
    r"\sqrt{2} = 1.41421356237309504",
    r"\log 2 < 0.5",
]


@pytest.mark.parametrize("formula", RIGHT)
def test_right_formula_holds(tmp_path, formula):
    found = check(tmp_path, f"$${formula}$$", PREAMBLE)
    assert held(found), said(found)


@pytest.mark.parametrize("formula", WRONG)
def test_formula_that_is_wrong_in_a_late_digit_is_refuted(tmp_path, formula):
    (found,) = check(tmp_path, f"$${formula}$$", PREAMBLE)
    assert found.status == "refuted", said([found])


@pytest.mark.parametrize("value", ["0", "0.05"])
def test_limit_that_is_approached_too_slowly_to_tell_is_refused(tmp_path, value):
    formula = rf"$$\lim_{{s \to \infty}} \frac{{1}}{{\log \log s}} = {value}$$"
    (found,) = check(tmp_path, formula, PREAMBLE)
    assert (found.status, "does not settle" in found.detail) == ("refused", True)
