r"""What is supposed, implied, quantified, told and measured: right once, wrong once."""

import pytest

from tests.mathcheck.pages import PREAMBLE, bad, check, held, said

IMPLICATIONS = {
    "a power of both sides": (r"x = t \implies x^2 = t^2", r"x^2 = t^2 \implies x = t"),
    "an inequality": (r"x > 1 \Rightarrow x^2 > 1", r"x^2 > 1 \Rightarrow x > 1"),
    "the other way": (r"x < 0 \impliedby x < -1", r"x < -1 \Longleftarrow x < 0"),
    "both ways": (r"x^2 > 1 \iff |x| > 1", r"x^2 = 1 \iff x = 1"),
    "alternatives": (
        r"x^2 = 1 \iff x = 1 \text{ or } x = -1",
        r"x^2 = 1 \iff x = 1 \text{ or } x = 2",
    ),
    "a product that is 0, and its first factor": (
        r"x t = 0 \iff x = 0 \text{ or } t = 0",
        r"x t = 0 \implies x = 0",
    ),
    "a product that is 0, and its second factor": (
        r"t = 0 \implies x t = 0",
        r"x t = 0 \implies t = 0",
    ),
    "components": (r"z_1 = 0 \implies z_1 z_2 = 0", r"z_1 z_2 = 0 \implies z_2 = 0"),
    "words": (r"x = 1 \text{ implies } x^2 = 1", r"x^2 = 1 \text{ only if } x = 1"),
    "words for both ways": (
        r"x^2 = 1 \text{ if and only if } |x| = 1",
        r"x^2 = 1 \text{ exactly if } x = 1",
    ),
    "equality in a bound": (
        r"e^x \ge 1 + x \quad \text{with equality iff } x = 0",
        r"e^x \ge 1 + x \quad \text{with equality iff } x = 1",
    ),
    "equality that is only sufficient": (
        r"x^2 t^2 \ge 0, \quad \text{with equality if $x = 0$}",
        r"x^2 t^2 \ge 0, \quad \text{(equality holds only if $x = 0$)}",
    ),
    "if and then": (
        r"\text{if } x > 1 \text{ then } x^2 > 1",
        r"\text{if } x^2 > 1 \text{ then } x > 1",
    ),
    "several premises": (
        r"x = 1, \; t = 2 \Rightarrow x + t = 3",
        r"x > 0, \; t > 0 \Rightarrow x t > 1",
    ),
    "several conclusions": (
        r"x = 2 \Rightarrow x^2 = 4, \; |x| = 2",
        r"x = 2 \Rightarrow x^2 = 4, \; x = 3",
    ),
    "a chain": (
        r"x = 2 \implies x^2 = 4 \implies |x| = 2",
        r"x = 2 \implies x^2 = 4 \implies x = 2",
    ),
    "rows": (
        r"\begin{aligned} & x + 1 = 2 \\ \Rightarrow\ & x = 1 \end{aligned}",
        r"\begin{aligned} & x + 1 = 2 \\ \Rightarrow\ & x = 2 \end{aligned}",
    ),
    "far out": (r"x > 5000 \implies x > 4000", r"x > 5000 \implies x > 6000"),
    "distributions": (
        r"q_1 = \tfrac12 \implies q_2 \le \tfrac12",
        r"H(q) = \log 2 \implies q_1 \le \tfrac12",
    ),
    "a multiple root": (r"(x - 1)^2 = 0 \implies x = 1", r"x^3 = 0 \implies x = 1"),
    "the tenth digit of a root": (
        r"x^2 = 2 \implies |x| = \sqrt{2}",
        r"x^2 = 2 \implies |x| = 1.4142",
    ),
    "a derivative": (
        r"\frac{\partial L}{\partial z_j} = 0 \iff p_j = y_j",
        r"\frac{\partial L}{\partial z_j} = 0 \iff z_j = y_j",
    ),
    "indices": (
        r"\forall j, k: \quad j = k \iff \delta_{jk} = 1",
        r"\forall j, k: \quad j \ne k \iff \delta_{jk} = 1",
    ),
    "for all indices": (
        r"q_k = \frac{1}{K} \; \forall k \iff H(q) = \log K",
        r"z_k = 0 \; \forall k \iff z_1 = 0",
    ),
    "for all indices, in words": (
        r"z_k = 0 \text{ for all } k \implies \lVert z \rVert = 0",
        r"z_k = 0 \text{ for all } k \implies \lVert z \rVert = 1",
    ),
    "an index on either side": (
        r"z_k > z_j \implies p_k > p_j",
        r"z_k > z_j \implies p_k > \tfrac12",
    ),
    "vectors": (
        r"S z = u \implies z = S^{-1} u",
        r"S z = 0 \implies z = 0",
    ),
    "a gradient": (r"\nabla_z L = 0 \iff p = y", r"\nabla_z L = 0 \implies z = 0"),
    "an exception": (
        r"x^2 > 1 \text{ unless } |x| \le 1",
        r"x^2 > 1 \text{ unless } |x| > 1",
    ),
    "alternatives alone": (r"h = 0 \lor h = 1", r"x = 0 \lor x = 1"),
    "a set": (r"x \in \{-1, 1\} \iff x^2 = 1", r"x \in \{-1, 2\} \implies x^2 = 1"),
}
QUANTIFIERS = {
    "a wider set": (
        r"\sqrt{s^2} = |s| \text{ for all } s \in \mathbb{R}",
        r"\sqrt{s^2} = s \text{ for all } s \in \mathbb{R}",
    ),
    "a narrower set": (
        r"s^2 < s \text{ for all } s \in (0, 1)",
        r"s^2 < s \text{ for all } s \in (0, 2)",
    ),
    "the end of an interval": (
        r"a^2 \le a \text{ for every } a \in [0, 1]",
        r"a^2 < a \text{ for every } a \in [0, 1]",
    ),
    "a bound": (r"|s| = s \text{ for } s \ge 0", r"|s| = s \text{ for } s > -5"),
    "the sign of a quantifier": (
        r"\forall s \in \mathbb{R}: \; s^2 \ge 0",
        r"\forall s \in \mathbb{R}: \; s^2 > 0",
    ),
    "after the formula": (
        r"|s| \ge s, \qquad s \in \mathbb{R}",
        r"|s| = s, \qquad s \in \mathbb{R}",
    ),
    "an index from 0": (
        r"e^k \ge 1 \text{ for } k = 0, \dots, K",
        r"e^k > 1 \text{ for } k = 0, \dots, K",
    ),
    "an index with its second value": (
        r"p_k > 0 \text{ for } k = 1, 2, \dots, K",
        r"z_k = z_1 \text{ for } k = 1, 2, \dots, K",
    ),
    "whole numbers among the reals": (
        r"x^2 \ge x \text{ for } x \in \mathbb{N}",
        r"x^2 \ge 2 x \text{ for } x \in \mathbb{N}",
    ),
    "a distribution": (
        r"\sum_k q_k = 1 \text{ for all } q \in \Delta^{K-1}",
        r"\sum_k q_k = 1 \text{ for all } q \in \mathbb{R}^K",
    ),
    "two letters and a relation": (
        r"\forall x, t > 0: \; x t > 0",
        r"\forall x, t > 0: \; x t > 1",
    ),
    "a thin space": (r"p_k > 0 \; \forall k", r"p_k > 0.5 \; \forall k"),
    "no separator but a comma": (r"\forall k, \; p_k > 0", r"\forall k, \; p_k > 0.5"),
}
WHERE = {
    "what is defined": (
        r"x = x, \text{ where } p_j = \frac{e^{z_j}}{\sum_k e^{z_k}}",
        r"x = x, \text{ where } p_j = \frac{1}{1 + e^{-z_j}}",
    ),
    "a component of what is free on the right": (
        r"x = x, \text{ with } p_j = e^{z_j - A(z)}",
        r"x = x, \text{ with } p_j = z_j",
    ),
    "a second fact": (
        r"A(z) = x \text{ where } x = \log \sum_k e^{z_k} \text{ and } \sum_k p_k = 1",
        r"A(z) = x \text{ where } x = \log \sum_k e^{z_k} \text{ and } \sum_k p_k = 2",
    ),
    "a free symbol": (r"e^x = 1 \text{ where } x = 0", r"e^x = 2 \text{ where } x = 0"),
    "since": (
        r"\begin{aligned} x &= x && \text{as } p_1 \le 1 \\ &= x \end{aligned}",
        r"\begin{aligned} x &= x && \text{as } p_1 = 1 \\ &= x \end{aligned}",
    ),
}
UNITS = {
    "bits": (r"-\log 0.5 = 1 \text{ bit}", r"-\log 0.5 = 1 \text{ nat}"),
    "a logarithm to base 2": (
        r"\log_2 8 = 3 \text{ bits}",
        r"\log_2 8 = 3 \text{ nats}",
    ),
    "digits": (
        r"1 \text{ nat} \approx 1.4427 \text{ bits}",
        r"1 \text{ bit} = 1 \text{ nat}",
    ),
    "hartleys": (
        r"1 \text{ ban} = \log 10 \text{ nats}",
        r"1 \text{ ban} = \log_2 11 \text{ bits}",
    ),
    "a unit in roman": (
        r"-\log 0.5 = 1 \,\mathrm{bit}",
        r"-\log 0.5 = 2 \,\mathrm{bit}",
    ),
    "through a definition": (
        r"H(q) \le \log_2 K \text{ bits}",
        r"H(q) \le \tfrac12 \log_2 K \text{ bits}",
    ),
    "a rate": (
        r"-\log_2 \tfrac14 = 2 \text{ bits per symbol}",
        r"-\log_2 \tfrac14 = 1 \text{ bit per symbol}",
    ),
    "in an implication": (
        r"-\log a > 1 \text{ bit} \iff a < \tfrac12",
        r"-\log a > 1 \text{ nat} \iff a < \tfrac12",
    ),
}
INTEGERS = {
    "of both signs": (r"|r - 1| \ge r - 1", r"|r - 1| \ge r - 1 \ge -1"),
    "0": (r"r^2 \ge 0", r"r^2 \ge 1"),
    "large ones": (r"r^2 \ge r", r"|r| \le 12"),
    "a condition on them": (
        r"|r| = r \quad \text{if } r \ge 0",
        r"|r| = r \quad \text{if } r \ge -1",
    ),
    "a family": (r"g_k^2 \ge g_k", r"g_k \ge -2"),
    "a vector": (r"G_k^2 \ge G_k", r"G_k \le 3"),
}
LETTERS = r"Let $r \in \mathbb{Z}$, $g_k \in \mathbb{Z}$ and $G \in \mathbb{Z}^K$. "
TABLES = {**IMPLICATIONS, **QUANTIFIERS, **WHERE, **UNITS}
# Sentences, right and wrong
SENTENCES = {
    "with equality": (
        "We have $e^x \\ge 1 + x$, with equality if and only if $x = 0$.",
        "We have $x^2 t^2 \\ge 0$, with equality if and only if $x = 0$.",
    ),
    "equality holds, in a sentence of its own": (
        "We have $x^2 t^2 \\ge 0$. Equality holds if $x = 0$.",
        "We have $x^2 t^2 \\ge 0$. Equality holds iff $x = 0$.",
    ),
    "with equality, after a display": (
        "$$x^2 + t^2 \\ge 2 x t,$$\n\nwith equality exactly when $x = t$.",
        "$$x^2 + t^2 \\ge 2 x t,$$\n\nwith equality exactly when $x = -t$.",
    ),
    "unit vectors": (
        r"Let $r, g \in \mathbb{R}^D$ with $\lVert r \rVert = \lVert g \rVert = 1$. "
        r"Then $\lVert r - g \rVert^2 = 2 - 2 r^\top g$ and $r^\top g \le 1$.",
        r"Let $r, g \in \mathbb{R}^D$ with $\lVert r \rVert = \lVert g \rVert = 1$. "
        r"Then $r^\top g < 1$.",
    ),
    "a family of unit vectors": (
        r"Let $r_n \in \mathbb{R}^D$ with $\lVert r_n \rVert = 1$. "
        r"Then $\sum_n \lVert r_n - r_1 \rVert^2 = 2 N - 2 \sum_n r_n^\top r_1$.",
        r"Let $r_n \in \mathbb{R}^D$ with $\lVert r_n \rVert = 1$. "
        r"Then $r_n^\top r_1 < 1$.",
    ),
    "a length that one member has": (
        r"Let $r_n \in \mathbb{R}^D$ with $\lVert r_1 \rVert = 3$. "
        r"Then $r_1^\top r_1 = 9$.",
        r"Let $r_n \in \mathbb{R}^D$ with $\lVert r_1 \rVert = 3$. "
        r"Then $r_n^\top r_n = 9$.",
    ),
    "an index that was chosen before": (
        r"Let $r \in \mathbb{R}^K$ and $g \in \{1, \dots, K\}$ with "
        r"$r_g = \max_k r_k$. Then $\operatorname{softmax}(r)_g \ge 1 / K$.",
        r"Let $r \in \mathbb{R}^K$ and $g \in \{1, \dots, K\}$ with "
        r"$r_g = \max_k r_k$. Then $r_1 = r_g$.",
    ),
    "members that all differ": (
        r"Let $r_k \in \mathbb{R}$ with $r_j \ne r_k$ for $j \ne k$. "
        r"Then $\prod_{j=1}^K \prod_{k=j+1}^K (r_j - r_k)^2 > 0$.",
        r"Let $r_k \in \mathbb{R}$ with $r_j \ne r_k$ for $j \ne k$. "
        r"Then $(r_j - r_k)^2 > 0$.",
    ),
    "what can be so of one member alone": (
        r"Let $r_k \in \mathbb{R}$ with $r_k \ge r_1$. Then $\min_k r_k = r_1$.",
        r"Let $r_k \in \mathbb{R}$ with $r_k > r_1$. Then $\min_k r_k = r_1$.",
    ),
    "members that are ordered": (
        r"Let $r_n, g_n \in \mathbb{R}$ with $r_n < g_n$. "
        r"Then $\sum_{n=1}^N r_n < \sum_{n=1}^N g_n$.",
        r"Let $r_n, g_n \in \mathbb{R}$ with $r_n < g_n$. Then $r_n < g_1$.",
    ),
    "vectors that differ": (
        r"Let $r, g \in \Delta^{K-1}$ with $r \ne g$. "
        r"Then $\lVert r - g \rVert_1 > 0$.",
        r"Let $r, g \in \Delta^{K-1}$ with $r \ne g$. Then $r_k \ne g_k$.",
    ),
    "components of a sum": (
        r"Let $r \in \mathbb{R}^K$ with $\sum_j e^{r_j} = 1$. Then $r_k \le 0$.",
        r"Let $r \in \mathbb{R}^K$ with $\sum_j r_j = 0$. Then $r_k \le 0$.",
    ),
    "a matrix and its transpose": (
        r"Let $G \in \mathbb{R}^{D \times D}$ with $G = G^\top$. "
        r"Then $\operatorname{tr}(G G) \ge 0$.",
        r"Let $G \in \mathbb{R}^{D \times D}$ with $G = -G^\top$. "
        r"Then $\operatorname{tr}(G G) \ge 0$.",
    ),
    "two restrictions with and": (
        "For $r, g \\in \\mathbb{R}$ with $r > 0$ and $g > 1$ we have $r g > 0$.",
        "For $r, g \\in \\mathbb{R}$ with $r > 0$ and $g > 1$ we have $r g > 1$.",
    ),
    "unless": ("Unless $x = 0$, $|x| > 0$.", "Unless $x = 0$, $e^x = 1$."),
    "unless, after it": (
        "We have $|x| > 0$ unless $x = 0$.",
        "We have $e^x = 1$ unless $x = 0$.",
    ),
    "except when": (
        "Except when $x = 0$, $|x| > 0$.",
        "Except when $x = 0$, $e^x = 1$.",
    ),
    "except at": (
        "It is $|x| > 0$, except at $x = 0$.",
        "It is $e^x = 1$ except for $x = 0$.",
    ),
    "if not": ("If not $x = 0$, then $|x| > 0$.", "If not $x = 0$, then $e^x = 1$."),
    "whether or not": (
        "Whether or not $x = 0$, $e^x > 0$.",
        "Whether or not $x = 0$, $e^x = 1$.",
    ),
    "even if": ("Even if $x = 0$, $e^x > 0$.", "Even if $x = 0$, $e^x = 1$."),
    "if it were not for": (
        "If it were not for $x = 0$, $e^x > 0$.",
        "If it were not for $x = 0$, $e^x = 1$.",
    ),
    "no longer": (
        "It is no longer large if $x = 0$.",
        "It no longer holds that $e^x = 1$ if $x = 0$.",
    ),
    "wrong to suppose": (
        "It is right to suppose $x = 0$.",
        "It is wrong to suppose $x = 0$, so $e^x = 1$.",
    ),
    "far from": (
        "At $x = 0$ we see $e^x = 1$.",
        "Far from assuming $x = 0$, we see $e^x = 1$.",
    ),
    "otherwise": (
        r"If $j = c$, $\delta_{jc} = 1$; otherwise $\delta_{jc} = 0$.",
        "If $x = 0$, $e^x = 1$; otherwise $e^x = 1$.",
    ),
    "in general": (
        "If $x = 0$, $e^x = 1$, and in general $e^x > 0$.",
        "If $x = 0$, $e^x = 1$, and in general $e^x = 1$.",
    ),
    "for all, beyond its set": (
        "For all $s > 1$, $|s| = s$.",
        "For all $s > -5$, $|s| = s$.",
    ),
    "for all, after it": (
        r"We have $|s| \ge s$ for all $s \in \mathbb{R}$.",
        r"We have $|s| = s$ for all $s \in \mathbb{R}$.",
    ),
    "the ends of an interval": (
        r"For $0 \le a \le 1$, $a^2 \le a$.",
        r"For $0 \le a \le 1$, $a^2 < a$.",
    ),
    "what fails": (
        "If $x = 0$ does not hold, $|x| > 0$.",
        "If $x = 0$ does not hold, $e^x = 1$.",
    ),
    "either way": ("If $x = 0$ or not, $e^x > 0$.", "If $x = 0$ or not, $e^x = 1$."),
    "one or the other": (
        "If either $x = 0$ or $x = 1$, then $x^2 = x$.",
        "If $x = 0$ or $t = 0$, then $x = 0$.",
    ),
    "neither of two": (
        r"Unless $x = 0$ or $t = 0$, $x t \ne 0$.",
        "Unless $x = 0$ or $t = 0$, $x t = 0$.",
    ),
    "at a point, after it": (
        "We have $e^x = 1$ at $x = 0$.",
        "We have $e^x = 1$ where $p_k = z_k$.",
    ),
    "only if": (
        "We have $x = 1$ only if $x^2 = 1$.",
        "We have $x^2 = 1$ only if $x = 1$.",
    ),
    "if and only if": (
        "We have $x^2 = 1$ if and only if $|x| = 1$.",
        r"We have $\sum_k p_k = 1$ if and only if $K = 2$.",
    ),
    "implies": (
        "The relation $x = 1$ implies $x^2 = 1$.",
        "The relation $x^2 = 1$ implies that $x = 1$.",
    ),
    "where, of what is defined": (
        "Here $p = p$, where $p_k = e^{z_k - A(z)}$.",
        "Here $p = p$, where $p_k = z_k$.",
    ),
    "where, in its main clause": ("It is 0 where $p = y$.", "It is so, where $p = y$."),
    "a component of what is defined": (
        "## Below\n\nHere $p_k \\in (0, 1]$.",
        "## Below\n\nHere $p_k \\in (1, 2)$.",
    ),
    "a paragraph": ("If $x = 0$, then\n\n$$e^x = 1$$", "if $x = 0$\n\n$e^x = 1$"),
    "an item": ("- if $x = 0$, $e^x = 1$", "- if $x = 0$\n- $e^x = 1$"),
    "a number of an item": ("1. if $x = 0$, $e^x = 1$", "1. if $x = 0$\n2. $e^x = 1$"),
    "a cell": (
        "| a | b |\n|---|---|\n| if $x = 0$, $e^x = 1$ | b |",
        "| a | b |\n|---|---|\n| if $x = 0$ | $e^x = 1$ |",
    ),
    "a heading": ("## If $x = 0$, $e^x = 1$", "## if $x = 0$\n$e^x = 1$"),
    "a full stop in the formula": (
        "If $x = 0,$ then $e^x = 1$",
        "if $x = 0.$ Then $e^x = 1$",
    ),
}
REFUSED = {
    r"\sum_k p_k = 2 \implies x = x": "no point that was tried satisfies the premise",
    r"x = 1 \implies": "nothing follows",
    r"x = 1 \implies g := x": "a definition cannot be implied",
    r"x > 0 \quad \text{if } t > 0 \quad \iff x > 1": "write a condition",
    r"q_k = \frac{1}{K} \implies H(q) = \log K": r"write \forall k behind it",
    r"\exists x: x^2 = 4": r"as in x^2 = 4 \qquad \text{if } x = 2",
    r"|s| = s \text{ for some } s \in \mathbb{R}": r"\text{for all } x \in \mathbb{R}",
    r"p_k > 0 \quad \text{for } k = 1, 3, \dots, K": "a step other than 1",
    r"p_k > 0 \quad \text{for } k = 0, \dots, K": "there is no p_{0}",
    r"H(q) \le \log_2 K \text{ nats}": r"write \log, or the other unit",
    r"H(q) \le \log K \text{ bits}": r"write \log_2, or the other unit",
    r"\log e = 1,000": "write 1{,}000",
    r"x = 0,5": "or 0.5 for one",
    r"\max(1,000, 2) = 2": "write 1{,}000",
    r"1 \text{ is } 2": "write the sign",
    r"1 \text{ equals } 2": "write the sign",
    r"x \text{ but not } 2 = 2": r"write \ne",
    r"x = x \text{ is false}": r"write \ne",
    "[1 = 2]": "leave the brackets out",
    r"\left[ x = t \right]": "leave the brackets out",
}


