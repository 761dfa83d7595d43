"""The exercises of a page: each with a number that can be linked.

An exercise is a fold, ``??? question "1. Another true class"``; its number makes its
anchor, ``#exercise-1``. A link to it opens it: the theme's script does so, and without
scripts the style sheet.
"""

import re

FOLD = re.compile(r"<details\b[^>]*>|</details>")
QUESTION = '<details class="question">'
TITLE = re.compile(r"\s*<summary>(?P<title>(?:(?P<number>\d+)\. )?.*?)</summary>", re.S)
LINK = re.compile(
    r'href="[^"]*#exercise-(?P<number>\d+)"[^>]*>(?P<words>.*?)</a>', re.S
)


class ExerciseError(Exception):
    """An exercise cannot be linked, because of its title, which is `quoted`."""

    def __init__(self, message: str, quoted: str) -> None:
        super().__init__(message)
        self.quoted = quoted


def with_exercises(html: str) -> tuple[str, list[str]]:
    """Give each exercise of a page its anchor and a link; return the anchors, too."""
    anchors: list[str] = []
    parts, end, exercise, depth = [], 0, 0, 0  # `exercise`: the depth of the open one
    for fold in FOLD.finditer(html):
        parts.append(html[end : fold.start()])
        end = fold.end()
        opens = not fold[0].startswith("</")
        depth += opens
        if fold[0] == QUESTION and not exercise:
            exercise = depth
            anchors.append(f"exercise-{numbered(html, end, len(anchors) + 1)}")
            parts.append(
                f'<div class="exercise"><details class="question" id="{anchors[-1]}">'
            )
        elif not opens and depth == exercise:
            exercise = 0
            parts.append(
                f'</details><a class="headerlink" href="#{anchors[-1]}" '
                'title="Link to this exercise">¶</a></div>'
            )
        else:
            parts.append(fold[0])
        depth -= not opens
    return "".join([*parts, html[end:]]), anchors


def numbered(html: str, start: int, expected: int) -> int:
    """Return the number in an exercise's title, which must be the next one."""
    title = TITLE.match(html, start)
    said = title["title"] if title else ""
    if title is None or title["number"] != str(expected):
        raise ExerciseError(
            f'an exercise begins with its number, "{expected}. …"', said
        )
    return expected


def misnamed(html: str) -> list[str]:
    """Return the words of links to an exercise that name another number."""
    return [
        link["words"]
        for link in LINK.finditer(html)
        if set(re.findall(r"\d+", link["words"])) - {link["number"]}
    ]
