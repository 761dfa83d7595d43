"""More than 2³¹ logits, and more rows than float32 can count."""

import gc
from collections.abc import Callable
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


def by_layout(dtype: torch.dtype) -> dict[str, dict[str, float]]:
    """Take the mean over the pixels of images and over the same rows: error in %."""
    seen = {}
    for side in (128, 256, 512, 1024, 2048, 4096):
        rows = torch.randn(side * side, 21, device="cuda", dtype=dtype)
        y = torch.randint(21, (side * side,), device="cuda")
        right = float(F.cross_entropy(rows, y, reduction="none").double().mean())
        images = rows.T.contiguous().view(1, 21, side, side)
        losses = {
            "images": F.cross_entropy(images, y.view(1, side, side)),
            "rows": F.cross_entropy(rows, y),
            "liger, rows": liger(rows, y),
        }
        seen[f"{side}²"] = {
            name: 100 * (float(loss) / right - 1) for name, loss in losses.items()
        }
    return seen


def distinct_means() -> dict[str, int]:
    """Count the different float32 means that thirty calls return."""
    rows = torch.randn(16 * 256 * 256, 21, device="cuda")
    y = torch.randint(21, (16 * 256 * 256,), device="cuda")
    images = rows.view(16, 256, 256, 21).permute(0, 3, 1, 2).contiguous()
    masks = y.view(16, 256, 256)
    return {
        "images": len({float(F.cross_entropy(images, masks)) for _ in range(30)}),
        "rows": len({float(F.cross_entropy(rows, y)) for _ in range(30)}),
    }


def weighted_rows(N: int) -> list[float]:
    """Take the weighted mean over many rows of two equal logits; ln 2 is right."""
    z = torch.zeros(N, 2, device="cuda")
    y = torch.zeros(N, dtype=torch.long, device="cuda")
    weight = torch.tensor([0.1, 0.3], device="cuda")
    return [float(F.cross_entropy(z, y, weight)), float(liger(z, y, weight))]


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
    questions: dict[str, tuple[str, Callable[[], object]]] = {
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
    for dtype in (torch.float16, torch.bfloat16, torch.float32):
        questions[f"mean by layout, 21 classes, {dtype}: error in %"] = (
            "images summed in the narrow type: bfloat16 1 % at 512², worse beyond; "
            "float16 -100 from 256² on; float32 and rows right",
            partial(by_layout, dtype),
        )
    questions["different float32 means in thirty calls"] = (
        "images several (atomic sums), rows 1",
        distinct_means,
    )
    questions["weighted mean over 2²⁴ + 2²² rows, torch and liger"] = (
        "0.6933 and 0.6931",
        partial(weighted_rows, 2**24 + 2**22),
    )
    for question, (guess, answer) in questions.items():
        record.ask(question, guess, answer)
        gc.collect()
        torch.cuda.empty_cache()


if __name__ == "__main__":
    main()
