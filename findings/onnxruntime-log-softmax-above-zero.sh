#!/usr/bin/env bash
# Expected: the log-softmax of a row with a NaN is NaN throughout, in float64 as in float32.
# Seen: ONNX Runtime's LogSoftmax of float64 is NaN throughout only if the NaN is the first entry. Elsewhere the other
# entries get finite numbers, and positive ones: their distance to the maximum plus 46.05, which is -ln 1e-20, as if the
# sum of the exponentials were 1e-20. float32 is NaN throughout for each place, and so are Softmax and
# ReduceLogSumExp in float64.
# Why it matters: a negative log-likelihood read from such a row is -46 for a right answer: finite, better than any real one,
# and past each check for NaN that looks at the loss. Cast to float32, the same model gives NaN.
# Versions: onnxruntime 1.32.0, onnx 1.23.2, numpy 2.4.6. Seen with Python 3.11 on the CPU. Output seen:
# float64 [1, NaN, 2]: [45.05, nan, 46.05]; [NaN, 1, 2] and float32: nan, nan, nan
set -euo pipefail
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
cd "$tmp"
python3 -m venv venv
venv/bin/pip install -q onnxruntime==1.32.0 onnx==1.23.2 numpy==2.4.6
venv/bin/python -I - <<'PY'
import numpy as np
import onnxruntime
from onnx import TensorProto, helper

TYPES = {"float32": TensorProto.FLOAT, "float64": TensorProto.DOUBLE}


def run(operator, row, dtype, **given):
    x = np.array([row], dtype)
    ends = [helper.make_tensor_value_info(name, TYPES[dtype], shape) for name, shape in (("x", x.shape), ("y", None))]
    graph = helper.make_graph([helper.make_node(operator, ["x"], ["y"], **given)], "g", ends[:1], ends[1:])
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 18)], ir_version=10)
    session = onnxruntime.InferenceSession(model.SerializeToString(), providers=["CPUExecutionProvider"])
    return session.run(None, {"x": x})[0][0]


nan = np.nan
for row in ([nan, 1.0, 2.0], [1.0, nan, 2.0], [1.0, 2.0, nan]):
    for dtype in TYPES:
        found = run("LogSoftmax", row, dtype)
        print(f"{dtype} {row}: LogSoftmax {found} (expected NaN throughout)")
        if dtype == "float64" and not np.isnan(row[0]):
            assert np.nanmax(found) > 46 and np.isnan(found).sum() == 1
        else:
            assert np.isnan(found).all()
        assert np.isnan(run("Softmax", row, dtype)).all()
        assert np.isnan(run("ReduceLogSumExp", row, dtype, keepdims=1)).all()
right = run("LogSoftmax", [0.0, 1.0, 2.0], "float64")
print(f"float64 [0, 1, 2]: {right}")
assert np.allclose(np.exp(right).sum(), 1)
PY
