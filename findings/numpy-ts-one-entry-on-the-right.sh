#!/usr/bin/env bash
# Expected: broadcasting gives the sum of arrays of shapes (3,) and (1, 1) the shape (1, 3), whichever comes first.
# Seen: numpy-ts takes an array of one entry on the right for a number and forgets its axes: (3,) + (1, 1) is of shape (3,),
# and () + (1,) is of shape (). On the left it keeps them. In complex128 such an entry is NaN: [1, 2] times an array of
# one entry 2 is NaN in its first place and 0 in its second.
# Why it matters: keepdims is there so that shapes fit. A bias minus the maximum of a batch of one row and one column has
# an axis less than for two rows, and a complex step through a shift by one number has a derivative that is NaN.
# Versions: numpy-ts 1.7.0, numpy 2.4.6. Seen with Node 20 and 24, Python 3.11. Output seen:
# (3,) + (1,1): [3]; (1,1) + (3,): [1,3]; () + (1,): []; complex [1,2] * [2]: NaN, 0
set -euo pipefail
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
cd "$tmp"
python3 -m venv venv
venv/bin/pip install -q numpy==2.4.6
venv/bin/python -I - <<'PY'
import numpy as np

assert (np.ones(3) + np.ones((1, 1))).shape == (np.ones((1, 1)) + np.ones(3)).shape == (1, 3)
assert (np.array(1.0) + np.ones(1)).shape == (1,)
assert (np.array([1, 2], complex) * np.array([2], complex)).tolist() == [2, 4]
print("NumPy: (1, 3) both ways, (1,), and no NaN")
PY
npm init -y >npm.log
npm install --silent --no-audit --no-fund numpy-ts@1.7.0
cat >shapes.mjs <<'JS'
import assert from "node:assert/strict";
import * as np from "numpy-ts";

for (const name of ["add", "subtract", "multiply", "divide"]) {
  const shape = (a, b) => [...np[name](np.ones(a), np.ones(b)).shape];
  console.log(name, JSON.stringify([shape([3], [1, 1]), shape([1, 1], [3]), shape([], [1]), shape([2], [1, 2])]));
  assert.deepEqual(shape([3], [1, 1]), [3]);
  assert.deepEqual(shape([], [1]), []);
  assert.deepEqual(shape([1, 1], [3]), [1, 3]);
  assert.deepEqual(shape([2], [1, 2]), [1, 2]);
}
const product = np.array([1, 2]).astype("complex128").multiply(np.array([2]).astype("complex128"));
console.log("complex", String(product.tolist()));
assert.ok(Number.isNaN(product.tolist()[0].re) && product.tolist()[1].re === 0);
const spread = np.array([1, 2]).astype("complex128").multiply(np.array([2, 2]).astype("complex128"));
assert.deepEqual(spread.tolist().map(({ re }) => re), [2, 4]);
JS
node shapes.mjs
