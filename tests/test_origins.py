"""Four roads to softmax, and other maps: values, theorems, oracles, extremes."""

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from scipy import optimize, special, stats
from sklearn.discriminant_analysis import QuadraticDiscriminantAnalysis

from snippets.gradient import cross_entropy, cross_entropy_gradient
from snippets.information import entropy, kl_divergence
from snippets.origins import (
    entmax,
    entmax_loss,
    entmax_loss_gradient,
    free_energy,
    gaussian_logits,
    gumbel_argmax,
    maximum_entropy_parameter,
    sparsemax,
)
from snippets.softmax import logsumexp, softmax
from tests.draws import (
    FLOAT_TYPES,
    logits,
    logits_and_labels,
    logits_and_probabilities,
)

P = np.array([0.2, 0.3, 0.5])
Z = np.log(P)
FACES = np.arange(1, 7)
ORDERS = st.floats(1.01, 4)


# Known values


def test_a_fair_die_needs_no_multiplier():
    assert maximum_entropy_parameter(FACES, 3.5) == pytest.approx(0, abs=1e-15)


def test_two_values_have_the_log_odds_as_their_parameter():
    found = maximum_entropy_parameter([3, 5], 3.5)  # a quarter of the way
    assert found == pytest.approx(np.log(1 / 3) / 2, rel=1e-14)


@pytest.mark.parametrize("values", [[-1.0, 1.0], [0.5, 2.0]])
def test_the_parameter_does_not_depend_on_where_the_values_lie(values):
    share = values[0] + np.diff(values)[0] / 5
    found = maximum_entropy_parameter(values, share)
    assert found == pytest.approx(np.log(1 / 4) / np.diff(values)[0], rel=1e-13)


def test_the_parameter_of_the_running_example_is_recovered():
    assert maximum_entropy_parameter(Z, P @ Z) == pytest.approx(1, rel=1e-13)


def test_half_way_between_two_gaussians_the_priors_decide():
    z = gaussian_logits([[1.0, 1.0]], [[0.0, 1.0], [2.0, 1.0]], 0.7, [0.2, 0.8])
    assert z[0, 1] - z[0, 0] == pytest.approx(np.log(4), rel=1e-14)


def test_a_unit_further_along_adds_the_same_to_the_log_odds():
    z = gaussian_logits(np.arange(5.0)[:, None], [[0.0], [3.0]], 2.0, [0.5, 0.5])
    np.testing.assert_allclose(np.diff(z[:, 1] - z[:, 0]), 3 / 4, rtol=1e-13)


def test_the_free_energy_of_the_running_example():
    expected = -2 * np.log(np.sqrt(P).sum())
    assert free_energy(-Z, 2) == pytest.approx(expected, rel=1e-14)
    assert free_energy(-Z, 1) == pytest.approx(0, abs=1e-15)


def test_a_hundred_equal_energies_lower_the_free_energy_by_the_entropy():
    found = free_energy(np.full(100, 7.0), 3)
    assert found == pytest.approx(7 - 3 * np.log(100), rel=1e-14)


def test_equal_noise_lets_the_largest_logit_win():
    assert gumbel_argmax(Z, [0.3, 0.3, 0.3]).tolist() == [0, 0, 1]


def test_noise_is_minus_the_logarithm_of_minus_the_logarithm():
    u = np.exp(-np.exp(-np.array([1.0, 0.0])))  # noise of 1 and of 0
    assert gumbel_argmax([0, 0.99], u).tolist() == [1, 0]
    assert gumbel_argmax([0, 1.01], u).tolist() == [0, 1]


def test_sparsemax_of_the_running_example():
    half = (np.log(0.5) - np.log(0.3)) / 2
    expected = [0, 0.5 - half, 0.5 + half]
    np.testing.assert_allclose(sparsemax(Z), expected, rtol=1e-14)


@pytest.mark.parametrize(
    ("z", "expected"),
    [
        ([5.0], [1]),
        ([1.0, 0.0], [1, 0]),
        ([0.999, 0.0], [0.9995, 0.0005]),
        ([0.3, 0.3, 0.3], [1 / 3] * 3),
        ([2.0, 2.0, 1.4], [0.5, 0.5, 0]),
        ([0.1, 0.4, 0.2], [0.1 + 0.1, 0.4 + 0.1, 0.2 + 0.1]),
    ],
)
def test_sparsemax_of_a_few_logits(z, expected):
    np.testing.assert_allclose(sparsemax(z), expected, rtol=1e-12, atol=1e-15)


