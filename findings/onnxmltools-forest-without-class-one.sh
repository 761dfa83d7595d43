#!/usr/bin/env bash
# Expected: a random forest of LightGBM (boosting_type="rf") that onnxmltools turns into ONNX keeps its probabilities. They
# are the sigmoid, or for more classes the softmax, of the mean of what its trees say.
# Seen: the converter has the sigmoid taken of the sum and then divides by a constant 100. Class 1 has at most 0.01, however
# many trees there are, and is never predicted. Of three classes two columns are left, and all rows are of class 0. Given
# the booster of the same model, it takes the forest for boosting: the sigmoid of the sum, so that with 300 trees a
# probability of 0.57 is 1 and one of 0.49 is 0. gbdt and dart, which are sums, are right.
# Why it matters: nothing is said at conversion, the probabilities of two classes add up to 1, and only their values show
# that the classifier has become a constant, or that the mean has become certain.
# Versions: onnxmltools 1.16.0, skl2onnx 1.20.0, lightgbm 4.7.0, onnx 1.23.2, onnxruntime 1.32.0, scikit-learn 1.9.1,
# scipy 1.17.1, numpy 2.4.6. Seen with Python 3.11. Output seen:
# forest of 100: class 1 from 0.1004 to 0.8883, there from 0.0000 to 0.0100, by way of the booster from 0.0000 to 1.0000;
# rows of class 1: 52, there 0; three classes: 3 columns, there 2; right labels 0.97, there 0.33
set -euo pipefail
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
cd "$tmp"
python3 -m venv venv
venv/bin/pip install -q onnxmltools==1.16.0 skl2onnx==1.20.0 lightgbm==4.7.0 onnx==1.23.2 onnxruntime==1.32.0 \
    scikit-learn==1.9.1 scipy==1.17.1 numpy==2.4.6
cat >forest.py <<'PY'
import numpy as np
import onnxruntime
from lightgbm import LGBMClassifier
from onnxmltools import convert_lightgbm
from onnxmltools.convert.common.data_types import FloatTensorType
from scipy.special import expit, logit, softmax
from sklearn.datasets import load_iris

onnxruntime.set_default_logger_severity(3)
x, three = load_iris(return_X_y=True)
x = x.astype(np.float32)
two = (three > 1).astype(int)


def run(model):
    """Return the labels and probabilities of the converted model."""
    graph = convert_lightgbm(model, initial_types=[("x", FloatTensorType([None, 4]))], zipmap=False)
    session = onnxruntime.InferenceSession(graph.SerializeToString(), providers=["CPUExecutionProvider"])
    return session.run(None, {"x": x})


def fit(kind, trees, classes):
    bag = {"bagging_freq": 1, "bagging_fraction": 0.6} if kind == "rf" else {}
    return LGBMClassifier(boosting_type=kind, n_estimators=trees, verbose=-1, random_state=0, **bag).fit(x, classes)


for trees in (5, 100, 300):
    model = fit("rf", trees, two)
    own = model.predict_proba(x)[:, 1]
    total = trees * logit(own)
    labels, there = run(model)
    _, booster = run(model.booster_)
    print(f"forest of {trees}: class 1 from {own.min():.4f} to {own.max():.4f}, there from {there[:, 1].min():.4f} to",
          f"{there[:, 1].max():.4f}, by way of the booster from {booster[:, 1].min():.4f} to {booster[:, 1].max():.4f};",
          f"rows of class 1: {model.predict(x).sum()}, there {labels.sum()}")
    assert np.allclose(there[:, 1], expit(total) / 100, atol=1e-5) and there[:, 1].max() <= 0.0100001 and not labels.any()
    assert np.allclose(booster[:, 1], expit(total), atol=1e-3) and model.predict(x).sum() > 40
between = np.abs(own - 0.5).argsort()[:4]
print(f"nearest to ½: {own[between].round(4)}, by way of the booster {booster[between, 1].round(4)}")

model = fit("rf", 100, three)
labels, there = run(model)
print(f"three classes: {model.predict_proba(x).shape[1]} columns, there {there.shape[1]}; right labels",
      f"{(model.predict(x) == three).mean():.2f}, there {(labels == three).mean():.2f}")
assert there.shape == (150, 2) and not labels.any()
_, booster = run(model.booster_)
assert np.allclose(booster, softmax(100 * np.log(model.predict_proba(x)), 1), atol=1e-3)

for kind in ("gbdt", "dart"):
    for classes in (two, three):
        model = fit(kind, 5, classes)
        labels, there = run(model)
        assert np.allclose(there, model.predict_proba(x), atol=1e-5) and (labels == model.predict(x)).all()
print("gbdt and dart: the same probabilities and labels")
PY
venv/bin/python -I -W ignore forest.py
