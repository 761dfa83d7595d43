#!/usr/bin/env bash
# Expected: NumPy's functions in JavaScript. A singular matrix has singular values of the order of 1e-16, which
# matrix_rank, pinv and lstsq take for 0: the matrix of the numbers 1 to 9 has the rank 2.
# Seen: numpy-ts 1.7.0's singular values are right to 1e-8 of the largest, not to 1e-16: those of the numbers 1 to 9 are
# 16.8, 1.07 and 3.6e-8, and the rank is 3. The cut-off is NumPy's all the same. Of the 4851 Hessians of a softmax of
# three classes in hundredths, diag(p) - p p', all of rank 2, 2345 get the rank 3 (NumPy: 3). pinv and lstsq then
# divide by noise: at p = 0.6, 0.3, 0.1 the Newton step of the first class is 3.8, 5.5, 5.5 instead of -1.1, 0.56, 0.56.
# Below 1e-8 it is the other way round: two features that differ by 1e-9 have the rank 1 and the condition Infinity.
# Why it matters: the softmax Hessian is singular by nature, and the pseudo-inverse is the usual way out: every other
# step is wrong, without an error. eigvalsh of the same matrix is right.
# Versions: numpy-ts 1.7.0 in Node 20.20.2, NumPy 2.4.6 in Python 3.11. Output seen:
# numbers 1 to 9: rank 3, least squares 1.92, -3.84, 2.26 (NumPy: 2, -0.06, 0.11, 0.28); wrong ranks: 2345 of 4851
set -euo pipefail
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
cd "$tmp"
python3 -m venv venv
venv/bin/pip install -q numpy==2.4.6
venv/bin/python -I - <<'PY'
import numpy as np
from numpy.linalg import cond, lstsq, matrix_rank, pinv, svd

nine, thin = np.arange(1.0, 10.0).reshape(3, 3), np.array([[1, 1], [1e-9, 0], [0, 1e-9]])
solved, p = lstsq(nine, [1, 2, 3])[0], np.array([0.6, 0.3, 0.1])
step = pinv(np.diag(p) - np.outer(p, p)) @ (p - [1, 0, 0])
tables = [np.array([i, j, 100 - i - j]) / 100 for i in range(1, 99) for j in range(1, 100 - i)]
wrong = sum(matrix_rank(np.diag(q) - np.outer(q, q)) != 2 for q in tables)
print(f"NumPy: 1 to 9: rank {matrix_rank(nine)}, {svd(nine)[1]}, least squares {solved.round(4)}, step {step.round(4)}")
print(f"NumPy: Hessians of wrong rank: {wrong} of {len(tables)}, condition {cond(thin):.4g}")
assert matrix_rank(nine) == matrix_rank(thin) == 2 and wrong < 10
assert np.allclose(solved, [-1 / 18, 1 / 9, 5 / 18]) and np.allclose(step, [-10 / 9, 5 / 9, 5 / 9])
PY
npm init -y >npm.log
npm install --silent --no-audit --no-fund numpy-ts@1.7.0
cat >rank.mjs <<'JS'
import assert from "node:assert/strict";
import * as np from "numpy-ts";

const { svd, matrix_rank, lstsq, pinv, cond, eigvalsh } = np.linalg;
const nine = np.array([[1, 2, 3], [4, 5, 6], [7, 8, 9]]);
const values = svd(nine).s.tolist();
const solved = lstsq(nine, np.array([1, 2, 3])).x.tolist();
console.log(`1 to 9: rank ${matrix_rank(nine)}, ${values}, least squares ${solved}`);
assert.equal(matrix_rank(nine), 3);
assert.ok(values[2] > 1e-9 && Math.abs(values[0] - 16.8481) < 1e-4 && Math.abs(solved[0] + 1 / 18) > 1);

const hessian = (p) => np.subtract(np.diag(np.array(p)), np.outer(np.array(p), np.array(p)));
const step = np.matmul(pinv(hessian([0.6, 0.3, 0.1])), np.array([-0.4, 0.3, 0.1])).tolist();
console.log(`Newton step ${step} (expected -1.1111, 0.5556, 0.5556)`);
assert.ok(Math.abs(step[0] - 3.811) < 0.01 && Math.abs(eigvalsh(hessian([0.6, 0.3, 0.1])).tolist()[0]) < 1e-15);

let wrong = 0;
for (let i = 1; i < 99; i++)
  for (let j = 1; i + j < 100; j++) wrong += matrix_rank(hessian([i / 100, j / 100, (100 - i - j) / 100])) !== 2;
console.log(`Hessians of wrong rank: ${wrong} of 4851`);
assert.ok(wrong > 2000);

const thin = np.array([[1, 1], [1e-9, 0], [0, 1e-9]]);
console.log(`features 1e-9 apart: rank ${matrix_rank(thin)} (expected 2), condition ${cond(thin)} (expected 1.414e9)`);
assert.deepEqual([matrix_rank(thin), cond(thin)], [1, Infinity]);
JS
node rank.mjs