def test_the_order_two_is_sparsemax_and_the_order_one_softmax():
    np.testing.assert_allclose(entmax(Z, 2), sparsemax(Z), rtol=1e-14)
    np.testing.assert_array_equal(entmax(Z, 1), softmax(Z))


def test_the_loss_of_two_classes_is_half_a_parabola_between_two_lines():
    lead = np.array([-3.0, -1.0, 0.0, 0.5, 1.0, 4.0])
    z = np.stack([lead, 0 * lead], axis=-1)
    expected = [3, 1, 1 / 4, 1 / 16, 0, 0]
    loss = entmax_loss(z, np.zeros(6, int), 2)
    np.testing.assert_allclose(loss, expected, atol=1e-15)


@pytest.mark.parametrize("alpha", [1.25, 1.5, 2, 3])
def test_the_loss_vanishes_once_the_lead_is_the_margin(alpha):
    margin = 1 / (alpha - 1)
    ahead, behind = [margin * 1.0001, 0, 0], [margin * 0.99, 0, 0]
    assert entmax_loss(ahead, 0, alpha) == 0
    assert entmax(ahead, alpha).tolist() == [1, 0, 0]
    assert not entmax_loss_gradient(ahead, 0, alpha).any()
    assert entmax_loss(behind, 0, alpha) > 0
    assert entmax_loss([margin * 1.0001, 0, 0], 0, 1) > 1e-3


@given(st.floats(1.05, 50), st.floats(1.001, 100))
def test_beyond_the_margin_a_class_has_exactly_nothing(alpha, factor):
    assert entmax([0, factor / (alpha - 1)], alpha).tolist() == [0, 1]


# Shapes and dtypes


@pytest.mark.parametrize("batch", [(), (5,), (2, 4), (0,)])
def test_the_last_axis_is_the_class_and_the_others_are_the_batch(batch):
    rng = np.random.default_rng(0)
    z, u = rng.normal(size=(*batch, 3)), rng.random((*batch, 3))
    labels = np.ones(batch, int)
    assert free_energy(z, 2).shape == batch
    for vector in (gumbel_argmax(z, u), sparsemax(z), entmax(z, 1.5)):
        assert vector.shape == z.shape
    assert entmax_loss(z, labels, 1.5).shape == batch
    assert entmax_loss_gradient(z, labels, 1.5).shape == z.shape


def test_rows_of_a_batch_do_not_touch_each_other():
    z = np.array([[5.0, 4.5, -9], [-700, 0.1, 0], [0.2, 0.2, 0.1]])
    for alpha in (1.2, 2, 3.5):
        expected = [entmax(row, alpha) for row in z]
        np.testing.assert_allclose(entmax(z, alpha), expected, rtol=1e-13)
    np.testing.assert_array_equal(sparsemax(z), [sparsemax(row) for row in z])
    expected = [free_energy(row, 0.3) for row in z]
    np.testing.assert_array_equal(free_energy(z, 0.3), expected)


def test_many_draws_are_made_for_one_vector_of_logits():
    assert gumbel_argmax(Z, np.full((4, 2, 3), 0.5)).shape == (4, 2, 3)


def test_inputs_and_classes_make_a_matrix():
    assert gaussian_logits(np.ones((4, 2)), np.ones((3, 2)), 1, P).shape == (4, 3)
    assert gaussian_logits(np.ones((0, 2)), np.ones((3, 2)), 1, P).shape == (0, 3)


@pytest.mark.parametrize("dtype", FLOAT_TYPES)
def test_a_floating_dtype_is_kept(dtype):
    z = Z.astype(dtype)
    results = [sparsemax(z), entmax(z, 1.5), entmax(z, 1), free_energy(z, 2)]
    results += [entmax_loss(z, 2, 1.5), entmax_loss_gradient(z, 2, 1.5)]
    results += [gumbel_argmax(z, np.full(3, 0.5, dtype))]
    assert {result.dtype for result in results} == {np.dtype(dtype)}


# Theorems


