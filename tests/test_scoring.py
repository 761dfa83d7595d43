"""Squared error, scores and calibration: known values, theorems, oracles, extremes."""

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from scipy import optimize, special

from snippets.gradient import cross_entropy, cross_entropy_gradient
from snippets.likelihood import categorical_nll
from snippets.scoring import (
    brier_score,
    calibration_error,
    fit_temperature,
    generalised_cross_entropy,
    generalised_cross_entropy_gradient,
    noisy_cross_entropy,
    noisy_cross_entropy_gradient,
    squared_error,
    squared_error_curvature,
    squared_error_gradient,
)
from snippets.softmax import softmax
from tests.derivatives import complex_step
from tests.draws import (
    FLOAT_TYPES,
    logits,
    logits_and_labels,
    logits_and_probabilities,
)

P = np.array([0.2, 0.3, 0.5])
Z = np.log(P)


# Known values


def test_squared_error_of_the_running_example():
    expected = (0.2**2 + 0.3**2 + 0.5**2) / 2
    assert squared_error(Z, 2) == pytest.approx(expected, rel=1e-14)


def test_gradient_of_the_running_example():
    centre = 0.2 * 0.2 + 0.3 * 0.3 - 0.5 * 0.5  # p · (p − y)
    expected = P * (np.array([0.2, 0.3, -0.5]) - centre)
    np.testing.assert_allclose(squared_error_gradient(Z, 2), expected, rtol=1e-14)


def test_with_two_classes_the_slope_is_damped_by_that_of_the_sigmoid():
    f = special.expit(-10)
    expected = 2 * f * (1 - f) * (f - 1)
    gradient = squared_error_gradient([0, -10], 1)
    np.testing.assert_allclose(gradient, [-expected, expected], rtol=1e-11)


def test_the_curvature_changes_its_sign_where_the_probability_is_a_third():
    curvature = squared_error_curvature([-3, -np.log(2), 3], 1)
    assert curvature[0] < 0 < curvature[2]
    assert curvature[1] == pytest.approx(0, abs=1e-16)


def test_the_curvature_at_a_soft_label_is_the_squared_slope_of_the_sigmoid():
    f = np.array([0.1, 0.5, 0.7])
    curvature = squared_error_curvature(np.log(f / (1 - f)), f)
    np.testing.assert_allclose(curvature, (f * (1 - f)) ** 2, rtol=1e-14)


def test_brier_score_of_the_certain_is_zero_or_two():
    assert brier_score([[0, 1], [0, 1]], [1, 0]).tolist() == [0, 2]


def test_calibration_error_of_one_example_is_the_distance_from_its_hit():
    assert calibration_error([[0.7, 0.3]], [0], 10) == pytest.approx(1 - 0.7)
    assert calibration_error([[0.7, 0.3]], [1], 10) == pytest.approx(0.7)


def test_errors_of_one_bin_cancel_and_those_of_two_do_not():
    p = [[0.6, 0.4], [0.6, 0.4], [0.9, 0.1], [0.9, 0.1]]
    labels = [0, 0, 0, 1]
    assert calibration_error(p, labels, 1) == pytest.approx(0, abs=1e-15)
    assert calibration_error(p, labels, 4) == pytest.approx((2 * 0.4 + 0.8) / 4)


def test_a_bin_holds_its_upper_edge_and_not_its_lower():
    p = [[0.7, 0.3], [0.71, 0.29], [0.8, 0.2]]
    together = abs((1 - 0.71) + (0 - 0.8)) / 3
    expected = (1 - 0.7) / 3 + together
    assert calibration_error(p, [0, 0, 1], 10) == pytest.approx(expected)


def test_the_temperature_undoes_a_factor():
    labels = np.repeat([0, 1, 2], [2, 3, 5])
    z = np.tile(7 * Z + 4, (10, 1))  # a shift of all logits does not matter
    assert fit_temperature(z, labels) == pytest.approx(7, rel=1e-12)