@pytest.mark.parametrize("name", TABLES)
def test_right_formula_holds_and_wrong_one_is_refuted(tmp_path, name):
    right, wrong = TABLES[name]
    found = check(tmp_path, f"$${right}$$")
    assert held([f for f in found if f.kind != "declaration"]), said(found)
    found = check(tmp_path, f"$${wrong}$$")
    assert {finding.status for finding in bad(found)} == {"refuted"}, said(found)


@pytest.mark.parametrize("name", INTEGERS)
def test_integers_are_negative_zero_and_positive(tmp_path, name):
    right, wrong = INTEGERS[name]
    assert not bad(found := check(tmp_path, f"{LETTERS}$${right}$$")), said(found)
    found = check(tmp_path, f"{LETTERS}$${wrong}$$")
    assert {finding.status for finding in bad(found)} == {"refuted"}, said(found)


@pytest.mark.parametrize("name", SENTENCES)
def test_words_suppose_as_far_as_they_say_and_no_further(tmp_path, name):
    right, wrong = SENTENCES[name]
    assert not bad(found := check(tmp_path, right)), said(found)
    found = check(tmp_path, wrong)
    assert {finding.status for finding in bad(found)} == {"refuted"}, said(found)


@pytest.mark.parametrize(("formula", "words"), REFUSED.items())
def test_what_cannot_be_tried_is_refused_with_its_repair(tmp_path, formula, words):
    found = check(tmp_path, f"$${formula}$$")
    refused = [f.detail for f in found if f.status == "refused"]
    assert any(words in detail for detail in refused), said(found)


