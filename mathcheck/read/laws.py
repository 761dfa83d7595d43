r"""Random variables: under which names their laws are kept."""

from __future__ import annotations

from mathcheck.read.parser import Parser

PROBABILITY = ("Pr", r"\Pr", "Prob", r"\mathbb{P}", "P", "p")  # functions of events


def law_of(parser: Parser, variable: str) -> tuple[str, int] | None:
    """Return the name of a variable's law, and its first outcome, if it has one."""
    for first in (0, 1):
        if parser.scope.known(law_name(variable, first)):
            return law_name(variable, first), first
    return None


def law_name(variable: str, first: int) -> str:
    """Return under which name the law of a variable is kept."""
    return f"law of {variable}" if first else f"law from 0 of {variable}"
