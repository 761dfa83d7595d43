"""Errors, tests and calibration of a fit: known values, theorems, oracles, extremes."""

from fractions import Fraction
from itertools import permutations
from math import ceil

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from scipy import optimize, special, stats
from sklearn.isotonic import IsotonicRegression

from snippets.asymptotics import (
    binomial_probabilities,
    conformal_threshold,
    isotonic_probabilities,
    likelihood_ratio_statistic,
    model_covariance,
    platt_targets,
    sandwich_covariance,
    score_statistic,
    total_variation,
    wald_statistic,
)
from snippets.curvature import newton_step
from snippets.information import kl_divergence
from snippets.softmax import softmax
from tests.draws import FLOAT_TYPES, logits

P = np.array([0.2, 0.3, 0.5])
Q = np.array([0.1, 0.2, 0.7])
STATISTICS = [likelihood_ratio_statistic, wald_statistic, score_statistic]


# Known values


def test_two_flips_have_three_numbers_of_heads():
    f = 0.3
    expected = [(1 - f) ** 2, 2 * f * (1 - f), f**2]
    np.testing.assert_allclose(binomial_probabilities(f, 2), expected, rtol=1e-15)


@pytest.mark.parametrize(("p", "heads"), [(0, 0), (1, 4)])
def test_a_coin_with_one_side_shows_it_always(p, heads):
    assert binomial_probabilities(p, 4).tolist() == np.eye(5)[heads].tolist()


def test_the_covariance_of_the_running_example_has_the_reciprocal_counts():
    expected = [[1 / 3 + 1 / 2, 1 / 2], [1 / 2, 1 / 5 + 1 / 2]]
    covariance = model_covariance(np.ones((10, 1)), np.tile(np.log(P), (10, 1)))
    np.testing.assert_allclose(covariance, expected, rtol=1e-13)


def test_the_sandwich_of_a_curved_truth():
    feature = np.repeat([-1, 0, 1], 10)
    X = np.stack([np.ones(30), feature], axis=-1)
    yes = np.repeat([1, 0, 1, 0, 1, 0], [2, 8, 8, 2, 2, 8])
    y = np.stack([1 - yes, yes], axis=-1)
    z = np.tile(np.log([0.6, 0.4]), (30, 1))
    outer = 2 * 0.6**2 + 8 * 0.4**2  # at both ends of the feature
    expected = [[1 / (30 * 0.24), 0], [0, 2 * outer / (20 * 0.24) ** 2]]
    np.testing.assert_allclose(sandwich_covariance(X, z, y), expected, atol=1e-15)


def test_a_wrong_model_may_have_the_standard_errors_that_it_claims():
    X = np.stack([np.ones(30), np.repeat([-1, 0, 1], 10)], axis=-1)
    yes = np.repeat([1, 0, 1, 0, 1, 0], [3, 7, 9, 1, 3, 7])
    y, z = np.stack([1 - yes, yes], axis=-1), np.zeros((30, 2))
    np.testing.assert_allclose(X.T @ (y - 0.5), 0, atol=1e-15)  # z is the fit
    expected = np.diag([1 / (30 / 4), 1 / (20 / 4)])
    for covariance in (model_covariance(X, z), sandwich_covariance(X, z, y)):
        np.testing.assert_allclose(covariance, expected, atol=1e-15)


def test_statistics_of_the_running_example():
    equal, counts = np.ones(3) / 3, [2, 3, 5]
    gain = 2 * (2 * np.log(0.6) + 3 * np.log(0.9) + 5 * np.log(1.5))
    assert likelihood_ratio_statistic(equal, counts) == pytest.approx(gain)
    pearson = (4**2 + 1**2 + 5**2) / 9 / (10 / 3)
    assert score_statistic(equal, counts) == pytest.approx(pearson)
    mean = P @ np.log(P)
    variance = P @ np.log(P) ** 2 - mean**2
    assert wald_statistic(equal, counts) == pytest.approx(10 * variance)


def test_the_wald_statistic_of_a_coin_is_its_squared_logit_over_the_variance():
    logit = np.log(9 / 4)
    expected = logit**2 / (1 / 9 + 1 / 4)
    assert wald_statistic([0.5, 0.5], [4, 9]) == pytest.approx(expected)


