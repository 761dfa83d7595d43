"""What the snippets demand of their input, so that each can look like its formula.

Every check returns the input as an array, or raises ``ValueError`` naming the offending
value and its place.
"""

import reprlib
from typing import Any

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.floating[Any]]
Float = np.floating[Any]  # one number: NumPy makes no array of it
Indices = npt.NDArray[np.intp]
Mask = npt.NDArray[np.bool_] | np.bool_


def reject(name: str, values: npt.NDArray[Any], bad: Mask, wanted: str) -> None:
    """Raise if any value is bad, naming the first one."""
    if bad.any():
        index = tuple(int(i) for i in np.argwhere(bad)[0])
        place = f" at index {index if len(index) > 1 else index[0]}" if index else ""
        raise ValueError(f"{name} must be {wanted}, got {values[index].item()}{place}")


def between(array: npt.NDArray[Any], low: float | Float, high: float | Float) -> bool:
    """Whether all values are in this range, found without another array; NaN is not.

    What is wrong, and where, is looked for only if they are not.
    """
    return array.size == 0 or bool(low <= array.min() and array.max() <= high)


def reject_kind(name: str, array: npt.NDArray[Any], kinds: str, wanted: str) -> None:
    """Raise unless the dtype is of one of these kinds, naming it and a value."""
    if array.dtype.kind not in kinds:
        example = f" such as {array.flat[0]}" if array.size else ""
        raise ValueError(f"{name} must be {wanted}, got {array.dtype}{example}")


def array_of(name: str, values: npt.ArrayLike) -> npt.NDArray[Any]:
    """Return an array, or say that there is none."""
    if isinstance(values, np.ma.MaskedArray) and values.mask.any():
        hidden = int(values.mask.sum())
        raise ValueError(f"{name} must have no masked entries, got {hidden}")
    try:
        return np.asarray(values)
    except (ValueError, TypeError, RuntimeError) as error:
        shown = reprlib.repr(values)
        raise ValueError(f"{name} must be a rectangular array, got {shown}") from error


def floats(name: str, values: npt.ArrayLike) -> Floats:
    """Return real numbers: float32 stays float32, whole numbers become float64.

    float16, whose sums overflow at 65504 classes, becomes float32.
    """
    array = array_of(name, values)
    reject_kind(name, array, "fiub", "real numbers")
    if array.dtype.kind != "f":
        return array.astype(np.float64)
    return array.astype(np.float32) if array.dtype.itemsize < 4 else array


def finite(name: str, values: npt.ArrayLike) -> Floats:
    """Return finite real numbers of any shape."""
    array = floats(name, values)
    largest = np.finfo(array.dtype).max
    if not between(array, -largest, largest):
        reject(name, array, ~np.isfinite(array), "finite")
    return array


def like(name: str, values: npt.ArrayLike, model: Floats) -> Floats:
    """Return finite real numbers in the shape and the dtype of the model."""
    array = floats(name, values)
    if array.shape != model.shape:
        raise ValueError(f"{name} must have shape {model.shape}, got {array.shape}")
    with np.errstate(over="ignore"):  # what overflows is found to be infinite below
        return finite(name, array.astype(model.dtype))


def together(names: str, *values: npt.ArrayLike) -> list[Floats]:
    """Return finite numbers of shapes that broadcast, in their common dtype.

    The names come in one string, in the order of the values.
    Python numbers and whole numbers take the dtype of the floating arrays beside them.
    """
    arrays = [
        finite(name, value) for name, value in zip(names.split(), values, strict=True)
    ]
    broadcast(names, *[array.shape for array in arrays])
    floating = [
        array
        for array, value in zip(arrays, values, strict=True)
        if not isinstance(value, (int, float)) and np.asarray(value).dtype.kind == "f"
    ]
    dtype = np.result_type(*(floating or arrays))
    return [array.astype(dtype) for array in arrays]


def broadcast(names: str, *shapes: tuple[int, ...]) -> tuple[int, ...]:
    """Return the shape that these shapes, named in one string, broadcast to."""
    try:
        return np.broadcast_shapes(*shapes)
    except ValueError as mismatch:
        pairs = zip(names.split(), shapes, strict=True)
        named = " and ".join(f"{name} {shape}" for name, shape in pairs)
        raise ValueError(f"these shapes do not fit together: {named}") from mismatch


def with_classes(name: str, values: npt.ArrayLike) -> Floats:
    """Return real numbers whose last axis holds at least one class.

    They come row by row in memory: NumPy sums such rows pairwise, others one by one,
    which loses digits over many classes.
    """
    array = floats(name, values)
    if array.ndim == 0 or array.shape[-1] == 0:
        shape = array.shape
        raise ValueError(f"{name} need a last axis of at least one class, got {shape}")
    return np.ascontiguousarray(array)


def logit_limit(array: Floats) -> Float:
    """Return the size of logits beyond which their differences overflow."""
    return np.finfo(array.dtype).max / 2


def logits(z: npt.ArrayLike) -> Floats:
    """Return logits: finite, or −inf for a class that is masked, but not for all."""
    array = with_classes("logits", z)
    limit = logit_limit(array)
    if between(array, -limit, limit):
        return array
    reject("logits", array, np.isnan(array) | np.isposinf(array), "finite or -inf")
    too_large = (np.abs(array) > limit) & np.isfinite(array)
    reject("logits", array, too_large, f"at most {limit:.3g} in size")
    masked = np.isneginf(array).all(axis=-1)
    reject("logits", array.max(axis=-1), masked, "finite for at least one class")
    return array


