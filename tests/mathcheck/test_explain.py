"""What the checker says of a symbol: the declaration in force, its words, its code."""

import pytest

from mathcheck.command import cache
from mathcheck.page.check import check_file
from mathcheck.source.code import Code
from tests.mathcheck.pages import PREAMBLE

NOTATION = r"""# Notation

| Symbol | Meaning | Python | Shape |
|---|---|---|---|
| $K \in \mathbb{N}$ | number of *classes* | `z.shape[-1]` | |
| $c, k \in \{1, \dots, K\}$ | [a class](other.md#it) | `label` | |
| $z \in \mathbb{R}^K$ | logits, one a class | `z` | `(K,)` |
| $e_c$ | the unit vector | `np.eye(K)[label]` | `(K,)` |
| $z \odot z$ | product by components | `z * z` | |
"""


@pytest.fixture
def page(tmp_path):
    """Check a page below the notation; return what it says of the symbols of a line."""

    def read(body, notation=NOTATION):
        scope = None
        if notation:
            (tmp_path / "notation.md").write_text(notation, "utf-8")
            path = tmp_path / "notation.md"
            _, scope = check_file(path, "notation.md", everywhere=True)
        path = tmp_path / "page.md"
        path.write_text(body, "utf-8")
        checked, _ = check_file(path, "page.md", scope, names=Code())
        assert not [f for f in checked.findings if f.status == "undefined"]

        def said(line):
            return {
                symbol: checked.explanations[number]
                for formula in checked.symbols
                if formula.line == line
                for symbol, number in formula.symbols
            }

        return said

    return read


def test_notation_is_explained_by_the_row_of_its_table(page):
    found = page("# A\n\n$z_k + K$\n")(3)
    assert list(found) == ["z", "k", "K"]
    assert found["z"].declaration == r"z \in \mathbb{R}^K"
    assert found["z"].meaning == "logits, one a class"
    assert (found["z"].python, found["z"].shape) == ("`z`", "(K,)")
    assert (found["z"].path, found["z"].line) == ("notation.md", 7)
    assert found["k"].meaning == "a class"
    assert found["K"].meaning == "number of classes"


def test_what_a_section_declares_anew_is_explained_as_it_means_it(page):
    said = page(
        "# A\n\n## B\n\nHere the pixels are $z \\in [0, 1]^K$.\n\n$z_k$\n\n"
        "## C\n\n$z_k$\n"
    )
    assert said(7)["z"].meaning == r"Here the pixels are $z \in [0, 1]^K$"
    assert said(7)["z"].domain == "[0, 1]^K"
    assert said(11)["z"].meaning == "logits, one a class"


def test_chapter_that_repeats_the_notation_keeps_its_words_and_names_its_own_place(
    page,
):
    found = page("# A\n\nLet $z \\in \\mathbb{R}^K$ be something.\n\n$z$\n")(5)["z"]
    assert (found.meaning, found.python) == ("logits, one a class", "`z`")
    assert (found.path, found.line) == ("page.md", 3)


def test_dictionary_of_the_page_gives_the_python_name_of_that_very_symbol(page):
    said = page(
        "# A\n\nA weight is $w \\in \\mathbb{R}^K$.\n\n$w$\n\n"
        "| Math | Code | Shape |\n|---|---|---|\n| $w$ | `weight` | `(K,)` |\n\n"
        "## B\n\nAnother is $w \\in \\mathbb{R}$.\n\n$w$\n"
    )
    assert (said(5)["w"].python, said(5)["w"].shape) == ("`weight`", "(K,)")
    assert said(15)["w"].python == ""


TWO_TABLES = """# A

A label is $w \\in \\mathbb{R}^K$.

$w$

## B

| Math | Code | Shape |
|---|---|---|
| $w$ | `any_weight` | `(K,)` |

$w$

### C

$w$

## D

Here it is hard, $w := e_c$.

| Math | Code |
|---|---|
| $w$ | `{name}` |

$w$
"""


def test_dictionary_of_a_section_does_not_speak_for_others_that_have_another_name(page):
    said = page(TWO_TABLES.replace("{name}", "hard_weight"))
    names = {line: said(line)["w"].python for line in (5, 13, 17, 27)}
    assert names == {5: "", 13: "`any_weight`", 17: "`any_weight`", 27: "`hard_weight`"}
    assert said(5)["w"].shape == "(K,)"  # by its declaration


def test_dictionary_speaks_for_the_page_where_all_agree_on_a_name(page):
    said = page(TWO_TABLES.replace("{name}", "any_weight"))
    assert said(5)["w"].python == "`any_weight`"


def test_number_of_arguments_tells_two_functions_apart(page):
    both = "$G(q) := q_1$ and $G(q, p) := p_1 + q_1$.\n\n$G(q, p)$\n\n$G(q)$\n"
    found = page(PREAMBLE + both, "")
    assert found(12)["G"].declaration.startswith("G(q, p) :=")
    assert found(14)["G"].declaration.startswith("G(q) :=")


def test_index_of_a_sum_with_limits_of_its_own_is_not_taken_for_the_declared_one(page):
    said = page("# A\n\n$\\sum_{k=1}^{K} z_k$\n\n$\\sum_{k=2}^{5} k$\n")
    assert said(3)["k"].meaning == "a class"
    assert said(5)["k"].declaration == r"k = 2, \dots, 5"
    assert said(5)["k"].python == ""


