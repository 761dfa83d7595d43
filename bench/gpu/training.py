"""What a filter of small gradients does to training: plain descent, and Adam."""

from collections.abc import Callable
from functools import partial

import torch
import torch.nn.functional as F
from cut_cross_entropy import linear_cross_entropy as cut

from bench.gpu.record import Record

N, D, V = 8192, 512, 65536
SHOWN = (1, 50, 100, 200, 400)


def in_float32(
    hidden: torch.Tensor, weight: torch.Tensor, truth: torch.Tensor
) -> torch.Tensor:
    """Take the loss of all logits, in float32."""
    return F.cross_entropy((hidden @ weight.T).float(), truth)


class Descent:
    """Moves against the gradient, at a fixed rate."""

    def __init__(self, rate: float) -> None:
        self.rate = rate

    def step(self, gradient: torch.Tensor) -> torch.Tensor:
        """Return the change of the weights."""
        return -self.rate * gradient


class Adam(Descent):
    """Moves each weight by the mean of its gradients over their root mean square."""

    mean: torch.Tensor | float = 0.0
    square: torch.Tensor | float = 0.0
    steps = 0

    def step(self, gradient: torch.Tensor) -> torch.Tensor:
        """Return the change of the weights."""
        self.steps += 1
        self.mean = 0.9 * self.mean + 0.1 * gradient
        self.square = 0.999 * self.square + 0.001 * gradient**2
        mean = self.mean / (1 - 0.9**self.steps)
        square = self.square / (1 - 0.999**self.steps)
        return -self.rate * mean / (torch.sqrt(square) + 1e-8)


def trained(
    loss: Callable[..., torch.Tensor], rule: Callable[[], Descent]
) -> list[dict[str, float]]:
    """Fit classes that follow Zipf's law; weights in float32, products in bfloat16."""
    source = torch.Generator(device="cuda").manual_seed(5)
    draw = partial(torch.randn, device="cuda", generator=source)
    frequency = 1 / torch.arange(1, V + 1, device="cuda").float()
    centres = draw(V, D) / D**0.5
    start = draw(V, D) * 0.02

    def batch() -> tuple[torch.Tensor, torch.Tensor]:
        y = torch.multinomial(frequency, N, replacement=True, generator=source)
        return 6 * (centres[y] + draw(N, D) / D**0.5), y

    H_test, y_test = batch()
    W, optimiser = start.clone(), rule()
    never = torch.ones(V, dtype=torch.bool, device="cuda")
    seen = []
    for step in range(1, max(SHOWN) + 1):
        H, y = batch()
        never[y] = False
        half = W.bfloat16().requires_grad_()
        loss(H.bfloat16(), half, y).backward()
        W += optimiser.step(half.grad.float())
        if step in SHOWN:
            change = W - start
            seen.append(
                {
                    "step": step,
                    "test loss": float(F.cross_entropy(H_test @ W.T, y_test)),
                    "norm of the change": float(change.norm()),
                    "norm of its sum over classes": float(change.sum(0).norm()),
                    "classes never the truth": int(never.sum()),
                    "root mean square of their change": float(
                        change[never].square().mean().sqrt()
                    ),
                }
            )
    return seen


LOSSES = {
    "exact": in_float32,
    "cut-cross-entropy": cut,
    "cut-cross-entropy, no filter": partial(cut, filter_eps=None),
}
RULES: dict[str, Callable[[], Descent]] = {
    "plain descent, rate 40": partial(Descent, 40.0),
    "Adam, rate 0.001": partial(Adam, 0.001),
}


def main() -> None:
    """Train with each loss under each rule."""
    record = Record("training", "torch triton cut-cross-entropy")
    for rule_name, rule in RULES.items():
        for loss_name, loss in LOSSES.items():
            record.ask(
                f"{rule_name}: {loss_name}",
                "as on the H200: the same test loss at the end, within a hundredth",
                partial(trained, loss, rule),
            )


if __name__ == "__main__":
    main()
