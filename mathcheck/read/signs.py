r"""Signs by what they do: which join factors, begin none, or are not read and why."""

from __future__ import annotations

from mathcheck.read.syntax import Binary, Bracket, Constant, Node, Number

LATTICE = {r"\wedge": "min", r"\vee": "max"}  # between numbers
PRODUCTS = {
    r"\cdot": "dot",
    r"\times": "times",
    r"\odot": "odot",
    r"\otimes": "kron",
    r"\oslash": "oslash",
    r"\circ": "circ",
    r"\bmod": "mod",
    "*": "times",
}
# Relations that order numbers, and what each of them is from right to left
UP, DOWN = ("<", r"\le"), (">", r"\ge")
ORDER = (*UP, *DOWN)
MIRRORED = {"<": ">", ">": "<", r"\le": r"\ge", r"\ge": r"\le"}
# The order of symmetric matrices, upwards and downwards
LOEWNER_UP, LOEWNER_DOWN = (r"\preceq", r"\prec"), (r"\succeq", r"\succ")
LOEWNER = (*LOEWNER_UP, *LOEWNER_DOWN)
# Commands that cannot begin a factor
NOT_FACTORS = frozenset(
    r"""\le \ge \ne \in \notin \approx \propto \preceq \succeq \to \mapsto \sim \simeq
    \cdot \times \odot \otimes \oslash \mid \| \} \rangle \Rightarrow \Leftrightarrow
    \wedge \vee \lor \setminus \pm \mp \dots \forall \exists \, \subset
    \prec \succ \ll \gg \circ \cup \cap \bmod \mod \cong \perp \doteq \asymp
    \rfloor \rceil \lesssim \gtrsim \lessapprox \gtrapprox \pmod \degree \%
    \therefore \because \blacksquare \square \top \dagger \star""".split()
)

# Of commands that are not read, what to write instead
REPAIRS = {
    **dict.fromkeys(
        (r"\overset", r"\stackrel", r"\xrightarrow", r"\xleftarrow"),
        "write what it says as a statement of its own",
    ),
    r"\boxed": "put it around a side, or around the whole statement",
    r"\fbox": r"write \boxed{...}, without dollars",
    r"\rm": r"write \mathrm{...}",
    r"\lg": r"write \log_{10} or \log_2",
    **dict.fromkeys(
        (
            r"\smash",
            r"\enclose",
            r"\raise",
            r"\lower",
            r"\raisebox",
            r"\mathllap",
            r"\mathrlap",
            r"\mathclap",
        ),
        "leave it out",
    ),
    **dict.fromkeys(
        (r"\exists", r"\nexists"),
        r"write the statement where it holds, as in x^2 = 4 \qquad \text{if } x = 2",
    ),
    r"\cancelto": "write what is left, and what it tends to as a limit",
    r"\mod": r"write a \bmod n = b \bmod n",
    **dict.fromkeys((r"\pm", r"\mp"), "it is two statements; write both"),
    **dict.fromkeys((r"\brace", r"\brack", r"\atop"), "define what it stands for"),
    **dict.fromkeys(
        (r"\colorbox", r"\fcolorbox"), r"write \boxed{...} or \textcolor{red}{...}"
    ),
    **dict.fromkeys(
        (r"\hbox", r"\rlap", r"\llap", r"\verb"),
        r"write words in \text{...}, and formulas as they are",
    ),
    **dict.fromkeys(
        (r"\style", r"\class", r"\cssId", r"\unicode", r"\mmlToken"),
        "it could show something else than what would be read; leave it out",
    ),
}

# What begins another factor, not one more of an argument: \\sin x \\cos x
FUNCTIONS = frozenset(r"\log \ln \exp \sin \cos \tan \sinh \cosh \tanh".split())
OF_MATRICES = ("det", "tr", "Tr", "trace", "rank")  # numbers, none of a number
AROUND_OPERAND = (
    "a derivative before a product can be read in two ways; "
    "put brackets around what is differentiated"
)


def percentage(node: Node, at: int) -> Node:
    """Return so many hundredths; of a number, with its digits."""
    if isinstance(node, Number) and "e" not in node.text:
        return Number(node.text + "e-2", at=node.at)
    return Bracket(Binary("/", node, Number("100", at=at), at=at), at=at)


def in_degrees(node: Node, at: int) -> Node:
    """Return an angle that is given in degrees."""
    turn = Binary("/", Constant("pi", at=at), Number("180", at=at), at=at)
    return Bracket(Binary("*", node, turn, at=at), at=at)
