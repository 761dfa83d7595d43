"""Half precision over many rows and many classes, autocast, and logits from FP8."""

from collections.abc import Callable
from functools import partial

import torch
import torch.nn.functional as F

from bench.gpu.record import Record

DEVICE = "cuda"
HALVES = (torch.float16, torch.bfloat16)
BORDER = (65519, 65520, 300000)  # 65520 is the first count that float16 rounds to inf

Loss = Callable[..., torch.Tensor]


def labels(*shape: int) -> torch.Tensor:
    """Return labels that all name the first class."""
    return torch.zeros(shape, dtype=torch.long, device=DEVICE)


def compiled() -> Loss:
    """Compile the loss anew, since its code is compiled for a few shapes at most."""
    torch.compiler.reset()
    return torch.compile(F.cross_entropy, dynamic=False)


def value_and_slope(
    loss: Loss, z: torch.Tensor, *arguments: object, **options: object
) -> list[float]:
    """Return the loss and the largest entry of its gradient."""
    z = z.detach().requires_grad_()
    found = loss(z, *arguments, **options)
    found.sum().backward()
    return [float(found.detach().sum()), float(z.grad.abs().max())]


def over_rows(dtype: torch.dtype, loss: Loss) -> dict[int, list[float]]:
    """Take the mean over N rows of two equal logits; ln 2 is right, 0.5/N the slope."""
    zeros = partial(torch.zeros, dtype=dtype, device=DEVICE)
    return {N: value_and_slope(loss, zeros(N, 2), labels(N)) for N in BORDER}


def over_a_mask(dtype: torch.dtype, side: int) -> list[float]:
    """Take the mean over the pixels of one square mask; ln 2 is right."""
    z = torch.zeros(1, 2, side, side, dtype=dtype, device=DEVICE)
    return value_and_slope(F.cross_entropy, z, labels(1, side, side))


def smoothed(
    dtype: torch.dtype, loss: Loss = F.cross_entropy
) -> dict[str, list[float]]:
    """Take smoothed losses of equal logits; ln K is right."""
    return {
        f"N = {N}, K = {K}": value_and_slope(
            loss,
            torch.zeros(N, K, dtype=dtype, device=DEVICE),
            labels(N),
            label_smoothing=0.1,
        )
        for N, K in ((1, 5000), (1, 8000), (64, 1000), (16384, 10), (8, 50257))
    }


def binary(dtype: torch.dtype) -> dict[str, list[float]]:
    """Take the binary loss of certain answers, from the probability."""
    return {
        f"p = {p}, y = {y}": value_and_slope(
            F.binary_cross_entropy,
            torch.tensor([p], dtype=dtype, device=DEVICE),
            torch.tensor([y], dtype=dtype, device=DEVICE),
        )
        for p, y in ((1.0, 1.0), (0.0, 0.0), (0.0, 1.0))
    }


def binary_from_logits(dtype: torch.dtype) -> list[list[float]]:
    """Take the binary loss of logits ±100 against both labels; 0 or 100 is right."""
    return [
        value_and_slope(
            F.binary_cross_entropy_with_logits,
            torch.tensor([z], dtype=dtype, device=DEVICE),
            torch.tensor([y], dtype=dtype, device=DEVICE),
        )
        for z in (100.0, -100.0)
        for y in (0.0, 1.0)
    ]


def under_autocast(dtype: torch.dtype) -> dict[str, dict[str, object]]:
    """Compare four ways of taking the loss of half-precision logits, V = 50 257."""
    z = 2 * torch.randn(1024, 50257, device=DEVICE, dtype=dtype)
    y = torch.randint(50257, (1024,), device=DEVICE)
    exact = z.double().requires_grad_()
    right = F.cross_entropy(exact, y)
    right.backward()
    ways: dict[str, tuple[bool, Loss]] = {
        "plain": (False, F.cross_entropy),
        "autocast": (True, F.cross_entropy),
        "autocast, float() first": (True, lambda z, y: F.cross_entropy(z.float(), y)),
        "autocast, log_softmax and nll_loss": (
            True,
            lambda z, y: F.nll_loss(F.log_softmax(z, -1), y),
        ),
        "autocast, torch.compile": (True, compiled()),
    }
    seen: dict[str, dict[str, object]] = {}
    for name, (casts, loss) in ways.items():
        given = z.clone().requires_grad_()
        with torch.autocast(DEVICE, dtype=dtype, enabled=casts):
            found = loss(given, y)
        found.backward()
        error = (given.grad.double() - exact.grad).norm() / exact.grad.norm()
        seen[name] = {
            "type": str(found.dtype),
            "error of the loss": abs(float(found) - float(right)),
            "relative error of the gradient": float(error),
        }
    return seen


