"""Loss and gradients of a batch: a linear model, a hidden layer, and many."""

import weakref
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import special

from snippets.backpropagation import (
    deep_gradients,
    linear_gradients,
    linear_loss,
    mlp_gradients,
    mlp_loss,
)
from tests.derivatives import complex_step
from tests.draws import FLOAT_TYPES

P = np.array([0.2, 0.3, 0.5])
X = np.array([[1.0, 2.0], [3.0, -1.0]])
LABELS = np.array([2, 0])
FLAT = np.zeros((2, 3)), np.log(P)  # whatever the input, the probabilities are P


@st.composite
def problems(draw, hidden=False):
    """Draw a batch, its parameters and its labels: indices, or distributions."""
    n, d, m, k = (draw(st.integers(1, 4)) for _ in range(4))
    rng = np.random.default_rng(draw(st.integers(0, 1000)))
    widths = [(d, m), (m, k)] if hidden else [(d, k)]
    parameters = [rng.normal(size=s) for a, b in widths for s in ((a, b), b)]
    soft = draw(st.booleans())
    labels = rng.dirichlet(np.ones(k), n) if soft else rng.integers(k, size=n)
    return rng.normal(size=(n, d)), parameters, labels


def one_hot(labels, k):
    return labels if labels.ndim == 2 else np.eye(k)[labels]


# Known values


def test_loss_of_two_examples_is_the_mean_of_their_losses():
    expected = (-np.log(0.5) - np.log(0.2)) / 2
    assert linear_loss(X, *FLAT, LABELS) == pytest.approx(expected, rel=1e-15)


def test_the_penalty_is_half_the_strength_times_the_squares_and_spares_the_biases():
    W = np.array([[1.0, 0, -1], [0, -1, 3]])
    without = linear_loss(X, W, FLAT[1], LABELS)
    assert linear_loss(X, W, FLAT[1], LABELS, decay=0.1) - without == pytest.approx(
        0.1 / 2 * (1 + 1 + 1 + 9), rel=1e-13
    )


def test_gradients_of_two_examples_by_hand():
    dW, db, dX = linear_gradients(X, *FLAT, LABELS)
    dZ = np.array([[0.2, 0.3, 0.5 - 1], [0.2 - 1, 0.3, 0.5]]) / 2
    first, second = dZ
    np.testing.assert_allclose(
        dW, [first + 3 * second, 2 * first - second], rtol=1e-14, atol=1e-16
    )
    np.testing.assert_allclose(db, first + second, atol=1e-16)
    np.testing.assert_array_equal(dX, 0)


def test_gradients_of_a_hidden_layer_by_hand():
    W1 = np.array([[np.log(2), np.log(3)], [0, 0]])  # tanh(log 2) = 3/5
    W2 = np.array([[1.0, 0, -1], [0, -1, 1]])
    b2 = np.log(P) - np.array([3 / 5, 4 / 5]) @ W2
    arguments = X[:1], W1, np.zeros(2), W2, b2, LABELS[:1]
    assert mlp_loss(*arguments) == pytest.approx(np.log(2), rel=1e-15)
    dW1, db1, dW2, db2 = mlp_gradients(*arguments)
    dA = np.array([0.7 * (1 - 9 / 25), -0.8 * (1 - 16 / 25)])
    np.testing.assert_allclose(db2, [0.2, 0.3, -0.5], rtol=1e-14)
    np.testing.assert_allclose(dW2, np.outer([0.6, 0.8], [0.2, 0.3, -0.5]), rtol=1e-14)
    np.testing.assert_allclose(db1, dA, rtol=1e-14)
    np.testing.assert_allclose(dW1, np.outer([1, 2], dA), rtol=1e-14)


# Shapes and dtypes


@given(problems())
def test_a_gradient_has_the_shape_of_its_matrix(problem):
    x, (W, b), labels = problem
    assert linear_loss(x, W, b, labels, 0.1).shape == ()
    shapes = [gradient.shape for gradient in linear_gradients(x, W, b, labels, 0.1)]
    assert shapes == [W.shape, b.shape, x.shape]


@given(problems(hidden=True))
def test_a_gradient_of_the_network_has_the_shape_of_its_parameter(problem):
    x, parameters, labels = problem
    assert mlp_loss(x, *parameters, labels).shape == ()
    shapes = [gradient.shape for gradient in mlp_gradients(x, *parameters, labels)]
    assert shapes == [parameter.shape for parameter in parameters]


