r"""Components beyond a family: of \mu_1, ..., \mu_{K-1} the last one, \mu_K.

They are defined by themselves; here they are put in their places among the others.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from mathcheck.evaluate import dual
from mathcheck.evaluate.evaluator import Evaluator
from mathcheck.evaluate.quantity import Quantity, Thing, known
from mathcheck.read.beyond import members_beyond
from mathcheck.read.syntax import Node, Symbol


def among(
    evaluator: Evaluator,
    name: str,
    given: list[Quantity],
    members: Callable[[list[Quantity]], Thing],
    called: Callable[[str], Node] = Symbol,
) -> Thing:
    """Return members of a family at an index, with those that are beyond it."""
    more = members_beyond(evaluator.scope, name) if len(given) == 1 else []
    if not more or evaluator.bound(name) is not None:
        return members(given)
    index = dual.primal(given[0].array)
    found: Quantity | None = None
    inside = np.ones((1, 1), bool)
    parts = []
    for member in more:
        assert isinstance(member.base, Symbol)
        place = known(evaluator(member.indices[0]), "an index")
        here = index == dual.primal(place.array)
        inside = inside & ~here
        if here.any():
            parts.append((here, member.base.name))
    if not parts:
        return members(given)
    if inside.any():
        first = np.broadcast_to(index, inside.shape)[inside][0]
        found = known(members([Quantity(np.where(inside, index, first))]), name)
    for here, own in parts:
        value = known(evaluator(called(own)), own)
        if found is None:
            found = value
        else:
            found = Quantity(dual.where(here, value.array, found.array), found.rank)
    assert found is not None
    return found
