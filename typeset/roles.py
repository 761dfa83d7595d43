r"""Three things have one colour each: what is predicted, what is true, the gradient.

Which symbol is which follows from the statement that declares it, which the checker
knows of every symbol of every formula; `roles.toml` lists those statements. Only where
two of the three occur on a page do they have their colours: one alone needs none.
"""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from mathcheck.page.check import Page
from mathcheck.page.explain import Explanation
from mathcheck.read.cursor import STYLED
from typeset.formulas import inline

WORDS = {"predicted": "predicted", "true": "true", "gradient": "gradient"}
TABLE = Path("typeset") / "roles.toml"  # below mkdocs.yml
LISTS = ("declared", "loss", "logits")

# \nabla_z L and \frac{\partial L}{\partial z_j}: the gradient of a loss in the logits
NAME = r"(?:\\\w+\s*)?(?:\{\w+\}|\w)(?:_(?:\\?\w+|\{[^{}]*\}))?"
GRADIENT = re.compile(
    rf"\\nabla_(?P<by>\w|\{{\w\}})\s*(?P<of>\\ell\b|{NAME})"
    rf"|\\frac\{{\\partial\s*(?P<over>\\ell\b|{NAME})\}}"
    rf"\{{\\partial\s*(?P<under>{NAME})\}}"
)
# A symbol goes by its LaTeX without spaces: \haty is typeset as \hat y
ACCENTED = re.compile(rf"^(?:{'|'.join(map(re.escape, STYLED))})(?=[A-Za-z])")
HEADING = re.compile(r"</h1>")
IDENTIFIER = re.compile(r"`([A-Za-z_]\w*)`")
CALL = re.compile(r"`([A-Za-z_]\w*)\(.*\)`")
CELL = re.compile(r"<td(?P<how>[^>]*)>(?P<code><code>(?P<name>[^<]+)</code></td>)")
# A name in code, but no attribute (x.p) and no keyword (p=q)
NAMED = re.compile(
    r'(?<!<span class="o">\.</span>)<span class="n">(?P<name>\w+)</span>'
    r'(?!<span class="o">=</span>)(?P<called>(?=<span class="p">\())?'
)


class RoleError(Exception):
    """The table of roles names a statement that no page makes."""


@dataclass(frozen=True)
class Roles:
    """The statements that declare something with a colour, and names for it in code."""

    declared: dict[str, str] = field(default_factory=dict)  # statement: its role
    names: dict[str, str] = field(default_factory=dict)  # identifier: its role

    def of(self, said: Explanation) -> str:
        """Return the role of what a statement declares, if it has one."""
        for statement in self.matching(said):
            return self.declared[statement]
        return ""

    def matching(self, said: Explanation) -> Iterator[str]:
        """Yield what the table says of a statement, of its page first."""
        on_page = f"{Path(said.path).name}: {said.declaration}"
        yield from (s for s in (on_page, said.declaration) if s in self.declared)


@dataclass(frozen=True)
class Colours:
    """What has a colour on one page."""

    of: Mapping[int, str] = field(default_factory=dict)  # by a symbol's number
    names: Mapping[str, str] = field(default_factory=dict)  # of variables in code
    calls: Mapping[str, str] = field(default_factory=dict)  # of functions in code
    signs: Mapping[str, str] = field(
        default_factory=dict
    )  # role: LaTeX, for the legend
    symbols: Mapping[str, int] = field(default_factory=dict)  # of the legend


def roles_of(project: Path) -> Roles:
    """Read a project's table; without one nothing has a colour."""
    table = project / TABLE
    return roles_in(table.read_text("utf-8") if table.is_file() else "")


@lru_cache(maxsize=1)
def roles_in(text: str) -> Roles:
    """Return what the text of a table says."""
    read = tomllib.loads(text)
    declared = {}
    for role, table in read.items():
        for kind in LISTS:
            for statement in table.get(kind, ()):
                declared[statement] = role if kind == "declared" else kind
    names = {n: role for role, table in read.items() for n in table.get("names", ())}
    return Roles(declared, names)


def colours(checked: Page, roles: Roles) -> Colours:
    """Return what has a colour on a page: nothing if fewer than two roles occur."""
    of = {
        number: role
        for number, said in enumerate(checked.explanations)
        if (role := roles.of(said))
    }
    seen: dict[str, Counter[str]] = {role: Counter() for role in WORDS}
    numbers: dict[str, int] = {}
    for formula in checked.symbols:
        symbols: dict[str, list[int]] = {}
        for text, number in formula.symbols:
            symbols.setdefault(text, []).append(number)
            if of.get(number) in seen:
                seen[of[number]][text] += 1
                numbers.setdefault(text, number)
        for found in gradients(checked.formulas[formula.offset], symbols, of):
            seen["gradient"][legend_of(found)] += 1
    playing = {role: found for role, found in seen.items() if found}
    if len(playing) < 2:
        return Colours()
    signs = {role: found.most_common(1)[0][0] for role, found in playing.items()}
    names, calls = in_code(checked.explanations, of, roles.names, playing)
    return Colours(of, names, calls, signs, numbers)


