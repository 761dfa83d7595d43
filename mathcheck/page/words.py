"""Which words suppose, which except, and how far a supposition reaches.

These tables are all that is known of English here: a formula after any other word is
claimed. What they say is read of the words right before a formula, of those between it
and the next one, and of the clause that they stand in.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

Sense = Literal["", "supposes", "introduces", "tells", "excepts", "concedes"]
After = Literal["", "if", "only if", "iff", "implies", "unless", "where"]

AT_END = r"\s*[(*_]*\Z"


def ending(*words: str) -> re.Pattern[str]:
    """Return what finds some of these words at the end of a text."""
    return re.compile(rf"\b(?:{'|'.join(words)}){AT_END}", re.IGNORECASE)


# The formula may be so or not, and nothing follows from it: "whether or not $x = 0$"
CONCEDING = ending(
    r"whether(?: or not)?", "even (?:if|when|for|at|where)", "as if", "as though",
    r"regardless of(?: whether)?", "no matter (?:if|whether|when)",
    r"matters? (?:if|whether|when)",
)  # fmt: skip
# The contrary of the formula is supposed: "unless $x = 0$"
EXCEPTING = ending(
    r"unless(?: that)?", r"(?:except|save|other than|but not|not)"
    r"(?: perhaps| possibly)? (?:if|when|whenever|where|for|at|in the case)",
    r"excep(?:t|ting)(?: that)?", "excluding", "apart from", "other than", "until",
    "(?:if|when|where) not",
)  # fmt: skip
# The formula is supposed, whichever relation it is: "if $j = c$"
SUPPOSING = ending(
    "(?:if|when|whenever)(?: either| both)?", "suppose", "supposing", "assume",
    "assuming", "in (?:the )?case(?: of| that| where| when)?", "is the case", "needs?",
    "requires?", "provided", "given", "granted(?: that)?", "(?:as|so) long as",
    "as soon as", "once",
    "(?:under|on) (?:the|an) (?:assumption|condition|hypothesis|premise)(?: that)?",
    "(?:such|suppose|supposing|assume|assuming|provided|given|requires?|needs?) that",
)  # fmt: skip
# And if it leaves open what a symbol is, alone on one side: "for $N = 1$"
INTRODUCING = ending(
    "for(?: all| every| each| any| which)?", "at", "over", "choose", "choosing",
    "put", "set", "setting", "take", "taking", "let", "fix", "fixing", "conditions?",
    "where",
    "(?<!starts )(?<!start )(?<!begins )(?<!begin )(?<!ends )(?<!end )with",
)  # fmt: skip
# Of all values that satisfy the formula, those beyond the declared ones too
UNIVERSAL = ending("for (?:all|every|each|any)")
UNIVERSALLY = re.compile(r"[\s$,)*_]*for\s+(?:all|every|each|any)\s*\Z", re.IGNORECASE)
CASES = re.compile(rf"(?:\A|[.:*#>\n]\s*)cases?{AT_END}", re.IGNORECASE)
# After a comma or a formula these tell what a symbol is, and of what has a meaning that
# is a claim: "..., where $p = ...$". Elsewhere they introduce: "it is 0 where $p = y$"
TELLING = re.compile(rf"\A\s*(?:and\s+|here\s+)?(?:where|with){AT_END}", re.IGNORECASE)
# After a declaration these leave out some of the values
RESTRICTING = ending(
    "with", "where", "such that", "so that", "satisfying", "subject to"
)
# What is said of a matrix: "let $A$ be invertible", "an invertible matrix $A$"
REGULAR = "(?<!not )(?<!non-)(?:invertible|non-?singular|regular)"
IS_REGULAR = re.compile(
    rf"\A\$?\s*(?:(?:is|are|be|that|which|an?|both|all)\s+)*{REGULAR}\b", re.IGNORECASE
)
REGULAR_MATRIX = ending(rf"{REGULAR}(?: square)?(?: matri(?:x|ces))?")
# Verbs of the writer; if they are negated, nothing is supposed
VERB = re.compile(
    r"\b(?:suppos\w*|assum\w*|choos\w*|put|set\w*|tak\w*|let|given|needs?|requires?)"
    rf"(?: that)?{AT_END}",
    re.IGNORECASE,
)
INFINITIVE = re.compile(rf"\b(?:to|by|in|of)\s+\w+(?: that)?{AT_END}", re.IGNORECASE)
NEGATION = re.compile(
    r"\b(?:not|never|no|nor|neither|without|cannot|nothing|nobody|hardly|wrong\w*|"
    r"false\w*|incorrect\w*|untrue|mis\w+|errors?|fallac\w+|avoid\w*|den(?:y|ies)|"
    r"reject\w*|contrary|impossible|invalid|illegal|absurd|far from|instead|rather|"
    r"contrast|unlike|opposed|in lieu|barring|needless|unnecessary)\b|n['’]t\b",
    re.IGNORECASE,
)
CLAUSE = re.compile(r"[,;:.!?|](?:\s|\Z)|\$|\n[ \t]*\n")
JOINED = re.compile(r"\A\$?\s*,?\s*(and|or)\s*\Z", re.IGNORECASE)
CONCLUDING = ending(
    "so", "hence", "thus", "therefore", "implies", "then", "that", "clearly", "always",
    "we (?:have|get|find|see|know|note)", "note", "indeed", "obviously", "evidently",
    "of course", "in fact", "certainly", "surely",
)  # fmt: skip
OTHERWISE = re.compile(
    r"(?:[;,:(]|\b(?:or|and|but))\s*(?:otherwise|else|if not)\b", re.IGNORECASE
)
# What is said after a formula of it: "if $x = 0$ does not hold"
FAILING = re.compile(
    r"\A\$?\s*(?:(?:is|are|was|were|does|do|did|has|have|should|can|could|must|be)\s*)*"
    r"(?:not|n['’]t|never|no longer|cannot|false|untrue|wrong|violated|excluded|"
    r"ruled out|impossible|fails?|is out)\b",
    re.IGNORECASE,
)
EITHER_WAY = re.compile(r"\A\$?\s*,?\s*or not\b", re.IGNORECASE)
ANYWAY = re.compile(
    r"\b(?:in general|generally|in any case|anyway|regardless|unconditionally|"
    r"everywhere)\b",
    re.IGNORECASE,
)

# Words between a claim and the formula that says when it holds
LINK = r"\A\$?\s*,?\s*(?:but\s+)?"
FOLLOWING: tuple[tuple[After, re.Pattern[str]], ...] = (
    ("iff", re.compile(LINK + r"(?:if\s+and\s+only\s+if|iff|(?:exactly|precisely|just)"
                       r"\s+(?:if|when|for))\s*\Z")),
    ("only if", re.compile(LINK + r"only\s+(?:if|when|for)\s*\Z")),
    ("implies", re.compile(LINK + r"implies(?:\s+that)?\s*\Z")),
    ("unless", re.compile(LINK + r"(?:unless|(?:except|not)(?:\s+perhaps)?\s+"
                          r"(?:if|when|for|at|where))\s*\Z")),
    ("if", re.compile(LINK + r"(?:if|when|whenever|provided(?:\s+that)?|as\s+long\s+as|"
                      r"for(?:\s+(?:all|every|each|any))?|at)\s*\Z")),
    ("where", re.compile(LINK + r"(?:where|with)\s*\Z")),
)  # fmt: skip

# What ends a sentence, and with it what was supposed, with a full stop or without
ENDS = re.compile(
    r"[.!?](?:\[\^[^\]]*\]|['\")*_\]’”])*(?:\s|\Z)"  # its own end
    r"|\n[ \t>]*\n"  # that of its paragraph
    r"|\n[ \t>]*(?:\#|=+[ \t]*\n|-+[ \t]*\n)"  # a heading
    r"|\n[ \t>]*(?:[-*+]|\d+[.)])[ \t]|\n:[ \t]|\n\[\^"  # an item
    r"|(?<!\\)\|"  # a cell
    r"|<\s*/?\s*(?:p|li|td|th|tr|h\d|br|div|dd|dt|ul|ol|table)\b",
    re.IGNORECASE,
)
# Words that go on in a formula which stands by itself
GOES_ON = re.compile(r"(?:[,:]|\b(?:then|that|have|get|is|are|so))[*_]*\s*\n\s*\Z")


@dataclass(frozen=True)
class Said:
    """What the words before a formula make of it."""

    sense: Sense = ""
    denied: bool = False  # their clause is a negative one
    concludes: bool = False
    restricts: bool = False  # they say more of what was just declared
    universal: bool = False  # what follows is said of all that satisfies the formula


def said_by(before: str) -> Said:
    """Return what the words before a formula say of it."""
    clause = CLAUSE.split(before)[-1]
    sense = sense_of(clause) or ("introduces" if CASES.search(before) else "")
    verb = VERB.search(clause)
    reach = re.split(r"[.!?]\s", before)[-1] if INFINITIVE.search(clause) else clause
    denied = bool(NEGATION.search(reach)) and sense != "excepts"
    if denied and verb:  # "it is wrong to suppose": then it is claimed
        sense = ""
    return Said(
        sense,
        denied,
        concludes=bool(CONCLUDING.search(before)),
        restricts=bool(RESTRICTING.search(before)),
        universal=bool(UNIVERSAL.search(clause)),
    )


def sense_of(clause: str) -> Sense:
    """Return what the last words of a clause do."""
    tables: tuple[tuple[Sense, re.Pattern[str]], ...] = (
        ("concedes", CONCEDING), ("excepts", EXCEPTING), ("supposes", SUPPOSING),
        ("tells", TELLING), ("introduces", INTRODUCING),
    )  # fmt: skip
    return next((sense for sense, table in tables if table.search(clause)), "")


def following(words: str) -> After:
    """Return what the words between two formulas make of the second one."""
    return next((sense for sense, table in FOLLOWING if table.match(words)), "")
