"""Functions of numbers, applied to each entry of a vector or a matrix."""

from __future__ import annotations

from collections.abc import Callable

from mathcheck.evaluate.axes import to_points, to_structure, trimmed
from mathcheck.evaluate.evaluator import Evaluator
from mathcheck.evaluate.quantity import Quantity, Thing, known
from mathcheck.read.problems import ShapeError


def entry_by_entry(
    evaluator: Evaluator,
    argument: Quantity,
    f: Callable[[Quantity], Thing],
    name: str,
) -> Quantity:
    """Apply a function of numbers to each entry, all at once."""
    with evaluator.layer():
        rows, columns = (evaluator.new_axis(n) for n in argument.shape)
        entries = to_points(to_points(argument.array, rows, -2), columns, -1)
        found = known(f(Quantity(entries)), "a component")
    if found.rank != "number":
        raise ShapeError(f"{name} of a vector")
    array = to_structure(to_structure(found.array, rows, -2), columns, -1)
    return Quantity(trimmed(array), argument.rank)
