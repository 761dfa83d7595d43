#!/usr/bin/env bash
# Expected: ordinal logistic regression is the same read from either end: the log-probability of the top class at the
# predictor -20 is that of the bottom class at 20, about -21 with cut points at -1 and 1, and its slope is 1.
# Seen: numpyro's OrderedLogistic subtracts sigmoids from each other and the last from 1. In float32, JAX's default, the
# bottom class is right at 20, and the top class has -inf from -16 on, the middle one from -18 on, with the slope 0 in the
# predictor and in the cut points. Turned round, the same data with the same fit have the likelihood 0 or not.
# Why it matters: one row with a surprising grade makes the whole likelihood -inf, and its gradient says that nothing need
# change: an optimiser that starts there stays. It happens for high grades that were thought low, never the other way.
# Versions: numpyro 0.22.0, jax 0.10.2, numpy 2.4.6. Seen with Python 3.11. Output seen:
# bottom class at 20: -21.0000, slope -1; top class at -20: -inf, slope -0 (expected -21.0000, 1); float64: -21.0000, 1
set -euo pipefail
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
cd "$tmp"
python3 -m venv venv
venv/bin/pip install -q numpyro==0.22.0 jax==0.10.2 jaxlib==0.10.2 numpy==2.4.6
cat >ordered.py <<'PY'
import jax
import jax.numpy as jnp
import numpyro.distributions as dist

cuts, wide = jnp.array([-1.0, 1.0]), jax.config.jax_enable_x64


def log_p(predictor, grade, cuts=cuts):
    return dist.OrderedLogistic(predictor, cuts).log_prob(grade)


for predictor in (10.0, 16.0, 20.0):
    bottom, top = log_p(predictor, 0), log_p(-predictor, 2)
    slopes = jax.grad(log_p)(predictor, 0), jax.grad(log_p)(-predictor, 2)
    print(f"{cuts.dtype}: bottom class at {predictor}: {bottom:.4f}, slope {slopes[0]:.4f}")
    print(f"  top class at -{predictor}: {top:.4f}, slope {slopes[1]:.4f} (expected {bottom:.4f}, {-slopes[0]:.4f})")
    assert abs(bottom + predictor + 1) < 1e-3 and abs(slopes[0] + 1) < 1e-3
    if wide or predictor == 10:
        assert abs(top - bottom) < 1e-2 and abs(slopes[1] - 1) < 1e-3
    else:
        assert top == -jnp.inf and slopes[1] == 0
        assert (jax.grad(log_p, argnums=2)(-predictor, 2, cuts) == 0).all()

middle = log_p(-20.0, 1), log_p(20.0, 1)
print(f"{cuts.dtype}: middle class at -20: {middle[0]:.4f} (expected {middle[1]:.4f}, as at 20)")
assert abs(middle[1] + 19.1454) < 1e-3 and (middle[0] == -jnp.inf) != wide
PY
JAX_PLATFORMS=cpu venv/bin/python -I ordered.py
JAX_PLATFORMS=cpu JAX_ENABLE_X64=1 venv/bin/python -I ordered.py
