#!/usr/bin/env bash
# Expected: in a Bradley-Terry model a player who lost every game has no finite score; the maximum likelihood puts him at 0
# beside the others, whose scores are what they are without him.
# Seen: evalica's bradley_terry gives every player the same score, 1e-06, as soon as one of them lost, or won, all his
# games: each round scales the scores to the geometric mean 1, the 0 of one player makes that mean 0, and what is no number
# after the division is set to the tolerance. The chances of all pairs are then 1/2, and nothing warns. Both solvers,
# compiled and plain, do it. choix raises an error.
# Why it matters: a new model with one game, lost, is a row that each leaderboard has; it wipes out the ranking of all the
# others. Newman's method in the same library keeps the others for a loser, and ties all for an undefeated one too.
# Versions: evalica 0.4.2, choix 0.4.1, numpy 2.4.6, scipy 1.17.1, pandas 3.1.1. Seen with Python 3.11. Output seen:
# a, b, c: 2.3074, 1.0000, 0.4334, a beats c with 0.84; with d, who lost one game to a: all four 1e-06, 0.5
set -euo pipefail
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
cd "$tmp"
python3 -m venv venv
venv/bin/pip install -q evalica==0.4.2 choix==0.4.1 numpy==2.4.6 scipy==1.17.1 pandas==3.1.1
venv/bin/python -I - <<'PY'
import warnings

import choix
import numpy as np
from evalica import Winner, bradley_terry, newman, pairwise_frame

warnings.simplefilter("error")
# Each pair is (winner, loser).
games = [("a", "b")] * 3 + [("b", "a")] + [("b", "c")] * 3 + [("c", "b")] + [("a", "c")] * 4 + [("c", "a")]


def fitted(method, games, **options):
    winners, losers = zip(*games)
    return method(winners, losers, [Winner.X] * len(games), **options)


def chance(scores, winner, loser):
    return pairwise_frame(scores).loc[winner, loser]


right = fitted(bradley_terry, games).scores
exact = choix.ilsr_pairwise(3, [("abc".index(w), "abc".index(l)) for w, l in games])
assert np.allclose(np.log(right[list("abc")]), exact - exact.mean(), atol=1e-4)

for name, more in (("d lost", [("a", "d")]), ("d won", [("d", "a")])):
    for solver in ("pyo3", "naive"):
        found = fitted(bradley_terry, games + more, solver=solver)
        print(f"{name}, {solver}: {found.scores.to_dict()}, a beats c with {chance(found.scores, 'a', 'c')}")
        assert (found.scores == found.scores.iloc[0]).all() and chance(found.scores, "a", "c") == 0.5
print(f"expected for a, b and c: {right.round(4).to_dict()}, a beats c with {chance(right, 'a', 'c'):.4f}")

loser, winner = (fitted(newman, games + more).scores for more in ([("a", "d")], [("d", "a")]))
print(f"newman, d lost: {loser.round(4).to_dict()}, d won: {winner.round(4).to_dict()}")
assert abs(loser["a"] / loser["c"] - right["a"] / right["c"]) < 0.01 and winner.nunique() == 1
try:
    choix.ilsr_pairwise(4, [("abcd".index(w), "abcd".index(l)) for w, l in games + [("a", "d")]])
except ValueError as error:
    print(f"choix: {error}")
else:
    raise AssertionError
PY
