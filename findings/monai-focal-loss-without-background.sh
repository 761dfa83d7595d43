#!/usr/bin/env bash
# Expected: include_background=False leaves the background's term out of the sum; the softmax is still over all channels, as
# in MONAI's DiceLoss, which takes the same two options.
# Seen: FocalLoss(use_softmax=True, include_background=False) drops the background's logit first. With two channels the
# softmax is over one: the loss is 0 and its gradient 0 for all logits and labels, without a warning. With three it is that
# of the foreground classes among themselves: a voxel of background taken for an organ costs nothing, one of an organ
# taken for background nothing either, and the background's logit never moves.
# Why it matters: foreground against background is the usual task, and the option is the usual way to be rid of the many
# easy voxels. Beside a Dice loss the constant 0 is not even noticed. DiceLoss with the same options sees both mistakes.
# Versions: monai 1.6.1, torch 2.13.0, numpy 2.4.6. Seen with Python 3.11. Output seen:
# every voxel wrong, 2 channels: focal 0 (expected 3.4941), gradient 0, Dice 0.9991; 3 channels: 0.0000 (expected 1.7470)
set -euo pipefail
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
cd "$tmp"
python3 -m venv venv
venv/bin/pip install -q torch==2.13.0 numpy==2.4.6
venv/bin/pip install -q --no-deps monai==1.6.1
cat >focal.py <<'PY'
import warnings

import torch
import torch.nn.functional as F
from monai.losses import DiceLoss, FocalLoss

warnings.simplefilter("error", UserWarning)
options = {"include_background": False, "to_onehot_y": True}


def seen(z, y):
    """Return the focal loss, the largest entry of its gradient, the loss expected, and the Dice loss."""
    z = z.clone().requires_grad_()
    loss = FocalLoss(use_softmax=True, **options)(z, y)
    loss.backward()
    log_p = z.detach().log_softmax(1)
    terms = -((1 - log_p.exp()) ** 2) * log_p * F.one_hot(y[:, 0], z.shape[1]).movedim(-1, 1)
    dice = DiceLoss(softmax=True, **options)(z.detach(), y)
    return loss.item(), z.grad.abs().amax(dim=(0, 2)), terms[:, 1:].mean().item(), dice.item()


def show(name, z, y):
    loss, gradient, expected, dice = seen(z, y)
    print(f"{name}: focal {loss:.4f} (expected {expected:.4f}), largest gradients {gradient.tolist()}, Dice {dice:.4f}")
    return loss, gradient, expected, dice


# Eight voxels: the first four are foreground; every one of them is taken for the other, with a logit of 7.
y = torch.tensor([[[1, 1, 1, 1, 0, 0, 0, 0]]])
wrong = 7.0 * F.one_hot(1 - y[:, 0], 2).movedim(-1, 1)
loss, gradient, expected, dice = show("2 channels, all wrong", wrong, y)
assert loss == 0 and (gradient == 0).all() and expected > 3 and dice > 0.9

# Three channels: the organ 1 is taken for background, background for the organ 1; organ 2 does not occur.
wrong = 7.0 * F.one_hot(1 - y[:, 0], 3).movedim(-1, 1)
wrong[:, 2] = -7
loss, gradient, expected, dice = show("3 channels, all wrong", wrong, y)
assert loss < 1e-3 and expected > 1.5 and gradient[0] == 0 and dice > 0.6
PY
venv/bin/python -I focal.py
