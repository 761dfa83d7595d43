#!/usr/bin/env bash
# Expected: a contrastive loss, the mean of cross-entropies, is never negative, and once all pairs are learned it is 0 and its
# gradient nearly so; a low temperature only makes it sharper.
# Seen: at the temperature 0.01, in float32, optax.losses.ntxent of pairs that are near, among strangers at right angles, is
# 0 with a gradient that is NaN in every entry, and with a third vector of a kind that is no nearer than strangers it is -inf.
# All similarities of a vector are shifted by its largest one, that of its partner; the sum over the strangers then
# underflows. Its logarithm is computed for pairs that do not count, too, and left out of the value, but 0 times its slope
# is NaN; and it is all that the pair with the third has. In float64 both are right.
# Why it matters: 0.01 is the temperature at which CLIP's learned one is stopped, and the first step after the pairs are
# learned makes all weights NaN, while the loss is 0. Three views of an example are what `labels` is for.
# Versions: optax 0.2.8, jax 0.10.2, numpy 2.4.6. Seen with Python 3.11. Output seen:
# 2 of a kind, temperature 0.05: float32 0.000, NaN 0%; float64 0.000, NaN 0%
# 2 of a kind, temperature 0.01: float32 0.000, NaN 100%; float64 0.000, NaN 0%
# 3 of a kind, temperature 0.05: float32 2.939, NaN 0%; float64 2.939, NaN 0%
# 3 of a kind, temperature 0.01: float32 -inf, NaN 100%; float64 7.341, NaN 0%
set -euo pipefail
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
cd "$tmp"
python3 -m venv venv
venv/bin/pip install -q optax==0.2.8 jax==0.10.2 numpy==2.4.6
cat >kinds.py <<'PY'
import math

import jax
import jax.numpy as jnp
import numpy as np
import optax

jax.config.update("jax_enable_x64", True)
# Sixteen things in 512 dimensions: two views that are near, and a third that is as far away as anything else.
rng = np.random.default_rng(0)
first = rng.normal(size=(16, 512))
views = np.stack([first, first + 0.1 * rng.normal(size=(16, 512)), rng.normal(size=(16, 512))])


def loss(count, temperature, dtype):
    """Return the loss of so many views, and the share of its gradient that is NaN."""
    vectors = jnp.asarray(views[:count].reshape(-1, 512), dtype)
    labels = jnp.tile(jnp.arange(16), count)
    value, slope = jax.value_and_grad(optax.losses.ntxent)(vectors, labels, temperature)
    return float(value) + 0.0, float(jnp.isnan(slope).mean())


found = {}
for count in (2, 3):
    for temperature in (0.05, 0.01):
        single, double = (loss(count, temperature, dtype) for dtype in ("float32", "float64"))
        found[count, temperature] = single
        print(f"{count} of a kind, temperature {temperature}: float32 {single[0]:.3f}, NaN {single[1]:.0%}; ", end="")
        print(f"float64 {double[0]:.3f}, NaN {double[1]:.0%}")
        assert double[0] >= 0 and double[1] == 0
        assert temperature == 0.01 or (abs(single[0] - double[0]) < 1e-3 and single[1] == 0)
assert abs(found[2, 0.01][0]) < 1e-6 and found[2, 0.01][1] == 1
assert found[3, 0.01] == (-math.inf, 1)
PY
venv/bin/python -W ignore kinds.py
