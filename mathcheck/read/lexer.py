r"""LaTeX to tokens: what only looks is dropped, and each thing has one spelling.

>>> [token.text for token in tokens(r"\left( z_k \right) \leq \mathbf{1}^\top u")]
['(', 'z', '_', 'k', ')', '\\le', '\\mathbf', '{', '1', '}', '^', '\\top', 'u', '']
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from mathcheck.read.problems import RefusedError


@dataclass(frozen=True)
class Token:
    """A piece of LaTeX: its kind, its one spelling, where it stands."""

    kind: str  # number, letter, command, mark, words, name, break, end
    text: str
    at: int
    end: int = -1  # where its source ends


# Spellings of one thing, and the one that the parser knows
SPELLINGS = {
    r"\neq": r"\ne", r"\leq": r"\le", r"\geq": r"\ge", r"\lt": "<", r"\gt": ">",
    r"\leqslant": r"\le", r"\geqslant": r"\ge",
    "≠": r"\ne", "≤": r"\le", "≥": r"\ge", "≈": r"\approx", "∈": r"\in", "−": "-",
    "·": r"\cdot", "×": r"\times", "∞": r"\infty", "…": r"\dots", "⊤": r"\top",
    "′": "'",
    r"\coloneqq": ":=", r"\coloneq": ":=", r"\triangleq": ":=", r"\equiv": "=",
    r"\lVert": r"\|", r"\rVert": r"\|", r"\Vert": r"\|", r"\parallel": r"\|",
    r"\vert": "|", r"\lvert": "|", r"\rvert": "|",
    r"\lbrace": r"\{", r"\rbrace": r"\}", r"\lbrack": "[", r"\rbrack": "]",
    r"\ldots": r"\dots", r"\cdots": r"\dots", r"\vdots": r"\dots", r"\ddots": r"\dots",
    r"\dotsc": r"\dots", r"\dotsb": r"\dots",
    r"\implies": r"\Rightarrow", r"\Longrightarrow": r"\Rightarrow",
    r"\iff": r"\Leftrightarrow", r"\Longleftrightarrow": r"\Leftrightarrow",
    r"\rightarrow": r"\to", r"\longrightarrow": r"\to", r"\intercal": r"\top",
    r"\prime": "'", r"\ast": "*", r"\star": "*", r"\colon": ":", r"\land": r"\wedge",
    r"\dfrac": r"\frac", r"\tfrac": r"\frac", r"\cfrac": r"\frac",
    r"\bf": r"\mathbf", r"\boldsymbol": r"\mathbf", r"\bm": r"\mathbf",
    r"\pmb": r"\mathbf", r"\vec": r"\mathbf", r"\symbf": r"\mathbf",
    r"\widehat": r"\hat", r"\widetilde": r"\tilde", r"\overline": r"\bar",
    r"\mathbbm": r"\mathbb", r"\mathds": r"\mathbb", r"\mathscr": r"\mathcal",
    r"\dag": r"\dagger", r"\degree": r"\circ",
}  # fmt: skip


LOOKS = frozenset(
    r"""\left \right \middle \big \Big \bigg \Bigg \bigl \bigr \Bigl \Bigr \biggl
    \biggr \Biggl \Biggr \bigm \Bigm \biggm \displaystyle \textstyle \scriptstyle
    \limits \nolimits \, \; \: \! \> \nonumber \notag \mathstrut \strut \relax
    \allowbreak \nobreak \hfill \thinspace \hspace* \mathopen \mathclose \mathrel
    \mathbin \mathord \mathpunct""".split()
)


LOOKS_WITH_ARGUMENT = frozenset(
    r"\label \tag \phantom \hphantom \vphantom \hspace \vspace \color \style".split()
)


WORDS = frozenset(r"\text \textrm \textit \textbf \textsf \mbox \mathrm".split())


NAMES = frozenset(r"\operatorname \operatorname* \mathit \mathsf \mathtt".split())


GREEK = frozenset(
    r"""\alpha \beta \gamma \delta \epsilon \varepsilon \zeta \eta \theta \vartheta
    \iota \kappa \lambda \mu \nu \xi \pi \varpi \rho \varrho \sigma \varsigma \tau
    \upsilon \phi \varphi \chi \psi \omega \Gamma \Delta \Theta \Lambda \Xi \Pi \Sigma
    \Upsilon \Phi \Psi \Omega \ell \hbar""".split()
)


# Words that join statements; any other word in \text{} is a name, if it is one word
JOINING = frozenset(
    """if for and or where when with otherwise else all any each every so that but both
    since because hence thus while then given as is are the a an not only in at of to
    unless provided whenever we have i.e. e.g. iff on by from let be nats nat bits bit
    which case cases use using also fixed holds it this case: true follows""".split()
)


LEXEMES = re.compile(
    r"""(?P<space>(?:\s|%[^\n]*|~|\\\ )+)
      | (?P<number>\d{1,3}(?:(?:\{,\}|\\,)\d{3})+(?:\.\d+)?(?!\d)|\d+(?:\.\d+)?|\.\d+)
      | (?P<row>\\\\(?:\[[^\]]*\])?)
      | (?P<command>\\(?:operatorname\*|hspace\*|[A-Za-z]+|.))
      | (?P<letter>[A-Za-z])
      | (?P<define>:\s*=)
      | (?P<mark>.)""",
    re.VERBOSE | re.DOTALL,
)


def tokens(latex: str) -> list[Token]:
    """Return the tokens of an element, the last one of kind `end`."""
    found: list[Token] = []
    position = 0
    while position < len(latex):
        match = LEXEMES.match(latex, position)
        assert match is not None  # the last alternative takes any character
        kind, text = str(match.lastgroup), match[0]
        at, position = position, match.end()
        text = SPELLINGS.get(text, text)
        if kind == "space" or text in LOOKS:
            dot = re.compile(r"\s*\.").match(latex, position)
            if text in (r"\left", r"\right") and dot:
                position = dot.end()
                if text == r"\left":
                    found.append(Token("command", r"\left.", at))
            continue
        if text in LOOKS_WITH_ARGUMENT:
            _, position = argument(latex, position, text)
            continue
        if text == r"\begin" or text == r"\end":
            name, position = argument(latex, position, text)
            found.append(Token("command", f"{text}{{{name.rstrip('*')}}}", at))
            continue
        if text in WORDS or text in NAMES:
            content, position = argument(latex, position, text)
            token = words_or_name(content, text, at)
            if token.kind == "name" and token.text.endswith("'"):
                found.append(Token("name", token.text.rstrip("'"), at))
                token = Token("mark", "'", at)
            found.append(token)
            continue
        found.append(token_of(kind, text, at))
    found.append(Token("end", "", len(latex)))
    ends = [after.at for after in found[1:]] + [len(latex)]
    return [
        replace(token, end=len(latex[:end].rstrip()))
        for token, end in zip(found, ends, strict=True)
    ]


def token_of(kind: str, text: str, at: int) -> Token:
    """Return the token of a lexeme."""
    if kind == "number":
        return Token("number", text.replace("{,}", "").replace(r"\,", ""), at)
    if kind == "row" or text in (r"\quad", r"\qquad", r"\cr", r"\newline"):
        wide = text in (r"\quad", r"\qquad")
        return Token("break", r"\quad" if wide else r"\\", at)
    if text in GREEK or kind == "letter":
        return Token("letter", text, at)
    if kind == "define" or text == ":=":
        return Token("mark", ":=", at)
    return Token("command" if text.startswith("\\") else "mark", text, at)


def words_or_name(content: str, command: str, at: int) -> Token:
    r"""Tell \text{if } from \text{softmax}, and \mathrm{d} from \mathrm{KL}."""
    content = re.sub(r"\\math(?:bb|rm|bf|sf|cal|it)\b", " ", content)
    plain = re.sub(r"\\[,;:! ]|[{}~]", " ", content).strip()
    glued = re.sub(r"[\s-]+", "", plain)
    if command in NAMES or command == r"\mathrm":
        if glued == "d":
            return Token("command", r"\mathrm{d}", at)
        if not re.fullmatch(r"[A-Za-z][A-Za-z0-9']*", glued):
            raise RefusedError(f"{command}{{{content}}} is not a name", at)
        return Token("name", glued, at)
    first = plain.split()[0].lower().rstrip(",:.;") if plain.split() else ""
    one_word = re.fullmatch(r"[A-Za-z][A-Za-z0-9-]*'?", plain) is not None
    if one_word and first not in JOINING:
        return Token("name", glued, at)
    return Token("words", " ".join(plain.split()), at)


def argument(latex: str, position: int, command: str) -> tuple[str, int]:
    """Return what stands in the braces after a command, and where it ends."""
    match = re.compile(r"\s*").match(latex, position)
    start = match.end() if match else position
    if start >= len(latex):
        raise RefusedError(f"{command} has nothing after it", position)
    if latex[start] != "{":
        piece = re.compile(r"\\[A-Za-z]+|.", re.DOTALL).match(latex, start)
        assert piece is not None
        return piece[0], piece.end()
    depth, end = 0, start
    while end < len(latex):
        if latex[end] == "\\":
            end += 2
            continue
        depth += {"{": 1, "}": -1}.get(latex[end], 0)
        end += 1
        if depth == 0:
            return latex[start + 1 : end - 1], end
    raise RefusedError(f"{command} has no closing brace", start)
