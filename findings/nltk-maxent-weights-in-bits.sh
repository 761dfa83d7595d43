#!/usr/bin/env bash
# Expected: in a maximum entropy model, also called a conditional exponential classifier, the odds of two labels are exp of
# the difference of their weights.
# Seen: NLTK's MaxentClassifier keeps weights in base 2: the odds are 2 to the power of the difference. Where the data have
# odds of 3, the weights differ by 1.585, and exp of that is 4.88. explain() prints such weights and their TOTAL beside
# the probabilities, without the base.
# Why it matters: weights are read as log odds, compared with those of other libraries and put into other programs. The
# forecasts of the library itself are right, so that nothing looks wrong.
# Versions: nltk 3.10.4, numpy 2.4.6. Seen with Python 3.11. Output seen:
# P 0.7500 and 0.2500, odds 3.0000; weights 0.5198 and -1.0651: exp 4.8791, 2 to the power 3.0000
set -euo pipefail
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
cd "$tmp"
python3 -m venv venv
venv/bin/pip install -q nltk==3.10.4 numpy==2.4.6
venv/bin/python -I - <<'PY'
import math

from nltk.classify import MaxentClassifier

rows = [({"wet": True}, "rain")] * 3 + [({"wet": True}, "sun")] + [({"wet": False}, "rain")] + [({"wet": False}, "sun")] * 3
for algorithm in ("gis", "iis"):
    model = MaxentClassifier.train(rows, algorithm, trace=0, max_iter=300)
    p = model.prob_classify({"wet": True})
    odds = p.prob("rain") / p.prob("sun")
    total = {}
    for label in ("rain", "sun"):
        encoded = model._encoding.encode({"wet": True}, label)
        total[label] = sum(model.weights()[number] * value for number, value in encoded)
    difference = total["rain"] - total["sun"]
    print(f"{algorithm}: P {p.prob('rain'):.4f} and {p.prob('sun'):.4f}, odds {odds:.4f}; weights {total['rain']:.4f} and ", end="")
    print(f"{total['sun']:.4f}: exp of their difference {math.exp(difference):.4f} (expected the odds), 2 to it {2**difference:.4f}")
    assert abs(odds - 3) < 0.01 and abs(2**difference / odds - 1) < 1e-6 and math.exp(difference) > 4.8
model.explain({"wet": True})
PY
