r"""Verdicts that rest on no rounding, limits far out, values that do not exist."""

import numpy as np
import pytest

from mathcheck.evaluate import real
from mathcheck.page import element
from tests.mathcheck.pages import bad, check, held, said

HOLDS = [
    r"1 - \operatorname{sigmoid}(x) > 0",
    r"\log(1 + e^x) > x",
    r"1 - \tanh(x) > 0",
    r"\operatorname{sigmoid}(x) < 1",
    r"e^x + e^{-x} > e^x",
    r"\sqrt{x^2 + 1} > x",
    r"\log \prod_{k=1}^{K} e^{-1000 - z_k^2} = -1000 K - \sum_k z_k^2",
    r"\log \prod_{k=1}^{K} 10^{-200} = -200 K \log 10",
    r"\log(e^{900 + x}) = 900 + x",
    r"\frac{e^{800 + x}}{e^{800}} = e^x",
    r"(x + 10^{20}) - 10^{20} = x",
    r"(1 + 10^{-20} x) - 1 = 10^{-20} x",
    r"10^{-20} + x \ge x",
    r"\frac{1}{K} \sum_{k=1}^{K} 0.1 = 0.1",
    r"\sum_k q_k = 1",
    r"\det(S) = \det(S^\top)",
    r"\det(2 S) = 2^K \det(S)",
    r"\operatorname{tr}(S + 10^{-20} I) = \operatorname{tr}(S) + 10^{-20} K",
    r"0.5 = \frac12",
    r"0.1 + 0.2 = 0.3",
    r"0.1 x + 0.2 x = 0.3 x",
    r"\pi \approx 3.14159265358979323846",
    r"\operatorname{softmax}((0, 1))_1 \approx 0.2689414213699951207488",
    r"\log 2 \approx 0.69314718055994530941723212",
    r"H(q) \ge 0",
    r"\operatorname{KL}(q \,\|\, y) \ge 0",
    r"\operatorname{KL}(q \,\|\, y) \le \infty",
    r"\mathbb{E}_{k \sim q}[-\log q_k] = H(q)",
    r"\frac{\partial}{\partial x} \lvert x \rvert = \operatorname{sign}(x)",
    r"S^{-1} S = I \qquad \text{if } \det S \ne 0",
]
REFUTED = [
    r"x + 10^{-20} = x",
    r"x + 10^{-13} = x",
    r"\lVert z \rVert + 10^{-13} = \lVert z \rVert",
    r"\log(1 + e^x) = x \qquad \text{if } x = 40",
    r"\operatorname{sigmoid}(x) = 1 \qquad \text{if } x = 60",
    r"\tanh(40 + s) = 1",
    r"e^{-50} + x = x",
    r"x + 10^{-20} \le x",
    r"x (1 + 10^{-15}) = x",
    r"\sum_k q_k = 1 + 10^{-18}",
    r"\det(S) = \det(S) + 10^{-14}",
    r"\frac{\mathrm{d}}{\mathrm{d} x} (x^2) = 2 x + 10^{-16}",
    r"f(x) + 10^{-19} = f(x)",
    r"\log 2 = 0.693",
    r"\pi = 3.141592653589793",
    r"0.1 x + 0.2 x = 0.30000000000000004 x",
    r"\pi \approx 3.14159265358979323847",
    r"\log 2 \approx 0.69314718055994530941723112",
    r"\operatorname{softmax}((0, 1))_1 \approx 0.2689414213699951207489",
    r"\operatorname{KL}(q \,\|\, y) = 1",
    r"-\log q_k \le 100",
    r"\log(x^2) \ge -50",
    r"\frac{1}{x} = \infty",
]
NO_VALUE = [  # on the whole of the declared set
    r"\frac{q_k \log q_k}{\log q_k} = q_k",
    r"\frac{x^2}{x} = x",
    r"\frac{x t}{t} = x",
    r"\frac{q_k^2}{q_k} = q_k",
    r"1 / (1 / x) = x",
    r"e^{\log x} = x",
    r"\sqrt{x}^2 = x",
    r"e^{\log q_k} / q_k = 1",
    r"\mathbf{1}[\log x > 0] = \mathbf{1}[x > 1]",
    r"\max(\log x, 0) \ge 0",
    r"\max(\sqrt{x}, -1) \ge -1",
    r"\mathbf{1}[\sqrt{x} \ge 0] \le 1",
    r"\min(\frac{1}{x}, 5) \le 5",
    r"x^{-1} x = 1",
]
LIMITS = [
    r"\lim_{s \to \infty} \frac{s}{s + 10^{11}} = 1",
    r"\lim_{s \to \infty} \frac{s^2 + 10^{20} s}{s^2} = 1",
    r"\lim_{s \to \infty} \frac{\sin s}{s} = 0",
    r"\lim_{s \to \infty} \frac{1}{\log s} = 0",
    r"\lim_{s \to \infty} \frac{\log s + 3}{2 \log s + 1} = \frac12",
    r"\lim_{s \to \infty} (1 + 1/s)^s = e",
    r"\lim_{s \to \infty} s (\sqrt{s^2 + 1} - s) = \frac12",
    r"\lim_{s \to \infty} s = \infty",
    r"\lim_{x \to 0^+} \frac{x}{\lvert x \rvert} = 1",
    r"\lim_{x \to 0} e^{-1/x^2} = 0",
    r"\lim_{x \to 0} \frac{1}{1 + 10^{12} x} = 1",
]
NO_LIMITS = {
    r"\lim_{s \to \infty} \frac{s}{s + 10^{11}} = 0": "refuted",
    r"\lim_{s \to \infty} e^{-s / 10^{15}} = 1": "refuted",
    r"\lim_{x \to 0} \frac{1}{1 + 10^{12} x} = 0": "refuted",
    r"\lim_{s \to \infty} \frac{1}{\log s} = 0.0001": "refuted",
    r"\lim_{s \to \infty} 10^{-9} \log \log s = 0": "refused",
    r"\lim_{s \to \infty} 10^{-30} \log \log s = 0": "refused",
    r"\lim_{s \to \infty} \sin s = 0": "refused",
    r"\lim_{s \to \infty} \sin(\pi s) = 0": "refused",
    r"\lim_{x \to 0} \sin(1 / x) = 0": "refused",
    r"\lim_{x \to 0} \frac{x}{\lvert x \rvert} = 1": "refused",
    r"\lim_{s \to \infty} (1 + s^{-6})^{s^6} = 1": "refuted",
}
INTEGRALS = [
    r"\int_{-\infty}^{\infty} e^{-10^8 (x - 0.3)^2} \,\mathrm{d}x"
    r" = \frac{\sqrt{\pi}}{10^4}",
    r"\int_{-\infty}^{\infty} e^{-x^2/2} \log(e^{-x^2/2}) \,\mathrm{d}x"
    r" = -\sqrt{\pi/2}",
    r"\int_0^1 e^{-10^8 (x - 0.3)^2} \,\mathrm{d}x \approx 0.000177245",
    r"\int_{-\infty}^{\infty} \frac{1}{1 + x^2} \,\mathrm{d}x = \pi",
    r"\int_0^1 \frac{1}{\sqrt{x}} \,\mathrm{d}x = 2",
]
NO_INTEGRALS = [
    r"\int_0^1 e^{-10^8 (x - 0.3)^2} \,\mathrm{d}x = 0",
    r"\int_{-\infty}^{\infty} e^{-10^6 (x + 2)^2} \,\mathrm{d}x = 0",
]


