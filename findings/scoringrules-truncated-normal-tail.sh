#!/usr/bin/env bash
# Expected: the scores of a truncated normal forecast are those of SciPy's truncnorm, in the tail too: a log score about
# -1.3 and a CRPS below 0.1 for a standard normal cut off at 6 or 9 and an observation 0.1 above the cut.
# Seen: scoringrules subtracts two values of the distribution function. From a cut at 8.3 standard deviations on the
# difference is 0 and the log score is -inf, the best score there is, for observations near and far; the truncated
# logistic has it from 37 on. The CRPS is wrong much sooner: at a cut of 6 it is 6.27 instead of 0.03.
# Why it matters: a forecast of wind or rain is a normal cut off at 0, and its mean and width are fitted by minimising
# just these scores. The log score has its minimum, -inf, at a mean nine widths below 0, which of all
# forecasts is an absurd one.
# Versions: scoringrules 0.10.0, scipy 1.17.1, numpy 2.4.6. Seen with Python 3.11. Output seen (with NumPy's warnings):
# cut 4: log score -1.0362, CRPS 0.0525, both right; cut 6: -1.2128, 6.2678 (expected 0.0311); cut 9: -inf, nan
set -euo pipefail
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
cd "$tmp"
python3 -m venv venv
venv/bin/pip install -q scoringrules==0.10.0 scipy==1.17.1 numpy==2.4.6
venv/bin/python -I -W ignore::RuntimeWarning - <<'PY'
import numpy as np
import scoringrules
from scipy.integrate import quad
from scipy.stats import truncnorm

for cut in (4.0, 6.0, 9.0):
    observed, forecast = cut + 0.1, truncnorm(cut, np.inf)
    log_score = scoringrules.logs_tnormal(observed, 0.0, 1.0, cut)
    crps = scoringrules.crps_tnormal(observed, 0.0, 1.0, cut)
    right = quad(lambda x: forecast.cdf(x) ** 2, cut, observed)[0]
    right += quad(lambda x: forecast.sf(x) ** 2, observed, cut + 5)[0]
    exact = -forecast.logpdf(observed)
    print(f"cut {cut}: log score {log_score:.4f} (expected {exact:.4f}), CRPS {crps:.4f} (expected {right:.4f})")
    if cut == 4:
        assert abs(log_score - exact) < 1e-6 and abs(crps - right) < 1e-6
    elif cut == 6:
        assert abs(log_score - exact) < 1e-6 and crps > 50 * right
    else:
        assert log_score == -np.inf and np.isnan(crps) and abs(exact + 1.3) < 0.01

# A normal cut off at 0 for wind speeds: the mean -9 is by far the worse forecast, and scores best.
winds = np.array([2.0, 5.0, 8.0])
for mean in (5.0, -9.0):
    score = scoringrules.logs_tnormal(winds, mean, 1.0, 0.0).mean()
    exact = -truncnorm.logpdf(winds, -mean, np.inf, loc=mean).mean()
    print(f"mean {mean}: log score {score:.1f} (expected {exact:.1f})")
    assert (score == -np.inf) == (mean == -9) and np.isfinite(exact)
assert scoringrules.logs_tlogistic(40.1, 0.0, 1.0, 40.0) == -np.inf
PY
