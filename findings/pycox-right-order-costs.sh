#!/usr/bin/env bash
# Expected: the Cox loss is a softmax cross-entropy over those still at risk. The last one is alone in its set and adds 0,
# whatever its score; the further apart the scores of a right order, the nearer the loss to 0.
# Seen: pycox's cox_ph_loss adds 1e-7 to the sums of exp(score - largest score of the batch). A set whose scores all lie
# more than 16 below that of the riskiest is a rounding error beside it. Two patients in the right order with scores 20
# apart have the loss 1.95 instead of 0, eight with steps of 4 3.05 instead of 0.016, and with steps of 16 42. The
# gradient has its full size and pulls the scores together again: the more certain and right, the worse.
# Why it matters: the loss stops being one of ranks where a model is sure, and the riskiest patient of the batch decides
# for whom. The same model in another batch has another loss, and the best model is not the one of the least loss.
# Versions: pycox 0.3.0, torchtuples 0.2.2, torch 2.13.0, numpy 2.4.6, pandas 3.1.1. Seen with Python 3.11. Output seen:
# scores 0 and -20: loss 1.9512 (expected 0.0000), gradient 0.4899, -0.4899 (expected 0)
set -euo pipefail
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
cd "$tmp"
python3 -m venv venv
venv/bin/pip install -q torch==2.13.0 numpy==2.4.6 pandas==3.1.1
venv/bin/pip install -q pycox==0.3.0 torchtuples==0.2.2 numpy==2.4.6 pandas==3.1.1
cat >cox.py <<'PY'
import torch
from pycox.models.loss import cox_ph_loss


def exact(scores):
    """Return the Cox loss of patients who die in the order of their rows."""
    return (scores.flip(0).logcumsumexp(0).flip(0) - scores).mean()


def seen(scores):
    found = []
    for loss in (lambda z: cox_ph_loss(z, torch.arange(len(z)), torch.ones(len(z))), exact):
        leaf = torch.tensor(scores, requires_grad=True)
        value = loss(leaf)
        value.backward()
        found += [value.item(), leaf.grad]
    return found


for step in (1.0, 2.0, 4.0, 8.0, 16.0):
    loss, gradient, right, right_gradient = seen([-step * i for i in range(8)])
    print(f"eight in order, steps of {step}: loss {loss:.4f} (expected {right:.4f}), largest gradient {gradient.abs().max():.4f}")
    if step == 1:
        assert abs(loss - right) < 1e-4
    elif step >= 4:
        assert loss > 100 * right and gradient[0] > 0.4 and gradient[-1] < -0.1

loss, gradient, right, _ = seen([0.0, -20.0])
print(f"two, scores 0 and -20: loss {loss:.4f} (expected {right:.4f}), gradient {gradient.tolist()}")
assert loss > 1.9 and right < 1e-8 and gradient[0] > 0.4

# The same four patients beside one more, riskier and rightly the first to die.
alone, with_one = seen([-20.0, -21.0, -22.0, -23.0]), seen([0.0, -20.0, -21.0, -22.0, -23.0])
print(f"four: sum of losses {4 * alone[0]:.4f}; beside a riskier one {5 * with_one[0]:.4f} (expected {5 * with_one[2]:.4f})")
assert 5 * with_one[0] > 4 * alone[0] + 10 and abs(5 * with_one[2] - 4 * alone[2]) < 1e-3
PY
venv/bin/python -I -W ignore cox.py