def test_total_variation_of_the_running_example():
    assert total_variation(Q, P) == pytest.approx(0.7 - 0.5)
    assert total_variation([1, 0], [0, 1]) == 1


def test_targets_are_those_of_one_more_label_of_each_kind():
    assert platt_targets([0, 1, 1]).tolist() == [1 / 3, 3 / 4, 3 / 4]
    assert platt_targets([0, 0, 0, 1, 1]).tolist() == [1 / 5] * 3 + [3 / 4] * 2
    assert platt_targets([[1], [1]]).tolist() == [[3 / 4]] * 2
    assert platt_targets(0) == 1 / 3


def test_neighbours_in_the_wrong_order_get_their_mean():
    fitted = isotonic_probabilities([3, 1, 2, 0], [0, 0.75, 0, 0])
    np.testing.assert_allclose(fitted, [0.25, 0.25, 0.25, 0])


def test_equal_scores_get_one_probability_whatever_their_order():
    for labels in ([1, 0, 1], [0, 1, 1], [1, 1, 0]):
        np.testing.assert_allclose(isotonic_probabilities([7, 7, 7], labels), 2 / 3)
    fitted = isotonic_probabilities([1, 1, 0, 2], [0, 1, 0.25, 1])
    np.testing.assert_allclose(fitted, [0.5, 0.5, 0.25, 1])


def test_pooling_may_reach_back_over_several_blocks():
    fitted = isotonic_probabilities(np.arange(5), [0.2, 0.4, 0.6, 0.0, 0.9])
    np.testing.assert_allclose(fitted, [0.2, 1 / 3, 1 / 3, 1 / 3, 0.9])
    fitted = isotonic_probabilities(np.arange(4), [1, 0.5, 0.5, 0])
    np.testing.assert_allclose(fitted, [0.5] * 4)


def scored(scores):
    """Return probabilities whose second class has these scores, and labels of it."""
    scores = np.asarray(scores, float)
    return np.stack([scores, 1 - scores], axis=-1), np.ones(scores.shape, int)


@pytest.mark.parametrize(
    ("alpha", "expected"),
    [(0.1, 0.9), (0.2, 0.7), (0.5, 0.3), (0.7, 0.1), (0.09, np.inf), (0, np.inf)],
)
def test_the_threshold_has_its_rank(alpha, expected):
    p, labels = scored([0.9, 0.05, 0.1, 0.1, 0.5, 0.2, 0.35, 0.3, 0.7])
    assert conformal_threshold(p, labels, alpha) == pytest.approx(expected)


def test_no_class_belongs_where_nothing_is_promised():
    assert conformal_threshold(*scored([0.0, 0.5]), 1) == -np.inf


# Shapes and dtypes


@pytest.mark.parametrize("batch", [(), (5,), (2, 4), (0,)])
def test_the_last_axis_is_the_class_and_the_others_are_the_batch(batch):
    z = np.random.default_rng(0).normal(size=(*batch, 3))
    p = softmax(z)
    for statistic in STATISTICS:
        assert statistic(p, [1, 2, 3]).shape == batch
        assert statistic([0.2, 0.3, 0.5], 1 + 10 * p).shape == batch
    assert total_variation(p, P).shape == batch
    assert binomial_probabilities(p, 4).shape == (*batch, 3, 5)
    outcome = (z > 0).astype(int)
    assert platt_targets(outcome).shape == z.shape
    if z.size:
        assert isotonic_probabilities(z, outcome).shape == z.shape


@pytest.mark.parametrize("statistic", STATISTICS)
def test_each_row_of_counts_has_its_own_statistic(statistic):
    counts = np.array([[2, 3, 5], [1, 1, 1], [9, 0, 1]])
    expected = [statistic(P, row) for row in counts]
    np.testing.assert_allclose(statistic(P, counts), expected, rtol=1e-14)


