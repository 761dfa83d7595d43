#!/usr/bin/env bash
# Expected: in H2O a weight of 10 for each row is the same as each row ten times, and as the penalty is set against a mean
# loss, neither changes a penalised logistic regression at all.
# Seen: ten copies give another slope, 0.995 instead of 0.880 for four rows at the same lambda, and a weight of 10 gives the
# first one. Features are standardised by a deviation with n - 1 in it, n being the number of rows: copies make it smaller
# and the penalty lighter, and weights do not. With standardize=False, or without a penalty, all three agree.
# Why it matters: rows are gathered into counts to save room, or copied to balance classes, in the belief that weights are
# copies. In small samples the shrinkage then differs, and in copies of a small sample too.
# Versions: h2o 3.46.0.12, numpy 2.4.6, pandas 3.1.1. Seen with Python 3.11 and Java 17. Output seen, at lambda 0.1:
# 4 rows: once 0.8801, weight 10 0.8801, ten times 0.9952; 10 rows: 0.5823, 0.5823, 0.6036; not standardised: 1.4578 each
set -euo pipefail
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
cd "$tmp"
python3 -m venv venv
venv/bin/pip install -q h2o==3.46.0.12 numpy==2.4.6 pandas==3.1.1
cat >slopes.py <<'PY'
import socket

import h2o
import numpy as np
import pandas as pd
from h2o.estimators import H2OGeneralizedLinearEstimator

with socket.socket() as free:
    free.bind(("127.0.0.1", 0))
    port = free.getsockname()[1]
h2o.init(port=port, nthreads=1, max_mem_size="1G", ice_root=".", verbose=False)
try:
    h2o.no_progress()
    x = np.array([-2.0, -1, 1, 2, 0, 3, -1, 1, 0.5, -0.5])
    y = np.array(list("aabbabbaba"))

    def slope(rows, copies, weight, penalty=0.1, standardize=True):
        table = pd.DataFrame({"x": np.tile(x[:rows], copies), "y": np.tile(y[:rows], copies), "w": float(weight)})
        frame = h2o.H2OFrame(table)
        frame["y"] = frame["y"].asfactor()
        exact = {"beta_epsilon": 1e-10, "gradient_epsilon": 1e-12, "objective_epsilon": 1e-12, "max_iterations": 200}
        model = H2OGeneralizedLinearEstimator(
            family="binomial", alpha=0, lambda_=penalty, standardize=standardize, weights_column="w", **exact
        )
        model.train(x=["x"], y="y", training_frame=frame)
        return model.coef()["x"]

    for rows, right, copied in ((4, 0.8801, 0.9952), (10, 0.5823, 0.6036)):
        found = [slope(rows, 1, 1), slope(rows, 1, 10), slope(rows, 10, 1)]
        print(f"{rows} rows: once {found[0]:.4f}, weight 10 {found[1]:.4f}, ten times {found[2]:.4f} (expected the same)")
        assert np.allclose(found, [right, right, copied], atol=2e-4)
        ratio = (10 * rows - 1) / (10 * rows) / ((rows - 1) / rows)
        lighter = slope(rows, 1, 1, penalty=0.1 / ratio)
        print(f"{rows} rows once, with the penalty divided by {ratio:.4f}: {lighter:.4f}")
        assert abs(lighter - copied) < 2e-4
        found = [slope(rows, *given, standardize=False) for given in ((1, 1), (1, 10), (10, 1))]
        print(f"{rows} rows, not standardised: {np.round(found, 4)}")
        assert np.ptp(found) < 1e-6
    found = [slope(10, *given, penalty=0) for given in ((1, 1), (1, 10), (10, 1))]
    print(f"10 rows, without a penalty: {np.round(found, 4)}")
    assert np.ptp(found) < 1e-6
finally:
    h2o.cluster().shutdown()
PY
venv/bin/python -I -W ignore slopes.py
