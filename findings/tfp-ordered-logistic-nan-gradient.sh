#!/usr/bin/env bash
# Expected: an ordinal logistic regression is the same read from either end: what holds for low grades at a low predictor
# holds for high grades at a high one. If the log-probability is right and finite, so is its gradient.
# Seen: OrderedLogistic of TensorFlow Probability on JAX subtracts in logarithms from log 1 at the top end. In float32,
# JAX's default, with cut points at -1 and 1, each grade's gradient is NaN from a predictor of 17 on, in the predictor
# and in the cut points, while the log-probability is right: -18 for the lowest grade, 0 for the highest, which was
# predicted. At 90 the log-probabilities of the lower grades are -inf. At -17, -40 and -90 all is right.
# Why it matters: one row that is predicted with certainty and rightly turns all parameters into NaN at the next step,
# with a loss that never looked odd; negate the feature and turn the grades round, and the same data train. In float64
# the same is seen at 40.
# Versions: tensorflow-probability 0.25.0, jax 0.4.38, jaxlib 0.4.38, numpy 1.26.4. Seen with Python 3.11. Output seen:
# float32, predictor 17, grade 0: -18.0000, slope nan (expected -18.0000, -1.0000); fit nan, turned round 1.14
set -euo pipefail
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
cd "$tmp"
python3 -m venv venv
venv/bin/pip install -q tensorflow-probability==0.25.0 jax==0.4.38 jaxlib==0.4.38 numpy==1.26.4
cat >ordered.py <<'PY'
import jax
import jax.numpy as jnp
from tensorflow_probability.substrates import jax as tfp

wide, cuts = jax.config.jax_enable_x64, jnp.array([-1.0, 1.0])


def log_p(predictor, grade, cuts=cuts):
    return tfp.distributions.OrderedLogistic(cutpoints=cuts, loc=predictor).log_prob(grade)


for predictor in (16.0, 17.0, 40.0, 90.0):
    lost = predictor > (38 if wide else 16)
    for grade in range(3):
        low, high = log_p(-predictor, 2 - grade), log_p(predictor, grade)
        slopes = jax.grad(log_p)(-predictor, 2 - grade), jax.grad(log_p)(predictor, grade)
        print(f"{cuts.dtype}: predictor {predictor}, grade {grade}: {high:.4f}, slope {slopes[1]:.4f}", end="")
        print(f" (expected {low:.4f}, {-slopes[0]:.4f}, as turned round)")
        assert jnp.isfinite(low) and jnp.isfinite(slopes[0]) and jnp.isnan(slopes[1]) == lost
        assert high == -jnp.inf if predictor == 90 and grade < 2 and not wide else abs(high - low) < 1e-4
        assert jnp.isnan(jax.grad(log_p, argnums=2)(predictor, grade, cuts)).any() == lost


def fit(x, y):
    """Return slope and cut points after steps down the mean loss, and the losses before the first three."""
    losses = jax.value_and_grad(lambda w: -log_p(w[0] * x, y, jnp.sort(w[1:])).mean())
    w, seen = jnp.array([1.0, -1.0, 1.0]), []
    for _ in range(200):
        loss, gradient = losses(w)
        w, seen = w - 0.5 * gradient, [*seen, float(loss)]
    return w, seen[:3]


x = jnp.array([-3.0, -1.0, 0.5, 1.0, -0.5, 2.0, 18.0])
y = jnp.array([0, 1, 1, 2, 0, 1, 2])
(ahead, losses), (turned, turned_losses) = fit(x, y), fit(-x, 2 - y)
print(f"{cuts.dtype}: fit {ahead}, losses {losses}; turned round {turned}, losses {turned_losses}")
assert abs(losses[0] - turned_losses[0]) < 1e-5 and jnp.isfinite(turned).all() and jnp.isnan(ahead).all() != wide
PY
JAX_PLATFORMS=cpu venv/bin/python -I -W ignore ordered.py
JAX_PLATFORMS=cpu JAX_ENABLE_X64=1 venv/bin/python -I -W ignore ordered.py
