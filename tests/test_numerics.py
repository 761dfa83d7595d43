"""Tiny losses, bfloat16, derivative checks: values, theorems, oracles, bad input."""

from fractions import Fraction
from math import exp

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import optimize, special

from snippets.gradient import cross_entropy, cross_entropy_gradient
from snippets.numerics import (
    central_difference,
    complex_step,
    confident_cross_entropy,
    dual_derivative,
    relative_error,
    stochastic_bfloat16,
    to_bfloat16,
    to_float8,
)
from snippets.softmax import log_softmax, softmax
from tests import derivatives
from tests.draws import FLOAT_TYPES, logits, logits_and_labels
from tests.frameworks import needed

P = np.array([0.2, 0.3, 0.5])
Z = np.log(P)
GRADIENT = P - [0, 0, 1]


def loss(z):
    """Compute the loss of the running example for real, complex and dual numbers."""
    largest = z.max()
    return largest + np.log(np.exp(z - largest).sum()) - z[2]


# Tiny losses


def test_loss_of_the_running_example():
    assert confident_cross_entropy(Z, 2) == pytest.approx(np.log(2), rel=1e-15)


@pytest.mark.parametrize("gap", [1, 20, 37, 40, 700])
def test_a_tiny_loss_has_all_its_digits(gap):
    expected = special.log1p(special.exp10(-gap / np.log(10)))
    computed = confident_cross_entropy([gap, 0], 0)
    assert computed == pytest.approx(expected, rel=1e-12)
    assert computed > 0


def test_many_small_terms_add_up():
    z = np.zeros(1001)
    z[0] = 50
    expected = np.log1p(1000 * np.exp(-50))
    np.testing.assert_allclose(confident_cross_entropy(z, 0), expected, rtol=1e-14)


@given(logits_and_labels())
def test_it_is_the_cross_entropy(drawn):
    z, label = drawn
    computed = confident_cross_entropy(z, label)
    np.testing.assert_allclose(
        computed, cross_entropy(z, label), rtol=1e-13, atol=1e-13
    )
    assert (computed >= 0).all()


@given(logits_and_labels(bound=200))
def test_it_is_the_softplus_of_the_log_odds_of_the_other_classes(drawn):
    z, label = drawn
    mask = np.arange(z.shape[-1]) == label[..., None]
    others = special.logsumexp(np.where(mask, -np.inf, z), axis=-1)
    own = np.where(mask, z, 0).sum(axis=-1)
    np.testing.assert_allclose(
        confident_cross_entropy(z, label), np.logaddexp(0, others - own), rtol=1e-12
    )


@pytest.mark.parametrize("dtype", FLOAT_TYPES)
def test_losses_of_extreme_logits_are_finite_and_keep_their_dtype(dtype):
    z = np.array([[800, 0, -800], [-800, 800, 800]], dtype)
    computed = confident_cross_entropy(z, [2, 0])
    np.testing.assert_allclose(computed, [1600, 1600 + np.log(2)], rtol=1e-7)
    assert computed.dtype == dtype


def test_one_class_costs_nothing_and_masked_classes_do_not_count():
    assert confident_cross_entropy([3.0], 0) == 0
    assert confident_cross_entropy([3.0, -np.inf], 0) == 0
    assert confident_cross_entropy([0, -np.inf, 0], 0) == pytest.approx(np.log(2))


def test_a_bad_label_is_refused_and_named():
    with pytest.raises(ValueError, match=r"labels must be in 0\.\.2, got -1"):
        confident_cross_entropy(Z, -1)
    with pytest.raises(ValueError, match=r"labels must be whole numbers, got float64"):
        confident_cross_entropy(Z, P)
    with pytest.raises(ValueError, match="classes whose logit is not -inf, got 1"):
        confident_cross_entropy([0, -np.inf], 1)
    with pytest.raises(ValueError, match="logits must be finite or -inf, got nan"):
        confident_cross_entropy([0, np.nan], 0)


# bfloat16


def cut(x):
    """Round float32 numbers to bfloat16 by their bits, as processors do."""
    bits = np.asarray(x, np.float32).view(np.uint32)
    bits = bits + np.uint32(0x7FFF) + ((bits >> 16) & 1)
    return (bits & np.uint32(0xFFFF0000)).view(np.float32)


@given(st.lists(st.floats(width=32, allow_nan=False), min_size=1))
def test_bfloat16_agrees_with_rounding_the_bits(values):
    x = np.array(values, np.float32)
    np.testing.assert_array_equal(to_bfloat16(x), cut(x))


