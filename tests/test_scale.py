"""Cross-entropy in blocks and in shards: values, theorems, oracles, memory."""

import itertools
import tracemalloc
from functools import reduce

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as st_numpy
from scipy import special

from figures.scale import _in_blocks, _most_held, _with_matrix
from snippets import scale
from snippets.gradient import (
    cross_entropy,
    cross_entropy_and_gradient,
    cross_entropy_gradient,
)
from snippets.scale import (
    blockwise_cross_entropy,
    blockwise_gradients,
    logsumexp_of,
    merge_logsumexp,
    shard_gradient,
    shard_logit,
    shard_state,
    streaming_logsumexp,
    tiled_cross_entropy_and_gradient,
)
from tests.derivatives import complex_step
from tests.draws import FLOAT_TYPES, logits

P = np.array([0.2, 0.3, 0.5])
Z = np.log(P)


def pieces(z, *cuts):
    """Cut the last axis at these places."""
    return np.split(z, sorted(set(cuts) - {0, z.shape[-1]}), axis=-1)


def layer(seed=0, rows=7, features=3, classes=11, dtype=np.float64):
    """Draw the input of a linear layer, its weights and labels."""
    rng = np.random.default_rng(seed)
    X = rng.normal(size=(rows, features)).astype(dtype)
    W = rng.normal(size=(features, classes)).astype(dtype)
    return X, W, rng.integers(0, classes, size=rows)


def starts(parts):
    """Return the index of the first class of each shard."""
    widths = [part.shape[-1] for part in parts]
    return list(itertools.accumulate(widths[:-1], initial=0))


states = st.tuples(
    st.floats(-700, 700, allow_subnormal=False),
    st.floats(1, 1e6, allow_subnormal=False),
)


# Known values


def test_the_running_example_is_merged_logit_by_logit():
    first = merge_logsumexp((Z[0], 1.0), (Z[1], 1.0))
    np.testing.assert_allclose(first, [np.log(0.3), 0.2 / 0.3 + 1])
    np.testing.assert_allclose(merge_logsumexp(first, (Z[2], 1.0)), [np.log(0.5), 2])


def test_the_stream_of_the_running_example_is_zero():
    assert streaming_logsumexp([[k] for k in Z]) == pytest.approx(0, abs=1e-15)


def test_the_state_of_the_running_example_and_what_it_stands_for():
    state = shard_state(Z)
    np.testing.assert_allclose(state, [np.log(0.5), 2])
    assert logsumexp_of(state) == pytest.approx(0, abs=1e-15)


def test_two_shards_of_the_running_example_have_the_true_logit_and_the_gradient():
    state, shards = shard_state(Z), [(Z[:1], 0), (Z[1:], 1)]
    own = [shard_logit(z, 2, start) for z, start in shards]
    np.testing.assert_array_equal(own, [0, np.log(0.5)])
    found = [shard_gradient(z, state, 2, start) for z, start in shards]
    np.testing.assert_allclose(np.concatenate(found), P - [0, 0, 1])


def test_a_geometric_series_of_a_million_logits():
    blocks = (np.arange(k, k + 1000.0) for k in range(0, 1_000_000, 1000))
    expected = 999_999 - np.log1p(-np.exp(-1))
    assert streaming_logsumexp(blocks) == pytest.approx(expected, rel=1e-15)


def test_loss_and_gradients_of_the_running_example():
    X, W = np.array([[1.0], [2.0]]), Z[None]
    expected = [-np.log(0.5), -np.log(0.25 / (0.04 + 0.09 + 0.25))]
    np.testing.assert_allclose(blockwise_cross_entropy(X, W, [2, 2], 2), expected)
    dX, dW = blockwise_gradients(X[:1], W, [2], 2)
    np.testing.assert_allclose(dW, [P - [0, 0, 1]])
    np.testing.assert_allclose(dX, [[P @ Z - Z[2]]])


# States