@pytest.mark.parametrize("dtype", FLOAT_TYPES)
def test_a_floating_dtype_is_kept(dtype):
    x, W, b, W1, b1 = (np.ones(s, dtype) for s in [(2, 3), (3, 3), 3, (3, 3), 3])
    results = [linear_loss(x, W, b, LABELS, 0.1), mlp_loss(x, W1, b1, W, b, LABELS)]
    results += linear_gradients(x, W, b, LABELS, 0.1)
    results += mlp_gradients(x, W1, b1, W, b, LABELS)
    assert {result.dtype for result in results} == {np.dtype(dtype)}


def test_the_narrower_of_inputs_and_weights_costs_the_others_no_digit():
    rng = np.random.default_rng(3)
    inputs, W, b = (rng.normal(size=shape) for shape in [(4, 2), (2, 3), 3])
    labels = [0, 1, 2, 0]
    narrow, wide = W.astype(np.float32), W.astype(np.float32).astype(np.float64)
    expected = linear_loss(inputs, wide, b, labels)
    assert linear_loss(inputs, narrow, b, labels) == expected
    narrow, wide = (inputs.astype(np.float32).astype(t) for t in FLOAT_TYPES)
    assert linear_loss(narrow, W, b, labels) == linear_loss(wide, W, b, labels)


def test_the_wider_dtype_of_inputs_and_weights_wins():
    dW, db, dX = linear_gradients(X, FLAT[0].astype(np.float32), FLAT[1], LABELS)
    assert {array.dtype for array in (dW, db, dX)} == {np.dtype(np.float64)}


def test_the_arguments_are_left_as_they_were():
    arguments = [X, *FLAT, np.eye(3)[LABELS]]
    before = [array.copy() for array in arguments]
    linear_gradients(*arguments, decay=0.1)
    mlp_gradients(X, np.eye(2), np.zeros(2), *arguments[1:])
    for array, kept in zip(arguments, before, strict=True):
        np.testing.assert_array_equal(array, kept)


# Theorems


@given(problems())
def test_rows_of_the_gradient_sum_to_the_row_sums_of_the_penalty(problem):
    x, (W, b), labels = problem
    dW, db, _ = linear_gradients(x, W, b, labels)
    np.testing.assert_allclose(dW.sum(axis=1), 0, atol=1e-14)
    np.testing.assert_allclose(db.sum(), 0, atol=1e-14)
    decayed, _, _ = linear_gradients(x, W, b, labels, decay=0.3)
    np.testing.assert_allclose(
        decayed.sum(axis=1), 0.3 * W.sum(axis=1), rtol=1e-12, atol=1e-13
    )


@given(problems(hidden=True))
def test_a_repeated_batch_has_the_same_mean_loss_and_gradients(problem):
    x, parameters, labels = problem
    twice = np.concatenate([x, x]), np.concatenate([labels, labels])
    np.testing.assert_allclose(
        mlp_loss(twice[0], *parameters, twice[1]),
        mlp_loss(x, *parameters, labels),
        rtol=1e-13,
        atol=1e-15,
    )
    once = mlp_gradients(x, *parameters, labels)
    for a, b in zip(once, mlp_gradients(twice[0], *parameters, twice[1]), strict=True):
        np.testing.assert_allclose(b, a, rtol=1e-10, atol=1e-14)


@given(problems())
def test_the_gradient_of_a_batch_is_the_mean_over_its_examples(problem):
    x, (W, b), labels = problem
    rows = [
        linear_gradients(x[n : n + 1], W, b, labels[n : n + 1]) for n in range(len(x))
    ]
    dW, db, dX = linear_gradients(x, W, b, labels)
    np.testing.assert_allclose(dW, np.mean([r[0] for r in rows], axis=0), atol=1e-14)
    np.testing.assert_allclose(db, np.mean([r[1] for r in rows], axis=0), atol=1e-14)
    inputs = np.concatenate([r[2] for r in rows])
    np.testing.assert_allclose(dX, inputs / len(x), atol=1e-14)


