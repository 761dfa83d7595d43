#!/usr/bin/env bash
# Expected: MLX offers float64 on the CPU for more digits and range: exp(89.) is 4.5e38, and sigmoid, softmax and logsumexp
# agree with NumPy to 1e-15.
# Seen: exp goes by way of single precision and back, as do sin, cos, erf and what is built on them: exp(1.) has 8 digits,
# exp(89.) is inf, exp(-104.) is 0, and the softmax of 0 and -110 is 1 and 0 exactly. The dtype of the results is float64.
# log, log1p, expm1, power, sqrt, sinh and tanh have all 16 digits, so exp(x) and expm1(x) + 1 disagree.
# Why it matters: float64 is asked for where single precision is not enough, as in a check of gradients by differences:
# with the step 1e-6 such a slope of logsumexp is wrong in its second digit.
# Versions: mlx 0.32.4 with mlx-cpu 0.32.4, numpy 2.4.6. Seen with Python 3.11 on Linux. Output seen:
# exp(1) 2.7182817459106445, exp(89) inf, exp(-104) 0, expm1(89) 4.49e+38; sigmoid(1) off by 8e-9; slope 0.558, right 0.550
set -euo pipefail
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
cd "$tmp"
python3 -m venv venv
venv/bin/pip install -q 'mlx[cpu]==0.32.4' mlx-cpu==0.32.4 numpy==2.4.6
venv/bin/python -I - <<'PY'
import mlx.core as mx
import numpy as np

mx.set_default_device(mx.cpu)


def double(*values):
    return mx.array(np.array(values), dtype=mx.float64)


def value(found):
    assert found.dtype == mx.float64
    return np.array(found)


x = np.array([1.0, 89.0, -104.0])
found, right = value(mx.exp(double(*x))), np.exp(x)
print(f"exp of {x}: {found.tolist()} (expected {right.tolist()})")
assert 1e-9 < abs(found[0] / right[0] - 1) < 1e-6 and found[1] == np.inf and found[2] == 0

one, three = double(1.0), double(0.0, 1.0, 2.0)
parts = np.exp([0.0, 1.0, 2.0])
for name, got, want in (
    ("sigmoid", mx.sigmoid(one), 1 / (1 + np.exp(-1.0))),
    ("softmax", mx.softmax(three), parts / parts.sum()),
    ("logsumexp", mx.logsumexp(three), np.log(parts.sum())),
    ("sin", mx.sin(one), np.sin(1.0)),
    ("cos", mx.cos(one), np.cos(1.0)),
):
    error = np.abs(value(got) / want - 1).max()
    print(f"{name}: relative error {error:.0e} (expected 1e-16)")
    assert 1e-10 < error < 1e-6
far = value(mx.softmax(double(0.0, -110.0)))
print(f"softmax of 0 and -110: {far} (expected 1.7e-48 for the second)")
assert far.tolist() == [1, 0]

for name in ("log", "log1p", "expm1", "sqrt", "sinh", "tanh"):
    error = abs(value(getattr(mx, name)(double(3.0)))[0] / getattr(np, name)(3.0) - 1)
    assert error < 1e-14, name
large = value(mx.expm1(double(89.0)))[0]
print(f"expm1 of 89: {large:.3e}")
assert abs(large / np.expm1(89) - 1) < 1e-12

step = 1e-6
slopes = []
for level in (0.1, 0.2, 0.3, 0.4):
    up, down = (value(mx.logsumexp(double(0.0, level + side))) for side in (step, -step))
    slopes.append((float((up - down) / (2 * step)), 1 / (1 + np.exp(-level))))
print("slopes of logsumexp:", ", ".join(f"{got:.3f} (expected {want:.3f})" for got, want in slopes))
assert max(abs(got / want - 1) for got, want in slopes) > 0.01
PY
