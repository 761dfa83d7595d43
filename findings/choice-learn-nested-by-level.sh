#!/usr/bin/env bash
# Expected: a nested logit depends on differences of utilities only: with all prices 20 higher the slope, the scale of
# the nests and the likelihood stay, as they do in the plain logit of the same library. Probabilities add up to 1.
# Seen: choice-learn's NestedLogit takes exp of utility / scale in float32, held at 50 from above and not shifted. At a
# scale of 0.3 utilities above 15 are all equal, and those below -31 are 0. With the very model that drew the data, the
# probabilities of an offer with prices 30 higher are below 1e-10 for all alternatives, and the loss is over 70; with
# utilities 30 higher they are 1/4 each. A fit to the same choices has a scale of 0.36, of 0.47 with prices 10 higher,
# of 0.67 with prices 20 higher, and is NaN with 30.
# Why it matters: the scale is what a nested logit is fitted for, the correlation 1 - scale^2 within a nest: it falls
# from 0.87 to 0.55 by the level of the prices, with a finite loss and no error. The plain logit stays.
# Versions: choice-learn 1.3.3, tensorflow 2.20.0, tensorflow-probability 0.25.0, tf-keras 2.20.1, numpy
# 2.4.6, pandas 2.3.3. Seen with Python 3.11. Output seen:
# prices + 0: scale 0.3565; + 10: 0.4660; + 20: 0.6709; + 30: nan; plain logit -1.4040 each time
set -euo pipefail
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
cd "$tmp"
python3 -m venv venv
venv/bin/pip install -q choice-learn==1.3.3 tensorflow==2.20.0 tensorflow-probability==0.25.0 \
    tf-keras==2.20.1 numpy==2.4.6 pandas==2.3.3
cat >nested.py <<'PY'
import logging

import numpy as np
from choice_learn.data import ChoiceDataset
from choice_learn.models import NestedLogit, SimpleMNL
from choice_learn.models.nested_logit import nested_softmax_with_availabilities as nested

logging.disable(logging.CRITICAL)
nests, scale = np.array([0, 0, 1, 1]), 0.3


def exact(u):
    inclusive = scale * np.logaddexp(u[:, ::2] / scale, u[:, 1::2] / scale)
    of_nest = inclusive - np.logaddexp(inclusive[:, :1], inclusive[:, 1:])
    return np.exp(of_nest.repeat(2, axis=1) + (u - inclusive.repeat(2, axis=1)) / scale)


def library(u):
    ones = np.ones(u.shape, np.float32)
    return nested(u, ones, nests, scale * ones).numpy()


generator = np.random.default_rng(0)
price = generator.uniform(0, 10, size=(1000, 4, 1)).astype(np.float32)
p = exact(-price[:, :, 0].astype(float))
y = np.array([generator.choice(4, p=row / row.sum()) for row in p])
for level in (0, 5, 30, -30):
    found = library(-price[:, :, 0] - level)
    loss = -np.log(np.maximum(found[np.arange(1000), y], 1e-35)).mean()
    print(f"the true model, prices {level:+}: {found[0].round(4)} (expected {p[0].round(4)}), loss {loss:.4f}")
    right, none, even = np.allclose(found, p, atol=1e-5), found.max() < 1e-10 and loss > 70, (found == 0.25).all()
    assert {0: right, 5: loss > 0.375, 30: none, -30: even}[level]

scales, slopes = [], []
for level in (0, 10, 20, 30):
    dearer = price + np.float32(level)
    data = ChoiceDataset(y, items_features_by_choice=dearer, items_features_by_choice_names=["price"])
    model = NestedLogit([[0, 1], [2, 3]], shared_gammas_over_nests=True, coefficients={"price": "constant"}, epochs=300)
    plain = SimpleMNL(intercept=None, epochs=300)
    _ = [each.fit(data, get_report=False, verbose=0) for each in (model, plain)]
    scales.append(float(model.trainable_weights[-1].numpy().item()))
    slopes.append(float(plain.trainable_weights[0].numpy().item()))
    loss = float(model.evaluate(data))
    print(f"prices + {level}: scale {scales[-1]:.4f}, loss {loss:.4f}; plain logit {slopes[-1]:.4f}")
assert np.ptp(slopes) < 1e-3 and 0.3 < scales[0] < 0.4 < scales[1] < 0.5
assert 0.6 < scales[2] < 0.8 and np.isnan(scales[3])
PY
TF_CPP_MIN_LOG_LEVEL=3 venv/bin/python -I -W ignore nested.py
