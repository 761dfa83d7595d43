r"""Powers behind the brackets of a function: \tanh(x)^2 is read as (\tanh x)^2.

Some write \log(x)^2 for \log(x^2). A claim that is false as it is read, and true so, is
refused; see `other_reading` in `page/element.py`.
"""

from __future__ import annotations

from mathcheck.read.dots import zipped
from mathcheck.read.syntax import Binary, Bracket, Call, Node

NAMED = frozenset(
    """log exp sin cos tan sinh cosh tanh arcsin arccos arctan cot sec csc coth
    sech artanh arctanh erf""".split()
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