def test_sign_that_needs_no_declaration_is_explained_by_its_row(page):
    said = page("# A\n\n$e_c \\odot z$\n\n$e^{z_k}$\n")
    assert said(3)["e"].meaning == "the unit vector"
    assert said(3)[r"\odot"].meaning == "product by components"
    assert "e" not in said(5)


def test_accents_bold_letters_and_named_scripts_are_one_symbol(page):
    body = (
        r"$\hat z \in \mathbb{R}^K$, $\mathbf w \in \mathbb{R}^K$, $z_0 \in \mathbb{R}$"
        "\n\n"
        r"$\hat z_k + \mathbf{w}_k + z_0 + \operatorname{softmax}(z)_k$"
    )
    first = r"$\operatorname{softmax}(z)_k := \frac{e^{z_k}}{\sum_{m=1}^{K} e^{z_m}}$"
    index = r"$m \in \{1, \dots, K\}$, "
    found = page(f"# A\n\n{index}{first}\n\n{body}")(7)
    assert list(found) == [
        r"\hatz", "k", r"\mathbf{w}", "z_0", r"\operatorname{softmax}", "z",
    ]  # fmt: skip


RATE = r"$r \in \mathbb{R}$"
LONG = "There is so much to be said of rates that one loses the thread of it, and "


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (f"First. The rate is {RATE}. Last.", f"The rate is {RATE}"),
        (f"A [*fast* rate](x.md) `r` is {RATE}", f"A fast rate `r` is {RATE}"),
        (f"- a list, and {RATE} in it", f"a list, and {RATE} in it"),
        (f"{LONG}the rate is {RATE}, which says little.", f"the rate is {RATE}"),
        ("Words.\n\nIts square is\n\n$$\nr := 2^2\n$$\n", "Its square is"),
        ("## Title\n\n$$\nr := 2^2\n$$\n", ""),
        ("Words.\n\n$$\nt := 1\n$$\n\n$$\nr := 2^2\n$$\n", ""),
    ],
)
def test_prose_explains_a_symbol_by_its_sentence(page, text, words):
    said = page(f"# A\n\n{text}\n\n---\n\n$r$ here\n")
    assert said(7 + text.count("\n"))["r"].meaning == words


def test_statement_in_rows_is_declared_on_one_line(page):
    rows = (
        "$$\n\\begin{aligned}\nr &:= 2 && \\text{chosen} \\\\\n"
        "t &:= \\begin{cases} 1 & \\text{if } k = c \\\\ 0 & \\text{otherwise} "
        "\\end{cases} \\\\[2pt]\nx &:= r \\\\ &= 2\n\\end{aligned}\n$$\n"
    )
    found = page(f"# A\n\n{rows}\n$r + t + x$\n")(11)
    assert found["r"].declaration == "r := 2"
    assert found["t"].declaration == (
        r"t := \begin{cases} 1 & \text{if } k = c \\ 0 & \text{otherwise} \end{cases}"
    )
    assert found["x"].declaration == "x := r = 2"


def test_shape_follows_from_the_declared_set(page):
    found = page(
        "# A\n\n$X \\in \\mathbb{R}^{K \\times 3}$, $x_c \\in \\mathbb{R}^K$, "
        "$t \\in \\mathbb{R}$\n\n$X + x_c + t$\n".replace(
            "$X + x_c + t$", "$X$, $x_c$, $t$"
        )
    )(5)
    shapes = [found[name].shape for name in "Xxt"]
    assert shapes == ["(K, 3)", "(K, K)", ""]


def test_page_is_kept_whole(tmp_path):
    path = tmp_path / "page.md"
    path.write_text("$z \\in \\mathbb{R}^K$ and $z = z$", "utf-8")
    checked, _ = check_file(path, "page.md")
    kept = cache.Cache(tmp_path)
    kept.write("key", checked)
    again = kept.read("key")
    assert again == checked
    assert again.explanations != []
    assert again.order != []


def test_size_that_a_set_names_is_explained_by_that_very_statement(page):
    found = page("# A\n\n$x \\in \\mathbb{R}, \\quad w \\in \\mathbb{R}^M$, $M$\n", "")
    assert found(3)["M"].declaration == r"w \in \mathbb{R}^M"


def test_declaration_ends_with_the_bracket_that_closes_it(page):
    rows = r"\begin{matrix} 1 & \text{if } x > 0 \\ 0 & \text{if } x \le 0 \end{matrix}"
    body = "# A\n\n" rf"$x \in \mathbb{{R}}$, $g(x) := \left\{{ {rows} \right.$, $g(1)$"
    assert page(body, "")(3)["g"].declaration.endswith(r"\end{matrix} \right.")


def test_symbols_of_formulas_in_words_are_explained(page):
    body = "# A\n\n$x, r \\in \\mathbb{R}$\n\n$x = x \\text{ for all $r$}$\n"
    assert page(body, "")(5)["r"].declaration == r"x, r \in \mathbb{R}"


@pytest.mark.parametrize(
    ("body", "meaning"),
    [
        (r"From \$1 = 2\$ on $r \in \mathbb{R}$.", r"From \$1 = 2\$ on {}"),
        (r"Code is `$1 = 2$`, and $r \in \mathbb{R}$.", r"Code is `\$1 = 2\$`, and {}"),
    ],
)
def test_words_make_no_formula_of_what_the_page_does_not_show_as_one(
    page, body, meaning
):
    said = page(body, "")(1)["r"].meaning
    assert said == meaning.format(r"$r \in \mathbb{R}$")
