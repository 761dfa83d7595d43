#!/usr/bin/env bash
# Expected: a certain and right answer has the binary cross-entropy 0 and the gradient 0; where the loss is finite, so
# is its gradient, in any dtype (in float32 a small constant in the backward pass sees to that).
# Seen: in float16 that constant, 1e-12, is 0. The gradient at p = 1, y = 1 is 0/0 = NaN with a loss of 0.0, and so it
# is at p = 0, y = 0; a certain mistake has the loss 100 and the gradient -inf. In bfloat16 and float32 all are finite.
# A float16 sigmoid is exactly 1 from a logit of 9 on, so the best predictions of a batch turn the model into NaN.
# Why it matters: nothing shows in the loss, which falls as it should until the first answer is certain; one such answer
# in a batch makes every weight NaN. From logits (binary_cross_entropy_with_logits) value and gradient are right.
# Versions: torch 2.13.0, numpy 2.4.6. Seen with Python 3.11. Output seen:
# logit 9, float16: loss 0.0, gradient nan; bfloat16: 0.0, 0.0; from the logit: loss 0.0001, gradient 0.0
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


def of(loss, x, y, dtype):
    """Return the loss of one answer and its gradient."""
    x = torch.tensor([x], dtype=dtype, requires_grad=True)
    value = loss(x, torch.tensor([y], dtype=dtype))
    value.backward()
    return value.item(), x.grad.item()


def through_sigmoid(z, y):
    return F.binary_cross_entropy(torch.sigmoid(z), y)


half, brain, single = torch.float16, torch.bfloat16, torch.float32
for x, y in ((1.0, 1.0), (0.0, 0.0)):
    for dtype, broken in ((half, True), (brain, False), (single, False)):
        value, slope = of(F.binary_cross_entropy, x, y, dtype)
        print(f"p {x}, y {y}, {dtype}: loss {value}, gradient {slope} (expected a number)")
        assert value == 0 and math.isnan(slope) == broken
value, slope = of(F.binary_cross_entropy, 0.0, 1.0, half)
print(f"p 0, y 1, float16: loss {value}, gradient {slope}")
assert (value, slope) == (100, -math.inf)

for dtype, broken in ((half, True), (brain, False), (single, False)):
    value, slope = of(through_sigmoid, 9.0, 1.0, dtype)
    logit, right = of(F.binary_cross_entropy_with_logits, 9.0, 1.0, dtype)
    print(f"logit 9, {dtype}: loss {value:.4f}, gradient {slope}; from the logit {logit:.4f}, {right:.4f}")
    assert math.isnan(slope) == broken and math.isfinite(value) and abs(logit - 0.000123) < 1e-5
PY
