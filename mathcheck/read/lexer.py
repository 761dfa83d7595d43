r"""LaTeX to tokens: what only looks is dropped, and each thing has one spelling.

>>> [token.text for token in tokens(r"\left( z_k \right) \leq \mathbf{1}^\top u")]
['(', 'z', '_', 'k', ')', '\\le', '\\mathbf', '{', '1', '}', '^', '\\top', 'u', '']

Nothing that a reader sees is dropped: a formula in words is kept with them, and what
cannot be read in them is refused.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal

from mathcheck.read.colours import visible
from mathcheck.read.problems import RefusedError
from mathcheck.read.words import ESCAPED, SPOKEN, check_commands, claims, plain

Kind = Literal[
    "number", "letter", "name", "command", "mark", "words", "break", "align", "end"
]


@dataclass(frozen=True)
class Token:
    """A piece of LaTeX: its kind, its one spelling, where it stands."""

    kind: Kind
    text: str  # of words: what they say, with `$…$` for a formula
    at: int
    end: int  # where its source ends, with a \right. that closes it
    formulas: tuple[tuple[Token, ...], ...] = ()  # in words

    @property
    def is_sign(self) -> bool:
        """Whether it is written as it is meant, and not as words."""
        return self.kind not in ("words", "name", "end")

    def split(self) -> tuple[Token, Token]:
        """Return the first digit of a number, and the others."""
        first = Token("number", self.text[0], self.at, self.at + 1)
        return first, Token("number", self.text[1:], self.at + 1, self.end)


# Spellings of one thing, and the one that the parser knows
SPELLINGS = {
    r"\neq": r"\ne", r"\leq": r"\le", r"\geq": r"\ge", r"\lt": "<", r"\gt": ">",
    r"\leqslant": r"\le", r"\geqslant": r"\ge",
    "≠": r"\ne", "≤": r"\le", "≥": r"\ge", "≈": r"\approx", "∈": r"\in", "−": "-",
    "·": r"\cdot", "×": r"\times", "∞": r"\infty", "…": r"\dots", "⊤": r"\top",
    "′": "'",
    r"\coloneqq": ":=", r"\coloneq": ":=", r"\triangleq": ":=", r"\equiv": "=",
    r"\eqqcolon": "=:", r"\eqcolon": "=:",
    r"\lVert": r"\|", r"\rVert": r"\|", r"\Vert": r"\|", r"\parallel": r"\|",
    r"\vert": "|", r"\lvert": "|", r"\rvert": "|",
    r"\lbrace": r"\{", r"\rbrace": r"\}", r"\lbrack": "[", r"\rbrack": "]",
    r"\ldots": r"\dots", r"\cdots": r"\dots", r"\vdots": r"\dots", r"\ddots": r"\dots",
    "...": r"\dots", r"\dotsc": r"\dots", r"\dotsb": r"\dots",
    r"\implies": r"\Rightarrow", r"\Longrightarrow": r"\Rightarrow",
    r"\iff": r"\Leftrightarrow", r"\Longleftrightarrow": r"\Leftrightarrow",
    r"\impliedby": r"\Leftarrow", r"\Longleftarrow": r"\Leftarrow",
    r"\rightarrow": r"\to", r"\longrightarrow": r"\to", r"\intercal": r"\top",
    r"\prime": "'", r"\ast": "*", r"\star": "*", r"\colon": ":", r"\land": r"\wedge",
    r"\dfrac": r"\frac", r"\tfrac": r"\frac", r"\cfrac": r"\frac",
    r"\nicefrac": r"\frac", r"\sfrac": r"\frac",
    r"\dbinom": r"\binom", r"\tbinom": r"\binom",
    r"\centernot": r"\not", "°": r"\degree",
    r"\cal": r"\mathcal", r"\bf": r"\mathbf",
    r"\boldsymbol": r"\mathbf", r"\bm": r"\mathbf",
    r"\pmb": r"\mathbf", r"\vec": r"\mathbf", r"\symbf": r"\mathbf",
    r"\widehat": r"\hat", r"\widetilde": r"\tilde", r"\overline": r"\bar",
    r"\mathbbm": r"\mathbb", r"\mathds": r"\mathbb", r"\mathscr": r"\mathcal",
    r"\dag": r"\dagger", r"\llbracket": "[", r"\rrbracket": "]",
}  # fmt: skip


LOOKS = frozenset(
    r"""\left \right \middle \big \Big \bigg \Bigg \bigl \bigr \Bigl \Bigr \biggl
    \biggr \Biggl \Biggr \bigm \Bigm \biggm \displaystyle \textstyle \scriptstyle
    \limits \nolimits \, \; \: \> \nonumber \notag \mathstrut \strut \relax
    \allowbreak \nobreak \hfill \thinspace \enspace \enskip \tiny \scriptsize \small
    \normalsize \large \Large \LARGE \huge \Huge""".split()
)
# Commands whose argument is not seen
SPACES = (r"\hspace", r"\hspace*", r"\vspace")
SKIPS = (r"\hskip", r"\kern", r"\mskip", r"\mkern")  # by the length after them
UNSEEN = frozenset([*SPACES, *r"\label \phantom \hphantom \vphantom".split()])
LENGTH = re.compile(r"\s*\d*\.?\d+\s*[a-z]{2}\s*")
SKIPPED = re.compile(r"\s*\d*\.?\d+\s*(?:em|ex|pt|pc|px|mu|in|cm|mm)(?![A-Za-z])")
NARROW = 3  # \! between two signs; more would set one upon the other
TAGS = (r"\tag", r"\tag*")
SIGN_OF_TAG = re.compile(
    r"\$\s*(?:\\(?:ast|star|d?dagger|blacksquare|square)|\*)+\s*\$"
)
COLOURS = (r"\color", r"\textcolor", r"\mathcolor")
SIGN_FIRST = re.compile(r"\s*\{\s*(?:[-+=<>/]|\\(?:[lg]eq?|cdot|times|odot|approx)\b)")
MODEL = re.compile(r"\s*\[\s*(\w+)\s*\]")  # in which a colour is given: [RGB]
WORDS = frozenset(
    r"\text \textrm \textit \textbf \textsf \textnormal \mbox \mathrm".split()
)
NAMES = frozenset(r"\operatorname \operatorname* \mathit \mathsf \mathtt".split())


GREEK = frozenset(
    r"""\alpha \beta \gamma \delta \epsilon \varepsilon \zeta \eta \theta \vartheta
    \iota \kappa \lambda \mu \nu \xi \pi \varpi \rho \varrho \sigma \varsigma \tau
    \upsilon \phi \varphi \chi \psi \omega \Gamma \Delta \Theta \Lambda \Xi \Pi \Sigma
    \Upsilon \Phi \Psi \Omega \ell \hbar""".split()
)


# Words that join statements; any other word in \text{} is a name, if it is one word
JOINING = frozenset(
    """if for and or where when with otherwise else elsewhere all any each every so
    that but both since because hence thus while then given as is are the a an not only
    in at of to
    unless provided whenever we have i.e. e.g. iff on by from let be nats nat bits bit
    which case cases use using also fixed holds it this case: true follows implies
    only exactly precisely equals exceeds
    suppose assume assuming except either
    shannon shannons hartley hartleys ban bans dit dits""".split()
)


# These are words in \mathrm{} too, which is for names
CONDITIONAL_WORDS = frozenset(
    "if iff when where whenever for otherwise else elsewhere and or o.w".split()
)


LEXEMES = re.compile(
    r"""(?P<space>(?:\s|~|\\\ )+)
      | (?P<comment>%)
      | (?P<number>(?:[0-9]{1,3}(?:(?:\{,\}|\\,)[0-9]{3})+(?:\.[0-9]+)?(?![0-9])
          |[0-9]+(?:\.[0-9]+)?|\.[0-9]+)
          (?:\\(?:mathrm|text)\{[eE](?:\}\{[-+]?[0-9]+\}|[-+]?[0-9]+\}))?)
      | (?P<row>\\\\(?:\[(?P<apart>[^\]]*)\])?)
      | (?P<command>\.{3}|\\(?:operatorname\*|hspace\*|tag\*|[A-Za-z]+|.))
      | (?P<letter>[A-Za-z])
      | (?P<define>:\s*=|=\s*:)
      | (?P<mark>.)""",
    re.VERBOSE | re.DOTALL,
)
OPENING, CLOSING = ("{", "(", "[", r"\{"), ("}", ")", "]", r"\}")
DEEPEST = 100
# What would give commands another meaning, here and in what follows
REDEFINING = re.compile(
    r"\\(?:[gex]?def|let|global|require|(?:re)?new(?:command|environment|tagform)"
    r"|providecommand|DeclareMathOperator|DeclarePairedDelimiters?\w*|mathtoolsset)"
    r"(?![A-Za-z])"
)
# 1\mathrm{e}{-3} is a thousandth; without the braces it could be 1 · e − 3
E = re.compile(r"\\(?:mathrm|text)\{[eE]\}?")
TIMES_E = re.compile(r"\\(?:mathrm|text)\{[eE]\}[-+][0-9]")
# The old way to write upright: {\rm KL}
UPRIGHT = re.compile(r"\s*\{([A-Za-z\s]+)\}|\s+([A-Za-z][A-Za-z\s]*?)\s*(?=\})")
IN_WORDS = re.compile(r"(?<!\\)\$((?:\\.|[^$\\])+)\$|\\\((.+?)\\\)", re.DOTALL)
FORMULA = "$…$"  # in the place of a formula in words


def with_braces(found: list[Token]) -> list[Token]:
    r"""Return tokens with braces around words that are a script: x_\text{a word}."""
    result: list[Token] = []
    for token in found:
        if token.kind == "words" and result and result[-1].text in ("_", "^"):
            result += [mark("{", token.at), token, mark("}", token.end)]
        else:
            result.append(token)
    return result


def mark(text: str, at: int) -> Token:
    """Return a sign that is not written, for a place."""
    return Token("mark", text, at, at)


def tokens(latex: str) -> list[Token]:
    """Return the tokens of an element, the last one of kind `end`."""
    redefined = REDEFINING.search(latex)
    if redefined:
        message = f"{redefined[0]} gives what is written another meaning"
        raise RefusedError(message, redefined.start())
    found = with_braces(lexed(latex, 0, len(latex)))
    check_depth(found)
    return found


def check_depth(found: list[Token]) -> None:
    """Refuse brackets in brackets, if they are too many for a reader."""
    depth = 0
    for token in found:
        if token.is_sign:
            depth += (token.text in OPENING) - (token.text in CLOSING)
            if depth > DEEPEST:
                raise RefusedError(
                    f"more than {DEEPEST} brackets within one another; give a name to "
                    "what stands in some of them",
                    token.at,
                )


def lexed(latex: str, position: int, stop: int) -> list[Token]:
    """Return the tokens of a part of an element."""
    found: list[Token] = []
    narrow = 0
    while position < stop:
        match = LEXEMES.match(latex, position, stop)
        assert match is not None  # the last alternative takes any character
        kind, text = str(match.lastgroup), match[0]
        at, position = position, match.end()
        text = SPELLINGS.get(text, text)
        if kind == "comment":
            message = r"% hides the rest of its line; take it out, or write \%"
            raise RefusedError(message, at)
        if text == r"\!":
            narrow += 1
            if narrow > NARROW:
                raise overlaid(r"\!", at)
        elif kind == "space" or text in LOOKS:
            dot = re.compile(r"\s*\.").match(latex, position, stop)
            if text in (r"\left", r"\right") and dot:
                position = dot.end()
                if text == r"\left":
                    found.append(Token("command", r"\left.", at, position))
                elif found:  # where a statement ends, its brackets are closed
                    found[-1] = replace(found[-1], end=position)
        elif text in UNSEEN:
            start, end, position = argument(latex, position, stop, text)
            if text in SPACES and not LENGTH.fullmatch(latex, start, end):
                raise overlaid(latex[at:position], at)
        elif text in SKIPS:
            length = SKIPPED.match(latex, position, stop)
            if not length:
                raise overlaid(text, at)
            position = length.end()
        elif text in TAGS:
            start, end, position = argument(latex, position, stop, text)
            if claims(SIGN_OF_TAG.sub("", latex[start:end])):
                raise RefusedError(f"a formula in {text} is not read", start)
        elif text in COLOURS:
            model = MODEL.match(latex, position, stop)
            position = model.end() if model else position
            start, end, position = argument(latex, position, stop, text)
            if not visible(latex[start:end].strip(), model[1] if model else "named"):
                raise RefusedError(
                    f"the colour {latex[start:end]} may hide something; "
                    "write a plain one, such as red or blue",
                    start,
                )
            if text != r"\color" and SIGN_FIRST.match(latex, position, stop):
                start, end, position = argument(latex, position, stop, text)
                found += lexed(latex, start, end)[:-1]  # a coloured sign is no group
        elif text in (r"\begin", r"\end"):
            start, end, position = argument(latex, position, stop, text)
            name = latex[start:end].rstrip("*")
            found.append(Token("command", f"{text}{{{name}}}", at, position))
        elif text in WORDS or text in NAMES:
            start, end, position = argument(latex, position, stop, text)
            below = in_script(found) and latex[position:].lstrip().startswith("}")
            below = below or (bool(found) and found[-1].text in ("_", "^"))
            found += words_or_name(latex, start, end, text, at, position)
            if below and found[-1].text.isalpha() and found[-1].kind == "words":
                found[-1] = replace(found[-1], kind="name")  # H_\text{in}
        elif text == r"\rm" and (upright := UPRIGHT.match(latex, position, stop)):
            position = upright.end()
            start, end = upright.span(upright.lastindex or 0)
            found += words_or_name(latex, start, end, r"\mathrm", at, position)
        elif match["apart"] is not None and not LENGTH.fullmatch(match["apart"]):
            raise overlaid(text, at)
        elif kind == "number" and TIMES_E.match(latex, position, stop):
            raise RefusedError(
                "a number, e and a number can be read in two ways; "
                r"write \cdot 10^{...}, or \cdot before e",
                at,
            )
        else:
            found.append(token_of(kind, text, at, position))
        if found and found[-1].end == position and found[-1].kind != "break":
            narrow = 0
    return [*found, Token("end", "", stop, stop)]


def in_script(found: list[Token]) -> bool:
    r"""Say whether a script's brace opens before this place: E_{\text{in}}."""
    return [t.text for t in found[-2:]] in (["_", "{"], ["^", "{"])


