#!/usr/bin/env bash
# Expected: in numpy-ts ("validated against NumPy 2.4") astype changes the dtype of an array and leaves each number at its
# place, whether the array is a copy, a transpose, a row or a broadcast one; the functions of numpy-ts know views.
# Seen: astype to another dtype goes through the numbers in the order of memory and from its beginning. The transpose of
# [[1, 2], [3, 4]] in float32 is [[1, 2], [3, 4]]; the second row of a table is the first; a number that was broadcast to
# three is 5, NaN, NaN. A copy() before it, or the dtype that the array has already, gives the right numbers.
# Why it matters: the gradient of the weights of a layer is X.T @ dZ, and float32 is what one converts to. Shape and dtype
# are right, the numbers are of another matrix, and nothing is said.
# Versions: numpy-ts 1.7.0, numpy 2.4.6. Seen with Node 20 and 24, Python 3.11. Output seen:
# transpose: [[1,2],[3,4]] instead of [[1,3],[2,4]]; second row: 1,2 instead of 3,4; broadcast: 5,NaN,NaN instead of 5,5,5
set -euo pipefail
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
cd "$tmp"
python3 -m venv venv
venv/bin/pip install -q numpy==2.4.6
venv/bin/python -I - <<'PY'
import numpy as np

X = np.array([[1.0, 2.0], [3.0, 4.0]])
assert X.T.astype("float32").tolist() == [[1, 3], [2, 4]]
assert X[1].astype("float32").tolist() == [3, 4]
assert np.broadcast_to(np.array(5.0), 3).astype("float32").tolist() == [5, 5, 5]
print("NumPy: each number stays at its place")
PY
npm init -y >npm.log
npm install --silent --no-audit --no-fund numpy-ts@1.7.0
cat >views.mjs <<'JS'
import assert from "node:assert/strict";
import * as np from "numpy-ts";

const X = np.array([[1, 2], [3, 4]]);
const views = {
  transpose: [np.transpose(X), [[1, 2], [3, 4]], [[1, 3], [2, 4]]],
  "second row": [X.slice("1"), [1, 2], [3, 4]],
  broadcast: [np.broadcast_to(np.full([], 5, "float64"), [3]), [5, NaN, NaN], [5, 5, 5]],
};
for (const [name, [view, seen, right]] of Object.entries(views)) {
  const cast = view.astype("float32").tolist();
  console.log(`${name}: ${JSON.stringify(cast)}; of a copy: ${JSON.stringify(view.copy().astype("float32").tolist())}`);
  assert.deepEqual(view.tolist(), right);
  assert.deepEqual(cast, seen);
  assert.deepEqual(view.astype("float64").tolist(), right);
  assert.deepEqual(view.copy().astype("float32").tolist(), right);
}
JS
node views.mjs
