"""Ask the libraries, family by family, and keep their answers: ``python -m atlas``.

What a library was asked before, in the same way, it is not asked again.
"""

from __future__ import annotations

import argparse
import platform
import sys
from collections.abc import Iterator
from datetime import UTC, datetime

from atlas.ask import ask
from atlas.catalogue import FAMILIES, Family
from atlas.environment import NotHadError, environment
from atlas.questions.question import Question
from atlas.record import Library, asked, key, read, write

WIDTH = 30  # of the bar


def progress(name: str, done: int, of: int, doing: str) -> None:
    """Show how far a library is: a bar on a terminal, elsewhere a line."""
    bar = ("#" * (WIDTH * done // of)).ljust(WIDTH, ".")
    said = f"{name:24} [{bar}] {done}/{of} {doing}"
    terminal = sys.stderr.isatty()
    print(f"\r\033[K{said}" if terminal else said, end="" if terminal else "\n",
          file=sys.stderr, flush=True)  # fmt: skip


def machine() -> str:
    """Return the kind of this machine."""
    return f"{platform.system()}, {platform.machine()}, no GPU"


def left(family: Family, known: Library | None) -> list[Question]:
    """Return what a library has not been asked, or not in this way."""
    questions = family.questions
    if known is None or known.missing or known.key != key(family.way):
        return questions
    return [
        one
        for one in questions
        if known.answers.get(one.name, {}).get("asked") != asked(one)
    ]


def answered(
    family: Family, known: dict[str, Library]
) -> Iterator[tuple[str, Library]]:
    """Ask the libraries of a family, which share an environment, what is left."""
    way = key(family.way)
    today = datetime.now(UTC).date().isoformat()
    progress(family.name, 0, 1, "is installed")
    try:
        with environment(family.pins, family.python) as python:
            for name, surroundings in family.libraries.items():
                if not (questions := left(family, known.get(name))):
                    continue
                progress(name, 0, len(questions), "is asked")
                head, answers = ask(python, family.name, questions, surroundings)
                progress(name, len(answers), len(questions), "has answered")
                for question in questions:
                    answers[question.name]["asked"] = asked(question)
                every = (known[name].answers if name in known else {}) | answers
                kept = {one.name: every[one.name] for one in family.questions}
                library = Library(
                    family.name, way, today, machine(), **head, answers=kept
                )
                yield name, library
    except NotHadError as error:
        for name in family.libraries:
            yield name, Library(family.name, way, today, machine(), missing=str(error))


def main() -> int:
    """Ask those that are named, or all, what they have not been asked."""
    parser = argparse.ArgumentParser(prog="python -m atlas", description=__doc__)
    parser.add_argument("families", nargs="*", metavar="FAMILY")
    parser.add_argument(
        "--again", action="store_true", help="ask all, as if nothing was"
    )
    wanted = parser.parse_args()
    if unknown := sorted(set(wanted.families) - set(FAMILIES)):
        parser.error(f"no family {unknown[0]}; there are {', '.join(FAMILIES)}")
    known, missing = read(), 0
    for family in FAMILIES.values():
        if wanted.families and family.name not in wanted.families:
            continue
        before = {} if wanted.again else known
        if any(left(family, before.get(name)) for name in family.libraries):
            for name, library in answered(family, before):
                known[name] = library
                write(known)
                missing += bool(library.missing)
                if library.missing:
                    print(f"{name}: {library.missing}", file=sys.stderr)
    return int(missing > 0)


if __name__ == "__main__":
    sys.exit(main())
