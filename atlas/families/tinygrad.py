"""tinygrad, on one processor, for which it compiles with Clang: here Zig's.

For class indices it has two functions; asked is the one that can ignore some.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Any

import tinygrad
import ziglang
from tinygrad import dtypes

from atlas.families.asking import Array, Told, form, told

PINS = ["tinygrad==0.14.0", "ziglang==0.17.1", "numpy==2.4.6"]
LIBRARIES: dict[str, dict[str, str]] = {"tinygrad": {"DEV": "CPU", "CACHELEVEL": "0"}}

CLANG = Path(sys.executable).with_name("clang")  # in the environment
CLANG.write_text(
    f'#!/bin/sh\nexec {Path(ziglang.__file__).with_name("zig")} clang "$@"'
)
CLANG.chmod(0o755)
os.environ["CC"] = str(CLANG)


def _tensor(values: Array, dtype: str = "float64") -> Any:
    return tinygrad.Tensor(values, dtype=getattr(dtypes, dtype))


def _numbers(values: Any) -> Array:
    return values.cast(dtypes.float64).numpy()


def _kind(values: Any) -> str:
    names = {"double": "float64", "float": "float32", "half": "float16"}
    return names.get(values.dtype.name, "bfloat16")


def _told(value: Any, given: Any = None) -> Told:
    """Return a value, and its gradient in what was given."""
    number, dtype = _numbers(value), _kind(value)
    if given is None:
        return told(number, dtype=dtype)
    (gradient,) = value.sum().gradient(given)
    return told(number, _numbers(gradient), dtype)


@form("z.softmax()")
def softmax(z: Array) -> Told:
    return _told(_tensor(z).softmax())


@form("z.log_softmax()")
def log_softmax(z: Array) -> Told:
    return _told(_tensor(z).log_softmax())


@form("z.logsumexp()")
def logsumexp(z: Array) -> Told:
    given = _tensor(z)
    return _told(given.logsumexp(), given)


@form("z.sparse_categorical_crossentropy(labels)")
def cross_entropy(
    z: Array,
    labels: Array,
    reduction: str = "mean",
    ignore_index: int = -1,
    smoothing: float = 0.0,
    dtype: str = "float64",
) -> Told:
    given = _tensor(z, dtype)
    loss = given.sparse_categorical_crossentropy(
        tinygrad.Tensor(labels),
        ignore_index=ignore_index,
        label_smoothing=smoothing,
        reduction=reduction,
    )
    return _told(loss, given)


@form("z.cross_entropy(y)")
def cross_entropy_of_distribution(
    z: Array, y: Array, reduction: str = "mean", smoothing: float = 0.0
) -> Told:
    given = _tensor(z)
    loss = given.cross_entropy(
        tinygrad.Tensor(y), reduction=reduction, label_smoothing=smoothing
    )
    return _told(loss, given)


@form("z.sparse_categorical_crossentropy(labels)")
def cross_entropy_of_zeros(rows: int, classes: int, dtype: str) -> Told:
    given = tinygrad.Tensor.zeros(
        rows, classes, dtype=getattr(dtypes, dtype)
    ).contiguous()
    labels = tinygrad.Tensor.zeros(rows, dtype=dtypes.int32).contiguous()
    loss = given.sparse_categorical_crossentropy(labels)
    (gradient,) = loss.gradient(given)
    return told(_numbers(loss), _numbers(gradient[0, :2]) * rows, _kind(loss))


@form("p.log().nll_loss(labels)")
def cross_entropy_of_probability(p: Array, labels: Array) -> Told:
    given = _tensor(p)
    return _told(given.log().nll_loss(tinygrad.Tensor(labels)), given)


@form("z.binary_crossentropy_logits(y)")
def binary_cross_entropy(
    z: Array, y: Array, reduction: str = "mean", positive_weight: Array | None = None
) -> Told:
    given = _tensor(z)
    weight = None if positive_weight is None else _tensor(positive_weight)
    loss = given.binary_crossentropy_logits(
        _tensor(y), reduction=reduction, pos_weight=weight
    )
    return _told(loss, given)


@form("p.binary_crossentropy(y)")
def binary_cross_entropy_of_probability(p: Array, y: Array) -> Told:
    given = _tensor(p)
    return _told(given.binary_crossentropy(_tensor(y)), given)
