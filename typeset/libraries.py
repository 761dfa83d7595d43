"""What the libraries do: the pages' lists and tables, from the answers of the atlas.

An answer is told by its meaning, so that the libraries stand together that do the same.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from html import escape
from itertools import groupby
from pathlib import Path
from typing import Any

from markdown.extensions.toc import slugify

from atlas import maximum
from atlas.questions import QUESTIONS
from atlas.questions.documented import CODES
from atlas.questions.notes import NOTES
from atlas.questions.question import Answer, Mark, Question, Reading
from atlas.record import Library, read

ANSWERS = Path("atlas") / "answers.json"
MARK = "<!-- atlas: "  # where a page asks for answers
BEHAVIOUR = "<!-- atlas: behaviour -->"
THEMES = "<!-- atlas: themes -->"
LIBRARIES = "<!-- atlas: libraries -->"
COUNT = "<!-- atlas: count -->"
MAXIMUM = "<!-- atlas: maximum -->"
VERDICTS = "<!-- atlas: verdicts -->"
# Behind the number of a formula: what the function gives there. `call` is for what is
# documented, `instead` for the repair, which has to hold
CALL = re.compile(
    r"(?P<number>-?\d[\d.]*)(?P<end>\s*(?:\\end\{aligned\}\s*)?\$+\s*)"
    r"<!-- atlas: (?P<kind>call|instead) (?P<name>\S+) -->"
)
HEADING = re.compile(r"^(##+) (.*?)(?: *\{ *#(\S+) *\})?$", re.MULTILINE)
CODE = re.compile(r"`([^`]+)`")
WORDS = ("holds", "holds under conditions", "does not hold")
SHOWN = 6  # numbers of an answer; of more only the shape is told
MARKS = {Mark.RIGHT: "right", Mark.CONVENTION: "convention", Mark.WRONG: "wrong"}


class AtlasError(Exception):
    """There are no answers to show, or one that nobody has understood."""


def with_answers(markdown: str, project: Path) -> str:
    """Write what the libraries answered where the page asks for it.

    AtlasError: an answer has no meaning yet, or there is none.
    """
    if MARK not in markdown:
        return markdown
    libraries, docs = read(project / ANSWERS), project / "docs"
    if not libraries:
        raise AtlasError(f"there is no {ANSWERS.as_posix()}, which `make atlas` writes")
    for mark, made in (
        (BEHAVIOUR, functools.partial(behaviour, docs=docs)),
        (THEMES, themes),
        (LIBRARIES, described),
        (COUNT, counted),
        (MAXIMUM, to_the_maximum),
    ):
        if mark in markdown:
            markdown = markdown.replace(mark, made(libraries))
    if VERDICTS in markdown:
        markdown = markdown.replace(VERDICTS, verdicts(markdown, libraries))
    markdown = CALL.sub(lambda match: compared(match, libraries), markdown)
    if MARK in markdown:
        left = markdown.partition(MARK)[2].partition(" -->")[0]
        raise AtlasError(f"nothing is known that would stand at “atlas: {left}”")
    return markdown


def compared(match: re.Match[str], libraries: dict[str, Library]) -> str:
    """Say what a function gives, and whether the formula before it holds there.

    In a table this is a cell of its own.
    AtlasError: no library was asked for this call, or what stands instead is not equal.
    """
    given = answered(match["name"], libraries)
    holds = held(match["number"], given)
    if match["kind"] == "instead" and not all(holds.values()):
        raise AtlasError(f"{match['name']} does not give {match['number']}")
    said: dict[str, list[str]] = {}
    for library, answer in given.items():
        said.setdefault(returned(answer, match["number"]), []).append(library)
    told = ", ".join(
        value if len(said) == 1 else f"{value} ({' and '.join(names)})"
        for value, names in said.items()
    )
    code = f"`{CODES[match['name']]}`"
    if row_of(match):
        word = WORDS[0 if all(holds.values()) else 2]
        return f"{match['number']}{match['end']}| {code}: {told}, {word}"
    if match["kind"] == "call":
        said_so = f"{code} gives {told}: {sentence(holds)}."
    elif f"call {match['name']} -->" in match.string[: match.start()]:
        said_so = f"This is what the function gave: {told}."
    else:
        said_so = f"{code} gives {told}, as it should."
    return f"{match['number']}{match['end']}{said_so}"


def answered(name: str, libraries: dict[str, Library]) -> dict[str, Answer]:
    """Return what each library gave for a call.

    AtlasError: none was asked for it, or one gave more than a number.
    """
    key = f"call: {name}"
    found: dict[str, Answer] = {
        library: one.answers[key]
        for library, one in libraries.items()
        if key in one.answers
    }
    if not found:
        raise AtlasError(f"no library was asked for {name}")
    if any(len(list(flattened(one.get("value", 0)))) != 1 for one in found.values()):
        raise AtlasError(f"{name} gives more than a number")
    return found


def held(number: str, given: dict[str, Answer]) -> dict[str, bool]:
    """Say in which libraries a call gives the number before it."""
    return {
        library: "value" in answer and agrees(number, next(flattened(answer["value"])))
        for library, answer in given.items()
    }


def returned(answer: Answer, number: str) -> str:
    """Return what a call gave, in as many digits as its formula has, and at least 5."""
    if "value" not in answer:
        return f"`{answer.get('raises', answer.get('ended'))}`"
    count = sum(letter.isdigit() for letter in number.lstrip("-0."))
    return digits(next(flattened(answer["value"])), max(count, 5))


def sentence(holds: dict[str, bool]) -> str:
    """Say whether a formula holds at an input."""
    if all(holds.values()):
        return "the formula **holds** there"
    if not any(holds.values()):
        return "the formula **does not hold**"
    where = " and ".join(library for library, one in holds.items() if one)
    return f"the formula **holds** in {where} alone"


def verdicts(markdown: str, libraries: dict[str, Library]) -> str:
    """Tell of each library which of its formulas on a page hold.

    A formula that holds at some of its inputs, or in some libraries, has conditions.
    """
    rows = ["| Library | The formula | Of these functions |", "|---|---|---|"]
    for library, functions in judged(markdown, libraries).items():
        for place, word in enumerate(WORDS):
            links = [
                link
                for link, holds in functions.items()
                if (0 if all(holds) else 1 if any(holds) else 2) == place
            ]
            if links:
                rows.append(f"| {library} | {word} | {', '.join(links)} |")
    return "\n".join(rows)


def judged(
    markdown: str, libraries: dict[str, Library]
) -> dict[str, dict[str, list[bool]]]:
    """Return what holds of each function of a page, by library with version, and link.

    A library is a heading, and a function is the first code in a row of a table or, if
    there is no table, from a heading below that of the library on.
    """
    found: dict[str, dict[str, list[bool]]] = {}
    library = place = ""
    start = 0
    marks = [*HEADING.finditer(markdown), *CALL.finditer(markdown)]
    for match in sorted(marks, key=lambda one: one.start()):
        if match.re is HEADING:
            level, title, place = match.groups()
            library = library if len(level) > 2 else title
            start = match.start()
        elif match["kind"] == "call":
            code = CODE.search(row_of(match) or markdown[start : match.start()])
            if code is None:
                raise AtlasError(f"no function is named where {match['name']} stands")
            link = f"[`{code[1]}`](#{place})"
            holds = held(match["number"], answered(match["name"], libraries))
            version = next(iter(libraries[next(iter(holds))].versions.values()), "")
            functions = found.setdefault(
                f"{library} {version.partition('+')[0]}".strip(), {}
            )
            functions.setdefault(link, []).extend(holds.values())
    return found


def row_of(match: re.Match[str]) -> str:
    """Return the row of a table in which something was found, if it was in one."""
    start = match.string.rfind("\n", 0, match.start()) + 1
    row = match.string[start : match.end()]
    return row if row.startswith("|") else ""


def agrees(number: str, value: float) -> bool:
    """Say whether a number on the page is a value, to the last of its digits.

    >>> agrees("0.803", 0.80278), agrees("0.803", 0.8041), agrees("-1.5", -1.5)
    (True, False, True)
    """
    places = len(number.partition(".")[2])
    return abs(float(number) - value) <= 0.5000001 * 10.0**-places


def meaning(question: Question, library: str, answer: Answer) -> Reading | None:
    """Return what an answer means; None if the library lacks what was asked.

    AtlasError: it means nothing that the question knows.
    """
    if "absent" in answer:
        return None
    reading = question.reading(answer)
    if reading is None:
        raise AtlasError(
            f"no reading of {question.name} fits {library}: {dict(answer)}"
        )
    return reading


def counted(libraries: dict[str, Library]) -> str:
    """Say how many libraries were asked how much.

    Those of one package are ways to use it, and count as one library: what `versions`
    has first.
    """
    asked = [library for library in libraries.values() if not library.missing]
    packages = {next(iter(one.versions), "") for one in asked}
    cells = sum("absent" not in a for one in asked for a in one.answers.values())
    return (
        f"{len(QUESTIONS)} questions to {len(packages)} libraries, used in "
        f"{len(asked)} ways, have {cells} answers"
    )


def themes(libraries: dict[str, Library]) -> str:
    """List the themes, each with a link."""
    names = dict.fromkeys(question.theme for question in QUESTIONS)
    return "\n".join(f"- [{name}](#{slugify(name, '-')})" for name in names)


def behaviour(libraries: dict[str, Library], docs: Path) -> str:
    """Tell all questions, a theme a section, with who does what."""
    parts = []
    for theme, questions in groupby(QUESTIONS, key=lambda one: one.theme):
        name = slugify(theme, "-")
        parts.append(f'## {theme} {{ #{name} data-theme="{name}" }}')
        parts += [told(question, libraries, docs) for question in questions]
    return "\n\n".join(parts)


def told(question: Question, libraries: dict[str, Library], docs: Path) -> str:
    """Tell one question: what is done, and by which libraries."""
    does: dict[tuple[str, Mark], list[str]] = {
        (reading.words, reading.mark): [] for reading in question.readings
    }
    lacking = []
    for name, library in libraries.items():
        answer = library.answers.get(question.name)
        if answer is None:
            continue
        reading = meaning(question, name, answer)
        if reading is None:
            if answer["absent"] != question.form:
                lacking.append(name)
            continue
        said = shown(answer, question)
        does[reading.words, reading.mark].append(
            f'<span data-library="{escape(name)}">{escape(name)} {said}</span>'
        )
    rows = [row(*what, who) for what, who in does.items() if who]
    without = f"\nCould not be asked this: {'; '.join(lacking)}." if lacking else ""
    note = " ".join(filter(None, [NOTES.get(question.name), more(question.why, docs)]))
    return (
        f'<div class="asked" data-theme="{slugify(question.theme, "-")}" markdown>\n\n'
        f"### {question.title} {{ #{question.name} }}\n\n"
        f'<ul class="answers" data-search-exclude>\n{"".join(rows)}</ul>\n\n'
        f"{note}\n{without}\n\n</div>"
    )


def row(words: str, mark: Mark, libraries: list[str]) -> str:
    """Return one thing that is done, its mark, and who does it."""
    return (
        f'<li data-mark="{MARKS[mark]}"><b>{escape(words)}</b> '
        f'<span class="mark">{escape(mark)}</span> {" ".join(libraries)}</li>\n'
    )


def shown(answer: Answer, question: Question) -> str:
    """Return what a library answered, in a few digits: what the question is about.

    >>> question = Question("", "", "", "", {}, ())
    >>> shown({"value": [0.5, 1e-7]}, question)
    '<code>[0.5, 1e−07]</code>'
    >>> shown({"raises": "ValueError"}, question)
    '<code>ValueError</code>'
    """
    if "raises" in answer:
        return code(answer["raises"])
    types = [bool(one.dtype) for one in question.readings if not one.raises]
    if types and all(types):
        return code(answer["dtype"])
    said = [code(digits(answer["value"]))]
    if any(one.gradient is not None for one in question.readings):
        said.append(f"gradient {code(digits(answer.get('gradient')))}")
    if any(one.warns for one in question.readings):
        said += map(code, answer.get("warned", ()))
    if any(types):
        said.append(code(answer["dtype"]))
    return ", ".join(said)


def code(text: str) -> str:
    """Return text as code."""
    return f"<code>{escape(text)}</code>"


def digits(numbers: Any, count: int = 5) -> str:
    """Return numbers in so many digits, or of many how many they are."""
    flat = list(flattened(numbers))
    if len(flat) > SHOWN:
        return f"{len(flat)} numbers"
    if not isinstance(numbers, list):
        return "none" if numbers is None else f"{numbers:.{count}g}".replace("-", "−")
    while len(numbers) == 1 and isinstance(numbers[0], list):
        (numbers,) = numbers
    return f"[{', '.join(map(digits, numbers))}]"


def flattened(numbers: Any) -> Iterator[float]:
    """Yield the numbers of lists in lists."""
    if isinstance(numbers, list):
        for one in numbers:
            yield from flattened(one)
    elif numbers is not None:
        yield numbers


def to_the_maximum(libraries: dict[str, Library]) -> str:
    """Return a table of the ways to one maximum: digits, and excess of the loss."""
    rows = [
        f"| {way.library} | {way.name} | {way.raises} | |"
        if way.raises
        else f"| {way.library} | {way.name} | {way.digits:.1f} | {way.excess:.0e} |"
        for way in maximum.ways(libraries)
    ]
    head = "| Library | How | Digits | Excess |"
    table = "\n".join([head, "|---|---|--:|--:|", *rows]).replace("-0.", "−0.")
    return f"<div data-search-exclude markdown>\n\n{table}\n\n</div>"


def described(libraries: dict[str, Library]) -> str:
    """Tell of each library its versions, its day, and how it was asked; or why not."""
    return "\n\n".join(map(describe, libraries, libraries.values()))


def describe(name: str, library: Library) -> str:
    """Tell of one library its versions, its day, and how it was asked; or why not."""
    if library.missing:
        return f"**{name}** was not asked: {library.missing}."
    versions = ", ".join(
        f"{one} {version}" for one, version in library.versions.items()
    )
    rows = [f"| {plain(form)} | `{call}` |" for form, call in library.calls.items()]
    table = "\n".join(["| What | How it was asked |", "|---|---|", *rows])
    said = f"{name}: {versions}, {library.date}"
    return (
        f'<details class="info" data-search-exclude markdown>\n'
        f"<summary>{escape(said)}</summary>\n\n{table}\n\n</details>"
    )


def plain(form: str) -> str:
    """Return the name of a form in words."""
    return form.replace("_", " ")


def more(why: str, docs: Path) -> str:
    """Return the link to where the site says more: a page, and a section of it."""
    if not why:
        return ""
    page, _, section = why.partition("#")
    source = (docs / f"{page}.md").read_text("utf-8")
    title = next(line[2:] for line in source.splitlines() if line.startswith("# "))
    return f"See [{title}]({page}.md{section and f'#{section}'})."
