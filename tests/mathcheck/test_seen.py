r"""Whatever a reader sees in a formula is read, or refused: no claim hides in it."""

import pytest

from tests.mathcheck.pages import PREAMBLE, assert_right, bad, check, said

# False claims, each where it could be overlooked, and what has to become of it
FALSE = {
    r"x = x \text{ and 1 = 2}": "refused",
    r"x = x \mbox{ and 1 = 2}": "refused",
    r"x = x \text{ and } \text{so 1 < 0}": "refused",
    r"x = x \textbf{ but 1 ≥ 2}": "refused",
    r"x = x \text{ and 1 \ne 1}": "refused",
    r"x = x \text{ and 1 ≡ 2}": "refused",
    r"x = x \text{ and so 1 ⇒ 2}": "refused",
    r"x = x \text{ and 1 ⩾ 2}": "refused",
    r"x = x \text{ at \$1 = 2}": "refused",
    r"x = x \text{ and $1 = 2$}": "refuted",
    r"x = x \text{ and \(1 = 2\)}": "refuted",
    r"x = x \text{ since $x = x$ and $1 = 2$}": "refuted",
    r"x = x \mbox{ as $1 = 2$}": "refused",
    r"x = x \text{ by $1 = 2$}": "refuted",
    r"\begin{aligned} x + x &= 2 x && \text{since $1 = 2$} \\ &= x + x \end{aligned}": (
        "refuted"
    ),
    r"\begin{aligned} x + x &= 2 x && \text{since 1 = 2} \\ &= x + x \end{aligned}": (
        "refused"
    ),
    r"x = x \qquad \text{if $1 = 2$}": "refused",
    r"x_{\text{since $1 = 2$ here}} = 1": "refused",
    r"x^{\text{since $1 = 2$ here}} = 1": "refused",
    r"\underbrace{\sum_k p_k}_{2} = 1": "refuted",
    r"\underbrace{\sum_k p_k}_{=2} = 1": "refuted",
    r"\overbrace{\sum_k p_k}^{< 1} = 1": "refuted",
    r"\underbrace{\sum_k p_k}_{\ge 2}": "refuted",
    r"1 = \underbrace{\sum_k p_k}_{1}^{2}": "refuted",
    r"\underbrace{\underbrace{\sum_k p_k}_{2} + 1}_{2} = 2": "refuted",
    r"\underbrace{s}_{\to 0} = s": "refused",
    r"\underbrace{x}_{\in (0, 1)} = x": "refuted",
    r"\underbrace{x}_{\text{as $1 = 2$}} = x": "refused",
    r"\underbrace{x}_{\text{loss}, 1 = 2} = x": "undefined",
    r"\sum_k \underbrace{p_k}_{= 1} = 1": "refused",
    r"g(t) := \underbrace{2 t}_{= 3} + t": "refused",
    r"x = x \qquad \text{if } \underbrace{x}_{= 1} > 0": "refused",
    r"\underbrace{x}_{\tau} = x": "undefined",
    r"x \overset{1 = 2}{=} x": "refused",
    r"x \stackrel{1 = 2}{=} x": "refused",
    r"\underset{1 = 2}{x} = x": "refused",
    r"\overset{1 = 2}{x} = x": "refused",
    r"x \xrightarrow{1 = 2} x": "refused",
    r"x = x \tag{1 = 2}": "refused",
    r"x = x \tag*{$1 = 2$}": "refused",
    r"x = x \hbox{ and 1 = 2}": "refused",
    r"x = x \fbox{1 = 2}": "refused",
    r"x = x \rlap{1 = 2}": "refused",
    r"x = x \verb|1 = 2|": "refused",
    r"x = x \unicode{x3D} 2": "refused",
    r"x \mmlToken{mo}{=} x + 1": "refused",
    r"x \char61 x": "refused",
    r"x = x \eqref{eq:two}": "refused",
    r"x = x \href{a}{= 2}": "refused",
    r"x \not= x": "refuted",
    r"x \not\le x + 1": "refused",
    r"x \cancel{+ 1} = x": "refuted",
    r"x \cancel{= t}": "refused",
    r"1 \color{white} {} + 1 = 2": "refused",
    r"1 \textcolor{transparent}{+ 1} = 2": "refused",
    r"1 \style{display: none}{+ 1} = 2": "refused",
    r"1 \class{hidden}{+ 1} = 2": "refused",
    r"1 \cssId{hidden}{+ 1} = 2": "refused",
    r"{\color{red} 1 = 2}": "refuted",
    r"\textcolor{red}{1} = 2": "refuted",
    r"1 \phantom{+ 1} = 2": "refuted",
    r"1 \hphantom{+ 1} = 2": "refuted",
    r"\def\x{1} x = x": "refused",
    r"\let\le\ge x \le x": "refused",
    r"\phantom{\newcommand{\le}{\ge}} x = x": "refused",
    r"\require{color} x = x": "refused",
    r"\text{\def\le{\ge}} x = x": "refused",
    r"\begin{gather}[1 = 2] x = x \end{gather}": "refuted",
    r"\begin{aligned}[1 = 2] x = x \end{aligned}": "refuted",
    r"\begin{alignat}{1 = 2} x = x \end{alignat}": "refused",
    r"x = x \qquad \text{for all } k_{1 = 2}": "refused",
    r"g_{1 = 2} := 3": "refused",
    r"g^{(1 = 2)} := 3": "refused",
    r"\mathcal{G = 2} := 3": "refused",
    r"g_{1 = 2} \in \mathbb{R}": "undefined",
    r"f_{1 = 2}(t) := 2 t": "refused",
    r"g(t_{1 = 2}) := 2 t_{1 = 2}": "refused",
    r"x_{1 = 2} = x_{1 = 2}": "refused",
    r"\lVert z \rVert_{1 = 2} = 1": "refused",
    r"z \in \mathbb{R}^K_{1 = 2}": "refused",
    r"q \in \Delta^{K - 1}_{1 = 2}": "refused",
    r"\sqrt[1 = 2]{s} = 1": "refused",
    r"\begin{pmatrix} 1 = 2 & 3 \end{pmatrix} = 1": "refused",
    r"x = x % 1 = 2" + "\n= x + 1": "refused",
}
# What stands beside a formula, and claims nothing that is false
TRUE = [
    r"\underbrace{\sum_k p_k}_{1} + x = 1 + x",
    r"\underbrace{\sum_k p_k}_{= 1} \ge \overbrace{p_j}^{\le 1}",
    r"\underbrace{-\log p_c}_{\text{the loss, in nats}} = A(z) - z_c",
    r"\underbrace{-\log p_c}_{\text{loss}} = A(z) - z_c",
    r"g := \underbrace{x + t}_{= t + x}",
    r"\boxed{x + t} = t + x",
    r"x + t = t + x \tag{1.2}",
    r"x + t = t + x \tag{sum}\label{eq:sum}",
    r"\textcolor{red}{x} + {\color{blue} t} = t + x",
    r"x + \vphantom{\frac{1}{2}} t \hspace{1em} = t \hspace*{2pt} + x",
    r"\begin{aligned}[t] x + t &= t + x \end{aligned}",
    r"\begin{alignat}{2} x + t &= t + x \end{alignat}",
    r"x + t = t + x \text{ since $x - x = 0$}",
    r"x^2 = 1 \qquad \text{if $x = 1$}",
    r"p_k \le 1 \text{ for all $k$}",
    r"x = x \text{, 100\% sure}",
]