@given(states, states)
def test_a_merged_state_stands_for_the_sum_of_what_both_stand_for(a, b):
    largest, total = merge_logsumexp(a, b)
    expected = np.logaddexp(a[0] + np.log(a[1]), b[0] + np.log(b[1]))
    assert largest == max(a[0], b[0])
    np.testing.assert_allclose(
        largest + np.log(total), expected, rtol=1e-14, atol=1e-13
    )


@given(states, states, states)
def test_merging_is_associative_and_commutative(a, b, c):
    merged = [
        reduce(merge_logsumexp, order) for order in itertools.permutations((a, b, c))
    ]
    merged.append(merge_logsumexp(a, merge_logsumexp(b, c)))
    for state in merged:
        np.testing.assert_allclose(state, merged[0], rtol=1e-14)


@given(states)
def test_the_empty_set_changes_nothing(a):
    empty = (-np.inf, 0.0)
    assert merge_logsumexp(a, empty) == a
    assert merge_logsumexp(empty, a) == a
    assert merge_logsumexp(empty, empty) == empty


def test_states_have_a_batch_and_a_dtype():
    a = np.zeros((2, 3), np.float32), np.ones((2, 3), np.float32)
    for part in merge_logsumexp(a, a):
        assert part.shape == (2, 3)
        assert part.dtype == np.float32


# Streams


@settings(deadline=None)
@given(logits(), st.integers(0, 6), st.integers(0, 6))
def test_blocks_of_any_size_give_log_sum_exp(z, first, second):
    if 0 in z.shape:
        return
    blocks = pieces(z, min(first, z.shape[-1]), min(second, z.shape[-1]))
    expected = special.logsumexp(z, axis=-1)
    found = streaming_logsumexp(blocks)
    np.testing.assert_allclose(found, expected, rtol=1e-13, atol=1e-13)


@given(st_numpy.arrays(np.float64, (3, 6), elements=st.sampled_from([-np.inf, 0, 9])))
def test_masked_blocks_do_not_disturb_the_others(z):
    z[:, 4] = 1
    expected = special.logsumexp(z, axis=-1)
    found = streaming_logsumexp(pieces(z, 2, 3))
    np.testing.assert_allclose(found, expected, rtol=1e-14)


@pytest.mark.parametrize("dtype", FLOAT_TYPES)
def test_streams_of_extreme_logits_are_finite_and_keep_their_dtype(dtype):
    z = np.array([[800, 0, -800], [-800, -800, -800]], dtype)
    computed = streaming_logsumexp(pieces(z, 1, 2))
    np.testing.assert_allclose(computed, [800, np.log(3) - 800], rtol=1e-6)
    assert computed.dtype == dtype


def test_a_single_precision_stream_of_many_blocks_keeps_its_digits():
    blocks = [np.zeros(10, np.float32)] * 10_000
    np.testing.assert_allclose(streaming_logsumexp(blocks), np.log(1e5), rtol=1e-6)


# Shards


@settings(deadline=None)
@given(logits(), st.integers(0, 6), st.integers(0, 6), st.integers(0, 99))
def test_shards_of_any_size_give_the_loss_and_its_gradient(z, first, second, seed):
    if 0 in z.shape:
        return
    labels = np.random.default_rng(seed).integers(z.shape[-1], size=z.shape[:-1])
    shards = pieces(z, min(first, z.shape[-1]), min(second, z.shape[-1]))
    largest, total = reduce(merge_logsumexp, map(shard_state, shards))
    placed = list(zip(shards, starts(shards), strict=True))
    own = sum(shard_logit(part, labels, start) for part, start in placed)
    np.testing.assert_array_equal(
        own, np.take_along_axis(z, labels[..., None], axis=-1)[..., 0]
    )
    loss = logsumexp_of((largest - own, total))
    expected = cross_entropy(z, labels)
    np.testing.assert_allclose(loss, expected, rtol=1e-13, atol=1e-13)
    gradients = [
        shard_gradient(part, (largest, total), labels, start) for part, start in placed
    ]
    np.testing.assert_allclose(
        np.concatenate(gradients, axis=-1),
        cross_entropy_gradient(z, labels),
        atol=1e-14,
    )