def test_implication_is_one_claim_with_its_counter_example(tmp_path):
    (found,) = check(tmp_path, r"$$x^2 = 4 \implies x = 2$$")
    assert (found.kind, found.status) == ("claim", "refuted")
    assert found.detail.endswith("at x=-2")


def test_true_implication_that_is_shown_as_false_is_an_error(tmp_path):
    mark = "<!-- math: refuted -->\n"
    (found,) = check(tmp_path, mark + r"$$x = t \implies x^2 = t^2$$")
    assert found.status == "refuted"
    assert "marked as refuted, but it holds" in found.detail
    (found,) = check(tmp_path, mark + r"$$x^2 = t^2 \implies x = t$$")
    assert found.status == "refuted-on-purpose"


def test_new_symbol_after_where_wants_a_definition(tmp_path):
    claim = (
        r"\frac{\partial L}{\partial z_j} = g_j \quad \text{where } g_j %s p_j - y_j"
    )
    found = check(tmp_path, f"$${claim % '='}$$")
    assert any("a definition is written with :=" in f.detail for f in found)
    assert not bad(found := check(tmp_path, f"$${claim % ':='}$$")), said(found)


def test_italic_d_that_is_declared_is_no_derivative(tmp_path):
    declared = r"Let $d \in \mathbb{R}_{>0}$. "
    (found,) = bad(check(tmp_path, declared + r"$$\frac{d a}{d b} = \frac{a}{b}$$"))
    assert (found.status, r"write \mathrm{d}" in found.detail) == ("refused", True)
    right = r"$$\frac{\mathrm{d} x^2}{\mathrm{d} x} = 2 x, \quad \frac{d}{d + 1} < 1$$"
    assert not bad(found := check(tmp_path, declared + right)), said(found)


