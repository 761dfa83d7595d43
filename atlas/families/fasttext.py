"""fastText, from texts: a number is a word, and each text ends with a word of its own.

Of T threads each sets a tenth of the word vectors, so that ten are needed: its default
is one less than there are processors. In Python it does not report its loss, and it has
no penalty.
"""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

import fasttext
import numpy as np

from atlas.families.asking import Array, Told, form, told

PINS = ["fasttext==0.9.3", "numpy==1.26.4"]  # of an older NumPy
LIBRARIES: dict[str, dict[str, str]] = {"fastText": {}}


def _text(row: Array) -> str:
    return " ".join(map(str, row.tolist()))


def _trained(x: Array, y: Array, **options: float) -> Any:
    lines = [
        f"__label__{label} {_text(row)}\n"
        for row, label in zip(x, y.tolist(), strict=True)
    ]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "rows.txt"
        path.write_text("".join(lines))
        return fasttext.train_supervised(str(path), thread=10, verbose=0, **options)


def _probability(model: Any, row: Array, label: float) -> float:
    labels, probabilities = model.predict(_text(row), k=-1)
    return float(dict(zip(labels, probabilities, strict=True))[f"__label__{label}"])


def _log_odds(model: Any, at: float) -> float:
    """Return the log-odds of class 1, of the classes 0 and 1."""
    first, second = (_probability(model, np.array([at]), label) for label in (0, 1))
    return float(np.log(second / first))


@form("fasttext.train_supervised(file, thread=10).predict(text, k=-1)")
def slope(x: Array, y: Array) -> Told:
    model = _trained(x, y)
    return told((_log_odds(model, 1.0) - _log_odds(model, -1.0)) / 2)


@form("fasttext.train_supervised(file, thread=10).predict(text, k=-1)")
def intercept(x: Array, y: Array) -> Told:
    return told(_log_odds(_trained(x, y), 0.0))


@form("fasttext.train_supervised(file, thread=10).predict(text, k=-1)")
def probability_of_the_second(x: Array, y: Array, at: Array) -> Told:
    if y.dtype.kind == "f" or np.isnan([*x, *at]).any():
        return {"absent": "numbers that are not words"}
    model = _trained(x, y)
    return told([_probability(model, row, max(y.tolist())) for row in at])


@form("fasttext.train_supervised(file, thread=10).predict(text, k=-1)")
def probability_of_the_only(x: Array, y: Array) -> Told:
    return told(_probability(_trained(x, y), x[0], 1))
