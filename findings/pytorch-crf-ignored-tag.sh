#!/usr/bin/env bash
# Expected: a conditional random field whose mask leaves out a position (the later pieces of a word, with a language model's
# tokens) gives a distribution over the tags that are left: the probabilities of all answers add up to 1, whatever tag stands
# at the position left out, as they do where the mask leaves out the end.
# Seen: pytorch-crf takes any mask that begins with a 1, and counts positions as if the ones came first. The score of an
# answer takes the ignored tag for the previous one, and its end transition from the position of the number of ones; the
# normaliser does neither. The probabilities of all 27 answers add up to 0.09 or to 2.70, by the ignored tag, and the most
# probable answer changes with it. Shortened to the tags that count, they add up to 1.
# Why it matters: the loss of a tagger on word pieces goes below 0 and learns transitions from and to padding. Decoding
# skips the gap rightly, so only the training is wrong.
# Versions: pytorch-crf 0.7.2, torch 2.13.0, numpy 2.4.6. Seen with Python 3.11. Output seen:
# ignored tag 0, 1, 2: probabilities add up to 0.09, 0.09, 2.70; without the position: 1.00
set -euo pipefail
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
cd "$tmp"
python3 -m venv venv
venv/bin/pip install -q pytorch-crf==0.7.2 torch==2.13.0 numpy==2.4.6
venv/bin/python -I - <<'PY'
from itertools import product

import torch
from torchcrf import CRF

torch.manual_seed(0)
crf = CRF(3, batch_first=True)
with torch.no_grad():
    crf.start_transitions.zero_()
    crf.end_transitions.copy_(torch.tensor([0.0, 0.0, 3.0]))
    crf.transitions.copy_(torch.eye(3))
scores = torch.randn(1, 4, 3)
answers = list(product(range(3), repeat=3))


@torch.no_grad()
def probabilities(scores, mask, ignored):
    """Return the probability of each answer at the positions of the mask, with one tag at all others."""
    found = {}
    for answer in answers:
        tags = torch.full(mask.shape, ignored)
        tags[mask] = torch.tensor(answer)
        found[answer] = crf(scores, tags, mask=mask).exp().item()
    return found


gap = torch.tensor([[True, True, False, True]])
short = probabilities(scores[gap][None], torch.ones(1, 3, dtype=torch.bool), 0)
print(f"without the position: {sum(short.values()):.4f}, most probable {max(short, key=short.get)}")
assert abs(sum(short.values()) - 1) < 1e-5
assert crf.decode(scores, mask=gap)[0] == list(max(short, key=short.get))

best = set()
for ignored, total in [(0, 0.0945), (1, 0.0899), (2, 2.7038)]:
    found = probabilities(scores, gap, ignored)
    best.add(max(found, key=found.get))
    print(f"tag {ignored} at the position left out: {sum(found.values()):.4f} (expected 1), most probable {max(found, key=found.get)}")
    assert abs(sum(found.values()) - total) < 1e-3
assert len(best) > 1

end = torch.tensor([[True, True, True, False]])
assert all(abs(sum(probabilities(scores, end, ignored).values()) - 1) < 1e-5 for ignored in range(3))
PY