def test_two_rounds_give_what_merging_gives():
    z = np.random.default_rng(3).normal(size=(5, 12)) * 100
    maxima, sums = zip(*map(shard_state, pieces(z, 4, 5)), strict=True)
    mu = np.max(maxima, axis=0)
    total = sum(s * np.exp(m - mu) for m, s in zip(maxima, sums, strict=True))
    expected = special.logsumexp(z, axis=-1)
    np.testing.assert_allclose(logsumexp_of((mu, total)), expected, rtol=1e-14)


def test_a_masked_shard_has_the_state_of_no_class_and_no_gradient():
    z = np.array([-np.inf, -np.inf])
    assert shard_state(z) == (-np.inf, 0)
    state = merge_logsumexp(shard_state(z), shard_state(Z))
    np.testing.assert_array_equal(shard_gradient(z, state, 3, 0), [0, 0])
    assert shard_logit(z, 3, 0) == 0


@pytest.mark.parametrize("dtype", FLOAT_TYPES)
def test_what_shards_give_keeps_its_dtype_and_has_a_batch(dtype):
    z = np.array([[800, 0, -800], [-800, -800, -800]], dtype)
    state, labels = shard_state(z), np.array([2, 4])
    np.testing.assert_allclose(logsumexp_of(state), [800, np.log(3) - 800], rtol=1e-6)
    own = shard_logit(z, labels, 0)
    np.testing.assert_array_equal(own, [-800, 0])
    G = shard_gradient(z, state, labels, 0)
    np.testing.assert_allclose(G, [[1, 0, -1], [1 / 3] * 3], rtol=1e-6)
    assert {x.dtype for x in (*state, logsumexp_of(state), own, G)} == {np.dtype(dtype)}


# Loss and gradients


@pytest.mark.parametrize("block", [1, 2, 3, 10, 11, 12, 1000])
def test_blocks_of_any_size_give_the_loss_and_its_gradients(block):
    X, W, labels = layer()
    np.testing.assert_allclose(
        blockwise_cross_entropy(X, W, labels, block),
        cross_entropy(X @ W, labels),
        rtol=1e-13,
    )
    G = cross_entropy_gradient(X @ W, labels) / len(X)
    dX, dW = blockwise_gradients(X, W, labels, block)
    np.testing.assert_allclose(dX, G @ W.T, atol=1e-15)
    np.testing.assert_allclose(dW, X.T @ G, atol=1e-15)


@pytest.mark.parametrize("seed", range(3))
def test_gradients_agree_with_a_complex_step(seed):
    X, W, labels = layer(seed, rows=4, features=2, classes=5)

    def mean_loss(X, W):
        Z = X @ W
        own = Z[np.arange(len(labels)), labels]
        return (np.log(np.exp(Z).sum(axis=1)) - own).mean()

    dX, dW = blockwise_gradients(X, W, labels, 2)
    by_X = complex_step(lambda x: mean_loss(x.reshape(X.shape), W), X.ravel())
    by_W = complex_step(lambda w: mean_loss(X, w.reshape(W.shape)), W.ravel())
    np.testing.assert_allclose(dX.ravel(), by_X, atol=1e-14)
    np.testing.assert_allclose(dW.ravel(), by_W, atol=1e-14)


def test_rows_of_the_weight_gradient_sum_to_zero():
    dX, dW = blockwise_gradients(*layer(), 4)
    np.testing.assert_allclose(dW.sum(axis=1), 0, atol=1e-15)
    assert np.abs(dX).max() > 0.01


@pytest.mark.parametrize("dtype", FLOAT_TYPES)
def test_the_dtype_is_kept_and_labels_that_occur_twice_count_twice(dtype):
    X, W, _ = layer(dtype=dtype)
    labels = np.full(len(X), 2)
    results = [blockwise_cross_entropy(X, W, labels, 4)]
    results += blockwise_gradients(X, W, labels, 4)
    assert {result.dtype for result in results} == {np.dtype(dtype)}
    G = cross_entropy_gradient(X @ W, labels) / len(X)
    np.testing.assert_allclose(results[2], X.T @ G, atol=1e-6)


