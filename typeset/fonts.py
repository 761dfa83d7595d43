"""The face of the text: STIX Two, made for mathematics, served from the site itself.

It comes from the npm package of `package.json`, cut into scripts, of which a browser
fetches those that a page needs, and each to the letters that the pages show, which is a
little more than half of it. What few other signs stand in the prose (∎, ∞) are the
system's.
"""

import json
from io import BytesIO
from pathlib import Path

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont

from mathcheck.command.store import Store
from typeset.mathjax import HERE

FAMILY = "STIX Two Text"
PACKAGE = HERE / "node_modules" / "@fontsource-variable" / "stix-two-text"
SCRIPTS = ("greek", "latin")  # the prose has no other letters
STYLES = ("normal", "italic")
FOLDER = "assets/fonts"
STYLESHEET = "assets/fonts.css"
NAME, SOURCE = "stix-two-text-{}-{}.woff2", "stix-two-text-{}-wght-{}.woff2"
KEPT = 20  # fonts, before and after some edits

# `optional`: a page is shown in one face, the one that is there when it is first drawn,
# and nothing of it shifts when a font arrives late. The page preloads the Latin ones
# (overrides/main.html), so that few readers see another, and none on a second page.
FACE = """\
@font-face {{
  font-family: "{family}";
  font-style: {style};
  font-weight: 400 700;
  font-display: optional;
  src: url("fonts/{name}") format("woff2");
  unicode-range: {characters};
}}
"""


def faces(package: Path = PACKAGE) -> dict[str, bytes]:
    """Return the style sheet of the fonts, and their licence, as files of the site."""
    ranges = json.loads((package / "unicode.json").read_text("utf-8"))
    sheet = "".join(
        FACE.format(
            family=FAMILY, style=style, name=NAME.format(script, style),
            characters=ranges[script],
        )
        for script in SCRIPTS for style in STYLES
    )  # fmt: skip
    licence = (package / "LICENSE").read_bytes()
    return {STYLESHEET: sheet.encode(), f"{FOLDER}/LICENSE.txt": licence}


def write(site: Path, project: Path, package: Path = PACKAGE) -> None:
    """Write the fonts into a built site, with the letters of its pages.

    Each is kept as long as these stay the same.
    """
    letters = set().union(*(page.read_text("utf-8") for page in site.rglob("*.html")))
    shown = "".join(sorted(letters))
    store = Store(project / ".cache" / "fonts", KEPT)
    (site / FOLDER).mkdir(parents=True, exist_ok=True)
    for script in SCRIPTS:
        for style in STYLES:
            name, source = NAME.format(script, style), SOURCE.format(script, style)
            whole = (package / "files" / source).read_bytes()
            key = store.key(name, Path(__file__).read_bytes(), whole, shown)
            font = store.read(key)
            if font is None:
                store.write(key, font := cut(whole, shown))
            (site / FOLDER / name).write_bytes(font)


def cut(font: bytes, letters: str) -> bytes:
    """Return a font with those of its letters alone, and all their features.

    What it says of hints stays, few as they are: a font without any is given hints by
    some systems, and words take another width.
    """
    subsetter = Subsetter(Options(flavor="woff2", hinting=True))
    # Of the time at which it was cut it says nothing: a site is the same on each day
    with TTFont(BytesIO(font), recalcTimestamp=False) as whole:
        subsetter.populate(text=letters)
        subsetter.subset(whole)
        whole.flavor = "woff2"
        whole.save(result := BytesIO())
    return result.getvalue()
