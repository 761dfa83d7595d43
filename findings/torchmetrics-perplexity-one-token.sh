#!/usr/bin/env bash
# Expected: the perplexity is the exponential of the mean cross-entropy of the tokens. A token with the loss of 18 nats
# among a thousand of 2.3 makes it 10.2 instead of 10, from logits in float16 as from others.
# Seen: torchmetrics' Perplexity takes the softmax in the type of the logits and the logarithm after it. In float16 a
# probability below 3e-8 is 0, so one token of 18 nats makes the perplexity of the whole corpus inf, and it stays so
# until reset; in float32 it takes a gap of 104. The losses of a batch are summed in float16 too: 20000 tokens of 100 equal
# classes are inf, while in batches of 500 they are 99.88. In bfloat16, with a wide range but few digits, they are 97.75.
# Why it matters: models are evaluated in half precision, and a rare token of 18 nats is in every long text. The
# result is not near the truth but inf, or depends on how the text is cut.
# Versions: torchmetrics 1.9.0, torch 2.13.0, numpy 2.4.6. Seen with Python 3.11. Output seen:
# one token of 18 nats: float16 inf, float32 10.1582, bfloat16 10.1249; 20000 tokens: float16 inf, bfloat16 97.7487
set -euo pipefail
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
cd "$tmp"
python3 -m venv venv
venv/bin/pip install -q torch==2.13.0 numpy==2.4.6
venv/bin/pip install -q torchmetrics==1.9.0 torch==2.13.0 numpy==2.4.6
venv/bin/python -I - <<'PY'
import math
import warnings

import torch
import torch.nn.functional as F
from torchmetrics.text import Perplexity

warnings.simplefilter("error")


def perplexity(z, y, dtype, batch):
    metric = Perplexity()
    for rows, labels in zip(z.to(dtype).split(batch), y.split(batch)):
        metric.update(rows[None], labels[None])
    return metric.compute().item()


def exact(z, y):
    return F.cross_entropy(z.double(), y).exp().item()


# A thousand tokens of ten equal classes; in one of them another class is 18 above the true one.
z, y = torch.zeros(1000, 10), torch.zeros(1000, dtype=torch.long)
z[500, 1] = 18.0
for dtype in (torch.float32, torch.bfloat16, torch.float16):
    found = perplexity(z, y, dtype, 100)
    print(f"one token of 18 nats, {dtype}: {found:.4f} (expected {exact(z, y):.4f})")
    assert found == math.inf if dtype == torch.float16 else abs(found - exact(z, y)) < 0.3
without = torch.arange(1000) != 500
assert abs(perplexity(z[without], y[without], torch.float16, 100) - 10) < 0.1
z[500, 1] = 110.0
assert perplexity(z, y, torch.float32, 100) == math.inf and exact(z, y) < 12

# Twenty thousand tokens of a hundred equal classes.
z, y = torch.zeros(20000, 100), torch.zeros(20000, dtype=torch.long)
for dtype in (torch.float16, torch.bfloat16):
    whole, cut = perplexity(z, y, dtype, 20000), perplexity(z, y, dtype, 500)
    print(f"20000 tokens, {dtype}: {whole:.4f} in one batch, {cut:.4f} in batches of 500 (expected {exact(z, y):.4f})")
    assert whole == math.inf if dtype == torch.float16 else abs(whole - 100) > 1
    assert abs(cut - 100) < 1
PY