@pytest.mark.parametrize("dtype", FLOAT_TYPES)
def test_extreme_logits_keep_losses_and_gradients_finite(dtype):
    X = np.array([[1], [-1], [0]], dtype)
    W = np.array([[800, 0, -800]], dtype)
    losses = blockwise_cross_entropy(X, W, [2, 2, 0], 2)
    np.testing.assert_allclose(losses, [1600, 0, np.log(3)], rtol=1e-6)
    for gradient in blockwise_gradients(X, W, [2, 2, 0], 2):
        assert np.isfinite(gradient).all()


def test_a_confident_loss_is_not_negative_where_the_log_sum_exp_is_rounded():
    X = np.full((1, 1), 1000, np.float32)
    W = np.array([[0.1, 0.1234567, 0.05]], np.float32)
    assert blockwise_cross_entropy(X, W, [1], 1)[0] >= 0


def test_single_precision_is_as_good_as_it_can_be():
    X, W, labels = layer(rows=64, features=8, classes=4096, dtype=np.float32)
    W /= np.sqrt(8, dtype=np.float32)
    exact = [blockwise_cross_entropy(X.astype(float), W.astype(float), labels, 4096)]
    exact += blockwise_gradients(X.astype(float), W.astype(float), labels, 4096)
    computed = [blockwise_cross_entropy(X, W, labels, 100)]
    computed += blockwise_gradients(X, W, labels, 100)
    for a, b in zip(computed, exact, strict=True):
        np.testing.assert_allclose(a, b, atol=1e-6 * np.abs(b).max())


def test_the_matrix_of_logits_is_never_there():
    X, W, labels = layer(rows=128, features=2, classes=8192, dtype=np.float32)
    tracemalloc.start()
    blockwise_gradients(X, W, labels, 64)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 4 * 128 * 8192 / 10


@pytest.mark.parametrize("function", [_with_matrix, _in_blocks])
def test_what_the_figure_counts_is_most_of_what_is_measured(function):
    inputs = layer(rows=128, features=4, classes=4096, dtype=np.float32)
    counted = _most_held(function, *inputs)
    assert _most_held(function, *inputs) == counted  # and the same every time
    tracemalloc.start()
    function(*inputs)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert 0.6 * peak < counted <= peak


def test_what_the_figure_counts_is_each_array_once():
    X, W, labels = layer(rows=128, features=4, classes=4096, dtype=np.float32)
    matrix = 4 * 128 * 4096
    results = 4 * (128 + X.size + W.size)
    rows = 8 * 128 + 3 * 4 * 128  # their indices; own logits, totals and the maxima
    counted = _most_held(_with_matrix, X, W, labels)
    assert matrix + results < counted <= matrix + results + rows


# Tiles


@pytest.fixture
def three_rows(monkeypatch):
    """Make tiles of three rows of seven classes in float64, and of six in float32."""
    monkeypatch.setattr(scale, "_TILE", 3 * 7 * 8 + 1)


def agrees(z, labels):
    """Compare tiles with the plain form, to the last digits of the dtype."""
    found = tiled_cross_entropy_and_gradient(z, labels)
    right = cross_entropy_and_gradient(z, labels)
    eps = np.finfo(right[1].dtype).eps
    for a, b in zip(found, right, strict=True):
        assert type(a) is type(b)
        assert a.shape == b.shape
        assert a.dtype == b.dtype
        np.testing.assert_allclose(a, b, rtol=16 * eps, atol=4 * eps)
    return found


@pytest.mark.usefixtures("three_rows")
@pytest.mark.parametrize("dtype", [*FLOAT_TYPES, np.float16, np.int64])
@pytest.mark.parametrize(
    "shape",
    [(7,), (1, 7), (3, 7), (4, 7), (9, 7), (13, 7), (0, 7), (2, 0, 7), (2, 5, 7)],
)
def test_tiles_agree_with_the_plain_form(shape, dtype):
    rng = np.random.default_rng(sum(shape))
    z = (rng.normal(size=shape) * 3).astype(dtype)
    loss, gradient = agrees(z, rng.integers(0, 7, shape[:-1]))
    assert gradient.flags.c_contiguous
    assert (np.asarray(loss) >= 0).all()