def test_calibration_pools_all_axes_of_the_batch():
    rng = np.random.default_rng(0)
    z, y = rng.normal(size=(4, 5)), rng.integers(0, 2, size=(4, 5))
    flat = isotonic_probabilities(z.ravel(), y.ravel())
    np.testing.assert_array_equal(isotonic_probabilities(z, y).ravel(), flat)
    p = softmax(rng.normal(size=(4, 5, 3)))
    pooled = conformal_threshold(p.reshape(20, 3), y.ravel(), 0.3)
    assert conformal_threshold(p, y, 0.3) == pooled


@pytest.mark.parametrize("dtype", FLOAT_TYPES)
def test_a_floating_dtype_is_kept(dtype):
    p, z, y = P.astype(dtype), np.arange(3, dtype=dtype), np.array([0, 1, 0], dtype)
    results = [binomial_probabilities(p, 3), total_variation(Q.astype(dtype), p)]
    results += [platt_targets(y), isotonic_probabilities(z, y)]
    counts = np.array([2, 3, 5], dtype)
    results += [statistic(p[::-1], counts) for statistic in STATISTICS]
    assert {result.dtype for result in results} == {np.dtype(dtype)}


def test_covariances_are_in_double_precision():
    X, z = np.ones((3, 1), np.float32), np.zeros((3, 2), np.float32)
    y = np.eye(2, dtype=np.float32)[[0, 1, 1]]
    assert model_covariance(X, z).dtype == sandwich_covariance(X, z, y).dtype == float


# Theorems


open_shares = st.floats(0.01, 0.99)


@given(open_shares, st.integers(1, 60))
def test_the_share_of_heads_attains_the_bound(f, flips):
    share, weight = np.arange(flips + 1) / flips, binomial_probabilities(f, flips)
    assert weight.sum() == pytest.approx(1, rel=1e-13)
    assert weight @ share == pytest.approx(f, rel=1e-12)
    information = flips / (f * (1 - f))
    assert weight @ (share - f) ** 2 == pytest.approx(1 / information, rel=1e-10)


@given(open_shares, st.integers(2, 40), st.integers(0, 2**32 - 1))
def test_the_mean_deviation_times_a_function_is_a_mean_difference(f, flips, seed):
    g = np.random.default_rng(seed).normal(size=flips + 1)
    left = binomial_probabilities(f, flips) @ ((np.arange(flips + 1) - flips * f) * g)
    right = flips * f * (1 - f) * binomial_probabilities(f, flips - 1) @ np.diff(g)
    assert left == pytest.approx(right, abs=1e-11)


def drawn_fit(seed, classes):
    """Return features, logits, and labels that were drawn from the logits."""
    rng = np.random.default_rng(seed)
    X, z = rng.normal(size=(60, 2)), rng.normal(size=(60, classes))
    labels = (rng.random((60, 1)) > softmax(z).cumsum(axis=-1)[:, :-1]).sum(axis=-1)
    return X, z, np.eye(classes)[labels]


@given(st.integers(0, 2**32 - 1), st.integers(2, 4))
def test_the_sandwich_averages_to_the_inverse_of_the_information(seed, classes):
    X, z, _ = drawn_fit(seed, classes)
    p = softmax(z)
    expected = model_covariance(X, z)
    mean = np.zeros_like(expected)
    for n in range(60):  # the outer products of the examples add up
        for k in range(classes):
            g = np.kron(X[n], (p[n] - np.eye(classes)[k])[1:])
            mean += p[n, k] * np.outer(g, g)
    np.testing.assert_allclose(expected @ mean @ expected, expected, rtol=1e-7)


@given(st.integers(0, 2**32 - 1), st.integers(2, 4))
def test_covariances_are_symmetric_and_positive_definite(seed, classes):
    X, z, y = drawn_fit(seed, classes)
    for covariance in (model_covariance(X, z), sandwich_covariance(X, z, y)):
        assert covariance.shape == (2 * (classes - 1),) * 2
        np.testing.assert_allclose(covariance, covariance.T, rtol=1e-9, atol=1e-12)
        assert np.linalg.eigvalsh(covariance).min() > 0


