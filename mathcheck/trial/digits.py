"""How exact a number is that is shown with so many digits."""

from __future__ import annotations

import numpy as np

from mathcheck.read.syntax import Binary, Bracket, Dots, Negated, Node, Number, Vector


def half_unit(node: Node) -> np.ndarray | None:
    r"""Return half a unit in the last place shown, of a number or a vector of them.

    Of 1.8 \cdot 10^{308} it is half a tenth of the power.
    """
    if isinstance(node, Bracket | Negated):
        return half_unit(node.body)
    if isinstance(node, Number):
        decimals = len(node.text.partition(".")[2])
        return np.full((1, 1), 0.5 * 10.0**-decimals)
    if isinstance(node, Vector):
        units = [half_unit(item) for item in node.items if not isinstance(item, Dots)]
        known = [unit for unit in units if unit is not None]
        return np.concatenate(known) if len(known) == len(units) else None
    if isinstance(node, Binary) and node.operation in ("dot", "times"):
        power = node.right
        left = half_unit(node.left)
        if left is not None and isinstance(power, Binary) and power.operation == "^":
            exponent = power.right
            sign = -1 if isinstance(exponent, Negated) else 1
            digits = exponent.body if isinstance(exponent, Negated) else exponent
            if power.left == Number("10") and isinstance(digits, Number):
                return np.asarray(left * 10.0 ** (sign * int(digits.text)))
    return None