@pytest.mark.parametrize("classes", [1, 2, 127, 128, 129, 131, 1000, 4096, 50_257])
@pytest.mark.parametrize("dtype", FLOAT_TYPES)
def test_tiles_of_any_number_of_classes_agree_with_the_plain_form(classes, dtype):
    rng = np.random.default_rng(classes)
    z = rng.normal(size=(5, classes)).astype(dtype) * 3
    agrees(z, rng.integers(0, classes, 5))
    agrees(z.T.copy().T, rng.integers(0, classes, 5))  # not row by row in memory


@pytest.mark.usefixtures("three_rows")
@pytest.mark.parametrize("dtype", FLOAT_TYPES)
@pytest.mark.parametrize("shift", [-1e4, -730, -95, -80, 80, 800, 1e4])
def test_a_tile_of_large_logits_is_shifted_and_the_others_are_not(shift, dtype):
    rng = np.random.default_rng(0)
    z = rng.normal(size=(10, 7)).astype(dtype)
    z[4] += dtype(shift)
    agrees(z, rng.integers(0, 7, 10))


@pytest.mark.parametrize("dtype", FLOAT_TYPES)
@pytest.mark.parametrize("logits_of", [lambda p: p * 40 - 10, np.log])
def test_ordinary_logits_and_log_probabilities_are_not_shifted(logits_of, dtype):
    p = np.random.default_rng(0).dirichlet(np.ones(7), size=20)
    z = logits_of(p).astype(dtype)
    e = np.exp(z)
    expected = e / (e @ np.ones(7, dtype))[:, None]
    expected[:, 2] -= 1
    _, gradient = tiled_cross_entropy_and_gradient(z, np.full(20, 2))
    np.testing.assert_array_equal(gradient, expected)


@pytest.mark.parametrize("dtype", FLOAT_TYPES)
def test_a_loss_too_large_for_its_exponential_is_finite(dtype):
    z = np.array([[0, -800], [0, 0]], dtype)
    loss, gradient = agrees(z, [1, 1])
    np.testing.assert_allclose(loss, [800, np.log(2)], rtol=1e-6)
    np.testing.assert_allclose(gradient[0], [1, -1])


@pytest.mark.parametrize("dtype", FLOAT_TYPES)
@pytest.mark.parametrize("largest", [0, 20, 60])
def test_a_confident_loss_keeps_its_digits_without_a_shift(largest, dtype):
    z = np.array([[largest, largest - 9]], dtype)
    loss, _ = tiled_cross_entropy_and_gradient(z, [0])
    eps = np.finfo(dtype).eps
    np.testing.assert_allclose(loss, np.log1p(np.exp(-9.0)), atol=2 * eps)


@pytest.mark.parametrize("dtype", FLOAT_TYPES)
def test_tiles_are_no_less_exact_than_the_plain_form(dtype):
    rng = np.random.default_rng(1)
    z = rng.normal(size=(64, 1000)).astype(dtype) * 3
    labels = rng.integers(0, 1000, 64)
    right = cross_entropy_and_gradient(z.astype(np.longdouble), labels)
    for form in (tiled_cross_entropy_and_gradient, cross_entropy_and_gradient):
        errors = [
            np.abs(a - b).max() for a, b in zip(form(z, labels), right, strict=True)
        ]
        if form is tiled_cross_entropy_and_gradient:
            ours = errors
    assert (np.array(ours) <= 2 * np.array(errors)).all()


@pytest.mark.usefixtures("three_rows")
def test_masked_classes_get_no_gradient_in_tiles():
    rng = np.random.default_rng(0)
    z = rng.normal(size=(10, 7))
    z[2:, 1], z[5, 2:] = -np.inf, -np.inf
    _, gradient = agrees(z, np.zeros(10, int))
    np.testing.assert_array_equal(gradient[2:, 1], 0)


def test_a_finite_logit_of_any_size_below_zero_has_the_probability_zero():
    for largest in (0.0, 8e307):  # without a shift, and with one
        loss, gradient = tiled_cross_entropy_and_gradient([largest, -1.7e308], 0)
        assert loss == 0
        np.testing.assert_array_equal(gradient, [0, 0])


