#!/usr/bin/env bash
# Expected: PyTensor finds unstable formulas and replaces them. Either it sees that a logarithm of a softmax is a
# log-softmax, and loss and gradient are right, or it does not, and both fail. The order of picking an entry and taking
# its logarithm is no matter.
# Seen: loss and gradient are rewritten apart. For a mistake of 800, log(softmax(z))[1] is right in both; log(softmax(z)[1])
# has the right value, -800, and the gradient NaN; log(exp(z)/sum(exp(z)))[1] has the value -inf and the right
# gradient. In the mode FAST_COMPILE the first has the value -inf as well.
# Why it matters: with the second form the loss that is watched is finite and right to the end while one such row makes
# every parameter NaN; with the third the fit goes well and its loss cannot be shown. log_softmax is right in all.
# Versions: pytensor 3.0.7, numpy 2.4.6, scipy 1.17.1; a C++ compiler is not needed. Seen with Python 3.11. Output seen:
# log(softmax(z))[1] -800 [-1, 1]; log(softmax(z)[1]) -800 [nan, nan]; log(exp/sum)[1] -inf [-1, 1]; log_softmax(z)[1] -800 [-1, 1]
set -euo pipefail
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
cd "$tmp"
python3 -m venv venv
venv/bin/pip install -q pytensor==3.0.7 numpy==2.4.6 scipy==1.17.1
PYTENSOR_FLAGS="base_compiledir=$tmp/compiled,cxx=" venv/bin/python -W ignore - <<'PY'
import numpy as np
import pytensor
import pytensor.tensor as pt
from pytensor.tensor.special import log_softmax, softmax

z = pt.dvector("z")
ways = {
    "log(softmax(z))[1]": (pt.log(softmax(z, axis=0))[1], -800, [-1, 1]),
    "log(softmax(z)[1])": (pt.log(softmax(z, axis=0)[1]), -800, [np.nan, np.nan]),
    "log(exp(z)/sum(exp(z)))[1]": (pt.log(pt.exp(z) / pt.exp(z).sum())[1], -np.inf, [-1, 1]),
    "log_softmax(z)[1]": (log_softmax(z, axis=0)[1], -800, [-1, 1]),
}
point = np.array([0.0, -800.0])
for name, (loss, value, slope) in ways.items():
    found = pytensor.function([z], loss, mode="FAST_RUN")(point)
    gradient = pytensor.function([z], pytensor.grad(loss, z), mode="FAST_RUN")(point)
    quick = pytensor.function([z], loss, mode="FAST_COMPILE")(point)
    print(f"{name}: {found}, gradient {gradient} (expected -800.0, [-1. 1.]); FAST_COMPILE {quick}")
    np.testing.assert_array_equal(found, value)
    np.testing.assert_array_equal(gradient, slope)
    np.testing.assert_array_equal(quick, -800 if name.startswith("log_s") else -np.inf)
PY
