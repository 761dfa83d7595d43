#!/usr/bin/env bash
# Expected: the class probabilities of a row are the softmax of its latent values, whichever rows come with it.
# Seen: if a batch has as many rows as there are latent functions, GPyTorch's SoftmaxLikelihood takes it for the older layout
# and transposes it: with 3 classes, row 1 of 3 gets the softmax of the first class's values at all 3 rows. The same row has
# the probabilities 0.87, 0.12, 0.02 beside one other or three others, and 0.67, 0.09, 0.24 beside two. The expected
# log-probability, which is trained on, follows. Python hides the DeprecationWarning that comes with it.
# Why it matters: ten classes with ten rows, as in a batch of 10 or a last batch of 10, is common, and then neither the
# predictions nor the gradients are those of the data; shape, range and sum of the probabilities are right.
# Versions: gpytorch 1.15.2, linear_operator 0.6.1, torch 2.13.0, numpy 2.4.6. Seen with Python 3.11. Output seen:
# 2 rows: the first has [0.8668 0.1173 0.0159] (expected [0.8668 0.1173 0.0159]), log-likelihood -0.6944 (expected -0.6944)
# 3 rows: the first has [0.6652 0.09   0.2447] (expected [0.8668 0.1173 0.0159]), log-likelihood -1.3245 (expected -0.9339)
# ten rows of ten classes, one at a time and together: 0 of 10 have the same class
set -euo pipefail
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
cd "$tmp"
python3 -m venv venv
venv/bin/pip install -q torch==2.13.0 numpy==2.4.6
venv/bin/pip install -q gpytorch==1.15.2 linear_operator==0.6.1 torch==2.13.0 numpy==2.4.6
cat >likelihood.py <<'PY'
import torch
from gpytorch.distributions import MultitaskMultivariateNormal
from gpytorch.likelihoods import SoftmaxLikelihood

torch.manual_seed(0)
latent = torch.tensor([[2.0, 0.0, -2.0], [0.0, 1.0, 0.0], [1.0, 1.0, 3.0], [0.0, 0.0, 0.0]])
labels = torch.tensor([0, 1, 2, 0])
likelihood = SoftmaxLikelihood(num_classes=3, mixing_weights=False).eval()

for rows in (1, 2, 3, 4):
    known, truth = latent[:rows], labels[:rows]
    # The latent values as tensors, and as what a model returns: a normal distribution, here a very narrow one.
    given = likelihood(known).probs
    posterior = MultitaskMultivariateNormal(known, 1e-8 * torch.eye(3 * rows))
    marginal = likelihood(posterior).probs.mean(0)
    trained_on = likelihood.expected_log_prob(truth, posterior)
    assert given.shape == (rows, 3) and torch.allclose(given, marginal, atol=1e-3)
    right = known.softmax(-1)
    print(f"{rows} rows: the first has {given[0].numpy().round(4)} (expected {right[0].numpy().round(4)}),", end=" ")
    print(f"log-likelihood {trained_on.sum():.4f} (expected {right.log()[range(rows), truth].sum():.4f})")
    if rows == 3:
        assert torch.allclose(given, known.T.softmax(-1)) and (given - right).abs().max() > 0.2
        assert (trained_on.sum() - right.log()[range(3), truth].sum()).abs() > 0.2
    else:
        assert torch.allclose(given, right)
        assert torch.allclose(trained_on, right.log()[range(rows), truth], atol=1e-3)

# With ten classes: rows one at a time, and the same ten rows together.
latent = 3 * torch.randn(10, 10)
likelihood = SoftmaxLikelihood(num_classes=10, mixing_weights=False).eval()
alone = torch.cat([likelihood(row[None]).probs for row in latent])
together = likelihood(latent).probs
same = (alone.argmax(-1) == together.argmax(-1)).sum().item()
print(f"ten rows of ten classes, one at a time and together: {same} of 10 have the same class")
assert torch.allclose(alone, latent.softmax(-1)) and same < 5
assert torch.allclose(likelihood(latent[:9]).probs, alone[:9])
PY
venv/bin/python -I likelihood.py
