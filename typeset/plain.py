r"""A formula as plain text: `\nabla_z L = p - y` as ``∇_z L = p − y``.

For what shows text and no formulas, such as the results of a search. What it does not
know it leaves out: no command of TeX's is ever in the text.
"""

import re
import unicodedata

TOKEN = re.compile(r"\\[a-zA-Z]+|\\.|[{}^_&~']|\s+|[a-zA-Z]|[0-9.]*[0-9]|.", re.DOTALL)
COMMENT = re.compile(r"(?<!\\)%.*")
LABEL = re.compile(r"\\(?:label|tag)\*?\{[^}]*\}")
ENVIRONMENT = re.compile(r"\\(?:begin|end)\{\w+\*?\}(?:\{[clr|]*\})?")
ROW = re.compile(r"\\\\(?:\[[^\]]*\])?")
MINUS = "−"

SYMBOLS = {
    **dict(zip(
        "alpha beta gamma delta epsilon varepsilon zeta eta theta iota kappa lambda mu "
        "nu xi pi rho sigma tau upsilon phi varphi chi psi omega Gamma Delta Theta "
        "Lambda Xi Pi Sigma Phi Psi Omega".split(),
        "αβγδεεζηθικλμνξπρστυφφχψωΓΔΘΛΞΠΣΦΨΩ", strict=True)),
    **dict(zip(
        "partial nabla infty ell top dots ldots cdots lVert rVert lvert rvert vert mid "
        "forall exists emptyset prime langle rangle lfloor rfloor lceil rceil".split(),
        "∂ ∇ ∞ ℓ ⊤ … … … ‖ ‖ | | | | ∀ ∃ ∅ ′ ⟨ ⟩ ⌊ ⌋ ⌈ ⌉".split(), strict=True)),
}  # fmt: skip
OPERATORS = dict(zip(
    "cdot times odot otimes oslash pm circ in notin subset subseteq cup cap setminus "
    "to rightarrow leftarrow mapsto iff implies Rightarrow ge geq le leq ne neq approx "
    "sim simeq equiv propto ll gg preceq succeq land lor ast".split(),
    "·×⊙⊗⊘±∘∈∉⊂⊆∪∩∖→→←↦⟺⟹⟹≥≥≤≤≠≠≈∼≃≡∝≪≫⪯⪰∧∨∗",
    strict=True))  # fmt: skip
LARGE = {"sum": "∑", "prod": "∏", "int": "∫", "lim": "lim"}
FUNCTIONS = frozenset(
    "log ln exp max min sup inf arg det dim ker gcd sin cos tan tanh sinh cosh arctan "
    "arcsin arccos Pr deg hom".split()
)
ACCENTS = {"hat": "\u0302", "bar": "\u0304", "tilde": "\u0303", "dot": "\u0307",
           "widehat": "\u0302", "overline": "\u0304", "widetilde": "\u0303",
           "vec": "\u20d7"}  # fmt: skip
BOARD = {"R": "ℝ", "N": "ℕ", "Z": "ℤ", "Q": "ℚ", "C": "ℂ"}
FONTS = frozenset("mathrm mathbf mathcal mathsf mathit boldsymbol mathbb".split())
WORDS = frozenset("text textbf textit textrm operatorname mathop mbox".split())
FRACTIONS = frozenset("frac tfrac dfrac cfrac".split())
RAISED = {"2": "²", "3": "³", "⊤": "ᵀ", "T": "ᵀ", "′": "′", "∗": "*"}
PAINT = frozenset("class cssId style color textcolor".split())
SPACES = frozenset((r"\,", r"\;", r"\:", r"\ ", r"\quad", r"\qquad", "~"))


def plain(tex: str) -> str:
    r"""Return a formula as plain text.

    >>> plain(r"\frac{\partial L}{\partial z_j} = p_j - y_j")
    '∂L/∂z_j = p_j − y_j'
    >>> plain(r"L := -\sum_{k=1}^{K} y_k \log p_k")
    'L := −∑_k y_k log p_k'
    >>> plain(r"\operatorname{softmax}(z)_k = \frac{e^{z_k}}{\sum_{j=1}^{K} e^{z_j}}")
    'softmax(z)_k = e^z_k/(∑_j e^z_j)'
    >>> plain(r"\class{predicted}{p} - y \unknown")
    'p − y'
    """
    tex = LABEL.sub("", COMMENT.sub("", tex))
    rows = ROW.split(ENVIRONMENT.sub(" ", tex))
    written = [tidy(Reader(row).text()) for row in rows]
    text = ""
    for row in filter(None, written):
        goes_on = row[0] in "=≤≥<>≈≠∼+·×" or row.startswith(f"{MINUS} ")
        text += (" " if goes_on or not text else ", ") + row
    return text.strip()


