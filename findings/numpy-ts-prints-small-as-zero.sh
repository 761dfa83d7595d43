#!/usr/bin/env bash
# Expected: numpy-ts ("validated against NumPy 2.4") prints arrays as NumPy does: small numbers in scientific notation, with
# eight digits, however small.
# Seen: each number below 1e-10 is printed as 0, alone, beside others, and in the middle of an array in scientific notation.
# The softmax of 0, -10, ..., -40 ends in two times 0.00000000e+00, where NumPy has 9.35719813e-14 and 4.24816138e-18. The
# values are right; only the text is not. The repr of a matrix lacks the commas between its rows, and float32 is printed with
# a digit too many.
# Why it matters: a difference of two gradients of 1e-11 reads as exactly none, a p-value as impossible, and a probability
# that underflowed cannot be told from one that did not.
# Versions: numpy-ts 1.7.0, numpy 2.4.6. Seen with Node 20, Python 3.11. Output seen:
# NumPy [1.0e+00 1.5e-12] [1.5e-16 2.5e-16], numpy-ts [1. 0.] [0. 0.]
set -euo pipefail
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
cd "$tmp"
python3 -m venv venv
venv/bin/pip install -q numpy==2.4.6
npm init -y >npm.log
npm install --silent --no-audit --no-fund numpy-ts@1.7.0
cat >print.py <<'PY'
import numpy as np

for values in ([1, 1.5e-9], [1, 1.5e-12], [1.5e-16, 2.5e-16], [1e-300]):
    print(np.array(values))
p = np.exp([0.0, -10, -20, -30, -40])
print(p / p.sum())
print(repr(np.array([[1.0, 2], [3, 4]])).replace("\n", ""))
print(np.array([1.1360465], "float32"))
PY
cat >print.mjs <<'JS'
import * as np from "numpy-ts";

for (const values of [[1, 1.5e-9], [1, 1.5e-12], [1.5e-16, 2.5e-16], [1e-300]]) console.log(String(np.array(values)));
const p = np.exp(np.array([0, -10, -20, -30, -40]));
console.log(String(np.divide(p, np.sum(p))));
console.log(np.array_repr(np.array([[1, 2], [3, 4]])).replace("\n", ""));
console.log(String(np.array([1.1360465], "float32")));
JS
venv/bin/python -I print.py | tee numpy.txt
node print.mjs | tee numpy-ts.txt
cat >compare.py <<'PY'
numpy, numpy_ts = (open(name).read().split("\n") for name in ("numpy.txt", "numpy-ts.txt"))
assert numpy[0] == numpy_ts[0] == "[1.0e+00 1.5e-09]"
assert numpy[1:4] == ["[1.0e+00 1.5e-12]", "[1.5e-16 2.5e-16]", "[1.e-300]"]
assert numpy_ts[1:4] == ["[1. 0.]", "[0. 0.]", "[0.]"]
assert "9.35719813e-14" in numpy[4] and numpy[5] == " 4.24816138e-18]"
assert numpy_ts[4].endswith(" 0.00000000e+00") and numpy_ts[5] == " 0.00000000e+00]"
assert numpy[6].count(",") == 3 and numpy_ts[6].count(",") == 2
assert (numpy[7], numpy_ts[7]) == ("[1.1360465]", "[1.13604653]")
PY
venv/bin/python -I compare.py
