#!/usr/bin/env bash
# Expected: a conditional logistic regression compares the rows of a group: the year and the year less 2000 fit alike.
# Seen: statsmodels' ConditionalLogit takes exp of the predictor and sums the products of these over all subsets of a
# group, without taking anything out. With ten years a group the likelihood is -inf from slopes of 0.04 on, and +inf
# below -0.05: the fit is 0.037 instead of 0.328, with a standard error of 0.015, and a warning that it did not
# converge. With method="lbfgs" nothing says so: the slope is 0 exactly, with a standard error, z = 0 and p = 1. Large
# groups do the same with features around 0: of two of 900 rows the likelihood is -inf at the best slope.
# Why it matters: a year, a temperature in kelvin or a weight in grams is enough, and fixed effects for panels are what
# this model is for. The summary looks like a finding of no effect. ConditionalMNLogit has the same exp.
# Versions: statsmodels 0.15.0, scipy 1.17.1, numpy 2.4.6, pandas 3.1.1. Seen with Python 3.11. Output seen:
# x = year - 2000: bfgs 0.3279, lbfgs 0.3279; x = year: bfgs 0.0373, lbfgs 0.0000 (p 1.00), likelihood at 0.3279 -inf
set -euo pipefail
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
cd "$tmp"
python3 -m venv venv
venv/bin/pip install -q statsmodels==0.15.0 scipy==1.17.1 numpy==2.4.6 pandas==3.1.1
venv/bin/python -I -W ignore - <<'PY'
import warnings

import numpy as np
from scipy.optimize import minimize_scalar
from statsmodels.discrete.conditional_models import ConditionalLogit
from statsmodels.tools.sm_exceptions import ConvergenceWarning


def exact(slope, x, y, groups):
    total = 0.0  # in logarithms, over the subsets
    for group in np.unique(groups):
        u, chosen = slope * x[groups == group], y[groups == group]
        logs = np.r_[0.0, np.full(chosen.sum(), -np.inf)]
        for term in u:
            logs[1:] = np.logaddexp(logs[1:], logs[:-1] + term)
        total += u @ chosen - logs[-1]
    return total


def best(x, y, groups):
    return minimize_scalar(lambda slope: -exact(slope, x, y, groups), bracket=(0, 1)).x


generator = np.random.default_rng(0)
groups, year = np.repeat(np.arange(300), 10), np.tile(np.arange(2010.0, 2020.0), 300)
noise = generator.logistic(size=3000) + np.repeat(2 * generator.standard_normal(300), 10)
y = (0.3 * (year - 2015) + noise > 0).astype(int)
right = best(year - 2015, y, groups)
for x, text in ((year - 2000, "year - 2000"), (year, "year")):
    for method in ("bfgs", "lbfgs"):
        model = ConditionalLogit(y, x[:, None], groups=groups)
        with warnings.catch_warnings(record=True) as caught:
            warnings.simplefilter("always")
            fit = model.fit(method=method, disp=0)
        warned = any(issubclass(w.category, ConvergenceWarning) for w in caught)
        there, low, high = (model.loglike(np.array([slope])) for slope in (right, -0.05, 0.04))
        found = fit.params[0]
        print(f"{text}, {method}: {found:.4f} (expected {right:.4f}), se {fit.bse[0]:.4f}, p {fit.pvalues[0]:.2f}")
        print(f"  warned {warned}, likelihood there {there:.2f} (expected {exact(right, x, y, groups):.2f})")
        if x[0] < 2000:
            assert abs(found - right) < 1e-4 and not warned
        else:
            assert there == high == -np.inf and low == np.inf and found < 0.1 and warned == (method == "bfgs")

groups, x = np.repeat([0, 1], 900), generator.standard_normal(1800)
y = (x + generator.logistic(size=1800) > 0).astype(int)
right = best(x, y, groups)
there = ConditionalLogit(y, x[:, None], groups=groups).loglike(np.array([right]))
print(f"two groups of 900: at the best slope {right:.4f} {there:.2f} (expected {exact(right, x, y, groups):.2f})")
assert there == -np.inf
PY
