"""Borders: block edges, ignored rows, strides, two backward passes, loss scaling."""

from collections.abc import Callable
from functools import partial
from typing import Any

import torch
import torch.nn.functional as F
from cut_cross_entropy import linear_cross_entropy as cut
from liger_kernel.ops.cross_entropy import LigerCrossEntropyFunction
from liger_kernel.ops.fused_linear_cross_entropy import (
    LigerFusedLinearCrossEntropyFunction,
)

from bench.gpu.record import Record

DEVICE = "cuda"
draw = partial(torch.randn, device=DEVICE)


def liger(
    z: torch.Tensor,
    y: torch.Tensor,
    weight: torch.Tensor | None = None,
    ignore_index: int = -100,
    z_loss: float = 0.0,
    label_smoothing: float = 0.0,
    reduction: str = "mean",
    softcap: float | None = None,
) -> torch.Tensor:
    """Return Liger's loss of given logits, which it overwrites."""
    settings = (weight, ignore_index, z_loss, label_smoothing, reduction, softcap)
    return LigerCrossEntropyFunction.apply(z, y, *settings, False, False, False)[0]


def liger_linear(
    hidden: torch.Tensor,
    weight: torch.Tensor,
    y: torch.Tensor,
    reduction: str = "mean",
    softcap: float | None = None,
) -> torch.Tensor:
    """Return Liger's loss of a linear layer."""
    settings = (None, None, -100, 0.0, 0.0, reduction, softcap, False, None)
    return LigerFusedLinearCrossEntropyFunction.apply(hidden, weight, y, *settings)[0]


def gap(found: torch.Tensor, right: torch.Tensor) -> float:
    """Return the largest difference, NaN where one of them has a NaN alone."""
    return float((found.detach().double() - right.detach().double()).abs().max())


def against_torch(z: torch.Tensor, y: torch.Tensor, **options: Any) -> list[float]:
    """Return the gaps of Liger's loss and gradient to PyTorch's in double precision."""
    ours, theirs = z.double().requires_grad_(), z.clone().requires_grad_()
    found = liger(theirs, y, **options)
    if options.get("weight") is not None:
        options["weight"] = options["weight"].double()
    right = F.cross_entropy(ours, y, **options)
    right.sum().backward()
    found.sum().backward()
    return [gap(found, right), gap(theirs.grad, ours.grad)]


def at_block_edges() -> dict[str, list[float]]:
    """Put the truth first, at the edges of a block of 32 768, and last."""
    seen = {}
    for V in (1, 2, 32767, 32768, 32769, 65537, 131073):
        edges = {0, 32767, 32768, 65535, 65536, V - 1}
        y = torch.tensor(sorted(e for e in edges if e < V), device=DEVICE)
        seen[f"V = {V}"] = against_torch(draw(len(y), V), y)
    return seen


def with_options() -> dict[str, list[float]]:
    """Compare weights, smoothing and ignored rows with PyTorch's."""
    z, y = draw(64, 1000), torch.randint(1000, (64,), device=DEVICE)
    some = torch.where(torch.arange(64, device=DEVICE) % 3 == 0, -100, y)
    weight = torch.rand(1000, device=DEVICE)
    cases: dict[str, tuple[torch.Tensor, dict[str, Any]]] = {
        "plain": (y, {}),
        "some ignored": (some, {}),
        "smoothing, some ignored": (some, {"label_smoothing": 0.1}),
        "weight, some ignored": (some, {"weight": weight}),
        "weight, smoothing, some ignored": (
            some,
            {"weight": weight, "label_smoothing": 0.1},
        ),
        "class 0 ignored, some of class 0": (some.clamp_min(0), {"ignore_index": 0}),
        "none": (some, {"reduction": "none"}),
    }
    return {name: against_torch(z, y, **kept) for name, (y, kept) in cases.items()}


