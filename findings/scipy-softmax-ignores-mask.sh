#!/usr/bin/env bash
# Expected: softmax, log_softmax and logsumexp stand in one module of SciPy and belong together, softmax(z) =
# exp(z - logsumexp(z)); so given a masked array all three heed the mask, or all three ignore or refuse it.
# Seen: logsumexp leaves the masked entries out. softmax and log_softmax read straight through the mask, give
# the masked class its probability, and return a plain array without a mask; nothing warns. With the mask filled by
# -inf before the call all three agree.
# Why it matters: a masked array is NumPy's own way to leave classes out. A model whose illegal moves or padded
# tokens are masked so gets its largest probability on a class that was ruled out, while the normaliser computed
# beside it is right, so that the two no longer belong together.
# Versions: scipy 1.17.1, numpy 2.4.6. Seen with Python 3.11. Output seen:
# logsumexp: 2.3133 (the masked 5 left out); softmax: [0.0171 0.0466 0.9362]; log_softmax: [-4.0659 -3.0659 -0.0659];
# filled with -inf: [0.2689 0.7311 0.]
set -euo pipefail
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
cd "$tmp"
python3 -m venv venv
venv/bin/pip install -q scipy==1.17.1 numpy==2.4.6
venv/bin/python -I - <<'PY'
import warnings

import numpy as np
from scipy.special import log_softmax, logsumexp, softmax

warnings.simplefilter("error")
z = np.ma.masked_array([1.0, 2.0, 5.0], mask=[False, False, True])
legal = np.log(np.exp(1) + np.exp(2))

print(f"logsumexp: {logsumexp(z):.4f} (expected {legal:.4f})")
assert abs(logsumexp(z) - legal) < 1e-12

p, logs = softmax(z), log_softmax(z)
print(f"softmax: {p.round(4)} (expected [0.2689 0.7311 --]), a {type(p).__name__}")
print(f"log_softmax: {logs.round(4)} (expected [-1.3133 -0.3133 --])")
assert type(p) is type(logs) is np.ndarray
assert (p == softmax(z.data)).all() and (logs == log_softmax(z.data)).all() and p[2] > 0.9

filled = z.filled(-np.inf)
print(f"softmax of the filled array: {softmax(filled).round(4)}")
assert abs(softmax(filled) - np.exp(filled - logsumexp(filled))).max() < 1e-12
assert abs(logsumexp(filled) - legal) < 1e-12
PY