@pytest.mark.parametrize("formula", [*HOLDS, *LIMITS, *INTEGRALS])
def test_right_formula_holds_though_floats_do_not_show_it(tmp_path, formula):
    found = check(tmp_path, f"$${formula}$$")
    assert held(found), said(found)


@pytest.mark.parametrize("formula", [*REFUTED, *NO_INTEGRALS])
def test_false_formula_is_refuted_though_floats_do_not_show_it(tmp_path, formula):
    found = check(tmp_path, f"$${formula}$$")
    assert {finding.status for finding in bad(found)} == {"refuted"}, said(found)


@pytest.mark.parametrize("formula", NO_VALUE)
def test_value_that_does_not_exist_on_the_declared_set_is_a_fault(tmp_path, formula):
    found = check(tmp_path, f"$${formula}$$")
    (detail,) = [finding.detail for finding in bad(found)]
    assert "not defined" in detail or "not a finite number" in detail


@pytest.mark.parametrize(("formula", "status"), NO_LIMITS.items())
def test_wrong_limit_does_not_pass(tmp_path, formula, status):
    found = check(tmp_path, f"$${formula}$$")
    assert {finding.status for finding in bad(found)} == {status}, said(found)


def test_formula_without_a_value_can_be_shown_as_refuted(tmp_path):
    body = "<!-- math: refuted -->\n$$\n\\frac{1}{0} = 1\n$$\n"
    (found,) = check(tmp_path, body)
    assert found.status == "refuted-on-purpose", said([found])
    assert "left inf, right 1" in found.detail


def test_rounded_number_after_an_equals_sign_is_refuted_with_the_repair(tmp_path):
    (found,) = check(tmp_path, r"$$\log 2 = 0.6931$$")
    assert r"a rounded number is written with \approx" in found.detail


WITHOUT_MPMATH = [
    r"\log(1 + e^x) = x \qquad \text{if } x = 40",
    r"\log 2 \approx 0.69314718055994530941723212",
    r"\lim_{x \to 0} \frac{e^x - 1}{x} = 1",
    r"\frac{x^2}{x} = x",
]


@pytest.mark.parametrize("formula", WITHOUT_MPMATH)
def test_numpy_alone_refuses_what_it_cannot_decide(tmp_path, monkeypatch, formula):
    monkeypatch.setattr(real, "AVAILABLE", False)
    monkeypatch.setattr(element, "MEMORY", {})
    found = check(tmp_path, f"$${formula}$$")
    assert "refused" in {finding.status for finding in found}, said(found)


def test_many_digits_agree_with_those_of_floats():
    values = np.random.default_rng(3).normal(size=(5, 1))
    with real.digits(50):
        lifted = real.lifted(values)
        for function in (np.exp, np.sin, np.cos, np.tanh, np.arctan):
            found = function(lifted).astype(float)
            assert np.allclose(found, function(values), rtol=1e-14)
        assert not real.isfinite(np.log(real.lifted(-np.abs(values)))).any()


def test_numbers_far_apart_are_not_added_to_all_their_digits():
    """As integers the two would fill the memory."""
    far = real.Real(real.libmp.from_man_exp(1, 10**12))
    assert real.added(far.raw, real.libmp.fone) == far