def in_fp8() -> dict[str, dict[str, float]]:
    """Take the loss of logits whose two factors were rounded; right is 0."""
    draw = partial(
        torch.randn,
        device=DEVICE,
        generator=torch.Generator(device=DEVICE).manual_seed(3),
    )
    N, D, V = 4096, 2048, 32768
    W = draw(V, D) / D**0.5
    y = torch.randint(V, (N,), device=DEVICE)
    seen = {}
    for state, H in (("fresh", draw(N, D)), ("trained", draw(N, D) + 12 * W[y])):
        right = F.cross_entropy(H.double() @ W.double().T, y)
        seen[state] = {"loss": float(right)}
        for dtype in HALVES:
            z = (H.to(dtype) @ W.to(dtype).T).float()
            seen[state][str(dtype)] = float(F.cross_entropy(z, y) - right)
        for dtype in (torch.float8_e4m3fn, torch.float8_e5m2):
            h, w = (torch.finfo(dtype).max / A.abs().max() for A in (H, W))
            A, B = (H * h).to(dtype), (W * w).to(dtype)
            z = (A.float() @ B.float().T) / (h * w)
            seen[state][str(dtype)] = float(F.cross_entropy(z, y) - right)
            if dtype is torch.float8_e4m3fn:  # the tensor cores take no two e5m2
                z = torch._scaled_mm(A, B.T, 1 / h, 1 / w, out_dtype=torch.bfloat16)
                seen[state]["e4m3 by the tensor cores"] = float(
                    F.cross_entropy(z.float(), y) - right
                )
    return seen


def as_fp8() -> dict[str, dict[str, list[str]]]:
    """Cast logits to FP8 and back: over the range, and −∞ as a mask."""
    z = torch.tensor([1.0, 500.0, 1e5, -float("inf")])
    return {
        str(dtype): {
            place: [str(float(x)) for x in z.to(place).to(dtype).float().cpu()]
            for place in ("cpu", DEVICE)
        }
        for dtype in (torch.float8_e4m3fn, torch.float8_e5m2)
    }


def main() -> None:
    """Ask."""
    record = Record("precision", "torch triton")
    for dtype in HALVES:
        guess = "loss 0.693; float16's slope is 0 from 65 520 on"
        record.ask(
            f"mean over N rows, {dtype}",
            guess,
            partial(over_rows, dtype, F.cross_entropy),
        )
        record.ask(
            f"the same, compiled, {dtype}",
            "the same as eager",
            partial(over_rows, dtype, compiled()),
        )
        for side in (255, 256):
            guess = "as over rows: at 256 × 256 the float16 slope is 0"
            record.ask(
                f"mask {side} × {side}, {dtype}",
                guess,
                partial(over_a_mask, dtype, side),
            )
        record.ask(
            f"label smoothing, equal logits, {dtype}",
            "float16 inf where N·K·ln K passes 65 504, bfloat16 right",
            partial(smoothed, dtype),
        )
        record.ask(
            f"label smoothing, compiled, {dtype}",
            "finite: the sum stays in float32 inside the kernel",
            partial(smoothed, dtype, compiled()),
        )
        record.ask(
            f"binary_cross_entropy of certain answers, {dtype}",
            "0, 0, 100; float16 gradients nan, nan and inf as on the CPU",
            partial(binary, dtype),
        )
        record.ask(
            f"binary_cross_entropy_with_logits at ±100, {dtype}",
            "100, 0, 0, 100 with slopes 1, 0, 0, 1",
            partial(binary_from_logits, dtype),
        )
        record.ask(
            f"autocast, {dtype}",
            "plain worst, autocast as good as float() first",
            partial(under_autocast, dtype),
        )
    record.ask(
        "loss of logits from FP8, minus the right one", "e4m3 0.001, e5m2 0.004", in_fp8
    )
    record.ask(
        "logits cast to FP8 and back", "e4m3 has no inf: 448 or nan; GPU as CPU", as_fp8
    )


if __name__ == "__main__":
    main()
