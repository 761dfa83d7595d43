"""The precision of a number as it is shown: half a unit in its last place."""

from __future__ import annotations

import numpy as np

from mathcheck.read.syntax import Binary, Bracket, Dots, Negated, Node, Number, Vector


def half_unit(text: str) -> float:
    """Return half a unit in the last place of a number as it is shown."""
    mantissa, _, exponent = text.lower().partition("e")
    decimals = len(mantissa.partition(".")[2])
    return 0.5 * 10.0 ** (int(exponent or 0) - decimals)


def precision(node: Node) -> np.ndarray | None:
    r"""Return half a unit in the last place shown, of a number or a vector of them.

    Of 1.8 \cdot 10^{308} it is half a tenth of the power.
    """
    if isinstance(node, Bracket | Negated):
        return precision(node.body)
    if isinstance(node, Number):
        return np.full((1, 1), half_unit(node.text))
    if isinstance(node, Vector):
        units = [precision(item) for item in node.items if not isinstance(item, Dots)]
        known = [unit for unit in units if unit is not None]
        return np.concatenate(known) if len(known) == len(units) else None
    if isinstance(node, Binary) and node.operation in ("dot", "times"):
        power = node.right
        left = precision(node.left)
        if left is not None and isinstance(power, Binary) and power.operation == "^":
            exponent = power.right
            sign = -1 if isinstance(exponent, Negated) else 1
            digits = exponent.body if isinstance(exponent, Negated) else exponent
            if power.left == Number("10") and isinstance(digits, Number):
                return np.asarray(left * 10.0 ** (sign * int(digits.text)))
    return None
