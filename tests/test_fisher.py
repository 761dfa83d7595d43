"""Fisher information: known values, shapes, theorems, an oracle, extremes."""

import numpy as np
import pytest
from hypothesis import given
from numpy.typing import NDArray
from scipy import special, stats

from snippets.curvature import cross_entropy_hessian, newton_step
from snippets.fisher import empirical_fisher, fisher_information, natural_gradient
from snippets.gradient import cross_entropy, cross_entropy_gradient
from snippets.softmax import softmax
from snippets.wrong.gradient import wrong_two_case_gradient
from tests.derivatives import complex_step
from tests.draws import FLOAT_TYPES, logits, logits_and_labels, logits_and_probabilities

P = np.array([0.2, 0.3, 0.5])
Z = np.log(P)
LABELS = np.repeat([0, 1, 2], [2, 3, 5])  # as frequent as P says
BATCH = np.tile(Z, (10, 1))


# Known values


def test_fisher_information_of_the_running_example():
    expected = [
        [0.2 * 0.8, -0.06, -0.1],
        [-0.06, 0.3 * 0.7, -0.15],
        [-0.1, -0.15, 0.25],
    ]
    np.testing.assert_allclose(fisher_information(Z), expected, rtol=1e-14)


def test_empirical_fisher_of_one_example_is_the_square_of_its_gradient():
    g = np.array([0.2, 0.3, -0.5])
    np.testing.assert_allclose(empirical_fisher([Z], [2]), np.outer(g, g), rtol=1e-14)


def test_natural_gradient_of_the_running_example():
    expected = [2 / 3, 2 / 3, -4 / 3]
    np.testing.assert_allclose(natural_gradient(Z, 2), expected, rtol=1e-14)


def test_a_natural_step_raises_the_odds_by_e_to_one_over_p():
    stepped = Z - natural_gradient(Z, 2)
    expected = [0.2, 0.3, 0.5 * np.exp(1 / 0.5)]
    np.testing.assert_allclose(softmax(stepped), expected / np.sum(expected))
    loss = -np.log(np.exp(2) / (1 + np.exp(2)))
    assert cross_entropy(stepped, 2) == pytest.approx(loss)


# Shapes and dtypes


@pytest.mark.parametrize("shape", [(3,), (5, 3), (2, 4, 3), (2, 1, 3, 1), (0, 3)])
def test_the_last_axis_is_the_class_and_the_others_are_the_batch(shape):
    z = np.random.default_rng(0).normal(size=shape)
    assert fisher_information(z).shape == (*shape, shape[-1])
    assert natural_gradient(z, np.zeros(shape[:-1], int)).shape == shape


def test_the_empirical_fisher_is_one_matrix_for_all_examples():
    assert empirical_fisher(BATCH, LABELS).shape == (3, 3)


@pytest.mark.parametrize("dtype", FLOAT_TYPES)
def test_a_floating_dtype_is_kept(dtype):
    z, batch = Z.astype(dtype), BATCH.astype(dtype)
    results = [fisher_information(z), natural_gradient(z, 2)]
    results.append(empirical_fisher(batch, LABELS))
    assert {result.dtype for result in results} == {np.dtype(dtype)}


def test_a_batch_is_computed_row_by_row():
    z = np.random.default_rng(1).normal(size=(4, 3))
    labels = [0, 2, 1, 2]
    np.testing.assert_allclose(
        fisher_information(z), [fisher_information(row) for row in z], rtol=1e-15
    )
    rows = [natural_gradient(row, c) for row, c in zip(z, labels, strict=True)]
    np.testing.assert_allclose(natural_gradient(z, labels), rows, rtol=1e-15)


# Theorems


@given(logits())
def test_the_fisher_information_is_the_hessian(z):
    np.testing.assert_allclose(
        fisher_information(z), cross_entropy_hessian(z), atol=1e-15
    )


@given(logits(bound=20, batch=False))
def test_the_score_has_mean_zero_and_the_information_is_its_mean_square(z):
    p = softmax(z)
    scores = -np.array([cross_entropy_gradient(z, c) for c in range(z.size)])
    np.testing.assert_allclose(p @ scores, 0, atol=1e-15)
    squares = sum(p_c * np.outer(s, s) for p_c, s in zip(p, scores, strict=True))
    np.testing.assert_allclose(fisher_information(z), squares, atol=1e-15)


@given(logits_and_probabilities(bound=20))
def test_the_information_turns_the_natural_gradient_into_the_gradient(drawn):
    z, y = drawn
    g = natural_gradient(z, y)
    size = np.abs(g).max(axis=-1, keepdims=True)
    np.testing.assert_allclose(g.sum(axis=-1), 0, atol=1e-14 * (1 + size.max()))
    product = np.einsum("...jk,...k->...j", fisher_information(z), g)
    error = np.abs(product - cross_entropy_gradient(z, y))
    assert (error <= 1e-14 * (1 + size)).all()


@given(logits_and_labels(bound=3, batch=False))
def test_the_natural_gradient_is_the_pseudo_inverse_times_the_gradient(drawn):
    z, label = drawn
    inverse = np.linalg.pinv(fisher_information(z), rcond=1e-12)
    expected = inverse @ cross_entropy_gradient(z, label)
    np.testing.assert_allclose(natural_gradient(z, label), expected, atol=1e-8)


