#!/usr/bin/env bash
# Expected: the gradient of a loss can be asked for as often as one likes, with retain_graph; it is the same each time.
# Seen: Liger computes the gradient in the forward pass and, when the loss is scaled before the backward pass (divided
# by the accumulation steps, multiplied by a loss scale), scales the stored gradient in place. The gradient of 2·loss,
# asked for three times, is right, twice and four times as large. After that of loss/2 the loss itself has half its
# gradient, since a factor of 1 is skipped. PyTorch's loss gives the same each time; nothing warns.
# Why it matters: methods that balance several losses, or measure gradient norms, ask twice: once to look, once to step.
# The step is then taken with another gradient than the one that was looked at.
# Versions: liger-kernel 0.8.5, torch 2.13.0, triton 3.8.0, numpy 2.4.6. Seen with Python 3.11 in Triton's interpreter,
# so without a GPU, and alike on an NVIDIA H100 with torch 2.11. Output seen:
# torch 1, 1, 1; liger 1, 2, 4 (expected 1, 1, 1); loss after loss/2: torch 2, liger 1 (expected 2)
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
y, z = torch.tensor([0, 3, 9, 4]), torch.randn(4, 10)


def liger(z, y):
    settings = None, -100, 0.0, 0.0, "mean", None, False, False, False
    return LigerCrossEntropyFunction.apply(z, y, *settings)[0]


def ratios(way, *scales):
    """Return the gradients of the scaled loss, asked for in turn, over the first."""
    leaf = z.clone().requires_grad_()
    loss = way(leaf * 1, y)
    found = [torch.autograd.grad(scale * loss, leaf, retain_graph=True)[0].clone() for scale in scales]
    return [round((gradient / found[0]).mean().item(), 4) for gradient in found]


for name, way, thrice, halved in (("torch", F.cross_entropy, [1, 1, 1], [1, 2]), ("liger", liger, [1, 2, 4], [1, 1])):
    print(f"{name}: 2·loss thrice {ratios(way, 2, 2, 2)} (expected 1, 1, 1), loss/2 and loss {ratios(way, 0.5, 1)} (expected 1, 2)")
    assert ratios(way, 2, 2, 2) == thrice and ratios(way, 0.5, 1) == halved
PY
TRITON_INTERPRET=1 venv/bin/python -W ignore loss.py
