"""More than 2³¹ logits, and more rows than float32 can count."""

import gc
from functools import partial

import torch
import torch.nn.functional as F

from bench.gpu.borders import liger
from bench.gpu.record import Record

MANY = 2**31


def last_row(loss: str, N: int, V: int) -> list[float]:
    """Compare loss and gradient of the last row with those of the row alone."""
    way = {"torch": F.cross_entropy, "liger": liger}[loss]
    z = torch.randn(N, V, device="cuda", dtype=torch.bfloat16)
    y = torch.full((N,), V - 1, device="cuda")
    alone = z[-1:].clone().requires_grad_()
    right = F.cross_entropy(alone.double(), y[-1:])
    right.backward()
    z.requires_grad_()
    found = way(z, y, reduction="none")
    found[-1].backward() if loss == "torch" else found.sum().backward()
    error = (z.grad[-1].double() - alone.grad[0].double()).norm()
    return [float(found[-1]), float(right), float(error / alone.grad.double().norm())]


def images(classes: int, side: int) -> list[float]:
    """Compare the last pixel of images with itself alone, more than 2³¹ logits."""
    z = torch.randn(1, classes, side, side, device="cuda", dtype=torch.bfloat16)
    y = torch.full((1, side, side), classes - 1, device="cuda")
    right = F.cross_entropy(z[:, :, -1, -1].double(), y[:, -1, -1])
    z.requires_grad_()
    found = F.cross_entropy(z, y, reduction="none")
    found[0, -1, -1].backward()
    slope = z.grad[0, :, -1, -1].double()
    p = torch.softmax(z.detach()[0, :, -1, -1].double(), 0)
    p[-1] -= 1
    return [float(found[0, -1, -1]), float(right), float((slope - p).norm() / p.norm())]


def mean_of_images(classes: int, side: int) -> list[float]:
    """Take the mean over the pixels and compare it with the mean of their losses."""
    z = torch.randn(1, classes, side, side, device="cuda", dtype=torch.bfloat16)
    y = torch.randint(classes, (1, side, side), device="cuda")
    each = F.cross_entropy(z, y, reduction="none").double().mean()
    return [float(F.cross_entropy(z, y)), float(each)]


def many_rows(N: int) -> list[float]:
    """Take the mean over more rows than float32 can count one by one."""
    z = torch.zeros(N, 2, device="cuda")
    y = torch.zeros(N, dtype=torch.long, device="cuda")
    return [float(F.cross_entropy(z, y)), float(liger(z, y))]


def main() -> None:
    """Ask, with the memory freed in between."""
    record = Record("large", "torch triton liger-kernel")
    V = 131072
    N = MANY // V + 16
    questions = {
        "mean over 2²⁴ + 2²² rows, torch and liger": (
            "0.6931 both",
            partial(many_rows, 2**24 + 2**22),
        ),
        "mean over 2²⁷ rows, torch and liger": (
            "0.6931 both",
            partial(many_rows, 2**27),
        ),
        f"last of {N} rows, V = {V}, torch": (
            "right",
            partial(last_row, "torch", N, V),
        ),
        f"last of {N} rows, V = {V}, liger": (
            "right",
            partial(last_row, "liger", N, V),
        ),
        "mean of images, 21 × 10112², torch": (
            "the two agree in 3 digits",
            partial(mean_of_images, 21, 10112),
        ),
        "last pixel, 21 × 10112², torch": ("right", partial(images, 21, 10112)),
    }
    for question, (guess, answer) in questions.items():
        record.ask(question, guess, answer)
        gc.collect()
        torch.cuda.empty_cache()


if __name__ == "__main__":
    main()
