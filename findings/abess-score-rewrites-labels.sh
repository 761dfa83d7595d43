#!/usr/bin/env bash
# Expected: scoring reads the labels and leaves them as they are. As fit and predict take any numbers as grades, the score is
# the same for grades named -1, 0 and 1 as for 0, 1 and 2.
# Seen: abess's OrdinalRegression.score renames the labels to 0, 1, 2 in the caller's own array, or column of a table, and
# one label after another (linear.py, lines 1277 and 1278). Grades 1 to 3 are 0 to 2 afterwards. Of -1, 0 and 1 the
# first becomes 0, then every 0 becomes 1, then every 1 becomes 2: all labels are 2, in the caller's table as in the score.
# The right model then has the score 0.80 instead of 0.98, the model that ranks the wrong way round 0.81, and the one
# that gives everybody the highest grade 1, the best there is. A list is copied first, and is left as it was.
# Why it matters: after one call of score the accuracy, the next fit and the saved table are wrong without a word. With
# -1, 0, 1 (worse, same, better) a cross-validation by score prefers the model that always says "better".
# Versions: abess 0.4.11, numpy 2.4.6, scikit-learn 1.6.1, pandas 2.3.3. Seen with Python 3.11. Output seen:
# grades [1, 2, 3]: score 0.982, in folds 0.981; left [1, 0, 2], accuracy 0.851 -> 0.087
# grades [-1, 0, 1]: score 0.802, in folds 0.803; left [2], accuracy 0.851 -> 0.000
# scores of the model, of its reverse, of the highest grade for all: [0.802 0.809 1.   ]
set -euo pipefail
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
cd "$tmp"
python3 -m venv venv
venv/bin/pip install -q abess==0.4.11 numpy==2.4.6 scipy==1.16.3 scikit-learn==1.6.1 pandas==2.3.3
venv/bin/python -I -W error - <<'PY'
import numpy as np
import pandas as pd
from abess import OrdinalRegression
from sklearn.model_selection import cross_val_score

generator = np.random.default_rng(0)
x = generator.standard_normal((1000, 2))
grade = np.digitize(1.5 * x[:, 0] + generator.logistic(size=1000) / 4, [-1, 1])
found = {}
for names in ([0, 1, 2], [1, 2, 3], [-1, 0, 1]):
    table = pd.DataFrame({"a": x[:, 0], "b": x[:, 1], "grade": np.array(names)[grade]})
    features = table[["a", "b"]]
    model = OrdinalRegression(support_size=2).fit(features, table["grade"])
    before = (model.predict(features) == table["grade"]).mean()
    labels = table["grade"].tolist()
    found[names[0]] = [model.score(inputs, labels) for inputs in (x, -x, x + [100, 0])]
    folds = cross_val_score(OrdinalRegression(support_size=2), x, table["grade"]).mean()
    assert labels == np.array(names)[grade].tolist() == table["grade"].tolist()
    score = model.score(features, table["grade"])
    after = (model.predict(features) == table["grade"]).mean()
    left = table["grade"].unique().tolist()
    print(f"grades {names}: score {score:.3f}, in folds {folds:.3f}; left {left}, accuracy {before:.3f} -> {after:.3f}")
    print("  scores of the model, of its reverse, of the highest grade for all:", np.round(found[names[0]], 3))
    assert sorted(left) == ([2] if names[0] < 0 else [0, 1, 2])
    assert before > 0.85 and score == found[names[0]][0] and (after == before) == (names[0] == 0)
    assert (folds > 0.95) == (names[0] >= 0)
assert found[0] == found[1] and found[0][0] > 0.95 > found[0][1]
assert found[-1][0] < found[-1][1] < found[-1][2] == 1
PY
