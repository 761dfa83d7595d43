#!/usr/bin/env bash
# Expected: the Hill number and the Rényi and Tsallis entropies are continuous in their order; at 1, or next to it, they are
# the perplexity and the entropy: 2.80 species and 1.03 nats for the counts 5, 3, 2.
# Seen: scikit-bio asks `order == 1` and otherwise raises a sum to the power 1/(1 - order). Next to 1 that sum is 1 but for
# rounding, and the power lifts the rounding to anything: at the float below 1 the Hill number is 1.00 and both entropies
# are 0, as if there were one species; five floats above 1 it is 3.00 and 1.10. No warning.
# Why it matters: np.arange(0.5, 1.5, 0.1) holds 0.9999999999999999 where one reads 1, so the plain diversity profile has
# a hole at its best-known point, in Shannon's place; so do orders that are summed up in steps.
# Versions: scikit-bio 0.7.4, numpy 2.4.6, scipy 1.17.1. Seen with Python 3.11. Output seen:
# order 0.9: 2.8189, 1.0363; 0.9999999999999999: 1.0000, 0.0000 (expected 2.8001, 1.0297); 1.0999999999999999: 2.7816, 1.0230
set -euo pipefail
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
cd "$tmp"
python3 -m venv venv
venv/bin/pip install -q scikit-bio==0.7.4 numpy==2.4.6 scipy==1.17.1
venv/bin/python -I - <<'PY'
import warnings

import numpy as np
from skbio.diversity.alpha import hill, renyi, shannon, tsallis

warnings.simplefilter("error")
counts = [5, 3, 2]
entropy = shannon(counts)
assert abs(hill(counts, order=1) - np.exp(entropy)) < 1e-12 and abs(renyi(counts, order=1) - entropy) < 1e-12

profile = {}
for order in np.arange(0.5, 1.5, 0.1):
    profile[order] = hill(counts, order=order), renyi(counts, order=order), tsallis(counts, order=order)
    print(f"order {float(order)}: Hill {profile[order][0]:.4f}, Rényi {profile[order][1]:.4f}, Tsallis {profile[order][2]:.4f}")
hole = min(profile, key=lambda order: abs(order - 1))
print(f"next to 1 expected: Hill {np.exp(entropy):.4f}, Rényi and Tsallis {entropy:.4f}")
assert hole != 1 and abs(hole - 1) < 1e-15
assert profile[hole] == (1, 0, 0)
assert all(2.6 < found[0] < 2.95 for order, found in profile.items() if order != hole)

above = 1 + 1e-15
print(f"five floats above 1: Hill {hill(counts, order=above):.4f}, Rényi {renyi(counts, order=above):.4f}")
assert hill(counts, order=above) > 2.95 and renyi(counts, order=above) > 1.09
PY
