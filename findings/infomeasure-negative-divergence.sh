#!/usr/bin/env bash
# Expected: the cross-entropy of a sample relative to one in which an observed value never occurs is infinite, and so is the
# Kullback-Leibler divergence; whatever a library does instead, no divergence is negative and no cross-entropy is smaller
# than the entropy.
# Seen: infomeasure leaves out what occurs in the first sample alone and keeps the rest of the sum. Of the thirds
# (0, 1, 2), coded by a sample that has no 2, the cross-entropy is 0.46 where the entropy is 1.10, and the divergence is
# -0.64, without a word. The less two samples have in common, the better they agree: without a common value the
# cross-entropy is 0, and only then a warning is logged.
# Why it matters: a class that a model has never predicted is just what cross-entropy is there to punish. Here it is
# a reward, and the smallest value of a comparison is the worst model. pyitlib and dit return inf for the same.
# Versions: infomeasure 0.6.3, numpy 2.4.6, scipy 1.17.1. Seen with Python 3.11. Output seen:
# entropy 1.0986, cross-entropy 0.4621, divergence -0.6365 (expected inf); nothing in common: cross-entropy 0, divergence -1.0986
set -euo pipefail
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
cd "$tmp"
python3 -m venv venv
venv/bin/pip install -q infomeasure==0.6.3 numpy==2.4.6 scipy==1.17.1
venv/bin/python -I - <<'PY'
import math

import infomeasure

truth = [0, 0, 1, 1, 2, 2]
entropy = infomeasure.entropy(truth, approach="discrete")
assert abs(entropy - math.log(3)) < 1e-12


def against(predicted):
    both = truth, predicted
    return infomeasure.cross_entropy(*both, approach="discrete"), infomeasure.kld(*both, approach="discrete")


same, zero = against(truth)
assert abs(same - entropy) < 1e-12 and abs(zero) < 1e-12
for name, predicted in (("no 2", [0, 0, 0, 1, 1, 1]), ("nothing in common", [3, 3, 3, 4, 4, 4])):
    cross, divergence = against(predicted)
    print(f"{name}: entropy {entropy:.4f}, cross-entropy {cross:.4f}, divergence {divergence:.4f} (expected inf)")
    assert cross < entropy and divergence < 0
PY
