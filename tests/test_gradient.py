"""Softmax cross-entropy and its gradient."""

import numpy as np
import pytest
from hypothesis import given
from scipy import special

from snippets.gradient import (
    cross_entropy,
    cross_entropy_and_gradient,
    cross_entropy_gradient,
    gradient_for_any_labels,
    one_hot,
    target_distribution,
)
from snippets.softmax import softmax_vjp
from tests.derivatives import complex_step
from tests.draws import FLOAT_TYPES, logits_and_labels, logits_and_probabilities

P = np.array([0.2, 0.3, 0.5])
Z = np.log(P)


# Known values


def test_loss_of_the_running_example_is_log_two():
    assert cross_entropy(Z, 2) == pytest.approx(np.log(2), rel=1e-15)


def test_gradient_of_the_running_example():
    np.testing.assert_allclose(
        cross_entropy_gradient(Z, 2), P - np.array([0, 0, 1]), rtol=1e-15
    )


def test_loss_of_equal_logits_is_log_k():
    losses = [cross_entropy(np.zeros(k), 0) for k in (1, 2, 10, 50257)]
    np.testing.assert_allclose(losses, np.log([1, 2, 10, 50257]), rtol=1e-14, atol=0)


def test_loss_against_soft_labels_is_the_sum_of_its_terms():
    y = np.array([0.1, 0.2, 0.7])
    terms = 0.1 * np.log(5) + 0.2 * np.log(10 / 3) + 0.7 * np.log(2)
    assert cross_entropy(Z, y) == pytest.approx(terms, rel=1e-15)


@pytest.mark.parametrize("shape", [(), (4,), (2, 3), (0,)])
def test_a_one_hot_vector_is_the_row_of_the_identity(shape):
    labels = np.random.default_rng(0).integers(0, 5, shape)
    np.testing.assert_array_equal(one_hot(labels, 5), np.eye(5)[labels])


# Shapes, dtypes and the two kinds of target


@pytest.mark.parametrize("shape", [(3,), (5, 3), (2, 4, 3), (0, 3)])
def test_losses_have_the_shape_of_the_batch_and_gradients_that_of_the_logits(shape):
    z = np.random.default_rng(0).normal(size=shape)
    labels = np.zeros(shape[:-1], int)
    loss, gradient = cross_entropy_and_gradient(z, labels)
    assert cross_entropy(z, labels).shape == loss.shape == shape[:-1]
    assert cross_entropy_gradient(z, labels).shape == gradient.shape == shape
    assert gradient_for_any_labels(z, z).shape == shape


@pytest.mark.parametrize("dtype", FLOAT_TYPES)
@pytest.mark.parametrize("target", [2, [0.1, 0.2, 0.7]])
def test_a_floating_dtype_is_kept(dtype, target):
    z = Z.astype(dtype)
    loss, gradient = cross_entropy_and_gradient(z, target)
    results = [cross_entropy(z, target), cross_entropy_gradient(z, target)]
    results += [loss, gradient, gradient_for_any_labels(z, P)]
    results += [target_distribution(z, target)]
    assert {result.dtype for result in results} == {np.dtype(dtype)}


@given(logits_and_labels())
def test_a_class_index_and_its_one_hot_vector_are_the_same_target(case):
    z, labels = case
    y = one_hot(labels, z.shape[-1])
    for function in (target_distribution, cross_entropy, cross_entropy_gradient):
        np.testing.assert_array_equal(function(z, labels), function(z, y))


def test_a_one_hot_vector_of_whole_numbers_is_a_target():
    assert cross_entropy(Z, [0, 0, 1]) == cross_entropy(Z, 2)


# Theorems


@given(logits_and_labels())
def test_loss_is_never_negative_and_its_gradient_sums_to_zero(case):
    z, labels = case
    assert (cross_entropy(z, labels) >= 0).all()
    sums = cross_entropy_gradient(z, labels).sum(axis=-1)
    np.testing.assert_allclose(sums, 0, atol=1e-15)


@given(logits_and_probabilities())
def test_loss_and_gradient_in_one_pass_are_the_separate_ones(case):
    z, y = case
    loss, gradient = cross_entropy_and_gradient(z, y)
    np.testing.assert_allclose(loss, cross_entropy(z, y), rtol=1e-12, atol=1e-13)
    np.testing.assert_array_equal(gradient, cross_entropy_gradient(z, y))


@given(logits_and_probabilities(bound=20))
def test_gradient_is_the_chain_rule_through_the_softmax(case):
    z, y = case
    through_p = softmax_vjp(z, -y / special.softmax(z, axis=-1))
    np.testing.assert_allclose(cross_entropy_gradient(z, y), through_p, atol=1e-13)


@given(logits_and_probabilities())
def test_with_labels_that_sum_to_one_the_general_gradient_is_p_minus_y(case):
    z, y = case
    np.testing.assert_allclose(
        gradient_for_any_labels(z, y), cross_entropy_gradient(z, y), atol=1e-15
    )


# An independent oracle


@given(logits_and_probabilities())
def test_loss_agrees_with_scipy(case):
    z, y = case
    expected = -special.xlogy(y, 1).sum() - (y * special.log_softmax(z, axis=-1)).sum(
        -1
    )
    np.testing.assert_allclose(cross_entropy(z, y), expected, rtol=1e-12, atol=1e-12)


# Derivatives, by a complex step through the plain formula


def plain_loss(z, y):
    return -(y * np.log(np.exp(z) / np.exp(z).sum())).sum()