@pytest.mark.parametrize("dtype", FLOAT_TYPES)
def test_bfloat16_keeps_shape_and_dtype_and_is_idempotent(dtype):
    x = np.random.default_rng(0).normal(size=(3, 4)).astype(dtype)
    once = to_bfloat16(x)
    assert once.shape == x.shape
    assert once.dtype == dtype
    np.testing.assert_array_equal(to_bfloat16(once), once)


def test_bfloat16_ties_go_to_even_and_the_sign_does_not_matter():
    x = np.array([256 + 1, 256 + 3, 1 + 2**-8, 1 + 3 * 2**-8])
    np.testing.assert_array_equal(to_bfloat16(x), [256, 260, 1, 1 + 2**-6])
    np.testing.assert_array_equal(to_bfloat16(-x), -to_bfloat16(x))


def test_a_double_is_rounded_once():
    just_above_the_tie = 1 + 2.0**-8 + 2.0**-40  # float32 would make it the tie itself
    assert to_bfloat16(just_above_the_tie) == 1 + 2.0**-7


@given(st.floats(-1e30, 1e30).filter(lambda x: abs(x) > 1e-30))
def test_bfloat16_is_off_by_half_a_step_at_most(x):
    error = abs(Fraction(x) - Fraction(float(to_bfloat16(x))))
    assert error <= abs(Fraction(x)) / 2**8


def test_the_ends_of_bfloat16():
    largest = (2 - 2.0**-7) * 2.0**127
    smallest = 2.0**-133
    assert to_bfloat16(largest) == largest
    assert to_bfloat16(smallest) == smallest
    assert to_bfloat16(smallest / 2) == 0
    assert to_bfloat16(2.0**128 - 2.0**119) == np.inf
    special_values = [0, np.inf, -np.inf, np.nan]
    np.testing.assert_array_equal(to_bfloat16(special_values), special_values)
    with pytest.raises(ValueError, match="x must be real numbers, got complex128"):
        to_bfloat16(1j)


@given(st.floats(-1e5, 1e5).filter(lambda x: x == 0 or abs(x) > 1e-30))
def test_stochastic_rounding_is_right_on_average_and_between_its_neighbours(x):
    high, low = stochastic_bfloat16(x, [0, 1 - 2.0**-53])
    assert low <= x <= high
    draws = (np.arange(1001) + 0.5) / 1001
    found = stochastic_bfloat16(x, draws)
    assert set(found) <= {low, high}
    assert found.mean() == pytest.approx(x, abs=(high - low) / len(draws))


@given(st.floats(width=32, allow_nan=False, allow_infinity=False))
def test_a_bfloat16_stays_what_it_is_whatever_is_drawn(x):
    once = to_bfloat16(np.float64(x))
    if np.isfinite(once):
        assert stochastic_bfloat16(once, 0.0) == once
        assert stochastic_bfloat16(once, 1 - 2.0**-53) == once


@pytest.mark.parametrize(("total", "step"), [(128, 1), (256, 2), (512, 4), (1024, 8)])
def test_a_one_lifts_a_sum_as_often_as_it_is_a_part_of_the_step(total, step):
    draws = (np.arange(64) + 0.5) / 64
    lifted = stochastic_bfloat16(total + 1.0, draws) > total
    assert lifted.mean() == 1 / step


def test_stochastic_rounding_refuses_what_it_cannot_use():
    with pytest.raises(ValueError, match=r"uniform must be in \[0, 1\), got 1.0"):
        stochastic_bfloat16(0.5, [0.5, 1.0])
    with pytest.raises(ValueError, match=r"uniform must be in \[0, 1\), got -0.1"):
        stochastic_bfloat16(0.5, -0.1)
    with pytest.raises(ValueError, match="x must be finite, got inf"):
        stochastic_bfloat16(np.inf, 0.5)
    with pytest.raises(ValueError, match=r"x \(2,\) and uniform \(3,\)"):
        stochastic_bfloat16([1.0, 2.0], [0.1, 0.2, 0.3])
    with pytest.raises(ValueError, match=r"^uniform must be finite, got nan"):
        stochastic_bfloat16(0.5, np.nan)


def test_rounding_to_either_side_keeps_to_the_borders_of_bfloat16():
    smallest = 2.0**-133
    assert stochastic_bfloat16(smallest / 2, [0.0, 0.9]).tolist() == [smallest, 0]
    largest = float(np.finfo(np.float32).max)  # which lies beyond the last bfloat16
    assert stochastic_bfloat16(largest, 0.0) == np.inf
    for dtype in (np.float32, np.float64):
        assert stochastic_bfloat16(dtype(0.3), 0.5).dtype == dtype


