"""Smoothing, weights, temperature, distillation: values, theorems, extremes."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray
from scipy import optimize, special, stats

from snippets.gradient import (
    cross_entropy,
    cross_entropy_gradient,
    gradient_for_any_labels,
)
from snippets.soft_labels import (
    distillation_gradient,
    distillation_loss,
    optimal_gap,
    smooth_labels,
    tempered_softmax,
    weighted_cross_entropy,
    weighted_cross_entropy_gradient,
)
from snippets.softmax import softmax
from tests.derivatives import complex_step
from tests.draws import FLOAT_TYPES, logits, logits_and_labels, logits_and_probabilities

P = np.array([0.2, 0.3, 0.5])
Z = np.log(P)
Q = np.array([0.1, 0.2, 0.7])
V = np.log(Q)
WEIGHTS = np.array([1.0, 2.0, 4.0])

shares = st.floats(0, 1, allow_subnormal=False)
warmth = st.floats(0.1, 100)


def weights_for(z: NDArray[np.float64]) -> NDArray[np.float64]:
    return 1.5 + np.cos(np.arange(z.shape[-1]))


# Known values


def test_smoothing_the_running_example():
    smoothed = smooth_labels([0, 0, 1], 0.1)
    np.testing.assert_allclose(smoothed, [1 / 30, 1 / 30, 28 / 30], rtol=1e-15)
    loss = -(np.log(0.2) + np.log(0.3) + 28 * np.log(0.5)) / 30
    np.testing.assert_allclose(cross_entropy(Z, smoothed), loss, rtol=1e-15)
    np.testing.assert_allclose(
        cross_entropy_gradient(Z, smoothed), [1 / 6, 4 / 15, -13 / 30], rtol=1e-14
    )


def test_the_other_convention_is_smoothing_with_a_larger_share():
    expected = np.full(10, 0.1 / 9)
    expected[3] = 0.9
    np.testing.assert_allclose(
        smooth_labels(np.eye(10)[3], 10 / 9 * 0.1), expected, rtol=1e-14
    )


def test_the_two_means_of_a_published_batch():
    z = [[2.3, 2.1, 4.5], [4.2, 3.2, 5.1]]
    labels, weights = np.array([1, 2]), np.array([25.0, 25, 100])
    losses = weighted_cross_entropy(z, labels, weights)
    assert losses.sum() / weights[labels].sum() == pytest.approx(0.8705, abs=5e-5)
    assert losses.mean() == pytest.approx(54.4052, abs=5e-5)
    soft = weighted_cross_entropy(z, np.eye(3)[labels], weights)
    np.testing.assert_allclose(soft, losses, rtol=1e-15)


def test_weighted_loss_and_gradient_of_the_running_example():
    loss = weighted_cross_entropy(Z, Q, WEIGHTS)
    expected = -(0.1 * np.log(0.2) + 0.4 * np.log(0.3) + 2.8 * np.log(0.5))
    np.testing.assert_allclose(loss, expected, rtol=1e-15)
    np.testing.assert_allclose(
        weighted_cross_entropy_gradient(Z, Q, WEIGHTS),
        3.3 * P - [0.1, 0.4, 2.8],
        rtol=1e-14,
    )


def test_tempered_softmax_takes_powers_and_normalises():
    for t in (0.5, 1, 2, 3.7):
        power = P ** (1 / t)
        np.testing.assert_allclose(tempered_softmax(Z, t), power / power.sum())


def test_distillation_at_temperature_one_is_cross_entropy_with_the_teacher():
    np.testing.assert_allclose(
        distillation_loss(Z, V, 1), -(Q * np.log(P)).sum(), rtol=1e-15
    )
    np.testing.assert_allclose(distillation_gradient(Z, V, 1), P - Q, atol=1e-16)


# Shapes and dtypes


@pytest.mark.parametrize("shape", [(3,), (5, 3), (2, 4, 3), (2, 1, 3, 1), (0, 3)])
def test_the_last_axis_is_the_class_and_the_others_are_the_batch(shape):
    z = np.random.default_rng(0).normal(size=shape)
    y, weights = softmax(z), np.ones(shape[-1])
    assert smooth_labels(y, 0.1).shape == shape
    assert tempered_softmax(z, 2).shape == shape
    assert weighted_cross_entropy(z, y, weights).shape == shape[:-1]
    assert weighted_cross_entropy_gradient(z, y, weights).shape == shape
    assert distillation_loss(z, z, 2).shape == shape[:-1]
    assert distillation_gradient(z, z, 2).shape == shape


@pytest.mark.parametrize("dtype", FLOAT_TYPES)
def test_the_dtype_of_the_logits_is_kept(dtype):
    z, two = Z.astype(dtype), np.float64(2)
    results = [smooth_labels(P.astype(dtype), two / 4), tempered_softmax(z, two)]
    results += [weighted_cross_entropy(z, Q, WEIGHTS)]
    results += [weighted_cross_entropy_gradient(z, 2, WEIGHTS)]
    results += [distillation_loss(z, V, two), distillation_gradient(z, V, two)]
    assert {result.dtype for result in results} == {np.dtype(dtype)}


def test_a_batch_is_computed_row_by_row():
    z, v = np.random.default_rng(1).normal(size=(2, 4, 3))
    y = softmax(v)
    pairs = list(zip(z, y, strict=True))
    for weighted in (weighted_cross_entropy, weighted_cross_entropy_gradient):
        rows = [weighted(z_row, y_row, WEIGHTS) for z_row, y_row in pairs]
        np.testing.assert_allclose(weighted(z, y, WEIGHTS), rows, rtol=1e-15)
    for distil in (distillation_loss, distillation_gradient):
        rows = [distil(z_row, v_row, 3) for z_row, v_row in zip(z, v, strict=True)]
        np.testing.assert_allclose(distil(z, v, 3), rows, rtol=1e-15)


# Theorems: smoothing


@given(logits_and_probabilities(bound=20), shares)
def test_smoothed_labels_are_distributions_and_the_loss_is_a_mixture(drawn, share):
    z, y = drawn
    smoothed = smooth_labels(y, share)
    np.testing.assert_allclose(smoothed.sum(axis=-1), 1, rtol=1e-14)
    uniform = np.full_like(y, 1 / y.shape[-1])
    mixture = (1 - share) * cross_entropy(z, y) + share * cross_entropy(z, uniform)
    np.testing.assert_allclose(cross_entropy(z, smoothed), mixture, rtol=1e-12)


@given(st.integers(2, 50), st.floats(1e-6, 1 - 1e-6))
def test_the_optimal_gap_and_the_floor(classes, share):
    smoothed = smooth_labels(np.eye(classes)[0], share)
    gap = optimal_gap(share, classes)
    best = gap * np.eye(classes)[0]
    np.testing.assert_allclose(softmax(best), smoothed, rtol=1e-9)
    floor = stats.entropy(smoothed)
    np.testing.assert_allclose(cross_entropy(best, smoothed), floor, rtol=1e-9)
    for other in (0.9 * best, 1.1 * best):
        assert cross_entropy(other, smoothed) > floor


def test_a_lead_that_is_found_by_a_minimiser_is_the_optimal_gap():
    smoothed = smooth_labels([0, 0, 1], 0.1)
    found = optimize.minimize_scalar(lambda gap: cross_entropy([0, 0, gap], smoothed))
    assert found.x == pytest.approx(optimal_gap(0.1, 3), rel=1e-6)
    assert optimal_gap(0.1, 3) == pytest.approx(np.log(28), rel=1e-15)


def test_a_temperature_stretches_the_optimal_gap():
    smoothed = smooth_labels([0, 0, 1], 0.1)
    best = [0, 0, 7 * optimal_gap(0.1, 3)]
    np.testing.assert_allclose(tempered_softmax(best, 7), smoothed, rtol=1e-14)


def test_the_optimal_gap_of_no_smoothing_is_infinite_and_of_all_zero():
    assert optimal_gap([0, 5e-324, 1], 3).tolist() == [np.inf, np.inf, 0]
    single = optimal_gap(np.float32([[0.1], [1]]), 3)
    assert (single.dtype, single.shape) == (np.float32, (2, 1))


def test_smoothing_with_nothing_and_with_everything():
    np.testing.assert_array_equal(smooth_labels(Q, 0), Q)
    np.testing.assert_allclose(smooth_labels(Q, 1), np.full(3, 1 / 3), rtol=1e-15)


# Theorems: weights


@given(logits_and_labels(bound=20))
def test_a_hard_label_is_weighted_by_a_factor(drawn):
    z, labels = drawn
    weights = weights_for(z)
    np.testing.assert_allclose(
        weighted_cross_entropy(z, labels, weights),
        weights[labels] * cross_entropy(z, labels),
        rtol=1e-14,
    )
    np.testing.assert_allclose(
        weighted_cross_entropy_gradient(z, labels, weights),
        weights[labels][..., None] * cross_entropy_gradient(z, labels),
        atol=1e-14,
    )


@given(logits_and_probabilities(bound=20))
def test_weighting_is_a_label_of_another_sum(drawn):
    z, y = drawn
    weights = weights_for(z)
    np.testing.assert_allclose(
        weighted_cross_entropy_gradient(z, y, weights),
        gradient_for_any_labels(z, weights * y),
        atol=1e-15,
    )


def test_the_weighted_minimum_is_where_the_weighted_label_says_and_can_be_undone():
    best = WEIGHTS * Q / (WEIGHTS @ Q)
    gradient = weighted_cross_entropy_gradient(np.log(best), Q, WEIGHTS)
    np.testing.assert_allclose(gradient, 0, atol=1e-15)
    np.testing.assert_allclose(softmax(np.log(best) - np.log(WEIGHTS)), Q, rtol=1e-14)


def test_a_weight_of_zero_ignores_its_class():
    assert weighted_cross_entropy(Z, 2, [1, 1, 0]) == 0
    assert not np.signbit(weighted_cross_entropy(Z, 2, [1, 1, 0]))
    np.testing.assert_array_equal(weighted_cross_entropy_gradient(Z, 2, [1, 1, 0]), 0)


# Theorems: temperature and distillation


@given(logits(bound=20), warmth, warmth)
def test_entropy_grows_with_temperature_and_the_order_stays(z, one, other):
    cold, warm = (tempered_softmax(z, t) for t in sorted((one, other)))
    slack = 1e-12
    assert (stats.entropy(cold, axis=-1) <= stats.entropy(warm, axis=-1) + slack).all()
    ordered = np.take_along_axis(warm, np.argsort(z, axis=-1), axis=-1)
    assert (np.diff(ordered, axis=-1) >= 0).all()


def test_temperature_near_zero_and_near_infinity():
    assert tempered_softmax(Z, 1e-300).tolist() == [0, 0, 1]
    np.testing.assert_allclose(tempered_softmax(Z, 1e300), np.full(3, 1 / 3))
    assert tempered_softmax([1, 2, 2], 1e-300).tolist() == [0, 0.5, 0.5]
    assert tempered_softmax([0, 1e300], 1e-300).tolist() == [0, 1]


def test_a_shift_of_all_logits_costs_a_tempered_softmax_no_digit():
    far = tempered_softmax([1e16, 1e16 + 2], 1)
    np.testing.assert_array_equal(far, tempered_softmax([0, 2], 1))


@given(logits(bound=20), warmth)
def test_student_and_teacher_that_differ_by_a_constant_agree(z, t):
    np.testing.assert_allclose(distillation_gradient(z, z + 3, t), 0, atol=1e-12)
    floor = stats.entropy(tempered_softmax(z, t), axis=-1)
    np.testing.assert_allclose(
        distillation_loss(z, z + 3, t), floor, rtol=1e-9, atol=1e-12
    )


def test_at_high_temperature_distillation_matches_centred_logits():
    limit = ((Z - Z.mean()) - (V - V.mean())) / 3
    errors = [
        np.abs(t**2 * distillation_gradient(Z, V, t) - limit).max()
        for t in (10, 100, 1000)
    ]
    np.testing.assert_allclose(errors[1:], np.array(errors[:-1]) / 10, rtol=0.05)


# Independent oracles


@given(logits(bound=100), warmth)
def test_agrees_with_scipy(z, t):
    v = np.flip(z, axis=-1)
    p, q = special.softmax(z / t, axis=-1), special.softmax(v / t, axis=-1)
    np.testing.assert_allclose(tempered_softmax(z, t), p, rtol=1e-10)
    divergence = special.kl_div(q, p).sum(axis=-1) + special.entr(q).sum(axis=-1)
    visible = np.isfinite(divergence)  # SciPy's has no digits where p underflows
    np.testing.assert_allclose(
        distillation_loss(z, v, t)[visible], divergence[visible], rtol=1e-6, atol=1e-9
    )


# Derivatives, by a complex step through the plain formulas


def plain_log_softmax(z: NDArray[np.complex128]) -> NDArray[np.complex128]:
    return z - np.log(np.exp(z).sum())


@given(logits_and_probabilities(bound=20, batch=False), st.floats(0.5, 20))
def test_gradients_agree_with_a_complex_step(drawn, t):
    z, y = drawn
    weights, v = weights_for(z), np.cos(z)
    np.testing.assert_allclose(
        weighted_cross_entropy_gradient(z, y, weights),
        complex_step(lambda x: -((weights * y) @ plain_log_softmax(x)), z),
        atol=1e-12,
    )
    q = special.softmax(v / t)
    np.testing.assert_allclose(
        distillation_gradient(z, v, t),
        complex_step(lambda x: -(q @ plain_log_softmax(x / t)), z),
        atol=1e-12,
    )


# Extremes


@pytest.mark.parametrize("dtype", FLOAT_TYPES)
def test_logits_of_800_either_way_stay_finite(dtype):
    z = np.array([[800, 0, -800], [800, 800, 800], [-800, -800, -800]], dtype)
    v = z[:, ::-1]
    for t in (0.01, 1, 100):
        for result in (
            tempered_softmax(z, t),
            distillation_loss(z, v, t),
            distillation_gradient(z, v, t),
        ):
            assert np.isfinite(result).all()
    assert weighted_cross_entropy(z[0], 2, WEIGHTS) == 4 * 1600
    assert distillation_loss(z[0], v[0], 0.5) == 3200


def test_a_class_that_both_models_mask_is_left_out():
    z, v = np.array([*Z, -np.inf]), np.array([*V, -np.inf])
    np.testing.assert_allclose(
        distillation_loss(z, v, 2), distillation_loss(Z, V, 2), rtol=1e-15
    )
    assert distillation_gradient(z, v, 2)[3] == 0


def test_a_masked_class_without_weight_on_it_costs_nothing():
    z, w = np.array([*Z, -np.inf]), [1.0, 2.0, 3.0, 4.0]
    for target, soft in ((2, [0.1, 0.2, 0.7]), (1, [0.0, 0.5, 0.5])):
        for short, long in ((target, target), (soft, [*soft, 0.0])):
            expected = weighted_cross_entropy(Z, short, w[:3])
            assert weighted_cross_entropy(z, long, w) == pytest.approx(expected)


# Bad input


@pytest.mark.parametrize(
    ("y", "epsilon", "message"),
    [
        ([0, 0, 1], 1.5, "epsilon must be between 0 and 1, got 1.5"),
        ([0, 0, 1], -0.1, "epsilon must be between 0 and 1, got -0.1"),
        ([0, 0, 1], np.nan, "epsilon must be finite, got nan"),
        ([0, 0, 1], [0.1, 0.2], r"epsilon must have shape \(\), got \(2,\)"),
        ([0.5, 0.6], 0.1, "the sum of y must be 1, got 1.1"),
        ([-0.5, 1.5], 0.1, "y must be between 0 and 1, got -0.5 at index 0"),
    ],
)
def test_bad_smoothing_is_refused_and_named(y, epsilon, message):
    with pytest.raises(ValueError, match=message):
        smooth_labels(y, epsilon)


@pytest.mark.parametrize(
    ("epsilon", "classes", "message"),
    [
        ([0.1, 1.5], 3, "epsilon must be between 0 and 1, got 1.5 at index 1"),
        (np.nan, 3, "epsilon must be finite, got nan"),
        (0.1, 0, "classes must be a positive whole number, got 0"),
        (0.1, 2.5, "classes must be a positive whole number, got 2.5"),
    ],
)
def test_a_gap_that_is_not_defined_is_refused_and_named(epsilon, classes, message):
    with pytest.raises(ValueError, match=message):
        optimal_gap(epsilon, classes)


@pytest.mark.parametrize(
    "function", [weighted_cross_entropy, weighted_cross_entropy_gradient]
)
@pytest.mark.parametrize(
    ("y", "weights", "message"),
    [
        (2, [1, 1, -1], "weights must be at least 0, got -1.0 at index 2"),
        (2, [1, np.inf, 1], "weights must be finite, got inf at index 1"),
        (2, [1, 1], r"weights must have shape \(3,\), got \(2,\)"),
        (3, [1, 1, 1], r"labels must be in 0..2, got 3"),
        ([0, 0, 2], [1, 1, 1], "targets must be between 0 and 1, got 2.0 at index 2"),
    ],
)
def test_bad_weights_and_targets_are_refused_and_named(function, y, weights, message):
    with pytest.raises(ValueError, match=message):
        function(Z, y, weights)


@pytest.mark.parametrize(
    ("temperature", "message"),
    [
        (0, "temperature must be positive, got 0.0"),
        (-1, "temperature must be positive, got -1.0"),
        (np.inf, "temperature must be finite, got inf"),
        ([1, 2], r"temperature must have shape \(\), got \(2,\)"),
    ],
)
def test_a_bad_temperature_is_refused_and_named(temperature, message):
    with pytest.raises(ValueError, match=message):
        tempered_softmax(Z, temperature)
    for function in (distillation_loss, distillation_gradient):
        with pytest.raises(ValueError, match=message):
            function(Z, V, temperature)


@pytest.mark.parametrize("function", [distillation_loss, distillation_gradient])
def test_a_teacher_that_does_not_fit_is_refused(function):
    with pytest.raises(ValueError, match=r"logits of shape \(3,\), got \(2,\)"):
        function(Z, [0, 1], 1)
    with pytest.raises(ValueError, match=r"0 where the logit is -inf, got 0\.2"):
        function([0, -np.inf, 0], V, 1)
    with pytest.raises(ValueError, match="logits must be finite or -inf, got nan"):
        function(Z, [0, np.nan, 0], 1)
