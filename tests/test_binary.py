"""Binary and multi-label cross-entropy: values, shapes, theorems, oracles, extremes."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray
from scipy import special, stats

from snippets.binary import (
    binary_cross_entropy,
    binary_cross_entropy_gradient,
    log_sigmoid,
    multilabel_cross_entropy,
    sigmoid,
)
from snippets.gradient import cross_entropy, cross_entropy_gradient
from snippets.likelihood import bernoulli_nll
from tests.derivatives import complex_step
from tests.draws import FLOAT_TYPES, logits

SHARES = st.sampled_from([0.0, 0.1, 0.5, 0.75, 1.0])


# Known values


def test_odds_of_four_to_one_are_four_fifths():
    np.testing.assert_allclose(sigmoid(np.log([0.25, 1, 4])), [1 / 5, 1 / 2, 4 / 5])
    np.testing.assert_allclose(log_sigmoid(np.log(4)), np.log(4 / 5), rtol=1e-15)


def test_the_loss_is_the_logarithm_of_the_probability_of_the_answer():
    losses = binary_cross_entropy(np.log(4), [1, 0])
    np.testing.assert_allclose(losses, [-np.log(4 / 5), -np.log(1 / 5)], rtol=1e-15)


def test_the_gradient_is_the_prediction_minus_the_label():
    gradients = binary_cross_entropy_gradient(np.log(4), [0, 0.5, 1])
    np.testing.assert_allclose(gradients, [4 / 5, 4 / 5 - 1 / 2, 4 / 5 - 1], rtol=1e-15)


def test_a_library_once_reported_this_loss_with_a_gradient_of_zero():
    assert binary_cross_entropy(-5, 0) == pytest.approx(0.0067153, abs=5e-8)
    assert binary_cross_entropy_gradient(-5, 0) == pytest.approx(1 / (1 + np.exp(5)))


def test_three_questions_with_the_logits_of_the_running_example():
    z = np.log([0.2, 0.3, 0.5])  # the odds of each answer against its own "no"
    expected = -np.log(0.2 / 1.2) - np.log(1 / 1.3) - np.log(0.5 / 1.5)
    assert multilabel_cross_entropy(z, [1, 0, 1]) == pytest.approx(expected, rel=1e-15)


# Shapes and dtypes


@pytest.mark.parametrize("shape", [(), (3,), (5, 3), (2, 4, 3), (0, 3)])
def test_each_logit_is_taken_by_itself_and_many_labels_are_summed(shape):
    z = np.random.default_rng(0).normal(size=shape)
    y = np.ones(shape)
    assert sigmoid(z).shape == log_sigmoid(z).shape == shape
    assert binary_cross_entropy(z, y).shape == shape
    assert binary_cross_entropy_gradient(z, y).shape == shape
    if shape:
        assert multilabel_cross_entropy(z, y).shape == shape[:-1]


def test_a_column_of_logits_and_a_row_of_labels_make_a_square():
    assert binary_cross_entropy(np.zeros((3, 1)), np.zeros(3)).shape == (3, 3)


@pytest.mark.parametrize("dtype", FLOAT_TYPES)
def test_a_floating_dtype_is_kept(dtype):
    z = np.array([-1.5, 0, 2], dtype)
    results = [sigmoid(z), log_sigmoid(z), multilabel_cross_entropy(z, [1, 0, 1])]
    results += [binary_cross_entropy(z, 1), binary_cross_entropy_gradient(z, [1, 0, 0])]
    assert {result.dtype for result in results} == {np.dtype(dtype)}


# Theorems


@given(logits())
def test_yes_and_no_share_one_and_change_places_with_the_sign(z):
    np.testing.assert_allclose(sigmoid(z) + sigmoid(-z), 1, rtol=1e-15)
    difference = log_sigmoid(z) - log_sigmoid(-z)
    np.testing.assert_allclose(difference, z, rtol=1e-14, atol=1e-15)


@given(logits(bound=30))
def test_the_logit_is_the_log_odds(z):
    np.testing.assert_allclose(np.log(sigmoid(z) / sigmoid(-z)), z, atol=1e-13)


@given(logits(), SHARES)
def test_the_loss_is_not_negative_and_symmetric_in_yes_and_no(z, y):
    loss = binary_cross_entropy(z, y)
    assert (loss >= 0).all()
    np.testing.assert_allclose(binary_cross_entropy(-z, 1 - y), loss, atol=1e-12)


@given(SHARES)
def test_a_fair_coin_costs_log_two_whatever_the_label(y):
    assert binary_cross_entropy(0, y) == pytest.approx(np.log(2), rel=1e-15)
    assert binary_cross_entropy_gradient(0, y) == 0.5 - y


@given(st.floats(-300, 300), st.floats(-300, 300), st.floats(0, 1), SHARES)
def test_the_loss_is_convex_in_the_logit(z, v, t, y):
    chord = t * binary_cross_entropy(z, y) + (1 - t) * binary_cross_entropy(v, y)
    assert binary_cross_entropy(t * z + (1 - t) * v, y) <= chord + 1e-12


@given(st.floats(0.01, 0.99))
def test_the_minimum_is_the_log_odds_of_the_label_and_costs_its_entropy(y):
    best = np.log(y / (1 - y))
    assert binary_cross_entropy_gradient(best, y) == pytest.approx(0, abs=1e-15)
    entropy = stats.bernoulli(y).entropy()
    assert binary_cross_entropy(best, y) == pytest.approx(entropy, rel=1e-13)


@given(logits(bound=30))
def test_labels_of_minus_and_plus_one_give_the_logistic_loss(z):
    for s in (-1, 1):
        logistic = np.log1p(np.exp(-s * z))
        loss = binary_cross_entropy(z, (1 + s) / 2)
        np.testing.assert_allclose(loss, logistic, rtol=1e-12, atol=1e-13)


@given(st.floats(-300, 300), st.floats(-300, 300), st.integers(0, 1))
def test_two_logits_have_the_loss_of_their_difference_and_move_it_twice_as_fast(
    no, yes, label
):
    v, margin = np.array([no, yes]), yes - no
    assert cross_entropy(v, label) == pytest.approx(
        binary_cross_entropy(margin, label), abs=1e-12
    )
    gradient = cross_entropy_gradient(v, label)
    assert gradient[1] - gradient[0] == pytest.approx(
        2 * binary_cross_entropy_gradient(margin, label), abs=1e-14
    )


def test_many_labels_cost_the_cross_entropy_of_two_products_of_coins():
    z, y = np.array([-0.7, 0.2, 1.9]), np.array([0.1, 0.6, 0.8])
    answers = np.array(np.meshgrid(*[[0, 1]] * 3)).reshape(3, -1).T
    true = np.where(answers, y, 1 - y).prod(axis=1)
    model = np.where(answers, sigmoid(z), sigmoid(-z)).prod(axis=1)
    assert true.sum() == pytest.approx(1)
    assert multilabel_cross_entropy(z, y) == pytest.approx(-true @ np.log(model))


def test_only_the_frequencies_of_the_labels_reach_the_loss():
    z = np.array([-0.7, 1.9])
    together, apart = [[1, 1], [0, 0]], [[1, 0], [0, 1]]
    assert multilabel_cross_entropy([z, z], together).mean() == pytest.approx(
        multilabel_cross_entropy([z, z], apart).mean()
    )


# Independent oracles


@given(logits())
def test_agrees_with_scipy(z):
    np.testing.assert_allclose(sigmoid(z), special.expit(z), rtol=1e-14, atol=1e-300)
    np.testing.assert_allclose(
        log_sigmoid(z), special.log_expit(z), rtol=1e-14, atol=1e-300
    )
    for y in (0, 1):
        np.testing.assert_allclose(
            binary_cross_entropy(z, y), np.logaddexp(0, z) - y * z, atol=1e-12
        )


@given(logits(bound=10), st.sampled_from([0, 1]))
def test_agrees_with_the_likelihood_of_a_coin(z, y):
    np.testing.assert_allclose(
        binary_cross_entropy(z, y), bernoulli_nll(special.expit(z), y), atol=1e-11
    )


# The derivative, by a complex step through the plain formula


def plain_loss(z: NDArray[np.complex128], y: float) -> np.complex128:
    return (np.log(1 + np.exp(z)) - y * z).sum()


@given(logits(bound=20, batch=False), SHARES)
def test_the_gradient_agrees_with_a_complex_step(z, y):
    np.testing.assert_allclose(
        binary_cross_entropy_gradient(z, y),
        complex_step(lambda v: plain_loss(v, y), z),
        atol=1e-14,
    )


# Extremes


@pytest.mark.parametrize("dtype", FLOAT_TYPES)
def test_logits_of_800_either_way_stay_finite(dtype):
    z = np.array([-800, 0, 800], dtype)
    np.testing.assert_array_equal(sigmoid(z), [0, 0.5, 1])
    np.testing.assert_array_equal(binary_cross_entropy(z, [1, 0, 0])[[0, 2]], 800)
    np.testing.assert_array_equal(binary_cross_entropy(z, [0, 0, 1])[[0, 2]], 0)
    np.testing.assert_array_equal(log_sigmoid(z)[[0, 2]], [-800, 0])
    np.testing.assert_array_equal(
        binary_cross_entropy_gradient(z, [1, 1, 0]), [-1, -0.5, 1]
    )


def test_what_is_left_of_loss_and_gradient_at_a_large_logit_keeps_its_digits():
    tiny = np.exp(-40.0)
    assert binary_cross_entropy(40, 1) == pytest.approx(tiny, rel=1e-14)
    assert log_sigmoid(40) == pytest.approx(-tiny, rel=1e-14)
    assert binary_cross_entropy_gradient(40, 1) == pytest.approx(-tiny, rel=1e-14)
    assert sigmoid(40) - 1 == 0  # the plain difference has lost all of them


def test_the_largest_doubles_overflow_nothing():
    huge = np.finfo(np.float64).max
    with np.errstate(all="raise", under="ignore"):
        assert binary_cross_entropy(huge, 0) == huge
        assert binary_cross_entropy(-huge, 1) == huge
        assert binary_cross_entropy(-huge, 0) == 0


# Bad input


@pytest.mark.parametrize("function", [sigmoid, log_sigmoid])
def test_bad_logits_are_refused_and_named(function):
    with pytest.raises(ValueError, match="z must be finite, got nan at index 1"):
        function([0, np.nan])
    with pytest.raises(ValueError, match="z must be finite, got -inf"):
        function(-np.inf)
    with pytest.raises(ValueError, match="z must be real numbers, got complex128"):
        function([1j])


@pytest.mark.parametrize(
    "function",
    [binary_cross_entropy, binary_cross_entropy_gradient, multilabel_cross_entropy],
)
def test_a_label_of_the_other_convention_is_refused_and_named(function):
    with pytest.raises(
        ValueError, match=r"y must be between 0 and 1, got -1\.0 at ind"
    ):
        function([0, 1], [1, -1])
    with pytest.raises(ValueError, match=r"y must be between 0 and 1, got 1\.5 at ind"):
        function([0.0, 1], [1.5, 1])
    with pytest.raises(ValueError, match="y must be finite, got nan at index 0"):
        function([0, 1], [np.nan, 1])
    with pytest.raises(ValueError, match="z must be finite, got inf at index 1"):
        function([0, np.inf], [0, 1])


def test_shapes_that_do_not_fit_are_refused():
    with pytest.raises(ValueError, match=r"do not fit together: z \(2,\) and y \(3,\)"):
        binary_cross_entropy([0, 1], [0, 1, 1])
    with pytest.raises(ValueError, match=r"y must have shape \(2, 1\), got \(2,\)"):
        multilabel_cross_entropy([[0], [1]], [0, 1])
    with pytest.raises(ValueError, match=r"z need a last axis .* got \(\)"):
        multilabel_cross_entropy(0, 0)
