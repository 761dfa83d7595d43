#!/usr/bin/env bash
# Expected: SciPy's BFGS finds the same optimum for a mean loss and for a sum, at much the same precision, and more rows do
# not make it less precise: a positive factor changes nothing in a minimum.
# Seen: gtol is a bound of 1e-5 on the gradient as it stands, so that the factor sets the precision. Of a logistic regression
# with 1000 to 100 000 rows the mean loss gives less than 5 digits of the slope, the sum more than 9. Where the feature is
# given in a unit that makes it small, about 1e-5, the mean loss is done before the first step: the slope is 0, with
# success=True after 0 iterations, and the sum finds the slope of 99 130 to 8 digits.
# Why it matters: a mean loss is the rule, and a concentration in mol/l or a share in parts per million is such a feature.
# "No effect" is then reported by an optimiser that says that it succeeded. A feature of the size 1 mends it.
# Versions: scipy 1.17.1, numpy 2.4.6. Seen with Python 3.11. Output seen:
# feature about 1: mean 4.8, 4.6, 4.7 digits, sum 9.6, 12.7, 11.9; about 1e-5: mean 0.0, sum 99129.5868, right 99129.5865
set -euo pipefail
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
cd "$tmp"
python3 -m venv venv
venv/bin/pip install -q scipy==1.17.1 numpy==2.4.6
venv/bin/python -I - <<'PY'
import numpy as np
from scipy.optimize import minimize
from scipy.special import expit


def newton(x, y, scale):
    """Return intercept and slope, found in units in which the feature is about 1."""
    unit, w = x / [1, scale], np.zeros(2)
    for _ in range(30):
        p = expit(unit @ w)
        w -= np.linalg.solve((unit.T * (p * (1 - p))) @ unit, unit.T @ (p - y))
    return w / [1, scale]


def compare(n, scale):
    """Return the fits of n rows whose feature has a given size, by the mean loss and by the sum."""
    generator = np.random.default_rng(0)
    x = np.column_stack([np.ones(n), scale * generator.standard_normal(n)])
    y = np.zeros(n)
    y[generator.uniform(size=n) < expit(x[:, 1] / scale)] = 1
    sure = newton(x, y, scale)

    def loss(w):
        return np.logaddexp(0, x @ w).sum() - y @ (x @ w)

    def slope(w):
        return x.T @ (expit(x @ w) - y)

    fits = {}
    for name, factor in (("mean", 1 / n), ("sum", 1)):
        start = np.array([np.log(y.mean() / (1 - y.mean())), 0])
        found = minimize(lambda w: factor * loss(w), start, jac=lambda w: factor * slope(w), method="BFGS")
        digits = -np.log10(abs(found.x[1] / sure[1] - 1) + 1e-16)
        fits[name] = found, digits
        print(f"{n} rows, feature about {scale:g}, {name}: slope {found.x[1]:.4f} (expected {sure[1]:.4f}; ", end="")
        print(f"{max(digits, 0):.1f} digits), success {found.success} after {found.nit} iterations")
    return fits


for n in (1000, 10_000, 100_000):
    fits = compare(n, 1.0)
    assert fits["mean"][0].success and 3 < fits["mean"][1] < 6 and fits["sum"][1] > 7
fits = compare(100_000, 1e-5)
assert fits["mean"][0].success and fits["mean"][0].nit == 0 and fits["mean"][0].x[1] == 0
assert fits["sum"][1] > 2
PY
