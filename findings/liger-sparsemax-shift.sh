#!/usr/bin/env bash
# Expected: sparsemax, like softmax, is the same for logits that are all moved by one number, and gives probabilities
# that add up to 1; a library that takes the largest logit away first, as all do for softmax, keeps that in float32.
# Seen: Liger's kernel does not take it away. It adds the sorted logits up as they are and subtracts 1 from the sum, which
# for many classes of similar logits is lost in rounding. For 32 768 near-equal logits the probabilities add up to 1.0025
# around 10, to 1.25 around 100 and to 2.0 around 1000 (on a GPU, which adds in another order, to 0.0: no class is left).
# entmax, the authors' own package, has 1.0 in the same float32.
# Why it matters: logits of a large vocabulary have a common offset that no loss sees, and that therefore drifts. The
# number of classes is small and centred in most tests, where both agree to the last digit.
# Versions: liger-kernel 0.8.5, torch 2.13.0, triton 3.8.0, entmax 1.3, numpy 2.4.6. Seen with Python 3.11 in Triton's
# interpreter, so without a GPU, and on an NVIDIA H200 with torch 2.11 and triton 3.6. Output seen:
# logits around 0: liger adds up to 1.0000, entmax to 1.0000
# logits around 10: liger adds up to 1.0025, entmax to 1.0000
# logits around 100: liger adds up to 1.2523, entmax to 1.0000
# logits around 1000: liger adds up to 2.0000, entmax to 1.0000
set -euo pipefail
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
cd "$tmp"
python3 -m venv venv
venv/bin/pip install -q torch==2.13.0 numpy==2.4.6
venv/bin/pip install -q triton==3.8.0 packaging==26.3
venv/bin/pip install -q --no-deps liger-kernel==0.8.5 entmax==1.3
cat >sums.py <<'PY'
import torch
from entmax import sparsemax
from liger_kernel.ops import LigerSparsemaxFunction

K = 32_768
torch.manual_seed(0)
spread = torch.rand(1, K) / K
found = {}
for offset in (0, 10, 100, 1000):
    logits = spread + offset
    found[offset] = LigerSparsemaxFunction.apply(logits, -1).double().sum().item()
    right = sparsemax(logits, -1).double().sum().item()
    print(f"logits around {offset}: liger adds up to {found[offset]:.4f}, entmax to {right:.4f}")
    assert abs(right - 1) < 1e-3
assert abs(found[0] - 1) < 1e-4
assert abs(found[100] - 1) > 0.1 and abs(found[1000] - 1) > 0.5
PY
TRITON_INTERPRET=1 venv/bin/python -W ignore sums.py