def with_softcap_and_z_loss() -> dict[str, float]:
    """Compare soft-capped logits and the z-loss with their definitions."""
    z, y = 20 * draw(64, 1000), torch.randint(1000, (64,), device=DEVICE)
    ours, theirs = z.double().requires_grad_(), z.clone().requires_grad_()
    capped = 30 * torch.tanh(ours / 30)
    right = F.cross_entropy(capped, y) + 0.01 * capped.logsumexp(-1).square().mean()
    found = liger(theirs, y, z_loss=0.01, softcap=30.0)
    right.backward()
    found.backward()
    return {"loss": gap(found, right), "gradient": gap(theirs.grad, ours.grad)}


def weighted_z_loss() -> dict[str, float]:
    """See which mean the z-loss takes beside class weights: by rows, or by weight."""
    z, y = draw(64, 10), torch.randint(10, (64,), device=DEVICE)
    weight = torch.rand(10, device=DEVICE) + 0.5
    square = z.double().logsumexp(-1).square()
    extra = liger(z.clone(), y, weight, z_loss=0.1) - liger(z.clone(), y, weight)
    by_weight = (weight[y] * square).sum() / weight[y].sum()
    return {
        "found": float(extra),
        "mean of the rows": float(0.1 * square.mean()),
        "weighted mean": float(0.1 * by_weight),
    }


def second_backward(loss: Callable[[torch.Tensor], torch.Tensor]) -> list[float]:
    """Return the ratio of the second gradient of 2·loss to the first; 1 is right."""
    z = draw(4, 10).requires_grad_()
    doubled = 2 * loss(z * 1)
    first = torch.autograd.grad(doubled, z, retain_graph=True)[0].clone()
    second = torch.autograd.grad(doubled, z)[0]
    return [float((second / first).min()), float((second / first).max())]


def scaled_loss(dtype: torch.dtype) -> dict[str, float]:
    """Count zeros in the gradient of 2¹⁵·loss, whose scale is there to avoid them."""
    z, y = draw(4096, 32000).to(dtype), torch.randint(32000, (4096,), device=DEVICE)
    seen = {}
    for name, loss in (("torch", F.cross_entropy), ("liger", liger)):
        given = z.clone().requires_grad_()
        (2**15 * loss(given, y).float()).backward()
        seen[name] = float((given.grad == 0).float().mean())
    return seen


def without_gradient() -> list[list[float]]:
    """Look at the logits after an evaluation in which the second row is ignored."""
    z = torch.tensor([[1.0, 2.0], [3.0, 4.0]], device=DEVICE)
    with torch.no_grad():
        liger(z, torch.tensor([0, -100], device=DEVICE))
    return z.tolist()


def repeated_row() -> dict[str, list[float]]:
    """Take the loss of one row of logits that stands for a whole batch (`expand`)."""
    y = torch.arange(8, device=DEVICE)
    seen = {}
    for name, loss in (("torch", F.cross_entropy), ("liger", liger)):
        bias = torch.zeros(8, device=DEVICE, requires_grad=True)
        found = loss((bias * 1).expand(8, 8), y)
        found.backward()
        seen[name] = [float(found), *bias.grad.tolist()]
    return seen


def of_strides() -> dict[str, list[float]]:
    """Take logits that are views: every second row, a transpose, a shifted sequence."""
    z, y = draw(16, 1000), torch.randint(1000, (8,), device=DEVICE)
    views = {
        "every second row": z[::2],
        "transposed": z[:8].T.contiguous().T,
        "shifted": torch.cat((z[:8], z[:8, :5]), 1)[:, 5:],
    }
    return {name: against_torch(view, y) for name, view in views.items()}


def of_labels() -> dict[str, object]:
    """Give labels as int32 to each of them."""
    hidden, W = draw(32, 64).bfloat16(), draw(128, 64).bfloat16()
    y = torch.arange(32, device=DEVICE, dtype=torch.int32)
    losses: dict[str, Callable[[], torch.Tensor]] = {
        "torch": lambda: F.cross_entropy(hidden @ W.T, y),
        "liger": lambda: liger(hidden @ W.T, y),
        "liger, linear": lambda: liger_linear(hidden, W, y),
        "cut-cross-entropy": lambda: cut(hidden, W, y),
    }
    seen: dict[str, object] = {
        "right": float(F.cross_entropy((hidden @ W.T).double(), y.long()))
    }
    for name, loss in losses.items():
        try:
            seen[name] = float(loss())
        except Exception as error:  # whatever it is, it is the answer
            seen[name] = str(error)[:120]
    return seen


