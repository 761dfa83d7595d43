"""Formulas that hold, each changed in one place, and whether that is noticed.

Of each formula one slip of each family is tried. Most are judged where they stand. One
that declares, defines or supposes something may be noticed further down: for that the
page is checked with it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import partial
from pathlib import Path

from drift.fault import PAGE, Fault, Source, chosen
from mathcheck.command.project import (
    Project,
    files_in,
    inherited_in,
    processes,
    project_of,
)
from mathcheck.page.check import check_file
from mathcheck.page.mutants import Tally
from mathcheck.page.slips import Slip, plain


def one_of_each(made: list[Slip]) -> list[Slip]:
    """Return one slip of each family, always the same."""
    families: dict[str, Slip] = {}
    for slip in chosen(made, len(made), lambda slip: slip.latex):
        families.setdefault(slip.family, slip)
    return list(families.values())


def pages(project: Project) -> list[Path]:
    """Return the pages whose formulas are changed, the largest first."""
    found = [file for path in project.paths for file in files_in(path)]
    kept = [f for f in found if f.suffix == ".md" and f != project.notation]
    return sorted(kept, key=lambda file: -file.stat().st_size)


def tried(root: Path) -> Iterator[tuple[Fault, str, bool | None]]:
    """Yield each change, its family, and whether it was noticed where it stands.

    None: it was not, but the page may be wrong with it.
    """
    project = project_of(root)
    with processes() as pool:
        for found in pool.map(partial(tried_on, project=project), pages(project)):
            yield from found


def tried_on(file: Path, project: Project) -> list[tuple[Fault, str, bool | None]]:
    """Try the changes of the formulas of one page."""
    tally = Tally(one_of_each)
    inherited = inherited_in(project)
    page, _ = check_file(file, str(file), inherited, witness=tally, site=project.site)
    source = Source("formulas", project.root, str(file.relative_to(project.root)))
    found = []
    for trial in tally.tried:
        fault = changed(source, trial.offset, page.formulas[trial.offset], trial.slip)
        verdict = None if trial.status is None and trial.tells else bool(trial.status)
        found.append((fault, trial.slip.family, verdict))
    return found


def changed(source: Source, offset: int, latex: str, slip: Slip) -> Fault:
    """Return the fault of a changed formula, named by the place that was changed."""
    before, after = words(latex), words(slip.latex)
    start = common(before, after)
    stop = common(before[start:][::-1], after[start:][::-1])
    old = before[start : len(before) - stop]
    new = after[start : len(after) - stop]
    around = before[max(start - 40, 0) : start], before[len(before) - stop :][:40]
    name = f"{source.path}: {slip.family}: {around[0]}⟦{old} → {new}⟧{around[1]}"
    return Fault(
        source.family, source.path, offset, offset + len(latex), slip.latex, (PAGE,),
        name,
    )  # fmt: skip


def words(latex: str) -> str:
    r"""Return LaTeX on one line, without \left and \right, evenly spaced."""
    return " ".join(plain(latex).split()).replace("( ", "(").replace(" )", ")")


def common(one: str, other: str) -> int:
    """Return how many characters two texts have in common at their beginning."""
    pairs: Iterable[tuple[str, str]] = zip(one, other, strict=False)
    for count, (a, b) in enumerate(pairs):
        if a != b:
            return count
    return min(len(one), len(other))
