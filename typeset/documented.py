"""Do the formulas that libraries document hold? What each function gave stands beside.

The page `documented` writes behind a formula its number at an input, and asks for the
answer to the same call.
"""

from __future__ import annotations

import re

from atlas.questions.documented import CODES
from atlas.questions.question import Answer
from atlas.record import Library
from typeset.answers import AtlasError, digits, flattened

# Behind the number of a formula: what the function gives there. `call` is for what is
# documented, `instead` for the repair, which has to hold
CALL = re.compile(
    r"(?P<number>-?\d[\d.]*)(?P<end>\s*(?:\\end\{aligned\}\s*)?\$+\s*)"
    r"<!-- atlas: (?P<kind>call|instead) (?P<name>\S+) -->"
)
HEADING = re.compile(r"^(##+) (.*?)(?: *\{ *#(\S+) *\})?$", re.MULTILINE)
CODE = re.compile(r"`([^`]+)`")
WORDS = ("holds", "holds under conditions", "does not hold")


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
