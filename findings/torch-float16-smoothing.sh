#!/usr/bin/env bash
# Expected: cross-entropy with label smoothing in float16 is as large as without it; equal logits of K classes have the
# loss ln K, smoothed or not, and 9.2 is far from the end of float16.
# Seen: torch 2.13.0 stores the sum of the logarithms of all classes of all rows in float16, and divides by N and K
# afterwards. Once N·K·ln K passes 65504 the loss is inf: 100 classes and 256 rows are enough, or one row of 8000
# classes. Without smoothing all of them are right. The gradient is right and finite throughout.
# Why it matters: training goes on correctly while the loss that is logged, that stops a run early and that picks the
# best checkpoint is inf; a guard that skips steps whose loss is not finite skips every step. Under autocast the loss
# is in float32 and right. The same on a GPU with torch 2.11.
# Versions: torch 2.13.0, numpy 2.4.6. Seen with Python 3.11. Output seen:
# N 64, K 100: 4.61, smoothed 4.61; N 256, K 100: 4.61, smoothed inf; N 1, K 8000: 8.98, smoothed inf; gradients off by < 0.1 %
set -euo pipefail
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
cd "$tmp"
python3 -m venv venv
venv/bin/pip install -q torch==2.13.0 numpy==2.4.6
venv/bin/python -I - <<'PY'
import math

import torch
import torch.nn.functional as F


def case(N, K, dtype, eps):
    """Return the loss of equal logits and its gradient in the logit of the truth, times N."""
    z = torch.zeros(N, K, dtype=dtype, requires_grad=True)
    loss = F.cross_entropy(z, torch.zeros(N, dtype=torch.long), label_smoothing=eps)
    loss.backward()
    return loss.item(), z.grad[0, 0].item() * N


for N, K, overflows in ((64, 100, False), (256, 100, True), (1, 5000, False), (1, 8000, True)):
    plain, _ = case(N, K, torch.float16, 0.0)
    smoothed, slope = case(N, K, torch.float16, 0.1)
    _, right = case(N, K, torch.float32, 0.1)
    print(f"N {N}, K {K}: {plain:.4f}, smoothed {smoothed:.4f} (expected {math.log(K):.4f}), slope {slope:.4f} ({right:.4f})")
    assert abs(plain - math.log(K)) < 0.01
    assert math.isinf(smoothed) if overflows else abs(smoothed - math.log(K)) < 0.01
    assert abs(slope / right - 1) < 1e-3
PY