def linear(
    loss: Callable[..., torch.Tensor], N: int, D: int, V: int, **options: object
) -> list[float]:
    """Return the relative errors of loss and both gradients of a linear layer."""
    hidden, W = draw(N, D).bfloat16(), (draw(V, D) / D**0.5).bfloat16()
    y = torch.randint(V, (N,), device=DEVICE)
    y[0], y[-1] = 0, V - 1
    seen = []
    for case, way in (("right", None), ("found", loss)):
        h, w = (A.double() if way is None else A.clone() for A in (hidden, W))
        h.requires_grad_()
        w.requires_grad_()
        value = F.cross_entropy(h @ w.T, y) if way is None else way(h, w, y, **options)
        value.backward()
        seen.append((case, value.double(), h.grad.double(), w.grad.double()))
    return [
        float((a - b).norm() / b.norm())
        for a, b in zip(seen[1][1:], seen[0][1:], strict=True)
    ]


def odd_shapes(
    loss: Callable[..., torch.Tensor], **options: object
) -> dict[str, object]:
    """Take shapes that fill no block."""
    seen: dict[str, object] = {}
    for N, D, V in ((1, 64, 2), (33, 40, 129), (257, 96, 1000), (130, 1000, 32769)):
        try:
            seen[f"{N}, {D}, {V}"] = linear(loss, N, D, V, **options)
        except Exception as error:  # whatever it is, it is the answer
            seen[f"{N}, {D}, {V}"] = f"{type(error).__name__}: {str(error)[:120]}"
    return seen


def per_row_weights() -> dict[str, float]:
    """Weight each row's loss, after reduction='none': errors of the weight gradient."""
    N, D, V = 256, 128, 2000
    hidden, W = draw(N, D).bfloat16(), (draw(V, D) / D**0.5).bfloat16()
    y, g = torch.randint(V, (N,), device=DEVICE), torch.rand(N, device=DEVICE)
    ways: dict[str, Callable[..., torch.Tensor]] = {
        "liger": partial(liger_linear, reduction="none"),
        "cut-cross-entropy": partial(cut, reduction="none"),
        "cut-cross-entropy, no filter": partial(cut, reduction="none", filter_eps=None),
    }
    exact = W.double().requires_grad_()
    losses = F.cross_entropy(hidden.double() @ exact.T, y, reduction="none")
    (g * losses).sum().backward()
    seen = {}
    for name, way in ways.items():
        w = W.clone().requires_grad_()
        (g * way(hidden.clone().requires_grad_(), w, y)).sum().backward()
        seen[name] = float((w.grad.double() - exact.grad).norm() / exact.grad.norm())
    return seen


def ignored_filter() -> dict[str, list[float]]:
    """Ignore rows in the kernel, or leave them out before: gap in loss and gradient."""
    hidden, W = draw(512, 64).bfloat16(), (draw(4096, 64) / 8).bfloat16()
    y = torch.randint(4096, (512,), device=DEVICE)
    keep = torch.arange(512, device=DEVICE) % 3 > 0
    masked = torch.where(keep, y, -100)
    seen = {}
    ways: dict[str, Callable[..., torch.Tensor]] = {
        "liger": liger_linear,
        "cut-cross-entropy, no filter": partial(cut, filter_eps=None),
    }
    for name, way in ways.items():
        grads = []
        for h, t in ((hidden, masked), (hidden[keep], y[keep])):
            w = W.clone().requires_grad_()
            loss = way(h.clone().requires_grad_(), w, t)
            loss.backward()
            grads.append((loss.detach().float(), w.grad))
        (a, G), (b, K) = grads
        seen[name] = [gap(a, b), gap(G, K) / float(K.double().abs().max())]
    return seen


