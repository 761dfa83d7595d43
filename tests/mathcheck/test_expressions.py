"""An expression on a page computes numbers; whatever else it asks for is refused.

The first marked piece of each is where the refusal says that it stands.
"""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mathcheck.page.check import check_file
from mathcheck.source import expressions
from mathcheck.source.code import public_functions
from mathcheck.source.expressions import ForbiddenError, read

CODE = public_functions(("snippets",))

# All of them would do no harm if they ran: they read an attribute, or compute
FORBIDDEN = """
«().__class__»
1 + «().__class__.__base__»
«[].__len__»()
«softmax.__name__»
«softmax.__globals__»
«softmax([0, 1]).__class__»
«softmax([0, 1]).dtype»
«softmax([0, 1]).data»
«softmax([0, 1]).tolist»()
«softmax([0, 1]).tofile»
«softmax([0, 1]).sum(out=1)»
«softmax([0, 1]).sum(0, float, 1)»
«softmax([0, 1])»(1)
softmax([0, 1])[«None»]
1 + «softmax»
1 + «log»
1 + «np»
«np.load»
1 + «np.pi»
«np.zeros»(3)
«np.arange»(3)
«np.random.rand»()
«np.linalg.norm»([1, 2])
«np.vectorize»(abs)(1)
«np.array([1], dtype=float)»
np.exp(«"1"»)
1 + «open»
1 + «__builtins__»
1 + «__name__»
1 + «_checks»
«print»()
«eval»("1")
«exec»("")
«compile»("1", "", "eval")
«__import__»("math")
«globals»()
«vars»()
«getattr»(1, "real")
«type»(1)
«object»()
«str»(1)
«range»(3)
«round»(1.5)
«sorted»([2, 1])
«"a"»
«b"a"»
«f"{1}"»
«"{}".format»(1)
«"%d"» % 1
«[x for x in [1]]»
sum(«(x for x in [1])»)
«{x for x in [1]}»
«{x: 1 for x in [1]}»
«{1: 2}»
«{1}»
(«y := 1»)
«lambda: 1»
(«lambda x: x»)(1)
[«lambda x: x»]
complex_step(«lambda *x: 1», 1.0)
complex_step(«lambda x=1: x», 1.0)
complex_step(«lambda log: log», 1.0)
complex_step(lambda x: «x.__class__», 1.0)
complex_step(lambda x: «print»(x), 1.0)
«softmax(**{})»
«softmax(z=[0, 1])»
«shard_logit([0], 0, start=0)»
«softmax([0, 1]).sum(axis=0)»
max(«*[1, 2]»)
[«*[1, 2]»]
«max(1, 2, key=abs)»
«1 if 1 else 2»
«1 and 2»
«not 1»
«~1»
«1 << 2»
«1 | 2»
«1 in [1]»
«1 is 1»
«1 < 2 < 3»
«...»
«True»
«1j»
(«yield»)
«x = 1»
«import math»
«1; 2»
«1or 2»
«softmax(»
""".strip().splitlines()

LARGE = """
«10**10**10»
1 + «2**63»
«9223372036854775807 + 1»
«[0] * 10**10»
«10**10 * [0]»
«[[]] * 10**12»
«[0] * 1001»
«[0] * 999 + [1, 2]»
«np.array([[1]] * 1000) * np.array([1] * 1000)»
«np.array([[1]] * 40) @ np.array([[1] * 40])»
«sum([np.array([[1]] * 500), np.array([1] * 500)])»
«comb(10**6, 3)»
«calibration_error([[0.6, 0.4]], [0], 10**9)»
«softmax([10**9, 1])»
«complex_step(lambda x: x[0], [[[1.0]]])»
«softmax_jacobian([0] * 100)»
«softmax([0] * 251)»
«weights_hessian([[1.0]] * 126, [[1.0] * 126])»
complex_step(lambda x: «x * np.array([[1]] * 100)», [1.0] * 100)
1 - «int(1e300)»
""".strip().splitlines()

