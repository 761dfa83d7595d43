#!/usr/bin/env bash
# Expected: a CRF learns the same from a number in kilometres as in metres: the weight is a thousandth, the accuracy the
# same. With the default c2 = 1 the weight in metres is even less penalised.
# Seen: in metres CRFsuite's fit ends without an error or a warning, and the model has no weights at all: every label of
# every item has the probability 1/2. The first step of L-BFGS has the length 1 and gives scores in the thousands;
# crf1d_context.c exponentiates scores as they are, which overflows above 709; loss and gradient are no longer finite, the
# line search gives up, and train_lbfgs.c returns the weights of before, all 0, as a success. Its code -998 goes to a log
# that is off. With a c1 > 0, whose line search halves the step, the fit is right. A fitted model has the same border: where
# the score of the label that it predicts, and rightly, is above 709, the probabilities of all labels are NaN.
# Why it matters: one unscaled number (a price, an offset in bytes) empties the whole model, the transitions and the words
# with it. It is still a model: it predicts, it can be saved, and a grid search takes it for the effect of c1 = 0.
# Versions: sklearn-crfsuite 0.5.0, python-crfsuite 0.9.12, numpy 2.4.6, scikit-learn 1.6.1. Seen with Python 3.11. Output:
# scale 1: weight 1.707 per unit, weights (3, 4), right 0.738; scale 1000: weight 0, weights (0, 0), right 0.506, each p 0.5
set -euo pipefail
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
cd "$tmp"
python3 -m venv venv
venv/bin/pip install -q sklearn-crfsuite==0.5.0 python-crfsuite==0.9.12 numpy==2.4.6 scikit-learn==1.6.1
venv/bin/python -I -W error - <<'PY'
import math

import numpy as np
from sklearn_crfsuite import CRF

generator = np.random.default_rng(0)
distance = generator.standard_normal((200, 5))
far = generator.random(distance.shape) < 1 / (1 + np.exp(-2 * distance))
labels = [["far" if one else "near" for one in row] for row in far]
best = (far == (distance > 0)).mean()


def fit(scale, **options):
    rows = [[{"distance": scale * x, "bias": 1.0} for x in row] for row in distance.tolist()]
    model = CRF(**options).fit(rows, labels)
    weight = scale * model.state_features_.get(("distance", "far"), 0)
    right, p = model.score(rows, labels), model.predict_marginals(rows)[0][0]["far"]
    weights = len(model.state_features_), len(model.transition_features_)
    print(f"scale {scale}, {options}: weight {weight:.3f} per unit, weights {weights}, right {right:.3f}, first p {p:.3f}")
    return model, weight, weights, right, p


print(f"right by the sign of the distance alone: {best:.3f}")
model, weight, weights, right, p = fit(1)
assert 1.6 < weight < 1.8 and weights == (3, 4) and right > best - 0.01
_, expected, _, _, _ = fit(1, c2=1e-6)
for options in ({}, {"c2": 1e-6}, {"c2": 100.0}):
    _, weight, weights, right, p = fit(1000, **options)
    assert (weight, weights, p) == (0, (0, 0), 0.5) and right < 0.53
for scale, options in ((100, {}), (1000, {"c1": 0.1}), (1000, {"c1": 0.01})):
    _, weight, weights, right, p = fit(scale, **options)
    assert abs(weight / expected - 1) < 0.02 and weights == (3, 4) and right > best - 0.01

for x in (300.0, 500.0):
    item = [{"distance": x, "bias": 1.0}]
    p = model.predict_marginals_single(item)[0]
    print(f"distance {x}: predicted {model.predict_single(item)}, probabilities {p}")
    assert list(model.predict_single(item)) == ["far"]
    assert p["far"] == 1 if x == 300 else all(math.isnan(one) for one in p.values())
PY
