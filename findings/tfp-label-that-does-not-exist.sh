#!/usr/bin/env bash
# Expected: a categorical distribution of TensorFlow Probability on JAX over the classes 0, 1 and 2 gives the label 3, or the
# -1 and -100 that mark a missing one, the log-probability -inf or NaN, or with validate_args=True an error.
# Seen: each label that does not exist has the log-probability 0, the best there is: the probabilities of the labels -1 to 3
# add up to 3. validate_args=True refuses -1 and 4, and takes 3, the first beyond the last, for certain. A hidden Markov
# model takes a symbol outside its alphabet for any symbol: a sequence with one is exactly as probable as all its
# completions together, and one that has no other scores the log-probability 0.
# Why it matters: labels that begin at 1 lose their last class without an error, checked or not, and the loss gets better
# by it (log 3 / 2 for log 3 at the start); words outside the vocabulary make a text more probable.
# Versions: tensorflow-probability 0.25.0, jax 0.4.38, jaxlib 0.4.38, numpy 1.26.4. Seen with Python 3.11. Output seen:
# labels -1..3: 1, 0.2, 0.3, 0.5, 1; sequence 0,1,5,0: -2.9806, 0,1,0,0: -3.3640, 0,1,1,0: -4.1250, 5,5,5,5: 0
set -euo pipefail
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
cd "$tmp"
python3 -m venv venv
venv/bin/pip install -q tensorflow-probability==0.25.0 jax==0.4.38 jaxlib==0.4.38 numpy==1.26.4
venv/bin/python -I -W ignore - <<'PY'
import jax
import jax.numpy as jnp
from tensorflow_probability.substrates import jax as tfp

tfd = tfp.distributions
p = jnp.array([0.2, 0.3, 0.5])
for given in ({"probs": p}, {"logits": jnp.log(p)}):
    for checked in (False, True):
        distribution, found = tfd.Categorical(**given, validate_args=checked), {}
        for label in (-100, -1, 0, 1, 2, 3, 4):
            try:
                found[label] = round(float(distribution.prob(label)), 4)
            except ValueError:
                found[label] = "refused"
        print(f"by {list(given)[0]}, validate_args={checked}: {found} (expected 0 outside 0 to 2)")
        outside = {-100: "refused", -1: "refused", 3: 1, 4: "refused"} if checked else {-100: 1, -1: 1, 3: 1, 4: 1}
        assert found == {0: 0.2, 1: 0.3, 2: 0.5} | outside

one_based = jnp.array([1, 2, 3, 3])
loss = lambda logits: -tfd.Categorical(logits=logits).log_prob(one_based).mean()
start = loss(jnp.zeros(3))
print(f"labels 1, 2, 3, 3, equal logits: loss {start:.4f}, not {jnp.log(3.0):.4f}; gradient {jax.grad(loss)(jnp.zeros(3))}")
assert abs(start - jnp.log(3.0) / 2) < 1e-6

sticky = jnp.array([[0.9, 0.1], [0.1, 0.9]])
fair, moves = tfd.Categorical(probs=jnp.array([0.5, 0.5])), tfd.Categorical(probs=sticky)
chain = tfd.HiddenMarkovModel(fair, moves, moves, 4)
sequences = [(0, 1, 5, 0), (0, 1, 0, 0), (0, 1, 1, 0), (5, 5, 5, 5)]
score = {symbols: float(chain.log_prob(jnp.array(symbols))) for symbols in sequences}
print(f"hidden Markov model over the symbols 0 and 1: {score}")
assert abs(score[0, 1, 5, 0] - jnp.logaddexp(score[0, 1, 0, 0], score[0, 1, 1, 0])) < 1e-5
assert abs(score[5, 5, 5, 5]) < 1e-5
PY
