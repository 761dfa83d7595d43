"""Plots as SVG that follows the reader's colour scheme and has a text alternative."""

import io
import re
from dataclasses import dataclass
from html import escape
from typing import Any
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

import matplotlib as mpl
from cycler import cycler
from matplotlib.figure import Figure as Plot
from matplotlib.text import Annotation

# The colours a plot may use. Matplotlib draws with the value; the page shows the CSS
# variable of that name (docs/assets/site.css), which differs between light and dark.
INK, FAINT = "#24292f", "#8b949e"
BLUE, RED, GREEN = "#1f5fbf", "#c2352b", "#2f7d3b"
VARIABLES = {
    INK: "--figure-ink",
    FAINT: "--figure-faint",
    BLUE: "--figure-blue",
    RED: "--figure-red",
    GREEN: "--figure-green",
}

STYLE: dict[Any, Any] = {
    "figure.figsize": (6.0, 3.4),  # inches of 72 px: readable on a phone's 340 px
    "figure.facecolor": "none",  # the page's own background
    "axes.facecolor": "none",
    "savefig.facecolor": "none",
    "font.size": 11,
    "axes.labelsize": 11,
    "axes.titlesize": 12,
    "legend.frameon": False,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.edgecolor": FAINT,
    "axes.labelcolor": INK,
    "text.color": INK,
    "xtick.color": FAINT,
    "ytick.color": FAINT,
    "xtick.labelcolor": INK,
    "ytick.labelcolor": INK,
    "axes.prop_cycle": cycler(color=[BLUE, RED, GREEN, INK]),
    "lines.linewidth": 2,
    "figure.constrained_layout.w_pad": 0.12,  # numbers of two panels do not meet
    "svg.fonttype": "none",  # text stays text, in the page's own font
}


@dataclass(frozen=True)
class Figure:
    """SVG with its text alternative; a notebook and a page show it as it is."""

    svg: str
    caption: str = ""

    def _repr_html_(self) -> str:
        return f'<figure class="plot">{self.svg}{self._caption()}</figure>'

    def living(self, name: str, folder: str) -> str:
        """Return the figure as the still picture of one that moves.

        The module `name`.js of the `folder` brings it to life, where there are scripts
        and a reader comes near.
        """
        return (
            f'<figure class="plot living" data-living="{name}">'
            f'<div class="still">{self.svg}</div>{self._caption()}</figure>'
            f'<link rel="stylesheet" href="{folder}/living.css">'
            f'<script type="module" src="{folder}/near.js"></script>'
        )

    def _caption(self) -> str:
        if not self.caption:
            return ""
        return f"<figcaption>{escape(self.caption)}</figcaption>"


def style() -> None:
    """Make Matplotlib draw in the style and the colours of the site."""
    mpl.use("svg")
    mpl.rcParams.update(STYLE)


def figure(plot: Plot, alt: str, caption: str = "") -> Figure:
    """Turn a plot into a figure; `alt` says in words what it shows.

    Raises ValueError if the text alternative is empty, or if the plot uses a colour
    that the schemes do not know: it would be unreadable in one of them.
    """
    if not alt.strip():
        raise ValueError("a figure needs a text alternative, got an empty one")
    for annotation in plot.findobj(Annotation):
        annotation.set(annotation_clip=False)  # one beside the axes is shown as well
    with mpl.rc_context({"svg.hashsalt": alt}):  # ids repeat from run to run
        drawn = io.StringIO()
        nothing = dict.fromkeys(("Creator", "Date", "Format", "Type"))
        plot.savefig(drawn, format="svg", bbox_inches="tight", metadata=nothing)
    svg = drawn.getvalue()
    svg = svg[svg.index("<svg") :]
    svg = re.sub(r'style="[^"]*"', in_the_scheme, svg)
    refuse_black(svg)
    svg = re.sub(r"font-family: [^;\"]*", "font-family: var(--figure-font)", svg)
    svg = re.sub(r"<style.*?</style>", "", svg, flags=re.DOTALL)  # of the whole page
    return Figure(with_alternative(without_idle_ids(svg), alt), caption)


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


def with_alternative(svg: str, alt: str) -> str:
    """Give the root element its role and its name, and let the page set its size."""
    size = r' (?:height|width)="[\d.]+pt"'
    opening, rest = svg.split(">", 1)
    opening = re.sub(r' xmlns(?::xlink)?="[^"]*"| version="[^"]*"', "", opening)
    opening = re.sub(size, "", opening)
    # Its shape, so that the page can leave room for what is not yet drawn
    shape = re.sub(
        r'.*viewBox="0 0 (\S+) (\S+)".*', r"\1 / \2", opening, flags=re.DOTALL
    )
    style = f"aspect-ratio: {shape}; stroke-linejoin: round"
    return f'{opening} role="img" aria-label="{escape(alt)}" style="{style}">{rest}'
