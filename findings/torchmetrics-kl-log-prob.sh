#!/usr/bin/env bash
# Expected: torchmetrics' kl_divergence gives the same for distributions and, with log_prob=True, for their
# logarithms; a class of probability 0 adds 0.
# Seen: for p = (1/2, 1/2, 0) it is right with probabilities, and nan with log_prob=True, where the zero is -inf:
# there the term is exp(-inf) times -inf. One such row makes the mean of the batch nan. torch.distributions
# gives the right value for the same logits.
# Why it matters: log_prob=True is the form for log-softmax outputs, and -inf is what masking a class leaves there, and
# what float16 leaves of a logit far below the others.
# Versions: torchmetrics 1.9.0, torch 2.13.0. Seen with Python 3.11. Output seen:
# probabilities: 0.7136; log_prob=True: nan (expected 0.7136); torch.distributions: 0.7136
set -euo pipefail
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
cd "$tmp"
python3 -m venv venv
venv/bin/pip install -q torch==2.13.0 torchmetrics==1.9.0
venv/bin/python -I - <<'PY'
import math

import torch
from torch.distributions import Categorical
from torch.distributions import kl_divergence as torch_kl
from torchmetrics.functional import kl_divergence

p, q = torch.tensor([[0.5, 0.5, 0.0]]), torch.tensor([[0.2, 0.3, 0.5]])
right = 0.5 * math.log(0.5 / 0.2) + 0.5 * math.log(0.5 / 0.3)

plain = kl_divergence(p, q).item()
logs = kl_divergence(p.log(), q.log(), log_prob=True).item()
other = torch_kl(Categorical(logits=p.log()), Categorical(logits=q.log())).item()
print(f"probabilities: {plain:.4f}; log_prob=True: {logs} (expected {right:.4f}); torch.distributions: {other:.4f}")
assert abs(plain - right) < 1e-6 and abs(other - right) < 1e-6 and math.isnan(logs)

full = torch.tensor([[0.25, 0.25, 0.5]])
assert abs(kl_divergence(full.log(), q.log(), log_prob=True) - kl_divergence(full, q)) < 1e-6
PY
