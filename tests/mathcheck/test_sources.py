r"""The two texts that started the site, formula by formula.

The formulas are theirs, in their LaTeX; the preamble declares the symbols that the
texts use. Each wrong or ill-formed step has to fail, each right one has to hold.
"""

import pytest

from tests.mathcheck.pages import assert_right, bad, check, said

# The post writes k for the number of classes and (i) for the example.
POST = r"""# Deriving Cross Entropy Gradient

$k, m \in \mathbb{N}$, $i \in \{1, \dots, m\}$, $j, \ell, n \in \{1, \dots, k\}$,
$z^{(i)} \in \mathbb{R}^k$, $y^{(i)} \in \Delta^{k-1}$,
$\hat{y}^{(i)} := \operatorname{softmax}(z^{(i)})$ and
$\text{CE}(y, \hat{y}) := -\sum_{n=1}^{k} y_n \log \hat{y}_n$.

## With hard labels

The label is $y^{(i)} := e_\ell$.

"""
LOSS = r"\frac{\partial \text{CE}(y^{(i)}, \hat{y}^{(i)})}{\partial z^{(i)}_j}"
CASE_2 = r"\nabla_{z^{(i)}_j}"
SUM = r"\Sigma^k_{n=1} e^{z^{(i)}_n}"
IF = r" \qquad \text{if } j = \ell"

WRONG_IN_THE_POST = {
    "19: k is its own limit": (
        r"\nabla_{z^{(i)}} \text{CE}(y^{(i)}, \hat{y}^{(i)}) = \nabla_{z^{(i)}} \left( "
        r"- \Sigma^k_{k=1} \left( y^{(i)}_k \log(\text{softmax}(z^{(i)}_k)) "
        r"\right) \right)"
    ),
    "19: softmax of one logit": (
        r"\text{CE}(y^{(i)}, \hat{y}^{(i)}) = - \Sigma^k_{n=1} \left( y^{(i)}_n "
        r"\log(\text{softmax}(z^{(i)}_n)) \right)"
    ),
    "49: j is free and bound": LOSS
    + r" = \nabla_{z^{(i)}_j} \left( - \Sigma^k_{\substack{j=1 \\ j \neq \ell}} \left[ "
    r"y^{(i)}_j \log(\text{softmax}(z^{(i)}_j)) \right] \right)",
    "50: divides by a vector": (
        r"- \Sigma^k_{\substack{j=1 \\ j \neq \ell}} \left[ \frac{y^{(i)}_j}"
        r"{\text{softmax}(z^{(i)})} \cdot \text{softmax'}(z^{(i)}) \right] = 0"
    ),
    "51: Case 1": LOSS + r" = 0 \qquad \text{if } j \neq \ell",
    "47-51: Case 1 as it stands": (
        r"\begin{align*} " + LOSS + r" &= \nabla_{z^{(i)}_j} \left( - \Sigma^k_{"
        r"\substack{j=1 \\ j \neq \ell}} \left[ y^{(i)}_j \log(\text{softmax}("
        r"z^{(i)}_j)) \right] \right) \\ &= 0 \end{align*}"
    ),
    "64: logarithm of a vector": LOSS
    + r" = \nabla_{z^{(i)}_j} \left( -y^{(i)}_j \log(\text{softmax}(z^{(i)})) \right)"
    + IF,
    "65: logarithm of a vector": LOSS
    + r" = \nabla_{z^{(i)}_j} \left( - \log(\text{softmax}(z^{(i)})) \right)"
    + IF,
    "72: a number is a vector": LOSS + r" = -1 + \text{softmax}(z^{(i)})" + IF,
    "73: a number is a vector": LOSS + r" = -y^{(i)}_j + \hat{y}^{(i)}" + IF,
    "74: a number is a vector": LOSS + r" = \hat{y}^{(i)} - y^{(i)}_j" + IF,
    "83: the recombination": LOSS + r" = \hat{y}^{(i)} - y^{(i)} + 0",
    "84: the recombination": LOSS + r" = \hat{y}^{(i)} - y^{(i)}",
}
RIGHT_IN_THE_POST = {
    "26: the result": (
        r"\begin{align*} \nabla_{z^{(i)}} \text{CE}(y^{(i)}, \hat{y}^{(i)}) &= "
        r"\text{softmax}(z^{(i)}) - y^{(i)} \\ &= \hat{y}^{(i)} - y^{(i)} \end{align*}"
    ),
    "66-71: Case 2 in its logarithmic form": (
        r"\begin{align*} " + LOSS + r" &= " + CASE_2 + r" \left( - \log \left( "
        r"\frac{e^{z^{(i)}_j}}{" + SUM + r"} \right) \right) \\ &= " + CASE_2
        + r" \left( - \left[ \log \left( e^{z^{(i)}_j} \right) - \log \left( " + SUM
        + r" \right) \right] \right) \\ &= " + CASE_2
        + r" \left( - z^{(i)}_j + \log \left( " + SUM + r" \right) \right) \\ "
        r"&= -1 + \frac{1}{" + SUM + r"} \cdot " + CASE_2 + r" \left[ " + SUM
        + r" \right] \\ &= -1 + \frac{1}{" + SUM + r"} \cdot e^{z^{(i)}_j} \\ "
        r"&= -1 + \frac{e^{z^{(i)}_j}}{" + SUM + r"} " + IF + r" \end{align*}"
    ),
    "the repair": LOSS + r" = \hat{y}^{(i)}_j - y^{(i)}_j",
    "the right Case 1": LOSS + r" = \hat{y}^{(i)}_j \qquad \text{if } j \ne \ell",
}  # fmt: skip

