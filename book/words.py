"""The formulas of the book in words: what a search in the PDF finds and a reader hears.

Chromium tags a picture in a PDF that has a role and a label, and no MathML. The words
are one line of plain text, as one would type the formula: `∂L/∂z_j = p_j − y_j`.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from bs4.element import Tag

SPACED = set("=<>≠≤≥≈∈→∼⪯⪰⊙⊘⊗×⋅:") | {":="}
SIGNS = set("+−")
ACCENTS = {"^": "\u0302", "~": "\u0303", "¯": "\u0304", "˙": "\u0307"}
PRIMES = set("′″‴")
UNHEARD = re.compile("[\u2062-\u2064]")
APPLIED = "\u2061"  # between a function and what it is applied to
RELATION = re.compile("[=<>≠≤≥≈∼⪯⪰]|:=")
SCRIPT = re.compile(r"_\([^()]*\)")

# What needs no brackets: in a fraction, below a letter, above it
PART = re.compile(r"[\w.∂⊤′″‴^]*|\([^()]*\)")
INDEX = re.compile(r"[^\W_]*")
POWER = re.compile(r"[\d.]*|.|\([^()]*\)")


def with_words(article: Tag) -> None:
    """Give the pictures of each formula its words, in the place of its MathML."""
    for mathml in article.find_all("mjx-assistive-mml"):
        said = words(str(mathml.math))
        pictures = mathml.find_previous_siblings("svg", {"aria-hidden": "true"})
        for picture in pictures:
            # The first piece of a formula, and its other form if it has two
            if picture is pictures[-1] or picture.get("class") == "narrow":
                label(picture, said)
        mathml.decompose()


def label(picture: Tag, said: str) -> None:
    """Let a picture be heard as these words, and found: they lie unseen on its line."""
    del picture["aria-hidden"]
    picture["role"], picture["aria-label"] = "img", said
    if not said:
        return
    width = float(str(picture["viewbox"]).split()[2])
    letters = min(700, 2 * width / len(said))  # thousandths of the formula's size
    text = Tag(
        name="text",
        attrs={
            "class": "words",
            "font-size": f"{letters:.0f}",
            "textLength": f"{width:.0f}",
            "lengthAdjust": "spacingAndGlyphs",
        },
    )
    text.string = said
    picture.insert(0, text)


def words(mathml: str) -> str:
    """Return a formula as one line of plain text."""
    text = said(ElementTree.fromstring(mathml.replace("&nbsp;", "\u00a0")))
    return re.sub(r"\s+", " ", text).strip()


def said(node: Element) -> str:
    """Return what is said of a part of a formula."""
    return SAID.get(node.tag, row)(node)


def row(nodes: Iterable[Element]) -> str:
    """Return parts side by side, with spaces where two would run into one."""
    line, long = "", False
    for node in nodes:
        part = said(node)
        if not part:
            continue
        line, was_long, applied = line.removesuffix(APPLIED), long, line[-1:] == APPLIED
        # 1/K p, p_k v_k, y log p, but 2z, tv
        long = node.tag != "mo" and len(part) > 1
        if applied and node.tag == "mfrac":
            part = f"({part})"  # log(a/b)
        if node.tag == "mo":
            line = with_operator(line, part)
        elif (was_long or long or applied) and re.search(r"[^\s(\[{|+−∂]$", line):
            line += part if part[0] in "([{)]}" else f" {part}"
        else:
            line += part
    return line.removesuffix(APPLIED)


def with_operator(line: str, sign: str) -> str:
    """Return a line that goes on with an operator, a sign or a bracket."""
    if sign in SIGNS:  # after an operator it belongs to what follows
        return line + (f" {sign} " if re.search(r"[^\s(\[{,|]$", line) else sign)
    if sign in SPACED:
        return f"{line} {sign} "
    if sign in ",;":
        return f"{line}{sign} "
    # `max`, or a sum, takes what follows
    return line + sign + (APPLIED if sign[-1:].isalpha() or sign in "∑∏∫" else "")


def token(node: Element) -> str:
    """Return a letter, a number, an operator or text as it stands."""
    return UNHEARD.sub("", node.text or "").replace("\u00a0", " ")


def bracketed(node: Element, one: re.Pattern[str]) -> str:
    """Return a part, in brackets unless it is one thing."""
    text = said(node).strip()
    return text if one.fullmatch(text) else f"({text})"


def scripts(*marks: str) -> Callable[[Element], str]:
    """Return what says a base and its scripts, each after its mark."""

    def with_scripts(node: Element) -> str:
        base, *others = node
        text = said(base).strip()
        for mark, other in zip(marks, others, strict=True):
            script = bracketed(other, INDEX if mark == "_" else POWER)
            if node.tag == "mover" and other.text in ACCENTS:
                text = unicodedata.normalize("NFC", text + ACCENTS[other.text])
            else:
                text += script if script and set(script) <= PRIMES else mark + script
        large = base.tag == "mo" and (text[:1] in "∑∏∫" or text[:1].isalpha())
        return f"{text} " if large else text

    return with_scripts


def fraction(node: Element) -> str:
    """Return a fraction on one line."""
    above, below = (bracketed(part, PART) for part in node)
    return f"{above}/{below}"


def table(node: Element) -> str:
    """Return rows; those of a derivation, or of a matrix."""
    between = " " if node.get("displaystyle") else ", "
    text, *others = [between.join(map(said, line)).strip() for line in node]
    for line in others:
        relation = re.search(RELATION, SCRIPT.sub("", line))
        if relation and relation.start() == 0:
            text += f" {line}"
        elif not relation and line[:1] in SIGNS:  # no statement of its own
            text += f" {line[0]} {line[1:]}"
        else:
            text += f"; {line}"
    return text


SAID: dict[str, Callable[[Element], str]] = {
    **dict.fromkeys(("mi", "mn", "mo", "mtext"), token),
    **dict.fromkeys(("msub", "munder"), scripts("_")),
    **dict.fromkeys(("msup", "mover"), scripts("^")),
    **dict.fromkeys(("msubsup", "munderover"), scripts("_", "^")),
    "mfrac": fraction,
    "msqrt": lambda node: f"√({row(node).strip()})",
    "mspace": lambda _: " ",
    "mtable": table,
    "annotation": lambda _: "",  # the TeX, if there is one beside the MathML
}
