"""Tables of a page, drawn from the record of a run: nobody types their numbers."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from typeset.edition import in_words

Table = Callable[[dict[str, Any]], str]


class MeasurementError(Exception):
    """There is no run to show, no table of that name, or not what it is drawn from."""


def with_tables(
    markdown: str, project: Path, word: str, tables: Mapping[str, tuple[Path, Table]]
) -> str:
    """Write a table where the page asks for it by a word and a name: `<!-- gpu: … -->`.

    MeasurementError: there was no run, it has no such table, or not all of its numbers.
    """

    def table(match: re.Match[str]) -> str:
        if match["name"] not in tables:
            raise MeasurementError(
                f"no table “{match['name']}”; there are {list(tables)}"
            )
        record, drawn = tables[match["name"]]
        if not (project / record).is_file():
            raise MeasurementError(f"there is no {record.as_posix()}")
        try:
            return drawn(json.loads((project / record).read_text("utf-8")))
        except (ValueError, LookupError, TypeError, ArithmeticError) as error:
            said = f"{type(error).__name__}: {error}"
            raise MeasurementError(
                f"{record.as_posix()} is not as it was: {said}"
            ) from error

    return re.sub(rf"<!-- {word}: (?P<name>[\w ]+) -->", table, markdown)


def day_of(run: Mapping[str, Any]) -> str:
    """Return the day of a run in words that stay on one line."""
    return in_words(run["date"]).replace(" ", "\N{NO-BREAK SPACE}")