def test_the_temperature_of_two_classes_has_a_closed_form():
    z = np.array([[0, 5.0]] * 3)
    assert fit_temperature(z, [0, 1, 1]) == pytest.approx(5 / np.log(2), rel=1e-12)


# Shapes and dtypes


@pytest.mark.parametrize("batch", [(), (5,), (2, 4), (0,)])
def test_the_last_axis_is_the_class_and_the_others_are_the_batch(batch):
    z = np.random.default_rng(0).normal(size=(*batch, 3))
    labels = np.ones(batch, int)
    assert squared_error(z, labels).shape == batch
    assert squared_error_gradient(z, labels).shape == (*batch, 3)
    assert brier_score(softmax(z), labels).shape == batch
    assert squared_error_curvature(z, labels[..., None]).shape == z.shape


def test_calibration_and_temperature_pool_all_axes_of_the_batch():
    z = np.random.default_rng(0).normal(size=(4, 5, 3))
    labels = np.random.default_rng(1).integers(0, 3, size=(4, 5))
    labels[0], z[0, :, 0] = 0, 3.0  # most are right
    flat, flat_labels = z.reshape(20, 3), labels.ravel()
    error = calibration_error(softmax(z), labels, 5)
    assert error == calibration_error(softmax(flat), flat_labels, 5)
    assert error.shape == ()
    temperature = fit_temperature(z, labels)
    assert temperature == pytest.approx(float(fit_temperature(flat, flat_labels)))
    assert temperature.shape == ()


@pytest.mark.parametrize("dtype", FLOAT_TYPES)
def test_a_floating_dtype_is_kept(dtype):
    z, p = Z.astype(dtype), P.astype(dtype)
    results = [squared_error(z, 2), squared_error_gradient(z, 2), brier_score(p, 2)]
    results += [squared_error_curvature(z, 1)]
    assert {result.dtype for result in results} == {np.dtype(dtype)}


def test_one_forecast_is_scored_against_many_labels():
    expected = [brier_score(P, label) for label in range(3)]
    np.testing.assert_array_equal(brier_score(P, [0, 1, 2]), expected)


# Theorems


@given(logits_and_probabilities())
def test_squared_error_has_a_lid(drawn):
    z, y = drawn
    error = squared_error(z, y)
    assert ((error >= 0) & (error <= 1)).all()
    np.testing.assert_allclose(squared_error_gradient(z, y).sum(axis=-1), 0, atol=1e-15)


@given(logits_and_labels())
def test_squared_error_is_half_the_brier_score(drawn):
    z, label = drawn
    np.testing.assert_allclose(
        2 * squared_error(z, label),
        brier_score(softmax(z), label),
        rtol=1e-12,
        atol=1e-300,  # below it doubles have fewer digits
    )


@given(st.floats(-30, 30), st.integers(0, 1))
def test_with_two_classes_squared_error_is_a_function_of_cross_entropy(logit, label):
    z = np.array([0, logit])
    expected = np.expm1(-cross_entropy(z, label)) ** 2
    assert squared_error(z, label) == pytest.approx(expected, rel=1e-9, abs=1e-20)


@pytest.mark.parametrize("far", [20, 100, 800])
def test_the_gradient_dies_where_the_model_is_certain_and_wrong(far):
    z = [far, 0, 0]
    assert np.abs(squared_error_gradient(z, 1)).max() < 10 * np.exp(-far) + 1e-300
    assert np.abs(cross_entropy_gradient(z, 1)).max() > 0.99


def expected_score(score, q, p):
    forecast = np.tile(p, (q.size, 1))
    return q @ score(forecast, np.arange(q.size))


@given(logits(bound=5, batch=False), st.integers(0, 2**32 - 1))
def test_the_log_score_and_the_brier_score_are_least_at_the_truth(z, seed):
    q = softmax(z)
    p = np.random.default_rng(seed).dirichlet(np.ones(z.size))
    assume(np.abs(p - q).max() > 1e-3)
    for score in (categorical_nll, brier_score):
        assert expected_score(score, q, p) > expected_score(score, q, q)


