"""What the pages say is what the code does: examples run, functions shown once."""

import ast
import doctest
import re
from functools import cache
from importlib import import_module
from pathlib import Path
from types import FunctionType

import pytest

from tests.markdown import DOCS, PAGES, ROOT, Fence, fences

SNIPPETS = ROOT / "snippets"
MODULES = [
    path for path in sorted(SNIPPETS.rglob("*.py")) if not path.name.startswith("_")
]
INCLUDE = re.compile(r'--8<-- "(?P<path>[\w/]+\.py):(?P<section>\w+)"')
MARK = re.compile(r"^# --8<-- \[(?P<edge>start|end):(?P<name>\w+)\]$")


def relative(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def fences_of(page: Path, language: str) -> list[Fence]:
    return [fence for fence in fences(page) if fence.language == language]


@cache
def includes() -> list[tuple[str, str, Path, str]]:
    """Every embedded section: its file, its name, the page that shows it, the place."""
    return [
        (found["path"], found["section"], fence.path, fence.place)
        for page in PAGES
        for fence in fences(page)
        for found in INCLUDE.finditer(fence.body)
    ]


def functions(module: Path) -> dict[str, ast.FunctionDef]:
    """Return the public functions of a module, by name."""
    tree = ast.parse(module.read_text("utf-8"))
    found = [node for node in tree.body if isinstance(node, ast.FunctionDef)]
    return {node.name: node for node in found if not node.name.startswith("_")}


# Examples


@pytest.mark.parametrize("page", PAGES, ids=relative)
def test_examples_of_the_page_give_the_output_that_it_shows(page):
    globals_ = {}
    runner = doctest.DocTestRunner(verbose=False)
    report = []
    for fence in fences_of(page, "pycon"):
        examples = doctest.DocTestParser().get_examples(fence.body)
        assert examples, f"{fence.place}: no example in a pycon fence"
        test = doctest.DocTest(
            examples, globals_, relative(page), str(page), fence.line, fence.body
        )
        runner.run(test, out=report.append, clear_globs=False)
        globals_ = test.globs
    assert not report, "".join(report)


@pytest.mark.parametrize("page", PAGES, ids=relative)
def test_python_on_the_page_is_run_or_embedded(page):
    for fence in fences(page):
        if fence.language == "python":
            lines = fence.body.splitlines()
            bad = [line for line in lines if not INCLUDE.fullmatch(line)]
            assert not bad, (
                f"{fence.place}: a python fence holds whole include lines only, "
                f"not {bad[0]!r}; code with output goes into a pycon fence"
            )
        else:
            allowed = ("pycon", "console", "text", "markdown")
            assert fence.language in allowed, (
                f"{fence.place}: a fence of language {fence.language!r}; "
                f"use one of {', '.join(allowed)}"
            )
            assert "--8<--" not in fence.body, (
                f"{fence.place}: include in a wrong fence"
            )


@pytest.mark.parametrize("page", PAGES, ids=relative)
def test_an_include_stands_in_a_fence_on_a_line_of_its_own(page):
    outside = page.read_text("utf-8").count("--8<--")
    inside = sum(fence.body.count("--8<--") for fence in fences_of(page, "python"))
    assert outside == inside, f"{relative(page)}: an include outside a python fence"


# Sections


@pytest.mark.parametrize("module", MODULES, ids=relative)
def test_each_section_is_one_whole_function(module):
    lines = module.read_text("utf-8").splitlines()
    for number, line in enumerate(lines, 1):
        assert "--8<--" not in line or MARK.match(line), (
            f"{relative(module)}:{number}: not a mark: {line}"
        )
    marks = [
        (mark["edge"], mark["name"], number)
        for number, line in enumerate(lines, 1)
        if (mark := MARK.match(line))
    ]
    named = functions(module)
    where = relative(module)
    for edge in ("start", "end"):
        for name in named:
            found = [mark for mark in marks if mark[:2] == (edge, name)]
            assert len(found) == 1, (
                f"{where}:{named[name].lineno}: {name} has {len(found)} "
                f"[{edge}:{name}] marks, and needs one"
            )
    for edge, name, number in marks:
        assert name in named, (
            f"{where}:{number}: [{edge}:{name}] names no public function of this file"
        )
    for name, node in named.items():
        start = next(n for e, m, n in marks if (e, m) == ("start", name))
        end = next(n for e, m, n in marks if (e, m) == ("end", name))
        section = "\n".join(lines[start : end - 1]).rstrip()
        function = "\n".join(lines[node.lineno - 1 : node.end_lineno])
        assert section == function, (
            f"{where}:{start}: the section {name} is not the function {name} alone"
        )


def test_every_public_function_is_shown_exactly_once_on_the_page_of_its_stem():
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
        elif page.stem != Path(path).stem:
            problems.append(f"{place}: {path} belongs on {Path(path).stem}.md")
    assert not problems, "\n".join(problems)


@pytest.mark.parametrize("module", MODULES, ids=relative)
def test_page_module_and_test_share_their_stem(module):
    inner = module.relative_to(SNIPPETS)
    test = ROOT / "tests" / inner.with_name(f"test_{inner.name}")
    assert test.is_file(), f"{relative(module)} has no {relative(test)}"
    page = DOCS / f"{module.stem}.md"
    assert page.is_file(), f"{relative(module)} has no {relative(page)}"


@pytest.mark.parametrize("module", MODULES, ids=relative)
def test_every_public_function_has_a_docstring_with_a_source_and_an_example(module):
    name = ".".join(module.relative_to(ROOT).with_suffix("").parts)
    for function_name in functions(module):
        function = getattr(import_module(name), function_name)
        assert isinstance(function, FunctionType)
        docstring = function.__doc__ or ""
        for part in ("ValueError", "Source: ", ">>> "):
            assert part in docstring, f"{relative(module)}: {function_name}: no {part}"
