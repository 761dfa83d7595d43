r"""Signs and arrows in scripts: \theta_{\alpha+}, \ell^{\leftarrow}, \bar x_{n-1}."""

import pytest

from tests.mathcheck.pages import assert_refuted, assert_right, check

PREAMBLE = r"""# Test

$a \in \{1, \dots, d\}$, $u, v \in \mathbb{R}^d$, $x_1, \dots, x_n \in \mathbb{R}$,
$\bar x_n := \frac1n \sum_{i=1}^n x_i$, $t \in \mathbb{R}$, $N \in \mathbb{N}$.

"""
SIGNED = r"$$\theta_{a+}, \theta_{a-} \in (0, 1)$$ "
RIGHT = [
    SIGNED
    + r"$$\prod_{a=1}^d \theta_{a+} \le 1, \quad \theta_{a+} < 1 + \theta_{a-}$$",
    r"$$\beta_{a+} := u_a, \quad \beta_{a-} := v_a$$ "
    r"$$\beta_{a+} - \beta_{a-} = u_a - v_a$$",
    r"Let $\theta_+ \in \mathbb{R}^d$. $$\theta_{1+} = \theta_{+,1}$$",
    r"$$u^{\leftarrow} := 2 u, \qquad u^\leftarrow_a = 2 u_a$$",
    r"$$v^{\rightarrow}_a := v_a - 1$$ $$v^{\rightarrow} = v - \mathbf{1}$$",
    r"$$\mathbb{E}_\# := 3, \qquad \mathbb{E}_\#^2 = 9$$",
    r"$$S_N := \sum_{i=1}^N i, \qquad S_{N+1} := \sum_{i=1}^{N+1} i$$",
    r"$$|t| = [t]_+ + [t]_-, \quad \text{where } [x]_- := \max(0, -x)$$",
    r"$$t = [t]_+ + [t]_-, \quad \text{where } (x)_- := \min(x, 0)$$",
    r"$$t = (t)_+ - (-t)_+, \qquad \text{where } (t)_+ := \max(t, 0)$$",
]
REFUTED = [
    SIGNED + r"$$\theta_{a+} = \theta_{a-}$$",
    r"$$u^{\leftarrow} := 2 u, \qquad u^\leftarrow = u$$",
    r"$$\mathbb{E}_\# := 3, \qquad \mathbb{E}_\# = 2$$",
    r"$$S_N := \sum_{i=1}^N i, \qquad S_{N+1} := \sum_{i=1}^N i$$",
    r"$$(t)_+ := \min(t, 0)$$",
    r"$$t = [t]_+ + [t]_-, \quad \text{where } (x)_- := \max(-x, 0)$$",
]


@pytest.mark.parametrize("body", RIGHT)
def test_a_sign_in_a_script_is_part_of_the_name(tmp_path, body):
    assert_right(tmp_path, body, PREAMBLE)


@pytest.mark.parametrize("body", REFUTED)
def test_what_is_false_of_such_names_is_refuted(tmp_path, body):
    assert_refuted(tmp_path, body, PREAMBLE)


def test_a_recursion_is_refused_as_one(tmp_path):
    (found,) = check(tmp_path, r"$$w_{a+1} := 2$$", PREAMBLE)
    assert found.status == "refused"
    assert "a recursion is not read" in found.detail