@pytest.mark.parametrize("formula", FALSE)
def test_false_claim_does_not_hide(tmp_path, formula):
    found = check(tmp_path, f"$${formula}$$")
    assert FALSE[formula] in {finding.status for finding in bad(found)}, said(found)
    line = PREAMBLE.count("\n") + 1
    assert all(f.line in (line, line + 1) and f.column > 2 for f in bad(found))


@pytest.mark.parametrize(
    ("formula", "repair"),
    [
        (r"x = x \text{ and 1 = 2}", "outside of the words, or in dollars"),
        (r"x \overset{1 = 2}{=} x", "as a statement of its own"),
        (r"\sum_k \underbrace{p_k}_{= 1} = 1", "as a statement of its own"),
        (r"x = x \hbox{ and 1 = 2}", r"write words in \text"),
        (r"1 \class{hidden}{+ 1} = 2", "leave it out"),
        (r"\textcolor{white}{1} + x = x", "write a plain one"),
    ],
)
def test_refusal_says_what_to_write_instead(tmp_path, formula, repair):
    (refused,) = bad(check(tmp_path, f"$${formula}$$"))
    assert repair in refused.detail


@pytest.mark.parametrize("formula", TRUE)
def test_what_is_true_may_stand_beside_a_formula(tmp_path, formula):
    assert_right(tmp_path, f"$${formula}$$")
