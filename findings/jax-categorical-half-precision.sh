#!/usr/bin/env bash
# Expected: a sample from a softmax over bfloat16 or float16 logits follows that softmax, but for the rounding of the
# logits: 1000 equal logits give each class with 1/1000, and a class of probability 1/2 comes half of the time.
# Seen: JAX adds Gumbel noise in the type of the logits and takes the largest sum. In bfloat16 the noise has 128 values,
# the largest 4.84 (in float32 it has millions, and reaches 16): of equal sums the first wins, and a far tail is missing.
# Of 1000 equal classes the first half gets 98 % of the samples and 292 classes get none; one class of probability 1/2
# among 999 others is drawn 99 % of the time. In float16 it is 73 %. mode="high" mends most of it, logits in float32 all.
# Why it matters: models give logits in bfloat16. What is sampled is then nearly greedy, and leans to low token ids, with
# no warning; for few classes, as in a test, nothing is seen.
# Versions: jax 0.10.2, jaxlib 0.10.2, numpy 2.4.6. Seen with Python 3.11 on the CPU, and alike with jax 0.11.2 on an
# NVIDIA H200 (50 000 equal classes in bfloat16: 424 different ones in 2000 samples, all in the first half). Output seen:
# float32: first half 0.501, never drawn 0, a class of probability 1/2 drawn 0.504
# bfloat16{'mode': 'high'}: first half 0.511, never drawn 0, a class of probability 1/2 drawn 0.482
# float16{'mode': 'high'}: first half 0.497, never drawn 0, a class of probability 1/2 drawn 0.537
# float16: first half 0.615, never drawn 0, a class of probability 1/2 drawn 0.726
# bfloat16: first half 0.981, never drawn 292, a class of probability 1/2 drawn 0.993
set -euo pipefail
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
cd "$tmp"
python3 -m venv venv
venv/bin/pip install -q jax==0.10.2 jaxlib==0.10.2 numpy==2.4.6
JAX_PLATFORMS=cpu venv/bin/python -I - <<'PY'
import jax
import jax.numpy as jnp
import numpy as np

K, N = 1000, 20_000
peaked = np.full(K, 0.5 / (K - 1))
peaked[-1] = 0.5


def draw(seed, logits, **how):
    return np.asarray(jax.random.categorical(jax.random.key(seed), logits, shape=(N,), **how))


def tell(dtype, **how):
    even = draw(2, jnp.zeros(K, dtype), **how)
    half = (draw(3, jnp.log(jnp.asarray(peaked)).astype(dtype), **how) == K - 1).mean()
    first, never = (even < K // 2).mean(), K - len(np.unique(even))
    print(f"{dtype}{how or ''}: first half {first:.3f}, never drawn {never}, a class of probability 1/2 drawn {half:.3f}")
    return first, never, half


def fair(first, never, half):
    return abs(first - 0.5) < 0.02 and never == 0 and abs(half - 0.5) < 0.06


assert fair(*tell("float32"))
assert fair(*tell("bfloat16", mode="high")) and fair(*tell("float16", mode="high"))
first, never, half = tell("float16")
assert first > 0.58 and half > 0.68
first, never, half = tell("bfloat16")
assert first > 0.95 and never > 200 and half > 0.97
PY