def probabilities(name: str, p: npt.ArrayLike) -> Floats:
    """Return distributions: between 0 and 1, each row summing to 1."""
    array = with_classes(name, p)
    # Half of the dtype's digits: a user's own normalisation keeps at least that
    tolerance = np.sqrt(np.finfo(array.dtype).eps)
    if not between(array, 0, 1 + tolerance):
        inside = (array >= 0) & (array <= 1 + tolerance)
        reject(name, array, ~inside, "between 0 and 1")
    total = array.sum(axis=-1)
    reject(f"the sum of {name}", total, ~(np.abs(total - 1) <= tolerance), "1")
    return array


def layer(X: npt.ArrayLike, W: npt.ArrayLike) -> tuple[Floats, Floats]:
    """Return inputs (N, D) and weights (D, K), none of these 0, in one dtype."""
    X, W = finite("X", X), finite("W", W)
    if X.ndim != 2 or W.ndim != 2 or X.shape[1] != len(W) or 0 in X.shape + W.shape:
        raise ValueError(
            "X and W must have shapes (N, D) and (D, K), none of them 0, "
            f"got {X.shape} and {W.shape}"
        )
    dtype = np.result_type(X, W)
    return X.astype(dtype, copy=False), W.astype(dtype, copy=False)


def counts(values: npt.ArrayLike) -> Floats:
    """Return how often each class was seen: at least one observation in each row."""
    array = finite("counts", with_classes("counts", values))
    reject("counts", array, array < 0, "at least 0")
    most = array.max(axis=-1)
    reject("the sum of counts", most, most == 0, "positive")
    return array


def whole(name: str, value: int) -> int:
    """Return a positive whole number."""
    if not isinstance(value, int | np.integer) or value < 1:
        raise ValueError(f"{name} must be a positive whole number, got {value}")
    return int(value)


def number(name: str, value: float) -> float:
    """Return one finite number."""
    array = finite(name, value)
    if array.shape:
        raise ValueError(f"{name} must be one number, got shape {array.shape}")
    return float(array)


def amount(name: str, value: float) -> float:
    """Return one number of at least 0."""
    one = number(name, value)
    if one < 0:
        raise ValueError(f"{name} must be at least 0, got {one}")
    return one


def positive(name: str, value: npt.ArrayLike, beside: Floats) -> Floats:
    """Return one positive number, in the precision of the array beside it."""
    one = like(name, value, np.empty_like(beside, shape=()))
    reject(name, one, one <= 0, "positive")
    return one


def labels(values: npt.ArrayLike, classes: int) -> Indices:
    """Return class indices; −1 is refused, though Python would take the last class."""
    array = array_of("labels", values)
    if array.size == 0 and array.dtype.kind == "f":
        array = array.astype(np.intp)  # an empty list has no numbers to be whole
    reject_kind("labels", array, "iu", "whole numbers")
    if not between(array, 0, classes - 1):
        outside = (array < 0) | (array >= classes)
        reject("labels", array, outside, f"in 0..{classes - 1}")
    # A smaller dtype may not hold the number of classes
    return array.astype(np.intp, copy=False)


def row_labels(values: npt.ArrayLike, z: Floats) -> Indices:
    """Return one class index for each row of the logits."""
    c = labels(values, z.shape[-1])
    if c.shape != z.shape[:-1]:
        raise ValueError(f"labels must have shape {z.shape[:-1]}, got {c.shape}")
    return c


def true_classes(values: npt.ArrayLike, z: Floats) -> Indices:
    """Return one class index for each row of the logits, of no class that is masked."""
    c = row_labels(values, z)
    z_c = np.take_along_axis(z, c[..., None], axis=-1)[..., 0]
    reject("labels", c, np.isneginf(z_c), "classes whose logit is not -inf")
    return c


def forecasts(p: npt.ArrayLike, values: npt.ArrayLike) -> tuple[Floats, Indices]:
    """Return distributions, at least one, and one class index for each of them."""
    p = probabilities("probabilities", p)
    c = labels(values, p.shape[-1])
    if c.shape != p.shape[:-1] or c.size == 0:
        wanted = f"labels must have the shape {p.shape[:-1]} and at least one example"
        raise ValueError(f"{wanted}, got shape {c.shape}")
    return p, c


def targets(target: npt.ArrayLike, z: Floats) -> npt.NDArray[Any]:
    """Return targets of the logits: class indices, or distributions in their dtype.

    The shape says of which kind they are: class indices have the shape of the batch,
    ``z.shape[:-1]``, and probabilities have the shape of the logits.
    Weight on a masked class (logit −inf) is refused: that loss would be infinite.
    """
    array = array_of("targets", target)
    *batch, _ = z.shape
    if array.shape == tuple(batch):
        return true_classes(array, z)
    if array.shape != z.shape:
        raise ValueError(
            f"targets must be classes, {tuple(batch)}, or probabilities, {z.shape}, "
            f"got shape {array.shape}"
        )
    y = probabilities("targets", array)
    if not between(z, np.finfo(z.dtype).min, np.inf):
        reject("targets", y, (y > 0) & np.isneginf(z), "0 where the logit is -inf")
    return y.astype(z.dtype, copy=False)
