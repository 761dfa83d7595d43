"""What the libraries do: the pages' lists and tables, from the answers of the atlas.

An answer is told by its meaning, so that the libraries stand together that do the same.
"""

from __future__ import annotations

import functools
from html import escape
from itertools import groupby
from pathlib import Path

from markdown.extensions.toc import slugify

from atlas import maximum
from atlas.questions import QUESTIONS
from atlas.questions.notes import NOTES
from atlas.questions.question import Answer, Mark, Question, Reading
from atlas.record import Library, read
from typeset.answers import AtlasError, digits
from typeset.documented import CALL, compared, verdicts

ANSWERS = Path("atlas") / "answers.json"
MARK = "<!-- atlas: "  # where a page asks for answers
BEHAVIOUR = "<!-- atlas: behaviour -->"
THEMES = "<!-- atlas: themes -->"
LIBRARIES = "<!-- atlas: libraries -->"
COUNT = "<!-- atlas: count -->"
MAXIMUM = "<!-- atlas: maximum -->"
VERDICTS = "<!-- atlas: verdicts -->"
MARKS = {Mark.RIGHT: "right", Mark.CONVENTION: "convention", Mark.WRONG: "wrong"}


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
