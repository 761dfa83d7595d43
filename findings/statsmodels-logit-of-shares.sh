#!/usr/bin/env bash
# Expected: Logit takes labels between 0 and 1, such as shares, without a word, and all its optimisers agree: the
# cross-entropy of soft labels is as convex as that of hard ones.
# Seen: loglike is the sum of log sigmoid((2y - 1) xb), right for the labels 0 and 1 only; score and hessian are those of
# the cross-entropy. Optimisers that ask for the gradient alone find its root, those that compare values the top of
# another function. For 200 shares the slope is 0.75 with Newton's method and 263 with Nelder-Mead and Powell, all with
# converged=True; bfgs, which uses both, reports that it failed. llf and pseudo-R2 belong to no likelihood in each case.
# Why it matters: a fractional logit is a common model, and here the optimiser decides what is estimated. GLM with the
# binomial family takes the same shares rightly, by any method.
# Versions: statsmodels 0.15.0, scipy 1.17.1, numpy 2.4.6, pandas 3.1.1. Seen with Python 3.11. Output seen:
# 0.1, 0.9, 0.9, 0.9: newton 0.7, llf -2.3202; nm, powell 0.7979, llf -2.2493; log-likelihood at 0.7 -2.4435; GLM 0.7
# slope: newton 0.75, nm 262.77, powell 262.42, GLM 0.75
set -euo pipefail
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
cd "$tmp"
python3 -m venv venv
venv/bin/pip install -q statsmodels==0.15.0 scipy==1.17.1 numpy==2.4.6 pandas==3.1.1
venv/bin/python -I - <<'PY'
import warnings

import numpy as np
import statsmodels.api as sm
from scipy.special import expit

warnings.simplefilter("ignore")
y, ones = np.array([0.1, 0.9, 0.9, 0.9]), np.ones((4, 1))
for method, share in (("newton", 0.7), ("nm", 0.7979), ("powell", 0.7979)):
    fit = sm.Logit(y, ones).fit(method=method, disp=0)
    found = fit.predict(ones)[0]
    print(f"mean of the labels 0.7: {method} {found:.4f}, llf {fit.llf:.4f}, converged {fit.mle_retvals['converged']}")
    assert abs(found - share) < 1e-3 and fit.mle_retvals["converged"]
glm = sm.GLM(y, ones, family=sm.families.Binomial()).fit()
entropy = (y * np.log(0.7) + (1 - y) * np.log(0.3)).sum()
print(f"GLM {glm.predict(ones)[0]:.4f}; log-likelihood at 0.7: {entropy:.4f}")
assert abs(glm.predict(ones)[0] - 0.7) < 1e-6

model = sm.Logit(y, ones)
at, step = np.array([1.2]), 1e-6
slope = (model.loglike(at + step) - model.loglike(at - step)) / (2 * step)
print(f"at 1.2: slope of loglike {slope:.4f}, score {model.score(at)[0]:.4f}")
assert slope > 0.05 and model.score(at)[0] < -0.2

generator = np.random.default_rng(0)
x = sm.add_constant(generator.standard_normal(200))
shares = 0.8 * expit(x @ [0.3, 1]) + 0.1 * generator.uniform(size=200)
assert 0 < shares.min() and shares.max() < 1
slopes = {}
for method in ("newton", "nm", "powell"):
    fit = sm.Logit(shares, x).fit(method=method, disp=0, maxiter=5000)
    slopes[method] = fit.params[1]
    print(f"200 shares: {method}: slope {fit.params[1]:.2f}, pseudo-R2 {fit.prsquared:.2f}")
    assert fit.mle_retvals["converged"]
both = sm.Logit(shares, x).fit(method="bfgs", disp=0, maxiter=5000)
print(f"200 shares: bfgs: slope {both.params[1]:.2f}, converged {both.mle_retvals['converged']}")
assert not both.mle_retvals["converged"]
right = sm.GLM(shares, x, family=sm.families.Binomial()).fit().params[1]
print(f"GLM: slope {right:.2f}")
assert abs(slopes["newton"] - right) < 1e-5 and min(slopes["nm"], slopes["powell"]) > 100
PY
