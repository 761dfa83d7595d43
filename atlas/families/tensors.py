"""What the families of PyTorch share: tensors of what is given, and answers of them."""

from __future__ import annotations

import torch

from atlas.families.asking import Array, Told, told


def tensor(values: Array, dtype: str = "float64") -> torch.Tensor:
    """Return numbers that a gradient is asked for."""
    return torch.tensor(values, dtype=getattr(torch, dtype), requires_grad=True)


def dtype_of(value: torch.Tensor) -> str:
    """Return the name of a type."""
    return str(value.dtype).removeprefix("torch.")


def told_of(loss: torch.Tensor, given: torch.Tensor) -> Told:
    """Return a loss and its gradient, which is that of the sum of several."""
    (gradient,) = torch.autograd.grad(loss.sum(), given)
    return answer(loss, gradient)


def answer(loss: torch.Tensor, gradient: torch.Tensor | None = None) -> Told:
    """Return a loss and, if there is one, a gradient of it."""
    slope = None if gradient is None else gradient.double()
    return told(loss.detach().double(), slope, dtype_of(loss))
