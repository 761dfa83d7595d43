"""The face of the text: STIX Two, made for mathematics, served from the site itself.

It comes from the npm package of `package.json`, cut into scripts, of which a browser
fetches those that a page needs. What few other signs stand in the prose (∎, ∞) are the
system's.
"""

import json
from collections.abc import Iterator
from pathlib import Path

from typeset.mathjax import HERE, NotInstalledError

FAMILY = "STIX Two Text"
PACKAGE = HERE / "node_modules" / "@fontsource-variable" / "stix-two-text"
SCRIPTS = ("greek", "latin")  # the prose has no other letters
STYLES = ("normal", "italic")
FOLDER = "assets/fonts"
STYLESHEET = "assets/fonts.css"

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


def font_files(package: Path = PACKAGE) -> Iterator[tuple[str, bytes]]:
    """Yield the style sheet, the fonts and their licence, as files of the site."""
    if not package.is_dir():
        raise NotInstalledError("The fonts are not installed here: run `make setup`.")
    ranges = json.loads((package / "unicode.json").read_text("utf-8"))
    faces = []
    for script in SCRIPTS:
        for style in STYLES:
            name = f"stix-two-text-{script}-{style}.woff2"
            source = f"stix-two-text-{script}-wght-{style}.woff2"
            yield f"{FOLDER}/{name}", (package / "files" / source).read_bytes()
            faces.append(
                FACE.format(
                    family=FAMILY, style=style, name=name, characters=ranges[script]
                )
            )
    yield f"{FOLDER}/LICENSE.txt", (package / "LICENSE").read_bytes()
    yield STYLESHEET, "".join(faces).encode()
