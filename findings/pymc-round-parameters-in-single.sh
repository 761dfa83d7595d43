#!/usr/bin/env bash
# Expected: PyMC computes in double precision (floatX is float64): both parameters 1e7 make a beta-binomial as good as
# a fair coin, and the log-probability of 50 of 100 is -2.5309, as in SciPy.
# Seen: a parameter given as a number is held in float32 if it fits there exactly, and what is computed from parameters
# alone then is float32. 10000000.0 gives 23.06, a probability of 1e10, and the probabilities of 0 to 100 add up to
# 1.3e11; 10000000.1 and np.float64(10000000.0) give -2.5309. A t distribution of a million degrees of freedom is 6 %
# too low, with 1000000.1 it is right; a count of 1e8 from Poisson(1e8) has the log-probability 15.5 instead of -10.1.
# Whole numbers (1000 for 1000.0) are the same. A model with that one count has 23.06 too.
# Why it matters: round numbers are what one writes, and all whole ones up to 16 million fit. A log-likelihood for each
# value of a grid, or a comparison of models with fixed parameters, jumps between the two precisions, without a word.
# Versions: pymc 5.28.5, pytensor 2.38.3, numpy 2.4.6, scipy 1.17.1, arviz 0.23.4, numba 0.65.1. Seen with Python 3.11.
# Output seen: beta-binomial of 1e7: 23.0644, of 1e7 + 0.1: -2.5309; sum of probabilities 1.306e+11; Poisson 15.4511
set -euo pipefail
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
cd "$tmp"
python3 -m venv venv
venv/bin/pip install -q pymc==5.28.5 pytensor==2.38.3 numpy==2.4.6 scipy==1.17.1 pandas==3.1.1 numba==0.65.1 \
    arviz==0.23.4 arviz-base==0.8.2 arviz-plots==0.8.0 arviz-stats==0.8.0 matplotlib==3.9.4
cat >round.py <<'PY'
import numpy as np
import pymc as pm
import pytensor
import pytensor.tensor as pt
from scipy import stats

assert pytensor.config.floatX == "float64"
print("dtypes:", [f"{x!r} {pt.as_tensor_variable(x).dtype}" for x in (1000.0, 1000.1, np.float64(1000.0))])
assert pt.as_tensor_variable(1000.0).dtype == "float32" and pt.as_tensor_variable(1000.1).dtype == "float64"


def both(text, distribution, exact, value):
    found, right = float(pm.logp(distribution, np.array(value)).eval()), float(exact(value))
    print(f"{text}: log-probability {found:.4f} (expected {right:.4f})")
    return abs(found - right)


for a in (1000.0, 1000, 1e5, 1e7):
    for given in (a, a + 0.1, np.float64(a)):
        single = given == a and not isinstance(given, np.float64)
        distribution = pm.BetaBinomial.dist(n=100, alpha=given, beta=given)
        error = both(f"beta-binomial of {given!r}", distribution, stats.betabinom(100, given, given).logpmf, 50)
        assert error > 5e-4 if single else error < 1e-6

total = np.exp(pm.logp(pm.BetaBinomial.dist(n=100, alpha=1e7, beta=1e7), np.arange(101)).eval()).sum()
with pm.Model() as model:
    pm.BetaBinomial("heads", n=100, alpha=1e7, beta=1e7, observed=50)
whole = float(model.compile_logp()({}))
print(f"beta-binomial of 1e7: sum of probabilities {total:.4g} (expected 1), log-probability of a model {whole:.4f}")
assert total > 1e10 and whole > 20

for nu in (1e6, 1e6 + 0.1):
    error = both(f"t of {nu!r} degrees", pm.StudentT.dist(nu=nu, mu=0.0, sigma=1.0), stats.t(nu).logpdf, 0.3)
    assert error > 0.05 if nu == 1e6 else error < 1e-6
for mean in (1e8, 1e8 + 0.1):
    error = both(f"Poisson of {mean!r}", pm.Poisson.dist(mu=mean), stats.poisson(mean).logpmf, 100_000_000)
    assert error > 20 if mean == 1e8 else error < 1e-6
PY
PYTENSOR_FLAGS="compiledir=$tmp/compiled" venv/bin/python -I -W ignore round.py