def test_tiles_leave_their_input_alone():
    z = np.random.default_rng(0).normal(size=(4, 7))
    before, labels = z.copy(), np.array([0, 1, 2, 3])
    tiled_cross_entropy_and_gradient(z, labels)
    np.testing.assert_array_equal(z, before)
    np.testing.assert_array_equal(labels, [0, 1, 2, 3])


@pytest.mark.parametrize("dtype", FLOAT_TYPES)
@pytest.mark.parametrize("scale", [1, 100])
def test_beside_the_gradient_tiles_hold_little(scale, dtype):
    rng = np.random.default_rng(0)
    z = rng.normal(size=(512, 2000)).astype(dtype) * scale
    labels = rng.integers(0, 2000, 512)
    tracemalloc.start()
    tiled_cross_entropy_and_gradient(z, labels)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 1.15 * z.nbytes


# Bad input


@pytest.mark.usefixtures("three_rows")
@pytest.mark.parametrize(
    ("bad", "message"),
    [
        (np.nan, r"^logits must be finite or -inf, got nan at index \(1, 3, 2\)$"),
        (np.inf, r"^logits must be finite or -inf, got inf at index \(1, 3, 2\)$"),
        (1e308, r"^logits must be at most 8\.99e\+307 in size, got 1e\+308 at index"),
    ],
)
def test_a_bad_logit_of_any_tile_is_named_with_its_place(bad, message):
    z = np.zeros((2, 5, 7))
    z[1, 3, 2] = bad
    with pytest.raises(ValueError, match=message):
        tiled_cross_entropy_and_gradient(z, np.zeros((2, 5), int))


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"z": [[-np.inf, 0], [-np.inf] * 2]}, "finite for at least one class"),
        ({"z": np.zeros((2, 0))}, r"a last axis of at least one class, got \(2, 0\)"),
        ({"labels": [0, 2]}, r"labels must be in 0\.\.1, got 2 at index 1"),
        ({"labels": [0, -1]}, r"labels must be in 0\.\.1, got -1 at index 1"),
        ({"labels": [0]}, r"labels must have shape \(2,\), got \(1,\)"),
        ({"labels": [0.5, 0]}, "labels must be whole numbers, got float64 such as 0.5"),
        ({"z": [[-np.inf, 0]] * 2}, "labels must be classes whose logit is not -inf"),
    ],
)
def test_tiles_refuse_what_the_plain_form_refuses(change, message):
    given = {"z": np.zeros((2, 2)), "labels": [1, 0], **change}
    with pytest.raises(ValueError, match=message):
        tiled_cross_entropy_and_gradient(**given)


@pytest.mark.parametrize(
    ("bad", "message"),
    [
        ([[0.0], [np.nan]], "logits must be finite or -inf, got nan at index 0"),
        ([[0.0, np.inf]], "logits must be finite or -inf, got inf at index 1"),
        ([[-np.inf], [-np.inf]], "finite for at least one class, got -inf"),
        ([[1j]], "logits must be real numbers, got complex128"),
        ([[0.0], []], r"at least one class, got \(0,\)"),
        ([[0.0], [[0.0]]], r"got \["),
        ([], "got"),
    ],
)
def test_bad_blocks_are_refused_and_named(bad, message):
    with pytest.raises(ValueError, match=message):
        streaming_logsumexp(bad)


@pytest.mark.parametrize(
    ("state", "message"),
    [
        ((-np.inf, 0.0), "logits must be finite for at least one class, got -inf"),
        ((0.0, 0.0), r"sums must be positive, got 0\.0"),
        (([0.0], [1.0, 1.0]), r"a state must have one shape, got \(\(1,\), \(2,\)\)"),
        ([0.0, 1.0], r"a state must be a maximum and a sum, got \[0\.0, 1\.0\]"),
        ((np.nan, 1.0), "maxima must be finite or -inf, got nan"),
    ],
)
def test_a_state_of_no_class_has_no_log_sum_exp(state, message):
    with pytest.raises(ValueError, match=message):
        logsumexp_of(state)


