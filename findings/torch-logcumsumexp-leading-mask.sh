#!/usr/bin/env bash
# Expected: the last entry of logcumsumexp is logsumexp, in value and in gradient; an entry of -inf has the gradient 0.
# Seen: PyTorch's logcumsumexp has the right values, but the gradient of each -inf that stands before the first finite
# entry is NaN, for single and double precision alike; a -inf anywhere else has 0, and logsumexp and a chain of logaddexp
# have 0 everywhere. If the mask is added to the scores, the NaN runs on into all weights of the scorer. JAX's
# cumlogsumexp gives 0.
# Why it matters: the likelihood of a ranking (Plackett-Luce, ListMLE) is a sum of such terms. Lists are padded on the
# right and the sum runs from the last place back, so the padding comes first after the flip. The loss is finite and
# right, and after one step all weights are NaN. Padding with the smallest finite number is safe.
# Versions: torch 2.13.0, jax 0.10.2, numpy 2.4.6. Seen with Python 3.11. Output seen:
# scores -inf, 0, 1: logsumexp [0, 0.2689, 0.7311], logcumsumexp [nan, 0.2689, 0.7311]; 0, 1, -inf: [0.2689, 0.7311, 0]
set -euo pipefail
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
cd "$tmp"
python3 -m venv venv
venv/bin/pip install -q torch==2.13.0 numpy==2.4.6
venv/bin/pip install -q jax==0.10.2 jaxlib==0.10.2
JAX_PLATFORMS=cpu venv/bin/python -I - <<'PY'
import jax
import jax.numpy as jnp
import torch

inf = float("inf")


def gradient(function, scores, dtype=torch.float64):
    leaf = torch.tensor(scores, dtype=dtype, requires_grad=True)
    value = function(leaf)
    value.backward()
    return value.item(), [round(entry, 4) for entry in leaf.grad.tolist()]


for scores in ([-inf, 0.0, 1.0], [0.0, -inf, 1.0], [0.0, 1.0, -inf]):
    value, right = gradient(lambda z: torch.logsumexp(z, 0), scores)
    for dtype in (torch.float32, torch.float64):
        again, found = gradient(lambda z: torch.logcumsumexp(z, 0)[-1], scores, dtype)
        print(f"{scores}, {dtype}: logcumsumexp {found} (expected {right})")
        assert abs(again - value) < 1e-6
        assert (found[0] != found[0]) == (scores[0] == -inf) and found[1:] == right[1:]
    jax_found = jax.grad(lambda z: jax.lax.cumlogsumexp(z)[-1])(jnp.array(scores))
    assert jnp.allclose(jax_found, jnp.array(right), atol=1e-3)

# The likelihood of the order 0, 1, 2 of three documents; a fourth place is padding.
torch.manual_seed(0)
scorer, documents = torch.nn.Linear(5, 1), torch.randn(4, 5)
padding = torch.tensor([False, False, False, True])
for fill in (torch.finfo(torch.float32).min, -inf):
    scores = scorer(documents)[:, 0] + torch.zeros(4).masked_fill(padding, fill)
    loss = (scores.flip(0).logcumsumexp(0).flip(0) - scores)[~padding].sum()
    scorer.zero_grad()
    loss.backward()
    lost = scorer.weight.grad.isnan()
    print(f"padding {fill:.1e}: loss {loss.item():.4f}, gradient of the weights {scorer.weight.grad.tolist()}")
    assert loss.isfinite() and (lost.all() if fill == -inf else not lost.any())
PY
