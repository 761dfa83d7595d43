"""Contrast of colours, as WCAG defines it."""

import re


def luminance(colour: list[float]) -> float:
    """Return the relative luminance that WCAG defines."""
    linear = [
        c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in colour
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(layers: list[str]) -> float:
    """Return the contrast of a colour with what lies behind it, the nearest first."""
    values = [[float(part) for part in re.findall(r"[\d.]+", one)] for one in layers]
    mixed, shades = [1.0, 1.0, 1.0], []  # a browser's page is white
    for *colour, alpha in [[*v, 1.0][:4] for v in reversed(values)]:
        mixed = [
            alpha * c / 255 + (1 - alpha) * m
            for c, m in zip(colour, mixed, strict=True)
        ]
        shades.append(luminance(mixed))
    dark, light = sorted(shades[-2:])
    return (light + 0.05) / (dark + 0.05)
