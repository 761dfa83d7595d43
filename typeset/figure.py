"""Plots as SVG that follow the reader's colour scheme and have a text alternative.

A plot is drawn twice, for a wide column and for a phone, where its panels stand below
each other, so that its words have the same size in both; the page shows the one for
which there is room. It needs Matplotlib and nothing of the site, and so works in a
notebook.
"""

import io
import re
from base64 import b64encode
from collections.abc import Iterator
from dataclasses import dataclass
from html import escape
from itertools import combinations
from math import isclose
from typing import Any
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

import matplotlib as mpl
import matplotlib.pyplot as plt
from cycler import cycler
from matplotlib.axis import Axis
from matplotlib.figure import Figure as Plot
from matplotlib.layout_engine import ConstrainedLayoutEngine
from matplotlib.lines import Line2D
from matplotlib.text import Annotation, Text
from matplotlib.transforms import Bbox

# The colours a plot may use, as the light scheme has them. The page shows the CSS
# variable of that name (docs/assets/site.css), which differs between light and dark.
INK, FAINT = "#24292f", "#6e7781"
# Three of them are words of a language: what is predicted, what is true, the gradient.
BLUE, GREEN, RED = "#1f5fbf", "#2f7d3b", "#c2352b"
# All else that is to be told apart: losses, methods, distributions.
VIOLET, ORANGE = "#8a2be2", "#8f5200"
VARIABLES = {
    INK: "--figure-ink",
    FAINT: "--figure-faint",
    BLUE: "--figure-blue",
    RED: "--figure-red",
    GREEN: "--figure-green",
    VIOLET: "--figure-violet",
    ORANGE: "--figure-orange",
}

POINT = 72  # to the inch; in an SVG a point is a pixel, and so are our sizes
WIDE, NARROW = 576, 320  # px; what a column of text and what a phone have room for
PANEL = 200  # px; how high a panel is on a phone, below another one

STYLE: dict[Any, Any] = {
    "figure.figsize": (WIDE / POINT, 316 / POINT),
    "figure.dpi": POINT,
    "figure.constrained_layout.use": True,  # room for all words, without cutting
    "figure.constrained_layout.w_pad": 0.08,  # numbers of two panels do not meet
    "figure.facecolor": "none",  # the page's own background
    "axes.facecolor": "none",
    "savefig.facecolor": "none",
    "font.size": 12,
    "axes.labelsize": 12,
    "axes.labelpad": 5,
    "axes.titlesize": 12,
    "axes.titleweight": "bold",
    "xtick.labelsize": 12,
    "ytick.labelsize": 12,
    "legend.fontsize": 12,
    "legend.frameon": False,
    "legend.handlelength": 2.4,  # so that one sees how a line is dashed
    "legend.borderaxespad": 0.2,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.edgecolor": FAINT,
    "axes.labelcolor": INK,
    "text.color": INK,
    "xtick.color": FAINT,
    "ytick.color": FAINT,
    "xtick.labelcolor": INK,
    "ytick.labelcolor": INK,
    "axes.prop_cycle": cycler(color=[VIOLET, ORANGE, INK]),
    "lines.linewidth": 2,
    "svg.fonttype": "none",  # text stays text, in the page's own font
}

# A place or a length, but no opacity, and nothing that a reader reads
NUMBER = re.compile(r"(?<!opacity: )(?<![\d.])\d+\.\d{2,}(?![^<>]*</text>)")
# The number at a tick, as Matplotlib writes it
TICK = re.compile(r"\$\\mathdefault\{[\d.,^{}\\times\u2212-]*\}\$")
FONT = "system-ui, 'Segoe UI', Roboto, 'Noto Sans', Arial, sans-serif"
RIGHTS = "MIT License, © The authors of Cross-Entropy, Checked"


@dataclass(frozen=True)
class Figure:
    """A plot as it is shown and taken away; a notebook and a page show it as it is.

    `wide` and `narrow` are for pages; `svg` stands alone, and `png` is base64.
    """

    name: str
    caption: str
    wide: str
    narrow: str
    svg: str
    png: str

    def _repr_html_(self) -> str:
        return f'<figure class="plot"{self._id()}>{self._pictures()}</figure>'

    def living(self, module: str, folder: str) -> str:
        """Return the figure as the still picture of one that moves.

        The `module`.js of the `folder` brings it to life, where there are scripts and a
        reader comes near.
        """
        return (
            f'<figure class="plot living"{self._id()} data-living="{module}">'
            f'<div class="still">{self.wide}{self.narrow}</div>{self._caption()}'
            f'</figure><script type="module" src="{folder}/near.js"></script>'
        )

    def _id(self) -> str:
        return f' id="fig-{self.name}"' if self.name else ""

    def _pictures(self) -> str:
        return self.wide + self.narrow + self._caption()

    def _caption(self) -> str:
        """Return the caption, at its end the files, which are in the links themselves.

        The site's build makes files of them, and numbers the figure.
        """
        svg = b64encode(self.svg.encode()).decode()
        links = " · ".join(
            f'<a download="{self.name or "figure"}.{ending}" '
            f'href="data:image/{kind};base64,{data}">{ending.upper()}</a>'
            for ending, kind, data in (
                ("svg", "svg+xml", svg),
                ("png", "png", self.png),
            )
        )
        return (
            f"<figcaption>{escape(self.caption)} "
            f'<span class="files">{links}</span></figcaption>'
        )