@given(logits(bound=5, batch=False))
def test_the_excess_of_the_brier_score_is_the_squared_distance(z):
    q, p = softmax(z), softmax(np.cos(z))
    excess = expected_score(brier_score, q, p) - expected_score(brier_score, q, q)
    assert excess == pytest.approx(((p - q) ** 2).sum(), rel=1e-9, abs=1e-14)


@given(logits_and_labels(), st.integers(1, 20), st.integers(2, 5))
def test_splitting_every_bin_never_hides_an_error(drawn, bins, parts):
    z, labels = drawn
    p = softmax(z)
    coarse = calibration_error(p, labels, bins) if labels.size else 0
    fine = calibration_error(p, labels, bins * parts) if labels.size else 0
    assert 0 <= coarse <= fine + 1e-12
    assert fine <= 1


@given(st.floats(0.01, 100), st.integers(0, 2**32 - 1))
def test_the_temperature_scales_with_the_logits_and_moves_no_decision(factor, seed):
    z, labels = sample(seed)
    temperature = fit_temperature(z, labels)
    assert temperature > 0
    scaled = fit_temperature(factor * z, labels)
    assert scaled == pytest.approx(factor * temperature, rel=1e-9)
    np.testing.assert_array_equal((z / temperature).argmax(axis=-1), z.argmax(axis=-1))


def sample(seed):
    """Return logits and labels drawn from them, some right and some wrong."""
    rng = np.random.default_rng(seed)
    z = rng.normal(size=(200, 4))
    cumulative = softmax(z).cumsum(axis=-1)
    labels = (rng.random((200, 1)) > cumulative[:, :3]).sum(axis=-1)
    return z, labels


@given(st.integers(0, 2**32 - 1))
def test_at_the_best_temperature_expected_and_seen_logits_agree(seed):
    z, labels = sample(seed)
    p = softmax(z / fit_temperature(z, labels))
    seen = z[np.arange(200), labels].mean()
    assert (p * z).sum(axis=-1).mean() == pytest.approx(seen, abs=1e-12)


# Independent oracles


@given(st.integers(0, 2**32 - 1))
def test_the_temperature_agrees_with_a_minimiser(seed):
    z, labels = sample(seed)
    found = optimize.minimize_scalar(
        lambda beta: (
            -special.log_softmax(beta * z, axis=-1)[np.arange(200), labels].mean()
        ),
        bracket=(0.1, 1),
    )
    assert fit_temperature(z, labels) == pytest.approx(1 / found.x, rel=1e-5)


@given(logits_and_labels(bound=20), st.integers(1, 15))
def test_the_calibration_error_agrees_with_a_loop_over_the_bins(drawn, bins):
    z, labels = drawn
    assume(labels.size > 0)
    p = softmax(z).reshape(-1, z.shape[-1])
    expected = 0.0
    for m in range(bins):
        gap = 0.0
        for row, label in zip(p, labels.ravel(), strict=True):
            last = m == bins - 1 and max(row) > 1  # a sum rounded above 1
            if m / bins < max(row) <= (m + 1) / bins or last:
                gap += (list(row).index(max(row)) == label) - max(row)
        expected += abs(gap) / len(p)
    assert calibration_error(softmax(z), labels, bins) == pytest.approx(
        expected, abs=1e-12
    )


# Labels that are sometimes wrong


EXPONENTS = st.floats(1e-3, 1)


@st.composite
def noisy(draw):
    """Draw logits, a label that was seen, and how often each class is seen as each."""
    z, label = draw(logits_and_labels(bound=20, batch=False))
    rng = np.random.default_rng(draw(st.integers(0, 1000)))
    return z, label[()], rng.dirichlet(np.ones(len(z)), len(z))


