#!/usr/bin/env bash
# Expected: the mean of ten million equal float32 values is that value to six digits, as with NumPy, which sums in pairs.
# Seen: three libraries on the CPU add up in float32 with one running total or a few, and are off by 0.7 to 9 %. MLX adds
# one value after the other: the mean of ten million tenths is 0.1088, that of 2^25 ones is 1/2, and of 2^28 ones 1/16.
# In Paddle the mean is 0.1011 and the sum divided by the length 0.1000003. Built-in mean losses do the same: the
# cross-entropy of ten million rows of two equal logits is 0.6335 in MLX, 0.6885 in Paddle and ONNX Runtime, where each
# row has 0.6931; in Paddle it is 0.693146 if an ignore_index is given that does not occur, as that mean is a sum.
# Why it matters: pixels of a batch, or tokens times a vocabulary, are soon that many. A mean loss or a share of a mask is
# then wrong in the second digit, with no warning. In MLX a mean of means of 10000 has four digits.
# Versions: mlx 0.32.4 with mlx-cpu 0.32.4, paddlepaddle 3.3.1, onnxruntime 1.32.0, onnx 1.23.2, numpy 2.4.6. Seen with
# Python 3.11 on Linux, x86-64. Output seen, of 1e7 tenths and 1e7 rows of which each costs 0.693147:
# MLX 0.108794, loss 0.633542; Paddle 0.101079, loss 0.688458, with ignore_index 0.693146; ONNX Runtime loss 0.688458
set -euo pipefail
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
cd "$tmp"
python3 -m venv venv
venv/bin/pip install -q 'mlx[cpu]==0.32.4' mlx-cpu==0.32.4 paddlepaddle==3.3.1 onnxruntime==1.32.0 onnx==1.23.2 numpy==2.4.6
cat >mlx_mean.py <<'PY'
import math

import mlx.core as mx
import mlx.nn as nn
import numpy as np

mx.set_default_device(mx.cpu)
n = 10**7
x = mx.full((n,), 0.1, dtype=mx.float32)
whole, reshaped = float(x.mean()), float(x.reshape(1000, -1).mean())
parts = float(x.reshape(1000, -1).mean(axis=1).mean())
numpy = float(np.full(n, 0.1, "float32").mean())
print(f"MLX: mean of ten million tenths {whole:.6f}, reshaped {reshaped:.6f}, in parts {parts:.6f}; NumPy {numpy:.6f}")
assert whole > 0.105 and reshaped > 0.105 and abs(parts - 0.1) < 2e-5 and abs(numpy - 0.1) < 1e-6

for power in (24, 25, 28):
    mean = float(mx.ones((2**power,)).mean())
    print(f"MLX: mean of 2^{power} ones {mean} (expected 1)")
    assert mean == 2.0 ** min(0, 24 - power)

logits, labels = mx.zeros((n, 2)), mx.zeros((n,), dtype=mx.int32)
loss = float(nn.losses.cross_entropy(logits, labels, reduction="mean"))
rows = nn.losses.cross_entropy(logits, labels, reduction="none")
low, high = float(rows.min()), float(rows.max())
print(f"MLX: mean loss {loss:.6f}, each row from {low:.6f} to {high:.6f} (expected {math.log(2):.6f})")
assert loss < 0.65 and abs(low - math.log(2)) < 1e-6 and abs(high - math.log(2)) < 1e-6
PY
cat >paddle_mean.py <<'PY'
import math

import paddle
import paddle.nn.functional as F

paddle.set_device("cpu")
n = 10**7
x = paddle.full([n], 0.1, "float32")
mean, by_sum = float(x.mean()), float(x.sum()) / n
print(f"Paddle: mean of ten million tenths {mean:.6f}, sum / n {by_sum:.7f} (expected 0.1)")
assert mean > 0.1005 and abs(by_sum - 0.1) < 1e-6
logits, labels = paddle.zeros([n, 2]), paddle.zeros([n], dtype="int64")
plain = float(F.cross_entropy(logits, labels))
ignoring = float(F.cross_entropy(logits, labels, ignore_index=7))
print(f"Paddle: mean loss {plain:.6f}, with an ignore_index {ignoring:.6f} (expected {math.log(2):.6f})")
assert plain < 0.692 and abs(ignoring - math.log(2)) < 1e-5
PY
cat >onnx_mean.py <<'PY'
import math

import numpy as np
import onnxruntime
from onnx import TensorProto, helper


def run(node, inputs):
    kinds = {"float32": TensorProto.FLOAT, "int64": TensorProto.INT64}
    ends = [helper.make_tensor_value_info(name, kinds[str(value.dtype)], value.shape) for name, value in inputs.items()]
    out = helper.make_tensor_value_info("y", TensorProto.FLOAT, None)
    graph = helper.make_graph([node], "g", ends, [out])
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 18)], ir_version=10)
    session = onnxruntime.InferenceSession(model.SerializeToString(), providers=["CPUExecutionProvider"])
    return float(session.run(None, inputs)[0])


n, ln2 = 10**7, math.log(2)
mean = run(helper.make_node("ReduceMean", ["x"], ["y"], keepdims=0), {"x": np.full(n, ln2, "float32")})
loss = helper.make_node("SoftmaxCrossEntropyLoss", ["z", "label"], ["y"])
entropy = run(loss, {"z": np.zeros((n, 2), "float32"), "label": np.zeros(n, "int64")})
print(f"ONNX Runtime: ReduceMean of ln 2 {mean:.6f}, mean loss {entropy:.6f} (expected {ln2:.6f})")
assert mean < 0.692 and entropy < 0.692
PY
for library in mlx paddle onnx; do
  venv/bin/python -I -W ignore ${library}_mean.py
done
