#!/usr/bin/env bash
# Expected: the softmax of scores one of which is NaN, with the largest score subtracted, is NaN throughout, as NumPy has it:
# max and the sum pass NaN on. In any case the number of entries decides nothing.
# Seen: numpy-ts ("validated against NumPy 2.4") leaves NaN out in max, in all places but one, and from 32 entries on
# computes exp and maximum in WebAssembly, where NaN does not survive: exp(NaN) is 2.4e38 in float32 and inf in float64, and
# the larger of NaN and 0 is 0. With 31 classes the softmax is NaN; with 32, in float32, the class of the NaN has the
# probability 1 and the loss 0, and in float64 all other classes have 0. log1p(inf) turns into NaN at 32 entries too.
# Why it matters: a network that has diverged looks sure of itself, max(x, 0) mends it on the way, and no test with a handful
# of classes shows it.
# Versions: numpy-ts 1.7.0, numpy 2.4.6. Seen with Node 20 and 24, Python 3.11. Output seen:
# float32, 31 classes: NaN, NaN; 32: 1, 4e-39; float64, 31: NaN, NaN; 32: NaN, 0; NumPy: NaN, NaN
set -euo pipefail
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
cd "$tmp"
python3 -m venv venv
venv/bin/pip install -q numpy==2.4.6
venv/bin/python -I - <<'PY'
import numpy as np

for dtype in ("float32", "float64"):
    x = np.zeros(32, dtype)
    x[1] = np.nan
    e = np.exp(x - x.max())
    assert np.isnan(e / e.sum()).all() and np.isnan(np.maximum(x, 0)[1])
PY
npm init -y >npm.log
npm install --silent --no-audit --no-fund numpy-ts@1.7.0
cat >nan.mjs <<'JS'
import assert from "node:assert/strict";
import * as np from "numpy-ts";

function softmax(x) {
  const e = np.exp(np.subtract(x, np.max(x)));
  return np.divide(e, np.sum(e)).tolist();
}

for (const dtype of ["float32", "float64"])
  for (const n of [31, 32, 1000]) {
    const x = np.zeros([n], dtype);
    x.set([1], NaN);
    const [other, p] = softmax(x);
    const positive = np.maximum(x, np.zeros([n], dtype)).get([1]);
    console.log(`${dtype}, ${n} classes, one NaN: softmax ${p} there, ${other} elsewhere; max(NaN, 0) ${positive}`);
    assert.equal(np.max(x), 0);
    if (n < 32) assert.deepEqual([p, other, positive], [NaN, NaN, NaN]);
    else {
      assert.deepEqual([p, positive], [dtype === "float32" ? 1 : NaN, 0]);
      assert.ok(other < 1e-38);
    }
  }

const certain = (n) => np.log1p(np.full([n], Infinity)).get([0]);
console.log(`log1p(inf): ${certain(31)} in an array of 31, ${certain(32)} in one of 32`);
assert.deepEqual([certain(31), certain(32)], [Infinity, NaN]);
JS
node nan.mjs
