#!/usr/bin/env bash
# Expected: predict_proba has a column for each entry of classes_. A classifier that was fitted on one class either raises
# an error, as LogisticRegression, or gives one column of ones, as trees, forests, neighbours and naive Bayes.
# Seen: scikit-learn's HistGradientBoostingClassifier and MLPClassifier have one entry in classes_ and give two columns.
# The class that was seen has column 0, with a probability near 1, and column 1 belongs to no class.
# Why it matters: p[:, 1] is P(1) wherever both classes occur. For a fold or a stratum with ones only it is about 0, the
# very opposite, in the code that works for all others; with zeros only it is right by luck. zip(classes_, p[0]) drops
# a column in silence, and a data frame with columns=classes_ is an error.
# Versions: scikit-learn 1.9.1, scipy 1.17.1, numpy 2.4.6. Seen with Python 3.11. Output seen, fitted on ones only:
# HistGradientBoosting: classes_ [1], predict 1, predict_proba [1, 2e-16]; MLP: [0.954, 0.046]; forest and others: [1]
set -euo pipefail
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
cd "$tmp"
python3 -m venv venv
venv/bin/pip install -q scikit-learn==1.9.1 scipy==1.17.1 numpy==2.4.6
venv/bin/python -I - <<'PY'
import numpy as np
from sklearn.dummy import DummyClassifier
from sklearn.ensemble import HistGradientBoostingClassifier, RandomForestClassifier
from sklearn.linear_model import LogisticRegression
from sklearn.naive_bayes import GaussianNB
from sklearn.neighbors import KNeighborsClassifier
from sklearn.neural_network import MLPClassifier
from sklearn.tree import DecisionTreeClassifier

x = np.array([[0.0], [1.0], [2.0], [3.0]])
two = (HistGradientBoostingClassifier(), MLPClassifier(max_iter=1000, random_state=0))
one = (DecisionTreeClassifier(), RandomForestClassifier(), KNeighborsClassifier(2), GaussianNB(), DummyClassifier())
for label in (1, 0, "spam"):
    for model in two + one:
        p = model.fit(x, [label] * 4).predict_proba(x)
        columns = 2 if model in two else 1
        print(f"{type(model).__name__}: classes_ {model.classes_}, predict_proba {p[0].round(4)} (expected [1.])")
        assert list(model.classes_) == [label] and p.shape == (4, columns)
        assert (p[:, 0] > 0.9).all() and (model.predict(x) == model.classes_[0]).all()
try:
    LogisticRegression().fit(x, [1] * 4)
except ValueError:
    print("LogisticRegression: ValueError")
else:
    raise AssertionError
PY