@pytest.mark.parametrize("function", [shard_logit, shard_gradient])
@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"z": [[0.0, np.nan]]}, "logits must be finite or -inf, got nan"),
        ({"z": []}, r"logits need a last axis of at least one class, got \(0,\)"),
        ({"labels": [-1]}, r"labels must be in 0\.\.2147483646, got -1 at index 0"),
        ({"labels": [0.5]}, "labels must be whole numbers, got float64 such as 0.5"),
        ({"labels": [1, 2]}, r"labels must have shape \(1,\), got \(2,\)"),
        ({"labels": [4]}, "labels must be classes whose logit is not -inf, got 4"),
        ({"start": -1}, "start must be a whole number of at least 0, got -1"),
        ({"start": 0.0}, r"start must be a whole number of at least 0, got 0\.0"),
    ],
)
def test_bad_shards_are_refused_and_named(function, change, message):
    given = {"z": [[0.0, -np.inf]], "labels": [0], "start": 3, **change}
    if function is shard_gradient:
        given["state"] = np.array([1.0]), np.array([1.0])
    with pytest.raises(ValueError, match=message):
        function(**given)


def test_a_state_that_is_not_of_these_logits_is_refused_and_named():
    with pytest.raises(
        ValueError, match=r"at most the maximum .*, got 2\.0 at index 1"
    ):
        shard_gradient([0.0, 2.0], (1.0, 3.0), 0, 0)
    with pytest.raises(ValueError, match=r"states must have shape \(\), got \(1,\)"):
        shard_gradient([0.0, 1.0], ([1.0], [3.0]), 0, 0)


def test_bad_states_are_refused_and_named():
    good = (0.0, 1.0)
    with pytest.raises(ValueError, match="maxima must be finite or -inf, got nan"):
        merge_logsumexp(good, (np.nan, 1.0))
    with pytest.raises(ValueError, match=r"sums must be at least 0, got -1\.0"):
        merge_logsumexp(good, (0.0, -1.0))
    with pytest.raises(ValueError, match="sums must be finite, got inf"):
        merge_logsumexp((0.0, np.inf), good)
    with pytest.raises(ValueError, match=r"states must have one shape, got .*\(2,\)"):
        merge_logsumexp(good, ([0.0, 1.0], [1.0, 1.0]))


def test_more_classes_than_the_dtype_of_the_labels_can_count():
    label = np.array([250], np.uint8)
    W = np.zeros((1, 300))
    assert blockwise_cross_entropy([[1.0]], W, label, 7) == pytest.approx(np.log(300))
    _, dW = blockwise_gradients([[1.0]], W, label, 7)
    np.testing.assert_allclose(dW[0], 1 / 300 - (np.arange(300) == 250), atol=1e-15)


@pytest.mark.parametrize("function", [blockwise_cross_entropy, blockwise_gradients])
@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"X": np.zeros((7, 4))}, r"X and W must .*, got \(7, 4\) and \(3, 11\)"),
        ({"X": np.zeros((0, 3)), "labels": []}, r"X and W must .*, got \(0, 3\)"),
        (
            {"X": np.full((7, 3), np.nan)},
            r"X must be finite, got nan at index \(0, 0\)",
        ),
        ({"W": np.full((3, 11), np.inf)}, "W must be finite, got inf"),
        ({"labels": np.full(7, 11)}, r"labels must be in 0\.\.10, got 11 at index 0"),
        ({"labels": np.full(7, -1)}, r"labels must be in 0\.\.10, got -1"),
        ({"labels": [1, 2]}, r"labels must have shape \(7,\), got \(2,\)"),
        ({"block": 0}, "block must be a positive whole number, got 0"),
        ({"block": 2.5}, "block must be a positive whole number, got 2.5"),
    ],
)
def test_bad_layers_are_refused_and_named(function, change, message):
    X, W, labels = layer()
    with pytest.raises(ValueError, match=message):
        function(**{"X": X, "W": W, "labels": labels, "block": 3, **change})