def test_a_natural_step_is_a_newton_step_on_the_logits():
    stepped = newton_step([[1.0]], [Z], [2], damping=0)
    np.testing.assert_allclose(stepped, [Z - natural_gradient(Z, 2)], rtol=1e-12)


@given(logits_and_labels(bound=10, batch=False))
def test_the_vector_of_the_post_is_parallel_to_the_natural_gradient(drawn):
    z, label = drawn
    p = softmax(z)[label]
    wrong = wrong_two_case_gradient(z, label)
    expected = p * (1 - p) * natural_gradient(z, label)
    np.testing.assert_allclose(wrong - wrong.mean(), expected, atol=1e-12)


def test_the_vector_of_the_post_balances_where_the_page_says():
    q, z = P, np.zeros(3)
    for _ in range(2000):
        z = z - q * (softmax(z) - 1)
    np.testing.assert_allclose(softmax(z), 1 - 2 * (1 / q) / (1 / q).sum(), atol=1e-6)
    assert cross_entropy(z, q) > np.log(3)


def test_the_empirical_fisher_is_the_fisher_where_the_frequencies_are_right():
    np.testing.assert_allclose(
        empirical_fisher(BATCH, LABELS), fisher_information(Z), atol=1e-15
    )


@given(logits(bound=20, batch=False))
def test_the_empirical_fisher_is_the_variance_of_the_data_and_a_squared_error(z):
    labels = np.array([0, 0, 0, z.size - 1])
    q = np.bincount(labels, minlength=z.size) / len(labels)
    error = softmax(z) - q
    expected = np.diag(q) - np.outer(q, q) + np.outer(error, error)
    found = empirical_fisher(np.tile(z, (4, 1)), labels)
    np.testing.assert_allclose(found, expected, atol=1e-15)


def test_the_information_is_the_curvature_of_the_divergence():
    u = np.array([0.7, -1.1, 0.3])
    mean = P @ u
    for step in (1e-2, 1e-3):
        divergence = special.rel_entr(P, softmax(Z + step * u)).sum()
        second = step**2 / 2 * u @ fisher_information(Z) @ u
        third = step**3 / 6 * P @ (u - mean) ** 3
        assert abs(divergence - second) < 2 * abs(third) + 1e-15
        assert abs(divergence - second - third) < step**4 + 1e-15


def test_natural_steps_learn_frequencies_with_quadratic_convergence():
    z = np.zeros(3)
    for _ in range(5):
        z = z - natural_gradient(z, P)
    np.testing.assert_allclose(softmax(z), P, rtol=1e-12)


# Independent oracles


def test_agrees_with_the_covariance_of_scipy_s_multinomial():
    np.testing.assert_allclose(
        fisher_information(Z), stats.multinomial(1, P).cov(), rtol=1e-14
    )


@given(logits_and_labels(bound=20, batch=False))
def test_the_information_agrees_with_a_complex_step_through_the_score(drawn):
    z, label = drawn

    def score(v: NDArray[np.complex128]) -> NDArray[np.complex128]:
        return np.eye(z.size)[label] - np.exp(v) / np.exp(v).sum()

    np.testing.assert_allclose(
        fisher_information(z), -complex_step(score, z), atol=1e-13
    )


# Extremes


@pytest.mark.parametrize("dtype", FLOAT_TYPES)
def test_logits_of_800_either_way_stay_finite(dtype):
    z = np.array([[800, 0, -800], [800, 800, 800], [-800, -800, -800]], dtype)
    assert (fisher_information(z)[0] == 0).all()
    expected = np.broadcast_to((np.eye(3) - 1 / 3) / 3, (2, 3, 3))
    np.testing.assert_allclose(fisher_information(z)[1:], expected, atol=1e-7)
    assert np.isfinite(empirical_fisher(z, [2, 0, 1])).all()
    np.testing.assert_allclose(
        natural_gradient(z, [0, 0, 1])[0], [-2 / 3, 1 / 3, 1 / 3], rtol=1e-6
    )


def test_a_single_class_has_nothing_to_tell():
    assert fisher_information([3.7]).tolist() == [[0]]
    assert natural_gradient([3.7], 0).tolist() == [0]


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
        fisher_information(bad)
    for function in (natural_gradient, empirical_fisher):
        with pytest.raises(ValueError, match=message):
            function(bad, 0)


@pytest.mark.parametrize("function", [natural_gradient, empirical_fisher])
def test_bad_labels_are_refused_and_named(function):
    with pytest.raises(ValueError, match=r"labels must be in 0\.\.2, got 3 at index 1"):
        function([Z, Z], [0, 3])
    with pytest.raises(ValueError, match="targets must be classes, "):
        function([Z, Z], [0, 1, 2])


def test_the_empirical_fisher_needs_examples():
    with pytest.raises(ValueError, match=r"shape \(N, K\) with N > 0, got \(3,\)"):
        empirical_fisher(Z, 2)
    with pytest.raises(ValueError, match=r"shape \(N, K\) with N > 0, got \(0, 3\)"):
        empirical_fisher(np.zeros((0, 3)), [])


def test_a_natural_gradient_that_is_not_finite_is_refused_and_named():
    with pytest.raises(ValueError, match="logits must be finite, got -inf at index 1"):
        natural_gradient([0, -np.inf], 0)
    message = "label over probability must be finite, got inf at index 1"
    for lead in (800, 740):  # the probability is 0, or its reciprocal is too large
        with pytest.raises(ValueError, match=message):
            natural_gradient([lead, 0], 1)