@given(st.integers(0, 2**32 - 1))
def test_a_shift_of_the_logits_and_a_copy_of_the_data_are_understood(seed):
    X, z, y = drawn_fit(seed, 3)
    covariance = sandwich_covariance(X, z, y)
    shifted = sandwich_covariance(X, z + X @ [[2.0], [1.0]], y)
    np.testing.assert_allclose(shifted, covariance, rtol=1e-6, atol=1e-9)
    twice = sandwich_covariance(*[np.concatenate([one, one]) for one in (X, z, y)])
    np.testing.assert_allclose(2 * twice, covariance, rtol=1e-9, atol=1e-12)


@given(logits(bound=3, batch=False), st.integers(0, 2**32 - 1))
def test_near_the_hypothesis_the_three_statistics_agree(z, seed):
    assume(z.size > 1)
    p = softmax(z)
    u = np.random.default_rng(seed).normal(size=z.size)
    q = softmax(z + 1e-4 * u)
    values = [float(statistic(p, 1e8 * q)) for statistic in STATISTICS]
    assert values == pytest.approx([values[0]] * 3, rel=1e-2, abs=1e-6)


@given(logits(bound=5, batch=False))
def test_statistics_are_zero_at_their_hypothesis_and_grow_with_the_counts(z):
    p = softmax(z)
    counts = np.arange(1.0, z.size + 1)
    for statistic in STATISTICS:
        assert statistic(p, 100 * p) == pytest.approx(0, abs=1e-10)
        expected = 7 * statistic(p, counts)
        assert statistic(p, 7 * counts) == pytest.approx(expected, abs=1e-9)


def test_the_strongest_evidence_has_no_wald_statistic():
    heads = np.arange(501, 1000)
    counts = np.stack([1000 - heads, heads], axis=-1)
    wald = wald_statistic([0.5, 0.5], counts)
    assert 910 < heads[wald.argmax()] < 925
    assert wald_statistic([0.5, 0.5], [0, 1000]) == 0
    for statistic in (likelihood_ratio_statistic, score_statistic):
        assert (np.diff(statistic([0.5, 0.5], counts)) > 0).all()


@given(logits(bound=20, batch=False), st.integers(0, 2**32 - 1))
def test_pinsker(z, seed):
    q, p = np.random.default_rng(seed).dirichlet(np.ones(z.size)), softmax(z)
    distance = total_variation(q, p)
    assert 0 <= distance <= 1 + 1e-12
    assert distance == pytest.approx(np.maximum(q - p, 0).sum(), abs=1e-12)
    assert kl_divergence(q, p) >= 2 * distance**2 - 1e-12


@given(st.lists(st.tuples(st.integers(0, 5), st.integers(0, 1)), min_size=1))
def test_isotonic_probabilities_never_fall_and_have_the_mean_of_the_labels(pairs):
    z, y = np.array(pairs, float).T
    fitted = isotonic_probabilities(z, y)
    assert (np.diff(fitted[np.argsort(z, kind="stable")]) >= 0).all()
    assert fitted.mean() == pytest.approx(y.mean(), abs=1e-12)
    for level in np.unique(fitted):  # each step is the mean of what it holds
        assert y[fitted == level].mean() == pytest.approx(level, abs=1e-12)


@pytest.mark.parametrize("alpha", [0.05, 0.1, 1 / 6, 0.25, 0.4, 0.5, 0.8])
def test_over_all_orders_the_sets_hold_the_true_class_often_enough(alpha):
    scores = [0.1, 0.2, 0.35, 0.6, 0.95]
    covered = [
        last <= conformal_threshold(*scored(held_out), alpha) + 1e-12
        for *held_out, last in permutations(scores)
    ]
    exact = Fraction(alpha).limit_denominator(100)
    expected = Fraction(ceil(5 * (1 - exact)), 5)
    assert Fraction(int(sum(covered)), len(covered)) == expected >= 1 - exact


# Independent oracles


@given(st.floats(1e-9, 1), st.integers(1, 200))  # SciPy raises for the least shares
def test_binomial_probabilities_agree_with_scipy(f, flips):
    expected = stats.binom.pmf(np.arange(flips + 1), flips, f)
    computed = binomial_probabilities(f, flips)
    np.testing.assert_allclose(computed, expected, rtol=1e-9, atol=1e-290)


