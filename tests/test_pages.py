"""What the pages say is what the code does: examples run, functions shown once."""

import ast
import doctest
import re
from functools import cache
from pathlib import Path

import numpy as np
import pytest
from bs4 import BeautifulSoup, Comment

from mathcheck.command.project import check_page
from tests.markdown import DOCS, PAGES, ROOT, Fence, fences
from tests.modules import functions, module_of
from typeset.embedding import INCLUDE

SNIPPETS = ROOT / "snippets"
MODULES = [
    path for path in sorted(SNIPPETS.rglob("*.py")) if not path.name.startswith("_")
]
COLUMNS = 88  # that a page of a wide window shows
ANY_MARK = re.compile(r"-+8<-+")


def relative(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def fences_of(page: Path, language: str) -> list[Fence]:
    return [fence for fence in fences(page) if fence.language == language]


@cache
def includes() -> list[tuple[str, str, Path, str]]:
    """Every embedded function: its file, its name, the page, the place there."""
    return [
        (found["path"], found["name"], fence.path, fence.place)
        for page in PAGES
        for fence in fences(page)
        for found in INCLUDE.finditer(fence.body)
    ]


# Examples


@pytest.mark.parametrize("page", PAGES, ids=relative)
def test_examples_of_the_page_give_the_output_that_it_shows(page):
    globals_ = {}
    runner = doctest.DocTestRunner(
        verbose=False, optionflags=doctest.DONT_ACCEPT_TRUE_FOR_1
    )
    report = []
    state = np.random.get_state()  # noqa: NPY002  what a page sets is its own
    with np.printoptions(), np.errstate():
        for fence in fences_of(page, "pycon"):
            examples = doctest.DocTestParser().get_examples(fence.body)
            test = doctest.DocTest(
                examples, globals_, relative(page), str(page), fence.line, fence.body
            )
            runner.run(test, out=report.append, clear_globs=False)
            globals_ = test.globs
    np.random.set_state(state)  # noqa: NPY002
    assert not report, "".join(report)


def prompted(source: str) -> str:
    """Return an example's source as it is typed, behind its prompts."""
    first, *more = source.splitlines()
    return "".join(
        [f">>> {first}\n", *(f"... {line}".rstrip() + "\n" for line in more)]
    )


@pytest.mark.parametrize("page", PAGES, ids=relative)
def test_a_pycon_fence_holds_examples_and_nothing_that_is_not_compared(page):
    for fence in fences_of(page, "pycon"):
        examples = doctest.DocTestParser().get_examples(fence.body)
        compared = "".join(prompted(e.source) + e.want for e in examples)
        assert fence.body == compared, (
            f"{fence.place}: something here is not compared with a run: text before "
            "the first prompt, a blank line, or a traceback's inner lines"
        )
        assert "doctest:" not in fence.body, f"{fence.place}: a doctest directive"


@pytest.mark.parametrize("page", PAGES, ids=relative)
def test_code_on_the_page_is_run_or_embedded(page):
    for fence in fences(page):
        if page.name == "yours.md":  # whose commands test_yours.py runs
            assert fence.language in ("markdown", "console", "yaml"), fence.place
            continue
        assert fence.language in ("python", "pycon"), (
            f"{fence.place}: a fence of {fence.language!r}; examples with output go "
            "into a pycon fence, functions are included in a python fence"
        )
        if fence.language == "python":
            lines = fence.body.splitlines()
            bad = [line for line in lines if not INCLUDE.fullmatch(line)]
            assert not bad, (
                f"{fence.place}: a python fence holds whole include lines only, "
                f"not {bad[0]!r}; code with output goes into a pycon fence"
            )


@pytest.mark.parametrize("page", PAGES, ids=relative)
def test_code_is_no_wider_than_its_column(page):
    wide = [
        f"{fence.place}: {line}"
        for fence in fences(page)
        for line in fence.body.splitlines()
        if len(line) > COLUMNS and not ANY_MARK.match(line)
    ]
    assert not wide


@pytest.mark.parametrize("page", PAGES, ids=relative)
def test_code_stands_in_fences_that_the_tests_see(page):
    text = page.read_text("utf-8")
    inside = sum(fence.body.count("--8<--") for fence in fences_of(page, "python"))
    assert len(ANY_MARK.findall(text)) == inside, (
        f"{relative(page)}: an include outside a python fence, or in another spelling"
    )
    for number, line in enumerate(text.splitlines(), 1):
        hidden = re.search(r"~~~|^\s*>+ *`{3}|\t|<pre|<code", line)
        assert hidden is None, (
            f"{relative(page)}:{number}: code, or a tab, unseen: {line}"
        )


def test_every_source_of_a_page_is_one_that_the_tests_read():
    for path in sorted(DOCS.rglob("*")):
        page = path.suffix in (".md", ".css", ".js", ".svg")
        lab = path.suffix == ".py" and path.parent == DOCS / "labs"
        assert path.is_dir() or page or lab, f"{relative(path)}: unread by the tests"


@pytest.mark.parametrize("lab", sorted(DOCS.glob("labs/*.py")), ids=relative)
def test_the_prose_of_a_lab_holds_no_code(lab):
    lines = lab.read_text("utf-8").splitlines()
    header = lines.index("# ---", 1) + 1
    for number, line in enumerate(lines[header:], header + 1):
        hidden = re.search(r"^# +(```|~~~|>>>|   )|<pre|<code", line)
        assert hidden is None, f"{relative(lab)}:{number}: code in prose: {line}"


# Formulas


# What Markdown would have made something of, a conflict that a merge has left, and TeX
LEFT = re.compile(
    r"={3,}|-{3,}|<{3,}|>{3,}|\*\*|~~|`|\]\(|\]\[|\[\^|\{[:#.]|<!--|-->|--8<--|</?\w+>"
    r"|&\w+;|!!!|\?\?\?|:::|\$\$|\\[a-z]{2,}|^\s*(?:#{1,6}\s|\|)|\|\s*$",
    re.MULTILINE,
)
DRAWN = re.compile(r"</?(?:path|use|g|rect)\b[^>]*>")  # most of a page, and no words


@pytest.mark.parametrize(
    "source", [*PAGES, *sorted(DOCS.glob("labs/*.py"))], ids=relative
)
def test_the_built_page_shows_what_was_read_and_nothing_of_how_it_is_written(
    site, source
):
    read = check_page(source)
    assert read.found == len(read.formulas)
    stem = source.relative_to(DOCS).with_suffix("")
    folder = stem.parent if stem.name == "index" else stem
    html = (site / folder / "index.html").read_text("utf-8")
    article = BeautifulSoup(DRAWN.sub("", html), "html.parser").article
    # What the checker says itself: the cards of symbols, the legend of the colours
    for said in article.select("template, .legend, .reasons"):
        said.decompose()
    shown = [" ".join(tex.get_text().split()) for tex in article.select("annotation")]
    assert shown == [" ".join(read.formulas[at].split()) for at in read.order]
    assert not article.select(".formula-fault, math:not(mjx-container math)")
    for said in article.select("pre, code, mjx-container, svg, script, style"):
        said.decompose()
    words = [
        text for text in article.find_all(string=True) if type(text) is not Comment
    ]
    assert [text for text in words if LEFT.search(text)] == []


# Functions


def page_of(module: Path) -> Path:
    """Return the page of a module's functions; the quarantined ones have no other."""
    return DOCS / f"{module.stem}.md"


def test_every_public_function_is_included_exactly_once_on_the_page_of_its_stem():
    shown = [(path, name) for path, name, _, _ in includes()]
    problems = []
    for module in MODULES:
        for name, node in functions(module).items():
            times = shown.count((relative(module), name))
            if times != 1:
                place = f"{relative(module)}:{node.lineno}"
                problems.append(f"{place}: {name} is shown {times} times, not once")
    for path, name, page, place in includes():
        if not (ROOT / path).is_file() or name not in functions(ROOT / path):
            problems.append(f"{place}: there is no function {name} in {path}")
        elif page != page_of(ROOT / path):
            problems.append(f"{place}: {path} belongs on {page_of(ROOT / path).name}")
    assert not problems, "\n".join(problems)


@pytest.mark.parametrize("module", MODULES, ids=relative)
def test_what_a_module_exports_is_its_functions_as_they_are_written(module):
    tree = ast.parse(module.read_text("utf-8"))
    private = [n for n in tree.body if isinstance(n, ast.ClassDef) and n.name[0] == "_"]
    methods = [node for one in private for node in one.body]
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef) and node.name[0] != "_":
            if node in methods:
                continue
            place = f"{relative(module)}:{node.lineno}"
            assert node in tree.body, f"{place}: {node.name} is not at the top level"
            assert not node.decorator_list, f"{place}: {node.name} is decorated"
    imported = module_of(module)
    for name, value in vars(imported).items():
        own = getattr(value, "__module__", None) == imported.__name__
        if own and not name.startswith("_"):
            node = functions(module).get(name)
            assert node is not None, f"{relative(module)}: {name} is no function shown"
            written = value.__code__.co_firstlineno
            assert written == node.lineno, (
                f"{relative(module)}:{written}: {name} is hidden"
            )


