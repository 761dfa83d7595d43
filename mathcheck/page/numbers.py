"""Numbers in prose: one that looks exact has its source in a comment after it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from math import isfinite

from mathcheck.read.problems import Status
from mathcheck.source.blocks import COMMENT, Text, blank, without_code
from mathcheck.source.code import Code
from mathcheck.source.delimiters import without_formulas
from mathcheck.source.expressions import ForbiddenError, Values, read
from mathcheck.source.python import constants
from mathcheck.trial.digits import half_unit

APART = r"[ \u00a0\u202f,]"  # what stands between thousands
WHOLE = rf"(?<!\d)\d+(?:{APART}\d{{3}})*"
NUMBER = rf"[-−+]?(?:{WHOLE}(?:\.\d+)?|\.\d+)(?:[eE][-+]?\d+)?"
SOURCED = re.compile(
    rf"(?P<number>{NUMBER})?(?P<gap>(?<![ \t])[ \t]*)"
    r"<!--\s*=\s*(?P<source>(?:(?!<!--).)*?)-->",
    re.DOTALL,
)
BARE = re.compile(
    r"(?<![\w.,/:@-])[-−]?(?:\d{1,3}(?:,\d{3})+|\d*)\.\d{3,}(?:[eE][-+]?\d+)?(?!\w)(?!\.\d)"
    r"(?!/\d*[A-Za-z])"
)
ADDRESS = re.compile(
    r"\]\([^)\n]*\)|<https?:[^>\n]*>|https?://\S+|\bdoi:\S+|\barxiv:\S+|\{[:#][^}\n]*\}"
    r"|^\[[^\]]+\]:[ \t]\S+", re.IGNORECASE | re.MULTILINE,
)  # fmt: skip


@dataclass(frozen=True)
class Shown:
    """A number as it is shown, where it is, and what became of it."""

    offset: int
    text: str
    status: Status
    detail: str
    repair: str = ""  # the digits that would be right


def numbers(text: Text, names: Code) -> Iterator[Shown]:
    """Check the numbers of a page that carry a source, and find those that should.

    The source may name what the code of a notebook sets to a number.
    """
    values = constants(text.source) if text.form == "notebook" else {}
    plain = without_formulas(without_code(text.prose), blank)
    for match in SOURCED.finditer(plain):
        yield sourced(match, names, values)
    rest = SOURCED.sub(lambda m: blank(m[0]), plain)
    for pattern in (COMMENT, ADDRESS):
        rest = pattern.sub(lambda m: blank(m[0]), rest)
    for match in BARE.finditer(rest):
        yield Shown(
            match.start(), match[0], "refused",
            f"{match[0]} has no source; write it in a statement, as in $-\\log 0.5 "
            "\\approx 0.6931$, or put <!-- = a Python expression --> right after it",
        )  # fmt: skip


def sourced(match: re.Match[str], names: Code, values: Values) -> Shown:
    """Check one number against its source."""
    shown, source = match["number"], match["source"].rstrip()
    at = match.start("number") if shown else match.start()
    if not shown or match["gap"]:
        return Shown(
            at,
            shown or "",
            "refused",
            "the comment does not stand right after a number",
        )
    try:
        unknown = f"is not known here{names.hint}"
        expression = read(source, names.functions, values, unknown)
        value = expression.value(values)
    except ForbiddenError as error:
        return Shown(match.start("source") + error.at, shown, "refused", str(error))
    except Exception as error:
        return Shown(
            at, shown, "refused", f"{source} raises {type(error).__name__}: {error}"
        )
    if value.size != 1:
        return Shown(at, shown, "refused", f"{source} is {value.size} numbers, not one")
    exact = float(value.reshape(-1)[0])
    if not isfinite(exact):
        return Shown(at, shown, "refused", f"{source} is {exact}, which is no number")
    plain = re.sub(rf"{APART}(?=\d{{3}})", "", shown).replace("−", "-")
    repair = rounded(exact, plain, shown)
    if abs(float(plain) - exact) <= half_unit(plain) * (1 + 1e-9):
        return Shown(at, shown, "holds", f"= {source}")
    return Shown(
        at, shown, "refuted", f"{shown} is shown, and {source} is {exact:.10g}", repair
    )


def rounded(value: float, plain: str, shown: str) -> str:
    """Return a value with as many digits as the number that was shown."""
    mantissa = plain.lower().partition("e")[0]
    decimals = len(mantissa.partition(".")[2])
    text = f"{value:.{decimals}e}" if "e" in plain.lower() else f"{value:.{decimals}f}"
    return text.replace("-", "−") if "−" in shown else text