def test_between_cross_entropy_and_absolute_error():
    assert generalised_cross_entropy(Z, 2, 1.0) == pytest.approx(1 - 0.5, rel=1e-14)
    assert generalised_cross_entropy(Z, 2, 1e-12) == pytest.approx(np.log(2), rel=1e-9)
    np.testing.assert_allclose(
        generalised_cross_entropy_gradient(Z, 2, 1e-12),
        cross_entropy_gradient(Z, 2),
        rtol=1e-9,
    )


@given(logits_and_labels(bound=20), EXPONENTS)
def test_generalised_cross_entropy_is_what_its_formula_says(drawn, exponent):
    z, labels = drawn
    p = np.take_along_axis(special.softmax(z, axis=-1), labels[..., None], -1)[..., 0]
    np.testing.assert_allclose(
        generalised_cross_entropy(z, labels, exponent),
        (1 - p**exponent) / exponent,
        rtol=1e-9,
        atol=1e-12,
    )


@given(logits_and_labels(bound=20, batch=False), EXPONENTS)
def test_its_gradient_agrees_with_a_complex_step(drawn, exponent):
    z, label = drawn[0], drawn[1][()]

    def plain(z):
        e = np.exp(z - np.real(z).max())
        return (1 - np.exp(exponent * np.log(e[label] / e.sum()))) / exponent

    np.testing.assert_allclose(
        generalised_cross_entropy_gradient(z, label, exponent),
        complex_step(plain, z),
        atol=1e-12,
    )


@pytest.mark.parametrize("exponent", [0.3, 0.5, 0.8])
def test_generalised_cross_entropy_rewards_exaggeration(exponent):
    def risk(z):
        tiled = np.tile(z, (3, 1))
        return P @ generalised_cross_entropy(tiled, np.arange(3), exponent)

    best = P ** (1 / (1 - exponent))
    found = optimize.minimize(risk, np.zeros(3), tol=1e-12).x
    np.testing.assert_allclose(softmax(found), best / best.sum(), atol=1e-5)
    assert risk(np.log(best)) < risk(Z) - 1e-3


def test_cross_entropy_pulls_at_a_label_by_what_its_probability_lacks():
    # The length of the whole gradient need not be greatest at the least probable label
    spread, held = np.array([1e-9, *[1 / 9] * 9]), np.array([0.1, 0.9, *[1e-9] * 8])
    improbable, probable = (
        cross_entropy_gradient(np.log(p), 0) for p in (spread, held)
    )
    assert -improbable[0] == pytest.approx(1)
    assert -probable[0] == pytest.approx(0.9)
    assert np.linalg.norm(improbable) < np.linalg.norm(probable)


def test_a_label_that_is_nearly_impossible_counts_for_nothing():
    gradient = generalised_cross_entropy_gradient([800.0, 0.0], 1, 0.5)
    np.testing.assert_allclose(gradient, np.exp(-400) * np.array([1, -1]), rtol=1e-12)
    assert generalised_cross_entropy([800.0, 0.0], 1, 0.5) == 2
    tiny = generalised_cross_entropy([0.0, -40.0], 0, 0.5)
    assert tiny == pytest.approx(np.exp(-40), rel=1e-12)


@pytest.mark.parametrize("exponent", [0.0, -1.0, 1.5, np.nan])
def test_an_exponent_that_is_none_is_refused_and_named(exponent):
    for function in (generalised_cross_entropy, generalised_cross_entropy_gradient):
        with pytest.raises(ValueError, match=f"exponent must be .*, got {exponent}"):
            function(Z, 2, exponent)


@given(noisy())
def test_noisy_cross_entropy_is_that_of_what_is_seen(drawn):
    z, label, noise = drawn
    expected = -np.log((noise.T @ special.softmax(z))[label])
    found = noisy_cross_entropy(z, label, noise)
    np.testing.assert_allclose(found, expected, rtol=1e-9, atol=1e-12)


@given(noisy())
def test_the_gradient_for_noisy_labels_agrees_with_a_complex_step(drawn):
    z, label, noise = drawn

    def plain(z):
        e = np.exp(z - np.real(z).max())
        return -np.log((noise.T @ e)[label] / e.sum())

    np.testing.assert_allclose(
        noisy_cross_entropy_gradient(z, label, noise), complex_step(plain, z), atol=1e-9
    )