@pytest.mark.parametrize("module", MODULES, ids=relative)
def test_page_module_and_test_share_their_stem(module):
    inner = module.relative_to(SNIPPETS)
    test = ROOT / "tests" / inner.with_name(f"test_{inner.name}")
    assert test.is_file(), f"{relative(module)} has no {relative(test)}"
    assert page_of(module).is_file(), f"{relative(module)} has no page"


@pytest.mark.parametrize("module", MODULES, ids=relative)
def test_every_public_function_has_a_docstring_with_a_source_and_an_example(module):
    for function_name in functions(module):
        function = getattr(module_of(module), function_name)
        docstring = function.__doc__ or ""
        for part in ("ValueError", "Source: ", ">>> "):
            assert part in docstring, f"{relative(module)}: {function_name}: no {part}"


@pytest.mark.parametrize("page", PAGES, ids=relative)
def test_a_displayed_formula_stands_between_blank_lines(page):
    lines = re.sub(r"```.*?```", blank, page.read_text("utf-8"), flags=re.S).split("\n")
    edges = [i for i, line in enumerate(lines) if line.strip() == "$$"]
    assert len(edges) % 2 == 0
    for start, end in zip(edges[::2], edges[1::2], strict=True):
        before, after = lines[start - 1].strip(), lines[end + 1].strip()
        place = f"{relative(page)}:{start + 1}"
        assert not before or before.startswith("<!--"), f"{place}: no blank line before"
        assert not after, f"{place}: no blank line after, so that it stays TeX"


def blank(fence: re.Match[str]) -> str:
    return "\n" * fence[0].count("\n")
