"""Existence and regularisation: known values, theorems, oracles, extremes."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import optimize, special, stats

from snippets.existence import (
    gaussian_prior_nll,
    regularised_minimum,
    separable_loss,
    smoothed_frequencies,
)
from snippets.gradient import cross_entropy, cross_entropy_gradient
from snippets.likelihood import categorical_mle
from tests.derivatives import complex_step
from tests.draws import FLOAT_TYPES, logits

W = np.array([[1.0, -1.0, 0.5], [2.0, 0.0, -3.0]])
DECAYS = np.array([5e-324, 1e-300, 1e-10, 1e-3, 0.1, 1, 10, 1e10, 1e300])
decays = st.floats(1e-12, 1e12)


def slope(b, decay):
    """Return the derivative of the penalised loss."""
    return decay * b - special.expit(-b)


# Known values


def test_loss_of_no_weight_is_the_logarithm_of_two():
    assert separable_loss(0) == pytest.approx(np.log(2), rel=1e-15)


def test_loss_is_the_mean_cross_entropy_of_the_two_examples():
    b = 1.3
    z = np.array([[0, b], [0, -b]])
    assert separable_loss(b) == pytest.approx(cross_entropy(z, [1, 0]).mean())


def test_penalty_that_makes_one_the_minimum():
    decay = 1 / (1 + np.e)  # σ(−1) = λ · 1
    assert regularised_minimum(decay) == pytest.approx(1, rel=1e-15)


def test_newtons_method_doubles_the_digits_with_each_step(monkeypatch):
    exponentials, exp = [], np.exp

    def counted(x):
        exponentials.append(x)
        return exp(x)

    monkeypatch.setattr(np, "exp", counted)
    regularised_minimum(1.0)  # a derivative that is off gains a digit a step at best
    assert len(exponentials) <= 2 * 7


def test_prior_of_one_weight_is_the_gaussian_density():
    expected = np.log(2 * np.pi * 4) / 2 + 3**2 / (2 * 4)
    assert gaussian_prior_nll([[3.0]], 2) == pytest.approx(expected, rel=1e-15)


def test_one_pseudo_count_for_each_class():
    expected = np.array([3, 4, 6]) / 13
    np.testing.assert_allclose(smoothed_frequencies([2, 3, 5], 1), expected, rtol=1e-15)


# Shapes and dtypes


@pytest.mark.parametrize("shape", [(), (3,), (2, 4, 3), (0,)])
def test_scalar_functions_keep_the_shape(shape):
    b = np.full(shape, 0.7)
    assert separable_loss(b).shape == shape
    assert regularised_minimum(b).shape == shape


@pytest.mark.parametrize("batch", [(), (5,), (2, 4), (0,)])
def test_the_prior_sums_over_features_and_classes_only(batch):
    weights = np.random.default_rng(0).normal(size=(*batch, 2, 3))
    assert gaussian_prior_nll(weights, 1).shape == batch
    assert gaussian_prior_nll(weights, np.ones(batch)).shape == batch


def test_each_matrix_of_a_batch_has_its_own_scale():
    result = gaussian_prior_nll([W, W], [1.0, 2.0])
    expected = [gaussian_prior_nll(W, 1.0), gaussian_prior_nll(W, 2.0)]
    np.testing.assert_array_equal(result, expected)


def test_the_last_axis_of_the_counts_is_the_class():
    n = np.random.default_rng(0).integers(0, 5, size=(4, 2, 3))
    q = smoothed_frequencies(n, 0.5)
    assert q.shape == n.shape
    np.testing.assert_allclose(q.sum(axis=-1), 1, rtol=1e-15)
    np.testing.assert_array_equal(q[3, 1], smoothed_frequencies(n[3, 1], 0.5))


@pytest.mark.parametrize("dtype", FLOAT_TYPES)
def test_a_floating_dtype_is_kept(dtype):
    x = np.ones((2, 3), dtype)
    results = [separable_loss(x), regularised_minimum(x), gaussian_prior_nll(x, 1)]
    results += [smoothed_frequencies(x, 1)]
    assert {result.dtype for result in results} == {np.dtype(dtype)}


# Theorems


@given(st.floats(-700, 700), st.floats(1e-3, 10))
def test_a_larger_weight_is_always_better_and_never_good_enough(b, more):
    assert separable_loss(b + more) < separable_loss(b)
    assert separable_loss(b) > 0


@given(decays)
def test_the_minimum_leaves_no_slope(decay):
    b = regularised_minimum(decay)
    assert slope(b, decay) == pytest.approx(0, abs=1e-14 * decay * b)


@given(st.floats(1e-4, 1e4))
def test_the_minimum_is_lower_than_its_neighbours(decay):
    def penalised(b):
        return separable_loss(b) + decay / 2 * b**2

    b = regularised_minimum(decay)
    assert penalised(b) < min(penalised(0.9 * b), penalised(1.1 * b))


@given(st.floats(1e-300, 1 / np.e, exclude_max=True))
def test_the_minimum_lies_below_the_logarithm_of_the_inverse_penalty(decay):
    assert 0 < regularised_minimum(decay) < np.log(1 / decay)


@given(decays)
def test_a_smaller_penalty_lets_the_weight_grow(decay):
    assert regularised_minimum(decay / 2) > regularised_minimum(decay)


def test_descent_on_the_penalised_cross_entropy_arrives_at_the_minimum():
    x, labels, b = np.array([1.0, -1.0]), np.array([1, 0]), 0.0
    for _ in range(500):
        z = np.stack([np.zeros(2), b * x], axis=-1)
        b -= (cross_entropy_gradient(z, labels)[:, 1] * x).mean() + 0.1 * b
    assert regularised_minimum(0.1) == pytest.approx(b, rel=1e-12)


@given(st.lists(st.integers(0, 50), min_size=1, max_size=6), st.floats(1e-3, 1e3))
def test_pseudo_counts_are_label_smoothing_of_the_frequencies(n, alpha):
    total = sum(n) + len(n) * alpha
    epsilon = len(n) * alpha / total
    frequencies = categorical_mle(n) if sum(n) else np.zeros(len(n))
    expected = (1 - epsilon) * frequencies + epsilon / len(n)
    np.testing.assert_allclose(smoothed_frequencies(n, alpha), expected, rtol=1e-11)


@given(logits(bound=5, batch=False))
def test_smoothed_frequencies_maximise_the_posterior(z):
    n, alpha = np.arange(z.size), 0.7
    q = smoothed_frequencies(n, alpha)
    other = special.softmax(z)
    assert (n + alpha) @ np.log(q) >= (n + alpha) @ np.log(other) - 1e-12


def test_classes_never_seen_at_all_are_equally_likely():
    np.testing.assert_array_equal(smoothed_frequencies([0, 0, 0, 0], 2), 4 * [0.25])


def test_a_prior_differs_from_a_penalty_by_a_constant():
    penalty = (W**2).sum() / (2 * 1.5**2)
    difference = gaussian_prior_nll(W, 1.5) - gaussian_prior_nll(0 * W, 1.5)
    assert difference == pytest.approx(penalty, rel=1e-14)


# Independent oracles


@given(st.floats(-800, 800))
def test_the_loss_agrees_with_scipy(b):
    assert separable_loss(b) == pytest.approx(-special.log_expit(b), rel=1e-14)


@given(decays)
def test_the_minimum_agrees_with_a_bracketing_root_finder(decay):
    upper = 0.5 / decay + 1e-300  # λ b = σ(−b) is at most 1/2
    found = optimize.brentq(slope, 0, upper, args=(decay,), rtol=1e-14, xtol=1e-300)
    assert regularised_minimum(decay) == pytest.approx(found, rel=1e-12)


def test_the_minimum_agrees_with_the_lambert_function_for_a_small_penalty():
    expected = special.lambertw(1e200).real  # σ(−b) is e^(−b) to the last digit
    assert regularised_minimum(1e-200) == pytest.approx(expected, rel=1e-14)


def test_the_prior_agrees_with_scipy():
    expected = -stats.norm.logpdf(W, scale=0.3).sum()
    assert gaussian_prior_nll(W, 0.3) == pytest.approx(expected, rel=1e-14)


def test_pseudo_counts_are_the_mode_of_a_dirichlet_posterior():
    n, alpha = np.array([2, 3, 5]), 0.5
    posterior = stats.dirichlet(n + alpha + 1)
    q = smoothed_frequencies(n, alpha)
    for step in ([1, -1, 0], [0, 1, -1], [-1, 0, 1]):
        assert posterior.logpdf(q) > posterior.logpdf(q + 1e-3 * np.array(step))


# Derivatives


@given(st.floats(-30, 30))
def test_the_slope_of_the_loss_is_minus_the_wrong_probability(b):
    derivative = complex_step(lambda v: np.log(1 + np.exp(-v[0])), [b])[0]
    step = 1e-4
    difference = (separable_loss(b + step) - separable_loss(b - step)) / (2 * step)
    assert derivative == pytest.approx(-special.expit(-b), rel=1e-10)
    assert difference == pytest.approx(derivative, rel=1e-6, abs=1e-10)


# Extremes


def test_every_positive_penalty_has_a_finite_positive_minimum():
    b = regularised_minimum(DECAYS)
    assert (np.isfinite(b) & (b > 0)).all()
    assert (np.diff(b) < 0).all()


@pytest.mark.parametrize("dtype", FLOAT_TYPES)
def test_the_residual_is_of_the_size_of_the_rounding(dtype):
    decay = np.array([1e-30, 1e-6, 0.1, 1, 1e6], dtype)
    b = regularised_minimum(decay)
    rounding = 10 * np.finfo(dtype).eps
    np.testing.assert_allclose(decay * b, special.expit(-b), rtol=rounding * b.max())


@pytest.mark.parametrize("dtype", FLOAT_TYPES)
def test_weights_of_800_either_way_stay_finite(dtype):
    loss = separable_loss(np.array([-800, 0, 800], dtype))
    np.testing.assert_allclose(loss, [800, np.log(2), 0], rtol=1e-6)


def test_huge_counts_do_not_overflow():
    result = smoothed_frequencies([8e307, 8e307, 0], 1)
    np.testing.assert_allclose(result, [0.5, 0.5, 0], atol=1e-300)


# Bad input


@pytest.mark.parametrize(
    ("decay", "message"),
    [
        (0, "decay must be positive, got 0.0"),
        ([1, -0.1], "decay must be positive, got -0.1 at index 1"),
        ([[0.1, np.nan]], r"decay must be finite, got nan at index \(0, 1\)"),
        (np.inf, "decay must be finite, got inf"),
    ],
)
def test_a_bad_penalty_is_refused_and_named(decay, message):
    with pytest.raises(ValueError, match=message):
        regularised_minimum(decay)


def test_a_bad_weight_is_refused_and_named():
    with pytest.raises(ValueError, match="b must be finite, got inf at index 1"):
        separable_loss([0, np.inf])


@pytest.mark.parametrize(
    ("weights", "scale", "message"),
    [
        ([1.0, 2.0], 1, r"W must have the shape \(..., D, K\), got \(2,\)"),
        ([[1.0, np.nan]], 1, r"W must be finite, got nan at index \(0, 1\)"),
        ([[1.0]], 0, "scale must be positive, got 0.0"),
        ([[1.0]], np.inf, "scale must be finite, got inf"),
        (np.ones((2, 1, 1)), [1, 2, 3], "do not fit together"),
    ],
)
def test_bad_weights_and_scales_are_refused_and_named(weights, scale, message):
    with pytest.raises(ValueError, match=message):
        gaussian_prior_nll(weights, scale)


@pytest.mark.parametrize(
    ("counts", "alpha", "message"),
    [
        (3, 1, r"counts need a last axis of at least one class, got \(\)"),
        ([1, -2], 1, "counts must be at least 0, got -2.0 at index 1"),
        ([1, np.inf], 1, "counts must be finite, got inf at index 1"),
        ([1, 2], 0, "alpha must be positive, got 0.0"),
        ([1, 2], -1, "alpha must be positive, got -1.0"),
        ([], 1, r"at least one class, got \(0,\)"),
        ([1, 2], [1, 1, 1], "do not fit together"),
    ],
)
def test_bad_counts_and_pseudo_counts_are_refused_and_named(counts, alpha, message):
    with pytest.raises(ValueError, match=message):
        smoothed_frequencies(counts, alpha)
