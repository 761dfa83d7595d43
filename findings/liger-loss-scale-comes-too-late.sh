#!/usr/bin/env bash
# Expected: in float16 the loss is multiplied by a large scale before the backward pass, so that small gradients do not
# round to zero; with a scale of 2**15 no logit of a softmax over 20 000 classes has the gradient 0.
# Seen: Liger computes and rounds the gradient in the forward pass, before it can know the scale, and multiplies the
# rounded numbers. With 2048 rows 76 % of the gradient is exactly 0, scaled or not; of PyTorch's none is, with the scale.
# Why it matters: what is lost is what pushes the wrong classes down. The loss scale is set, grows and shrinks as it
# should, and does nothing for the largest gradient of the model. bfloat16 has no such floor.
# Versions: liger-kernel 0.8.5, torch 2.13.0, triton 3.8.0, numpy 2.4.6. Seen with Python 3.11 in Triton's interpreter,
# so without a GPU, and alike on an NVIDIA H100 with torch 2.11 (4096 rows, 32 000 classes: 97 %). Output seen:
# zeros in the gradient, unscaled and scaled: torch 0.76, 0.00; liger 0.76, 0.76
set -euo pipefail
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
cd "$tmp"
python3 -m venv venv
venv/bin/pip install -q torch==2.13.0 numpy==2.4.6
venv/bin/pip install -q triton==3.8.0
venv/bin/pip install -q --no-deps liger-kernel==0.8.5
venv/bin/pip install -q packaging==26.3
cat >loss.py <<'PY'
import torch
import torch.nn.functional as F
from liger_kernel.ops.cross_entropy import LigerCrossEntropyFunction

torch.manual_seed(0)
N, K = 2048, 20000
z, y = torch.randn(N, K).half(), torch.randint(K, (N,))


def liger(z, y):
    settings = None, -100, 0.0, 0.0, "mean", None, False, False, False
    return LigerCrossEntropyFunction.apply(z, y, *settings)[0]


def zeros(way, scale):
    leaf = z.clone().requires_grad_()
    (scale * way(leaf * 1, y)).backward()
    return (leaf.grad == 0).double().mean().item()


torch_plain, torch_scaled = (zeros(F.cross_entropy, scale) for scale in (1, 2**15))
plain, scaled = (zeros(liger, scale) for scale in (1, 2**15))
print(f"zeros in the gradient, unscaled and scaled: torch {torch_plain:.2f}, {torch_scaled:.2f}; liger {plain:.2f}, {scaled:.2f}")
assert torch_scaled < 0.001 and torch_plain > 0.5
assert scaled == plain > 0.5
PY
TRITON_INTERPRET=1 venv/bin/python -W ignore loss.py
