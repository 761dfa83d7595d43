#!/usr/bin/env bash
# Expected: a metric of torchmetrics over the same scores and labels is the same, however they are cut into batches;
# whether the scores are logits is decided once.
# Seen: each call of update looks at its own batch. If all scores of the batch lie in [0, 1] they pass for
# probabilities, else they are logits and go through a sigmoid. Eight logits in one batch and the same eight one
# by one give another accuracy, another area under the curve and another calibration error; nothing warns.
# Why it matters: logits of a young or well-calibrated model are small, the last batch of an epoch is short, and the
# curve then depends on the batch size. Scores put through torch.sigmoid first agree in every split.
# Versions: torchmetrics 1.9.0, torch 2.13.0. Seen with Python 3.11. Output seen:
# accuracy 0.6250 in one batch, 0.7500 row by row; AUROC 0.9333, 0.8667; calibration error 0.2136, 0.2504
set -euo pipefail
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
cd "$tmp"
python3 -m venv venv
venv/bin/pip install -q torch==2.13.0 torchmetrics==1.9.0
venv/bin/python -I - <<'PY'
import warnings

import torch
from torchmetrics.classification import BinaryAccuracy, BinaryAUROC, BinaryCalibrationError

warnings.simplefilter("error", UserWarning)
z = torch.tensor([-1.5, 0.3, 0.9, 0.1, -0.4, 2.0, 0.6, 0.2])
y = torch.tensor([0, 1, 1, 0, 0, 1, 0, 0])


def both(metric, scores):
    whole = metric(scores, y).item()
    metric.reset()
    for score, label in zip(scores, y):
        metric.update(score[None], label[None])
    return whole, metric.compute().item()


for metric in (BinaryAccuracy(), BinaryAUROC(), BinaryCalibrationError(n_bins=5)):
    whole, rows = both(metric, z)
    print(f"{type(metric).__name__}: one batch {whole:.4f}, row by row {rows:.4f} (expected the same)")
    assert abs(whole - rows) > 0.01
    metric.reset()
    whole, rows = both(metric, torch.sigmoid(z))
    print(f"  of probabilities: {whole:.4f}, {rows:.4f}")
    assert abs(whole - rows) < 1e-6
PY
