#!/usr/bin/env bash
# Expected: the beta-binomial with two large equal parameters is the binomial with 1/2, and the Dirichlet-multinomial the
# multinomial; single precision costs some digits. A log-probability is never positive.
# Seen: numpyro's log_prob subtracts log beta functions of the size of the parameters. In float32, JAX's default, the
# eleven probabilities of 10 trials add up to 0.93 at a concentration of 1e6 and to 3e16 at 1e7; at 1e8 five successes
# have the log-probability 128. The error comes in steps, since it is the rounding of numbers as large as the parameter:
# 3e-5 at 100, 0.006 at 1e4, 0.1 at 1e6. In float64 all is right. No warning.
# Why it matters: data without overdispersion drive the concentration up, where the true likelihood is flat: the largest
# rounding error is then the maximum, and a sampler stays with it.
# Versions: numpyro 0.22.0, jax 0.10.2, scipy 1.17.1, numpy 2.4.6. Seen with Python 3.11. Output seen:
# 1e4: -1.4082 (expected -1.4023), 1e6: -1.5000 (-1.4020), 1e7: 38, 1e8: 128; Dirichlet-multinomial at 1e6: 2 (-2.6433)
set -euo pipefail
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
cd "$tmp"
python3 -m venv venv
venv/bin/pip install -q numpyro==0.22.0 jax==0.10.2 jaxlib==0.10.2 scipy==1.17.1 numpy==2.4.6
cat >beta.py <<'PY'
import jax
import jax.numpy as jnp
import numpy as np
import numpyro.distributions as dist
from scipy.stats import betabinom, dirichlet_multinomial

wide, grid, likelihood = jax.config.jax_enable_x64, (1e2, 1e4, 1e6, 1e7, 1e8), {}
for c in grid:
    log_p = np.asarray(dist.BetaBinomial(c, c, 10).log_prob(jnp.arange(11)), dtype=np.float64)
    exact = betabinom.logpmf(5, 10, c, c)
    total = np.exp(log_p).sum()
    print(f"float{64 if wide else 32}, {c:.0e}: {log_p[5]:.4f} (expected {exact:.4f}), all eleven {total:.3g} (expected 1)")
    likelihood[c] = log_p[5], exact, total
    if wide:
        assert abs(log_p[5] - exact) < 1e-6 and abs(total - 1) < 1e-5

many = float(dist.DirichletMultinomial(jnp.full(3, 1e6), 10).log_prob(jnp.array([3, 3, 4])))
exact = dirichlet_multinomial.logpmf([3, 3, 4], np.full(3, 1e6), 10)
print(f"Dirichlet-multinomial, 1e+06: {many:.4f} (expected {exact:.4f})")
if wide:
    assert abs(many - exact) < 1e-6
else:
    assert likelihood[1e8][0] > 10 and max(total for *_, total in likelihood.values()) > 1e3
    assert all(abs(likelihood[c][0] - likelihood[c][1]) > error for c, error in ((1e4, 1e-3), (1e6, 1e-2)))
    assert abs(many - exact) > 1
PY
JAX_PLATFORMS=cpu venv/bin/python -I beta.py
JAX_PLATFORMS=cpu JAX_ENABLE_X64=1 venv/bin/python -I beta.py
