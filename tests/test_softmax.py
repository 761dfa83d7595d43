"""Softmax and log-sum-exp: known values, shapes, theorems, an oracle, extremes."""

import numpy as np
import pytest
from hypothesis import given
from numpy.typing import NDArray
from scipy import special

from snippets.softmax import (
    log_softmax,
    log_softmax_vjp,
    logsumexp,
    softmax,
    softmax_jacobian,
    softmax_vjp,
)
from tests.derivatives import complex_step
from tests.draws import FLOAT_TYPES, logits

P = np.array([0.2, 0.3, 0.5])
Z = np.log(P)


# Known values


def test_softmax_undoes_the_logarithm_of_a_distribution():
    np.testing.assert_allclose(softmax(Z), P, rtol=1e-15)


def test_logsumexp_of_the_logarithm_of_a_distribution_is_zero():
    assert logsumexp(Z) == pytest.approx(np.log(0.2 + 0.3 + 0.5), abs=1e-15)


def test_jacobian_of_the_running_example():
    expected = [
        [0.2 * 0.8, -0.06, -0.1],
        [-0.06, 0.3 * 0.7, -0.15],
        [-0.1, -0.15, 0.25],
    ]
    np.testing.assert_allclose(softmax_jacobian(Z), expected, rtol=1e-14)


def test_softmax_of_a_single_class_is_one_and_its_log_zero():
    assert softmax([3.7]).tolist() == [1.0]
    assert log_softmax([3.7]).tolist() == [0.0]


# Shapes and dtypes


@pytest.mark.parametrize("shape", [(3,), (5, 3), (2, 4, 3), (2, 1, 3, 1), (0, 3)])
def test_the_last_axis_is_the_class_and_the_others_are_the_batch(shape):
    z = np.random.default_rng(0).normal(size=shape)
    assert logsumexp(z).shape == shape[:-1]
    for function in (softmax, log_softmax):
        assert function(z).shape == shape
    assert softmax_jacobian(z).shape == (*shape, shape[-1])
    for function in (softmax_vjp, log_softmax_vjp):
        assert function(z, z).shape == shape


@pytest.mark.parametrize("dtype", FLOAT_TYPES)
def test_a_floating_dtype_is_kept(dtype):
    z = Z.astype(dtype)
    results = [logsumexp(z), softmax(z), log_softmax(z), softmax_jacobian(z)]
    results += [softmax_vjp(z, P), log_softmax_vjp(z, P)]
    assert {result.dtype for result in results} == {np.dtype(dtype)}


def test_whole_numbers_become_float64():
    assert softmax([0, 1, 2]).dtype == np.float64


def test_a_batch_is_computed_row_by_row():
    z = np.random.default_rng(1).normal(size=(4, 3))
    u = np.random.default_rng(2).normal(size=(4, 3))
    for function in (logsumexp, softmax, log_softmax, softmax_jacobian):
        np.testing.assert_array_equal(function(z), [function(row) for row in z])
    for pullback in (softmax_vjp, log_softmax_vjp):
        rows = [pullback(row, u_row) for row, u_row in zip(z, u, strict=True)]
        np.testing.assert_allclose(pullback(z, u), rows, rtol=1e-15)


# Theorems


@given(logits())
def test_softmax_is_a_distribution(z):
    p = softmax(z)
    assert (p >= 0).all()
    np.testing.assert_allclose(p.sum(axis=-1), 1, rtol=1e-12)


@given(logits(bound=50))
def test_a_shift_of_all_logits_leaves_softmax_and_moves_logsumexp(z):
    np.testing.assert_allclose(softmax(z + 3), softmax(z), rtol=1e-12, atol=1e-15)
    np.testing.assert_allclose(
        logsumexp(z + 3), logsumexp(z) + 3, rtol=1e-12, atol=1e-13
    )


@given(logits())
def test_logsumexp_lies_between_the_maximum_and_the_maximum_plus_log_k(z):
    excess = logsumexp(z) - z.max(axis=-1)
    slack = 1e-15 * (1 + np.abs(z).max())
    assert (excess >= -slack).all()
    assert (excess <= np.log(z.shape[-1]) + slack).all()


@given(logits(bound=20))
def test_rows_of_the_jacobian_sum_to_zero_and_it_is_symmetric(z):
    jacobian = softmax_jacobian(z)
    np.testing.assert_allclose(jacobian.sum(axis=-1), 0, atol=1e-15)
    np.testing.assert_allclose(jacobian, np.swapaxes(jacobian, -1, -2), atol=1e-16)


@given(logits(bound=20))
def test_the_pullback_is_the_transposed_jacobian_times_u(z):
    u = np.cos(np.arange(z.size)).reshape(z.shape)
    expected = np.einsum("...kj,...k->...j", softmax_jacobian(z), u)
    np.testing.assert_allclose(softmax_vjp(z, u), expected, atol=1e-14)


@given(logits())
def test_log_softmax_twice_is_log_softmax_once(z):
    once = log_softmax(z)
    np.testing.assert_allclose(log_softmax(once), once, rtol=1e-12, atol=1e-12)


# An independent oracle