def in_a_graph() -> dict[str, str]:
    """Capture each loss in a CUDA graph."""
    z, y = draw(64, 1000), torch.randint(1000, (64,), device=DEVICE)
    seen = {}
    for name, loss in (("torch", F.cross_entropy), ("liger", liger)):
        loss(z.clone(), y)
        torch.cuda.synchronize()
        try:
            with torch.cuda.graph(torch.cuda.CUDAGraph()):
                loss(z.clone(), y)
            seen[name] = "captured"
        except RuntimeError as error:
            seen[name] = str(error).split("\n")[0][:160]
    return seen


def batch_of_one() -> dict[str, bool]:
    """Ask whether a row's loss has the same bits alone as in a batch of 4096."""
    hidden, W = draw(4096, 1024).bfloat16(), draw(32000, 1024).bfloat16() / 32
    y = torch.randint(32000, (4096,), device=DEVICE)
    z = hidden @ W.T

    def of_logits(rows: slice) -> torch.Tensor:
        return F.cross_entropy(z[rows].float(), y[rows], reduction="none")

    def of_layer(rows: slice) -> torch.Tensor:
        logits = hidden[rows] @ W.T
        return F.cross_entropy(logits.float(), y[rows], reduction="none")

    def of_cut(rows: slice) -> torch.Tensor:
        return cut(hidden[rows], W, y[rows], reduction="none")

    ways = {"logits": of_logits, "layer": of_layer, "cut-cross-entropy": of_cut}
    return {
        f"{name}, {n} of 4096": torch.equal(way(slice(0, n)), way(slice(0, 4096))[:n])
        for name, way in ways.items()
        for n in (1, 2, 7, 128)
    }


def around_1024() -> dict[str, float]:
    """Compare rows of 1024 classes with themselves beside one impossible class."""
    z = 5 * draw(4096, 1024)
    padded = torch.cat((z, torch.full((4096, 1), -float("inf"), device=DEVICE)), 1)
    right = torch.softmax(z.double(), -1)
    seen = {}
    for name, rows in (("1024 classes", z), ("and one at -inf", padded)):
        p = torch.softmax(rows, -1)[:, :1024]
        seen[name] = float(((p - right) / right).abs().max()) * 2**24
        seen[f"{name}: ms"] = timed(partial(torch.softmax, rows.repeat(16, 1), -1))
    same = torch.softmax(z, -1) == torch.softmax(padded, -1)[:, :1024]
    seen["entries with the same bits"] = float(same.float().mean())
    return seen


def timed(step: Callable[[], object]) -> float:
    """Return the median time of a step, in milliseconds."""
    times = []
    for _ in range(12):
        begin, end = (torch.cuda.Event(enable_timing=True) for _ in range(2))
        begin.record()
        step()
        end.record()
        torch.cuda.synchronize()
        times.append(begin.elapsed_time(end))
    return sorted(times[2:])[5]


def layouts() -> dict[str, list[float]]:
    """Measure the loss of images with 21 classes in three layouts: ms and peak MB."""
    z = draw(16, 21, 512, 512)
    y = torch.randint(21, (16, 512, 512), device=DEVICE)
    last = z.to(memory_format=torch.channels_last)
    flat = z.permute(0, 2, 3, 1).reshape(-1, 21).contiguous()
    seen = {}
    for name, logits, truth in (
        ("classes first", z, y),
        ("classes last in memory", last, y),
        ("rows of classes", flat, y.flatten()),
    ):
        given = logits.detach().requires_grad_()

        def step(given: torch.Tensor = given, truth: torch.Tensor = truth) -> None:
            given.grad = None
            F.cross_entropy(given, truth).backward()

        torch.cuda.reset_peak_memory_stats()
        before = torch.cuda.memory_allocated()
        step()
        peak = torch.cuda.max_memory_allocated() - before
        seen[name] = [round(timed(step), 3), round(peak / 1e6)]
    return seen


