#!/usr/bin/env bash
# Expected: CrossEntropyMaxSupLoss(max_sup, weight=w) is the cross-entropy with these class weights plus max_sup times a
# penalty, and goes over into it as max_sup goes to 0; with reduction="none" there is one loss a row.
# Seen: at max_sup = 0 it is that of torch. At any other value torch-uncertainty takes the cross-entropy without weights, as
# the mean of the batch, adds the penalty, multiplies this column by the row of the weights and averages the table: the
# mean of the weights times the unweighted loss. Any order of the weights gives the same, and all gradients follow. With
# reduction="none" each row has the mean, or a whole row of the table. At max_sup = 1e-9 the loss jumps from 0.61 to 3.79.
# Why it matters: weights for rare classes are lost without a sign, and replaced by a factor on the learning rate.
# Versions: torch-uncertainty 0.13.0, torch 2.13.0, numpy 2.4.6. Seen with Python 3.11, the module of the losses loaded by
# itself, since the package asks for much more. Output seen:
# weights 1, 2, 9: max_sup 0: 0.6102, 1e-9: 3.7899; weights 9, 2, 1: 0.9843, 3.7899 (expected the same in each pair)
set -euo pipefail
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
cd "$tmp"
python3 -m venv venv
venv/bin/pip install -q torch==2.13.0 numpy==2.4.6
venv/bin/pip install -q --no-deps torch-uncertainty==0.13.0
cat >weights.py <<'PY'
import importlib.util
import sysconfig
import warnings

import torch
import torch.nn.functional as F

path = sysconfig.get_path("purelib") + "/torch_uncertainty/losses/classification.py"
spec = importlib.util.spec_from_file_location("classification", path)
losses = importlib.util.module_from_spec(spec)
spec.loader.exec_module(losses)
warnings.simplefilter("error")

z = torch.tensor([[2.0, 0, 0], [1, 0, 0], [0, 1, 0], [0, 0, 1], [1, 0, 0], [0, 0, 2]])
y = torch.tensor([0, 0, 0, 0, 1, 2])
plain, seen = F.cross_entropy(z, y), []
for weight in ([1.0, 2.0, 9.0], [9.0, 2.0, 1.0]):
    weight = torch.tensor(weight)
    right = F.cross_entropy(z, y, weight=weight)
    zero, small = (losses.CrossEntropyMaxSupLoss(max_sup=max_sup, weight=weight)(z, y) for max_sup in (0.0, 1e-9))
    print(f"weights {weight.tolist()}: max_sup 0: {zero:.4f}, 1e-9: {small:.4f} (expected {right:.4f} for both)")
    assert torch.isclose(zero, right) and torch.isclose(small, weight.mean() * plain)
    seen.append(small)
assert torch.isclose(*seen) and abs(seen[0] / right - 1) > 1

rows = F.cross_entropy(z, y, reduction="none")
found = losses.CrossEntropyMaxSupLoss(max_sup=1e-9, reduction="none")(z, y)
table = losses.CrossEntropyMaxSupLoss(max_sup=1e-9, weight=weight, reduction="none")(z, y)
print(f"none: {found.flatten().tolist()} (expected {rows.tolist()}); with weights the shape is {tuple(table.shape)}")
assert torch.allclose(found, plain.expand(6, 1)) and table.shape == (6, 3)
PY
venv/bin/python -I weights.py