@given(st.lists(st.integers(1, 50), min_size=2, max_size=5))
def test_statistics_agree_with_scipy(counts):
    counts = np.array(counts)
    p = softmax(np.cos(counts))
    for power, statistic in (
        ("log-likelihood", likelihood_ratio_statistic),
        ("pearson", score_statistic),
    ):
        found = stats.power_divergence(counts, counts.sum() * p, lambda_=power)
        assert statistic(p, counts) == pytest.approx(found.statistic, abs=1e-9)


@given(st.integers(0, 2**32 - 1))
def test_the_wald_statistic_agrees_with_the_covariance_of_the_logits(seed):
    counts = np.random.default_rng(seed).integers(1, 20, 4)
    p = softmax(np.cos(counts))
    p_hat = counts / counts.sum()
    rows = np.tile(np.log(p_hat), (counts.sum(), 1))
    covariance = model_covariance(np.ones((counts.sum(), 1)), rows)
    error = np.log(p_hat / p_hat[0])[1:] - np.log(p / p[0])[1:]
    expected = error @ np.linalg.solve(covariance, error)
    assert wald_statistic(p, counts) == pytest.approx(expected, rel=1e-8, abs=1e-10)


@given(st.integers(0, 2**32 - 1))
def test_the_model_covariance_agrees_with_a_numerical_hessian(seed):
    X, z, y = drawn_fit(seed, 3)

    def gradient(w):  # of the loss in weights that move the logits
        moved = z + X @ np.concatenate([np.zeros((2, 1)), w.reshape(2, 2)], axis=-1)
        return (X.T @ (special.softmax(moved, axis=-1) - y))[:, 1:].ravel()

    steps = 1e-6 * np.eye(4)
    hessian = np.array([(gradient(s) - gradient(-s)) / 2e-6 for s in steps])
    np.testing.assert_allclose(
        model_covariance(X, z) @ hessian, np.eye(4), rtol=1e-6, atol=1e-6
    )


def test_the_sandwich_predicts_the_scatter_of_the_fits_of_a_wrong_model():
    rng = np.random.default_rng(1)
    feature = np.repeat([-1.0, 0.0, 1.0], 100)
    X = np.stack([np.ones(300), feature], axis=-1)
    truth = np.where(feature == 0, 0.9, 0.15)
    slopes, claimed, honest = [], [], []
    for _ in range(300):
        drawn = rng.integers(0, 300, 300)
        yes = (rng.random(300) < truth[drawn]).astype(int)
        W = np.zeros((2, 2))
        for _ in range(8):
            W = newton_step(X[drawn], W, yes, 0.0)
        W = W - W[:, :1]
        slopes.append(W[1, 1])
        claimed.append(model_covariance(X[drawn], X[drawn] @ W)[1, 1])
        honest.append(sandwich_covariance(X[drawn], X[drawn] @ W, np.eye(2)[yes])[1, 1])
    scatter = np.var(slopes)
    assert np.mean(honest) == pytest.approx(scatter, rel=0.2)
    assert np.mean(claimed) > 1.3 * scatter


@given(st.lists(st.tuples(st.integers(-9, 9), st.floats(0, 1)), min_size=1))
def test_isotonic_probabilities_agree_with_scikit_learn(pairs):
    z, y = np.array(pairs, float).T
    expected = IsotonicRegression().fit_transform(z, y)
    np.testing.assert_allclose(isotonic_probabilities(z, y), expected, atol=1e-9)


def test_isotonic_probabilities_have_the_least_cross_entropy():
    y = np.array([0.3, 0.8, 0.4, 0.1, 0.9, 0.7])

    def loss(steps):
        f = np.clip(np.cumsum(np.abs(steps)), 1e-9, 1 - 1e-9)
        return -(y * np.log(f) + (1 - y) * np.log(1 - f)).sum()

    found = optimize.minimize(loss, np.full(6, 0.1), method="Powell", tol=1e-12)
    fitted = isotonic_probabilities(np.arange(6), y)
    np.testing.assert_allclose(np.cumsum(np.abs(found.x)), fitted, atol=1e-3)
    assert loss(np.diff(fitted, prepend=0)) <= found.fun + 1e-9


