"""What kernels did on a GPU: the tables of a page, from the run that is kept."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from mathcheck.command.report import thousands
from typeset import measurements
from typeset.measurements import Table, day_of

RECORD = Path("bench") / "gpu" / "h100.json"
WORD = "gpu"  # by which a page asks for a table
STATES = ("fresh", "trained")
LAST = -1  # of what was noted in training


def with_tables(markdown: str, project: Path) -> str:
    """Write the tables of the run where the page asks for them.

    MeasurementError: there was no run, it has no such table, or not all of its numbers.
    """
    tables = {name: (RECORD, table) for name, table in TABLES.items()}
    return measurements.with_tables(markdown, project, WORD, tables)


def answers(run: dict[str, Any], part: str) -> dict[str, Any]:
    """Return what was seen in a part of the run, by its question."""
    return {
        question: answer["seen"]
        for question, answer in run["parts"][part]["answers"].items()
    }


def linear_layer(run: dict[str, Any]) -> str:
    """Return what each way to the loss of a linear layer takes, and how it errs."""
    seen = answers(run, "fused")
    ways = [
        question.removeprefix("fresh: ")
        for question, answer in seen.items()
        if question.startswith("fresh: ") and isinstance(answer, dict)
    ]

    def both(way: str, name: str, form: str) -> str:
        numbers = (seen[f"{state}: {way}"][name] for state in STATES)
        return " / ".join(format(number, form) for number in numbers)

    others = "the same, classes that are never the truth"
    total = "sum over classes of the weight gradient, beside its norm"
    rows = [
        f"| {way} | {thousands(seen[f'fresh: {way}']['peak MB above the inputs'])} "
        f"| {both(way, 'ms', '.1f')} | {both(way, others, '.3f')} "
        f"| {both(way, total, '.3f')} |"
        for way in ways
    ]
    head = (
        "| Way | Memory in MB | Time in ms | Error of the gradient of other classes "
        "| Sum of the gradient over the classes |\n|---|--:|--:|--:|--:|"
    )
    return "\n".join([head, *rows])


def training(run: dict[str, Any]) -> str:
    """Return where training ended, exact and with what a kernel leaves out."""
    rows = [
        f"| {question} | {last['test loss']:.3f} "
        f"| {last['norm of its sum over classes'] / last['norm of the change']:.2f} "
        f"| {last['root mean square of their change']:.5f} |"
        for question, steps in answers(run, "training").items()
        for last in [steps[LAST]]
    ]
    head = (
        "| Method and gradient | Test loss | Sum of the change over the classes, over "
        "its norm | Change of classes that were never the truth |\n|---|--:|--:|--:|"
    )
    return "\n".join([head, *rows])


def rows(run: dict[str, Any]) -> str:
    """Return what the mean over many rows of two equal logits is, in half precision."""
    seen = answers(run, "precision")
    found = [
        f"| {name} | {thousands(int(n))} | {loss:.4f} | {2 * int(n) * slope:.3f} |"
        for name in ("float16", "bfloat16")
        for n, (loss, slope) in seen[f"mean over N rows, torch.{name}"].items()
    ]
    head = "| Type | Rows | Mean loss | Slope, over the right one |\n|---|--:|--:|--:|"
    return "\n".join([head, *found])


def autocast(run: dict[str, Any]) -> str:
    """Return how the loss of logits in bfloat16 errs, by who takes them to float32."""
    found = [
        f"| {way} | {said['type'].removeprefix('torch.')} "
        f"| {said['error of the loss']:.0e} "
        f"| {said['relative error of the gradient']:.0e} |"
        for way, said in answers(run, "precision")["autocast, torch.bfloat16"].items()
    ]
    head = "| Way | Type of the loss | Error of the loss | Error of the gradient |"
    return "\n".join([head, "|---|---|--:|--:|", *found])


def fp8(run: dict[str, Any]) -> str:
    """Return how the loss errs whose logits are products of rounded numbers."""
    seen = answers(run, "precision")["loss of logits from FP8, minus the right one"]
    types = [name for name in seen["fresh"] if name != "loss"]
    found = [
        f"| {name.removeprefix('torch.')} "
        + "".join(f"| {seen[state][name]:+.5f} " for state in STATES).replace("-", "−")
        + "|"
        for name in types
    ]
    head = "| Type of the factors | Fresh | Trained |\n|---|--:|--:|"
    return "\n".join([head, *found])


def card(run: dict[str, Any]) -> str:
    """Return on which card, when and with which versions it was run."""
    versions = run["parts"]["fused"]["versions"]
    said = ", ".join(f"{name} {version}" for name, version in versions.items())
    return f"{run['card'].partition(',')[0]}, {day_of(run)}, {said}"


TABLES: dict[str, Table] = {
    "linear layer": linear_layer,
    "training": training,
    "rows": rows,
    "autocast": autocast,
    "fp8": fp8,
    "card": card,
}
