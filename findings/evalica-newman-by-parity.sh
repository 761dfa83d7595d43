#!/usr/bin/env bash
# Expected: Newman's method without draws finds the Bradley-Terry maximum, more quickly; the limit of rounds makes the result
# closer or less close. Two players of whom each won half of their games get the same score.
# Seen: evalica's newman renews all scores at once, where the paper renews one after the other. If everyone has played
# against one baseline only, without draws, the rounds swing between two states for ever. At the default limit of 100 the
# model that won 2 of 4 against the baseline has twice its score, at 99 half of it, and at 1001 too; a pair of players
# with 3 : 1 has 1 and 1, or 3 and 1/3 (odds of 9). No warning; that `iterations` is the limit is the only sign.
# Why it matters: all models against one baseline is how language models are judged, and the order of the table then depends
# on whether the limit is even. A model which the baseline beats may stand above it. bradley_terry of the same library
# is right. One draw, or one game beside the baseline, lets the rounds settle.
# Versions: evalica 0.4.2, numpy 2.4.6, pandas 3.1.1. Seen with Python 3.11. Output seen:
# limit 99: base 2.0000, even 1.0000; 100: base 1.0000, even 2.0000 (expected both 1.7321); pair of 3 : 1: 3 or 1 to 1
set -euo pipefail
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
cd "$tmp"
python3 -m venv venv
venv/bin/pip install -q evalica==0.4.2 numpy==2.4.6 pandas==3.1.1
venv/bin/python -I - <<'PY'
import warnings

import numpy as np
from evalica import Winner, bradley_terry, newman

warnings.simplefilter("error")


def fitted(method, won, **options):
    """Fit the method to the games of the baseline, told by its wins and losses against each model."""
    games = [(model, winner) for model, counts in won.items() for winner, n in zip((Winner.X, Winner.Y), counts) for _ in range(n)]
    models, winners = zip(*games)
    found = method(["base"] * len(games), models, winners, **options)
    return found.scores, found.iterations


table = {"weak": (3, 1), "weaker": (3, 1), "even": (2, 2)}
right, _ = fitted(bradley_terry, table)
assert abs(right["even"] / right["base"] - 1) < 1e-3 and abs(right["base"] / right["weak"] - 3) < 1e-3
for solver in ("pyo3", "naive"):
    for limit in (99, 100, 1000, 1001):
        scores, rounds = fitted(newman, table, limit=limit, solver=solver)
        ratio = scores["even"] / scores["base"]
        print(f"{solver}, limit {limit}: base {scores['base']:.4f}, even {scores['even']:.4f} (expected the same), {rounds} rounds")
        assert abs(ratio - (2, 0.5)[limit % 2]) < 1e-3 and rounds == limit

# The default, and a model that lost 3 of 5 against the baseline.
scores, _ = fitted(newman, {"weak": (3, 1), "weaker": (3, 1), "beaten": (3, 2)})
print(f"lost 3 of 5: {scores['beaten']:.4f}, base {scores['base']:.4f} (expected less than the base)")
assert scores["beaten"] > scores["base"]

for limit, odds in ((99, 9), (100, 1)):
    scores, _ = fitted(newman, {"other": (3, 1)}, limit=limit)
    print(f"pair of 3 : 1, limit {limit}: odds {scores['base'] / scores['other']:.4f} (expected 3)")
    assert np.isclose(scores["base"] / scores["other"], odds)
PY
