#!/usr/bin/env bash
# Expected: the entropy of (1/2, 1/2, 0) is ln 2, since 0 log 0 counts as 0; SciPy's entropy says so.
# Seen: Polars' entropy, of a column and within a group, is NaN as soon as one of the probabilities is zero, for
# floats and for counts alike (a count of 0 among integers). A column that holds nothing but one zero has the entropy 0.
# Why it matters: entropies of predicted distributions, or of counts a group, are taken over columns in which zeros
# are ordinary: an empty cell, a probability that underflowed. The NaN then spreads through every mean above it.
# Versions: polars 2.1.0, scipy 1.17.1, numpy 2.4.6. Seen with Python 3.11. Output seen:
# polars [0.5, 0.5, 0.0]: nan, counts [2, 2, 0]: nan, scipy: 0.693147; groups: a 0.693147, b nan
set -euo pipefail
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
cd "$tmp"
python3 -m venv venv
venv/bin/pip install -q polars==2.1.0 scipy==1.17.1 numpy==2.4.6
venv/bin/python -I - <<'PY'
import math

import polars as pl
from scipy.stats import entropy

for values in ([0.5, 0.5, 0.0], [2, 2, 0]):
    got = pl.Series(values).entropy()
    right = entropy(values)
    print(f"polars {values}: {got}, scipy: {right:.6f} (expected {math.log(2):.6f})")
    assert math.isnan(got) and abs(right - math.log(2)) < 1e-12

assert abs(pl.Series([0.5, 0.5]).entropy() - math.log(2)) < 1e-12
assert pl.Series([0.0]).entropy() == 0

frame = pl.DataFrame({"group": list("aabb"), "p": [0.5, 0.5, 1.0, 0.0]})
groups = dict(frame.group_by("group").agg(pl.col("p").entropy()).iter_rows())
print(f"groups: {groups} (expected a {math.log(2):.6f}, b 0)")
assert abs(groups["a"] - math.log(2)) < 1e-12 and math.isnan(groups["b"])
PY