@given(st.lists(st.integers(-50, 50), min_size=2, max_size=6), st.floats(0.01, 0.99))
def test_the_parameter_gives_the_mean(values, share):
    T = np.array(values, float)
    assume(T.min() < T.max())
    mean = T.min() + share * (T.max() - T.min())
    p = softmax(maximum_entropy_parameter(T, mean) * T)
    assert p @ T == pytest.approx(mean, rel=1e-12, abs=1e-12)


@given(st.floats(-3, 3), st.integers(0, 2**32 - 1))
def test_no_distribution_with_this_mean_has_more_entropy(eta, seed):
    p = softmax(eta * FACES)
    rng = np.random.default_rng(seed)
    step = rng.normal(size=6)
    A = np.stack([np.ones(6), FACES])
    step = step - A.T @ np.linalg.solve(A @ A.T, A @ step)  # changes neither
    step = step * 0.9 * (p / np.abs(step)).min()
    most = softmax(maximum_entropy_parameter(FACES, p @ FACES) * FACES)
    np.testing.assert_allclose(most, p, rtol=1e-9)
    assert entropy(p + step) < entropy(p)


@given(st.floats(0.1, 100), st.floats(-50, 50), st.floats(1.2, 5.8))
def test_a_change_of_units_changes_the_parameter_accordingly(scale, shift, mean):
    eta = maximum_entropy_parameter(FACES, mean)
    other = maximum_entropy_parameter(scale * FACES + shift, scale * mean + shift)
    assert other == pytest.approx(eta / scale, rel=1e-9, abs=1e-11 / scale)


@given(logits(bound=20), st.floats(0.5, 50))
def test_the_boltzmann_distribution_has_the_least_free_energy(E, temperature):
    g = softmax(-E / temperature)
    least = free_energy(E, temperature)
    reached = (g * E).sum(axis=-1) - temperature * entropy(g)
    np.testing.assert_allclose(reached, least, rtol=1e-10, atol=1e-10)
    q = softmax(np.cos(E))
    excess = (q * E).sum(axis=-1) - temperature * entropy(q) - least
    expected = temperature * kl_divergence(q, g)
    np.testing.assert_allclose(excess, expected, rtol=1e-8, atol=1e-9)


@given(logits(bound=100), st.floats(0.01, 100))
def test_the_free_energy_is_below_the_least_energy(E, temperature):
    least, found = E.min(axis=-1), free_energy(E, temperature)
    slack = 1e-12 * (1 + np.abs(least) + temperature)
    assert (found <= least + slack).all()
    assert (found >= least - temperature * np.log(E.shape[-1]) - slack).all()


@given(logits_and_labels(bound=30), st.integers(0, 2**32 - 1))
def test_one_class_wins_and_a_shift_changes_nothing(drawn, seed):
    z, _ = drawn
    u = np.random.default_rng(seed).random(z.shape)
    winner = gumbel_argmax(z, u)
    assert ((winner == 0) | (winner == 1)).all()
    assert (winner.sum(axis=-1) == 1).all()
    np.testing.assert_array_equal(gumbel_argmax(z + 8, u), winner)


def test_the_frequencies_of_the_winners_are_the_probabilities():
    uniform = np.random.default_rng(1).random((200_000, 3))
    wins = gumbel_argmax(Z, uniform).sum(axis=0)
    assert stats.chisquare(wins, 200_000 * P).pvalue > 0.01
    wins = gumbel_argmax(-Z, uniform).sum(axis=0)
    assert stats.chisquare(wins, 200_000 * softmax(-Z)).pvalue > 0.01


def test_one_logarithm_would_draw_the_leading_class_too_often():
    uniform = np.random.default_rng(0).random((200_000, 2))
    wins = ([0, 1] - np.log(uniform)).argmax(axis=1).sum()
    assert stats.binomtest(wins, 200_000, 1 - np.exp(-1) / 2).pvalue > 0.01
    assert stats.binomtest(wins, 200_000, special.expit(1)).pvalue < 1e-6


@given(logits(bound=30), ORDERS)
def test_probabilities_sum_to_one_and_keep_the_order_of_the_logits(z, alpha):
    for p in (sparsemax(z), entmax(z, alpha)):
        np.testing.assert_allclose(p.sum(axis=-1), 1, rtol=1e-12)
        assert (p >= 0).all()
        ranked = np.take_along_axis(p, z.argsort(axis=-1), axis=-1)
        assert (np.diff(ranked, axis=-1) >= -1e-13).all()


