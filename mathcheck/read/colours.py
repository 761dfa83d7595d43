"""Colours that are seen on white and on black; others could hide something."""

from __future__ import annotations

import re

# Luminance, from 0 for black to 1 for white, of what is seen on either
DARKEST, BRIGHTEST = 0.01, 0.75
NAMED = frozenset(
    """red green blue orange purple violet magenta cyan teal brown olive gray grey pink
    darkblue darkred darkgreen darkorange darkviolet crimson firebrick forestgreen
    seagreen steelblue royalblue slateblue dodgerblue tomato coral salmon chocolate
    sienna goldenrod darkgray darkgrey dimgray slategray indigo maroon
    bittersweet blueviolet brickred burntorange cadetblue cerulean cornflowerblue
    darkorchid fuchsia junglegreen mahogany midnightblue mulberry navyblue olivegreen
    orangered orchid periwinkle pinegreen plum processblue rawsienna
    redorange redviolet rhodamine royalpurple rubinered sepia skyblue tealblue thistle
    turquoise violetred wildstrawberry""".split()
)
HEX = re.compile(r"#?([0-9A-Fa-f]{6}|[0-9A-Fa-f]{3})")


def visible(colour: str, model: str = "named") -> bool:
    """Say whether a colour is seen in either scheme: red, #c0392b, 192,57,43."""
    digits = HEX.fullmatch(colour)
    if model == "HTML" or (digits and colour.startswith("#")):
        return digits is not None and between(hexadecimal(digits[1]))
    scale = {"rgb": 1.0, "RGB": 255.0}.get(model)
    if scale:
        parts = re.split(r"\s*,\s*", colour)
        if len(parts) != 3 or not all(re.fullmatch(r"\d*\.?\d+", p) for p in parts):
            return False
        return between([float(part) / scale for part in parts])
    return model == "named" and colour.lower() in NAMED


def hexadecimal(digits: str) -> list[float]:
    """Return red, green and blue, each from 0 to 1, of three or six digits."""
    width = len(digits) // 3
    most = 16**width - 1
    return [int(digits[i * width : (i + 1) * width], 16) / most for i in range(3)]


def between(parts: list[float]) -> bool:
    """Say whether the luminance of a colour is neither that of paper nor of ink."""
    linear = [
        x / 12.92 if x <= 0.04045 else ((x + 0.055) / 1.055) ** 2.4 for x in parts
    ]
    luminance = sum(
        w * x for w, x in zip((0.2126, 0.7152, 0.0722), linear, strict=True)
    )
    return all(x <= 1 for x in parts) and DARKEST <= luminance <= BRIGHTEST
