#!/usr/bin/env bash
# Expected: sample weights of 1 change nothing in tf.nn.compute_average_loss; losses and weights in float64 give a float64
# average with all digits.
# Seen: with weights TensorFlow casts losses and weights to float32, multiplies and casts back. The average of 1/3 and 1 has
# 8 digits, that of 1e39 and 1 is inf in place of 5e38, of 1e-50 twice 0, and of 16777217 twice 16777216. The dtype is
# float64 throughout. Without weights each is right, and so is a product of one's own.
# Why it matters: float64 is chosen for checks of gradients and for likelihoods of many observations. A weight of 1 for all
# rows takes half of the digits, and since the dtype says float64 a check of dtypes passes.
# Versions: tensorflow-cpu 2.21.0, numpy 2.4.6. Seen with Python 3.11. Output seen:
# 1/3 and 1: 0.6666666666666666, with weights 0.6666666716337204; 1e39 and 1: 5e38, with weights inf; 1e-50: 0
set -euo pipefail
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
cd "$tmp"
python3 -m venv venv
venv/bin/pip install -q tensorflow-cpu==2.21.0 numpy==2.4.6
TF_CPP_MIN_LOG_LEVEL=3 CUDA_VISIBLE_DEVICES= venv/bin/python -I -W ignore - 2>tf.log <<'PY'
import numpy as np
import tensorflow as tf

for losses, seen in (
    ([1 / 3, 1.0], np.mean(np.float32([1 / 3, 1.0]), dtype="float64")),
    ([1e39, 1.0], np.inf),
    ([1e-50, 1e-50], 0.0),
    ([16777217.0, 16777217.0], 16777216.0),
):
    values, ones = tf.constant(losses, tf.float64), tf.ones(2, tf.float64)
    plain, own = tf.nn.compute_average_loss(values), tf.nn.compute_average_loss(values * ones)
    weighted = tf.nn.compute_average_loss(values, sample_weight=ones)
    print(f"{losses}: {float(plain)!r}, with weights of 1 {float(weighted)!r} (expected the same), {weighted.dtype.name}")
    assert float(plain) == float(own) == np.mean(losses) and weighted.dtype == tf.float64
    assert float(weighted) == seen

# A slope by differences, of the average of squares at 1.
x, step = tf.constant([1.0, 1.0], tf.float64), 1e-6
slopes = {}
for name, given in (("plain", {}), ("with weights of 1", {"sample_weight": [1.0, 1.0]})):
    up, down = (tf.nn.compute_average_loss((x + side) ** 2, **given) for side in (step, -step))
    slopes[name] = float(up - down) / (2 * step)
print("slope of the average of squares at 1, expected 2:", slopes)
assert abs(slopes["plain"] - 2) < 1e-6 and abs(slopes["with weights of 1"] - 2) > 1e-3
PY
