r"""Names that end in a sign, as b_+ and c^- do: what stands after them is apart."""

import pytest

from tests.mathcheck.pages import assert_right, bad, check, said

PREAMBLE = r"""# Test

$b_+, \rho_-, d \in (0, 1)$, $c^+, c^-, w_\times \in (0, 1)$, $x \in \mathbb{R}$.

"""
WRONG = [
    r"$$b_+ \rho_- = b_+, \qquad \rho_- = \rho_- b_+$$",
    r"$$c^+ d = c^+, \quad d = d c^+$$",
    r"$$c^- d = c^-; \quad d = d c^-$$",
    r"$$w_\times d = w_\times \qquad d = d w_\times$$",
    r"$$\begin{aligned} b_+ d &= b_+ \\ d &= d b_+ \end{aligned}$$",
    r"$b_+ d = b_+, d = d b_+$",
]
RIGHT = [
    r"$$b_+ d = d b_+, \qquad \rho_- b_+ = b_+ \rho_-$$",
    r"$$g(x) := [1 - x]_+, \qquad h(x) := e^{-x}$$ $$g(0) = h(0)$$",
    r"Let $u \in \mathbb{R}_+, \quad v \in (0, 1)$. $$u v \ge 0$$",
    r"$$\rho_-, b_+ > 0$$",
    r"$$b_+ + \\ d = d + b_+$$",
    r"$$b_+ \\ + d = d + b_+$$",
]


@pytest.mark.parametrize("body", WRONG)
def test_a_sign_in_a_script_does_not_join_two_statements(tmp_path, body):
    found = bad(check(tmp_path, body, PREAMBLE))
    assert [f.status for f in found] == ["refuted", "refuted"], said(found)


@pytest.mark.parametrize("body", RIGHT)
def test_what_stands_after_a_sign_in_a_script_is_read(tmp_path, body):
    assert_right(tmp_path, body, PREAMBLE)
