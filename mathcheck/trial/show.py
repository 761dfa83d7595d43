"""A point in words: its sizes, its indices, and the values of its symbols."""

from __future__ import annotations

import numpy as np

from mathcheck.evaluate import dual
from mathcheck.evaluate.quantity import Quantity
from mathcheck.read.scope import Variable
from mathcheck.read.syntax import Naturals, Node, Range
from mathcheck.read.tree import symbols
from mathcheck.trial.points import Points, places

MANY = 12  # entries; of a value with more, only its size is shown


def counterexample(
    points: Points,
    node: Node,
    bad: np.ndarray,
    sides: list[tuple[str, Quantity]],
    label: str,
) -> str:
    """Say what the sides are at the first bad point, and which point it is."""
    place = first_place(bad)
    entries = [at(x.array, place) for _, x in sides]
    values = [f"{name} {shown(e)}" for (name, _), e in zip(sides, entries, strict=True)]
    if len(entries) == 2:
        values += difference(*entries)
    return f"{label}{', '.join(values)}{where(points, place)}"


def first_place(bad: np.ndarray) -> tuple[int, ...]:
    """Return the first point of those that are bad."""
    return places(bad, 1)[0]


def difference(left: np.ndarray, right: np.ndarray) -> list[str]:
    """Say by how much two sides differ, and in which entry first."""
    apart = np.atleast_2d(left - right)
    if not np.isfinite(apart).all() or not apart.any():
        return []
    near = 1e-9 * np.maximum(np.abs(left), np.abs(right)).max()
    row, column = np.argwhere(np.abs(apart) > min(near, np.abs(apart).max() / 2))[0]
    entry = ""
    if apart.size > 1:
        entry = f" in row {row + 1}"
        entry += f" and column {column + 1}" if apart.shape[1] > 1 else ""
    return [f"difference {digits(float(apart[row, column]))}{entry}"]


def where(points: Points, place: tuple[int, ...]) -> str:
    """Name the sizes, the indices and the values that a statement used at a point."""
    scope, used = points.evaluator.scope, points.evaluator.used
    sizes = {name for _, name, _ in used}
    indices: list[str] = []
    others: list[str] = []
    for key, value in points.values.items():
        if key[1] in points.sizes or key not in used:
            continue
        meaning = scope.meant_by(key)
        family = isinstance(meaning, Variable) and bool(meaning.family)
        text = f"{key[1]}={shown(at(value.array, place, int(family)), short=True)}"
        space = getattr(meaning, "space", None)
        discrete = isinstance(space, Range | Naturals) and not family
        (indices if discrete else others).append(text)
        sizes |= symbols(space) if space else set()
    parts = [f"{name}={n}" for name, n in points.sizes.items() if name in sizes]
    parts += indices + others[:4]
    return " at " + ", ".join(parts) if parts else ""


def at(x: dual.Value, place: tuple[int, ...], family: int = 0) -> np.ndarray:
    """Return the entries of a value at one point."""
    array = dual.primal(x)
    own = 2 + family
    axes = array.shape[: array.ndim - own]
    used = place[len(place) - len(axes) :] if axes else ()
    missing = len(axes) - len(used)
    index = tuple([0] * missing) + tuple(
        i if n > 1 else 0 for i, n in zip(used, axes[missing:], strict=True)
    )
    return array[index]


def shown(entry: np.ndarray, *, short: bool = False) -> str:
    """Write a number, a vector or a matrix; short without zeros at the end.

    Of one with many entries the size is given instead.
    """

    def one(x: float) -> str:
        text = digits(float(x))
        plain = short and "." in text and "e" not in text
        return text.rstrip("0").rstrip(".") if plain else text

    flat = entry.reshape(-1)
    if flat.size > MANY:
        sizes = [n for n in entry.shape if n > 1]
        return f"[{' × '.join(map(str, sizes))} numbers]"
    if flat.size == 1:
        return one(flat[0])
    if entry.shape[-1] == 1 and entry.ndim == 2:
        return "(" + ", ".join(map(one, flat)) + ")"
    wide = entry.shape[-2] if entry.shape[-1] == 1 else entry.shape[-1]
    rows = entry.reshape(-1, wide)
    return "(" + "; ".join(", ".join(map(one, row)) for row in rows) + ")"


def digits(x: float) -> str:
    """Write a number with four significant digits."""
    if not np.isfinite(x):
        return str(x)
    if x == 0:
        return "0"
    if x == round(x) and abs(x) < 1e6:
        return str(int(x))
    if 1e-3 <= abs(x) < 1e5:
        return f"{x:.4f}"
    return f"{x:.4g}"


def spanned(sizes: list[int]) -> str:
    """Write whole numbers in order, those that follow each other by their ends."""
    ordered = sorted(sizes)
    runs: list[list[int]] = []
    for n in ordered:
        if runs and n == runs[-1][-1] + 1:
            runs[-1].append(n)
        else:
            runs.append([n])
    return ", ".join(
        f"{run[0]} to {run[-1]}" if len(run) > 2 else ", ".join(map(str, run))
        for run in runs
    )


def tried(worked: list[Points], count: int) -> str:
    """Say at how many points a statement was tried, and over what."""
    sizes: dict[str, list[int]] = {}
    for points in worked:
        for name, n in points.sizes.items():
            if n not in sizes.setdefault(name, []):
                sizes[name].append(n)
    parts = [f"{count} point{'s' * (count != 1)}"]
    parts += [f"{name} = {spanned(ns)}" for name, ns in sizes.items()]
    indices = [
        key[1]
        for key, value in worked[0].values.items()
        if worked[0].evaluator.scope.is_index(key[1]) and key[1] not in sizes
    ]
    if indices:
        parts.append("all " + ", ".join(indices))
    return "; ".join(parts)