@given(problems(hidden=True))
def test_the_second_layer_is_a_linear_model_of_the_hidden_units(problem):
    x, (W1, b1, W2, b2), labels = problem
    H = np.tanh(x @ W1 + b1)
    assert mlp_loss(x, W1, b1, W2, b2, labels) == linear_loss(H, W2, b2, labels)
    dW1, db1, dW2, db2 = mlp_gradients(x, W1, b1, W2, b2, labels)
    as_linear = linear_gradients(H, W2, b2, labels)
    np.testing.assert_array_equal(dW2, as_linear[0])
    np.testing.assert_array_equal(db2, as_linear[1])
    dA = as_linear[2] / np.cosh(x @ W1 + b1) ** 2
    np.testing.assert_allclose(dW1, x.T @ dA, rtol=1e-9, atol=1e-13)
    np.testing.assert_allclose(db1, dA.sum(axis=0), rtol=1e-9, atol=1e-13)


def test_a_network_of_zeros_learns_its_last_biases_only():
    zeros = np.zeros((2, 4)), np.zeros(4), np.zeros((4, 3)), np.zeros(3)
    *others, db2 = mlp_gradients(X, *zeros, LABELS)
    assert all(not gradient.any() for gradient in others)
    np.testing.assert_allclose(db2, [1 / 3 - 1 / 2, 1 / 3, 1 / 3 - 1 / 2], rtol=1e-14)


# An independent oracle


@given(problems())
def test_loss_agrees_with_scipy(problem):
    x, (W, b), labels = problem
    logs = special.log_softmax(x @ W + b, axis=1)
    expected = -(one_hot(labels, len(b)) * logs).sum() / len(x)
    expected += 0.7 / 2 * np.linalg.norm(W, "fro") ** 2
    np.testing.assert_allclose(
        linear_loss(x, W, b, labels, 0.7), expected, rtol=1e-12, atol=1e-14
    )


# Derivatives, by a complex step through the plain formulas


def plain_loss(Z, labels):
    e = np.exp(Z)
    p = e / e.sum(axis=1, keepdims=True)
    return -(one_hot(labels, Z.shape[1]) * np.log(p)).sum() / len(Z)


def derivatives(function, arrays):
    """Differentiate a function of some arrays by each entry of each of them."""
    for place, array in enumerate(arrays):

        def moved(flat, place=place, shape=array.shape):
            return function(*arrays[:place], flat.reshape(shape), *arrays[place + 1 :])

        yield complex_step(moved, array.ravel()).reshape(array.shape)


@given(problems())
def test_gradients_of_the_linear_model_agree_with_a_complex_step(problem):
    x, (W, b), labels = problem
    decay = 0.7
    found = linear_gradients(x, W, b, labels, decay)
    expected = derivatives(
        lambda W, b, x: plain_loss(x @ W + b, labels) + decay / 2 * (W * W).sum(),
        [W, b, x],
    )
    for gradient, by_steps in zip(found, expected, strict=True):
        np.testing.assert_allclose(gradient, by_steps, atol=1e-12)


@given(problems(hidden=True))
def test_gradients_of_the_network_agree_with_a_complex_step(problem):
    x, parameters, labels = problem
    found = mlp_gradients(x, *parameters, labels)
    expected = derivatives(
        lambda W1, b1, W2, b2: plain_loss(np.tanh(x @ W1 + b1) @ W2 + b2, labels),
        parameters,
    )
    for gradient, by_steps in zip(found, expected, strict=True):
        np.testing.assert_allclose(gradient, by_steps, atol=1e-12)


# Many layers


@st.composite
def deep_problems(draw):
    """Draw a batch, the weights of one to seven layers, and labels."""
    n, *widths = draw(st.lists(st.integers(1, 4), min_size=3, max_size=9))
    rng = np.random.default_rng(draw(st.integers(0, 1000)))
    matrices = [rng.normal(size=shape) for shape in pairwise(widths)]
    labels = rng.integers(widths[-1], size=n)
    return rng.normal(size=(n, widths[0])), matrices, labels


def deep_loss(x, labels, *matrices):
    *hidden, last = matrices
    for W in hidden:
        x = np.tanh(x @ W)
    return plain_loss(x @ last, labels)


@given(deep_problems(), st.integers(1, 8))
def test_gradients_of_many_layers_agree_with_a_complex_step(problem, every):
    x, matrices, labels = problem
    found = deep_gradients(x, matrices, labels, every)
    expected = derivatives(lambda *moved: deep_loss(x, labels, *moved), matrices)
    for gradient, by_steps in zip(found, expected, strict=True):
        np.testing.assert_allclose(gradient, by_steps, atol=1e-12)


