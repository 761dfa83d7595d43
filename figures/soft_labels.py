"""The figures of ``docs/soft_labels.md``."""

import matplotlib.pyplot as plt
import numpy as np

from snippets.gradient import cross_entropy
from snippets.soft_labels import distillation_gradient, smooth_labels, tempered_softmax
from typeset.figure import BLUE, FAINT, ORANGE, RED, VIOLET, Figure, figure

Z = np.log([0.2, 0.3, 0.5])  # the running example
V = np.log([0.1, 0.2, 0.7])  # a teacher
PLAIN = 1  # the temperature that changes nothing


def smoothed_loss() -> Figure:
    """Draw the loss against the lead of the true logit, with smoothing and without."""
    gap = np.linspace(0, 10, 201)
    z = gap[:, None] * [0.0, 0.0, 1.0]
    epsilon = 0.1
    smoothed = smooth_labels([0, 0, 1], epsilon)
    hard = np.asarray(cross_entropy(z, np.full(gap.size, 2)))
    soft = np.asarray(cross_entropy(z, np.broadcast_to(smoothed, z.shape)))
    best = np.log(smoothed[2] / smoothed[0])
    floor = float(cross_entropy(np.log(smoothed), smoothed))
    plot, axes = plt.subplots()
    axes.plot(gap, hard, color=FAINT, linestyle="--", label="hard label")
    axes.plot(gap, soft, "-", color=VIOLET, label=f"smoothed by {epsilon}")
    axes.plot(best, floor, "o", color=VIOLET)
    axes.annotate(f"floor {floor:.3f}", (best, floor - 0.03), va="top")
    axes.set(xlabel="lead of the true logit over both others", ylabel="loss, in nats")
    axes.set_ylim(bottom=0)
    return figure(
        plot,
        alt="Two curves of the loss over the lead of the true logit, for three "
        f"classes. Both start at {hard[0]:.3f}, which is log {np.exp(hard[0]):.0f}, "
        "where the logits are equal. With a hard label the loss only falls, to "
        f"{hard[-1]:.4f} at a lead of {gap[-1]:g}. With the label smoothed by "
        f"{epsilon} it falls to its floor, {floor:.3f}, at a lead of {best:.2f}, and "
        f"then rises in nearly a straight line, to {soft[-1]:.3f} at {gap[-1]:g}.",
        caption="With a hard label the loss falls as long as the lead of the true "
        f"logit grows. With the label smoothed by {epsilon} it is least at a lead of "
        f"{best:.2f}, and no lower than {floor:.3f} nats.",
    )


def temperatures() -> Figure:
    """Draw the probabilities of the running example against the temperature."""
    temperature = np.geomspace(0.05, 20, 121)
    p = np.array([tempered_softmax(Z, t) for t in temperature])
    plot, axes = plt.subplots()
    for k, line in enumerate([":", "--", "-"]):
        axes.plot(temperature, p[:, k], line, color=BLUE, label=f"class {k + 1}")
    axes.axhline(1 / 3, color=FAINT, linestyle="--")
    axes.axvline(PLAIN, color=FAINT, linestyle=":")
    axes.set_xscale("log")
    ticks = [0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 20]
    axes.set_xticks(ticks, [f"{tick:g}" for tick in ticks])
    axes.minorticks_off()
    axes.set(xlabel="temperature", ylabel="probability p")
    first, second, third = (f"{value:.1f}" for value in tempered_softmax(Z, PLAIN))
    cold, warm = (", ".join(f"{value:.3f}" for value in row) for row in (p[0], p[-1]))
    coldest, warmest = temperature[0], temperature[-1]
    return figure(
        plot,
        alt="The probabilities of the three classes over the temperature, on a "
        f"logarithmic scale. At temperature {PLAIN} they are {first}, {second} and "
        f"{third}. Towards low temperatures the third takes everything: at "
        f"{coldest:g} they are {cold}. Towards high temperatures all three tend to one "
        f"third: at {warmest:g} they are {warm}. The curves never cross.",
        caption=f"The prediction for logits log {first}, log {second} and log {third}: "
        f"a temperature above {PLAIN} evens the probabilities out, one below sharpens "
        "them.",
    )


def distillation_scale() -> Figure:
    """Draw the length of the gradient of distillation, with T squared and without."""
    temperature = np.geomspace(0.2, 100, 121)
    gradients = [distillation_gradient(Z, V, t) for t in temperature]
    plain = np.linalg.norm(gradients, axis=1)
    scaled = temperature**2 * plain
    limit = ((Z - Z.mean()) - (V - V.mean())) / 3
    plot, axes = plt.subplots()
    axes.loglog(temperature, plain, "-", color=RED, label="length of the gradient")
    axes.loglog(temperature, scaled, "--", color=ORANGE, label="times T²")
    length = float(np.linalg.norm(limit))
    axes.axhline(length, color=FAINT, linestyle="--", label="limit")
    ticks = [0.2, 0.5, 1, 2, 5, 10, 20, 50, 100]
    axes.set_xticks(ticks, [f"{tick:g}" for tick in ticks])
    axes.set_yticks([1, 1e-2, 1e-4], ["1", "0.01", "0.0001"])
    axes.minorticks_off()
    axes.set(xlabel="temperature T", ylabel="length")
    at_plain = float(np.linalg.norm(distillation_gradient(Z, V, PLAIN)))
    return figure(
        plot,
        alt="Two curves over the temperature, both scales logarithmic. The length of "
        f"the gradient of distillation is {at_plain:.3f} at temperature {PLAIN} and "
        f"falls, along a straight line, to {plain[-1]:.6f} at {temperature[-1]:g}. "
        "Times T squared it rises at low temperatures and then stays level, near its "
        f"limit {length:.3f}: it is {at_plain:.3f} at {PLAIN} and {scaled[-1]:.3f} at "
        f"{temperature[-1]:g}.",
        caption="At high temperatures the gradient of distillation shrinks with the "
        f"square of the temperature: times T² it tends to a limit, {length:.3f}.",
    )
