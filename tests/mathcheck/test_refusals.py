r"""What can be read in two ways is refused, with the reading and the repair."""

import re

import pytest

from tests.mathcheck.pages import check, said

REFUSED = {
    r"\log x^2 = 2 \log x": "write \\log(x^y) or (\\log x)^y",
    r"\log a b = \log a": "\\log a b can be read in two ways",
    r"a/b t = 1": "a/b c can be read in two ways",
    r"\sum_k z_k + u_k = 0": "k is used after the sum over k has ended",
    r"\frac{\partial}{\partial x} [x] t = t": "around what is differentiated",
    r"\sum_{k=1}^{k} z_k = 0": "k is the index and its own limit",
    r"\frac{\partial L}{\partial z_j} = \sum_{j=1}^{K} p_j": "j is bound by a sum",
    r"\sum z_k = 0": "without an index",
    r"\operatorname{softmax}(z_k) = 1": "it is a function of the whole vector",
    r"p_k = p": "the left side is a number and the right side a vector",
    r"S + 1 = S": "for the diagonal write c I",
    r"z^\top + 1 = z^\top": "a row and a number cannot be added",
    r"z u = x": "write u^\\top v for the inner product",
    r"\frac{x}{S} = 1": "divides by a matrix",
    r"\frac{x}{z} = 1": "the left side is a vector and the right side a number",
    r"x = t \pm 1": "is two statements; write both",
    r"g(x) := 2 t": "ignores its argument x",
    r"g_k := z_j": "ignores its argument k",
    r"x := x + 1": "x is defined by itself",
    r"\frac{\partial z_k}{\partial p_j} = 0": "does not contain p",
    r"2 \max_x x = 1": "over a continuous set",
    r"\lim_{x \to 0} \frac{1}{x} = 0": "does not settle",
    r"\sum_{r=1}^{\infty} \frac{1}{r} = 8": "do not settle",
    r"x \approx t": "needs a number with its digits",
    r"z \le u": "write the components",
    r"\nabla_z p = S": "for a Jacobian",
    r"L(x) = 1": "is not declared as a function",
    r"H(z, z) = 1": "takes 1 arguments here, not 2",
    r"x = t \qquad \text{if } x = x + 1": "no point that was tried satisfies",
    r"log x = 1": "log without its backslash",
    r"exp(x) = t": "exp without its backslash",
    r"x \foo t = 0": "\\foo is not something that is read",
    r"\mathbb{E}[x] = 0": "needs its distribution",
    r"x = ": "the formula breaks off",
    r"\frac{x}{t = 1": "{ is not closed",
    r"S = S + p p^\top z": "cannot be added",
    r"x!! = 1": "x!! can be read in two ways",
    r"\frac{d}{d x} (" * 9 + "x" + ")" * 9 + " = 0": "more than 8 derivatives",
    r"\mathbf{1 2} = z": "an argument is missing",
    "x = t % + 1\n": "% hides the rest of its line",
    r"x = t \hspace{-1em}": "may set one sign upon another",
    r"x = x. t = t": "a full stop within a formula",
    r"q \in \Delta_K": "can be read in two ways",
}
UNDEFINED = {
    r"x = \tau": "\\tau is not declared here",
    r"\sum_{k=1}^{K} z_k = w_k g": "g is not declared here",
    r"x_k = 1": "x has no index here",
    r"\mathrm{foo}(x) = 1": "foo is not declared here",
}


@pytest.mark.parametrize("formula", REFUSED)
def test_refusal_says_why(tmp_path, formula):
    found = check(tmp_path, f"$${formula}$$")
    details = [f.detail for f in found if f.status == "refused"]
    assert any(REFUSED[formula] in detail for detail in details), said(found)


@pytest.mark.parametrize("formula", UNDEFINED)
def test_undefined_symbol_is_named(tmp_path, formula):
    found = check(tmp_path, f"$${formula}$$")
    details = [f.detail for f in found if f.status == "undefined"]
    assert any(UNDEFINED[formula] in detail for detail in details), said(found)


def test_declaration_ends_with_its_section(tmp_path):
    text = "## One\n\n$g \\in \\mathbb{R}$ and $g = g$.\n\n## Two\n\n$g = g$"
    found = check(tmp_path, text)
    assert [f.status for f in found] == ["holds", "holds", "undefined"]


def test_inner_section_sees_what_the_outer_one_declares(tmp_path):
    text = "## One\n\n$g \\in \\mathbb{R}$\n\n### Inside\n\n$g = g$"
    assert {f.status for f in check(tmp_path, text)} == {"holds"}


def test_refuted_mark_wants_a_counter_example(tmp_path):
    found = check(tmp_path, "<!-- math: refuted -->\n$x = t$")
    assert [f.status for f in found] == ["refuted-on-purpose"]
    assert "left" in found[0].detail
    found = check(tmp_path, "<!-- math: refuted -->\n$x = x$")
    assert [f.status for f in found] == ["refuted"]
    assert "marked as refuted, but it holds" in found[0].detail


@pytest.mark.parametrize(
    ("formula", "names"),
    [
        (r"x = t", ["t", "x"]),
        (r"A(z) = 0", ["K", "z"]),  # what a definition needs of its argument, too
        (r"f(s) = s", ["s"]),  # and not the letter with which f was defined
        (r"\frac{d}{dx} \left[ x^2 \right] = x", ["x"]),
        (r"X w = 0", ["D", "N", "X", "w"]),
    ],
)
def test_counter_example_names_what_the_formula_uses_and_no_more(
    tmp_path, formula, names
):
    more = "Here $f(t) := 2 t$.\n\n"
    found = check(tmp_path, f"{more}<!-- math: refuted -->\n${formula}$")
    (refuted,) = [f for f in found if f.status == "refuted-on-purpose"]
    point = refuted.detail.partition(" at ")[2]
    assert sorted(re.findall(r"(\w+)=", point)) == names


def test_unchecked_mark_wants_a_reason(tmp_path):
    found = check(tmp_path, "<!-- math: unchecked: a theorem of others -->\n$x = t$")
    assert [(f.status, f.detail) for f in found] == [
        ("unchecked", "a theorem of others")
    ]
    found = check(tmp_path, "<!-- math: unchecked -->\n$x = t$")
    assert [f.status for f in found] == ["refused"]


@pytest.mark.parametrize(
    "text", ["<!-- math: refuted -->\n\nNothing.", "<!-- math: right -->\n$x = x$"]
)
def test_mark_that_marks_nothing_is_refused(tmp_path, text):
    assert "refused" in {f.status for f in check(tmp_path, text)}
