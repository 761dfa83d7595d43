#!/usr/bin/env bash
# Expected: Keras 3 keeps probabilities in its cross-entropies at least 1e-7 away from 0 and 1, with each backend and in each
# precision, so that a forecast that is certain and right costs next to nothing.
# Seen: in bfloat16 and float16 1 - 1e-7 is 1. On JAX the binary cross-entropy of a certain 1 is 0 times log 0, NaN, where the
# label is 1, and inf where it is 0; that of a certain 0 is right for both labels (0 and 16). On PyTorch the same calls give
# 0 and 100, and the categorical cross-entropy of the same forecasts is right on both.
# Why it matters: with set_floatx("bfloat16") a logistic regression has the loss NaN from the first epoch on JAX and learns
# on PyTorch, from the same code. The mixed policies compute losses in float32 and are spared.
# Versions: keras 3.15.1, jax 0.10.2, jaxlib 0.10.2, torch 2.13.0, numpy 2.4.6. Seen with Python 3.11. Output seen:
# JAX, bfloat16: right 1: nan, right 0: 0, wrong 1: inf, wrong 0: 16.1, training nan; PyTorch: 0, 0, 100, 16.1, training 0.03
set -euo pipefail
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
cd "$tmp"
python3 -m venv venv
venv/bin/pip install -q keras==3.15.1 jax==0.10.2 jaxlib==0.10.2 torch==2.13.0 numpy==2.4.6
cat >certain.py <<'PY'
import os

import keras
import numpy as np

backend = os.environ["KERAS_BACKEND"]


def cost(name, dtype, label, p):
    """Return the loss of the forecast p of a label, in one precision."""
    if name == "CategoricalCrossentropy":
        label, p = [1 - label, label], [1 - p, p]
    loss = getattr(keras.losses, name)(dtype=dtype)(np.array([label], ndmin=2), np.array([p], ndmin=2))
    return float(keras.ops.cast(loss, "float32"))


cases = {"right 1": (1.0, 1.0), "right 0": (0.0, 0.0), "wrong 1": (0.0, 1.0), "wrong 0": (1.0, 0.0)}
for dtype in ("float32", "bfloat16", "float16"):
    for name in ("BinaryCrossentropy", "CategoricalCrossentropy"):
        found = {case: cost(name, dtype, *given) for case, given in cases.items()}
        print(f"{backend}, {dtype}, {name}: {found}")
        assert abs(found["right 0"]) < 1e-6 and 15 < found["wrong 0"] < 17
        if name == "BinaryCrossentropy" and dtype != "float32":
            assert np.isnan(found["right 1"]) if backend == "jax" else found["right 1"] == 0
            assert found["wrong 1"] == (np.inf if backend == "jax" else 100)
        else:
            assert abs(found["right 1"]) < 1e-6 and 15 < found["wrong 1"] < 17

keras.config.set_floatx("bfloat16")
keras.utils.set_random_seed(0)
x = np.linspace(-3, 3, 200)[:, None]
model = keras.Sequential([keras.layers.Dense(1, activation="sigmoid")])
model.compile(keras.optimizers.SGD(5.0), "binary_crossentropy")
losses = model.fit(x, (x > 0).astype("float32"), epochs=30, batch_size=50, verbose=0).history["loss"]
print(f"{backend}, training in bfloat16: loss {losses[0]:.4f} after the first epoch, {losses[-1]:.4f} after the last")
assert np.isnan(losses).all() if backend == "jax" else losses[-1] < 0.1
PY
for backend in jax torch; do
  KERAS_BACKEND=$backend venv/bin/python -I -W ignore certain.py
done