ANSWER = r"""# Why is the cross-entropy a cost function?

$m \in \mathbb{N}$, $i \in \{1, \dots, m\}$, $y \in \{0, 1\}$, $\hat{p} \in (0, 1)$,
$x, \theta \in \mathbb{R}$, $a, b \in \mathbb{R}$, $x_i, y_i \in \mathbb{R}$,
$f_\theta(x) := \frac{1}{1 + e^{-\theta x}}$ and
$P(y \mid x; \theta) := f_\theta(x)^y (1 - f_\theta(x))^{1 - y}$.

"""
RIGHT_IN_THE_ANSWER = {
    "7: the cost": (
        r"-(0 \cdot \log(0.2) + 0 \cdot \log(0.3) + 1 \cdot \log(0.5)) \approx 0.693"
    ),
    "19: the likelihood": r"\mathcal{L}(\theta) := P(y \mid x; \theta)",
    "31: the Bernoulli pmf": r"\hat{p}^y (1-\hat{p})^{1-y} > 0",
    "41: the logarithm of a product": (
        r"\log \left( f_{\theta}(x)^y (1-f_{\theta}(x))^{1-y}\right) = "
        r"y \log f_{\theta}(x) + (1-y)\log \left(1-f_{\theta}(x)\right)"
    ),
    "43: with the minus": (
        r"-\left[ y \log f_{\theta}(x) + (1-y)\log \left(1-f_{\theta}(x)\right) \right]"
        r" \ge 0"
    ),
    "39: no distribution": r"\int_0^1 p \,\mathrm{d}p = \frac{1}{2}",
}
WRONG_IN_THE_ANSWER = {
    "33: a set for an element": r"y = \{0, 1\}",
    "41: the logarithm of a power": (
        r"\log \left( f_{\theta}(x)^y (1-f_{\theta}(x))^{1-y}\right) = "
        r"\log f_{\theta}(x)^y + \log \left(1-f_{\theta}(x)\right)^{1-y}"
    ),
    "43: without the minus": (
        r"y \log f_{\theta}(x) + (1-y)\log \left(1-f_{\theta}(x)\right) \ge 0"
    ),
    "3: a mean that is a sum": (
        r"\frac{1}{m} \sum_{i=1}^{m} (y_i - (a x_i + b))^2 = "
        r"\sum_{i=1}^{m} (y_i - (a x_i + b))^2"
    ),
}


@pytest.mark.parametrize("where", WRONG_IN_THE_POST)
def test_wrong_step_of_the_post_fails(tmp_path, where):
    found = check(tmp_path, f"$${WRONG_IN_THE_POST[where]}$$", POST)
    assert bad(found), said(found)
    assert not any(f.status == "undefined" for f in found), said(found)


@pytest.mark.parametrize("where", RIGHT_IN_THE_POST)
def test_right_step_of_the_post_holds(tmp_path, where):
    assert_right(tmp_path, f"$${RIGHT_IN_THE_POST[where]}$$", POST)


@pytest.mark.parametrize("where", WRONG_IN_THE_ANSWER)
def test_wrong_step_of_the_answer_fails(tmp_path, where):
    found = check(tmp_path, f"$${WRONG_IN_THE_ANSWER[where]}$$", ANSWER)
    assert bad(found), said(found)
    assert not any(f.status == "undefined" for f in found), said(found)


@pytest.mark.parametrize("where", RIGHT_IN_THE_ANSWER)
def test_right_step_of_the_answer_holds(tmp_path, where):
    assert_right(tmp_path, f"$${RIGHT_IN_THE_ANSWER[where]}$$", ANSWER)


@pytest.mark.parametrize(("text", "preamble"), [(POST, POST), (ANSWER, ANSWER)])
def test_preamble_holds(tmp_path, text, preamble):
    found = check(tmp_path, "", text)
    assert not bad(found), said(found)
    assert_right(tmp_path, text, "")