# Eight bits


def all_of(exponent_bits):
    """Return the numbers of a format, from 0 up: the place of each is its bits."""
    fraction_bits, bias = 7 - exponent_bits, 2 ** (exponent_bits - 1) - 1
    numbers = []
    for bits in range(2**7):
        exponent, fraction = divmod(bits, 2**fraction_bits)
        part = Fraction(fraction, 2**fraction_bits)
        scale = Fraction(2) ** (max(exponent, 1) - bias)
        numbers.append((part + (exponent > 0)) * scale)
    # The last pattern of E4M3 is no number; nor are those of the last exponent of E5M2
    return numbers[:-1] if exponent_bits == 4 else numbers[: -(2**fraction_bits)]


@pytest.mark.parametrize("exponent_bits", [4, 5])
@given(share=st.floats(0, 1), tiny=st.booleans(), sign=st.sampled_from([1, -1]))
def test_float8_is_the_nearest_of_all_numbers(exponent_bits, share, tiny, sign):
    numbers = all_of(exponent_bits)
    x = sign * share * float(numbers[12] if tiny else numbers[-1])
    gaps = [abs(abs(Fraction(x)) - number) for number in numbers]
    nearest = [bits for bits, gap in enumerate(gaps) if gap == min(gaps)]
    even = min(nearest, key=lambda bits: bits % 2)
    assert to_float8(x, exponent_bits) == sign * float(numbers[even])


@pytest.mark.parametrize("exponent_bits", [4, 5])
def test_float8_keeps_its_own_numbers_and_rounds_ties_to_even(exponent_bits):
    numbers = np.array([float(number) for number in all_of(exponent_bits)])
    np.testing.assert_array_equal(to_float8(numbers, exponent_bits), numbers)
    np.testing.assert_array_equal(to_float8(-numbers, exponent_bits), -numbers)
    halfway = (numbers[1:] + numbers[:-1]) / 2
    even = np.where(np.arange(len(halfway)) % 2, numbers[1:], numbers[:-1])
    np.testing.assert_array_equal(to_float8(halfway, exponent_bits), even)


def test_the_ends_of_float8():
    x = np.array([448, 464, 464.1, -500, np.inf, np.nan])
    np.testing.assert_array_equal(to_float8(x, 4), [448, 448] + 4 * [np.nan])
    x = np.array([57344, 61439, 61440, -1e9, np.inf, np.nan])
    ends = [57344, 57344, np.inf, -np.inf, np.inf, np.nan]
    np.testing.assert_array_equal(to_float8(x, 5), ends)
    with pytest.raises(ValueError, match="exponent_bits must be 4 or 5, got 3"):
        to_float8(x, 3)
    with pytest.raises(
        ValueError, match=r"^exponent_bits must be a positive whole number"
    ):
        to_float8(x, 4.5)
    with pytest.raises(ValueError, match=r"^x must be real numbers"):
        to_float8(1j, 4)


@pytest.mark.parametrize(
    ("exponent_bits", "named"), [(4, "float8_e4m3fn"), (5, "float8_e5m2")]
)
def test_float8_agrees_with_pytorch(exponent_bits, named):
    needed("torch")
    import torch

    rng = np.random.default_rng(0)
    size = 10.0 ** rng.uniform(-6, 2.6, 20_000)
    x = (rng.choice([-1, 1], 20_000) * size).astype(np.float32)
    theirs = torch.tensor(x).to(getattr(torch, named)).to(torch.float32).numpy()
    np.testing.assert_array_equal(to_float8(x, exponent_bits), theirs)


@pytest.mark.parametrize("dtype", FLOAT_TYPES)
def test_float8_keeps_shape_and_dtype(dtype):
    found = to_float8(np.ones((2, 1, 3), dtype), 4)
    assert found.shape == (2, 1, 3)
    assert found.dtype == dtype
    assert isinstance(to_float8(dtype(0.3), 5), dtype)


# Relative error


def test_relative_error_is_of_the_whole_and_symmetric():
    a, b = np.array([1.0, 0.0]), np.array([0.8, 0.1])
    assert relative_error(a, b) == pytest.approx(0.2)
    assert relative_error(b, a) == relative_error(a, b)
    assert relative_error(1e-9 * a, 1e-9 * b) == pytest.approx(0.2)


@given(st.lists(st.floats(-1e100, 1e100), min_size=1))
def test_relative_error_lies_between_0_and_2(values):
    a = np.array(values)
    assert relative_error(a, a) == 0
    assert relative_error(a, -a) == (2 if a.any() else 0)
    assert relative_error(a, np.zeros_like(a)) == (1 if a.any() else 0)