def tidy(text: str) -> str:
    """Space a formula as it is written in a line of text."""
    text = re.sub(r"\s+", " ", text).strip()
    text = re.sub(r"(?<=[(\[{⟨]) | (?=[)\]},;⟩_^])", "", text)
    # A sign stands by what it belongs to
    text = re.sub(r"((?:^|[(\[{=≤≥<>≈≠∈,;:/·→⟺]|log|exp) ?[−+±]) ", r"\1", text)
    text = re.sub(r": =", ":=", text)
    return unicodedata.normalize("NFC", re.sub(r"(?<=[∂∇√]) ", "", text))


class Reader:
    """Reads the tokens of a formula, one after the other."""

    def __init__(self, tex: str) -> None:
        self.tokens = TOKEN.findall(tex)
        self.at = 0

    def text(self, until: str = "") -> str:
        """Return what stands before the token `until`, or before the end."""
        parts = []
        while self.at < len(self.tokens) and self.tokens[self.at] != until:
            parts.append(self.atom())
        self.at += 1
        return "".join(parts)

    def argument(self) -> str:
        """Return the group or the single token that comes next."""
        while self.at < len(self.tokens) and self.tokens[self.at].isspace():
            self.at += 1
        first = self.tokens[self.at] if self.at < len(self.tokens) else ""
        if len(first) > 1 and first[0].isdigit():  # \frac14 is 1/4
            self.tokens[self.at : self.at + 1] = first
        return tidy(self.atom())

    def raw(self) -> str:
        """Return the words of the group that comes next, spaces included."""
        if self.at >= len(self.tokens) or self.tokens[self.at] != "{":
            return self.argument()
        depth, start = 0, self.at + 1
        while self.at < len(self.tokens):
            depth += {"{": 1, "}": -1}.get(self.tokens[self.at], 0)
            self.at += 1
            if not depth:
                break
        words = "".join(
            " " if token in SPACES else token
            for token in self.tokens[start : self.at - 1]
        )
        return re.sub(r"\$([^$]*)\$", lambda inner: plain(inner[1]), words)

    def atom(self) -> str:
        """Return the next piece."""
        if self.at >= len(self.tokens):
            return ""
        token = self.tokens[self.at]
        self.at += 1
        if token.startswith("\\"):
            return self.command(token)
        match token:
            case "{":
                return self.text(until="}")
            case "^":
                raised = self.argument()
                return RAISED.get(raised) or "^" + grouped(raised)
            case "_":
                return "_" + re.sub(r"\s+", "", self.argument())
            case "-":
                return f" {MINUS} "
            case "=" | "<" | ">" | "+":
                return f" {token} "
            case "'":
                return "′"
            case "&" | "}":
                return " "
            case ",":
                return ", "
            case _:
                return " " if token.isspace() or token in SPACES else token

    def command(self, token: str) -> str:
        """Return what a command stands for, with what it takes."""
        name = token[1:]
        if token in SPACES:
            return " "
        if name in SYMBOLS:
            return (
                f" {SYMBOLS[name]}" if name in ("partial", "nabla") else SYMBOLS[name]
            )
        if name in OPERATORS:
            return f" {OPERATORS[name]} "
        if name in LARGE or name in ("max", "min", "sup", "inf"):
            return self.large(LARGE.get(name, name))
        if name in FUNCTIONS:
            return f" {name} "
        if name in WORDS:
            words = self.raw()
            called = name in ("operatorname", "mathop")
            return f" {words}" if called else f" {words} "
        if name in FRACTIONS:
            above, below = self.argument(), self.argument()
            return f" {grouped(above)}/{grouped(below)} "
        if name in ACCENTS:
            return self.argument() + ACCENTS[name]
        if name in FONTS:
            inner = self.argument()
            return BOARD.get(inner, inner) if name == "mathbb" else inner
        if name == "sqrt":
            return f"√{grouped(self.argument())}"
        if name in PAINT:  # what is painted stands in the second argument, or behind
            self.argument()
            return ""
        if name in ("underset", "overset", "underbrace", "overbrace", "xrightarrow"):
            if name.endswith("set"):
                self.argument()
            return f" {self.argument()} "
        return {"{": "{", "}": "}", "|": "‖", "%": "%"}.get(name, "")

    def large(self, sign: str) -> str:
        """Return a sum or the like with the variable that it runs over."""
        below = ""
        while self.at < len(self.tokens) and (
            self.tokens[self.at] in "^_" or self.tokens[self.at].isspace()
        ):
            script = self.tokens[self.at]
            self.at += 1
            if script == "_":
                below = "_" + re.sub(r"[=∈:].*|\s+", "", self.argument())
            elif script == "^":
                self.argument()
        return f" {sign}{below} "


def grouped(text: str) -> str:
    """Put parentheses around what would fall apart without them."""
    text = text.strip()
    return f"({text})" if re.search(r"[\s,/]", text) else text
