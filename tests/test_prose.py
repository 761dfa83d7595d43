"""The English of the site has none of the tics that its reviewers listed.

Each tic is a pattern, with the reason and with what to write instead. In a pattern a
space is any white space of one paragraph, and ∎ is a formula. They are a list of our
own, and no linter's: Vale's package fetches a program from another host when it first
runs, and proselint knows its own rules only.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from tests.markdown import ROOT
from tests.prose import FORMULA, Prose, files, of_markdown, prose_of


@dataclass(frozen=True)
class Tic:
    """What we do not write, why, and what to write instead; with examples of both."""

    pattern: str
    write: str
    why: str
    found: tuple[str, ...]  # each an example in which it is found
    passed: tuple[str, ...] = ()  # each one in which it is not
    flags: re.RegexFlag = field(default=re.IGNORECASE | re.MULTILINE)

    @property
    def expression(self) -> re.Pattern[str]:
        """The pattern, compiled."""
        spaced = SPACE.sub(
            lambda found: GAP if found[0] == " " else found[0], self.pattern
        )
        return re.compile(spaced.replace("∎", FORMULA), self.flags)


# In a pattern, what is no class of characters and does not look behind; and what it is
SPACE = re.compile(r"\[(?:[^\]\\]|\\.)*\]|\(\?<[!=][^()]*\)| ")
GAP = r"(?:[ \t]+|[ \t]*\n[ \t]*)"

QUANTITY = (
    r"(?:logits?|weights?|parameters?|probabilit(?:y|ies)|log-probabilit(?:y|ies)"
    r"|scores?|mean|variance|width|inputs?|bias(?:es)?|temperature|coefficients?)"
)
WHOSE = r"(?:the|its|their|each|every|one|a|all|any|these|those)"

TICS = [
    Tic(
        r"(?:^[ \t]*|[.!;:] )who\b(?![^.?!]*\?)",
        "“if you …”, “a reader who …”, or the act itself (“Summing … gives …”)",
        "a relative clause without its noun",
        ("Who sums the rows gets 0.", "It is 0. Who sums it\nsees it."),
        ("Who was first?", "A reader who sums.", "Böhning, who sums"),
    ),
    Tic(
        r"\bwhoever\b",
        "“if you …” or “a model (reader, library) that …”",
        "a relative clause without its noun",
        ("Whoever doubles it, pays.",),
    ),
    Tic(
        r"\bsomebody\b",
        "“a reader”, “a user”, or the passive",
        "the person has a role, which the word leaves out",
        ("for somebody who believes it",),
    ),
    Tic(
        r"\bin the place of\b",
        "“instead of”, “in place of”, or “replaces”",
        "not idiomatic",
        ("a bound in the place of the Hessian", "in the\nplace of it"),
        ("a bound in place of the Hessian",),
    ),
    Tic(
        r"\bfor ever\b",
        "“without bound”, “at every step”, or “never stops”",
        "an image where mathematics has a term",
        ("the loss falls for ever",),
    ),
    Tic(
        r"\b(?:is|are|was|were) told (?:in|at|on|below|above)\b"
        r"|\b(?:tells|cannot tell)(?=[,.;:])",
        "“is the subject of …”, “… explains”, “see …”, or “distinguish”",
        "not idiomatic of a text",
        (
            "why, is told in Curvature",
            "as Softmax tells, and",
            "which they cannot tell.",
        ),
        ("it tells a yes from a no", "a reader is told that it holds"),
    ),
    Tic(
        r"\b(?:chapters?|pages?|sections?|labs?) (?:belongs?|is devoted)\b",
        "“…, the subject of …,”",
        "a class has what belongs to it; a text has a subject",
        ("the sigmoid, to which the next chapter belongs",),
        ("an example belongs to a class",),
    ),
    Tic(
        r"(?<!as it )(?<!as they )\b(?:stands?|stood)\b"
        r"(?! (?:for|out|in for|still|alone|up|by|back|together|between)\b| in[.,;:])"
        r"(?! [^.;,]{0,25}\bapart\b)(?!-)",
        "“is”, “appears”, “occurs”, or “see”",
        "a formula does not stand anywhere",
        ("it stands in the denominator", "the letter that stands below"),
        ("K stands for the classes", "as it stands", "they stand ∎ apart", "stand-in"),
    ),
    Tic(
        r"\b(?:makes?|made|making) (?:a|an|one|no) "
        r"(?!copy\b|list\b|table\b|choice\b|point\b|set\b|mistake\b|note\b)"
        r"[\w-]+ of\b|\b(?:make|makes|made) of (?:it|them|that|this|a|an|the|∎)\b",
        "“turns Y into X”",
        "not idiomatic",
        ("the logarithm makes a sum of a product", "makes of it the probability"),
        ("make a table of both", "it is made of two parts"),
    ),
    Tic(
        r"(?<!divides the loss and its )"
        r"\b(?:derivatives?|differentiate[sd]?|slopes?|gradients?)"
        r"(?: (?!divided)[\w-]+){0,2}"
        rf" by (?:∎|(?:{WHOSE} )?(?:[\w-]+ )?{QUANTITY}\b)",
        "“with respect to”",
        "the standard term",
        (f"The derivative by {FORMULA} is", "differentiate it by the logit"),
        ("the derivative, by the chain rule", "differentiate term by term"),
    ),
    Tic(
        r"\b(?:gradients?|Hessians?|derivatives?|Jacobians?|slopes?)"
        r"(?: of (?:the |a |each )?(?:[\w’-]+|∎))? in"
        rf" (?:{WHOSE} )?(?:[\w’]+ )?{QUANTITY}\b",
        "“with respect to”",
        "the standard term",
        ("the gradient in the logits", "its Hessian in\nthe weights"),
        ("the gradient in double precision", "the gradient of the logits"),
    ),
    Tic(
        r"\b(?:mend|mends|mended|mending)\b",
        "“repair”, “fix” or “correct”",
        "one mends socks",
        ("mended a day later",),
        ("we recommend", "amended"),
    ),
    Tic(
        r"[,;:] for (?:it|they|there|then|we|he|she|you|otherwise|neither)\b",
        "“because”, or a full stop",
        "“for” as a conjunction is archaic, and reads as a preposition at first",
        ("it is singular, for it has flat directions",),
        ("a number for it", ", for example, it", "it holds for them"),
    ),
    Tic(
        r"(?<!there )\b(?:is|are|was|were|be|being) none\b(?! (?:of|other)\b)",
        "“is not one”, “does not exist”, or “there is none”",
        "“none” as a predicate",
        ("the error that is none",),
        ("there is none", "they are none of ours"),
    ),
    Tic(
        r"(?<!on )\bthe one\b[^.;|]{0,80}\bthe other\b(?! hand)",
        "“the first … the second”, or the names",
        "which is which is not said",
        ("change the one and then the other",),
        ("on the one hand, on the other hand", "the one that is the largest"),
    ),
    Tic(
        r"\babove and below\b[^.;]{0,20}\b(?:by|line|cancels?)\b"
        r"|\b(?:above|below)\*? (?:and|\*and\*) \*?below\*? the line\b"
        r"|\b(?:above|below) the (?:fraction )?bar\b",
        "“numerator and denominator”",
        "the standard term",
        ("divide above and below by it", "stands above and below the line"),
        ("a curve above the line", "above and below zero"),
    ),
    Tic(
        r"\bdiagonal\b[^.;]{0,80}\bbeside (?:it|them)\b|\bbeside the diagonal\b",
        "“off-diagonal”",
        "the standard term",
        ("on the diagonal are the variances, and beside it the covariances",),
        ("beside it",),
    ),
    Tic(
        r"\b(?:the|its|an|no|each|every) extreme\b"
        r"(?= (?:of|is|at|lies|where)\b|[.,;:)])",
        "“extremum”, “maximum” or “minimum”",
        "the standard term",
        ("without moving its extreme:",),
        ("an extreme case", "the extremes of the range"),
    ),
    Tic(
        r"(?<!differ )(?<!differs )(?<!grow )(?<!grows )(?<!equal )\bin size\b",
        "“in absolute value”, or “long” of a vector",
        "the standard term",
        ("never more than 1 in size", "below 0.1 in\nsize"),
        ("two sets that differ in size",),
    ),
    Tic(
        r"\bMany an? \w",
        "“Many …s”",
        "archaic",
        ("Many a program answers NaN",),
        ("as many as", "how many a day"),
        re.MULTILINE,
    ),
    Tic(
        r"\bto be had\b|\bmakes? known\b",
        "“is available”; “shares” or “sends”",
        "archaic",
        ("the code is to be had as one file", "each makes known two numbers"),
    ),
    Tic(
        r"^(?![ \t]*(?:[-*|:]|\d+\.|\[\^|description:))"
        r"[^.;!?\n]*;[^.;!?\n]*;[^.!?\n]*\w",
        "two or three sentences",
        "a chain of semicolons has no main clause",
        ("The first holds; the second fails; the third is open.",),
        ("The first holds; the second fails.", "- a; b; c"),
    ),
]

PRINTED = re.compile(r"[\"']")
CURLY = "“ ” or ’: straight quotation marks are for code"


@dataclass(frozen=True)
class Allowed:
    """Words in a file that a pattern finds and that are right, with the reason."""

    path: str
    words: str
    reason: str


EXCEPTIONS = [
    Allowed("docs/errata.md", ": who", "a heading, to which links from elsewhere lead"),
]


def complaints(prose: Prose) -> Iterator[tuple[str, str, str]]:
    """Yield the place of each tic, the words around it, and what to write."""
    for tic in TICS:
        for found in tic.expression.finditer(prose.own):
            words = " ".join(found[0].replace(FORMULA, "∎").split())
            start = found.start() + len(found[0]) - len(found[0].lstrip())
            yield prose.at(start), words, f"write {tic.write} ({tic.why})"
    if prose.typed:
        for found in PRINTED.finditer(prose.text):
            start = prose.text.rfind("\n", 0, found.start()) + 1
            around = prose.text[max(start, found.start() - 15) : found.end() + 15]
            yield prose.at(found.start()), around.split("\n")[0].strip(), f"use {CURLY}"


def excepted(place: str, words: str) -> bool:
    """Say whether a complaint is an exception."""
    path = place.rpartition(":")[0]
    return any(path == known.path and known.words in words for known in EXCEPTIONS)


@pytest.mark.parametrize(
    "path", files(), ids=lambda path: path.relative_to(ROOT).as_posix()
)
def test_the_prose_has_no_tics(path):
    found = [
        f"{place}: “{words}”: {advice}"
        for prose in prose_of(path)
        for place, words, advice in complaints(prose)
        if not excepted(place, words)
    ]
    assert not found, "\n".join(["", *sorted(set(found), key=by_place)])


def by_place(complaint: str) -> tuple[str, int]:
    """Return what complaints are sorted by: file and line."""
    path, line, *_ = complaint.split(":")
    return path, int(line)


def test_every_exception_is_used_and_has_a_reason():
    said = [
        (place.rpartition(":")[0], words)
        for path in files()
        for prose in prose_of(path)
        for place, words, _ in complaints(prose)
    ]
    for known in EXCEPTIONS:
        assert known.reason
        assert any(path == known.path and known.words in words for path, words in said)


@pytest.mark.parametrize("tic", TICS, ids=lambda tic: tic.found[0])
def test_a_tic_is_found_in_its_examples(tic):
    assert tic.why
    assert all(tic.expression.search(words) for words in tic.found)
    passed = (words.replace("∎", FORMULA) for words in tic.passed)
    assert not [words for words in passed if tic.expression.search(words)]


PAGE = """---
description: It stands here.
---

