"""Entropy, cross-entropy, divergence: known values, theorems, an oracle, extremes."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray
from scipy import special, stats

from snippets._checks import Floats
from snippets.gradient import cross_entropy
from snippets.information import (
    bits,
    cross_entropy_between,
    entropy,
    kl_divergence,
    perplexity,
)
from snippets.softmax import softmax
from tests.derivatives import complex_step
from tests.draws import FLOAT_TYPES, logits, logits_and_probabilities

P = np.array([0.2, 0.3, 0.5])
Q = np.array([0.1, 0.2, 0.7])
BETWEEN = [cross_entropy_between, kl_divergence]
UNITS = [bits, perplexity]

amounts = st.floats(0, 700)


@st.composite
def two_distributions(
    draw: st.DrawFn,
) -> tuple[Floats, Floats]:
    """Draw a distribution with zeros among its entries, and one without."""
    z, q = draw(logits_and_probabilities(bound=20))
    return q, softmax(z)


# Known values


def test_entropies_of_the_running_example():
    expected = -(0.2 * np.log(0.2) + 0.3 * np.log(0.3) + 0.5 * np.log(0.5))
    assert entropy(P) == pytest.approx(expected, rel=1e-15)


def test_cross_entropy_of_the_running_example():
    expected = -(0.1 * np.log(0.2) + 0.2 * np.log(0.3) + 0.7 * np.log(0.5))
    assert cross_entropy_between(Q, P) == pytest.approx(expected, rel=1e-15)


def test_divergence_of_the_running_example_in_both_directions():
    there = 0.1 * np.log(1 / 2) + 0.2 * np.log(2 / 3) + 0.7 * np.log(7 / 5)
    back = 0.2 * np.log(2) + 0.3 * np.log(3 / 2) + 0.5 * np.log(5 / 7)
    assert kl_divergence(Q, P) == pytest.approx(there, rel=1e-14)
    assert kl_divergence(P, Q) == pytest.approx(back, rel=1e-14)


@pytest.mark.parametrize("k", [1, 2, 10, 50257])
def test_a_fair_die_has_the_logarithm_of_its_faces(k):
    die = np.full(k, 1 / k)
    assert entropy(die) == pytest.approx(np.log(k), rel=1e-13)
    assert perplexity(entropy(die)) == pytest.approx(k, rel=1e-12)


def test_a_certain_class_has_no_entropy_and_not_minus_none():
    for value in (entropy([0, 0, 1]), cross_entropy_between([0, 1], [0, 1])):
        assert str(float(value)) == "0.0"


def test_a_fair_coin_is_one_bit_and_has_two_sides():
    assert bits(np.log(2)) == 1
    assert perplexity(np.log(2)) == pytest.approx(2, rel=1e-15)


# Shapes and dtypes


@pytest.mark.parametrize("shape", [(3,), (5, 3), (2, 4, 3), (0, 3)])
def test_the_last_axis_is_the_class_and_the_others_are_the_batch(shape):
    q = softmax(np.random.default_rng(0).normal(size=shape))
    assert entropy(q).shape == shape[:-1]
    for between in BETWEEN:
        assert between(q, q).shape == between(q, P).shape == shape[:-1]
    for unit in UNITS:
        assert unit(q).shape == shape


@pytest.mark.parametrize("between", BETWEEN)
def test_a_batch_is_computed_row_by_row_and_batches_broadcast(between):
    q = softmax(np.random.default_rng(1).normal(size=(4, 1, 3)))
    p = softmax(np.random.default_rng(2).normal(size=(5, 3)))
    rows = [[between(q_row[0], p_row) for p_row in p] for q_row in q]
    np.testing.assert_array_equal(between(q, p), rows)


@pytest.mark.parametrize("dtype", FLOAT_TYPES)
def test_a_floating_dtype_is_kept(dtype):
    q, p = Q.astype(dtype), P.astype(dtype)
    results = [entropy(q), bits(q), perplexity(q)]
    results += [between(q, p) for between in BETWEEN]
    assert {result.dtype for result in results} == {np.dtype(dtype)}


# Theorems


@given(two_distributions())
def test_cross_entropy_is_entropy_plus_divergence(case):
    q, p = case
    total = entropy(q) + kl_divergence(q, p)
    np.testing.assert_allclose(cross_entropy_between(q, p), total, rtol=1e-12)


@given(two_distributions())
def test_gibbs_with_the_quadratic_bounds_on_both_sides(case):
    q, p = case
    divergence = kl_divergence(q, p)
    pinsker = np.abs(q - p).sum(axis=-1) ** 2 / 2
    chi_square = ((q - p) ** 2 / p).sum(axis=-1)
    assert (divergence >= pinsker * (1 - 1e-12) - 1e-14).all()
    assert (divergence <= chi_square * (1 + 1e-12) + 1e-14).all()


@given(two_distributions())
def test_a_distribution_does_not_diverge_from_itself(case):
    for q in case:
        assert (kl_divergence(q, q) == 0).all()


def test_rounding_makes_no_divergence_negative():
    rng = np.random.default_rng(0)
    q = rng.dirichlet(np.ones(5), size=1000)
    p = q * (1 + 1e-16 * rng.normal(size=q.shape))
    assert ((q * (np.log(q) - np.log(p))).sum(axis=-1) < 0).any()
    assert (kl_divergence(q, p) >= 0).all()


@given(two_distributions())
def test_entropy_lies_between_nothing_and_the_logarithm_of_k(case):
    for q in case:
        assert (entropy(q) >= 0).all()
        assert (entropy(q) <= np.log(q.shape[-1]) + 1e-14).all()


@given(two_distributions())
def test_surprises_of_independent_draws_add_up(case):
    q, p = case
    pair = (q[..., :, None] * p[..., None, :]).reshape(*q.shape[:-1], -1)
    np.testing.assert_allclose(
        entropy(pair), entropy(q) + entropy(p), rtol=1e-12, atol=1e-14
    )


@given(two_distributions())
def test_cross_entropy_is_the_tangent_of_the_entropy(case):
    q, p = case
    slope = -np.log(p) - 1
    tangent = entropy(p) + ((q - p) * slope).sum(axis=-1)
    np.testing.assert_allclose(cross_entropy_between(q, p), tangent, atol=1e-12)


@given(logits_and_probabilities(bound=20))
def test_from_logits_it_is_the_loss_of_the_classifier(case):
    z, q = case
    np.testing.assert_allclose(
        cross_entropy_between(q, softmax(z)), cross_entropy(z, q), atol=1e-12
    )


@given(amounts)
def test_two_to_the_bits_is_e_to_the_nats(nats):
    assert 2 ** bits(nats) == pytest.approx(perplexity(nats), rel=1e-12)


@given(st.lists(amounts, min_size=1, max_size=5))
def test_the_mean_of_perplexities_is_at_least_the_perplexity_of_the_mean(nats):
    mean = perplexity(np.mean(nats))
    assert perplexity(nats).mean() >= mean * (1 - 1e-12)


def test_no_prefix_code_is_shorter_than_the_entropy():
    words = np.array([1, 2, 3, 3])
    assert (2.0**-words).sum() == 1
    dyadic = 2.0**-words
    assert bits(entropy(dyadic)) == pytest.approx(dyadic @ words, rel=1e-15)
    for q in np.random.default_rng(3).dirichlet(np.ones(4), size=100):
        assert bits(cross_entropy_between(q, dyadic)) == pytest.approx(q @ words)
        assert q @ words > bits(entropy(q))


# An independent oracle


@given(two_distributions())
def test_agrees_with_scipy(case):
    q, p = case
    np.testing.assert_allclose(entropy(q), stats.entropy(q, axis=-1), atol=1e-13)
    np.testing.assert_allclose(
        kl_divergence(q, p), special.rel_entr(q, p).sum(axis=-1), atol=1e-13
    )
    np.testing.assert_allclose(
        cross_entropy_between(q, p), -special.xlogy(q, p).sum(axis=-1), atol=1e-13
    )


# Derivatives, by a complex step through the plain formulas


@given(logits(bound=20, batch=False))
def test_cross_entropy_and_divergence_have_one_gradient_in_the_logits(z):
    q = np.arange(1, z.size + 1) / np.arange(1, z.size + 1).sum()

    def log_p(v: NDArray[np.complex128]) -> NDArray[np.complex128]:
        return v - np.log(np.exp(v).sum())

    expected = softmax(z) - q
    loss = complex_step(lambda v: -(q * log_p(v)).sum(), z)
    divergence = complex_step(lambda v: (q * (np.log(q) - log_p(v))).sum(), z)
    np.testing.assert_allclose(loss, expected, atol=1e-13)
    np.testing.assert_allclose(divergence, expected, atol=1e-13)


# Extremes


def test_what_is_ruled_out_and_happens_costs_infinitely_much():
    for between in BETWEEN:
        assert between([0.5, 0.5], [1, 0]) == np.inf
    assert kl_divergence([1, 0], [0.5, 0.5]) == pytest.approx(np.log(2), rel=1e-15)
    assert perplexity(np.inf) == bits(np.inf) == np.inf


def test_the_smallest_probabilities_leave_the_results_finite():
    tiny = 5e-324
    assert kl_divergence([1, 0], [tiny, 1]) == pytest.approx(-np.log(tiny), rel=1e-15)
    assert kl_divergence([tiny, 1], [1, tiny]) == pytest.approx(-np.log(tiny))
    assert entropy([tiny, 1]) == pytest.approx(0, abs=1e-300)


@pytest.mark.parametrize("dtype", FLOAT_TYPES)
def test_logits_of_800_either_way(dtype):
    p = softmax(np.array([800, 0, -800], dtype))
    assert entropy(p) == 0
    assert cross_entropy_between(p, p) == kl_divergence(p, p) == 0
    assert cross_entropy_between(np.array([0, 0, 1], dtype), p) == np.inf


def test_many_classes_keep_their_digits_in_single_precision():
    die = np.full(100_000, 1e-5, np.float32)
    assert entropy(die) == pytest.approx(np.log(1e5), rel=1e-6)


def test_a_power_that_is_too_large_is_infinite_without_a_warning():
    assert perplexity(800.0) == np.inf
    assert perplexity(np.float32(100)) == np.inf


# Bad input


@pytest.mark.parametrize(
    ("bad", "message"),
    [
        ([0.5, 0.6], r"the sum of NAME must be 1, got 1\.1"),
        ([[1, 0], [1.5, -0.5]], r"NAME must be between 0 and 1, got 1\.5 at index"),
        ([np.nan, 1], "NAME must be between 0 and 1, got nan at index 0"),
        ([], r"NAME need a last axis of at least one class, got \(0,\)"),
        (1.0, r"NAME need a last axis of at least one class, got \(\)"),
        (["a", "b"], "NAME must be real numbers"),
    ],
)
def test_what_is_no_distribution_is_refused_and_named(bad, message):
    good = [0.5, 0.5]
    with pytest.raises(ValueError, match=message.replace("NAME", "q")):
        entropy(bad)
    for between in BETWEEN:
        with pytest.raises(ValueError, match=message.replace("NAME", "q")):
            between(bad, good)
        with pytest.raises(ValueError, match=message.replace("NAME", "p")):
            between(good, bad)


@pytest.mark.parametrize("off", [2.0**-26, -(2.0**-26)])
def test_half_of_the_digits_of_a_normalisation_are_enough_and_no_fewer(off):
    certain = np.array([1 + off, 0.0])
    assert entropy(certain) == pytest.approx(0, abs=2.0**-25)
    with pytest.raises(ValueError, match="must be"):
        entropy([certain[0] + off * 2.0**-26, 0.0])


def test_nats_that_are_no_real_numbers_are_refused_and_named():
    for function in (perplexity, bits):
        with pytest.raises(ValueError, match="nats must be real numbers, got <U1"):
            function("a")


@pytest.mark.parametrize("between", BETWEEN)
def test_distributions_that_do_not_fit_are_refused(between):
    with pytest.raises(ValueError, match="same number of classes, got 2 and 3"):
        between([0.5, 0.5], P)
    with pytest.raises(ValueError, match="same number of classes, got 1 and 3"):
        between([1.0], P)
    with pytest.raises(ValueError, match="same number of classes, got 2 and 3"):
        between([[0.5, 0.5]] * 3, [P] * 2)
    with pytest.raises(ValueError, match=r"do not fit together: q \(2, 3\) and p \(4"):
        between(np.tile(Q, (2, 1)), np.tile(P, (4, 1)))


def test_a_log_likelihood_is_no_loss_and_nan_no_amount():
    with pytest.raises(ValueError, match=r"nats must be at least 0, got -0\.5"):
        perplexity(-0.5)
    with pytest.raises(ValueError, match="nats must be at least 0, got nan at index 1"):
        perplexity([1, np.nan])
    with pytest.raises(ValueError, match="nats must be a number, got nan"):
        bits(np.nan)
    with pytest.raises(ValueError, match="nats must be real numbers, got complex128"):
        bits(1j)