def style() -> None:
    """Make Matplotlib draw in the style and the colours of the site."""
    mpl.use("svg")
    mpl.rcParams.update(STYLE)


def figure(plot: Plot, *, alt: str, caption: str, name: str = "") -> Figure:
    """Turn a plot into a figure; `alt` says in words what it shows, `caption` what of.

    The plot's labels become a legend above it, where it lies on nothing. The plot is
    used up: it is closed, and as narrow as the last picture.
    ValueError: no text alternative or no caption, a colour that the schemes do not
    know, which would be unreadable in one of them, or words that are cut, that lie on
    one another or on a curve, or that have a formula.
    """
    for said, what in ((alt, "text alternative"), (caption, "caption")):
        if not said.strip():
            raise ValueError(f"a figure needs a {what}, got an empty one")
        refuse_formula(said)
    for annotation in plot.findobj(Annotation):
        annotation.set(annotation_clip=False)  # one beside the axes is shown as well
    with_legend(plot)
    about = {"Title": caption, "Description": alt}
    svg = saved(plot, "svg", f"{alt}wide", {**about, "Rights": RIGHTS})
    wide = for_page(svg, plot, alt, "wide")
    png = io.BytesIO()
    text = {**about, "Copyright": RIGHTS, "Software": None}
    plot.savefig(png, format="png", dpi=2 * POINT, facecolor="white", metadata=text)
    stack(plot)
    with_legend(plot)
    narrow = for_page(saved(plot, "svg", f"{alt}narrow", {}), plot, alt, "narrow")
    plt.close(plot)
    return Figure(
        name=name.replace("_", "-"),
        caption=caption,
        wide=wide,
        narrow=narrow.replace("<svg", '<svg display="none"', 1),  # till a style asks
        svg=re.sub(r"font-family: [^;\"]*", f"font-family: {FONT}", svg),
        png=b64encode(png.getvalue()).decode(),
    )


def stack(plot: Plot) -> None:
    """Make a plot as narrow as a phone, its panels in a row now in a column."""
    height = plot.get_figheight() * POINT
    panels = [axes for axes in plot.axes if axes.get_subplotspec() is not None]
    grids = {axes.get_gridspec() for axes in panels}
    if len(panels) > 1 and all(grid is not None and grid.nrows == 1 for grid in grids):
        column = plot.add_gridspec(len(panels), 1)
        for row, axes in enumerate(panels):
            axes.set_subplotspec(column[row])
            axes.tick_params(labelleft=True)  # shared, it stood at the first one only
        engine = plot.get_layout_engine()
        if isinstance(engine, ConstrainedLayoutEngine):
            # Or a title would read on from the words below the panel above it
            engine.set(hspace=0.12)
        height = PANEL * len(panels)
    else:
        height = max(0.8 * height, PANEL)
    plot.set_size_inches(NARROW / POINT, height / POINT)


def with_legend(plot: Plot) -> None:
    """Put one legend above the plot, in as many columns as it has room for."""
    for drawn in [*plot.legends, *(axes.get_legend() for axes in plot.axes)]:
        if drawn is not None:
            drawn.remove()
    named = {
        label: handle
        for axes in plot.axes
        for handle, label in zip(*axes.get_legend_handles_labels(), strict=True)
    }
    for columns in range(len(named), 0, -1):
        legend = plot.legend(
            named.values(), named.keys(), loc="outside upper left", ncols=columns
        )
        plot.draw_without_rendering()
        if legend.get_window_extent().width <= plot.bbox.width or columns == 1:
            return
        legend.remove()


def for_page(svg: str, plot: Plot, alt: str, room: str) -> str:
    """Return the SVG of a plot as a page shows it."""
    for text, _ in words(plot):
        refuse_formula(text.get_text())
    refuse_collisions(plot, room)
    svg = svg[svg.index("<svg") :]
    svg = re.sub(r'style="[^"]*"', in_the_scheme, svg)
    refuse_black(svg)
    svg = re.sub(r"font-family: [^;\"]*", "font-family: var(--figure-font)", svg)
    svg = re.sub(r"<(style|metadata).*?</\1>", "", svg, flags=re.DOTALL)
    # A tenth of a pixel is as fine as one sees, and as long as it is necessary
    svg = NUMBER.sub(lambda number: f"{float(number[0]):.1f}".removesuffix(".0"), svg)
    return with_alternative(without_idle_ids(svg), alt, room)


def saved(plot: Plot, kind: str, salt: str, metadata: dict[str, str]) -> str:
    """Return a plot as text, the same from run to run."""
    nothing = dict.fromkeys(("Creator", "Date", "Format", "Type"))
    with mpl.rc_context({"svg.hashsalt": salt}):  # of ids, which no two pictures share
        file = io.StringIO()
        plot.savefig(file, format=kind, metadata={**nothing, **metadata})
    return file.getvalue()


