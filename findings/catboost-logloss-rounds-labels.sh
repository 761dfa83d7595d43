#!/usr/bin/env bash
# Expected: CatBoost's metrics Logloss and CrossEntropy are one formula, -mean(t log p + (1 - t) log(1 - p)), and give one
# number for the same labels; a label of 0.3 is either taken as it is by both, or is an error for one.
# Seen: Logloss takes a label of up to 0.5 as 0 and a larger one as 1, in eval_metric and as an eval_metric of a model,
# with no error; CrossEntropy takes the label as it is. As a loss to be fitted Logloss refuses the same labels.
# Why it matters: beside a model of soft labels that is fitted by CrossEntropy, Logloss in the log looks like the metric of
# the same name elsewhere. It falls the more the forecast exaggerates: of the forecasts below the one that knows
# the labels is the worst by Logloss, and the best by CrossEntropy.
# Versions: catboost 1.2.10, numpy 2.4.6, scipy 1.17.1, pandas 3.1.1. Seen with Python 3.11. Output seen:
# labels themselves as forecast: CrossEntropy 0.5550, Logloss 0.3324; four times their logits: 0.9520, 0.0617
set -euo pipefail
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
cd "$tmp"
python3 -m venv venv
venv/bin/pip install -q catboost==1.2.10 numpy==2.4.6 scipy==1.17.1 pandas==3.1.1
venv/bin/python -I - <<'PY'
import numpy as np
from catboost import CatBoost, CatBoostError
from catboost.utils import eval_metric

labels = np.array([0.3, 0.3, 0.6, 0.9])
logits = np.log(labels / (1 - labels))


def entropy(t, p):
    return -(t * np.log(p) + (1 - t) * np.log(1 - p)).mean()


for factor in (1, 2, 4):
    raw = factor * logits
    p = 1 / (1 + np.exp(-raw))
    [cross], [log] = eval_metric(labels, raw, "CrossEntropy"), eval_metric(labels, raw, "Logloss")
    print(f"logits times {factor}: CrossEntropy {cross:.4f}, Logloss {log:.4f} (expected {entropy(labels, p):.4f})")
    assert abs(cross - entropy(labels, p)) < 1e-6
    assert abs(log - entropy(labels > 0.5, p)) < 1e-6 and abs(log - cross) > 0.1
[half] = eval_metric([0.5], [3.0], "Logloss")
print(f"label 0.5, logit 3: Logloss {half:.4f}, that of label 0 {np.log1p(np.exp(3)):.4f}")
assert abs(half - np.log1p(np.exp(3))) < 1e-6

x = np.array([[0.0], [1.0], [2.0], [3.0]])
settings = {"iterations": 300, "verbose": 0, "allow_writing_files": False, "learning_rate": 0.3}
model = CatBoost(settings | {"loss_function": "CrossEntropy", "eval_metric": "Logloss"}).fit(x, labels)
best, p = model.get_best_score()["learn"], model.predict(x, prediction_type="Probability")[:, 1]
print(f"fitted: {best}, expected {entropy(labels, p):.4f} for both")
assert abs(best["CrossEntropy"] - entropy(labels, p)) < 1e-3
assert abs(best["Logloss"] - entropy(labels > 0.5, p)) < 1e-3
try:
    CatBoost(settings | {"loss_function": "Logloss"}).fit(x, labels)
except CatBoostError as error:
    print(f"fitted by Logloss: {type(error).__name__}")
else:
    raise AssertionError
PY
