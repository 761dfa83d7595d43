r"""What can be read in two ways, and is refused if it is true in the other one only.

\tanh(x)^2 is read as (\tanh x)^2, but some write \log(x)^2 for \log(x^2). See
`otherwise` in `page/element.py`.
"""

from __future__ import annotations

from mathcheck.read.dots import zipped
from mathcheck.read.syntax import Binary, Bracket, Call, Node

NAMED = frozenset(
    """log exp sin cos tan sinh cosh tanh arcsin arccos arctan cot sec csc coth
    sech artanh arctanh erf""".split()
)

TWO_POWERS = (
    "whether the exponent after the brackets of a function belongs to its argument can "
    "be read in two ways, and it holds if it does; write \\log(x^y), or (\\log x)^y"
)
LISTED = (
    "whether the relation is also of the others in the list can be read in two ways, "
    "and it holds if it is not; write \\quad before what stands apart, or the relation "
    "with each"
)
JOINED = (
    "whether \\wedge or \\vee joins relations or is of two numbers can be read in two "
    "ways, and it holds of numbers; write \\min(x, y) or \\max(x, y)"
)
RUNNING = (
    "whether both indices below the sum run can be read in two ways, and it holds if "
    "one is given; write the sum with a colon, as in \\sum_{j : j \\ne i}"
)


def powers_within(node: Node) -> Node | None:
    r"""Return a tree with \log(x^2) for each \log(x)^2, if there is one."""
    other: Node = zipped(node, node, lambda part, _: within(part))
    return None if other == node else other


def within(node: object) -> Node | None:
    r"""Return \log(x^2) for \log(x)^2; what is meant in \log^2 x stands in brackets."""
    if not (isinstance(node, Binary) and node.operation == "^"):
        return None
    call = node.left
    if not (isinstance(call, Call) and call.function in NAMED and not call.bare):
        return None
    base = Bracket(call.arguments[0], at=call.at)
    power = Binary("^", base, node.right, at=node.at)
    return Call(call.function, (power,), at=call.at)
