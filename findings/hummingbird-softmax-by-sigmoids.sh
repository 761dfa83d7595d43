#!/usr/bin/env bash
# Expected: a logistic regression of scikit-learn that Hummingbird turns into a PyTorch module keeps its probabilities: for
# three classes the softmax of the scores, for two the sigmoid of the one score.
# Seen: it asks the model for its attribute multi_class. scikit-learn 1.8 removed it, and without it three classes get
# sigmoids that are divided by their sum: 0.98 becomes 0.51, and the log loss 0.12 becomes 0.61. Before, in 1.7, it says
# "deprecated", which is taken for a softmax, and the softmax of the one score of two classes is 1: class 1 is certain in
# each row, also where the label says class 0. The labels are those of scikit-learn throughout.
# Why it matters: pip installs the two together without a warning, and a test of labels or accuracy passes; what reads the
# probabilities gets those of another model. Nyoka’s PMML too has a sigmoid a class, divided by their sum ("simplemax").
# Versions: hummingbird-ml 0.4.12, scikit-learn 1.7.2 and 1.9.1, torch 2.13.0, onnx 1.16.1, nyoka 5.5.0, scipy 1.17.1,
# numpy 2.4.6. Seen with Python 3.11. Output seen:
# 1.9.1, 3 classes: first row [0.9817 0.0183 0.    ], there [0.5084 0.4916 0.    ]; log loss 0.1195, there 0.6086
# 1.7.2, 2 classes: first row [1. 0.], there [0. 1.]; log loss 0.1109, there 10.6283
set -euo pipefail
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
cd "$tmp"
python3 -m venv venv
venv/bin/pip install -q torch==2.13.0 numpy==2.4.6 scipy==1.17.1
venv/bin/pip install -q hummingbird-ml==0.4.12 onnx==1.16.1 nyoka==5.5.0 numpy==2.4.6 scipy==1.17.1 scikit-learn==1.7.2
cat >carried.py <<'PY'
import re
from pathlib import Path

import numpy as np
import sklearn
from hummingbird.ml import convert
from nyoka import skl_to_pmml
from scipy.special import softmax
from sklearn.datasets import load_iris
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import log_loss
from sklearn.pipeline import Pipeline

x, three = load_iris(return_X_y=True)
two = (three > 1).astype(int)
new = tuple(map(int, sklearn.__version__.split(".")[:2])) >= (1, 8)


def carry(classes, **attributes):
    """Return the model, its probabilities and those of its copy, whose labels are the same."""
    model = LogisticRegression(max_iter=1000).fit(x, classes)
    vars(model).update(attributes)
    there = convert(model, "torch")
    assert (there.predict(x) == model.predict(x)).all()
    own, copy = model.predict_proba(x), there.predict_proba(x)
    print(f"scikit-learn {sklearn.__version__}, {own.shape[1]} classes{attributes or ''}: first row {own[0].round(4)},",
          f"there {copy[0].round(4)}; log loss {log_loss(classes, own):.4f}, there {log_loss(classes, copy):.4f}")
    return model, own, copy


model, own, copy = carry(three)
scores = model.decision_function(x)
assert np.allclose(own, softmax(scores, 1))
if new:
    sigmoids = 1 / (1 + np.exp(-scores))
    assert np.allclose(copy, sigmoids / sigmoids.sum(1, keepdims=True), atol=1e-5) and own[0, 0] > 0.97 > 0.52 > copy[0, 0]
    assert np.allclose(*carry(three, multi_class="multinomial")[1:], atol=1e-5)
else:
    assert model.multi_class == "deprecated" and np.allclose(own, copy, atol=1e-5)

model, own, copy = carry(two)
if new:
    assert np.allclose(own, copy, atol=1e-5)
else:
    assert (copy == [0, 1]).all() and own[0, 1] < 1e-4 and model.predict(x)[0] == 0
    assert np.allclose(*carry(two, multi_class="ovr")[1:], atol=1e-5)

skl_to_pmml(Pipeline([("model", LogisticRegression(max_iter=1000).fit(x, three))]), list("abcd"), "class", "model.pmml")
methods = re.findall(r'normalizationMethod="(\w+)"', Path("model.pmml").read_text())
print("Nyoka, 3 classes:", *methods)
assert methods == ["logit"] * 3 + ["simplemax"]
PY
venv/bin/python -I -W ignore carried.py
venv/bin/pip install -q scikit-learn==1.9.1 numpy==2.4.6 scipy==1.17.1
venv/bin/python -I -W ignore carried.py