def test_relative_error_refuses_what_cannot_be_compared():
    with pytest.raises(ValueError, match=r"one shape, got \(2,\) and \(3,\)"):
        relative_error([1, 2], [1, 2, 3])
    with pytest.raises(ValueError, match=r"one shape, got \(0,\) and \(0,\)"):
        relative_error([], [])
    with pytest.raises(ValueError, match="b must be finite, got nan at index 1"):
        relative_error([1, 2], [1, np.nan])
    with pytest.raises(ValueError, match=r"^a must be finite, got inf at index 0"):
        relative_error([np.inf], [1])


# Derivatives


@given(logits(bound=20, batch=False))
def test_all_three_derivatives_of_the_loss_are_p_minus_y(z):
    z = np.append(z, [0.0, 0.5, 1.0])[:3]
    expected = cross_entropy_gradient(z, 2)
    np.testing.assert_allclose(complex_step(loss, z), expected, atol=1e-14)
    np.testing.assert_allclose(central_difference(loss, z, 1e-5), expected, atol=1e-8)
    duals = [dual_derivative(loss, z, e) for e in np.eye(3)]
    np.testing.assert_allclose(duals, expected, atol=1e-14)


def test_the_central_difference_is_exact_for_quadratics_and_off_by_h2_for_cubes():
    np.testing.assert_allclose(
        central_difference(lambda x: x**3, 2.0, 0.5), 3 * 2.0**2 + 0.5**2
    )
    np.testing.assert_allclose(central_difference(lambda x: x**2, 2.0, 0.5), 4)


@given(logits(bound=30, batch=False), st.floats(1e-3, 3))
def test_the_error_of_the_central_difference_is_below_its_bound(z, h):
    computed = central_difference(lambda v: -log_softmax(v)[0], z, h)
    exact = cross_entropy_gradient(z, 0)
    bound = h**2 / (36 * np.sqrt(3))
    assert (np.abs(computed - exact) <= bound + 1e-11).all()


def test_the_best_step_beats_a_larger_and_a_smaller_one():
    best, *others = (
        relative_error(central_difference(loss, Z, h), GRADIENT)
        for h in (1.5e-5, 1e-2, 1e-11)
    )
    assert best < 1e-10
    assert min(others) > 1e-7


def test_the_central_difference_agrees_with_scipy():
    expected = optimize.approx_fprime(Z, loss)
    np.testing.assert_allclose(
        central_difference(loss, Z, 1e-5), expected, rtol=1e-6, atol=1e-7
    )


def test_single_precision_stays_single():
    single = Z.astype(np.float32)
    assert central_difference(loss, single, np.float64(0.01)).dtype == np.float32


@pytest.mark.parametrize(
    "derivative",
    [lambda f, x: central_difference(f, x, 1e-5), complex_step],
)
def test_a_jacobian_has_the_derivative_on_its_last_axes(derivative):
    x = np.array([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]])
    jacobian = derivative(lambda x: x[0] * x[1], x)
    assert jacobian.shape == (3, 2, 3)
    expected = np.stack([np.diag(x[1]), np.diag(x[0])], axis=1)
    np.testing.assert_allclose(jacobian, expected, atol=1e-9)
    assert derivative(lambda x: x * x, 3.0).shape == ()


@given(logits(bound=20, batch=False))
def test_the_complex_step_agrees_with_the_oracle_of_the_tests(z):
    def function(v):
        return np.exp(v) / np.exp(v).sum()

    np.testing.assert_allclose(
        complex_step(function, z), derivatives.complex_step(function, z), atol=1e-14
    )


def test_the_complex_step_keeps_digits_at_the_scale_of_the_derivative():
    tiny = complex_step(lambda x: np.exp(x), -600.0)
    assert tiny == pytest.approx(np.exp(-600), rel=1e-14)


@given(st.floats(1, 2))
def test_the_complex_step_of_a_multiple_is_the_factor_to_the_last_digit(factor):
    assert complex_step(lambda x: factor * x, 1.0) == factor


def test_dual_numbers_know_every_rule():
    x, v = np.array([1.5, 0.5, 2.0]), np.array([1.0, -2.0, 0.5])

    def function(x):
        product = (2 - x) * x / (x + 1) - -x
        return np.exp(product / 3).sum() * np.log(x[0] * 4) - x.max() / x[1]

    expected = derivatives.complex_step(function, x) @ v
    assert dual_derivative(function, x, v) == pytest.approx(expected, rel=1e-14)


