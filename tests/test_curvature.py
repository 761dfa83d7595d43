"""Curvature: known values, shapes, theorems, an oracle, derivatives, extremes."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from numpy.typing import ArrayLike, NDArray
from scipy import optimize

from snippets.curvature import (
    cross_entropy_hessian,
    hessian_product,
    newton_step,
    weights_hessian,
)
from snippets.gradient import cross_entropy, cross_entropy_gradient
from snippets.softmax import softmax
from tests.derivatives import complex_step
from tests.draws import FLOAT_TYPES, logits, logits_and_labels

P = np.array([0.2, 0.3, 0.5])
Z = np.log(P)
X = np.stack([np.ones(8), [-2, -1, -0.5, 0, 0.5, 1, 1.5, 2]], axis=1)
LABELS = np.array([0, 0, 1, 0, 1, 2, 1, 2])
W = np.array([[0.3, -0.2, 0.1], [-1.0, 0.5, 0.7]])


def mean_loss(W: ArrayLike, labels: ArrayLike = LABELS) -> np.floating:
    return cross_entropy(X @ np.asarray(W), labels).mean()


def centring(classes: int) -> NDArray[np.float64]:
    return np.eye(classes) - 1 / classes


def least_eigenvalue(matrices: NDArray[np.float64]) -> float:
    return np.linalg.eigvalsh(matrices)[..., 0].min(initial=0)


# Known values


def test_hessian_of_the_running_example():
    expected = [
        [0.2 * 0.8, -0.06, -0.1],
        [-0.06, 0.3 * 0.7, -0.15],
        [-0.1, -0.15, 0.25],
    ]
    np.testing.assert_allclose(cross_entropy_hessian(Z), expected, rtol=1e-14)


def test_eigenvalues_of_the_running_example_have_sum_and_product_of_the_page():
    zero, small, large = np.linalg.eigvalsh(cross_entropy_hessian(Z))
    assert zero == pytest.approx(0, abs=1e-16)
    assert small + large == pytest.approx(1 - 0.2**2 - 0.3**2 - 0.5**2)
    assert small * large == pytest.approx(3 * 0.2 * 0.3 * 0.5)


def test_half_is_attained_by_two_equal_classes():
    assert np.linalg.eigvalsh(cross_entropy_hessian([0, 0]))[1] == pytest.approx(1 / 2)


def test_hessian_in_the_weights_is_a_mean_of_kronecker_products():
    hessians = cross_entropy_hessian(X @ W)
    terms = [np.kron(np.outer(x, x), S) for x, S in zip(X, hessians, strict=True)]
    np.testing.assert_allclose(weights_hessian(X, W), np.mean(terms, axis=0))


def test_newton_from_three_overshoots_by_the_hyperbolic_sine():
    start = np.array([[-1.5, 1.5]])  # a margin of 3
    [[a, b]] = newton_step([[1.0]], start, [[0.5, 0.5]], damping=0)
    assert b - a == pytest.approx(3 - np.sinh(3))


def test_newton_on_a_separable_example_adds_one_and_a_little():
    [[a, b]] = newton_step([[1.0]], [[-1.0, 1.0]], [1], damping=0)
    assert b - a == pytest.approx(2 + 1 + np.exp(-2))


# Shapes and dtypes


@pytest.mark.parametrize("shape", [(3,), (5, 3), (2, 4, 3), (2, 1, 3, 1), (0, 3)])
def test_the_last_axis_is_the_class_and_the_others_are_the_batch(shape):
    z = np.random.default_rng(0).normal(size=shape)
    assert cross_entropy_hessian(z).shape == (*shape, shape[-1])
    assert hessian_product(z, z).shape == shape


@pytest.mark.parametrize(("n", "d", "k"), [(1, 1, 1), (5, 2, 3), (2, 4, 2)])
def test_shapes_in_the_weights(n, d, k):
    generator = np.random.default_rng(n)
    inputs, weights = generator.normal(size=(n, d)), generator.normal(size=(d, k))
    assert weights_hessian(inputs, weights).shape == (d * k, d * k)
    assert newton_step(inputs, weights, np.zeros(n, int), 0.1).shape == (d, k)


@pytest.mark.parametrize("dtype", FLOAT_TYPES)
def test_a_floating_dtype_is_kept(dtype):
    z, x, w = Z.astype(dtype), X.astype(dtype), W.astype(dtype)
    results = [cross_entropy_hessian(z), hessian_product(z, P), weights_hessian(x, w)]
    results.append(newton_step(x, w, LABELS, 0.1))
    assert {result.dtype for result in results} == {np.dtype(dtype)}


def test_labels_may_be_indices_or_probabilities():
    np.testing.assert_array_equal(
        newton_step(X, W, LABELS, 0.1), newton_step(X, W, np.eye(3)[LABELS], 0.1)
    )


# Theorems


@given(logits(bound=20))
def test_rows_sum_to_zero_and_the_matrix_is_symmetric(z):
    hessian = cross_entropy_hessian(z)
    np.testing.assert_allclose(hessian.sum(axis=-1), 0, atol=1e-15)
    np.testing.assert_allclose(hessian, np.swapaxes(hessian, -1, -2), atol=1e-16)


@given(logits())
def test_the_product_is_the_matrix_times_v(z):
    v = np.cos(np.arange(z.size)).reshape(z.shape)
    expected = np.einsum("...jk,...k->...j", cross_entropy_hessian(z), v)
    np.testing.assert_allclose(hessian_product(z, v), expected, atol=1e-14)


@given(logits())
def test_the_curvature_along_v_is_the_variance_of_v(z):
    v, p = np.cos(np.arange(z.size)).reshape(z.shape), softmax(z)
    mean = (p * v).sum(axis=-1, keepdims=True)
    curvature = (v * hessian_product(z, v)).sum(axis=-1)
    np.testing.assert_allclose(curvature, (p * (v - mean) ** 2).sum(-1), atol=1e-14)


@given(logits())
def test_the_hessian_lies_between_its_bounds(z):
    p, hessian = softmax(z), cross_entropy_hessian(z)
    lower = p.min(axis=-1)[..., None, None] * centring(z.shape[-1])
    diagonal = 2 * (p * (1 - p))[..., None] * np.eye(z.shape[-1])
    assert least_eigenvalue(hessian - lower) >= -1e-14
    assert least_eigenvalue(centring(z.shape[-1]) / 2 - hessian) >= -1e-14
    assert least_eigenvalue(diagonal - hessian) >= -1e-14


def test_neither_the_diagonal_nor_the_residual_is_an_upper_bound():
    p = np.array([0.8, 0.2])
    hessian = cross_entropy_hessian(np.log(p))
    assert least_eigenvalue(np.diag(p * (1 - p)) - hessian) == pytest.approx(-0.16)
    assert least_eigenvalue(np.diag([0.2, 0.2]) - hessian) == pytest.approx(-0.12)


@given(logits_and_labels())
def test_a_step_of_size_two_lowers_the_loss_by_at_least_the_squared_gradient(drawn):
    z, labels = drawn
    g = cross_entropy_gradient(z, labels)
    before, after = cross_entropy(z, labels), cross_entropy(z - 2 * g, labels)
    assert (after <= before - (g * g).sum(axis=-1) + 1e-12 * (1 + before)).all()


def test_the_rank_is_that_of_the_page_and_common_shifts_are_flat():
    hessian = weights_hessian(X, W)
    assert np.linalg.matrix_rank(hessian) == 2 * (3 - 1)
    shift = np.outer([0.7, -1.3], np.ones(3))
    np.testing.assert_allclose(hessian @ shift.ravel(), 0, atol=1e-15)


def test_one_bound_holds_for_the_hessian_in_all_weights():
    bound = np.kron(X.T @ X, centring(3)) / (2 * len(X))
    for seed in range(20):
        weights = np.random.default_rng(seed).normal(scale=3, size=(2, 3))
        assert least_eigenvalue(bound - weights_hessian(X, weights)) >= -1e-14


def test_newton_fits_the_working_response_by_weighted_least_squares():
    z, S = X @ W, cross_entropy_hessian(X @ W)
    response = z + np.eye(3)[LABELS] / softmax(z)
    fitted = X @ newton_step(X, W, LABELS, damping=0)
    residual = np.einsum("njk,nk->nj", S, fitted - response)
    np.testing.assert_allclose(X.T @ residual, 0, atol=1e-13)


def test_newton_keeps_the_sum_over_classes_with_any_damping():
    for damping in (0, 1e-3, 10):
        stepped = newton_step(X, W, LABELS, damping)
        np.testing.assert_allclose(stepped.sum(axis=1), W.sum(axis=1), atol=1e-13)


def test_newton_squares_the_gradient_at_each_step_near_the_minimum():
    weights, sizes = np.zeros((2, 3)), []
    for _ in range(7):
        g = X.T @ cross_entropy_gradient(X @ weights, LABELS) / len(X)
        sizes.append(np.abs(g).max())
        weights = newton_step(X, weights, LABELS, damping=0)
    for before, after in pairwise(sizes[3:]):
        assert after < 30 * before**2


# Independent oracles


def test_newton_finds_the_minimum_that_scipy_finds():
    weights = np.zeros((2, 3))
    for _ in range(10):
        weights = newton_step(X, weights, LABELS, damping=0)
    found = optimize.minimize(
        lambda w: mean_loss(w.reshape(2, 3)), np.zeros(6), method="BFGS", tol=1e-9
    )
    assert mean_loss(weights) == pytest.approx(found.fun, abs=1e-12)
    np.testing.assert_allclose(weights.ravel(), found.x, atol=1e-5)


@given(logits_and_labels(bound=20, batch=False))
def test_the_hessian_in_the_logits_agrees_with_a_complex_step(drawn):
    z, label = drawn

    def gradient(v: NDArray[np.complex128]) -> NDArray[np.complex128]:
        return np.exp(v) / np.exp(v).sum() - np.eye(z.size)[label]

    np.testing.assert_allclose(
        cross_entropy_hessian(z), complex_step(gradient, z), atol=1e-13
    )


def test_the_hessian_in_the_weights_agrees_with_a_complex_step():
    def gradient(w: NDArray[np.complex128]) -> NDArray[np.complex128]:
        e = np.exp(X @ w.reshape(2, 3))
        residual = e / e.sum(axis=1, keepdims=True) - np.eye(3)[LABELS]
        return (X.T @ residual / len(X)).ravel()

    np.testing.assert_allclose(
        weights_hessian(X, W), complex_step(gradient, W.ravel()), atol=1e-14
    )


# Extremes


@pytest.mark.parametrize("dtype", FLOAT_TYPES)
def test_logits_of_800_either_way_stay_finite(dtype):
    z = np.array([[800, 0, -800], [800, 800, 800], [-800, -800, -800]], dtype)
    assert (cross_entropy_hessian(z)[0] == 0).all()
    expected = np.broadcast_to(centring(3) / 3, (2, 3, 3))
    np.testing.assert_allclose(cross_entropy_hessian(z)[1:], expected, atol=1e-7)
    assert np.isfinite(hessian_product(z, z)).all()
    assert np.isfinite(weights_hessian(np.eye(3, dtype=dtype), z)).all()


def test_a_certain_wrong_model_needs_damping_to_move():
    certain = np.array([[800.0, 0.0]])
    assert newton_step([[1]], certain, [1], damping=0).tolist() == [[800, 0]]
    moved = newton_step([[1]], certain, [1], damping=0.01)
    np.testing.assert_allclose(moved, [[700, 100]], rtol=1e-12)


def test_a_masked_class_neither_curves_nor_moves():
    z = np.array([np.log(0.4), -np.inf, np.log(0.6)])
    expected = [[0.24, 0, -0.24], [0, 0, 0], [-0.24, 0, 0.24]]
    np.testing.assert_allclose(cross_entropy_hessian(z), expected, atol=1e-16)
    assert hessian_product(z, [1, 2, 3])[1] == 0


# Bad input


@pytest.mark.parametrize(
    ("bad", "message"),
    [
        ([0, np.nan, 1], "logits must be finite or -inf, got nan at index 1"),
        ([-np.inf, -np.inf], "finite for at least one class, got -inf"),
        (3.0, r"at least one class, got \(\)"),
    ],
)
def test_bad_logits_are_refused_and_named(bad, message):
    with pytest.raises(ValueError, match=message):
        cross_entropy_hessian(bad)
    with pytest.raises(ValueError, match=message):
        hessian_product(bad, bad)


def test_a_bad_direction_is_refused_and_named():
    with pytest.raises(ValueError, match=r"v must have shape \(3,\), got \(2,\)"):
        hessian_product(Z, [0, 1])
    with pytest.raises(ValueError, match="v must be finite, got nan at index 2"):
        hessian_product(Z, [0, 1, np.nan])


@pytest.mark.parametrize(
    ("inputs", "weights", "message"),
    [
        (
            [[1, np.inf]],
            [[0, 0], [0, 0]],
            r"X must be finite, got inf at index \(0, 1\)",
        ),
        ([[1]], [[0, np.nan]], r"W must be finite, got nan at index \(0, 1\)"),
        ([1, 2], [[0, 0], [0, 0]], r"got \(2,\) and \(2, 2\)"),
        ([[1, 2]], [[0, 0]], r"got \(1, 2\) and \(1, 2\)"),
        (np.zeros((0, 2)), [[0, 0], [0, 0]], r"got \(0, 2\) and \(2, 2\)"),
        ([[1, 2]], np.zeros((2, 0)), r"got \(1, 2\) and \(2, 0\)"),
    ],
)
def test_bad_layers_are_refused_and_named(inputs, weights, message):
    with pytest.raises(ValueError, match=message):
        weights_hessian(inputs, weights)
    with pytest.raises(ValueError, match=message):
        newton_step(inputs, weights, [0], 0.1)


def test_bad_labels_and_damping_are_refused_and_named():
    with pytest.raises(ValueError, match=r"labels must be in 0..2, got -1 at index 0"):
        newton_step(X, W, [-1] * 8, 0.1)
    with pytest.raises(ValueError, match=r"damping must be at least 0, got -0\.5"):
        newton_step(X, W, LABELS, -0.5)
    with pytest.raises(ValueError, match="damping must be finite, got nan"):
        newton_step(X, W, LABELS, float("nan"))
    with pytest.raises(
        ValueError, match=r"damping must be one number, got shape \(2,\)"
    ):
        newton_step(X, W, LABELS, [0.1, 0.2])