def deterministic() -> dict[str, str]:
    """Ask for deterministic kernels, in one and in two dimensions."""
    torch.use_deterministic_algorithms(True)
    seen = {}
    for name, shape in (("rows", (8, 3)), ("images", (2, 3, 4, 4))):
        z = draw(*shape).requires_grad_()
        y = torch.zeros(shape[:1] + shape[2:], dtype=torch.long, device=DEVICE)
        try:
            F.cross_entropy(z, y).backward()
            seen[name] = "runs"
        except RuntimeError as error:
            seen[name] = str(error)[:120]
    torch.use_deterministic_algorithms(False)
    return seen


def mixed_types() -> dict[str, str]:
    """Mix half logits with float32 weights or distributions."""
    z, y = draw(4, 3).half(), torch.tensor([0, 1, 2, 0], device=DEVICE)
    cases: dict[str, Callable[[], torch.Tensor]] = {
        "float32 weight": lambda: F.cross_entropy(
            z, y, weight=torch.ones(3, device=DEVICE)
        ),
        "float32 distribution": lambda: F.cross_entropy(z, F.one_hot(y, 3).float()),
    }
    seen = {}
    for name, case in cases.items():
        try:
            seen[name] = str(case().dtype)
        except RuntimeError as error:
            seen[name] = str(error)[:120]
    return seen


def main() -> None:
    """Ask."""
    record = Record("borders", "torch triton liger-kernel cut-cross-entropy")
    ask = record.ask
    ask("liger at block edges: gap in loss, gradient", "1e-6, 1e-8", at_block_edges)
    ask("liger with options: gap in loss, gradient", "1e-6 each", with_options)
    ask("liger with softcap and z-loss: gap", "1e-6", with_softcap_and_z_loss)
    ask("liger's z-loss beside class weights", "mean of the rows", weighted_z_loss)
    y = torch.arange(4, device=DEVICE)
    ask(
        "second gradient over the first, torch",
        "1, 1",
        partial(second_backward, lambda z: F.cross_entropy(z, y)),
    )
    ask(
        "second gradient over the first, liger",
        "2, 2: scaled in place again",
        partial(second_backward, lambda z: liger(z, y)),
    )
    for dtype in (torch.float16, torch.bfloat16):
        ask(
            f"zeros in the gradient of a scaled loss, {dtype}",
            "torch 0; liger all but the truth's in float16, 0 in bfloat16",
            partial(scaled_loss, dtype),
        )
    ask("logits after liger without gradient", "[[1, 2], [0, 0]]", without_gradient)
    ask(
        "one row of logits for a whole batch",
        "liger reads overwritten logits",
        repeated_row,
    )
    ask(
        "liger of views: gap in loss, gradient",
        "1e-6 each; as seen in the interpreter, the transpose's gradient is wrong",
        of_strides,
    )
    ask("int32 labels", "torch refuses, the others take them", of_labels)
    for name, loss, options in (
        ("liger", liger_linear, {}),
        ("cut-cross-entropy", cut, {}),
        ("cut-cross-entropy, no filter", cut, {"filter_eps": None}),
        ("cut-cross-entropy, softcap", cut, {"filter_eps": None, "softcap": 1e6}),
    ):
        ask(
            f"odd shapes, {name}: relative errors of loss and gradients",
            "1e-3, 1e-2, 1e-2",
            partial(odd_shapes, loss, **options),
        )
    ask(
        "row weights after reduction='none': error of the weight gradient",
        "liger 0.005, cut 0.5, cut without filter 0.005",
        per_row_weights,
    )
    ask("rows ignored or left out: gap in loss and gradient", "0, 0", ignored_filter)
    ask(
        "a row alone and in a batch: the same bits?",
        "logits and cut yes, layer no",
        batch_of_one,
    )
    ask(
        "softmax of 1024 classes and of one more: error in ulps, ms",
        "2 and 2, the same bits mostly, half the speed",
        around_1024,
    )
    ask("layouts of images: ms, peak MB", "classes last slower, one copy more", layouts)
    ask("deterministic kernels", "rows run, images refused", deterministic)
    ask("mixed types", "weight refused, distribution promotes", mixed_types)
    # Last: a capture that fails leaves the generator of random numbers unusable
    ask("in a CUDA graph", "torch is captured, liger's .item() is refused", in_a_graph)


if __name__ == "__main__":
    main()