ALLOWED = [
    ("1/6 + 3/13 + 1/3", 1 / 6 + 3 / 13 + 1 / 3),
    ("-(2 ** 10) // 3 % 5", -(2**10) // 3 % 5),
    ("2 ** log(8, 2) * e / e", 8),
    ("log(8, 2) + comb(5, 2) + len([1, 2])", 15),
    ("sum(([1] * 9 + [0] * 4)[1:3])", 2),
    ("np.array([[1, 2], [3, 4]])[1, :].sum()", 7),
    ("np.array([[1, 2], [3, 4]]).sum(0)[-1]", 6),
    ("(np.array([[1, 2], [3, 4]]) @ np.array([1, 1])).max() + max(1, 2)", 9),
    ("np.array([[1, 2], [3, 4]]).T.ravel().astype(int)[1]", 3),
    ("(softmax([0, 1]) > 0.5).mean()", 0.5),
    ("softmax([0, 1])[1]", 0.7311),
    ("complex_step(lambda z: np.log(np.exp(z).sum()) - z[0], [0.0, 1.0])[1]", 0.7311),
    ("dual_derivative(lambda z: np.exp(z).sum(), [0.0, 1.0], [1.0, 0.0])", 1),
    ("logsumexp_of(shard_state([0, 0]))", 0.6931),
]


def unmarked(text):
    return text.replace("«", "").replace("»", "")


def found_on(tmp_path, text, kind):
    page = tmp_path / "page.md"
    page.write_text(text, "utf-8")
    found = check_file(page, "page.md", names=CODE)[0].findings
    return [f for f in found if f.kind == kind][-1]


@pytest.mark.parametrize(("source", "value"), ALLOWED)
def test_what_computes_a_number_is_computed(source, value):
    assert float(read(source, CODE.functions).value()) == pytest.approx(value, abs=1e-4)


@pytest.mark.parametrize("marked", [*FORBIDDEN, *LARGE])
def test_source_of_a_number_that_is_more_than_an_expression_is_refused_with_its_place(
    tmp_path, marked
):
    before = "A line.\n\nIt is 1.000<!-- = "
    found = found_on(tmp_path, f"{before}{unmarked(marked)} -->.", "number")
    column = len("It is 1.000<!-- = ") + marked.index("«") + 1
    assert (found.status, found.line, found.column) == ("refused", 3, column), found


@pytest.mark.parametrize("marked", [*FORBIDDEN, *LARGE])
def test_code_cell_that_is_more_than_an_expression_is_refused_with_its_place(
    tmp_path, marked
):
    before = "| Math | Code |\n|---|---|\n| $1$ | ``"
    found = found_on(tmp_path, f"{before}{unmarked(marked)}`` |\n", "binding")
    column = len("| $1$ | ``") + marked.index("«") + 1
    assert (found.status, found.line, found.column) == ("refused", 3, column), found


@pytest.mark.parametrize("marked", [*FORBIDDEN, *LARGE])
def test_refusal_begins_with_the_offending_piece(marked):
    with pytest.raises(ForbiddenError) as refused:
        read(unmarked(marked), CODE.functions).value()
    piece = marked.partition("«")[2].partition("»")[0]
    assert str(refused.value).startswith(piece[:40])


@pytest.mark.parametrize(
    "source", ["-" * 900 + "1", "[" * 150 + "1" + "]" * 150, "1 + " * 300 + "1"]
)
def test_expression_that_is_nested_or_long_is_refused(source):
    with pytest.raises(ForbiddenError, match=r"nested too deeply|at most|is not"):
        read(source, {})


def test_forms_that_are_forbidden_are_refused_before_anything_runs():
    def run():
        raise AssertionError

    for marked in FORBIDDEN:
        with pytest.raises(ForbiddenError):
            read(f"[run(), {unmarked(marked)}]", {**CODE.functions, "run": run})


@pytest.mark.parametrize(
    ("functions", "source"),
    [({"one": lambda: 1}, "one()"), ({"each": lambda f: f(1)}, "each(lambda x: x)")],
)
def test_function_of_the_project_is_not_called_when_the_time_is_up(
    monkeypatch, functions, source
):
    assert read(source, functions).value() == 1
    monkeypatch.setattr(expressions, "SECONDS", -1)
    with pytest.raises(ForbiddenError, match="takes more than"):
        read(source, functions).value()


@pytest.mark.parametrize(
    ("value", "words"),
    [("text", "is of type str"), ({}, "is of type dict"), (print, "is of type")],
)
def test_function_of_the_project_that_gives_no_numbers_is_refused(value, words):
    with pytest.raises(ForbiddenError, match=words):
        read("f()", {"f": lambda: value}).value()


PIECES = """
( ) [ ] , . : + - * ** / // % @ < == ! lambda x z np log exp sum softmax astype T
complex_step __class__ 1 0.5 10**9 1e308 if else for in := { } " ' f" \\ # é
""".split()


@given(st.lists(st.sampled_from(PIECES), max_size=12).map(" ".join))
def test_whatever_stands_there_is_refused_with_its_place_or_computes_few_numbers(
    source,
):
    try:
        found = read(source, CODE.functions, ["z"])
        value = found.value({"z": np.array([1.0, 2.0])})
    except ForbiddenError as refused:
        place = refused.at
    except Exception:  # as of what divides by 0; the page is told
        return
    else:
        place = 0
        assert value.size <= expressions.ENTRIES
    assert 0 <= place <= len(source)


def test_complex_number_is_no_value():
    with pytest.raises(ForbiddenError, match="is not a real number"):
        read("(0 - 1) ** 0.5", {}).value()