@given(st.lists(st.floats(0, 1), min_size=1, max_size=30), st.integers(1, 99))
def test_the_threshold_agrees_with_an_exact_rank(scores, percent):
    p, labels = scored(scores)
    alpha = Fraction(percent, 100)
    rank = ceil((len(scores) + 1) * (1 - alpha))
    threshold = conformal_threshold(p, labels, float(alpha))
    ranked = [*np.sort(1 - p[:, 1]), np.inf]
    cautious = ranked[min(rank, len(scores))]  # where rounding takes one more
    assert threshold in (ranked[rank - 1], cautious)
    if (len(scores) + 1) * alpha % 1 != 0:
        assert threshold == ranked[rank - 1]


# Extremes


def test_ten_thousand_flips_are_counted():
    weight = binomial_probabilities(1e-4, 10_000)
    assert weight[0] == pytest.approx((1 - 1e-4) ** 10_000, rel=1e-9)
    assert weight.sum() == pytest.approx(1, rel=1e-12)


def test_classes_that_were_not_seen_are_limits():
    for statistic in STATISTICS:
        near = statistic(P, [1e-200, 3, 5])
        assert statistic(P, [0, 3, 5]) == pytest.approx(near, rel=1e-12)


@pytest.mark.parametrize("scale", [1e-200, 1e200])
def test_scores_of_any_size_are_sorted(scale):
    z = scale * np.array([3.0, 1, 2])
    assert isotonic_probabilities(z, [1, 0, 0]).tolist() == [1, 0, 0]


# Bad input


@pytest.mark.parametrize(
    ("p", "flips", "message"),
    [
        (1.5, 3, "p must be between 0 and 1, got 1.5"),
        ([0.5, -0.5], 3, "p must be between 0 and 1, got -0.5 at index 1"),
        (np.nan, 3, "p must be finite, got nan"),
        (0.5, 0, "flips must be a positive whole number, got 0"),
        (0.5, 2.5, "flips must be a positive whole number, got 2.5"),
        (0.5, 10_001, "^flips must be at most 10000, got 10001$"),
    ],
)
def test_what_is_no_series_of_flips_is_refused_and_named(p, flips, message):
    with pytest.raises(ValueError, match=message):
        binomial_probabilities(p, flips)


@pytest.mark.parametrize(
    ("X", "z", "message"),
    [
        (np.ones((4, 2)), np.zeros((4, 2)), "information must have rank 2, got 1$"),
        (np.zeros((4, 1)), np.zeros((4, 2)), "information must have rank 1, got 0$"),
        (np.ones((4, 1)), np.zeros((3, 2)), r"got \(4, 1\) and \(3, 2\)"),
        (np.ones((4, 1)), np.zeros((4, 1)), r"got \(4, 1\) and \(4, 1\)"),
        (np.ones(4), np.zeros((4, 2)), r"^X and z .*none of them 0, got \(4,\) and"),
        (np.ones((4, 1)), np.zeros((4, 2, 2)), r"and \(4, 2, 2\)"),
        (np.ones((4, 0)), np.zeros((4, 2)), r"got \(4, 0\) and \(4, 2\)"),
        ([[np.inf]], [[0, 0]], "^X must be finite, got inf"),
        ([[1e200]], [[0, 0]], "the information must be finite, got inf"),
        ([[1.0]], [[np.nan, 0]], "logits must be finite or -inf, got nan"),
    ],
)
def test_what_has_no_covariance_is_refused_and_named(X, z, message):
    for refused in (
        lambda: model_covariance(X, z),
        lambda: sandwich_covariance(X, z, np.full(np.shape(z), 0.5)),
    ):
        with pytest.raises(ValueError, match=message):
            refused()


def test_labels_of_another_kind_are_refused_and_named():
    X, z = np.ones((2, 1)), np.zeros((2, 2))
    with pytest.raises(ValueError, match="the sum of y must be 1, got 0"):
        sandwich_covariance(X, z, [[0, 0], [1, 0]])
    with pytest.raises(
        ValueError, match=r"^y must have the shape \(2, 2\), got \(2,\)"
    ):
        sandwich_covariance(X, z, [0.5, 0.5])


