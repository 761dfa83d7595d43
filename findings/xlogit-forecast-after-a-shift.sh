#!/usr/bin/env bash
# Expected: a multinomial logit knows the utilities of a row only up to a constant. Adding 1000 to an attribute of all
# alternatives (a year, an income) changes neither the fitted coefficient nor the forecast.
# Seen: xlogit's fit works with differences to the chosen alternative: the same coefficient and log-likelihood. Its
# predict exponentiates the utilities as they are: all probabilities are NaN, above a utility of 709 (inf/inf) as below
# -745 (0/0), and the forecast is the argmax of NaN, the first alternative for every row. Of the rows 35 % are right
# instead of 62 %, and the forecast shares, if one asks for them, are 100 %, 0 and 0.
# Why it matters: the summary of the fit is right in every digit, and the policy forecast made with it is not.
# Versions: xlogit 0.2.7, numpy 2.4.6, scipy 1.17.1. Seen with Python 3.11. Output seen (with warnings by NumPy):
# shift 0: coefficient 1.0465, shares 0.33, 0.34, 0.33; shift 1000: coefficient 1.0465, shares 1, 0, 0, probabilities NaN
set -euo pipefail
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
cd "$tmp"
python3 -m venv venv
venv/bin/pip install -q xlogit==0.2.7 numpy==2.4.6 scipy==1.17.1
venv/bin/python -I -W ignore - <<'PY'
import numpy as np
from xlogit import MultinomialLogit

generator = np.random.default_rng(1)
rows, x = 500, generator.standard_normal((500, 3))
chosen = (x + generator.gumbel(size=x.shape)).argmax(axis=1)
layout = {"varnames": ["x"], "alts": np.tile([0, 1, 2], rows), "ids": np.repeat(np.arange(rows), 3), "verbose": 0}
found = {}
for shift in (0, 1000, -1000):
    model, long = MultinomialLogit(), (x + shift).reshape(-1, 1)
    model.fit(long, np.eye(3)[chosen].ravel(), **layout)
    forecast, p = model.predict(long, return_proba=True, **layout)
    shares, right = np.bincount(forecast, minlength=3) / rows, (forecast == chosen).mean()
    print(f"shift {shift}: coefficient {model.coeff_[0]:.4f}, shares {shares}, right {right:.2f}, first row {p[0]}")
    found[shift] = model.coeff_[0], model.loglikelihood
    assert np.allclose(found[shift], found[0], rtol=1e-4)
    assert np.isnan(p).all() == (shares[0] == 1) == (shift != 0)
PY
