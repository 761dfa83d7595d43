#!/usr/bin/env bash
# Expected: the Jensen-Shannon distance of two distributions that are the same but for rounding is 0 or about 1e-8.
# Seen: SciPy's jensenshannon is NaN for a third to a half of the pairs of weights and three times the same weights, or of a
# distribution and one that differs in the ninth digit, and for up to 9 % of those of a distribution and its copy in
# float32: the sum of the relative entropies comes out a rounding error below 0, and its square root is taken as it is.
# The same array twice is 0, so a test with equal arguments passes. scipy.stats.entropy of the same pairs is never NaN.
# Why it matters: distances that go to zero are what a stopping rule waits for, and NaN < 1e-6 is false for ever. A mean
# over pairs (documents, topics, drift checks of one feature each) is lost with the first pair that agrees.
# Versions: scipy 1.17.1, numpy 2.4.6. Seen with Python 3.11. Output seen (with NumPy's warning "invalid value in sqrt"):
# 3 classes: three times the weights: NaN for 35 %, the ninth digit: 42 %, float32: 9 %; 10 classes: 44 %, 47 %, 0.5 %
set -euo pipefail
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
cd "$tmp"
python3 -m venv venv
venv/bin/pip install -q scipy==1.17.1 numpy==2.4.6
venv/bin/python -I -W ignore::RuntimeWarning - <<'PY'
import numpy as np
from scipy.spatial.distance import jensenshannon
from scipy.stats import entropy

for classes in (3, 10):
    generator = np.random.default_rng(classes)
    weights = generator.random((2000, classes))
    p = weights / weights.sum(axis=1, keepdims=True)
    pairs = {
        "three times the weights": (weights, 3 * weights),
        "the ninth digit": (p, p * (1 + 1e-9 * generator.standard_normal(p.shape))),
        "float32": (p, p.astype(np.float32)),
    }
    for name, (a, b) in pairs.items():
        distance = jensenshannon(a, b, axis=1)
        lost = np.isnan(distance).mean()
        print(f"{classes} classes, {name}: NaN for {lost:.1%} (expected 0 %), else at most {np.nanmax(distance):.1e}")
        assert np.nanmax(distance) < 1e-6 and (name == "float32" or 0.2 < lost < 0.7)
        assert np.isfinite(entropy(a, b, axis=1)).all()
    assert (jensenshannon(p, p, axis=1) == 0).all()
PY
