r"""What words in a formula may say: words, and no mathematics that goes unread."""

from __future__ import annotations

import re
import unicodedata

from mathcheck.read.problems import RefusedError

# What words may hold besides words: signs that mean something to TeX, and spaces
ESCAPED = re.compile(r"\\([%&#_$])")
SPACED = re.compile(r"\\(?:[,;:! ]|q?quad(?![A-Za-z]))|[{}~]")
STYLED_WORDS = re.compile(r"\\(?:emph|text(?:bf|it|rm|sf|tt))(?![A-Za-z])")
# Relations, dollars, and characters by their numbers: what words cannot say
RELATING = re.compile(
    r"[=<>]|(?<!\\)\$|\\(?:U|(?:[lgn]e|[lg]t|[lgn]eq|approx|equiv|in|to)\b)"
)
SIGNS = ("Sm", "Sk", "So", "No")  # Unicode's categories of signs, and of ½ and ²
# Words begin as words do: no digit or sign of theirs goes on with what is before them
SPOKEN = re.compile(r"[(\[“‘\"'`]*(?:[^\W\d_]|\$…\$)|[.,;:]+\Z|[.,;:]\s")


def plain(words: str) -> str:
    r"""Return words without what only spaces or styles them: \emph{so}~it."""
    return " ".join(SPACED.sub(" ", STYLED_WORDS.sub("", words)).split())


def check_commands(command: str, content: str, said: str, at: int) -> None:
    """Refuse what TeX would not show as words: a command, or % and all after it."""
    strange = re.search(r"\\[A-Za-z]+|\\.|%", ESCAPED.sub("", said))
    if strange:
        repair = {"%": r"write \%"}.get(strange[0], "write it outside of the words")
        raise RefusedError(
            rf"{strange[0]} in {command}{{{content}}} is not read; {repair}", at
        )


def claims(words: str) -> bool:
    """Say whether words hold a sign of mathematics, or what looks like one."""
    kinds = {unicodedata.category(sign) for sign in words if sign != "°"}
    return RELATING.search(words) is not None or not kinds.isdisjoint(SIGNS)