@pytest.mark.parametrize("statistic", STATISTICS)
@pytest.mark.parametrize(
    ("p", "counts", "message"),
    [
        ([0.5, 0.6], [1, 2], "the sum of p must be 1, got 1.1"),
        ([0, 1], [1, 2], "^p must be positive, got 0.0 at index 0"),
        ([0.5, 0.5], [1, -2], "counts must be at least 0, got -2"),
        ([0.5, 0.5], [0, 0], "the sum of counts must be positive, got 0"),
        (
            [0.5, 0.5],
            [1],
            "^p and counts must have the same number of .*, got 2 and 1$",
        ),
        (np.full((2, 2), 0.5), np.ones((3, 2)), r"p \(2, 2\) and counts \(3, 2\)"),
    ],
)
def test_bad_hypotheses_and_counts_are_refused_and_named(statistic, p, counts, message):
    with pytest.raises(ValueError, match=message):
        statistic(p, counts)


@pytest.mark.parametrize(
    ("q", "p", "message"),
    [
        ([0.5, 0.6], [0.5, 0.5], "the sum of q must be 1, got 1.1"),
        ([0.5, 0.5], [0.5, 0.4], "the sum of p must be 1, got 0.9"),
        (
            [1.0],
            [0.5, 0.5],
            "^q and p must have the same number of classes, got 1 and 2",
        ),
    ],
)
def test_what_are_not_two_distributions_is_refused_and_named(q, p, message):
    with pytest.raises(ValueError, match=message):
        total_variation(q, p)


@pytest.mark.parametrize(
    ("z", "y", "message"),
    [
        (np.nan, 0, "z must be finite, got nan"),
        ([1.0, 2], [0, 1.5], "y must be between 0 and 1, got 1.5 at index 1"),
        ([1.0, 2], [-0.5, 1], "y must be between 0 and 1, got -0.5 at index 0"),
        ([1.0, 2], 0, r"^y must have the shape \(2,\) and .*example, got shape \(\)$"),
        ([], [], r"at least one example, got shape \(0,\)"),
        ([1.0, 2], [0, 1, 1], "these shapes do not fit together: z"),
    ],
)
def test_what_cannot_be_calibrated_is_refused_and_named(z, y, message):
    with pytest.raises(ValueError, match=message):
        isotonic_probabilities(z, y)


def test_an_outcome_between_no_and_yes_is_refused_and_named():
    with pytest.raises(ValueError, match=r"^y must be 0 or 1, got 0.5 at index 1"):
        platt_targets([0, 0.5])
    with pytest.raises(ValueError, match=r"^y must be finite, got nan"):
        platt_targets(np.nan)


@pytest.mark.parametrize(
    ("p", "labels", "alpha", "message"),
    [
        ([[0.5, 0.6]], [0], 0.1, "the sum of probabilities must be 1, got 1.1"),
        ([[0.5, 0.5]], [2], 0.1, r"labels must be in 0..1, got 2"),
        ([[0.5, 0.5]], [0, 1], 0.1, r"^labels .*\(1,\) and at .*, got shape \(2,\)$"),
        (np.ones((0, 2)), [], 0.1, r"at least one example, got shape \(0,\)"),
        (np.full((3, 4, 2), 0.5), np.full((3, 4), 2), 0.1, r"labels .* 0..1, got 2"),
        (np.full((3, 4, 2), 0.5), [0, 1], 0.1, r"have the shape \(3, 4\) and"),
        ([[0.5, 0.5]], [0], -0.1, "^alpha must be between 0 and 1, got -0.1$"),
        ([[0.5, 0.5]], [0], 1.1, "^alpha must be between 0 and 1, got 1.1$"),
        ([[0.5, 0.5]], [0], [0.1], r"alpha must be one number, got shape \(1,\)"),
    ],
)
def test_what_has_no_threshold_is_refused_and_named(p, labels, alpha, message):
    with pytest.raises(ValueError, match=message):
        conformal_threshold(p, labels, alpha)
