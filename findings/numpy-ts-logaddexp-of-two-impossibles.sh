#!/usr/bin/env bash
# Expected: log(0 + 0) is log 0: logaddexp(-inf, -inf) is -inf, in NumPy and in each library that sums probabilities in logs,
# so the forward pass of a hidden Markov model with forbidden transitions gives its log-likelihood.
# Seen: in numpy-ts ("validated against NumPy 2.4") logaddexp and logaddexp2 of two -inf, or of two inf, are NaN, in arrays
# of any length: the difference of the two is taken first. The log-likelihood of a left-to-right model of three states is
# NaN after one step.
# Why it matters: a left-to-right model, connectionist temporal classification and a masked sum all start from -inf, and
# logaddexp is what one calls because it is safe; written out with the larger one subtracted it was NaN to begin with.
# Versions: numpy-ts 1.7.0, numpy 2.4.6. Seen with Node 20, Python 3.11. Output seen:
# log-likelihood of four steps: NumPy -2.7726, numpy-ts NaN
set -euo pipefail
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
cd "$tmp"
python3 -m venv venv
venv/bin/pip install -q numpy==2.4.6
venv/bin/python -I -W ignore - <<'PY'
import numpy as np

transition = np.log([[0.5, 0.5, 0], [0, 0.5, 0.5], [0, 0, 1]])
for n in (1, 100):
    alpha = [np.log(np.full(n, p)) for p in (1.0, 0.0, 0.0)]
    for _ in range(4):
        step = [np.log(np.full(n, 0.0))] * 3
        for j in range(3):
            for i in range(3):
                step[j] = np.logaddexp(step[j], alpha[i] + transition[i][j] + np.log(0.5))
        alpha = step
    likelihood = np.logaddexp(np.logaddexp(alpha[0], alpha[1]), alpha[2])
    print(f"NumPy, {n} sequences: log-likelihood {likelihood[0]:.4f}")
    assert np.allclose(likelihood, -4 * np.log(2))
PY
npm init -y >npm.log
npm install --silent --no-audit --no-fund numpy-ts@1.7.0
cat >forward.mjs <<'JS'
import assert from "node:assert/strict";
import * as np from "numpy-ts";

const transition = [[0.5, 0.5, 0], [0, 0.5, 0.5], [0, 0, 1]];
for (const n of [1, 100]) {
  let alpha = [1, 0, 0].map((p) => np.log(np.full([n], p)));
  for (let t = 0; t < 4; t++) {
    const step = [0, 1, 2].map(() => np.log(np.full([n], 0)));
    for (let j = 0; j < 3; j++)
      for (let i = 0; i < 3; i++)
        step[j] = np.logaddexp(step[j], alpha[i].add(Math.log(transition[i][j] * 0.5)));
    alpha = step;
  }
  const likelihood = np.logaddexp(np.logaddexp(alpha[0], alpha[1]), alpha[2]).get([0]);
  console.log(`numpy-ts, ${n} sequences: log-likelihood ${likelihood} (expected ${-4 * Math.log(2)})`);
  assert.equal(likelihood, NaN);
}
for (const f of [np.logaddexp, np.logaddexp2])
  assert.deepEqual(f(np.array([-Infinity, -Infinity, Infinity]), np.array([-Infinity, 0, Infinity])).tolist(), [NaN, 0, NaN]);
JS
node forward.mjs