# Somebody

`for ever`, $x \\text{in the place of}$ and [who](whoever.md "somebody").
<!-- mend -->

!!! note "In short"

> for ever

    "mend": “for ever”, it's.

```text
"whoever"
```

$$
a = b && \\text{divide above and below by $z$}
$$

## Sources

- A. Author, *Stands for ever*, 2001.
"""


def test_only_words_are_looked_at():
    prose = of_markdown(ROOT / "docs" / "page.md", PAGE)
    found = [(place, words) for place, words, _ in complaints(prose)]
    assert sorted(found, key=lambda one: (int(one[0].split(":")[1]), one[1])) == [
        ("docs/page.md:2", "stands"),
        ("docs/page.md:5", "Somebody"),
        ("docs/page.md:7", "in the place of"),
        ("docs/page.md:14", '"mend": “for eve'),
        ("docs/page.md:14", '"mend": “for ever”, i'),
        ("docs/page.md:14", "“for ever”, it's."),
        ("docs/page.md:21", "above and below by"),
    ]


@pytest.mark.parametrize(
    ("name", "source", "place"),
    [
        ("figures/one.py", "figure(plot,\n alt='a', caption=f'{x} mends it')", 2),
        ("docs/labs/one.py", "# %% [markdown]\n# It falls for\n# ever.\n", 2),
        (
            "snippets/one.py",
            'def f():\n    """Return it.\n\n    For ever.\n    """\n',
            4,
        ),
        (
            "docs/assets/living/one.js",
            "const a = 1;\nsay(`It falls for ever, ${b}`);",
            2,
        ),
        ("overrides/one.html", "{% if a %}\n<p>It falls for ever.</p>\n", 2),
    ],
)
def test_words_are_found_wherever_a_reader_meets_them(
    name, source, place, tmp_path, monkeypatch
):
    monkeypatch.setattr("tests.prose.ROOT", tmp_path)
    path = Path(tmp_path, name)
    path.parent.mkdir(parents=True)
    path.write_text(source, "utf-8")
    found = [at for prose in prose_of(path) for at, _, _ in complaints(prose)]
    assert found == [f"{name}:{place}"]


def test_who_contributes_reads_one_screen():
    assert len(Path(ROOT, "CONTRIBUTING.md").read_text("utf-8").split()) <= 400