@given(logits_and_labels())
def test_labels_without_noise_are_as_ever(drawn):
    z, labels = drawn
    without = np.eye(z.shape[-1])
    np.testing.assert_allclose(
        noisy_cross_entropy(z, labels, without),
        cross_entropy(z, labels),
        rtol=1e-12,
        atol=1e-12,
    )
    np.testing.assert_allclose(
        noisy_cross_entropy_gradient(z, labels, without),
        cross_entropy_gradient(z, labels),
        atol=1e-12,
    )


def test_uniform_mistakes_keep_the_minimiser_of_the_absolute_error():
    # Half of the labels are right; the others are spread over the rest
    noise = np.full((3, 3), 0.25) + 0.25 * np.eye(3)
    forecasts = np.random.default_rng(0).dirichlet(np.ones(3), 500)
    absolute = 2 * (1 - forecasts)
    q = np.array([0.1, 0.2, 0.7])
    clean, seen = absolute @ q, absolute @ (noise.T @ q)
    np.testing.assert_allclose(seen, 0.25 * clean + 0.25 * 4, rtol=1e-12)


def test_the_forward_correction_is_least_at_the_distribution_of_the_true_class():
    q, noise = P, np.array([[0.9, 0.1, 0], [0.2, 0.7, 0.1], [0, 0.3, 0.7]])
    seen = noise.T @ q

    def risk(z):
        return sum(
            seen[label] * noisy_cross_entropy(z, label, noise) for label in range(3)
        )

    found = optimize.minimize(risk, np.zeros(3), tol=1e-12).x
    np.testing.assert_allclose(softmax(found), q, atol=1e-5)


def test_one_label_that_is_never_seen_is_found_among_others():
    with pytest.raises(ValueError, match="got 1 at index 1"):
        noisy_cross_entropy(np.zeros((2, 2)), [0, 1], [[1, 0], [1, 0]])


def test_noise_in_double_precision_leaves_single_logits_single():
    z, noise = np.float32([0.2, 0.3]), np.eye(2)
    for function in (noisy_cross_entropy, noisy_cross_entropy_gradient):
        assert function(z, 1, noise).dtype == np.float32


def test_extreme_logits_with_noise_stay_finite():
    noise = [[0.9, 0.1], [0.0, 1.0]]
    assert noisy_cross_entropy([800.0, -800.0], 1, noise) == pytest.approx(-np.log(0.1))
    gradient = noisy_cross_entropy_gradient([800.0, -800.0], 1, noise)
    np.testing.assert_allclose(gradient, [0, 0], atol=1e-12)


@pytest.mark.parametrize(
    ("label", "noise", "message"),
    [
        (0, [[0.5, 0.6, 0]] * 3, "the sum of noise must be 1, got 1.1"),
        (0, [[1.5, -0.5, 0]] * 3, "noise must be between 0 and 1, got 1.5"),
        (0, np.eye(2), r"noise must have shape \(3, 3\), got \(2, 2\)"),
        (2, [[0.5, 0.5, 0]] * 3, "labels must be labels as which .* seen, got 2"),
        (3, np.eye(3), "labels must be in 0..2, got 3"),
    ],
)
def test_noise_that_is_none_is_refused_and_named(label, noise, message):
    for function in (noisy_cross_entropy, noisy_cross_entropy_gradient):
        with pytest.raises(ValueError, match=message):
            function(Z, label, noise)


# Derivatives


@given(logits_and_probabilities(bound=20, batch=False))
def test_the_gradient_agrees_with_a_complex_step(drawn):
    z, y = drawn

    def plain(v):
        return ((np.exp(v) / np.exp(v).sum() - y) ** 2).sum() / 2

    np.testing.assert_allclose(
        squared_error_gradient(z, y), complex_step(plain, z), atol=1e-14
    )