def overlaid(space: str, at: int) -> RefusedError:
    """Say that a space is none, and sets signs upon others."""
    return RefusedError(f"{space} may set one sign upon another; leave it out", at)


def token_of(kind: str, text: str, at: int, end: int) -> Token:
    """Return the token of a lexeme."""
    if kind == "number":
        digits, *exponent = E.split(text)
        digits = digits.replace("{,}", "").replace(r"\,", "")
        return Token("number", "e".join([digits, *map(inside, exponent)]), at, end)
    if kind == "row" or text in (r"\quad", r"\qquad", r"\cr", r"\newline"):
        wide = text in (r"\quad", r"\qquad")
        return Token("break", r"\quad" if wide else r"\\", at, end)
    if text in GREEK or kind == "letter":
        return Token("letter", text, at, end)
    if kind == "define" or text == ":=":
        defined = "".join(text.split())
        return Token("mark", defined, at, end)  # := or =:
    return Token("command" if text.startswith("\\") else "mark", text, at, end)


def inside(exponent: str) -> str:
    """Return what stands in the braces of an exponent."""
    return exponent.strip("{}")


def words_or_name(
    latex: str, start: int, stop: int, command: str, at: int, end: int
) -> Iterator[Token]:
    r"""Tell \text{if } from \text{softmax}, and \mathrm{d} from \mathrm{KL}."""
    content = latex[start:stop]
    inner = [*IN_WORDS.finditer(latex, start, stop)]
    said = IN_WORDS.sub(FORMULA, content)
    said = re.sub(r"\\math(?:bb|rm|bf|sf|cal|it)\b", " ", said)
    said = plain(re.sub(r"\\_(?=[A-Za-z])", "", said))  # log\_softmax
    glued = re.sub(r"[\s-]+", "", said)
    capital = content == said and said.isupper() and len(said) > 1  # OR, an odds ratio
    if (
        command == r"\mathrm"
        and not capital
        and said.lower().rstrip(",:.") in CONDITIONAL_WORDS
    ):
        yield Token("words", said, at, end)
        return
    if command == r"\mathrm" and re.fullmatch(r"\(\w+\)", glued):  # a label
        yield Token("words", said, at, end)
        return
    if command in NAMES or command == r"\mathrm":
        if glued == "d":
            yield Token("command", r"\mathrm{d}", at, end)
        elif re.fullmatch(r"[A-Za-z][A-Za-z0-9']*|[A-Z]_[A-Z]+", glued):
            yield from named(glued, at, end)
        else:
            raise RefusedError(f"{command}{{{content}}} is not a name", at)
        return
    if claims(said.replace(FORMULA, "")):
        raise RefusedError(
            rf"what is claimed in {command}{{{content}}} is not read; "
            "write it outside of the words, or in dollars",
            at,
        )
    check_commands(command, content, said, at)
    said = ESCAPED.sub(r"\1", said)
    if not SPOKEN.match(said):
        raise RefusedError(rf"{command}{{{content}}} is not made of words", at)
    first = said.split()[0].lower().rstrip(",:.;") if said else ""
    one_word = re.fullmatch(r"[A-Za-z][A-Za-z0-9-]*'?", said) is not None
    if one_word and (capital or first not in JOINING):
        yield from named(glued, at, end)
    else:
        formulas = tuple(
            tuple(lexed(latex, *match.span(1 if match[1] else 2))) for match in inner
        )
        yield Token("words", said, at, end, formulas)


def named(name: str, at: int, end: int) -> Iterator[Token]:
    """Yield a name that is written as a word, and its prime."""
    yield Token("name", name.rstrip("'"), at, end)
    if name.endswith("'"):
        yield Token("mark", "'", at, end)


def argument(
    latex: str, position: int, stop: int, command: str
) -> tuple[int, int, int]:
    """Return where the argument of a command begins and ends, and where it goes on."""
    start = position
    while start < stop and latex[start].isspace():
        start += 1
    if start >= stop:
        raise RefusedError(f"{command} has nothing after it", position)
    if latex[start] != "{":
        piece = re.compile(r"\\[A-Za-z]+|.", re.DOTALL).match(latex, start, stop)
        assert piece is not None
        return start, piece.end(), piece.end()
    depth, end = 0, start
    while end < stop:
        if latex[end] == "\\":
            end += 2
            continue
        depth += {"{": 1, "}": -1}.get(latex[end], 0)
        end += 1
        if depth == 0:
            return start + 1, end - 1, end
    raise RefusedError(f"{command} has no closing brace", start)