@given(logits_and_probabilities(bound=20, batch=False))
def test_gradient_agrees_with_a_complex_step(case):
    z, y = case
    np.testing.assert_allclose(
        cross_entropy_gradient(z, y),
        complex_step(lambda v: plain_loss(v, y), z),
        atol=1e-12,
    )


@given(logits_and_probabilities(bound=20, batch=False))
def test_gradient_for_any_labels_agrees_with_a_complex_step(case):
    z, y = case
    labels = 3 * y - 0.5  # they sum to anything, and some are negative
    expected = complex_step(lambda v: plain_loss(v, labels), z)
    np.testing.assert_allclose(gradient_for_any_labels(z, labels), expected, atol=1e-11)


# Extremes


@pytest.mark.parametrize("dtype", FLOAT_TYPES)
def test_logits_of_800_either_way_stay_finite(dtype):
    z = np.array([[800, 0, -800], [-800, 800, 0], [800, 800, 800]], dtype)
    loss, gradient = cross_entropy_and_gradient(z, [2, 1, 0])
    np.testing.assert_allclose(loss, [1600, 0, np.log(3)], rtol=1e-6)
    np.testing.assert_allclose(gradient[0], [1, 0, -1])
    np.testing.assert_array_equal(cross_entropy(z, [2, 1, 0]), loss)


def test_a_masked_class_costs_nothing_and_has_no_gradient():
    z = [np.log(0.4), -np.inf, np.log(0.6)]
    loss, gradient = cross_entropy_and_gradient(z, 2)
    assert loss == pytest.approx(-np.log(0.6))
    assert cross_entropy(z, [0.5, 0, 0.5]) == pytest.approx(-np.log(0.24) / 2)
    np.testing.assert_allclose(gradient, [0.4, 0, -0.4])


def test_a_loss_of_nothing_is_plus_zero():
    for z, label in (([40.0, 0.0], 0), ([3.0], 0)):
        loss, _ = cross_entropy_and_gradient(z, label)
        assert not np.signbit(loss)
        assert not np.signbit(cross_entropy(z, label))


def test_an_empty_batch_of_lists_is_a_batch():
    assert cross_entropy(np.zeros((0, 3)), []).shape == (0,)


# Bad input

TAKES_TARGETS = [
    target_distribution,
    cross_entropy,
    cross_entropy_gradient,
    cross_entropy_and_gradient,
]


@pytest.mark.parametrize(
    ("labels", "classes", "message"),
    [
        ([0, 3], 3, r"labels must be in 0\.\.2, got 3 at index 1"),
        (-1, 3, r"labels must be in 0\.\.2, got -1"),
        (0.0, 3, "labels must be whole numbers, got float64 such as 0.0"),
        (0, 0, "classes must be a positive whole number, got 0"),
        (0, 2.0, "classes must be a positive whole number, got 2.0"),
    ],
)
def test_what_has_no_one_hot_vector_is_refused_and_named(labels, classes, message):
    with pytest.raises(ValueError, match=message):
        one_hot(labels, classes)


@pytest.mark.parametrize("function", TAKES_TARGETS)
@pytest.mark.parametrize(
    ("target", "message"),
    [
        (-1, r"labels must be in 0\.\.2, got -1"),
        (3, r"labels must be in 0\.\.2, got 3"),
        (1.0, "labels must be whole numbers, got float64 such as 1.0"),
        ([0.5, 0.5], r"classes, \(\), or probabilities, \(3,\), got shape \(2,\)"),
        ([0.5, -0.1, 0.6], "targets must be between 0 and 1, got -0.1 at index 1"),
        ([0.5, np.nan, 0.5], "targets must be between 0 and 1, got nan at index 1"),
        ([0.5, 0.5, 0.5], "the sum of targets must be 1, got 1.5"),
    ],
)
def test_bad_targets_are_refused_and_named(function, target, message):
    with pytest.raises(ValueError, match=message):
        function(Z, target)


@pytest.mark.parametrize("function", TAKES_TARGETS)
def test_bad_logits_and_weight_on_a_masked_class_are_refused(function):
    with pytest.raises(ValueError, match="finite or -inf, got nan at index 1"):
        function([0, np.nan, 1], 2)
    with pytest.raises(ValueError, match=r"classes whose logit is not -inf, got 1"):
        function([0, -np.inf, 1], 1)
    with pytest.raises(ValueError, match=r"targets must be 0 where the logit is -inf"):
        function([0, -np.inf, 1], [0.5, 0.5, 0])
    with pytest.raises(ValueError, match=r"in 0\.\.2, got 7 at index \(1, 0\)"):
        function(np.zeros((2, 1, 3)), [[0], [7]])


@pytest.mark.parametrize("function", TAKES_TARGETS)
def test_targets_are_checked_before_they_are_rounded(function):
    z = np.array([-np.inf, 0], np.float32)
    with pytest.raises(ValueError, match="0 where the logit is -inf, got 1e-50"):
        function(z, [1e-50, 1])
    with pytest.raises(ValueError, match=r"targets must be a rectangular array"):
        function(np.zeros((2, 2)), [[0], [0, 1]])


def test_labels_of_the_general_gradient_must_be_finite_and_of_the_logits_shape():
    with pytest.raises(ValueError, match="y must be finite, got inf at index 0"):
        gradient_for_any_labels(Z, [np.inf, 0, 1])
    with pytest.raises(ValueError, match=r"y must have shape \(3,\), got \(\)"):
        gradient_for_any_labels(Z, 2)
