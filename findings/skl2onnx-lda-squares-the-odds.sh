#!/usr/bin/env bash
# Expected: a linear discriminant analysis has the same probabilities after its conversion to ONNX, up to float32: for two
# classes the sigmoid of its one score, in scikit-learn and in the graph.
# Seen: skl2onnx writes the score of two classes as the pair -s, s and has the softmax taken of it, which is the sigmoid of
# 2s. The odds are squared: 0.70 becomes 0.84, and 0.90 becomes 0.99. The labels agree, three classes are right, and so is a
# logistic regression of the same two, for which the converter chooses the sigmoid. In float64 it is the same.
# Why it matters: what was calibrated arrives overconfident, and the log loss of 0.45 becomes 0.53. Labels, their ranks and
# any test on well separated classes, where all is 0 or 1, show nothing.
# It was reported as issue 1116 of sklearn-onnx in 2024, which is closed; release and main branch of 2026 still do it.
# Versions: skl2onnx 1.20.0, onnx 1.23.2, onnxruntime 1.32.0, scikit-learn 1.9.1, scipy 1.17.1, numpy 2.4.6. Seen with
# Python 3.11. Output seen:
# LinearDiscriminantAnalysis, 2 classes, float32: log loss 0.4459, there 0.5346; first row [0.8386 0.1614],
# there [0.9643 0.0357]; class 1 with 0.6986, there 0.8430; with 0.9021, there 0.9884
set -euo pipefail
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
cd "$tmp"
python3 -m venv venv
venv/bin/pip install -q skl2onnx==1.20.0 onnx==1.23.2 onnxruntime==1.32.0 scikit-learn==1.9.1 scipy==1.17.1 numpy==2.4.6
cat >lda.py <<'PY'
import numpy as np
from onnxruntime import InferenceSession
from sklearn.discriminant_analysis import LinearDiscriminantAnalysis
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import log_loss
from skl2onnx import to_onnx


def carry(model, classes, dtype):
    """Return the probabilities of a model and those of its graph, whose labels are the same."""
    y = np.arange(200) % classes
    x = (np.eye(classes)[y] + np.random.default_rng(0).standard_normal((200, classes))).astype(dtype)
    model.fit(x, y)
    session = InferenceSession(to_onnx(model, x[:1], options={id(model): {"zipmap": False}}).SerializeToString())
    labels, there = session.run(None, {"X": x})
    own = model.predict_proba(x)
    assert (labels == model.predict(x)).all()
    print(f"{type(model).__name__}, {classes} classes, {np.dtype(dtype)}: log loss {log_loss(y, own):.4f},",
          f"there {log_loss(y, there):.4f}; first row {own[0].round(4)}, there {there[0].round(4)}")
    return own, there


for dtype in (np.float32, np.float64):
    own, there = carry(LinearDiscriminantAnalysis(), 2, dtype)
    squared = own**2 / (own**2).sum(1, keepdims=True)
    assert np.allclose(there, squared, atol=1e-4) and np.abs(there - own).max() > 0.14
    assert np.allclose(*carry(LinearDiscriminantAnalysis(), 3, dtype), atol=1e-4)
    assert np.allclose(*carry(LogisticRegression(), 2, dtype), atol=1e-4)
for p in (0.6, 0.7, 0.8, 0.9):
    nearest = np.abs(own[:, 1] - p).argmin()
    print(f"class 1 with {own[nearest, 1]:.4f}, there {there[nearest, 1]:.4f}")
PY
venv/bin/python -I -W ignore lda.py
