#!/usr/bin/env bash
# Expected: Thinc's softmax_sequences is a softmax over the rows of each sequence, unchanged by a constant added to all
# scores, and close to Thinc's own softmax of the same numbers.
# Seen: scores are cut off at -20 and 20 first, and the maximum is not taken off. Scores of 25 and 20 get 1/2 each in place
# of 0.993 and 0.007; 10, 11, 12 are right, and 30, 31, 32 get 1/3 each.
# Why it matters: this is the softmax of ParametricAttention, the pooling of spaCy's text classifiers. Attention that is
# sure, or scores of any common level above 20, becomes an even mean, and its weights do not show why.
# Versions: thinc 9.1.1, numpy 2.4.6. Seen with Python 3.11. Output seen:
# 25, 20: [0.5 0.5], softmax [0.9933 0.0067]; 10, 11, 12: [0.09 0.2447 0.6652]; 30, 31, 32: [0.3333 0.3333 0.3333]
set -euo pipefail
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
cd "$tmp"
python3 -m venv venv
venv/bin/pip install -q thinc==9.1.1 numpy==2.4.6
venv/bin/python -I - <<'PY'
import numpy as np
from thinc.api import NumpyOps, ParametricAttention, Ragged

ops = NumpyOps()


def compare(scores):
    """Return the softmax of one sequence by the two functions."""
    column = np.array(scores, "float32")[:, None]
    in_sequence = ops.softmax_sequences(column, np.array([len(scores)], "int32"))
    plain = ops.softmax(column.T).T
    print(f"{scores}: softmax_sequences {in_sequence[:, 0].round(4)} (expected {plain[:, 0].round(4)})")
    return in_sequence, plain


for scores in ([10.0, 11.0, 12.0], [0.0, 5.0], [-19.0, -15.0]):
    found, expected = compare(scores)
    assert np.allclose(found, expected, atol=1e-6)
for scores in ([25.0, 20.0], [30.0, 31.0, 32.0], [-30.0, -31.0], [100.0, 21.0]):
    found, expected = compare(scores)
    assert np.allclose(found, 1 / len(scores)) and expected.max() > 0.6

# The pooling layer that uses it: two tokens of which the first has the score 40 and the second 30.
layer = ParametricAttention(nO=1)
tokens = Ragged(np.array([[40.0], [30.0]], "float32"), np.array([2], "int32"))
layer.initialize(tokens, tokens)
layer.set_param("Q", np.ones_like(layer.get_param("Q")))
pooled = layer.predict(tokens).dataXd[:, 0] / tokens.dataXd[:, 0]
print(f"ParametricAttention, scores 40 and 30: weights {pooled} (expected [1, 0])")
assert np.allclose(pooled, 0.5)
PY