@given(deep_problems(), st.integers(2, 8))
def test_layers_that_are_computed_again_change_no_digit(problem, every):
    kept, again = deep_gradients(*problem), deep_gradients(*problem, every=every)
    for one, other in zip(kept, again, strict=True):
        np.testing.assert_array_equal(one, other)


@pytest.mark.parametrize("dtype", FLOAT_TYPES)
@given(deep_problems())
def test_one_and_two_layers_are_the_models_before(dtype, problem):
    x, (W1, *_), _ = problem
    labels = np.zeros(len(x), int)
    x, W1 = x.astype(dtype), W1.astype(dtype)
    W2 = np.ones((W1.shape[1], 2), dtype)
    no_biases = np.zeros(W1.shape[1], dtype), np.zeros(2, dtype)
    [one] = deep_gradients(x, [W1], labels)
    np.testing.assert_array_equal(one, linear_gradients(x, W1, no_biases[0], labels)[0])
    first, second = deep_gradients(x, [W1, W2], labels)
    dW1, _, dW2, _ = mlp_gradients(x, W1, no_biases[0], W2, no_biases[1], labels)
    np.testing.assert_array_equal(first, dW1)
    np.testing.assert_array_equal(second, dW2)
    assert first.dtype == second.dtype == dtype


def test_as_many_layers_are_computed_again_as_the_distance_says(monkeypatch):
    made = []

    def counted(z):
        made.append(z.shape)
        return z / 2

    monkeypatch.setattr(np, "tanh", counted)
    matrices = [np.eye(2)] * 13 + [np.eye(2, 3)]
    for every, again in ((1, 0), (4, 9), (5, 10), (13, 12)):
        made.clear()
        deep_gradients(X, matrices, LABELS, every)
        assert len(made) == 13 + again


@pytest.mark.parametrize("layers", [1, 2, 7, 12, 13, 25])
def test_fewer_layers_are_held_at_once_than_the_page_says(monkeypatch, layers):
    tanh, made, held = np.tanh, [], []

    def counted(z):
        made.append(weakref.ref(H := tanh(z)))
        held.append(sum(layer() is not None for layer in made))
        return H

    monkeypatch.setattr(np, "tanh", counted)
    matrices = [np.eye(2)] * layers + [np.eye(2, 3)]
    root = int(np.ceil(np.sqrt(layers)))
    for every in range(1, layers + 2):
        made.clear()
        held.clear()
        deep_gradients(X, matrices, LABELS, every)
        assert max(held) < layers / every + every
        if every == root:
            assert max(held) < 2 * np.sqrt(layers)


def through_ten_sigmoids(x, weight, bias):
    for _ in range(10):
        x = special.expit(weight * x + bias)
    return x


def test_ten_sigmoids_explode_with_a_large_weight_and_its_bias_only():
    places = np.linspace(-3, 3, 601)
    steps = places + 1e-6, places - 1e-6
    up, down = (through_ten_sigmoids(x, 8, 0) for x in steps)
    assert np.abs(up - down).max() / 2e-6 < 4 * 0.142**8
    up, down = (through_ten_sigmoids(0.5 + h, 8, -4) for h in (1e-9, -1e-9))
    assert (up - down) / 2e-9 == pytest.approx(2**10, rel=1e-4)


# Extremes


@pytest.mark.parametrize("dtype", FLOAT_TYPES)
def test_logits_of_800_either_way_stay_finite(dtype):
    x = np.array([[800], [-800]], dtype)
    W, b = np.array([[1, 0, -1]], dtype), np.zeros(3, dtype)
    assert linear_loss(x, W, b, [2, 2]) == 800  # 1600 for the first, 0 for the second
    dW, db, dX = linear_gradients(x, W, b, [2, 2])
    np.testing.assert_array_equal(dW, [[400, 0, -400]])
    np.testing.assert_array_equal(db, [0.5, 0, -0.5])
    np.testing.assert_array_equal(dX, [[1], [0]])


@pytest.mark.parametrize("dtype", FLOAT_TYPES)
def test_a_saturated_unit_has_no_gradient_in_front_of_it(dtype):
    W1, W2 = np.array([[800]], dtype), np.array([[1, -1]], dtype)
    x, b1, b2 = np.ones((1, 1), dtype), np.zeros(1, dtype), np.zeros(2, dtype)
    dW1, db1, dW2, db2 = mlp_gradients(x, W1, b1, W2, b2, [1])
    assert dW1 == 0
    assert db1 == 0
    np.testing.assert_allclose(dW2[0], db2, rtol=1e-6)
    assert abs(db2).max() > 0.8