@given(logits(bound=5, batch=False))
def test_up_to_one_number_of_classes_the_last_is_above_the_threshold(z):
    z = np.round(4 * z) / 4  # without rounding in the comparison
    ranked, number = np.sort(z)[::-1], np.arange(1, len(z) + 1)
    above = number * ranked > ranked.cumsum() - 1
    assert above.tolist() == [True] * above.sum() + [False] * (~above).sum()
    assert (sparsemax(z) > 0).sum() == above.sum()


@given(logits(bound=5), ORDERS)
def test_a_common_shift_changes_nothing(z, alpha):
    z = np.round(z, 3)
    np.testing.assert_allclose(entmax(z + 64, alpha), entmax(z, alpha), atol=1e-9)
    np.testing.assert_allclose(sparsemax(z + 64), sparsemax(z), atol=1e-12)


@given(logits(bound=6, batch=False), st.floats(1.2, 4))
def test_positive_probabilities_solve_the_condition_of_the_maximum(z, alpha):
    p = entmax(z, alpha)
    level = z - p ** (alpha - 1) / (alpha - 1)  # the multiplier of the sum
    inside = p > 1e-6
    top = level[inside].max()
    np.testing.assert_allclose(level[inside], top, atol=1e-7)
    assert (level[p == 0] <= top + 1e-7).all()


@given(logits_and_probabilities(bound=10, batch=False), ORDERS)
def test_the_loss_is_never_negative_and_zero_at_the_prediction(drawn, alpha):
    z, y = drawn
    assert entmax_loss(z, y, alpha) >= 0
    assert entmax_loss(z, entmax(z, alpha), alpha) == pytest.approx(0, abs=1e-10)


@given(logits_and_probabilities(bound=10, batch=False), ORDERS, st.integers(0, 2**32))
def test_the_loss_is_convex_and_its_gradient_a_tangent(drawn, alpha, seed):
    z, y = drawn
    other = z + np.random.default_rng(seed).normal(size=z.shape)
    tangent = entmax_loss_gradient(z, y, alpha) @ (other - z)
    rise = entmax_loss(other, y, alpha) - entmax_loss(z, y, alpha)
    assert rise >= tangent - 1e-9


@given(logits_and_probabilities(bound=30))
def test_at_the_order_one_the_loss_is_a_divergence(drawn):
    z, y = drawn
    expected = cross_entropy(z, y) - entropy(y)
    np.testing.assert_allclose(entmax_loss(z, y, 1), expected, rtol=1e-9, atol=1e-12)
    np.testing.assert_allclose(
        entmax_loss_gradient(z, y, 1), cross_entropy_gradient(z, y), atol=1e-15
    )


@given(logits_and_probabilities(bound=10))
def test_the_loss_of_sparsemax_is_a_difference_of_squared_distances(drawn):
    z, y = drawn
    p = sparsemax(z)
    expected = ((y - z) ** 2).sum(axis=-1) / 2 - ((p - z) ** 2).sum(axis=-1) / 2
    np.testing.assert_allclose(entmax_loss(z, y, 2), expected, rtol=1e-9, atol=1e-11)


# Independent oracles


@given(st.floats(1.05, 5.95))
def test_the_parameter_agrees_with_a_minimiser_of_the_dual(mean):
    found = optimize.minimize_scalar(
        lambda eta: special.logsumexp(eta * FACES) - eta * mean, bracket=(-1, 1)
    )
    eta = maximum_entropy_parameter(FACES, mean)
    assert eta == pytest.approx(found.x, rel=1e-5, abs=1e-6)


def test_the_posterior_agrees_with_bayes_rule_and_normal_densities():
    rng = np.random.default_rng(0)
    X, means, sigma = rng.normal(size=(20, 3)), rng.normal(size=(3, 3)), [0.5, 1, 2]
    joint = np.stack(
        [
            prior * stats.multivariate_normal(mean, width**2).pdf(X)
            for prior, mean, width in zip(P, means, sigma, strict=True)
        ],
        axis=-1,
    )
    expected = joint / joint.sum(axis=1, keepdims=True)
    p = softmax(gaussian_logits(X, means, sigma, P))
    np.testing.assert_allclose(p, expected, rtol=1e-10)


