"""ONNX Runtime, and the evaluator of ONNX itself, on one processor.

Their operators compute values: there is no gradient (ONNX Runtime's training is no
longer published), and no loss of distributions, of binary labels, and no divergence.
"""

from __future__ import annotations

import os
from typing import Any

import ml_dtypes
import numpy as np
import onnxruntime
from onnx import helper
from onnx.reference import ReferenceEvaluator
from onnxruntime.capi.onnxruntime_pybind11_state import NotImplemented as LackingError

from atlas.families.asking import Array, Told, form, told

PINS = ["onnxruntime==1.32.0", "onnx==1.23.2", "ml_dtypes==0.6.0", "numpy==2.4.6"]
LIBRARIES: dict[str, dict[str, str]] = {
    "ONNX Runtime": {},
    "ONNX, reference evaluator": {"ATLAS_REFERENCE": "1"},
}

OPSET = 26


def _cast(values: Array, dtype: str) -> Array:
    """Return numbers in a type, which NumPy may not have."""
    return values.astype(ml_dtypes.bfloat16 if dtype == "bfloat16" else dtype)


def _described(name: str, like: Array, shape: tuple[int, ...]) -> Any:
    """Say what goes into a model or out of it."""
    dtype = helper.np_dtype_to_tensor_dtype(like.dtype)
    return helper.make_tensor_value_info(name, dtype, shape)


def _ran(nodes: list[Any], shape: tuple[int, ...], **given: Array) -> Told:
    """Run a model of some nodes; its result is of the type of what is first given."""
    inputs = [_described(name, value, value.shape) for name, value in given.items()]
    result = _described("result", next(iter(given.values())), shape)
    graph = helper.make_graph(nodes, "asked", inputs, [result])
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", OPSET)])
    if "ATLAS_REFERENCE" in os.environ:
        return told(ReferenceEvaluator(model).run(["result"], given)[0])
    try:
        session = onnxruntime.InferenceSession(
            model.SerializeToString(), providers=["CPUExecutionProvider"]
        )
    except LackingError:  # of an operator in a type, on this kind of machine
        return {"absent": "dtype"}
    return told(session.run(["result"], given)[0])


@form('helper.make_node("Softmax", ["z"], ["p"])')
def softmax(z: Array) -> Told:
    return _ran([helper.make_node("Softmax", ["z"], ["result"])], z.shape, z=z)


@form('helper.make_node("LogSoftmax", ["z"], ["log_p"])')
def log_softmax(z: Array) -> Told:
    return _ran([helper.make_node("LogSoftmax", ["z"], ["result"])], z.shape, z=z)


@form('helper.make_node("ReduceLogSumExp", ["z"], ["value"], keepdims=0)')
def logsumexp(z: Array) -> Told:
    node = helper.make_node("ReduceLogSumExp", ["z"], ["result"], keepdims=0)
    return _ran([node], (), z=z)


@form('helper.make_node("SoftmaxCrossEntropyLoss", ["z", "labels"], ["loss"])')
def cross_entropy(
    z: Array,
    labels: Array,
    reduction: str = "mean",
    weight: Array | None = None,
    ignore_index: int | None = None,
    dtype: str = "float64",
) -> Told:
    given = {"z": _cast(z, dtype), "labels": labels}
    if weight is not None:
        given["weight"] = _cast(weight, dtype)
    options = {} if ignore_index is None else {"ignore_index": ignore_index}
    node = helper.make_node(
        "SoftmaxCrossEntropyLoss",
        list(given),
        ["result"],
        reduction=reduction,
        **options,
    )
    return _ran([node], labels.shape if reduction == "none" else (), **given)


@form('helper.make_node("NegativeLogLikelihoodLoss", ["log_p", "labels"], ["loss"])')
def cross_entropy_of_probability(p: Array, labels: Array) -> Told:
    nodes = [
        helper.make_node("Log", ["p"], ["log_p"]),
        helper.make_node("NegativeLogLikelihoodLoss", ["log_p", "labels"], ["result"]),
    ]
    return _ran(nodes, (), p=p, labels=labels)


@form('helper.make_node("SoftmaxCrossEntropyLoss", ["z", "labels"], ["loss"])')
def cross_entropy_of_zeros(rows: int, classes: int, dtype: str) -> Told:
    return cross_entropy(
        np.zeros((rows, classes)), np.zeros(rows, "int64"), dtype=dtype
    )
