"""The figure of ``docs/architecture.md``, drawn from the imports of the code itself."""

from collections.abc import Iterator
from pathlib import Path

import matplotlib.pyplot as plt

from typeset.architecture import Architecture
from typeset.figure import FAINT, INK, POINT, VIOLET, WIDE, Figure, figure

# What the figure is drawn of; it is drawn anew when something there changes
READS = (
    "atlas", "bench", "book", "drift", "figures", "fuzz", "mathcheck", "publish",
    "snippets", "tests", "typeset",
)  # fmt: skip
ROW = 34  # px; how high the row of a room is
TESTS = "tests"  # which import from everywhere: their arrows would hide the others


def rooms() -> Figure:
    """Draw the rooms one below another, and the imports between them as arrows down."""
    found = Architecture(Path(__file__).parents[1])
    rows = {room: -row for row, room in enumerate(found.rooms)}
    arrows = {pair: n for pair, n in found.arrows.items() if pair[0] != TESTS}
    entered = [room for room in rows if any(room == there for _, there in arrows)]
    lanes = {room: lane for lane, room in enumerate(entered, start=1)}
    plot, axes = plt.subplots(figsize=(WIDE / POINT, ROW * len(rows) / POINT))
    # An import leaves its room to the right, joins the lane of the other one, and
    # comes into that from the right
    for room, lane in lanes.items():
        first = max(rows[here] for here, there in arrows if there == room)
        down = [rows[room] + 0.2, rows[room] + 0.2, first - 0.2]
        axes.plot([0, lane, lane], down, color=FAINT, linewidth=1)
        axes.plot(0, rows[room] + 0.2, "<", color=VIOLET, markersize=5)
    for room in dict.fromkeys(here for here, _ in arrows):
        last = max(lanes[there] for here, there in arrows if here == room)
        axes.plot([0, last], [rows[room] - 0.2] * 2, color=FAINT, linewidth=1)
    for (here, there), imports in arrows.items():
        axes.plot(lanes[there], rows[here] - 0.2, "o", color=VIOLET, markersize=4)
        # Neighbours stand above and below the line, since there are many lanes
        height = -0.12 if lanes[there] % 2 else -0.58
        axes.text(lanes[there] + 0.12, rows[here] + height, str(imports), color=INK)
    tested = {there: n for (here, there), n in found.arrows.items() if here == TESTS}
    said = f"{sum(tested.values())} imports from {len(tested)} rooms"
    axes.text(0, rows[TESTS], said, color=INK, va="center")
    axes.set_yticks(list(rows.values()), list(_names(found)))
    axes.set(xlim=(-0.2, len(lanes) + 0.9), ylim=(0.6 - len(rows), 0.6), xticks=[])
    axes.tick_params(length=0)
    axes.spines[:].set_visible(False)
    return figure(
        plot,
        alt=f"{len(rows)} rooms in rows, each above those from which it imports: "
        "all arrows lead down. "
        + " ".join(_sentence(room, found) for room in found.rooms),
        caption=f"The rooms of the code, {sum(found.rooms.values())} files in all, and "
        f"the {found.arrows.total()} imports between them. From a dot in the row of a "
        "room an arrow leads down into the room from which it imports; the number at "
        "the dot says how many imports there are. A slash begins the name of a room in "
        "the folder above.",
    )


def _names(found: Architecture) -> Iterator[str]:
    """Yield how each row names its room: without its folder, if that stands above."""
    above = set()
    for room in found.rooms:
        folder, _, name = room.rpartition(".")
        yield f"/{name}" if folder in above else room.replace(".", "/")
        above.add(room)


def _sentence(room: str, found: Architecture) -> str:
    """Say how many files a room has, and where its imports lead."""
    said = [
        f"{there.replace('.', '/')} ({imports})"
        for (here, there), imports in sorted(found.arrows.items())
        if here == room
    ]
    files = f"{room.replace('.', '/')} has {found.rooms[room]} files"
    return f"{files} and imports from {', '.join(said)}." if said else f"{files}."
