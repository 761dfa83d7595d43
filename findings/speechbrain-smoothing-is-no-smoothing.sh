#!/usr/bin/env bash
# Expected: label smoothing moves a share eps of each label to the other classes. With eps = 1e-9 nothing changes, and no
# smoothed loss is below 0 or asks for an infinite score.
# Seen: SpeechBrain's kldiv_loss takes another way as soon as eps > 0: its mean becomes the sum over all rows, and rows of
# class 0 (the default of pad_idx) have no loss and no gradient: 1.18 becomes 3.10 for 4 rows. Its bce_loss
# subtracts eps times the sum of the scores, which are no log-probabilities. From nine rows on with eps = 0.1 all scores are
# pulled up without end, those of negatives too, and the loss of 16 rows at a score of 1000 is -1150. nll_loss is right.
# Why it matters: switching smoothing on multiplies the step by the number of rows and never teaches the first class, or, for
# a binary detector, rewards a yes to everything, the more the larger the batch. All three losses have the same options.
# Versions: speechbrain 1.1.2, torch 2.13.0, torchaudio 2.11.1, numpy 2.4.6. Seen with Python 3.11. Output seen:
# eps 1e-09: cross-entropy 1.1776, nll_loss 1.1776, kldiv_loss 3.1011, gradient of the row of class 0 [-0. -0. -0.]
# 16 rows, all scores 1000.0: loss 500.0000, with 0.1 -1150.0000 (expected 500.0000), largest gradient -0.0438
# The second was reported and closed, https://github.com/speechbrain/speechbrain/issues/353, and is still there.
set -euo pipefail
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
cd "$tmp"
python3 -m venv venv
venv/bin/pip install -q torch==2.13.0 numpy==2.4.6 scipy==1.17.1
venv/bin/pip install -q --no-deps torchaudio==2.11.1
venv/bin/pip install -q speechbrain==1.1.2 torchaudio==2.11.1 torch==2.13.0 numpy==2.4.6 scipy==1.17.1
# The compiled part of torchaudio needs a CUDA build of torch; no loss uses it, and without the file it is not looked for.
rm -f venv/lib/python3*/site-packages/torchaudio/lib/*.so
cat >smoothing.py <<'PY'
import torch
import torch.nn.functional as F
from speechbrain.nnet.losses import bce_loss, kldiv_loss, nll_loss

scores = torch.tensor([[0.2, 0.3, 0.5]] * 4).log()
labels = torch.tensor([1, 2, 1, 0])


def seen(loss, scores, labels, eps):
    """Return the value of a loss and its gradient in the scores."""
    leaf = scores.clone().requires_grad_()
    value = loss(leaf, labels, label_smoothing=eps)
    value.backward()
    return value.item(), leaf.grad


for eps in (0.0, 1e-9, 0.1):
    right = F.cross_entropy(scores, labels, label_smoothing=eps).item()
    nll, _ = seen(nll_loss, scores, labels, eps)
    kldiv, gradient = seen(kldiv_loss, scores, labels, eps)
    print(f"eps {eps}: cross-entropy {right:.4f}, nll_loss {nll:.4f}, kldiv_loss {kldiv:.4f},", end=" ")
    print(f"gradient of the row of class 0 {gradient[3].numpy().round(4)}")
    assert abs(nll - right) < 1e-6
    if eps == 0:
        assert abs(kldiv - right) < 1e-6 and gradient[3, 0] == -0.25
    else:
        assert (gradient[3] == 0).all()
    if eps == 1e-9:
        assert abs(kldiv - (4 * right + scores[3, 0].item())) < 1e-6

for rows in (2, 16):
    labels = torch.arange(rows) % 2
    for level in (0.0, 1000.0):
        scores = torch.full((rows,), level)
        right = F.binary_cross_entropy_with_logits(scores, 0.9 * labels + 0.05).item()
        plain, _ = seen(bce_loss, scores, labels, 0.0)
        value, gradient = seen(bce_loss, scores, labels, 0.1)
        print(f"{rows} rows, all scores {level}: loss {plain:.4f}, with 0.1 {value:.4f} (expected {right:.4f}),", end=" ")
        print(f"largest gradient {gradient.max():.4f}")
        assert abs(plain - F.binary_cross_entropy_with_logits(scores, labels.float()).item()) < 1e-4
        assert abs(value - (0.9 * plain - 0.1 * rows * level)) < 1e-2
        assert (gradient.max() < 0) == (rows == 16)
PY
venv/bin/python -I -W ignore smoothing.py
