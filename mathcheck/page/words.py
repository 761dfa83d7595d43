"""Which words suppose, which except, and how far a supposition reaches.

These tables are all that is known of English here: a formula after any other word is
claimed. What they say is read of the words right before a formula, of those between it
and the next one, and of the clause that they stand in.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from mathcheck.read.implications import EQUALITY

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
    r"matters? (?:if|whether|when)", "with or without", "not because",
)  # fmt: skip
# What stands between such a verb and its formula: "assume for a moment that $x = 0$"
ASIDE = re.compile(
    r"(?<=\w)\s*,?\s+(?:for (?:(?:the|a|one) (?:moment|instant|time being|while|"
    r"sake of(?: the)? \w+)|simplicity|now|definiteness|concreteness|contradiction|"
    r"brevity|convenience|instance|example)|without (?:any )?loss of generality|"
    r"by contradiction|to the contrary|in addition|again|also|first|further|"
    r"furthermore|moreover|now|once more|temporarily|throughout|next|from now on|"
    r"from here on)(?=\s|,|\Z),?", re.IGNORECASE,
)  # fmt: skip
# A question claims nothing: "Is it that $x = 0$?", and as a heading "When is $x = 0$"
ASKING = re.compile(
    r"\A\W*(?:(?:and|but|so|or|then|now)\s+)?(?:(?:when|where|how often|why not|what|"
    r"(?:for|under|at|in|on) (?:which|what) \w+)\s+)?(?:is|are|was|were|does|do|did|"
    r"can|could|would|will|must|should|may|might|has|have)\b(?! not\b)",
    re.IGNORECASE,
)
# A clause which says in words what a formula behind its comma says once more: "if all
# logits are equal, $z = c \mathbf{1}$, the result is uniform"
SAID_AGAIN = re.compile(
    r"\A\W*(?:(?:and|but|so|then|now|hence|thus|only|again)\s+)?"
    r"(?:(?:if|when|whenever|once|as long as|provided|suppos\w+|assum\w+|unless)\b|"
    r"(?:in|for|under) (?:the|an?|this|that|one|equal|constant)\b)[^,]*,\s*\Z",
    re.IGNORECASE,
)
GOES_ON_OTHERWISE = re.compile(
    r"\A\$?\s*[,)]\s*(?!(?:which|and|but|as|so|or|since|because|where|with|while|"
    r"whereas|hence|thus|that is|i\.e)\b)[\w$*]", re.IGNORECASE,
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
    "(?:if|iff|when|whenever)(?: either| both)?", "suppose", "supposing", "assume",
    "assuming", "imagine(?: that)?", "pretend(?: that)?",
    "in (?:the )?case(?: of| that| where| when)?",
    r"(?:consider|take|treat|study|discuss|of|for|at) (?:the|this) (?:\w+ )?case"
    "(?: of| that| where)?", "is the case", "needs?",
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
# The same words at the head of a clause, with something else supposed before the
# formula: "with ten classes and $N = 1$". A verb in between would make it a statement
FIRST = r"\A\s*(?:(?:and|so|but|or|now|here|then|e\.g\.)\s+)?"
CONCLUSION = "then|so|we|it|this|that|which|they"
VERBS = "is|are|be|has|have|holds?|gives?|gets?|becomes?|equals?|follows?"
UP_TO_AND = rf"(?:(?!(?:{CONCLUSION})\b)[\w’'-]+\s+){{1,8}}and\s*\Z"
VERBLESS = rf"(?:(?!(?:{CONCLUSION}|{VERBS})\b)[\w’'-]+\s+){{1,6}}and\s*\Z"
EARLIER: tuple[tuple[Sense, re.Pattern[str]], ...] = (
    ("introduces", re.compile(
        FIRST + r"(?:for|with|at|over|given|take|taking|fix|fixing|set|setting|choose|"
        r"let|consider|under)\s+" + VERBLESS, re.IGNORECASE)),
    ("supposes", re.compile(
        FIRST + r"(?:if|when|whenever|suppose|supposing|assume|assuming|provided)\s+"
        + UP_TO_AND, re.IGNORECASE)),
)  # fmt: skip
CASES = re.compile(
    rf"(?:(?:\A|[.:*#>\n]\s*)cases?|#\s*the (?:\w+ )?case){AT_END}", re.IGNORECASE
)
# If the sentence goes on: "in the symmetric case $a = b$ we have ..."
IN_CASE = ending(r"in the (?:\w+ )?case")
GOES_ON_AFTER = re.compile(r"\A\$?\s*,?\s+[a-z$]")
# Of all values that satisfy the formula, those beyond the declared ones too
UNIVERSAL = ending("for (?:all|every|each|any)")
OF_ALL = re.compile(
    rf"\bfor (?:all|every|each|any)\s+(?:\$[^$]+\$\s*(?:,|,?\s*and)\s+)*{AT_END}",
    re.IGNORECASE,
)
UNIVERSALLY = re.compile(r"[\s$,)*_]*for\s+(?:all|every|each|any)\s*\Z", re.IGNORECASE)
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
# Of these verbs, what leaves open whether it is so: "we need not assume $x = 0$"
DECLINING = re.compile(
    r"\b(?:not|never|no|nor|neither|without|cannot|nothing|nobody|hardly|needless|"
    r"unnecessary)\b|n['’]t\b", re.IGNORECASE,
)  # fmt: skip
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
# What a sentence that only supposes leads to: "Suppose that $a = b$. Then ..."
ASSUMED = re.compile(
    r"\A\W*(?:(?:now|but|and|next|let us|we)\s+)*(?:suppos|assum|imagin)\w*\b",
    re.IGNORECASE,
)
FOLLOWS = re.compile(
    r"[.:](?:\s|\n(?!\s*\n))\s*(?:and\s+)?(?:then|in (?:this|that|which) case|"
    r"under this assumption)\b", re.IGNORECASE,
)  # fmt: skip
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
    before = ASIDE.sub("", before)
    clause = CLAUSE.split(before)[-1]
    sense = sense_of(clause) or ("introduces" if CASES.search(before) else "")
    verb = VERB.search(clause)
    reach = re.split(r"[.!?]\s", before)[-1] if INFINITIVE.search(clause) else clause
    denied = bool(NEGATION.search(reach)) and sense != "excepts"
    if denied and verb:  # "it is wrong to suppose": then it is claimed
        sense = "concedes" if DECLINING.search(reach) else ""
    return Said(
        sense,
        denied,
        concludes=bool(CONCLUDING.search(before)),
        restricts=bool(RESTRICTING.search(before)),
        universal=bool(UNIVERSAL.search(clause)),
    )


def asks(before: str, after: str) -> bool:
    """Say whether a formula stands in a question, or in a heading that asks."""
    clause = CLAUSE.split(before)[-1]
    heading = re.match(r"[ \t>]*#+\s+(.*)", clause.rpartition("\n")[2])
    clause = heading[1] if heading else clause
    end = ENDS.search(after)
    question = end is not None and end[0].startswith("?")
    return bool(ASKING.match(clause)) and (question or heading is not None)


def assumes(before: str) -> bool:
    """Say whether a sentence begins by supposing: "Suppose that $a = b$"."""
    opening = re.split(r"[.!?:;]\s|\n[ \t]*\n", before)[-1]
    return bool(ASSUMED.match(opening))


def leads_on(between: str) -> bool:
    """Say whether the sentence after one that supposes says what follows: "Then"."""
    return bool(FOLLOWS.match(between.lstrip("$")))


def said_again(before: str, after: str) -> bool:
    """Say whether a formula only says what the clause before it supposes in words."""
    sentence = re.split(r"[.!?:;]\s|\n[ \t]*\n", before)[-1]
    again = SAID_AGAIN.match(sentence) and GOES_ON_OTHERWISE.match(after)
    return bool(again or (IN_CASE.search(sentence) and GOES_ON_AFTER.match(after)))


def sense_of(clause: str) -> Sense:
    """Return what the last words of a clause do."""
    tables: tuple[tuple[Sense, re.Pattern[str]], ...] = (
        ("concedes", CONCEDING), ("excepts", EXCEPTING), ("supposes", SUPPOSING),
        ("tells", TELLING), ("introduces", INTRODUCING), *EARLIER,
    )  # fmt: skip
    return next((sense for sense, table in tables if table.search(clause)), "")


def following(words: str) -> tuple[After, bool]:
    """Return what the words between two formulas make of the second one.

    And whether that is said of equality in the first: "with equality if $p = q$".
    """
    equality = EQUALITY.match(words)
    rest = words[equality.end() :] if equality else words
    found = (sense for sense, table in FOLLOWING if table.match(rest))
    return next(found, ""), bool(equality)