def words(plot: Plot) -> Iterator[tuple[Text, Bbox]]:
    """Yield all that can be read in a plot, each with the place that it takes."""
    beyond = set()  # ticks that Matplotlib has and does not draw
    for axis in plot.findobj(Axis):
        low, high = sorted(axis.get_view_interval())
        for tick in [*axis.get_major_ticks(), *axis.get_minor_ticks()]:
            at = tick.get_loc()
            if not (low <= at <= high or isclose(at, low) or isclose(at, high)):
                beyond |= {tick.label1, tick.label2}
    for text in plot.findobj(Text):
        if text.get_visible() and text.get_text().strip() and text not in beyond:
            axes = text.axes
            if axes is None or axes.axison or text in axes.texts:
                yield text, Text.get_window_extent(text)  # without an arrow


def refuse_formula(said: str) -> None:
    """Refuse a formula in the words of a figure; the numbers of its ticks are none."""
    if "$" in said and not TICK.fullmatch(said):
        raise ValueError(f"{said!r} has a formula, which nothing checks; use words")


def refuse_collisions(plot: Plot, room: str) -> None:
    """Refuse words that are cut, that lie on one another, or on a curve."""
    # What is narrow here may be wide in the reader's font; above and below is room
    seen = [(text, box.padded(2, -2)) for text, box in words(plot) if box.width]
    width, height = plot.bbox.size
    for text, box in seen:
        if box.x0 < -3 or box.y0 < 1 or box.x1 > width + 3 or box.y1 > height - 1:
            raise ValueError(f"{text.get_text()!r} is cut in the {room} picture")
    for (one, box), (other, place) in combinations(seen, 2):
        both = Bbox.intersection(box, place)
        if both is not None and both.width > 0 and both.height > 0:
            raise ValueError(
                f"{one.get_text()!r} and {other.get_text()!r} lie on one another in "
                f"the {room} picture"
            )
    for axes in plot.axes:
        curves = [line for line in axes.lines if line.get_color() != FAINT]
        for text, box in seen:
            inside = Bbox.intersection(box, axes.bbox)
            if inside and any(lies_on(inside, curve) for curve in curves):
                raise ValueError(
                    f"{text.get_text()!r} lies on a curve in the {room} picture"
                )


def lies_on(box: Bbox, curve: Line2D) -> bool:
    """Say whether a curve runs through a box, or one of its dots lies in it."""
    path = curve.get_transform().transform_path(curve.get_path())
    if curve.get_linestyle() == "None":
        return bool(box.count_contains(path.vertices))
    return bool(path.intersects_bbox(box, filled=False))


def in_the_scheme(style: re.Match[str]) -> str:
    """Put the variables of the schemes in the place of a style's colours.

    The colour stays as what is shown where no scheme is, as in a downloaded notebook.
    """
    text = style[0]
    if unknown := set(re.findall(r"#[0-9a-f]{6}", text)) - set(VARIABLES):
        raise ValueError(f"a figure uses colours without a scheme: {min(unknown)}")
    for colour, variable in VARIABLES.items():
        text = text.replace(colour, f"var({variable}, {colour})")
    return text


def refuse_black(svg: str) -> None:
    """Refuse what Matplotlib leaves black by saying nothing, and pictures in pixels."""

    def look(element: Element, filled: bool) -> None:
        tag = element.tag.rpartition("}")[2]
        filled = filled or "fill:" in element.get("style", "")
        if tag == "image":
            raise ValueError("a figure holds an image, whose colours no scheme changes")
        if tag in ("path", "text") and not filled:
            raise ValueError(f"a figure draws a {tag} in black, without a scheme")
        for child in element:
            if tag != "defs":
                look(child, filled)

    look(ElementTree.fromstring(svg), filled=False)


def without_idle_ids(svg: str) -> str:
    """Drop the ids that nothing refers to: two figures on a page would share them."""
    used = set(re.findall(r'(?:url\(#|href="#)([^)"]+)', svg))
    return re.sub(
        r' id="([^"]+)"', lambda match: match[0] if match[1] in used else "", svg
    )


def with_alternative(svg: str, alt: str, room: str) -> str:
    """Give the root element its role and its name, and let the page set its size."""
    size = r' (?:height|width)="[\d.]+pt"'
    opening, rest = svg.split(">", 1)
    opening = re.sub(r' xmlns(?::xlink)?="[^"]*"| version="[^"]*"', "", opening)
    opening = re.sub(size, "", opening)
    width, height = re.search(r'viewBox="0 0 (\S+) (\S+)"', opening).groups()  # type: ignore[union-attr]
    # Its shape, so that the page can leave room for what is not yet drawn; and no word
    # grows by more than a tenth
    style = (
        f"aspect-ratio: {width} / {height}; max-width: {1.1 * float(width):g}px; "
        "stroke-linejoin: round"
    )
    return (
        f'{opening} class="{room}" role="img" aria-label="{escape(alt)}" '
        f'style="{style}">{rest}'
    )
