#!/usr/bin/env bash
# Expected: histogram binning replaces a score by the share of positives among those of its bin. Where each bin holds one
# score, the rows that it was fitted on get exactly the shares that were observed; a calibrated forecast stays as it is.
# Seen: when netcal's HistogramBinning is fitted, a score on a border counts in the bin above, and when it is applied it is
# looked up in the bin below. A forecast of 0.5 that came true 80 times in 100 becomes 0.45, the middle of an empty bin. Of a
# perfectly calibrated forecast in eighths, with 8 bins, each step gets the share of the step below it. No warning.
# Why it matters: the votes of ten trees or neighbours and forecasts rounded to 10 % lie on the borders of the usual 10 bins.
# There the calibrator makes a forecast worse on its own training data, and turns a majority into a minority.
# Versions: netcal 1.4.0, scipy 1.17.1, numpy 2.4.6, torch 2.13.0. Seen with Python 3.11. Output seen:
# 80 of 100 came true: a forecast of 0.5 becomes 0.45 (expected 0.80)
# 80 of 100 came true: a forecast of 0.51 becomes 0.80 (expected 0.80)
# eighths plus 0.0: expected 0.125 0.25 0.375 0.5 0.625 0.75 0.875 seen 0.0625 0.125 0.25 0.375 0.5 0.625 0.75
set -euo pipefail
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
cd "$tmp"
python3 -m venv venv
venv/bin/pip install -q torch==2.13.0 numpy==2.4.6 scipy==1.17.1 scikit-learn==1.9.1
venv/bin/pip install -q netcal==1.4.0 gpytorch==1.15.2 pyro-ppl==1.9.2 torch==2.13.0 numpy==2.4.6 scipy==1.17.1 \
  scikit-learn==1.9.1
venv/bin/python -I - <<'PY'
import numpy as np
from netcal.binning import HistogramBinning


def calibrated(scores, positives, rows, bins):
    """Fit on so many rows a score, of which so many are positive, and return what each score becomes."""
    outcomes = np.concatenate([np.arange(rows) < count for count in positives]).astype(int)
    repeated = np.repeat(np.asarray(scores, float), rows)
    found = HistogramBinning(bins=bins).fit(repeated, outcomes).transform(repeated).reshape(-1, rows)
    assert (found == found[:, :1]).all()
    return found[:, 0]


for score in (0.5, 0.51):
    (value,) = calibrated([score], [80], rows=100, bins=10)
    print(f"80 of 100 came true: a forecast of {score} becomes {value:.2f} (expected 0.80)")
    assert abs(value - (0.45 if score == 0.5 else 0.8)) < 1e-12

steps = np.arange(1, 8)
for shift in (0.0, 0.001):
    values = calibrated(steps / 8 + shift, steps, rows=8, bins=8)
    print(f"eighths plus {shift}: expected", *steps / 8, "seen", *values)
    assert np.abs(values - (steps / 8 if shift else [1 / 16, *steps[:-1] / 8])).max() < 1e-12

# In tenths the floats of the borders 0.3, 0.6 and 0.7 lie just above the scores, so that these stay in the bin below.
shares = np.array([2, 8, 18, 32, 50, 68, 82, 92, 98])
for shift in (0.0, 0.001):
    values = calibrated(np.arange(1, 10) / 10 + shift, shares, rows=100, bins=10)
    print(f"tenths plus {shift}: expected", *shares / 100, "seen", *values.round(2))
    assert (np.abs(values - shares / 100) < 1e-12).sum() == (9 if shift else 1)
PY
