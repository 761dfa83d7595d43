#!/usr/bin/env bash
# Expected: a masked array is refused by logsumexp, as older releases of SciPy did ("masked arrays are not
# supported"), or it is taken without its masked entries, or its mask is ignored; one of the three, whatever the numbers.
# Seen: the mask is ignored while the masked entry is at most 709 above the largest other one (88 in float32), and
# heeded beyond that, where its exponential overflows: with a masked 5, 700, 1000 beside 1 and 2 the results are 5.07,
# 700 and 2.31. Within one call the rows of a matrix may differ in this. softmax always ignores the mask, and
# returns a plain array. Below the limit nothing warns. With the masked entries filled by -inf all is right.
# Why it matters: a masked array is NumPy's own way to leave classes out. A test with a huge number behind the mask
# shows that masking works; ordinary logits behind it then count in full, in loss and probabilities, without a word.
# Versions: scipy 1.17.1, numpy 2.4.6. Seen with Python 3.11. Output seen:
# masked 5: logsumexp 5.0659; 700: 700.0000; 1000: 2.3133 (expected 2.3133 each); rows with 5 and 1000: [5.0659 2.3133]
set -euo pipefail
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
cd "$tmp"
python3 -m venv venv
venv/bin/pip install -q scipy==1.17.1 numpy==2.4.6
venv/bin/python -I - <<'PY'
import warnings

import numpy as np
from scipy.special import logsumexp, softmax

legal = np.log(np.exp(1) + np.exp(2))


def row(hidden, dtype=np.float64):
    values = np.array([1, 2, hidden], dtype)
    return np.ma.masked_array(values, mask=[False, False, True])


def quiet(function, z, **options):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the overflow's, beyond the limit
        return function(z, **options)


warnings.simplefilter("error")
for hidden, ignored in ((5, True), (700, True), (1000, False)):
    got = logsumexp(row(hidden)) if ignored else quiet(logsumexp, row(hidden))
    print(f"masked {hidden}: logsumexp {got:.4f} (expected {legal:.4f})")
    right = logsumexp(row(hidden).data) if ignored else legal
    assert abs(got - right) < 1e-12
assert logsumexp(row(80, np.float32)) == 80
assert abs(quiet(logsumexp, row(100, np.float32)) - legal) < 1e-6

rows = np.ma.stack([row(5), row(1000)])
got = quiet(logsumexp, rows, axis=1)
print(f"rows with 5 and 1000: {got.round(4)} (expected [2.3133 2.3133])")
assert got[0] > 5 and abs(got[1] - legal) < 1e-12

p = softmax(row(5))
print(f"softmax: {p.round(4)}, a {type(p).__name__} (expected [0.2689 0.7311 --])")
assert type(p) is np.ndarray and (p == softmax(row(5).data)).all()
assert abs(logsumexp(row(5).filled(-np.inf)) - legal) < 1e-12
PY
