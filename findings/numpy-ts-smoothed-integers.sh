#!/usr/bin/env bash
# Expected: in numpy-ts ("validated against NumPy 2.4") one-hot labels of integers times 0.9 plus 0.1/3 are the smoothed
# labels 0.933, 0.033, 0.033, as in NumPy, where an array of integers times a floating-point number is of floating point.
# Seen: the number is brought to the dtype of the array. Of int32, int8, uint8 and bool all smoothed labels are 0, so the
# cross-entropy of any forecast is 0; int64 rounds instead of cutting off, and they are 1, 0, 0: no smoothing. Dividing by
# a number, or multiplying by an array of one number, is right. 1 - 0.5 in int8 is 0 in a short array, and 1 in a long one.
# Why it matters: the line is copied from NumPy, type-checks, and trains on a loss that is 0 or unsmoothed; a mask times a
# scale is 0 in the same way.
# Versions: numpy-ts 1.7.0, numpy 2.4.6. Seen with Node 20 and 24, Python 3.11. Output seen:
# int32, int8, uint8, bool: 0,0,0, loss 0; int64: 1,0,0, loss 2.3026; float64 and NumPy: 0.9333, 0.0333, 0.0333, loss 2.2146
set -euo pipefail
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
cd "$tmp"
python3 -m venv venv
venv/bin/pip install -q numpy==2.4.6
venv/bin/python -I - <<'PY'
import numpy as np

for dtype in ("int32", "int64", "int8", "uint8", "bool", "float64"):
    smoothed = np.array([1, 0, 0], dtype) * 0.9 + 0.1 / 3
    loss = -(smoothed * np.log([0.1, 0.2, 0.7])).sum()
    assert np.allclose(smoothed, [0.9333, 0.0333, 0.0333], atol=1e-4) and abs(loss - 2.2146) < 1e-4, loss
print(f"NumPy, each dtype: {smoothed.round(4)}, loss {loss:.4f}")
PY
npm init -y >npm.log
npm install --silent --no-audit --no-fund numpy-ts@1.7.0
cat >smoothing.mjs <<'JS'
import assert from "node:assert/strict";
import * as np from "numpy-ts";

const logP = np.log(np.array([0.1, 0.2, 0.7]));
for (const dtype of ["float64", "int32", "int8", "uint8", "bool", "int64"]) {
  const y = np.array([1, 0, 0], dtype);
  const smoothed = y.multiply(0.9).add(0.1 / 3);
  const loss = -np.sum(smoothed.multiply(logP));
  const labels = smoothed.tolist().map(Number);
  console.log(`${dtype}: smoothed labels ${labels} of dtype ${smoothed.dtype}, loss ${loss.toFixed(4)}`);
  if (dtype === "float64") assert.ok(Math.abs(loss - 2.2146) < 1e-4 && Math.abs(labels[0] - 0.9333) < 1e-4);
  else {
    assert.equal(smoothed.dtype, dtype);
    assert.deepEqual(labels, dtype === "int64" ? [1, 0, 0] : [0, 0, 0]);
    assert.ok(Math.abs(loss - (dtype === "int64" ? Math.log(10) : 0)) < 1e-12);
  }
  assert.equal(y.multiply(np.array(0.9)).dtype, "float64");
  assert.equal(y.divide(2).tolist()[0], 0.5);
}
const half = (n) => np.ones([n], "int8").subtract(0.5).get([0]);
console.log(`1 - 0.5 in int8: ${half(3)} in an array of 3, ${half(1000)} in one of 1000`);
assert.deepEqual([half(3), half(1000)], [0, 1]);
JS
node smoothing.mjs
