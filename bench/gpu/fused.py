"""The loss of a linear layer in eight ways: errors, memory, time."""

import gc
from collections.abc import Callable
from functools import partial
from statistics import median
from typing import NamedTuple

import torch
import torch.nn.functional as F
from cut_cross_entropy import linear_cross_entropy as cut
from liger_kernel.ops.fused_linear_cross_entropy import (
    LigerFusedLinearCrossEntropyFunction as Liger,
)
from torch.utils.checkpoint import checkpoint

from bench.gpu.record import Record

N, D, V = 8192, 2048, 128256
TIMES = 7


class Problem(NamedTuple):
    """Hidden vectors, the weights of the classes, and the truth of each row."""

    hidden: torch.Tensor
    weight: torch.Tensor
    truth: torch.Tensor


class Exact(NamedTuple):
    """The loss and its gradients in double precision."""

    loss: float
    hidden: torch.Tensor
    weight: torch.Tensor
    truth_mean: float  # the probability of the truth, averaged over the rows


Way = Callable[[torch.Tensor, torch.Tensor, torch.Tensor], torch.Tensor]


def problem(trained: bool) -> Problem:
    """Draw logits of standard deviation 1, or such that the truth has about 0.7."""
    draw = partial(torch.randn, device="cuda", generator=seeded(1))
    weight = draw(V, D) / D**0.5
    truth = torch.randint(V, (N,), device="cuda", generator=seeded(2))
    hidden = draw(N, D) + (13.5 * weight[truth] if trained else 0)
    return Problem(hidden.bfloat16(), weight.bfloat16(), truth)


def seeded(seed: int) -> torch.Generator:
    """Return the GPU's generator of random numbers at a fixed start."""
    return torch.Generator(device="cuda").manual_seed(seed)


def exact(hidden: torch.Tensor, weight: torch.Tensor, truth: torch.Tensor) -> Exact:
    """Compute loss and gradients in double precision, by blocks of rows."""
    W = weight.double()
    G_hidden = torch.empty(N, D, device="cuda", dtype=torch.float64)
    G_weight = torch.zeros(V, D, device="cuda", dtype=torch.float64)
    loss = truth_mean = 0.0
    for first in range(0, N, 1024):
        rows = slice(first, first + 1024)
        H, y = hidden[rows].double(), truth[rows, None]
        log_p = torch.log_softmax(H @ W.T, -1)
        at_truth = log_p.gather(1, y)
        loss -= float(at_truth.sum()) / N
        truth_mean += float(at_truth.exp().sum()) / N
        residual = log_p.exp_().scatter_add_(1, y, torch.full_like(at_truth, -1.0)) / N
        G_hidden[rows] = residual @ W
        G_weight += residual.T @ H
    return Exact(loss, G_hidden, G_weight, truth_mean)


def in_float32(
    hidden: torch.Tensor, weight: torch.Tensor, truth: torch.Tensor
) -> torch.Tensor:
    """Build all logits in bfloat16, and take the loss of their float32 copy."""
    return F.cross_entropy((hidden @ weight.T).float(), truth)


def in_bfloat16(
    hidden: torch.Tensor, weight: torch.Tensor, truth: torch.Tensor
) -> torch.Tensor:
    """Build all logits in bfloat16, and take their loss."""
    return F.cross_entropy(hidden @ weight.T, truth)


def in_chunks(
    hidden: torch.Tensor, weight: torch.Tensor, truth: torch.Tensor
) -> torch.Tensor:
    """Take eight blocks of rows, whose logits are built again in the backward pass."""

    def block(rows: torch.Tensor, y: torch.Tensor) -> torch.Tensor:
        return F.cross_entropy((rows @ weight.T).float(), y, reduction="sum")

    blocks = zip(hidden.chunk(8), truth.chunk(8), strict=True)
    losses = [checkpoint(block, *each, use_reentrant=False) for each in blocks]
    return torch.stack(losses).sum() / N


def liger(accumulate: torch.dtype | None) -> Way:
    """Return Liger's fused loss, with its weight gradient summed in the given type."""
    settings = (None, None, -100, 0.0, 0.0, "mean", None, False, accumulate)
    return lambda *inputs: Liger.apply(*inputs, *settings)[0]