def test_integer_that_is_a_length_is_a_size(tmp_path):
    sized = r"Let $R \in \mathbb{Z}$ and $g \in \mathbb{R}^R$. $$g^\top g \ge 0$$"
    assert not bad(found := check(tmp_path, sized)), said(found)


def test_what_is_let_in_a_section_may_have_the_name_of_what_is_defined(tmp_path):
    section = "## Below\n\n"
    found = check(tmp_path, section + r"Let $p_k \in (1, 2)$. Then $p_k > 1$.")
    assert [f.kind for f in found] == ["declaration", "inequality"], said(found)
    family = section + r"Here $p_n \in (0, 1)$, so $p_n < 1$."  # N of them, not K
    assert not bad(found := check(tmp_path, family, PREAMBLE)), said(found)


SIZED = r"""
The size is $K \in \mathbb{N}$, the vectors are $z, u \in \mathbb{R}^K$.

"""


@pytest.mark.parametrize(
    "right",
    [
        r"z_1 = 1 \qquad \text{if } K = 2 \text{ and } z = (1, 1)",
        r"z_1 = 1 \qquad \text{if } z = (1, 1)",
        r"z - (1, 1) \ne (0, 0) \qquad \text{if } K = 2 \text{ and } z \ne (1, 1)",
        r"\sum_{k=1}^{K} z_k = 4 \qquad \text{if } K = 2 \text{ and } z = u = (2, 2)",
    ],
)
def test_a_vector_of_other_length_is_another_vector(tmp_path, right):
    assert held(check(tmp_path, f"{SIZED}$$\n{right}\n$$\n"))


@pytest.mark.parametrize(
    "wrong",
    [
        r"z_1 = 2 \qquad \text{if } K = 2 \text{ and } z = (1, 1)",
        r"z_1 = 1 \qquad \text{if } K = 3 \text{ and } z = (1, 1)",
        r"z_1 \ne 1 \qquad \text{if } K = 2 \text{ and } z \ne (1, 1)",
    ],
)
def test_a_vector_of_other_length_supposes_nothing_false(tmp_path, wrong):
    assert bad(check(tmp_path, f"{SIZED}$$\n{wrong}\n$$\n"))
