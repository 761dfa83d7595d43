#!/usr/bin/env bash
# Expected: the same sample weight for all rows changes little in SGDClassifier: its loss is a mean, whose ratio to the
# penalty shifts, as in LogisticRegression, where a weight of 1000 moves the slopes by 1 % on the data below.
# Seen: scikit-learn multiplies each step by the weight of its row, after the size of the step was chosen. On four rows that
# can be separated the slope is 10, 978, 9775 and 97752 for weights of 1, 100, 1000 and 10000: the weight is a learning
# rate. On rows that cannot be separated the slopes are noise: in place of 1.1 and 0.9 there are 53 and 133, by seed
# -78 or 312, with a log loss of 10 to 16 (a coin toss has 0.69). class_weight does the same.
# Why it matters: weights are often counts or inverse probabilities, of any level. predict_proba is then 0 or 1 for all
# rows, with no warning; dividing the weights by their mean mends it.
# Versions: scikit-learn 1.9.1, scipy 1.17.1, numpy 2.4.6. Seen with Python 3.11. Output seen:
# separable: weight 1: 10.1, 100: 977.5, 1000: 9775.2, 10000: 97751.7; else, weight 1000: [53.37 132.65], log loss 10.56
set -euo pipefail
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
cd "$tmp"
python3 -m venv venv
venv/bin/pip install -q scikit-learn==1.9.1 scipy==1.17.1 numpy==2.4.6
venv/bin/python -I - <<'PY'
import numpy as np
from sklearn.linear_model import LogisticRegression, SGDClassifier
from sklearn.metrics import log_loss


def sgd(x, y, weight, seed=0, **given):
    return SGDClassifier(loss="log_loss", random_state=seed, **given).fit(x, y, sample_weight=np.full(len(y), weight))


x, y = np.array([[-2.0], [-1.0], [1.0], [2.0]]), np.array([0, 0, 1, 1])
slopes = {weight: sgd(x, y, float(weight)).coef_[0, 0] for weight in (1, 100, 1000, 10_000)}
print("separable, slope by weight:", {weight: round(float(slope), 1) for weight, slope in slopes.items()})
assert slopes[1] < 20 and all(5 < slope / weight < 15 for weight, slope in slopes.items())
same = sgd(x, y, 1.0, class_weight={0: 1000, 1: 1000}).coef_[0, 0]
print(f"class_weight 1000 for both classes: {same:.1f}")
assert abs(same / slopes[1000] - 1) < 1e-6

generator = np.random.default_rng(0)
x = generator.standard_normal((1000, 2))
y = (x @ [1, 1] + generator.logistic(size=1000) > 0).astype(int)
for weight in (1.0, 1000.0):
    right = LogisticRegression().fit(x, y, sample_weight=np.full(1000, weight))
    cost = log_loss(y, right.predict_proba(x))
    print(f"weight {weight:g}: LogisticRegression {right.coef_[0].round(2)}, log loss {cost:.2f}")
    assert np.abs(right.coef_ - [1.1, 0.92]).max() < 0.02
    for seed in range(3):
        model = sgd(x, y, weight, seed)
        cost = log_loss(y, model.predict_proba(x))
        print(f"weight {weight:g}: SGDClassifier, seed {seed}: {model.coef_[0].round(2)}, log loss {cost:.2f}")
        assert (cost < 0.8) if weight == 1 else (cost > 2 and np.abs(model.coef_).max() > 50)
PY
