#!/usr/bin/env bash
# Expected: an ordinal logistic regression without a penalty, on a feature that says nothing, predicts the frequencies of
# the classes, as statsmodels' OrderedModel does. In any case each class that was seen gets a positive probability.
# Seen: mord's LogisticIT, said to "implement the ordinal logistic model", minimises another loss: each row sees only
# the thresholds beside its own class, each as a binary question of its own. Where a class is smaller than the geometric
# mean of its neighbours, the two thresholds on its sides would cross; they are held together, and the class has the
# probability 0 exactly, in predict_proba too. Of classes of 60, 10, 10, 10 and 10 rows the three in the middle are gone.
# Why it matters: the log loss on its own training data is infinite, and the class is never predicted, here for data
# drawn from the very model with an informative feature too. Rare middle grades are the rule with ratings. LogisticAT,
# the class beside it, gives the frequencies.
# Versions: mord 0.7, scikit-learn 1.9.1, statsmodels 0.15.0, scipy 1.17.1, numpy 2.4.6, pandas 3.1.1. Seen with Python
# 3.11. Output seen:
# frequencies 0.4, 0.2, 0.4: LogisticIT 0.5, 0, 0.5, log loss inf; LogisticAT and OrderedModel 0.4, 0.2, 0.4
set -euo pipefail
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
cd "$tmp"
python3 -m venv venv
venv/bin/pip install -q mord==0.7 scikit-learn==1.9.1 statsmodels==0.15.0 scipy==1.17.1 numpy==2.4.6 pandas==3.1.1
venv/bin/python -I - <<'PY'
import numpy as np
from mord import LogisticAT, LogisticIT
from statsmodels.miscmodels.ordinal_model import OrderedModel


def log_loss(p, y):
    with np.errstate(divide="ignore"):
        return -np.log(p[np.arange(len(y)), y]).mean()


for counts in ([40, 20, 40], [60, 10, 10, 10, 10]):
    y = np.repeat(np.arange(len(counts)), counts)
    x = np.tile([[-1.0], [1.0]], (50, 1))
    frequencies = np.array(counts) / 100
    proportional = OrderedModel(y, x, distr="logit").fit(method="bfgs", disp=0).predict(x)
    for name, p in [
        ("statsmodels OrderedModel", proportional),
        ("mord LogisticAT", LogisticAT(alpha=0).fit(x, y).predict_proba(x)),
        ("mord LogisticIT", LogisticIT(alpha=0).fit(x, y).predict_proba(x)),
    ]:
        print(f"{name}: {p[0].round(4)} (expected {frequencies}), log loss {log_loss(p, y):.4f}")
        if name == "mord LogisticIT":
            assert (p[:, 1:-1] == 0).all() and np.isinf(log_loss(p, y))
        else:
            assert np.abs(p - frequencies).max() < 1e-3

# With a feature that decides much: the data are drawn from the proportional-odds model itself.
generator = np.random.default_rng(0)
x = generator.standard_normal((2000, 1))
y = np.digitize(x[:, 0] + generator.logistic(size=2000), [1.5, 2.0])
mean = LogisticIT(alpha=0).fit(x, y).predict_proba(x).mean(axis=0)
print(f"drawn from the model: mean probabilities {mean.round(4)}, frequencies {np.bincount(y) / 2000}")
assert mean[1] == 0 and np.bincount(y)[1] > 100
PY
