"""cut-cross-entropy, in the way that it has for a machine without a GPU.

There it compiles PyTorch's own loss; its kernel needs CUDA. It is asked with the unit
matrix for the last layer, which takes no infinite logits.
"""

from __future__ import annotations

import numpy as np
import torch
from cut_cross_entropy import linear_cross_entropy

from atlas.families.asking import Array, Told, form
from atlas.families.tensors import answer, tensor, told_of

PINS = ["cut-cross-entropy==25.1.1", "torch==2.13.0", "numpy==2.4.6"]
LIBRARIES: dict[str, dict[str, str]] = {"cut-cross-entropy": {}}

WAY = "torch_compile"
CALL = f'linear_cross_entropy(x, W, labels, impl="{WAY}")'


@form(CALL)
def cross_entropy(
    z: Array,
    labels: Array,
    reduction: str = "mean",
    ignore_index: int = -100,
    dtype: str = "float64",
) -> Told:
    if not np.isfinite(z).all():
        return {"absent": "logits that are not finite"}
    given = tensor(z, dtype)
    torch.compiler.reset()
    loss = linear_cross_entropy(
        given,
        torch.eye(z.shape[-1], dtype=given.dtype),
        torch.tensor(labels),
        ignore_index=ignore_index,
        reduction=reduction,
        impl=WAY,
    )
    return told_of(loss, given)


@form(CALL)
def cross_entropy_of_zeros(rows: int, classes: int, dtype: str) -> Told:
    # a layer that sees two features, of the first two classes
    given = torch.zeros(rows, 2, dtype=getattr(torch, dtype), requires_grad=True)
    layer = torch.eye(classes, 2, dtype=given.dtype)
    labels = torch.zeros(rows, dtype=torch.int64)
    torch.compiler.reset()  # it refuses to be compiled often
    loss = linear_cross_entropy(given, layer, labels, impl=WAY)
    (gradient,) = torch.autograd.grad(loss, given)
    return answer(loss, gradient[0].double() * rows)
