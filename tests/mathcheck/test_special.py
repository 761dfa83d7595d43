"""The digamma function, and vectors whose index tells their size."""

from pathlib import Path

from tests.mathcheck.pages import bad, by_formula, check, held, said

PREAMBLE = r"""# Test

$N, K \in \mathbb{N}$, $i \in \{1, \dots, N\}$, $k \in \{1, \dots, K\}$,
$p \in \Delta^{N-1}$ with $p_i > 0$, $x \in \mathbb{R}_{>0}$,
$\alpha \in \mathbb{R}_{>0}^K$, $u := \frac{1}{N} \mathbf{1}$, $v := \mathbf{1}$,
$S := \sum_k \alpha_k$, $\psi(x) := \frac{d}{dx} \log \Gamma(x)$.

"""

RIGHT = r"""
\psi(x + 1) = \psi(x) + \frac{1}{x}
\psi(1) \approx -0.5772
\psi'(1) = \frac{\pi^2}{6}
\Gamma'(x) = \Gamma(x) \psi(x)
\psi(x) < \log x
\log S - \log \alpha_k \le \psi(S) - \psi(\alpha_k)
\frac{\partial}{\partial \alpha_k} \log \Gamma(S) = \psi(S)
u_i = \frac{1}{N}
\sum_i p_i \log \frac{p_i}{u_i} = \log N + \sum_i p_i \log p_i
\sum_i u_i v_i = 1
""".strip().splitlines()

WRONG = r"""
\psi(x + 1) = \psi(x) + \frac{1}{x + 1}
\psi(1) \approx 0.5772
\psi(x) > \log x
\psi(S) - \psi(\alpha_k) \le \log S - \log \alpha_k
\sum_i u_i = N
\sum_i v_i = 1
""".strip().splitlines()


def test_the_derivatives_of_gamma_and_components_of_ones_are_right(
    tmp_path: Path,
) -> None:
    results = by_formula(tmp_path, RIGHT, PREAMBLE)
    for formula, found in zip(RIGHT, results, strict=True):
        assert held(found), (formula, said(found))


def test_what_is_wrong_of_the_digamma_function_or_of_ones_is_refuted(
    tmp_path: Path,
) -> None:
    results = by_formula(tmp_path, WRONG, PREAMBLE)
    for formula, found in zip(WRONG, results, strict=True):
        assert [f.status for f in found] == ["refuted"], (formula, said(found))


def test_a_component_that_tells_no_size_is_refused_with_what_helps(
    tmp_path: Path,
) -> None:
    (found,) = bad(check(tmp_path, r"$u_1 = 1 / N$", PREAMBLE))
    assert r"as in \mathbf{1}_N" in found.detail
    repaired = PREAMBLE.replace(r"\mathbf{1}$, $v", r"\mathbf{1}_N$, $v")
    assert held(check(tmp_path, r"$u_1 = 1 / N$", repaired))
