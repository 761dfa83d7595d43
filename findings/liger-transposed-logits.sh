#!/usr/bin/env bash
# Expected: Liger's cross-entropy of logits that lie transposed in memory has the value and the gradient of their copy,
# as every loss of PyTorch; the code makes them contiguous itself.
# Seen: the loss is right, and the gradient that is returned is the logits. (The copy is made where gradients are not
# recorded, so it does not ask for one, and the kernel, which computes the gradient in the forward pass, skips it;
# what is handed back is the copy.) Rows that are strided, or shifted, are right. Nothing warns.
# Why it matters: `(W @ hidden.T).T`, or a view of images with the classes first, is such a tensor. The loss looks right at
# the first step and from then on every logit is pulled towards zero, whatever the labels.
# Versions: liger-kernel 0.8.5, torch 2.13.0, triton 3.8.0, numpy 2.4.6. Seen with Python 3.11 in Triton's interpreter,
# so without a GPU, and alike on an NVIDIA H100 with torch 2.11. Output seen:
# contiguous: loss off by 2e-07, gradient by 1.5e-08; transposed: loss off by 2e-07, gradient by 2.1, it is the logits: True
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
y = torch.tensor([0, 3, 9, 4])
rows = torch.randn(4, 10)
for name, z, is_right in (
    ("contiguous", rows, True),
    ("every second row", torch.randn(8, 10)[::2], True),
    ("transposed", rows.T.contiguous().T, False),
):
    exact = z.clone().requires_grad_()
    right = F.cross_entropy(exact, y)
    right.backward()
    leaf = z.detach().requires_grad_()
    before = z.clone()
    settings = None, -100, 0.0, 0.0, "mean", None, False, False, False
    loss = LigerCrossEntropyFunction.apply(leaf * 1, y, *settings)[0]
    loss.backward()
    gap = (leaf.grad - exact.grad).abs().max().item()
    logits = torch.equal(leaf.grad, before)
    print(f"{name}: loss off by {abs(loss - right).item():.1g}, gradient by {gap:.2g} (expected 0), it is the logits: {logits}")
    assert abs(loss - right) < 1e-6
    assert gap < 1e-6 if is_right else logits
PY
TRITON_INTERPRET=1 venv/bin/python -W ignore loss.py
