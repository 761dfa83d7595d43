"""Noise models as losses: known values, theorems, SciPy, derivatives, tails."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import special, stats

from snippets.families import (
    gaussian_nll_gradient,
    laplace_nll,
    poisson_nll,
    poisson_nll_gradient,
    probit_nll,
    probit_nll_gradient,
)
from snippets.likelihood import bernoulli_nll, gaussian_nll
from tests.derivatives import complex_step
from tests.draws import FLOAT_TYPES

Y = np.array([1.0, 2.0, 4.0, 10.0])

real = st.floats(-5, 5)
scale = st.floats(0.1, 5)
count = st.integers(0, 50)
outcome = st.sampled_from([0, 1])


# Known values


def test_laplace_at_its_median_is_the_constant():
    assert laplace_nll(3, 2, 3) == pytest.approx(np.log(2 * 2), rel=1e-15)


def test_a_rate_of_three_at_a_count_of_five():
    expected = 3 - 5 * np.log(3) + np.log(120)
    assert poisson_nll(np.log(3), 5) == pytest.approx(expected, rel=1e-14)
    assert poisson_nll_gradient(np.log(3), 5) == pytest.approx(3 - 5, rel=1e-14)


def test_probit_at_a_score_of_zero_is_a_fair_coin():
    np.testing.assert_allclose(probit_nll(0, [0, 1]), np.log(2), rtol=1e-15)
    slope = np.sqrt(2 / np.pi)
    np.testing.assert_allclose(
        probit_nll_gradient(0, [0, 1]), [slope, -slope], rtol=1e-15
    )


def test_gaussian_gradient_at_one_standard_deviation():
    by_mu, by_sigma = gaussian_nll_gradient(1, 2, [-1, 1, 3])
    np.testing.assert_allclose(by_mu, [2 / 4, 0, -2 / 4], rtol=1e-15)
    np.testing.assert_allclose(by_sigma, [0, 1 / 2, 0], atol=1e-16)


# Shapes and dtypes


def test_arguments_broadcast():
    columns, rows = np.zeros((4, 1)), np.ones(3)
    for function in (poisson_nll, poisson_nll_gradient, probit_nll):
        assert function(columns, rows).shape == (4, 3)
    assert probit_nll_gradient(columns, rows).shape == (4, 3)
    assert laplace_nll(columns, 1, rows).shape == (4, 3)
    by_mu, by_sigma = gaussian_nll_gradient(columns, 1, rows)
    assert by_mu.shape == by_sigma.shape == (4, 3)
    assert poisson_nll([], []).shape == probit_nll([], []).shape == (0,)


@pytest.mark.parametrize("dtype", FLOAT_TYPES)
def test_a_floating_dtype_is_kept(dtype):
    one = np.ones(3, dtype)
    results = [laplace_nll(one, 1, one), *gaussian_nll_gradient(one, 1, one)]
    results += [poisson_nll(one, 1), poisson_nll_gradient(one, 1)]
    results += [probit_nll(one, 1), probit_nll_gradient(one, 1)]
    assert {result.dtype for result in results} == {np.dtype(dtype)}


# Theorems


@given(st.lists(real, min_size=1, max_size=7), scale, real)
def test_no_prediction_beats_the_median_under_laplace_noise(y, b, rival):
    at_median = laplace_nll(np.median(y), b, y).sum()
    assert at_median <= laplace_nll(rival, b, y).sum() + 1e-9


def test_every_point_between_the_middle_two_is_a_median_and_none_beyond():
    at = laplace_nll(np.array([2, 2.5, 3.9, 4])[:, None], 1, Y).sum(axis=1)
    np.testing.assert_allclose(at, 4 * np.log(2) + 11, rtol=1e-15)
    beyond = laplace_nll(np.array([1.9, 4.1])[:, None], 1, Y).sum(axis=1)
    np.testing.assert_allclose(beyond, 4 * np.log(2) + 11.2, rtol=1e-14)


@given(st.lists(count, min_size=1, max_size=7).filter(any))
def test_the_poisson_gradient_vanishes_at_the_mean_count(y):
    total = poisson_nll_gradient(np.log(np.mean(y)), y).sum()
    assert total == pytest.approx(0, abs=1e-10)


def test_gaussian_gradients_vanish_at_the_mean_and_the_standard_deviation():
    by_mu, by_sigma = gaussian_nll_gradient(Y.mean(), Y.std(), Y)
    assert by_mu.sum() == pytest.approx(0, abs=1e-14)
    assert by_sigma.sum() == pytest.approx(0, abs=1e-14)


def test_the_model_expects_a_gradient_of_zero():
    y = np.arange(100)
    weights = np.exp(-poisson_nll(np.log(7), y))
    assert weights.sum() == pytest.approx(1, rel=1e-12)
    assert weights @ poisson_nll_gradient(np.log(7), y) == pytest.approx(0, abs=1e-12)
    for score in (-3.0, 0.4, 2.0):
        weights = np.exp(-probit_nll(score, [0, 1]))
        assert weights.sum() == pytest.approx(1, rel=1e-14)
        expected = weights @ probit_nll_gradient(score, [0, 1])
        assert expected == pytest.approx(0, abs=1e-15)


@given(real)
def test_probit_is_bernoulli_with_the_normal_area_for_its_probability(eta):
    expected = bernoulli_nll(special.ndtr(eta), [0, 1])
    np.testing.assert_allclose(probit_nll(eta, [0, 1]), expected, rtol=1e-8)


@given(st.floats(0.01, 1e6))
def test_the_pull_of_a_wrong_label_is_a_little_more_than_its_distance(x):
    pull = -probit_nll_gradient(-x, 1)
    assert x < pull <= (x + 1 / x) * (1 + 1e-15)


@given(st.floats(-40, 40))
def test_an_outcome_of_0_is_the_mirror_image_of_1(eta):
    assert probit_nll(eta, 0) == probit_nll(-eta, 1)
    assert probit_nll_gradient(eta, 0) == -probit_nll_gradient(-eta, 1)


# An independent oracle


@given(real, scale, real)
def test_laplace_agrees_with_scipy(mu, b, y):
    expected = -stats.laplace(mu, b).logpdf(y)
    assert laplace_nll(mu, b, y) == pytest.approx(expected, rel=1e-9, abs=1e-12)


@given(real, count)
def test_poisson_agrees_with_scipy(eta, y):
    expected = -stats.poisson(np.exp(eta)).logpmf(y)
    assert poisson_nll(eta, y) == pytest.approx(expected, rel=1e-9, abs=1e-12)


def test_probit_agrees_with_scipy_to_twelve_digits_in_both_tails():
    eta = np.concatenate([np.linspace(-37, 37, 7401), [-1e5, -800, -100, 5]])
    np.testing.assert_allclose(probit_nll(eta, 1), -special.log_ndtr(eta), rtol=1e-12)
    # φ/Φ by the scaled erfc, which neither overflows nor underflows on the wrong side
    eta = np.concatenate([np.linspace(-37, 20, 5701), [-1e5, -800, -100, 5]])
    hazard = np.sqrt(2 / np.pi) / special.erfcx(-eta / np.sqrt(2))
    np.testing.assert_allclose(probit_nll_gradient(eta, 1), -hazard, rtol=1e-12)


# Derivatives


@given(real, scale, real)
def test_gaussian_gradient_agrees_with_a_complex_step(mu, sigma, y):
    def nll(v):
        return np.log(v[1]) + (y - v[0]) ** 2 / (2 * v[1] ** 2)

    np.testing.assert_allclose(
        gaussian_nll_gradient(mu, sigma, y),
        complex_step(nll, [mu, sigma]),
        rtol=1e-10,
        atol=1e-10,
    )


@given(real, count)
def test_poisson_gradient_agrees_with_a_complex_step(eta, y):
    slope = complex_step(lambda v: (np.exp(v) - y * v).sum(), [eta])
    np.testing.assert_allclose(
        poisson_nll_gradient(eta, y), slope[0], rtol=1e-12, atol=1e-12
    )


@given(real, outcome)
def test_probit_gradient_agrees_with_a_complex_step(eta, y):
    def nll(v):
        area = special.ndtr(v) if y else special.ndtr(-v)
        return -np.log(area).sum()

    slope = complex_step(nll, [eta])
    np.testing.assert_allclose(probit_nll_gradient(eta, y), slope[0], rtol=1e-9)


# Extremes


@pytest.mark.parametrize("dtype", FLOAT_TYPES)
def test_scores_of_800_either_way_stay_finite(dtype):
    eta = np.array([800, -800], dtype)
    expected = [0, -special.log_ndtr(-800.0)]
    np.testing.assert_allclose(probit_nll(eta, 1), expected, rtol=1e-6)
    np.testing.assert_allclose(probit_nll_gradient(eta, 1), [0, -800], rtol=1e-5)
    np.testing.assert_allclose(poisson_nll(eta, 2), [np.inf, 1600 + np.log(2)])
    np.testing.assert_array_equal(poisson_nll_gradient(eta, 2), [np.inf, -2])


def test_the_largest_numbers_give_infinity_and_never_nan():
    huge = np.finfo(np.float64).max
    assert probit_nll(-huge, 1) == np.inf
    assert probit_nll(huge, 1) == 0
    assert probit_nll_gradient(-huge, 1) == -huge
    assert probit_nll_gradient(huge, 1) == 0
    assert poisson_nll(huge, 2**53) == np.inf
    assert poisson_nll(-huge, 1) == huge
    assert laplace_nll(-huge, 1, huge) == np.inf
    by_mu, by_sigma = gaussian_nll_gradient(0, 1e-200, 1)
    assert (by_mu, by_sigma) == (-np.inf, -np.inf)


def test_a_cost_of_nothing_is_not_minus_zero():
    assert not np.signbit(probit_nll(800, 1))


def test_a_density_above_one_has_a_negative_log_likelihood():
    assert laplace_nll(0, 0.1, 0) == pytest.approx(np.log(0.2), rel=1e-15)


def test_the_width_gradient_keeps_its_digits_where_it_almost_vanishes():
    _, by_sigma = gaussian_nll_gradient(0, 1, 1 + 2.0**-40)
    assert by_sigma == pytest.approx(-(2.0**-39) - 2.0**-80, rel=1e-15)


def test_a_python_number_takes_the_dtype_of_the_arrays_beside_it():
    narrow = np.ones(2, np.float32)
    assert laplace_nll(narrow, 1, 0).dtype == np.float32
    assert probit_nll(narrow, 1).dtype == np.float32


def test_the_gradients_belong_to_the_losses():
    h = 1e-6
    for loss, gradient in (
        (poisson_nll, poisson_nll_gradient),
        (probit_nll, probit_nll_gradient),
    ):
        slope = (loss(0.7 + h, 1) - loss(0.7 - h, 1)) / (2 * h)
        assert gradient(0.7, 1) == pytest.approx(slope, rel=1e-8)
    by_mu, by_sigma = gaussian_nll_gradient(0.7, 1.3, 2)
    up, down = gaussian_nll(0.7 + h, 1.3, 2), gaussian_nll(0.7 - h, 1.3, 2)
    assert by_mu == pytest.approx((up - down) / (2 * h), rel=1e-8)
    up, down = gaussian_nll(0.7, 1.3 + h, 2), gaussian_nll(0.7, 1.3 - h, 2)
    assert by_sigma == pytest.approx((up - down) / (2 * h), rel=1e-7)


# Bad input


@pytest.mark.parametrize("sigma", [0, -1.0])
def test_a_standard_deviation_that_is_not_positive_is_refused_and_named(sigma):
    with pytest.raises(ValueError, match=f"sigma must be positive, got {sigma:.1f}"):
        gaussian_nll_gradient(0, sigma, 1)


@pytest.mark.parametrize(
    ("eta", "y", "message"),
    [
        (0, 2.5, r"y must be a whole number from 0 to 2\*\*53, got 2\.5"),
        (0, [3, -1], r"from 0 to 2\*\*53, got -1\.0 at index 1"),
        (0, 2.0**54, r"from 0 to 2\*\*53, got 1\.8\d*e\+16"),
        ([0, np.nan], 1, "eta must be finite, got nan at index 1"),
        ([0, 1], [1, 2, 3], r"eta \(2,\) and y \(3,\)"),
    ],
)
def test_poisson_refuses_and_names_bad_input(eta, y, message):
    for function in (poisson_nll, poisson_nll_gradient):
        with pytest.raises(ValueError, match=message):
            function(eta, y)


@pytest.mark.parametrize(
    ("eta", "y", "message"),
    [
        (0, [1, 0.5], r"y must be 0 or 1, got 0\.5 at index 1"),
        (np.inf, 1, "eta must be finite, got inf"),
        ("a", 1, "eta must be real numbers"),
    ],
)
def test_probit_refuses_and_names_bad_input(eta, y, message):
    for function in (probit_nll, probit_nll_gradient):
        with pytest.raises(ValueError, match=message):
            function(eta, y)


def test_a_scale_must_be_positive():
    with pytest.raises(ValueError, match=r"b must be positive, got 0\.0"):
        laplace_nll(0, 0, 1)
    with pytest.raises(ValueError, match=r"sigma must be positive, got -1\.0 at in"):
        gaussian_nll_gradient(0, [1, -1], 1)
    with pytest.raises(ValueError, match="y must be finite, got inf"):
        gaussian_nll_gradient(0, 1, np.inf)
    with pytest.raises(ValueError, match="mu must be finite, got nan"):
        laplace_nll(np.nan, 1, 1)
