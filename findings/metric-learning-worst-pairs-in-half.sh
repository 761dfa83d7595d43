#!/usr/bin/env bash
# Expected: the further apart a positive pair is, compared with a negative one, the stronger the contrastive loss pulls; in
# half precision a few digits are lost.
# Seen: NTXentLoss of pytorch-metric-learning adds the smallest normal number of the type to the probability before it
# takes the logarithm. In float16 that is 0.00006, so that no pair costs more than 9.7, and the slope of the worst pairs
# fades: at the default temperature, with a stranger at the cosine 0.7, the pull on an anchor is 7 instead of 19, and less
# than with the stranger at 0. bfloat16 and float32 have 19. In float32 the cut is at 87.3, which temperatures around 0.01
# reach.
# Why it matters: at 0.07 the exponents differ by up to 28, so that the hard pairs, from which there is most to learn, are
# those that float16 mutes; nothing is NaN or infinite that would tell.
# Versions: pytorch-metric-learning 2.9.0, torch 2.13.0, numpy 2.4.6. Seen with Python 3.11. Output seen:
# cosine of the stranger 0.0: float32 loss 4.9 pull 20.5, bfloat16 loss 4.9 pull 20.5, float16 loss 4.9 pull 20.2
# cosine of the stranger 0.7: float32 loss 9.9 pull 19.0, bfloat16 loss 9.9 pull 19.0, float16 loss 8.1 pull 7.0
set -euo pipefail
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
cd "$tmp"
python3 -m venv venv
venv/bin/pip install -q torch==2.13.0 numpy==2.4.6
venv/bin/pip install -q pytorch-metric-learning==2.9.0 torch==2.13.0 numpy==2.4.6
cat >pull.py <<'PY'
import math

import torch
from pytorch_metric_learning.losses import NTXentLoss

labels = torch.tensor([0, 0, 1, 2])


def pull(near, dtype):
    """Return the loss, and the length of its slope in the anchor: its partner is far, and a stranger so near."""
    angles = [0.0, 1.8, -math.acos(near), math.pi]
    vectors = torch.tensor([(math.cos(t), math.sin(t)) for t in angles], dtype=dtype, requires_grad=True)
    loss = NTXentLoss()(vectors, labels)
    (slope,) = torch.autograd.grad(loss, vectors)
    return loss.item(), slope[0].double().norm().item()


types = torch.float32, torch.bfloat16, torch.float16
found = {near: {dtype: pull(near, dtype) for dtype in types} for near in (0.0, 0.7)}
for near, by_type in found.items():
    said = ", ".join(f"{str(one)[6:]} loss {loss:.1f} pull {size:.1f}" for one, (loss, size) in by_type.items())
    print(f"cosine of the stranger {near}: {said}")
assert all(abs(found[0.0][one][1] / found[0.0][torch.float32][1] - 1) < 0.05 for one in types)
pulls = [found[0.7][one][1] for one in types]
assert abs(pulls[1] / pulls[0] - 1) < 0.05 and pulls[2] < pulls[0] / 2
assert found[0.7][torch.float16][0] < found[0.7][torch.float32][0] - 1
PY
OMP_NUM_THREADS=1 venv/bin/python -W ignore pull.py