@given(st.floats(-20, 20), st.floats(0, 1))
def test_the_curvature_agrees_with_a_complex_step_through_the_slope(logit, label):
    def slope(r):
        f = 1 / (1 + np.exp(-r[0]))
        return (f - label) * f * (1 - f)

    expected = complex_step(slope, [logit])[0]
    curvature = squared_error_curvature(logit, label)
    assert curvature == pytest.approx(expected, rel=1e-12, abs=1e-16)
    assert abs(curvature) < 1 / 12


# Extremes


@pytest.mark.parametrize("dtype", FLOAT_TYPES)
def test_logits_of_800_either_way_stay_finite(dtype):
    z = np.array([[800, 0, -800], [800, 800, 800], [-800, -800, -800]], dtype)
    for result in (squared_error(z, [2, 1, 0]), squared_error_gradient(z, [2, 1, 0])):
        assert np.isfinite(result).all()
    assert squared_error(z, [2, 1, 0])[0] == 1


@pytest.mark.parametrize("dtype", FLOAT_TYPES)
def test_the_curvature_keeps_its_digits_where_the_model_is_certain(dtype):
    tiny = np.exp(dtype(-40))
    right, wrong = tiny**2 * 2, -tiny
    expected = [wrong, wrong, right, right]
    curvature = squared_error_curvature(
        np.array([-40, 40, -40, 40], dtype), [1, 0, 0, 1]
    )
    np.testing.assert_allclose(curvature, expected, rtol=1e-6)
    assert squared_error_curvature(dtype(800), 0) == 0


def test_a_logit_that_is_not_finite_has_no_curvature():
    with pytest.raises(ValueError, match=r"^z must be finite, got inf"):
        squared_error_curvature(np.inf, 1)
    with pytest.raises(ValueError, match=r"z \(2,\) and y \(3,\)$"):
        squared_error_curvature([0, 1], [0, 1, 1])


def test_forecasts_and_labels_that_do_not_fit_are_named():
    with pytest.raises(ValueError, match=r": probabilities \(2,\) and labels \(3,\)$"):
        brier_score(np.full((2, 3), 1 / 3), [0, 1, 2])


@pytest.mark.parametrize("scale", [1e-100, 1e-5, 1e5, 1e100])
def test_the_temperature_is_found_at_any_scale(scale):
    z, labels = sample(0)
    expected = scale * fit_temperature(z, labels)
    assert fit_temperature(scale * z, labels) == pytest.approx(expected, rel=1e-9)


@pytest.mark.parametrize("gap", [5e-324, 1e-320, 1e-310, 1e307, 8e307])
def test_the_temperature_of_two_classes_is_found_to_the_ends_of_floating_point(gap):
    digits = min(52, np.frexp(gap)[1] + 1074)  # the smallest numbers have few
    expected = pytest.approx(gap / np.log(2), rel=2.0 ** (1 - digits), abs=0)
    assert fit_temperature([[0, gap]] * 3, [0, 1, 1]) == expected
    assert fit_temperature([[-gap, 0]] * 30, [0] * 10 + [1] * 20) == expected


@pytest.mark.parametrize(
    ("z", "labels", "rounded"),
    [
        ([[0, 5e-324]] * 100, [0] + [1] * 99, "0"),
        ([[0, 1.0]] + [[0, 1e-320]] * 3, [1, 0, 1, 1], "0"),
        ([[0, 8e307]] * 100, [0] * 49 + [1] * 51, "inf"),
    ],
)
def test_a_temperature_beyond_floating_point_is_refused(z, labels, rounded):
    with pytest.raises(ValueError, match=f"temperature rounds to {rounded} here"):
        fit_temperature(z, labels)


def test_certainty_is_in_the_last_bin():
    assert calibration_error([[1.0, 0.0], [0.0, 1.0]], [0, 1], 7) == 0