WAYS: dict[str, tuple[str, Way]] = {
    "logits in float32": ("12.6 GB, 32 ms", in_float32),
    "logits in bfloat16": ("6.3 GB, 23 ms", in_bfloat16),
    "torch.compile": ("2.7 GB, 22 ms", torch.compile(in_float32)),
    "8 checkpointed chunks": ("2.1 GB, 52 ms", in_chunks),
    "liger": ("0.6 GB, 31 ms", liger(None)),
    "liger, float32 accumulation": ("1.6 GB, 45 ms", liger(torch.float32)),
    "cut-cross-entropy": ("0.6 GB, 50 ms fresh, 29 ms trained", cut),
    "cut-cross-entropy, no filter": (
        "0.6 GB, 75 ms",
        partial(cut, filter_eps=None),
    ),
}


def measured(way: Way, given: Problem, right: Exact) -> dict[str, object]:
    """Compare one way with the exact values, and measure its memory and time."""
    hidden = given.hidden.clone().requires_grad_()
    weight = given.weight.clone().requires_grad_()

    def step() -> torch.Tensor:
        hidden.grad = weight.grad = None
        loss = way(hidden, weight, given.truth)
        loss.backward()
        return loss.detach()

    for _ in range(2):  # compiles, chooses block sizes, fills the caches
        step()
    hidden.grad = weight.grad = None
    gc.collect()
    torch.cuda.empty_cache()
    torch.cuda.reset_peak_memory_stats()
    before = torch.cuda.memory_allocated()
    loss = step()
    torch.cuda.synchronize()
    peak = torch.cuda.max_memory_allocated() - before
    G_hidden, G_weight = hidden.grad.clone(), weight.grad.clone()
    step()
    same = torch.equal(G_hidden, hidden.grad) and torch.equal(G_weight, weight.grad)

    never = torch.ones(V, dtype=torch.bool, device="cuda")
    never[given.truth] = False  # classes that are the truth of no row
    return {
        "loss": float(loss),
        "type of the loss": str(loss.dtype),
        "relative error of the loss": abs(float(loss) / right.loss - 1),
        "relative error of the hidden gradient": off(G_hidden, right.hidden),
        "relative error of the weight gradient": off(G_weight, right.weight),
        "the same, classes that are never the truth": off(
            G_weight[never], right.weight[never]
        ),
        "sum over classes of the weight gradient, beside its norm": float(
            G_weight.double().sum(0).norm() / G_weight.double().norm()
        ),
        "peak MB above the inputs": round(peak / 1e6),
        "ms": round(median(milliseconds(step) for _ in range(TIMES)), 2),
        "same bits twice": same,
    }


def off(found: torch.Tensor, right: torch.Tensor) -> float:
    """Return the relative error in the Euclidean norm."""
    return float((found.double() - right).norm() / right.norm())


def milliseconds(step: Callable[[], object]) -> float:
    """Time one step on the GPU's own clock."""
    begin, end = (torch.cuda.Event(enable_timing=True) for _ in range(2))
    begin.record()
    step()
    end.record()
    torch.cuda.synchronize()
    return float(begin.elapsed_time(end))


def main() -> None:
    """Ask each way twice: for fresh weights and for trained ones."""
    record = Record("fused", "torch triton liger-kernel cut-cross-entropy")
    record.ask(
        "PyTorch's own linear_cross_entropy",
        "not in 2.11; new in 2.13",
        lambda: hasattr(F, "linear_cross_entropy"),
    )
    for state in ("fresh", "trained"):
        given = problem(state == "trained")
        right = exact(*given)
        record.ask(
            f"{state}: exact loss and mean probability of the truth",
            "12.26 and 1e-5" if state == "fresh" else "0.5 and 0.73",
            partial(list, (right.loss, right.truth_mean)),
        )
        for name, (guess, way) in WAYS.items():
            record.ask(f"{state}: {name}", guess, partial(measured, way, given, right))
            gc.collect()
            torch.cuda.empty_cache()
        del given, right


if __name__ == "__main__":
    main()