def test_the_posterior_agrees_with_a_quadratic_discriminant():
    rng = np.random.default_rng(0)
    labels = np.repeat([0, 1], [40, 60])
    X = rng.normal(labels, np.where(labels, 2.0, 0.5))[:, None]
    fitted = QuadraticDiscriminantAnalysis(store_covariance=True).fit(X, labels)
    widths = np.sqrt([covariance[0, 0] for covariance in fitted.covariance_])
    p = softmax(gaussian_logits(X, fitted.means_, widths, fitted.priors_))
    np.testing.assert_allclose(p, fitted.predict_proba(X), rtol=1e-9, atol=1e-12)


@given(logits(bound=50), st.floats(0.01, 100))
def test_the_free_energy_agrees_with_log_sum_exp(E, temperature):
    expected = -temperature * special.logsumexp(-E / temperature, axis=-1)
    found = free_energy(E, temperature)
    np.testing.assert_allclose(found, expected, rtol=1e-12, atol=1e-12 * temperature)


@given(logits(bound=3, batch=False))
def test_sparsemax_agrees_with_a_search_for_the_threshold(z):
    tau = optimize.brentq(
        lambda t: np.maximum(z - t, 0).sum() - 1, z.min() - 2, z.max(), xtol=1e-15
    )
    np.testing.assert_allclose(sparsemax(z), np.maximum(z - tau, 0), atol=1e-12)


def entmax15(z):
    """Solve the quadratic equation for each number of classes, as Peters et al. do."""
    x = np.sort(z)[::-1] / 2
    for size in range(len(x), 0, -1):
        mean = x[:size].mean()
        room = (1 - ((x[:size] - mean) ** 2).sum()) / size
        if room >= 0 and mean - np.sqrt(room) < x[size - 1]:
            return np.maximum(z / 2 - mean + np.sqrt(room), 0) ** 2
    raise AssertionError


@given(logits(bound=4, batch=False))
def test_entmax_agrees_with_the_exact_solution_for_one_and_a_half(z):
    np.testing.assert_allclose(entmax(z, 1.5), entmax15(z), atol=1e-11)


@pytest.mark.parametrize("alpha", [1.3, 2, 2.7])
def test_entmax_agrees_with_a_constrained_maximiser(alpha):
    z = np.array([0.5, 0.2, -0.1, -2.0])
    found = optimize.minimize(
        lambda q: (q**alpha).sum() / (alpha * (alpha - 1)) - z @ q,
        np.full(4, 1 / 4),
        bounds=[(0, 1)] * 4,
        constraints={"type": "eq", "fun": lambda q: q.sum() - 1},
        options={"ftol": 1e-14},
    )
    np.testing.assert_allclose(entmax(z, alpha), found.x, atol=2e-5)


# Derivatives


@given(logits_and_probabilities(bound=4, batch=False), ORDERS)
def test_the_gradient_agrees_with_a_central_difference(drawn, alpha):
    z, y = drawn
    h = 1e-5
    differences = [
        (entmax_loss(z + h * e, y, alpha) - entmax_loss(z - h * e, y, alpha)) / (2 * h)
        for e in np.eye(z.size)
    ]
    gradient = entmax_loss_gradient(z, y, alpha)
    np.testing.assert_allclose(gradient, differences, atol=2e-4)


def test_derivatives_of_the_free_energy_are_mean_energy_and_entropy():
    E, T, h = np.array([1.0, -0.5, 2.0, 0.3]), 0.7, 1e-6
    g = softmax(-E / T)
    up, down = free_energy(E, T + h), free_energy(E, T - h)
    assert (down - up) / (2 * h) == pytest.approx(entropy(g), rel=1e-7)
    up, down = (free_energy(E, 1 / (1 / T + s)) * (1 / T + s) for s in (h, -h))
    assert (up - down) / (2 * h) == pytest.approx(g @ E, rel=1e-7)


# Extremes


@pytest.mark.parametrize("dtype", FLOAT_TYPES)
def test_large_logits_lose_nothing(dtype):
    z = np.array([1.36762051e8, 1.59594639e8], dtype)
    assert sparsemax(z).tolist() == entmax(z, 1.5).tolist() == [0, 1]
    far = np.array([[800, 0, -800], [3e37, -3e37, 0], [-800, -800, -800]], dtype)
    for p in (sparsemax(far), entmax(far, 1.5), entmax(far, 3)):
        np.testing.assert_allclose(p, [[1, 0, 0], [1, 0, 0], [1 / 3] * 3], rtol=1e-6)
    assert np.isfinite(entmax_loss(far, [2, 1, 0], 2)).all()