def test_a_hundred_thousand_calibrated_answers_have_little_error():
    rng = np.random.default_rng(0)
    confidence = rng.uniform(0.5, 1, 100_000)
    p = np.stack([confidence, 1 - confidence], axis=-1)
    labels = (rng.random(100_000) >= confidence).astype(int)
    assert calibration_error(p, labels, 10) < 0.01


# Bad input


@pytest.mark.parametrize("function", [squared_error, squared_error_gradient])
def test_bad_logits_and_targets_are_refused_and_named(function):
    with pytest.raises(ValueError, match="logits must be finite or -inf, got nan"):
        function([np.nan, 0], 0)
    with pytest.raises(ValueError, match=r"labels must be in 0..2, got 3"):
        function(Z, 3)
    with pytest.raises(ValueError, match=r"the sum of targets must be 1, got 0\.5"):
        function(Z, [0.5, 0, 0])


@pytest.mark.parametrize(
    ("z", "y", "message"),
    [
        (np.inf, 1, "z must be finite, got inf"),
        (0.0, [0, 1.5], "y must be between 0 and 1, got 1.5 at index 1"),
        ([0.0, 1], [0, 1, 1], "these shapes do not fit together"),
    ],
)
def test_a_bad_logit_and_its_label_are_refused_and_named(z, y, message):
    with pytest.raises(ValueError, match=message):
        squared_error_curvature(z, y)


@pytest.mark.parametrize(
    ("p", "label", "message"),
    [
        ([0.5, 0.6], 0, "the sum of probabilities must be 1, got 1.1"),
        ([-0.1, 1.1], 0, "probabilities must be between 0 and 1, got -0.1 at index 0"),
        ([0.5, 0.5], -1, r"labels must be in 0..1, got -1"),
        ([[0.5, 0.5]] * 3, [0, 1], "these shapes do not fit together"),
    ],
)
def test_bad_forecasts_are_refused_and_named(p, label, message):
    with pytest.raises(ValueError, match=message):
        brier_score(p, label)


@pytest.mark.parametrize(
    ("p", "labels", "bins", "message"),
    [
        ([[0.5, 0.6]], [0], 5, "the sum of probabilities must be 1"),
        ([[0.5, 0.5]], [2], 5, r"labels must be in 0..1, got 2 at index 0"),
        ([[0.5, 0.5]], [0, 1], 5, r"shape \(1,\) .* got shape \(2,\)"),
        ([[[0.5, 0.5]] * 3] * 4, [0] * 4, 5, r"have the shape \(4, 3\) and at least"),
        (np.ones((0, 2)), [], 5, "at least one example, got shape"),
        ([[0.5, 0.5]], [0], 0, "bins must be a positive whole number, got 0"),
        ([[0.5, 0.5]], [0], 2.5, "bins must be a positive whole number, got 2.5"),
    ],
)
def test_what_cannot_be_binned_is_refused_and_named(p, labels, bins, message):
    with pytest.raises(ValueError, match=message):
        calibration_error(p, labels, bins)


@pytest.mark.parametrize(
    ("z", "labels", "message"),
    [
        ([[2.0, 1], [0, 3]], [0, 1], "^no temperature is best: each label has a larg"),
        ([[1.0, 1], [2, 2]], [0, 1], "each label has a largest logit"),
        ([[2.0, 1], [0, 3]], [1, 0], "the labels lead by -2"),
        ([[[2.0, 1]], [[0, 3]]], [[1], [0]], "the labels lead by -2$"),
        ([[2.0, 0], [2.0, 0]], [0, 1], "the labels lead by 0"),
        ([[-np.inf, 1], [0, 3]], [1, 0], r"^logits must be finite, got -inf at index"),
        ([[0.0, 1]], [2], r"labels must be in 0..1, got 2"),
        ([[0.0, 1]], [0, 1], r"labels must have shape \(1,\), got \(2,\)"),
        (np.zeros((0, 2)), [], r"at least one example, got shape \(0, 2\)"),
    ],
)
def test_where_no_temperature_is_best_it_says_so(z, labels, message):
    with pytest.raises(ValueError, match=message):
        fit_temperature(z, labels)
