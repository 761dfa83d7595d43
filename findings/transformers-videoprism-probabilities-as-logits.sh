#!/usr/bin/env bash
# Expected: the contrastive loss of a video and text model falls towards 0 as it learns which text belongs to which video.
# Seen: VideoPrismClipModel puts its scores through a softmax and takes the result, numbers between 0 and 1, for the logits
# of SigLIP's binary losses. A pair that is certain and right still costs log(1 + 1/e), and each wrong one log 2: of 8 pairs
# no loss is below 5.165, of 32 none below 21.80, and a model that knows nothing has 6.04 and 22.7. The gradient goes through
# a sigmoid and a softmax, and is small: 300 steps by this loss leave 8 pairs at 5.92, where 300 steps by the usual
# binary losses of the same scores bring these down to 0.003, and the model's own loss, unasked, to its floor.
# Why it matters: fine-tuning with return_loss=True gives a loss that is large, hardly moves, and says nothing about how
# good the model is; logits_per_video and logits_per_text, too, are probabilities.
# Versions: transformers 5.24.0, torch 2.13.0, numpy 2.4.6. Seen with Python 3.11. Output seen:
# 8 pairs, by the model's loss: from 6.036 to 5.915, which cannot be below 5.165
# 8 pairs, by binary losses of its scores: these from 102.045 to 0.003, and the model's loss to 5.165
set -euo pipefail
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
cd "$tmp"
python3 -m venv venv
venv/bin/pip install -q torch==2.13.0 numpy==2.4.6
venv/bin/pip install -q transformers==5.24.0 torch==2.13.0 numpy==2.4.6
cat >pairs.py <<'PY'
import math

import torch
import torch.nn.functional as F
from transformers import VideoPrismClipModel, VideoPrismConfig

N = 8
layers = {"num_spatial_layers": 1, "num_temporal_layers": 1, "num_auxiliary_layers": 1}
size = {"hidden_size": 32, "intermediate_size": 32, "num_attention_heads": 2}
video = {**size, **layers, "image_size": 8, "num_frames": 2, "tubelet_size": [1, 4, 4]}
text = {**size, "vocab_size": 16, "num_hidden_layers": 1, "max_position_embeddings": 4}
config = VideoPrismConfig(text_config=text, vision_config=video)


def learned(by_its_own):
    """Learn pairs by heart; return the loss of the model and the binary losses of its scores, first and last."""
    torch.manual_seed(0)
    model = VideoPrismClipModel(config)
    films, words = torch.randn(N, 2, 3, 8, 8), torch.randint(1, 16, (N, 4))
    bias = torch.tensor(0.0, requires_grad=True)
    adam = torch.optim.Adam([*model.parameters(), bias], 3e-3)
    signs, found = 2 * torch.eye(N) - 1, []
    for _ in range(300):
        out = model(films, words, temperature=0.01, return_loss=True)
        scores = out.text_embeds @ out.video_embeds.T / 0.01 + bias
        binary = F.softplus(-signs * scores).sum(-1).mean()
        found.append((out.loss.item(), binary.item()))
        (out.loss if by_its_own else binary).backward()
        adam.step()
        adam.zero_grad()
    return found[0], found[-1]


floor = math.log1p(math.exp(-1)) + (N - 1) * math.log(2)
(first, _), (last, _) = learned(by_its_own=True)
print(f"{N} pairs, by the model's loss: from {first:.3f} to {last:.3f}, which cannot be below {floor:.3f}")
assert floor < last < first and last > 0.95 * first
(_, start), (own, binary) = learned(by_its_own=False)
print(f"{N} pairs, by binary losses of its scores: these from {start:.3f} to {binary:.3f}, and the model's loss to {own:.3f}")
assert binary < 0.05 and abs(own - floor) < 1e-3
PY
OMP_NUM_THREADS=1 venv/bin/python -W ignore pairs.py
