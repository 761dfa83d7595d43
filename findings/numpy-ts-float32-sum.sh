#!/usr/bin/env bash
# Expected: numpy-ts ("validated against NumPy 2.4") sums float32 well enough that the mean of a long array is its sum by
# its length. NumPy sums in pairs: ten million times 0.1 are 1000000.1, in sum and mean.
# Seen: sum adds up in single precision without pairs, and mean does not: the sum of ten million tenths is 975599.1, 2.4 %
# too small, of a million 0.24 %, and the mean is 0.1. Summed in rows of a thousand it is 1000000. NumPy is no better than
# that along the first axis, 100958 for a million tenths, where numpy-ts has 100000: each is right where the other is not.
# Why it matters: a summed loss, a normaliser or an entropy over a large vocabulary and its own mean disagree in the third
# digit; a million weights divided by such a sum add up to 1.0024.
# Versions: numpy-ts 1.7.0, numpy 2.4.6. Seen with Node 20 and 24, Python 3.11. Output seen:
# 1e6: sum 99759.85, mean*n 100000.00; 1e7: sum 975599.13, mean*n 1000000.01; NumPy 100000.01, 1000000.1
set -euo pipefail
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
cd "$tmp"
python3 -m venv venv
venv/bin/pip install -q numpy==2.4.6
venv/bin/python -I - <<'PY'
import numpy as np

for n in (10**6, 10**7):
    x = np.full(n, 0.1, "float32")
    print(f"NumPy, {n}: sum {x.sum():.2f}, mean * n {x.mean() * n:.2f}")
    assert abs(x.sum() / (n / 10) - 1) < 1e-6
down = np.full((10**6, 2), 0.1, "float32").sum(axis=0)
print(f"NumPy, along the first axis: {down}")
assert down[0] > 100_900
PY
npm init -y >npm.log
npm install --silent --no-audit --no-fund numpy-ts@1.7.0
cat >sum.mjs <<'JS'
import assert from "node:assert/strict";
import * as np from "numpy-ts";

for (const [n, low] of [[1e6, 0.0024], [1e7, 0.0244]]) {
  const x = np.full([n], 0.1, "float32");
  const sum = np.sum(x), mean = np.mean(x), rows = np.sum(np.sum(x.reshape([n / 1000, 1000]), 1));
    console.log(`numpy-ts, ${n}: sum ${sum.toFixed(2)}, mean * n ${(mean * n).toFixed(2)}, by rows ${rows}`);
  assert.ok(Math.abs(1 - sum / (n / 10) - low) < 1e-4);
  assert.ok(Math.abs(mean - 0.1) < 1e-8 && rows === n / 10);
}
const tenths = np.full([1e6], 0.1, "float32");
const total = np.sum(np.divide(tenths, np.sum(tenths)).astype("float64"));
console.log(`numpy-ts: a million weights divided by their sum add up to ${total.toFixed(4)}`);
assert.ok(Math.abs(total - 1.0024) < 1e-4);
const down = np.sum(np.full([1e6, 2], 0.1, "float32"), 0).tolist();
console.log(`numpy-ts, along the first axis: ${down}`);
assert.deepEqual(down, [100000, 100000]);
JS
node sum.mjs
