#!/usr/bin/env bash
# Expected: LogisticRegression of Dask-ML has a penalty and its strength C, as scikit-learn's; the solver decides how the
# minimum is found, not which.
# Seen: with solver "newton" and "gradient_descent" C is accepted and does nothing: for C = 1 and C = 0.001 the
# coefficients are the same, those of no penalty. With "lbfgs", "admm" (the default) and "proximal_grad" C works. Nothing warns.
# Why it matters: a search over C gives equal scores and picks one at random; on separable data the coefficients grow
# without bound under a penalty that was asked for.
# Versions: dask-ml 2025.1.0, dask 2026.8.0, scikit-learn 1.9.1. Seen with Python 3.11. Output seen:
# size of the coefficients at C = 1 and 0.001: lbfgs 1.541, 0.218; newton 1.559, 1.559; gradient_descent 1.556, 1.556
set -euo pipefail
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
cd "$tmp"
python3 -m venv venv
venv/bin/pip install -q dask-ml==2025.1.0 dask==2026.8.0 scikit-learn==1.9.1
venv/bin/python -I -W ignore - <<'PY'
import dask
import dask.array as da
import numpy as np
from dask_ml.linear_model import LogisticRegression
from sklearn.linear_model import LogisticRegression as Peer

dask.config.set(scheduler="synchronous")
rng = np.random.default_rng(0)
X = rng.normal(size=(1000, 3))
y = (X @ [1, -1, 0.5] + rng.logistic(size=1000) > 0).astype(float)


def size(solver, C):
    model = LogisticRegression(solver=solver, C=C)
    return np.linalg.norm(model.fit(da.from_array(X, chunks=(250, 3)), da.from_array(y, chunks=250)).coef_)


free = np.linalg.norm(Peer(C=np.inf, tol=1e-8).fit(X, y).coef_)
for solver, heeds in (("lbfgs", True), ("newton", False), ("gradient_descent", False)):
    weak, strong = size(solver, 1.0), size(solver, 0.001)
    print(f"{solver}: C = 1 {weak:.3f}, C = 0.001 {strong:.3f} (expected: much smaller); without a penalty {free:.3f}")
    assert (strong < weak / 2) == heeds
    assert heeds or (strong == weak and abs(weak / free - 1) < 0.01)
PY
