#!/usr/bin/env bash
# Expected: a Categorical of PyTorch that is given a probability of exactly 0 for a class has the log-probability
# -inf there, as its KL divergence (inf) and its logits-built twin say.
# Seen: built from probs, its log_prob of the impossible class is the logarithm of the machine epsilon: -15.94 in
# float32, -36.04 in float64. Built from logits with -inf it is -inf. The KL divergence from a distribution that has
# mass there is inf in both forms, so log_prob and KL of one object contradict each other.
# Why it matters: a negative log-likelihood that should be infinite is a harmless-looking 15.94, and changes with
# the dtype; averaged over a validation set it hides that the model excluded what happened.
# Versions: torch 2.13.0. Seen with Python 3.11. Output seen:
# probs float32: -15.9424, float64: -36.0437; logits: -inf; KL: inf
set -euo pipefail
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
cd "$tmp"
python3 -m venv venv
venv/bin/pip install -q torch==2.13.0 numpy==2.4.6
venv/bin/python -I - <<'PY'
import math

import torch
from torch.distributions import Categorical, kl_divergence

happened = torch.tensor(2)
for dtype in (torch.float32, torch.float64):
    p = torch.tensor([0.5, 0.5, 0.0], dtype=dtype)
    uniform = Categorical(probs=torch.ones(3, dtype=dtype))
    by_probs, by_logits = Categorical(probs=p), Categorical(logits=p.log())
    floor = math.log(torch.finfo(dtype).eps)
    print(f"{dtype}: probs {by_probs.log_prob(happened):.4f}, logits {by_logits.log_prob(happened)} (expected -inf)")
    print(f"  KL: {kl_divergence(uniform, by_probs)}, {kl_divergence(uniform, by_logits)}")
    assert abs(by_probs.log_prob(happened) - floor) < 1e-4
    assert by_logits.log_prob(happened) == -math.inf
    assert kl_divergence(uniform, by_probs) == kl_divergence(uniform, by_logits) == math.inf
PY
