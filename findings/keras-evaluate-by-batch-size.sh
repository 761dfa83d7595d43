#!/usr/bin/env bash
# Expected: evaluate gives the loss of a model on its data, and batch_size only sets how much is computed at a time.
# Seen: with ignore_class Keras divides each batch by its valid labels, and then weights the batches by all their labels.
# Labels in a batch that is mostly ignored count more than others, and a batch without valid labels counts as a loss of
# 0. Of the same 16 rows the loss is 0.86 with batches of 1 and 1.38 with one batch, without shuffling or dropout: the
# first is the sum over the valid rows divided by all rows, the last by the valid ones.
# Why it matters: ignored labels are padding or the border of objects, and come in runs. A validation loss that falls when
# the batch gets smaller, or when the data are sorted in another way, decides on early stopping and on the best model.
# Versions: keras 3.15.1, jax 0.10.2, jaxlib 0.10.2, numpy 2.4.6. Seen with Python 3.11. Output seen:
# batch size 1, 2, 4, 8, 16: 0.8614, 0.8614, 0.9783, 1.2119, 1.3783; without ignore_class 1.4092 for each
set -euo pipefail
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
cd "$tmp"
python3 -m venv venv
venv/bin/pip install -q keras==3.15.1 jax==0.10.2 jaxlib==0.10.2 numpy==2.4.6
KERAS_BACKEND=jax JAX_PLATFORMS=cpu venv/bin/python -I -W ignore - <<'PY'
import keras
import numpy as np

keras.utils.set_random_seed(0)
x = np.random.default_rng(0).standard_normal((16, 3)).astype("float32")
y = np.array([0] * 2 + [255] * 6 + [1] * 8)
valid = y != 255
model = keras.Sequential([keras.layers.Dense(3)])
model.compile(loss=keras.losses.SparseCategoricalCrossentropy(from_logits=True, ignore_class=255))
logits = keras.ops.convert_to_numpy(model(x)).astype("float64")
log_p = logits - np.log(np.exp(logits).sum(axis=1, keepdims=True))
costs = -log_p[valid, y[valid]]

found = {size: model.evaluate(x, y, batch_size=size, verbose=0) for size in (1, 2, 4, 8, 16)}
print(", ".join(f"batch size {size}: {loss:.4f}" for size, loss in found.items()))
print(f"mean over the valid rows {costs.mean():.4f} (expected for each), their sum by all rows {costs.sum() / 16:.4f}")
assert abs(found[16] - costs.mean()) < 1e-5 and abs(found[1] - costs.sum() / 16) < 1e-5
assert max(found.values()) / min(found.values()) > 1.5

plain = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
model.compile(loss=plain)
same = [model.evaluate(x, np.where(valid, y, 0), batch_size=size, verbose=0) for size in (1, 2, 4, 8, 16)]
print(f"without ignore_class: from {min(same):.6f} to {max(same):.6f}")
assert max(same) - min(same) < 1e-5
PY
