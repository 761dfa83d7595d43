#!/usr/bin/env bash
# Expected: the mean of ten million equal float32 values is that value, to six digits, as with NumPy, which sums in pairs.
# Seen: MLX on the CPU adds one value after the other to a float32 total. The mean of ten million tenths is 0.1088, and
# that of 2^25 ones is 0.5, of 2^28 ones 1/16: the total stands still at 2^24. cross_entropy(reduction="mean") of ten
# million rows of two equal logits is 0.6335 in place of ln 2, and with reduction="none" each row is right. A mean over
# parts of 10000, and then over these, has four digits; reshaping alone, without an axis, does not help.
# Why it matters: tokens of a batch times a vocabulary are more than 2^24 numbers soon, and a count of a mask, a mean loss
# or a norm over them is then too small or too large by any factor, with no warning.
# Versions: mlx 0.32.4 with mlx-cpu 0.32.4, numpy 2.4.6. Seen with Python 3.11 on Linux, x86-64. Output seen:
# mean of 1e7 tenths 0.108794, in parts 0.099991; mean of 2^25 ones 0.5, of 2^28 ones 0.0625; cross-entropy 0.633542
set -euo pipefail
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
cd "$tmp"
python3 -m venv venv
venv/bin/pip install -q 'mlx[cpu]==0.32.4' mlx-cpu==0.32.4 numpy==2.4.6
venv/bin/python -I - <<'PY'
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
print(f"mean of ten million tenths: {whole:.6f}, reshaped {reshaped:.6f}, in parts {parts:.6f}, NumPy {numpy:.6f}")
assert whole > 0.105 and reshaped > 0.105 and abs(parts - 0.1) < 2e-5 and abs(numpy - 0.1) < 1e-6

for power in (24, 25, 28):
    mean = float(mx.ones((2**power,)).mean())
    print(f"mean of 2^{power} ones: {mean} (expected 1)")
    assert mean == 2.0 ** min(0, 24 - power)

logits, labels = mx.zeros((n, 2)), mx.zeros((n,), dtype=mx.int32)
loss = float(nn.losses.cross_entropy(logits, labels, reduction="mean"))
rows = nn.losses.cross_entropy(logits, labels, reduction="none")
low, high = float(rows.min()), float(rows.max())
print(f"cross-entropy of ten million rows: mean {loss:.6f}, each row from {low:.6f} to {high:.6f} (expected {math.log(2):.6f})")
assert loss < 0.65 and abs(low - math.log(2)) < 1e-6 and abs(high - math.log(2)) < 1e-6
PY
