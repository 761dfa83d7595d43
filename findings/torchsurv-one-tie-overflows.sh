#!/usr/bin/env bash
# Expected: the Cox partial likelihood is made of softmaxes, so a constant added to all log hazards changes neither the loss
# nor its gradient; two events at the same time change a term or two.
# Seen: without ties torchsurv uses logcumsumexp, and a shift of 100 is nothing. With two equal times in the batch, by Efron's
# method or Breslow's, it sums exponentials as they are: in float32 the loss is inf and the gradient NaN at a level of
# 90, at -95 the loss is still right with a NaN or infinite gradient, and at -110 the loss is -inf, the best there is. A
# warning says that there are ties, not what comes of them.
# Why it matters: the loss does not see the level, so nothing holds it in place while a network trains, and with times
# in whole days a tie in a batch is chance: a run goes well until the first one, and has NaN weights after it.
# Versions: torchsurv 0.2.0, torchmetrics 1.9.0, torch 2.13.0, numpy 2.4.6, scipy 1.17.1, pandas 3.1.1. Seen with Python
# 3.11. Output seen: level 90: no tie 1.8401, Efron inf, gradient nan; -95: 1.8401, 2.1100 with gradient nan; -110: 1.8401, -inf
set -euo pipefail
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
cd "$tmp"
python3 -m venv venv
venv/bin/pip install -q torch==2.13.0 numpy==2.4.6 scipy==1.17.1
venv/bin/pip install -q torchsurv==0.2.0 torchmetrics==1.9.0 torch==2.13.0 numpy==2.4.6 scipy==1.17.1 pandas==3.1.1
cat >tie.py <<'PY'
import torch
from torchsurv.loss.cox import neg_partial_log_likelihood

torch.manual_seed(0)
log_hazard, events = torch.randn(8), torch.ones(8, dtype=torch.bool)
distinct = torch.arange(1.0, 9.0)
tied = torch.where(distinct == 3, 2.0, distinct)


def seen(level, times, method="efron"):
    leaf = (log_hazard + level).requires_grad_()
    loss = neg_partial_log_likelihood(leaf, events, times, ties_method=method)
    loss.backward()
    return loss.item(), leaf.grad


right = {name: seen(0.0, *how)[0] for name, how in {"none": (distinct,), "efron": (tied,), "breslow": (tied, "breslow")}.items()}
for level in (0.0, 60.0, 90.0, -95.0, -110.0):
    loss, gradient = seen(level, distinct)
    print(f"level {level}: no tie: loss {loss:.4f} (expected {right['none']:.4f})")
    assert abs(loss - right["none"]) < 1e-3 and gradient.isfinite().all()
    for method in ("efron", "breslow"):
        loss, gradient = seen(level, tied, method)
        finite = bool(gradient.isfinite().all())
        print(f"  a tie, {method}: loss {loss:.4f} (expected {right[method]:.4f}), finite gradient: {finite}")
        assert finite == (-95 < level < 90)
        if level in (90, -110):
            assert loss == (torch.inf if level > 0 else -torch.inf)
        else:
            assert abs(loss - right[method]) < 1e-2
PY
venv/bin/python -I -W ignore tie.py
