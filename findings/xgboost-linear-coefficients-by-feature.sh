#!/usr/bin/env bash
# Expected: coef_ of a fitted linear XGBClassifier holds one row for each class, as with scikit-learn's linear models:
# x @ coef_.T + intercept_ are the scores, and their softmax is predict_proba.
# Seen: XGBoost stores the weights feature by feature, all classes of the first feature first, and coef_ cuts this list
# into rows as if it were stored class by class. The shape (classes, features) is right and the numbers are in wrong
# places: the softmax of such scores misses predict_proba by 0.88. With coef_.reshape(features, classes) it agrees to
# 4e-6. For two classes, where there is one row, all is right.
# Why it matters: coefficients are read to see which feature speaks for which class. Here each feature 0, 1, 2 speaks for
# the class of its number and feature 3 for none; coef_ says that feature 0 speaks for all three.
# Versions: xgboost-cpu 3.2.0, scikit-learn 1.9.1, scipy 1.17.1, numpy 2.4.6. Seen with Python 3.11, and alike with
# xgboost-cpu 3.4.1 on Python 3.12. Output seen:
# coef_ [1.53 -0.67 -0.66 -0.82] [1.39 -0.49 -0.64 -0.57] [1.39 0 0.01 -0.01]; read by class off by 0.88, by feature by 4e-6
set -euo pipefail
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
cd "$tmp"
python3 -m venv venv
venv/bin/pip install -q xgboost-cpu==3.2.0 scikit-learn==1.9.1 scipy==1.17.1 numpy==2.4.6
venv/bin/python -I - <<'PY'
import warnings

import numpy as np
from scipy.special import softmax
from xgboost import XGBClassifier

warnings.simplefilter("ignore")
generator = np.random.default_rng(0)
x = generator.standard_normal((600, 4))
own = 2 * np.eye(4, 3)  # features 0, 1, 2 speak for the class of their number, feature 3 for none
y = (x @ own + generator.gumbel(size=(600, 3))).argmax(axis=1)


def fit(labels):
    return XGBClassifier(booster="gblinear", n_estimators=200, reg_lambda=0).fit(x, labels)


model = fit(y)
p, coef, intercept = model.predict_proba(x), model.coef_, model.intercept_
print(f"coef_ (expected: a large one at feature 0, 1, 2 in turn)\n{coef.round(2)}")
assert coef.shape == (3, 4) and (coef.argmax(axis=1) == 0).all()
by_class = np.abs(softmax(x @ coef.T + intercept, axis=1) - p).max()
turned = coef.reshape(4, 3)
by_feature = np.abs(softmax(x @ turned + intercept, axis=1) - p).max()
print(f"from predict_proba: read by class off by {by_class:.2f} (expected 1e-6), read by feature by {by_feature:.0e}")
assert by_class > 0.5 and by_feature < 1e-4
assert (turned[:3].argmax(axis=1) == [0, 1, 2]).all() and np.abs(turned[3]).max() < 0.1

two = fit(y == 0)
margin = two.predict(x, output_margin=True)
rest = np.ptp(margin - x @ two.coef_.ravel())
print(f"two classes: the margins less x @ coef_ differ by {rest:.0e}")
assert rest < 1e-4
PY