def test_a_masked_class_has_no_probability_and_no_part_in_the_loss():
    z = [0.3, -np.inf, 0.2]
    for alpha in (1, 1.5, 2):
        assert entmax(z, alpha)[1] == 0
        loss = entmax_loss(z, 0, alpha)
        assert loss == pytest.approx(entmax_loss([0.3, 0.2], 0, alpha), rel=1e-12)
    assert sparsemax(z)[1] == 0
    assert gumbel_argmax(z, [0.1, 0.99, 0.1])[1] == 0


@given(logits(bound=5, batch=False))
def test_near_the_order_one_entmax_is_nearly_softmax(z):
    for little in (1e-6, 1e-9, 1e-12):
        difference = np.abs(entmax(z, 1 + little) - softmax(z)).max()
        assert difference < 100 * little + 1e-12


@pytest.mark.parametrize("alpha", [10, 1e3, 1e100, 1e308])
@pytest.mark.parametrize("dtype", FLOAT_TYPES)
def test_at_a_high_order_the_largest_logits_share_everything(alpha, dtype):
    z = np.array([0.7, 0.7, -1.0], dtype)
    np.testing.assert_allclose(entmax(z, alpha), [0.5, 0.5, 0], atol=1e-6)
    assert np.isfinite(entmax_loss(z, 0, alpha))
    assert np.isfinite(entmax_loss(z, [0.1, 0.1, 0.8], alpha))
    np.testing.assert_allclose(entmax(np.zeros(8, dtype), alpha), 1 / 8, rtol=1e-6)


@pytest.mark.parametrize("temperature", [1e-300, 1e-10, 1e10, 1e300])
def test_the_free_energy_at_any_temperature(temperature):
    found = free_energy([3.0, 5.0, 3.0], temperature)
    cold = temperature < 1
    expected = 3 + (0 if cold else 2 / 3) - temperature * np.log(2 if cold else 3)
    assert found == pytest.approx(expected, rel=1e-12)


def test_a_state_whose_exponent_overflows_adds_nothing():
    assert free_energy([0.0, 1e10], 1e-305) == 0


@pytest.mark.parametrize("scale", [1e-300, 1e-5, 1e5, 1e300])
def test_the_parameter_is_found_at_any_scale(scale):
    eta = maximum_entropy_parameter(FACES, 4.5)
    found = maximum_entropy_parameter(scale * FACES, scale * 4.5)
    assert found == pytest.approx(eta / scale, rel=1e-12)


def test_the_parameter_grows_without_bound_towards_the_border():
    means = 6 - 10.0 ** -np.arange(1, 12)
    eta = np.array([maximum_entropy_parameter(FACES, mean) for mean in means])
    np.testing.assert_allclose(np.diff(eta[2:]), np.log(10), rtol=0.01)
    assert maximum_entropy_parameter(-FACES, -means[5]) == pytest.approx(-eta[5])


def test_an_input_far_from_all_classes_has_logits_of_minus_infinity():
    z = gaussian_logits([[1e200]], [[0.0], [1.0]], 1.0, [0.5, 0.5])
    assert z.tolist() == [[-np.inf, -np.inf]]
    z = gaussian_logits([[0.0]], [[0.0], [1.0]], 1.0, [1, 0])
    assert z[0, 1] == -np.inf
    assert z[0, 0] == 0


# Bad input


@pytest.mark.parametrize(
    ("statistic", "mean", "message"),
    [
        (FACES, 6, r"mean must be between 1\.0 and 6\.0, got 6\.0$"),
        (FACES, 1, r"mean must be between 1\.0 and 6\.0, got 1\.0$"),
        ([2, 2], 2, r"mean must be between 2\.0 and 2\.0, got 2\.0$"),
        (FACES, [4.5], r"mean must be one number, got shape \(1,\)"),
        (FACES, np.nan, "mean must be finite, got nan"),
        ([1, np.inf], 2, "statistic must be finite, got inf at index 1"),
        ([], 0, "^statistic need a last axis of at least one class"),
        ([[1, 2]], 1.5, r"statistic must have the shape \(K,\), got \(1, 2\)"),
        ([0, 5e-324 * 4], 5e-324, "the parameter must be finite, got -inf"),
    ],
)
def test_means_that_no_softmax_has_are_refused(statistic, mean, message):
    with pytest.raises(ValueError, match=message):
        maximum_entropy_parameter(statistic, mean)


