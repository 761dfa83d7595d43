"""How fast code and pages are beside others: ratios, from the runs that are kept."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from mathcheck.command.report import thousands
from typeset import building, measurements, others, speed
from typeset.measurements import Table, day_of

WORD = "bench"  # by which a page asks for a table
LOSS = Path("bench") / "loss.json"
SITE = Path("bench") / "site.json"
OTHERS = Path("bench") / "others.json"
BUILDS = Path("bench") / "builds.json"
BASE = "PyTorch"
WAYS = {  # what a column is called
    "tiled": "In tiles",
    "plain": "Plain",
    "textbook": "Textbook",
    "SciPy": "SciPy",
    "Optax": "Optax",
}
NAMES = {
    "Python": "Python",
    "numpy": "NumPy",
    "scipy": "SciPy",
    "torch": "PyTorch",
    "jax": "JAX",
    "optax": "Optax",
}


def with_tables(markdown: str, project: Path) -> str:
    """Write how fast something is, where the page asks for it.

    MeasurementError: there was no run, it has no such table, or not all of its numbers.
    """
    return measurements.with_tables(markdown, project, WORD, TABLES)


def loss(run: dict[str, Any]) -> str:
    """Return the time of each way to loss and gradient, over that of PyTorch."""
    rows = [
        f"{size(batch)} | {batch['deviation']:g} | "
        + " | ".join(f"{batch['ms'][way] / batch['ms'][BASE]:.2f}" for way in WAYS)
        + " |"
        for batch in run["batches"]
    ]
    head = f"| Logits | Type | Deviation | {' | '.join(WAYS.values())} |"
    return "\n".join([head, "|---|---|--:|" + "--:|" * len(WAYS), *rows])


def memory(run: dict[str, Any]) -> str:
    """Return the most memory of each way that is NumPy's, over that of the logits."""
    ways = [way for way in WAYS if way in run["batches"][0]["peak over logits"]]
    usual = min(batch["deviation"] for batch in run["batches"])
    rows = [
        f"{size(batch)} | "
        + " | ".join(f"{batch['peak over logits'][way]:.2f}" for way in ways)
        + " |"
        for batch in run["batches"]
        if batch["deviation"] == usual
    ]
    head = f"| Logits | Type | {' | '.join(WAYS[way] for way in ways)} |"
    return "\n".join([head, "|---|---|" + "--:|" * len(ways), *rows])


def size(batch: dict[str, Any]) -> str:
    """Return the cells that say what the logits of a batch are."""
    rows, classes = thousands(batch["rows"]), thousands(batch["classes"])
    return f"| {rows} × {classes} | {batch['dtype']}"


def layer(measure: str) -> Table:
    """Return the one number of a layer's loss in blocks, over that of all at once."""

    def ratio(run: dict[str, Any]) -> str:
        of = run["layer"][measure]
        return f"{of['in blocks'] / of['at once']:.2f}"

    return ratio


def machine(run: dict[str, Any]) -> str:
    """Return on what kind of machine, when and with which versions it was run."""
    kind = run["machine"]
    versions = {"Python": kind["python"], **run["versions"]}
    said = ", ".join(f"{NAMES[name]} {version}" for name, version in versions.items())
    place = f"{kind['processor']}, {kind['cores']} cores, {kind['system']}"
    return f"{place}, {day_of(run)}, {said}"


TABLES: dict[str, tuple[Path, Table]] = {
    "loss": (LOSS, loss),
    "loss memory": (LOSS, memory),
    "loss machine": (LOSS, machine),
    "layer time": (LOSS, layer("ms")),
    "layer memory": (LOSS, layer("peak bytes")),
    "site": (SITE, speed.shown),
    "builds": (BUILDS, building.builds),
    "growth": (BUILDS, building.growth),
    "builds machine": (BUILDS, building.circumstances),
    "others": (OTHERS, others.read),
    "not read": (OTHERS, others.not_read),
}