def in_code(
    explanations: Iterable[Explanation],
    of: Mapping[int, str],
    usual: Mapping[str, str],
    playing: Iterable[str],
) -> tuple[dict[str, str], dict[str, str]]:
    """Return the roles of variables and of functions: as the page's tables bind them.

    A name that they bind to something without a role has none either.
    """
    names = {name: role for name, role in usual.items() if role in playing}
    calls: dict[str, str] = {}
    bound: dict[str, set[str]] = {}
    for number, said in enumerate(explanations):
        role = of.get(number, "")
        if GRADIENT.fullmatch(said.declaration):
            role = "gradient"
        if found := IDENTIFIER.fullmatch(said.python):
            bound.setdefault(found[1], set()).add(role if role in playing else "")
        elif (found := CALL.fullmatch(said.python)) and role in playing:
            calls[found[1]] = role
    for name, found_roles in bound.items():
        if role := max(found_roles):
            names[name] = role
        else:
            names.pop(name, None)
    return names, calls


def gradients(
    tex: str, symbols: Mapping[str, int | list[int]], of: Mapping[int, str]
) -> Iterator[str]:
    """Yield the gradients of a loss in the logits that a formula shows."""

    def means(text: str, role: str) -> bool:
        text = re.sub(r"\s+", "", text).strip("{}" if text.startswith("{") else "")
        for name in (text, text.partition("_")[0]):
            if name in symbols:
                found = symbols[name]
                numbers = found if isinstance(found, list) else [found]
                return any(of.get(number) == role for number in numbers)
        return False

    for match in GRADIENT.finditer(tex):
        loss, logits = match["of"] or match["over"], match["by"] or match["under"]
        if means(loss, "loss") and means(logits, "logits"):
            yield match[0]


def legend_of(gradient: str) -> str:
    r"""Return how the legend writes a gradient: ∇ and the loss, or the quotient.

    >>> print(legend_of(r"\frac{\partial L}{\partial z_j}"))
    \nabla_z L
    """
    match = GRADIENT.fullmatch(gradient)
    assert match is not None
    loss, logits = match["of"] or match["over"], match["by"] or match["under"]
    return rf"\nabla_{logits.partition('_')[0]} {loss.partition('_')[0]}"


def grouped(
    tex: str, symbols: Mapping[str, int | list[int]], of: Mapping[int, str]
) -> tuple[str, dict[str, str]]:
    """Put each gradient in braces, so that MathJax draws it as one group.

    Returned with it are the groups, as MathJax gives their LaTeX, and their roles.
    """
    groups: dict[str, str] = {}
    for found in set(gradients(tex, symbols, of)):
        tex = tex.replace(found, f"{{{found}}}")
        groups[re.sub(r"\s+", "", f"{{{found}}}")] = "gradient"
    return tex, groups


def with_legend(html: str, on_page: Colours) -> str:
    """Say below the heading what the colours of a page mean; they are not all."""
    said = []
    for role, tex in on_page.signs.items():
        numbers = {tex: on_page.symbols[tex]} if tex in on_page.symbols else {}
        shown = inline(ACCENTED.sub(r"\g<0> ", tex), numbers)
        said.append(f'<span class="is-{role}">{shown} {WORDS[role]}</span>')
    if not said:
        return html
    legend = f'<div class="legend" data-search-exclude>{" ".join(said)}</div>'
    return HEADING.sub(lambda end: f"{end[0]}\n{legend}", html, count=1)


def with_code(html: str, on_page: Colours) -> str:
    """Mark what has a role in the page's code, and in the tables that bind it."""

    def name(match: re.Match[str]) -> str:
        called = match["called"] is not None
        role = (on_page.calls if called else on_page.names).get(match["name"])
        if role is None:
            return match[0]
        return match[0].replace('class="n"', f'class="n is-{role}"')

    def cell(match: re.Match[str]) -> str:
        plain, called, _ = match["name"].partition("(")
        role = (on_page.calls if called else on_page.names).get(plain)
        if role is None or match["how"]:
            return match[0]
        return f'<td class="is-{role}">{match["code"]}'

    return CELL.sub(cell, NAMED.sub(name, html)) if on_page.of else html


def unused(roles: Roles, said: Iterable[Explanation]) -> list[str]:
    """Return the statements of the table that no page makes."""
    found = {statement for each in said for statement in roles.matching(each)}
    return [statement for statement in roles.declared if statement not in found]