@pytest.mark.parametrize(
    ("X", "means", "sigma", "prior", "message"),
    [
        ([[np.nan]], [[0]], 1, [1], "^X must be finite, got nan"),
        ([[0]], [[np.inf]], 1, [1], "means must be finite, got inf"),
        ([[0]], [[0]], np.nan, [1], "^sigma must be finite, got nan"),
        ([[0]], [[0]], 0, [1], "sigma must be positive, got 0.0"),
        ([[0]], [[0]], 1, [0.5], r"the sum of prior must be 1, got 0\.5"),
        ([0], [[0]], 1, [1], r"\(N, D\) and \(K, D\).*got \(1,\) and \(1, 1\)"),
        ([[0]], [0], 1, [1], r"got \(1, 1\) and \(1,\)"),
        ([[0, 1]], [[0]], 1, [1], r"got \(1, 2\) and \(1, 1\)"),
        (np.ones((1, 0)), np.ones((2, 0)), 1, [1], "^X and .*K and D not 0, got"),
        ([[0]], [[0], [1]], [1, 1, 1], [0.5, 0.5], "each of 2 classes, got shapes"),
        ([[0]], [[0], [1]], 1, [1], r"each of 2 classes, got shapes \(\) and \(1,\)"),
    ],
)
def test_bad_gaussian_classes_are_refused_and_named(X, means, sigma, prior, message):
    with pytest.raises(ValueError, match=message):
        gaussian_logits(X, means, sigma, prior)


@pytest.mark.parametrize(
    ("energies", "temperature", "message"),
    [
        ([0, np.inf], 1, "energies must be finite, got inf at index 1"),
        ([], 1, "energies need a last axis of at least one class"),
        ([0, 1], 0, "temperature must be positive, got 0.0"),
        ([0, 1], -1, "temperature must be positive, got -1.0"),
        ([0, 1], [1, 2], r"temperature must have shape \(\), got \(2,\)"),
    ],
)
def test_bad_energies_and_temperatures_are_refused(energies, temperature, message):
    with pytest.raises(ValueError, match=message):
        free_energy(energies, temperature)


@pytest.mark.parametrize(
    ("z", "uniform", "message"),
    [
        ([0, 1], [0.5, 1], "uniform must be between 0 and 1, got 1.0 at index 1"),
        ([0, 1], [0, 0.5], "uniform must be between 0 and 1, got 0.0 at index 0"),
        ([0, 1], [0.5, np.nan], "uniform must be between 0 and 1, got nan"),
        ([0, 1], 0.5, "^uniform need a last axis of at least one class"),
        ([0, 1], [0.5, 0.5, 0.5], "these shapes do not fit together: logits"),
        ([0, np.nan], [0.5, 0.5], "logits must be finite or -inf, got nan"),
    ],
)
def test_bad_noise_is_refused_and_named(z, uniform, message):
    with pytest.raises(ValueError, match=message):
        gumbel_argmax(z, uniform)


def test_bad_logits_orders_and_targets_are_refused_and_named():
    for function in (sparsemax, lambda z: entmax(z, 1.5), lambda z: entmax(z, 1)):
        with pytest.raises(ValueError, match="logits must be finite or -inf, got nan"):
            function([np.nan, 0])
        with pytest.raises(ValueError, match="finite for at least one class"):
            function([-np.inf, -np.inf])
    for alpha, said in ((0.99, "at least 1, got 0.99"), (np.inf, "finite, got inf")):
        with pytest.raises(ValueError, match=f"alpha must be {said}"):
            entmax(Z, alpha)
    for function in (entmax_loss, entmax_loss_gradient):
        with pytest.raises(ValueError, match=r"labels must be in 0..2, got 3"):
            function(Z, 3, 1.5)
        with pytest.raises(ValueError, match=r"the sum of targets must be 1, got 0\.5"):
            function(Z, [0.5, 0, 0], 1.5)
        with pytest.raises(ValueError, match="alpha must be one number, got shape"):
            function(Z, 2, [1.5])


def test_the_free_energy_is_minus_log_sum_exp_of_the_logits():
    assert free_energy(-Z - 3, 1) == pytest.approx(-logsumexp(Z + 3), rel=1e-14)