# Bad input


BAD_LAYERS = [
    (([1.0, 2], *FLAT), r"X must have shape \(N, D\), N at least 1, got \(2,\)"),
    ((np.ones((0, 2)), *FLAT), r"N at least 1, got \(0, 2\)"),
    (([[1.0, np.nan]], *FLAT), r"^X must be finite, got nan at index \(0, 1\)"),
    ((X, np.ones((3, 3)), FLAT[1]), r"row for each of 2 inputs, got shape \(3, 3\)"),
    ((X, np.ones(2), FLAT[1]), r"row for each of 2 inputs, got shape \(2,\)"),
    ((X, [[1, np.inf], [0, 0]], [0, 0]), r"^W must be finite, got inf at index"),
    ((X, FLAT[0], [0.0, 0.0]), r"must have shape \(3,\), got \(2,\)"),
    ((X, FLAT[0], [0, 0, np.nan]), r"^b must be finite, got nan at index 2"),
    ((X, np.ones((2, 0)), []), "at least one class"),
]


@pytest.mark.parametrize(("arguments", "message"), BAD_LAYERS)
def test_what_does_not_fit_is_refused_and_named(arguments, message):
    for function in (linear_loss, linear_gradients):
        with pytest.raises(ValueError, match=message):
            function(*arguments, LABELS)


def test_weights_of_many_layers_that_do_not_fit_are_named():
    with pytest.raises(
        ValueError,
        match=r"^matrices must hold at least one matrix of weights, got none$",
    ):
        deep_gradients(X, [], LABELS)
    with pytest.raises(ValueError, match="W2 must have one row for each of 4 inputs"):
        deep_gradients(X, [np.ones((2, 4)), np.ones((3, 3))], LABELS)
    with pytest.raises(ValueError, match=r"W1 must have one row .* shape \(\)"):
        deep_gradients(X, [1.0], LABELS)
    with pytest.raises(ValueError, match="every must be a positive whole number"):
        deep_gradients(X, [np.ones((2, 3))], LABELS, every=0)


def test_the_layer_that_does_not_fit_is_named():
    W1, b1, W2, b2 = np.ones((2, 4)), np.zeros(4), np.ones((4, 3)), np.zeros(3)
    for function in (mlp_loss, mlp_gradients):
        with pytest.raises(ValueError, match=r"X must have shape \(N, D\)"):
            function(np.ones(2), W1, b1, W2, b2, LABELS)
        with pytest.raises(ValueError, match=r"W1 must have one row .* 2 inputs"):
            function(X, W2, b1, W2, b2, LABELS)
        with pytest.raises(ValueError, match=r"b1 must have shape \(4,\), got \(3,\)"):
            function(X, W1, b2, W2, b2, LABELS)
        with pytest.raises(ValueError, match=r"W2 must have one row .* 4 inputs"):
            function(X, W1, b1, W1, b1, LABELS)
        with pytest.raises(ValueError, match=r"b2 must have shape \(3,\), got \(4,\)"):
            function(X, W1, b1, W2, b1, LABELS)


@pytest.mark.parametrize(
    ("labels", "message"),
    [
        ([2, 3], r"labels must be in 0..2, got 3 at index 1"),
        ([-1, 0], r"labels must be in 0..2, got -1 at index 0"),
        ([[2], [0]], r"classes, \(2,\), or probabilities, \(2, 3\), got shape"),
        ([[0, 0, 2], [1, 0, 0]], "targets must be between 0 and 1, got 2"),
    ],
)
def test_bad_labels_are_refused_and_named(labels, message):
    W1, b1 = np.eye(2), np.zeros(2)
    for linear in (linear_loss, linear_gradients):
        with pytest.raises(ValueError, match=message):
            linear(X, *FLAT, labels)
    for network in (mlp_loss, mlp_gradients):
        with pytest.raises(ValueError, match=message):
            network(X, W1, b1, *FLAT, labels)


@pytest.mark.parametrize(
    ("decay", "message"),
    [
        (-0.1, "decay must be at least 0, got -0.1"),
        (np.nan, "decay must be finite, got nan"),
        ([0.1, 0.2], r"decay must be one number, got shape \(2,\)"),
    ],
)
def test_a_bad_decay_is_refused_and_named(decay, message):
    for function in (linear_loss, linear_gradients):
        with pytest.raises(ValueError, match=message):
            function(X, *FLAT, LABELS, decay)
