"""Negative log-likelihoods and the categorical maximum-likelihood estimate."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from snippets.gradient import cross_entropy
from snippets.likelihood import (
    bernoulli_nll,
    categorical_mle,
    categorical_nll,
    gaussian_nll,
)
from tests.derivatives import complex_step
from tests.draws import FLOAT_TYPES, logits_and_labels

P = np.array([0.2, 0.3, 0.5])
FLIPS = np.array([1] * 9 + [0] * 4)

probability = st.floats(0.001, 0.999)
counts = st.lists(st.integers(0, 50), min_size=1, max_size=6).filter(any)


# Known values


def test_nine_heads_in_thirteen_flips():
    expected = -(9 * np.log(9 / 13) + 4 * np.log(4 / 13))
    assert bernoulli_nll(9 / 13, FLIPS).sum() == pytest.approx(expected, rel=1e-14)


def test_joint_likelihood_of_three_pairs_is_a_product():
    nll = bernoulli_nll([0.8, 0.3, 0.6], [1, 0, 1]).sum()
    assert nll == pytest.approx(-np.log(0.8 * 0.7 * 0.6), rel=1e-14)


def test_the_askers_three_classes():
    assert categorical_nll(P, 2) == pytest.approx(np.log(2), rel=1e-15)


def test_gaussian_at_its_mean_is_the_constant():
    assert gaussian_nll(0, 2, 0) == pytest.approx(np.log(2 * np.pi * 4) / 2)


# Shapes and dtypes


def test_one_distribution_serves_many_labels_and_many_serve_one():
    np.testing.assert_allclose(categorical_nll(P, [2, 0]), -np.log([0.5, 0.2]))
    np.testing.assert_allclose(categorical_nll([P, P], 2), -np.log([0.5, 0.5]))
    assert categorical_nll(np.full((4, 1, 2), 0.5), np.zeros((1, 5), int)).shape == (
        4,
        5,
    )


@pytest.mark.parametrize("rows", [2, 3])  # fewer than the classes, and as many
def test_each_row_of_counts_has_its_own_frequencies(rows):
    counts = np.array([[2.0, 3, 5], [0, 1, 0], [7, 0, 1]])[:rows]
    alone = [categorical_mle(row) for row in counts]
    np.testing.assert_array_equal(categorical_mle(counts), alone)


@pytest.mark.parametrize("dtype", FLOAT_TYPES)
def test_a_floating_dtype_is_kept(dtype):
    p, one = P.astype(dtype), np.ones(3, dtype)
    results = [bernoulli_nll(p, one), categorical_nll(p, 0), categorical_mle(p)]
    results += [gaussian_nll(p, one, one)]
    assert {result.dtype for result in results} == {np.dtype(dtype)}


# Theorems


@given(logits_and_labels(bound=20))
def test_categorical_nll_is_cross_entropy_against_a_one_hot_label(case):
    z, labels = case
    p = np.exp(z) / np.exp(z).sum(axis=-1, keepdims=True)
    np.testing.assert_allclose(
        categorical_nll(p, labels), cross_entropy(z, labels), rtol=1e-12, atol=1e-13
    )


@given(probability, st.sampled_from([0, 1]))
def test_bernoulli_is_the_categorical_with_two_classes(p, y):
    expected = categorical_nll([1 - p, p], y)
    assert bernoulli_nll(p, y) == pytest.approx(expected, rel=1e-9)


@given(counts, st.randoms(use_true_random=False))
def test_no_distribution_explains_counts_better_than_their_frequencies(n, random):
    labels = np.repeat(np.arange(len(n)), n)
    rival = np.array([random.random() + 1e-3 for _ in n])
    at_frequencies = categorical_nll(categorical_mle(n), labels).sum()
    at_rival = categorical_nll(rival / rival.sum(), labels).sum()
    assert at_frequencies <= at_rival + 1e-12 * (1 + at_rival)


@given(st.integers(1, 30), st.integers(1, 30))
def test_bernoulli_nll_is_stationary_at_the_frequency_of_heads(heads, tails):
    def nll(p):
        return -(heads * np.log(p) + tails * np.log(1 - p)).sum()

    slope = complex_step(nll, [heads / (heads + tails)])
    assert slope == pytest.approx(0, abs=1e-10)


def test_among_means_the_sample_mean_has_the_least_gaussian_nll():
    y = np.array([1.0, 2, 4, 10])
    means = np.linspace(0, 10, 401)
    totals = gaussian_nll(means[:, None], 1.7, y).sum(axis=-1)
    assert means[totals.argmin()] == y.mean()


@given(st.floats(-5, 5), st.floats(0.1, 5), st.floats(-5, 5))
def test_gaussian_nll_is_a_constant_plus_half_the_squared_error(mu, sigma, y):
    difference = gaussian_nll(mu, sigma, y) - gaussian_nll(0, sigma, 0)
    half_squared_error = (y - mu) ** 2 / (2 * sigma**2)
    assert difference == pytest.approx(half_squared_error, rel=1e-9, abs=1e-12)


# An independent oracle


@given(probability, st.sampled_from([0, 1]))
def test_bernoulli_agrees_with_scipy(p, y):
    expected = -stats.bernoulli(p).logpmf(y)
    assert bernoulli_nll(p, y) == pytest.approx(expected, rel=1e-12)


@given(counts)
def test_categorical_agrees_with_scipys_multinomial(n):
    p = (np.array(n) + 1) / (np.array(n) + 1).sum()
    labels = np.repeat(np.arange(len(n)), n)
    expected = [-stats.multinomial(1, p).logpmf(np.eye(len(n))[c]) for c in labels]
    np.testing.assert_allclose(
        categorical_nll(p, labels), expected, rtol=1e-9, atol=1e-9
    )


@given(st.floats(-5, 5), st.floats(0.1, 5), st.floats(-5, 5))
def test_gaussian_agrees_with_scipy(mu, sigma, y):
    expected = -stats.norm(mu, sigma).logpdf(y)
    assert gaussian_nll(mu, sigma, y) == pytest.approx(expected, rel=1e-9, abs=1e-12)


# Extremes


def test_a_certain_outcome_costs_nothing_and_an_impossible_one_infinitely_much():
    np.testing.assert_array_equal(
        bernoulli_nll([1, 0, 1, 0], [1, 0, 0, 1]), [0, 0, np.inf, np.inf]
    )
    np.testing.assert_array_equal(categorical_nll([0, 1], [1, 0]), [0, np.inf])
    assert not np.signbit(bernoulli_nll(1, 1))
    assert not np.signbit(categorical_nll([0, 1], 1))


def test_a_tiny_probability_of_heads_does_not_round_tails_to_certainty():
    assert bernoulli_nll(1e-20, 0) == 1e-20


def test_a_density_above_one_has_a_negative_log_likelihood():
    assert gaussian_nll(0, 0.1, 0) == pytest.approx(np.log(2 * np.pi * 0.01) / 2)
    assert gaussian_nll(0, 0.1, 0) < 0


def test_a_gaussian_loss_beyond_the_largest_number_is_infinite():
    assert gaussian_nll(0, 1e-100, 1e100) == np.inf


# Bad input


@pytest.mark.parametrize(
    ("p", "y", "message"),
    [
        (1.2, 1, "p must be between 0 and 1, got 1.2"),
        ([0.5, np.nan], 1, "p must be finite, got nan at index 1"),
        (0.5, [0, 2], "y must be 0 or 1, got 2.0 at index 1"),
    ],
)
def test_bernoulli_refuses_and_names_bad_input(p, y, message):
    with pytest.raises(ValueError, match=message):
        bernoulli_nll(p, y)


@pytest.mark.parametrize(
    ("p", "label", "message"),
    [
        (P, -1, r"labels must be in 0\.\.2, got -1"),
        (P, 0.5, "labels must be whole numbers, got float64 such as 0.5"),
        ([0.5, 0.6], 0, "the sum of probabilities must be 1, got 1.1"),
        ([1.5, -0.5], 0, "probabilities must be between 0 and 1, got 1.5 at index 0"),
        (0.5, 0, r"at least one class, got \(\)"),
        ([P, P], [0, 1, 2], r"together: probabilities \(2,\) and labels \(3,\)"),
    ],
)
def test_categorical_refuses_and_names_bad_input(p, label, message):
    with pytest.raises(ValueError, match=message):
        categorical_nll(p, label)


@pytest.mark.parametrize(
    ("counts", "message"),
    [
        ([1, -2], "counts must be at least 0, got -2.0 at index 1"),
        ([1, np.nan], "counts must be finite, got nan at index 1"),
        ([[1, 2], [0, 0]], "the sum of counts must be positive, got 0.0 at index 1"),
        (3, r"counts need a last axis of at least one class, got \(\)"),
    ],
)
def test_categorical_mle_refuses_and_names_bad_input(counts, message):
    with pytest.raises(ValueError, match=message):
        categorical_mle(counts)


def test_gaussian_keeps_its_digits_at_the_ends_of_the_range():
    log_sqrt = np.log(2 * np.pi) / 2
    for sigma in (1e-200, 1e200, np.float32(1e-23)):
        expected = log_sqrt + float(np.log(np.float64(sigma)))
        assert gaussian_nll(0, sigma, 0) == pytest.approx(expected, rel=1e-6)
    assert gaussian_nll(-1e200, 1e200, 1e200) == pytest.approx(
        2 + log_sqrt + np.log(1e200)
    )


def test_a_python_number_takes_the_dtype_of_the_arrays_beside_it():
    narrow = np.ones(2, np.float32)
    assert gaussian_nll(narrow, 1, narrow).dtype == np.float32
    assert bernoulli_nll(0.5, narrow).dtype == np.float32


def test_huge_counts_do_not_overflow():
    huge = np.finfo(np.float64).max
    np.testing.assert_array_equal(categorical_mle([huge, huge]), [0.5, 0.5])


def test_shapes_that_do_not_broadcast_are_named():
    with pytest.raises(ValueError, match=r"p \(2,\) and y \(3,\)"):
        bernoulli_nll([0.5, 0.5], [1, 0, 1])


def test_gaussian_refuses_and_names_bad_input():
    with pytest.raises(ValueError, match=r"sigma must be positive, got 0\.0"):
        gaussian_nll(0, 0, 1)
    with pytest.raises(ValueError, match="y must be finite, got inf"):
        gaussian_nll(0, 1, np.inf)