def test_dual_derivatives_keep_the_shape_of_the_result():
    slope = dual_derivative(lambda z: np.exp(z) / np.exp(z).sum(), Z, [1.0, 0, 0])
    np.testing.assert_allclose(slope, P * ([1, 0, 0] - P[0]), atol=1e-16)
    assert dual_derivative(lambda z: np.ones(2), Z, Z).tolist() == [0, 0]


def test_the_largest_entry_carries_its_own_slope():
    assert dual_derivative(lambda z: z.max(), [1.0, 3.0, 2.0], [5.0, 6.0, 7.0]) == 6


def test_of_equal_largest_entries_the_first_gives_the_slope():
    tied, v = [1.0, 1.0], [5.0, 7.0]
    assert dual_derivative(lambda z: z.max(), tied, v) == 5
    # Of two entries that is their sum, whose slope is 12: a tie is no place to check
    assert dual_derivative(lambda z: z.max() - (-z).max(), tied, v) == 10
    mean = dual_derivative(
        lambda z: np.log(np.exp(z - z.max()).sum()) + z.max(), tied, v
    )
    assert mean == pytest.approx(6)


# Bad input


def test_a_bad_step_is_refused_and_named():
    for h, wanted in ((0, "positive"), (-1e-5, "positive"), (np.nan, "finite")):
        with pytest.raises(ValueError, match=f"h must be {wanted}, got {float(h)}"):
            central_difference(loss, Z, h)
    with pytest.raises(ValueError, match="large enough to move x, got 1e-17"):
        central_difference(loss, Z, 1e-17)
    for x in (1.0, -1.0):  # which half an ulp moves towards 0 only
        with pytest.raises(ValueError, match="large enough to move x"):
            central_difference(np.square, x, 2.0**-53)


def test_a_bad_point_is_refused_and_named():
    with pytest.raises(ValueError, match=r"^x must be finite, got nan at index 1"):
        dual_derivative(loss, [0, np.nan, 1], Z)
    for derivative in (lambda x: central_difference(loss, x, 1e-5), complex_step_of):
        with pytest.raises(ValueError, match="x must be finite, got nan at index 1"):
            derivative([0, np.nan, 1])
        with pytest.raises(ValueError, match=r"at least one entry, got shape \(0,\)"):
            derivative([])


def complex_step_of(x):
    return complex_step(loss, x)


def test_a_function_that_drops_the_imaginary_part_is_refused():
    with pytest.raises(ValueError, match="result of f must be complex, got float64"):
        complex_step(lambda z: np.abs(z).sum(), Z)
    with pytest.raises(ValueError, match="logits must be real numbers, got complex128"):
        complex_step(softmax, Z)


def test_dual_numbers_refuse_what_they_have_no_rule_for():
    with pytest.raises(ValueError, match=r"f must be made of .* got sin"):
        dual_derivative(lambda x: np.sin(x), Z, Z)
    with pytest.raises(ValueError, match=r"f must be made of .* got add"):
        dual_derivative(lambda x: np.add.reduce(x), Z, Z)
    with pytest.raises(ValueError, match=r"v must have shape \(3,\), got \(2,\)"):
        dual_derivative(loss, Z, [1, 0])


@pytest.mark.parametrize(
    ("f", "named"),
    [
        (np.mean, "mean"),
        (lambda x: x.mean(), "mean"),
        (lambda x: np.sum(x, axis=0), "got sum along an axis$"),
        (lambda x: np.sum(x, 0), "got sum along an axis$"),
        (lambda x: x.max(axis=0), "got max along an axis$"),
        (lambda x: np.dot(x, x), "dot"),
        (lambda x: np.stack([x, x]), "stack"),
        (lambda x: x[0] > x[1], "greater"),
        (lambda x: 1.0 if x[0] else 2.0, "got a use as a plain number$"),
        (lambda x: exp(x[0]), "a use as a plain number"),
        (lambda x: np.array([x[0], x[1]]), "a use as a plain number"),
        (lambda x: [x[0], x[1]], "the result of f must be a rectangular array"),
        (lambda x: None, "the result of f must be real numbers"),
    ],
)
def test_no_slope_is_lost_without_a_word(f, named):
    with pytest.raises(ValueError, match=named):
        dual_derivative(f, Z, Z)


def test_the_sum_and_the_maximum_of_numpy_are_those_of_the_method():
    assert dual_derivative(np.sum, Z, [1.0, 2.0, 4.0]) == 7
    assert dual_derivative(np.max, Z, [1.0, 2.0, 4.0]) == 4
    assert dual_derivative(lambda x: sum(x) / len(x), Z, [1.0, 2.0, 6.0]) == 3
