#!/usr/bin/env bash
# Expected: the focal loss is the cross-entropy times (1 - p)^gamma, so with gamma = 0 and no weights it is the
# cross-entropy, in every library.
# Seen: of the same logits of 3 classes, whose cross-entropy is 1.436: MONAI with use_softmax 0.479, a third (its mean
# runs over the classes, too, K - 1 of which add nothing); MONAI by default 0.828 (K binary losses); Kornia 0.479 and, with
# alpha = 0.5, half of that. Kornia's alpha is given to all classes but the first, which gets 1 - alpha.
# Why it matters: a rate, a balance with a Dice term or a published weight that was found with one of them is off by K in
# another, or by K/alpha. A comparison "focal against cross-entropy" with one rate compares two step sizes.
# Versions: monai 1.6.1, kornia 0.9.0, torch 2.13.0, numpy 2.4.6. Seen with Python 3.11. Output seen:
# cross-entropy 1.4360; MONAI softmax 0.4787, default 0.8283; Kornia 0.4787, alpha 0.5 0.2393
# equal logits, alpha 0.25: truth 0 0.2747, truth 1 0.0916
set -euo pipefail
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
cd "$tmp"
python3 -m venv venv
venv/bin/pip install -q torch==2.13.0 numpy==2.4.6 monai==1.6.1 kornia==0.9.0
venv/bin/python -I -W ignore - <<'PY'
import torch
import torch.nn.functional as F
from kornia.losses import focal_loss
from monai.losses import FocalLoss

torch.manual_seed(0)
z, y = torch.randn(4, 3, 8, 8), torch.randint(3, (4, 8, 8))
right = F.cross_entropy(z, y).item()
rows = F.one_hot(y, 3).movedim(-1, 1).float()
binary = F.binary_cross_entropy_with_logits(z, rows).item()


def monai(**options):
    return FocalLoss(to_onehot_y=True, gamma=0.0, **options)(z, y[:, None]).item()


def kornia(alpha, z=z, y=y):
    return focal_loss(z, y, alpha=alpha, gamma=0.0, reduction="mean").item()


print(f"cross-entropy {right:.4f}, binary {binary:.4f}")
print(f"MONAI with use_softmax {monai(use_softmax=True):.4f}, by default {monai():.4f} (expected {right:.4f})")
print(f"Kornia {kornia(None):.4f}, alpha 0.5 {kornia(0.5):.4f} (expected {right:.4f}, {right / 2:.4f})")
for found, expected in (
    (monai(use_softmax=True), right / 3),
    (monai(), binary),
    (kornia(None), right / 3),
    (kornia(0.5), right / 6),
):
    assert abs(found / expected - 1) < 1e-5

equal = torch.zeros(1, 3, 1, 1)
first, second = (kornia(0.25, equal, torch.full((1, 1, 1), label)) for label in (0, 1))
print(f"Kornia, equal logits, alpha 0.25: truth 0 {first:.4f}, truth 1 {second:.4f} (expected the same)")
assert abs(first / second - 3) < 1e-5
PY
