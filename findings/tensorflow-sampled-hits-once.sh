#!/usr/bin/env bash
# Expected: sampled softmax leaves out of the draws those that are the true class (remove_accidental_hits, on by default): they
# are no negatives. For an example that is learned, whose true class is far ahead, the loss is then 0.
# Seen: tf.nn.sampled_softmax_loss leaves out one of equal hits; the others count as negatives, with the same score as the
# true class. With fifty draws from ten classes with replacement the loss of learned examples is 1.49 on average, the
# logarithm of how often the true class was drawn, and not 0. Without replacement it is 0.
# Why it matters: draws with replacement (unique=False) are what the formulas of importance sampling are about. The loss does not
# show that the examples are learned, and a common class, which is drawn most often, has the largest one.
# Versions: tensorflow-cpu 2.21.0, numpy 2.4.6. Seen with Python 3.11. Output seen:
# one draw that is the true class: 0.0000; two: 0.6931; three: 1.0986
# learned examples, 50 draws with replacement: mean loss 1.49, the true class drawn 4.9 times
# learned examples, 5 draws without: mean loss 0.00
set -euo pipefail
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
cd "$tmp"
python3 -m venv venv
venv/bin/pip install -q tensorflow-cpu==2.21.0 numpy==2.4.6
cat >hits.py <<'PY'
import math

import numpy as np
import tensorflow as tf

K, TRUE = 10, 7
z = np.zeros((1, K))
z[0, TRUE] = 50.0  # far ahead


def loss(draws):
    """Return the loss of a learned example, whose layer is the unit matrix, with uniform draws."""
    expected = len(draws) / K
    drawn = tf.constant(draws, "int64"), np.array([[expected]]), np.full(len(draws), expected)
    labels = tf.constant([[TRUE]], "int64")
    given = {"inputs": z, "labels": labels, "num_sampled": len(draws), "num_classes": K, "sampled_values": drawn}
    return float(tf.nn.sampled_softmax_loss(np.eye(K), np.zeros(K), **given)[0])


one, two, three = (loss([TRUE] * count) for count in (1, 2, 3))
print(f"one draw that is the true class: {one:.4f}; two: {two:.4f}; three: {three:.4f}")
assert abs(one) < 1e-6 and abs(two - math.log(2)) < 1e-6 and abs(three - math.log(3)) < 1e-6


def drawn(count, unique, seed):
    sampler = tf.random.uniform_candidate_sampler
    return sampler([[TRUE]], 1, count, unique, K, seed=seed).sampled_candidates.numpy()


tf.random.set_seed(0)
several = [drawn(50, False, seed) for seed in range(200)]
mean, hits = np.mean([loss(one) for one in several]), np.mean([(one == TRUE).sum() for one in several])
print(f"learned examples, 50 draws with replacement: mean loss {mean:.2f}, the true class drawn {hits:.1f} times")
assert mean > 1.3
mean = np.mean([loss(drawn(5, True, seed)) for seed in range(200)])
print(f"learned examples, 5 draws without: mean loss {mean:.2f}")
assert abs(mean) < 1e-6
PY
TF_CPP_MIN_LOG_LEVEL=3 venv/bin/python -W ignore hits.py