@given(logits())
def test_agrees_with_scipy(z):
    np.testing.assert_allclose(
        logsumexp(z), special.logsumexp(z, axis=-1), rtol=1e-13, atol=1e-13
    )
    np.testing.assert_allclose(softmax(z), special.softmax(z, axis=-1), rtol=1e-12)
    np.testing.assert_allclose(
        log_softmax(z), special.log_softmax(z, axis=-1), rtol=1e-13, atol=1e-13
    )


# Derivatives, by a complex step through the plain formulas


def plain_softmax(z: NDArray[np.complex128]) -> NDArray[np.complex128]:
    return np.exp(z) / np.exp(z).sum()


@given(logits(bound=20, batch=False))
def test_derivatives_agree_with_a_complex_step(z):
    u = np.cos(np.arange(z.size))
    np.testing.assert_allclose(
        softmax(z), complex_step(lambda v: np.log(np.exp(v).sum()), z), atol=1e-13
    )
    np.testing.assert_allclose(
        softmax_jacobian(z), complex_step(plain_softmax, z), atol=1e-13
    )
    np.testing.assert_allclose(
        softmax_vjp(z, u), complex_step(lambda v: u @ plain_softmax(v), z), atol=1e-13
    )
    np.testing.assert_allclose(
        log_softmax_vjp(z, u),
        complex_step(lambda v: u @ np.log(plain_softmax(v)), z),
        atol=1e-12,
    )


# Extremes


@pytest.mark.parametrize("dtype", FLOAT_TYPES)
def test_logits_of_800_either_way_stay_finite(dtype):
    z = np.array([[800, 0, -800], [800, 800, 800], [-800, -800, -800]], dtype)
    for result in (logsumexp(z), softmax(z), log_softmax(z), softmax_jacobian(z)):
        assert np.isfinite(result).all()
    np.testing.assert_array_equal(log_softmax(z)[0], [0, -800, -1600])


def test_a_masked_class_has_probability_zero_and_does_not_disturb_the_others():
    z = np.array([np.log(0.4), -np.inf, np.log(0.6)])
    np.testing.assert_allclose(softmax(z), [0.4, 0, 0.6], rtol=1e-15)
    assert logsumexp(z) == pytest.approx(0, abs=1e-15)
    np.testing.assert_allclose(log_softmax(z), [np.log(0.4), -np.inf, np.log(0.6)])
    assert np.isfinite(softmax_jacobian(z)).all()
    assert softmax_vjp(z, [1, 2, 3])[1] == 0


def test_shifting_first_keeps_the_digits_that_subtracting_logsumexp_loses():
    z = np.array([1e8, 1e8 + 1], np.float64)
    exact = special.log_softmax(np.array([0.0, 1.0]))
    np.testing.assert_allclose(log_softmax(z), exact, rtol=1e-14)
    assert abs((z - logsumexp(z))[0] - exact[0]) > 1e-11


def test_many_classes_keep_their_digits_in_any_memory_layout():
    z = np.zeros((2, 1_000_000), np.float32, order="F")
    np.testing.assert_allclose(logsumexp(z), np.log(1e6), rtol=1e-6)
    np.testing.assert_allclose(softmax(z).sum(axis=-1), 1, rtol=1e-5)


def test_half_precision_is_computed_in_single():
    z = np.zeros(100_000, np.float16)
    assert logsumexp(z).dtype == np.float32
    np.testing.assert_allclose(logsumexp(z), np.log(1e5), rtol=1e-6)


# Bad input


@pytest.mark.parametrize(
    ("bad", "message"),
    [
        ([0, np.nan, 1], "logits must be finite or -inf, got nan at index 1"),
        ([[0, 1], [np.inf, 0]], r"got inf at index \(1, 0\)"),
        ([-np.inf, -np.inf], "finite for at least one class, got -inf"),
        (3.0, r"at least one class, got \(\)"),
        (np.zeros((2, 0)), r"at least one class, got \(2, 0\)"),
        ([1j, 0], "logits must be real numbers, got complex128"),
        (["a", "b"], "logits must be real numbers"),
        ([[0, 1], [0]], r"must be a rectangular array, got \[\[0, 1\], \[0\]\]"),
        ([1e308, -1e308], r"at most 8.99e\+307 in size, got 1e\+308 at index 0"),
        (
            np.ma.array([1.0, 2], mask=[False, True]),
            "logits must have no masked entries",
        ),
    ],
)
def test_bad_logits_are_refused_and_named(bad, message):
    for function in (logsumexp, softmax, log_softmax, softmax_jacobian):
        with pytest.raises(ValueError, match=message):
            function(bad)
    for pullback in (softmax_vjp, log_softmax_vjp):
        with pytest.raises(ValueError, match=message):
            pullback(bad, [0, 0])


@pytest.mark.parametrize("pullback", [softmax_vjp, log_softmax_vjp])
def test_a_bad_cotangent_is_refused_and_named(pullback):
    with pytest.raises(ValueError, match=r"u must have shape \(3,\), got \(2,\)"):
        pullback(Z, [0, 1])
    with pytest.raises(ValueError, match="u must be finite, got nan at index 2"):
        pullback(Z, [0, 1, np.nan])
    with pytest.raises(ValueError, match="u must be finite, got inf at index 0"):
        pullback(Z.astype(np.float32), [1e300, 0, 0])
