"""Contrast, sampling, preferences, logits: values, theorems, oracles, extremes."""

import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import optimize, special, stats

from snippets.binary import binary_cross_entropy
from snippets.contrast import (
    adjusted_logits,
    clip_gradient,
    clip_loss,
    dpo_gradient,
    dpo_loss,
    hierarchical_cross_entropy,
    mutual_information,
    mutual_information_bound,
    nce_gradient,
    nce_loss,
    optimal_policy,
    plackett_luce_gradient,
    plackett_luce_nll,
    sampled_cross_entropy,
    soft_cap,
    soft_cap_vjp,
    z_loss,
    z_loss_gradient,
)
from snippets.gradient import cross_entropy, cross_entropy_gradient
from snippets.information import kl_divergence
from snippets.softmax import logsumexp, softmax
from tests.derivatives import complex_step
from tests.draws import FLOAT_TYPES, logits, logits_and_labels
from tests.frameworks import needed

P = np.array([0.2, 0.3, 0.5])
Z = np.log(P)
Y = np.array([0.1, 0.2, 0.7])
EVEN = np.ones(3) / 3
Q = np.array([[0.2, 0.3, 0.5], [0.6, 0.3, 0.1]])  # two contexts, equally common
B = Q.mean(axis=0)
seeds = st.integers(0, 2**32 - 1)


def tables(seed, shape=(3, 4)):
    """Return a table of pairs, with the contexts' and the items' distributions."""
    joint = np.random.default_rng(seed).dirichlet(np.ones(np.prod(shape)))
    joint = joint.reshape(shape)
    return joint, joint.sum(axis=1), joint.sum(axis=0)


# Mutual information


def test_mutual_information_of_the_example():
    expected = (kl_divergence(Q[0], B) + kl_divergence(Q[1], B)) / 2
    assert mutual_information(Q / 2) == pytest.approx(float(expected), rel=1e-13)


@given(seeds)
def test_mutual_information_is_symmetric_and_bounded(seed):
    joint, a, b = tables(seed)
    shared = mutual_information(joint)
    assert shared == pytest.approx(float(mutual_information(joint.T)), abs=1e-14)
    assert -1e-15 <= shared <= min(stats.entropy(a), stats.entropy(b)) + 1e-12
    expected = stats.entropy(joint.ravel(), np.outer(a, b).ravel())
    assert shared == pytest.approx(expected, abs=1e-14)


def test_what_is_independent_shares_nothing_and_what_is_equal_everything():
    assert mutual_information(np.outer(P, Y)) == pytest.approx(0, abs=1e-15)
    assert mutual_information(np.diag(P)) == pytest.approx(stats.entropy(P))
    assert (mutual_information([np.outer(P, Y)] * 2) >= 0).all()


@given(seeds)
def test_processing_adds_nothing(seed):
    joint, _, _ = tables(seed)
    channel = np.random.default_rng(seed).dirichlet(np.ones(2), size=4)
    assert mutual_information(joint @ channel) <= mutual_information(joint) + 1e-14


def expected_infonce(joint, scores, noise, N):
    """Return the expected loss with the positive first: a sum over all candidates."""
    items = np.array([*itertools.product(range(joint.shape[1]), repeat=N)])
    drawn = noise[items[:, 1:]].prod(axis=1)
    loss = cross_entropy(scores[:, items], np.zeros((len(joint), len(items)), int))
    return float((joint[:, items[:, 0]] * drawn * loss).sum())


@given(seeds, st.integers(1, 4))
def test_infonce_is_at_least_log_n_minus_the_mutual_information(seed, N):
    joint, a, b = tables(seed, (2, 3))
    scores = np.random.default_rng(seed).normal(size=(2, 3))
    best = np.log(joint / a[:, None] / b)
    least = expected_infonce(joint, best, b, N)
    assert np.log(N) - mutual_information(joint) <= least + 1e-12
    assert least <= expected_infonce(joint, scores, b, N) + 1e-12


@settings(max_examples=25)
@given(seeds)
def test_more_candidates_show_more(seed):
    joint, a, b = tables(seed, (2, 3))
    best = np.log(joint / a[:, None] / b)
    shown = [np.log(N) - expected_infonce(joint, best, b, N) for N in range(1, 5)]
    assert (np.diff(shown) > -1e-12).all()
    assert shown[0] == pytest.approx(0, abs=1e-12)


def slope_of_infonce(q, b, N, hits):
    """Return the gradient at log(q/b), with or without hits of the positive."""
    scores = np.log(q / b)
    slope = np.zeros_like(scores)
    for positive, *negatives in itertools.product(range(q.size), repeat=N):
        others = [j for j in negatives if hits or j != positive]
        candidates = [positive, *others]
        p = special.softmax(scores[candidates])
        p[0] -= 1
        np.add.at(slope, candidates, q[positive] * b[negatives].prod() * p)
    return slope


def test_hits_left_out_move_the_minimiser_of_infonce():
    for N in (2, 3, 4):
        np.testing.assert_allclose(slope_of_infonce(Q[1], B, N, True), 0, atol=1e-15)
    np.testing.assert_allclose(slope_of_infonce(Q[1], B, 2, False), 0, atol=1e-15)
    assert np.abs(slope_of_infonce(Q[1], B, 3, False)).max() > 0.01


def test_the_bound_of_scores_is_log_n_minus_their_mean_loss():
    z = np.random.default_rng(0).normal(size=(5, 2, 8))
    labels = np.random.default_rng(1).integers(0, 8, size=(5, 2))
    loss = -special.log_softmax(z, axis=-1)
    loss = np.take_along_axis(loss, labels[..., None], axis=-1).mean()
    bound = mutual_information_bound(z, labels)
    assert bound == pytest.approx(np.log(8) - loss, rel=1e-13)
    assert mutual_information_bound(50.0 * np.eye(8), np.arange(8)) <= np.log(8)


# CLIP


def plain_clip(S, t):
    z = S * np.exp(t)
    rows = np.log(np.exp(z).sum(axis=1)) - np.diag(z)
    columns = np.log(np.exp(z).sum(axis=0)) - np.diag(z)
    return (rows.mean() + columns.mean()) / 2


def cosines(seed, N=4, D=3):
    x, w = np.random.default_rng(seed).normal(size=(2, N, D))
    x /= np.linalg.norm(x, axis=1, keepdims=True)
    w /= np.linalg.norm(w, axis=1, keepdims=True)
    return x @ w.T


@given(seeds, st.floats(0.05, 5))
def test_clip_agrees_with_its_formula_and_a_complex_step(seed, temperature):
    S, t = cosines(seed), -np.log(temperature)
    assert clip_loss(S, temperature) == pytest.approx(plain_clip(S, t), rel=1e-10)
    by_S, by_t = clip_gradient(S, temperature)
    expected = complex_step(lambda s: plain_clip(s.reshape(4, 4), t), S.ravel())
    np.testing.assert_allclose(by_S.ravel(), expected, atol=1e-11)
    slope = complex_step(lambda x: plain_clip(S, x[0]), [t])[0]
    assert by_t == pytest.approx(slope, abs=1e-12)


def test_clip_agrees_with_pytorch():
    needed("torch")
    import torch

    S = torch.tensor(cosines(3, 5), requires_grad=True)
    t = torch.tensor(np.log(1 / 0.07), requires_grad=True)
    z, pairs = S * t.exp(), torch.arange(5)
    loss = torch.nn.functional.cross_entropy
    both = (loss(z, pairs) + loss(z.T, pairs)) / 2
    both.backward()
    table = S.detach().numpy()
    assert clip_loss(table, 0.07) == pytest.approx(both.item(), rel=1e-12)
    by_S, by_t = clip_gradient(table, 0.07)
    np.testing.assert_allclose(by_S, S.grad.numpy(), atol=1e-13)
    assert by_t == pytest.approx(t.grad.item(), rel=1e-10)


@given(seeds, st.floats(0.02, 5), st.integers(2, 6))
def test_cosines_have_a_floor_which_a_simplex_reaches(seed, temperature, N):
    beta = 1 / temperature
    floor = np.log1p((N - 1) * np.exp(-beta * N / (N - 1)))
    assert clip_loss(cosines(seed, N), temperature) >= floor - 1e-12
    simplex = (np.eye(N) * N - 1) / (N - 1)
    assert clip_loss(simplex, temperature) == pytest.approx(floor, rel=1e-9)


def test_two_rows_can_be_opposite_and_three_cannot():
    def row_floor(N, beta):
        return np.log1p((N - 1) * np.exp(-2 * beta))

    opposite = [[1.0, -1.0], [-1.0, 1.0]]
    assert clip_loss(opposite, 0.5) == pytest.approx(row_floor(2, 2), rel=1e-13)

    def two_rows_of_three(x):
        u = x.reshape(5, 2) / np.linalg.norm(x.reshape(5, 2), axis=1, keepdims=True)
        return float(cross_entropy(2 * u[:2] @ u[2:].T, [0, 1]).mean())

    starts = np.random.default_rng(0).normal(size=(5, 10))
    least = min(optimize.minimize(two_rows_of_three, x).fun for x in starts)
    assert row_floor(3, 2) + 0.01 < least < np.log(3)


def test_a_batch_of_tables_is_taken_table_by_table():
    S = np.stack([cosines(0), cosines(1)])
    one = [clip_loss(s, 0.5) for s in S]
    np.testing.assert_array_equal(clip_loss(S, 0.5), one)
    by_S, by_t = clip_gradient(S, 0.5)
    np.testing.assert_array_equal(by_S[1], clip_gradient(S[1], 0.5)[0])
    assert by_t.shape == (2,)


# Negatives that were drawn


def samples_of(K, R):
    return itertools.product(range(K), repeat=R)


def expected_sampled(z, label, q, R, loss=sampled_cross_entropy):
    return sum(
        np.prod(q[list(j)]) * float(loss(z, label, list(j), q))
        for j in samples_of(len(q), R)
    )


@pytest.mark.parametrize("label", [0, 1, 2])
def test_the_sampled_loss_is_an_underestimate_that_comes_closer(label):
    full = float(cross_entropy(Z, label))
    found = [expected_sampled(Z, label, Y, R) for R in (1, 2, 4, 7)]
    assert (np.diff(found) > 0).all()
    assert found[-1] < full
    assert full - found[-1] < (full - found[0]) / 2


def test_the_sum_that_is_sampled_is_right_on_average():
    sums = sum(
        np.prod(Y[list(j)])
        * float(np.exp(sampled_cross_entropy(Z, 2, list(j), Y) + Z[2]))
        for j in samples_of(3, 3)
    )
    assert sums == pytest.approx(float(np.exp(logsumexp(Z))), rel=1e-12)


def test_many_draws_find_the_loss_and_one_row_is_one_example():
    rng = np.random.default_rng(0)
    z, q = rng.normal(size=(4, 50)), rng.dirichlet(np.full(50, 3.0))
    labels = rng.integers(0, 50, 4)
    samples = rng.choice(50, size=200_000, p=q)
    found = sampled_cross_entropy(z, labels, samples, q)
    np.testing.assert_allclose(found, cross_entropy(z, labels), atol=0.03)
    few = samples[:7]
    alone = sampled_cross_entropy(z[2], labels[2], few, q)
    assert sampled_cross_entropy(z, labels, few, q)[2] == pytest.approx(float(alone))


def test_the_gradient_of_the_expected_sampled_loss_is_biased():
    def expected(z):
        return sum(
            q * np.log(np.exp(z[2]) + (j != 2) * np.exp(z[j]) / q) - z[2] * q
            for j, q in enumerate(Y)
        )

    found = complex_step(expected, Z)
    assert np.abs(found - cross_entropy_gradient(Z, 2)).max() > 0.01


@settings(max_examples=25)
@given(seeds, st.integers(2, 4))
def test_logq_makes_the_truth_the_minimiser_for_every_number_of_candidates(seed, N):
    joint, _, b = tables(seed, (2, 3))
    noise = np.random.default_rng(seed).dirichlet(np.full(3, 5.0))
    right = adjusted_logits(np.log(joint), noise, -1)

    def loss(step):
        return expected_infonce(joint, right + step.reshape(2, 3), noise, N)

    bumps = np.random.default_rng(seed).normal(size=(4, 6))
    assert all(loss(np.zeros(6)) <= loss(0.3 * bump) + 1e-12 for bump in bumps)
    assert b.sum() == pytest.approx(1)


@settings(max_examples=25)
@given(logits(bound=20, batch=False), seeds, st.integers(1, 100))
def test_nce_agrees_with_its_definition_and_a_complex_step(z, seed, R):
    y, q = np.random.default_rng(seed).dirichlet(np.ones(z.size), size=2)
    q = (q + 0.01) / (q + 0.01).sum()

    def plain(s):
        odds = np.exp(s) / (R * q)
        return (y * np.log1p(1 / odds) + R * q * np.log1p(odds)).sum()

    assert nce_loss(z, y, q, R) == pytest.approx(float(plain(z)), rel=1e-10)
    np.testing.assert_allclose(
        nce_gradient(z, y, q, R), complex_step(plain, z), atol=1e-11
    )


@settings(max_examples=25)
@given(seeds, st.integers(1, 50))
def test_nce_is_least_at_the_normalised_truth(seed, R):
    y, q = np.random.default_rng(seed).dirichlet(np.full(4, 2.0), size=2)
    np.testing.assert_allclose(nce_gradient(np.log(y), y, q, R), 0, atol=1e-14)
    other = np.log(y) + np.random.default_rng(seed).normal(size=4)
    assert nce_loss(np.log(y), y, q, R) < nce_loss(other, y, q, R)


def test_with_many_negatives_the_gradient_of_nce_is_that_of_likelihood():
    found = nce_gradient(Z, Y, EVEN, 10**9)
    np.testing.assert_allclose(found, P - Y, atol=1e-8)
    errors = [np.abs(nce_gradient(Z, Y, EVEN, 10**n) - (P - Y)).max() for n in range(5)]
    assert (np.diff(errors) < 0).all()


@pytest.mark.parametrize("K", [2, 3, 4, 5, 8, 13])
def test_the_leaves_of_a_tree_sum_to_one(K):
    z = np.random.default_rng(K).normal(size=K - 1) * 3
    loss = hierarchical_cross_entropy(np.tile(z, (K, 1)), np.arange(K))
    assert np.exp(-loss).sum() == pytest.approx(1, rel=1e-13)


def test_a_tree_of_four_classes_by_hand():
    z = np.array([0.5, -1.0, 2.0])
    yes, no = special.expit(z), special.expit(-z)
    expected = [no[0] * no[1], no[0] * yes[1], yes[0] * no[2], yes[0] * yes[2]]
    found = hierarchical_cross_entropy(np.tile(z, (4, 1)), [0, 1, 2, 3])
    np.testing.assert_allclose(np.exp(-found), expected, rtol=1e-14)


def test_every_distribution_is_that_of_some_tree():
    # no to the first question leads to the second, between the last two classes
    r = np.log([P[0] / (P[1] + P[2]), P[2] / P[1]])
    found = hierarchical_cross_entropy(np.tile(r, (3, 1)), [0, 1, 2])
    np.testing.assert_allclose(np.exp(-found), P, rtol=1e-13)


@settings(max_examples=25)
@given(logits_and_labels(bound=700))
def test_a_tree_costs_what_the_answers_on_its_path_cost(drawn):
    z, labels = drawn
    K = z.shape[-1] + 1
    found = hierarchical_cross_entropy(z, labels)
    flat, wanted = z.reshape(-1, K - 1), labels.ravel()
    for row, label, loss in zip(flat, wanted, np.ravel(found), strict=True):
        node, total = label + K, 0.0
        while node > 1:
            total += float(binary_cross_entropy(row[node // 2 - 1], node % 2))
            node //= 2
        assert loss == pytest.approx(total, rel=1e-12, abs=1e-300)


# Preferences


def test_plackett_luce_of_the_running_example():
    assert plackett_luce_nll(Z, [2, 1, 0]) == pytest.approx(-np.log(0.3), rel=1e-13)


@settings(max_examples=25)
@given(logits(bound=30, batch=False))
def test_the_probabilities_of_all_rankings_sum_to_one(z):
    z = z[:5]
    rankings = list(itertools.permutations(range(z.size)))
    loss = plackett_luce_nll(np.tile(z, (len(rankings), 1)), rankings)
    assert np.exp(-loss).sum() == pytest.approx(1, rel=1e-11)


@settings(max_examples=25)
@given(logits(bound=10, batch=False))
def test_pairs_of_a_ranking_are_compared_as_bradley_and_terry_do(z):
    z = np.append(z[:4], 0.5)
    rankings = [
        r
        for r in itertools.permutations(range(z.size))
        if r.index(0) < r.index(z.size - 1)
    ]
    loss = plackett_luce_nll(np.tile(z, (len(rankings), 1)), rankings)
    expected = special.expit(z[0] - z[-1]) if z.size > 1 else 1
    assert np.exp(-loss).sum() == pytest.approx(expected, rel=1e-10)


@given(logits(bound=20), seeds)
def test_a_ranking_agrees_with_its_definition_and_a_complex_step(z, seed):
    ranking = np.random.default_rng(seed).permuted(
        np.broadcast_to(np.arange(z.shape[-1]), z.shape).copy(), axis=-1
    )
    loss, gradient = plackett_luce_nll(z, ranking), plackett_luce_gradient(z, ranking)
    assert loss.shape == z.shape[:-1]
    assert gradient.shape == z.shape
    flat = zip(
        z.reshape(-1, z.shape[-1]),
        ranking.reshape(-1, z.shape[-1]),
        np.ravel(loss),
        gradient.reshape(-1, z.shape[-1]),
        strict=True,
    )
    for row, order, value, slope in flat:

        def plain(s, order=order):
            e = np.exp(s[order])
            return sum(np.log(e[i:].sum()) - s[order[i]] for i in range(len(order)))

        assert value == pytest.approx(float(plain(row)), abs=1e-11)
        np.testing.assert_allclose(slope, complex_step(plain, row), atol=1e-11)


@given(seeds, st.floats(0.1, 5))
def test_the_optimal_policy_beats_every_other(seed, beta):
    rng = np.random.default_rng(seed)
    q, other = rng.dirichlet(np.ones(4), size=2)
    q = (q + 0.01) / 1.04
    reward = rng.normal(size=4)

    def value(p):
        return reward @ p - beta * stats.entropy(p, q)

    best = optimal_policy(q, reward, beta)
    normaliser = beta * special.logsumexp(reward / beta, b=q)
    assert value(best) == pytest.approx(normaliser, rel=1e-9, abs=1e-12)
    assert value(other) <= value(best) + 1e-12


def test_an_answer_that_the_reference_excludes_stays_out():
    np.testing.assert_allclose(
        optimal_policy([0, 0.5, 0.5], [9, 0, 0], 1), [0, 0.5, 0.5]
    )


@given(st.floats(-30, 30), st.floats(-30, 30), st.floats(0.01, 5))
def test_the_preference_loss_agrees_with_its_definition(z, v, beta):
    expected = -special.log_expit(beta * (z - v))
    assert dpo_loss(z, v, beta) == pytest.approx(expected, rel=1e-12, abs=1e-300)
    slope = complex_step(lambda x: np.log1p(np.exp(-beta * (x[0] - v))), [z])[0]
    assert dpo_gradient(z, v, beta) == pytest.approx(slope, rel=1e-9, abs=1e-14)


def test_the_policy_of_the_true_reward_has_the_least_preference_loss():
    reward, beta = np.array([0.3, -0.4, 1.0]), 0.5
    pairs = list(itertools.combinations(range(3), 2))

    def loss(z):
        total = 0.0
        for i, j in pairs:
            chosen = special.expit(reward[i] - reward[j])
            margin, start = z[i] - z[j], Z[i] - Z[j]
            total += chosen * float(dpo_loss(margin, start, beta))
            total += (1 - chosen) * float(dpo_loss(-margin, -start, beta))
        return total

    found = optimize.minimize(loss, Z, tol=1e-12).x
    np.testing.assert_allclose(
        softmax(found), optimal_policy(P, reward, beta), atol=1e-5
    )


def test_both_answers_may_fall_while_the_loss_falls():
    slopes = np.array([0.0, 1.0, 3.0])
    before, after = np.log(softmax(Z)), np.log(softmax(Z + 0.1 * slopes))
    start = before[1] - before[0]
    assert dpo_loss(after[1] - after[0], start, 1) < dpo_loss(start, start, 1)
    assert (after < before).tolist() == [True, True, False]


# What is added to logits


@settings(max_examples=25)
@given(logits(bound=100))
def test_the_z_loss_is_the_square_of_log_sum_exp(z):
    expected = special.logsumexp(z, axis=-1) ** 2
    np.testing.assert_allclose(z_loss(z), expected, rtol=1e-9, atol=1e-14)
    np.testing.assert_allclose(
        z_loss_gradient(z).sum(axis=-1), 2 * special.logsumexp(z, axis=-1), atol=1e-11
    )


@given(logits(bound=20, batch=False))
def test_the_gradient_of_the_z_loss_agrees_with_a_complex_step(z):
    expected = complex_step(lambda s: np.log(np.exp(s).sum()) ** 2, z)
    np.testing.assert_allclose(z_loss_gradient(z), expected, atol=1e-12)


@given(logits(bound=20), st.floats(0.5, 50))
def test_the_cap_is_a_tanh_and_its_slope_that_of_a_complex_step(z, cap):
    capped = soft_cap(z, cap)
    np.testing.assert_allclose(capped, cap * np.tanh(z / cap), rtol=1e-14)
    assert (np.abs(capped) <= cap).all()
    flat = z.ravel()
    slopes = np.diag(complex_step(lambda s: cap * np.tanh(s / cap), flat))
    found = soft_cap_vjp(flat, np.full(flat.size, 3.0), cap)
    np.testing.assert_allclose(found, 3 * slopes, rtol=1e-9, atol=1e-300)


def test_the_slope_of_the_cap_keeps_its_digits_far_out():
    assert soft_cap_vjp([40.0], [1.0], 1) == pytest.approx(4 * np.exp(-80), rel=1e-12)
    assert soft_cap_vjp([4e300], [1.0], 1) == 0


@given(seeds)
def test_adjusted_training_finds_the_rule_of_the_least_balanced_error(seed):
    joint, a, b = tables(seed, (4, 3))
    q = joint / a[:, None]
    learned = np.log(q / b)
    for m in range(4):
        adjusted = adjusted_logits(learned[m], b, 1)
        np.testing.assert_allclose(softmax(adjusted), q[m], rtol=1e-12)
    errors = {
        rule: np.mean(
            [
                1 - sum(joint[m, k] for m in range(4) if rule[m] == k) / b[k]
                for k in range(3)
            ]
        )
        for rule in itertools.product(range(3), repeat=4)
    }
    assert errors[tuple(learned.argmax(axis=1))] == pytest.approx(min(errors.values()))


def test_no_adjustment_and_its_undoing_leave_logits_alone():
    np.testing.assert_array_equal(adjusted_logits(Z, Y, 0), Z)
    there = adjusted_logits(Z, Y, 0.7)
    np.testing.assert_allclose(adjusted_logits(there, Y, -0.7), Z, atol=1e-15)


# Shapes and dtypes


@pytest.mark.parametrize("batch", [(), (5,), (2, 4), (0,)])
def test_the_last_axis_is_the_class_and_the_others_are_the_batch(batch):
    z = np.random.default_rng(0).normal(size=(*batch, 3))
    labels = np.zeros(batch, int)
    p = softmax(z)
    ranking = np.broadcast_to([2, 0, 1], z.shape)
    assert sampled_cross_entropy(z, labels, [0, 1], EVEN).shape == batch
    assert nce_loss(z, p, softmax(-z), 2).shape == batch
    assert nce_gradient(z, p, softmax(-z), 2).shape == z.shape
    assert hierarchical_cross_entropy(z, labels).shape == batch
    assert plackett_luce_nll(z, ranking).shape == batch
    assert plackett_luce_gradient(z, ranking).shape == z.shape
    assert optimal_policy(p, z, 2).shape == z.shape
    assert z_loss(z).shape == batch
    assert adjusted_logits(z, Y, 1).shape == z.shape


@pytest.mark.parametrize("batch", [(5,), (2, 4), (0,), (2, 0)])
def test_each_table_of_a_batch_is_as_if_it_were_alone(batch):
    S = np.random.default_rng(1).uniform(-1, 1, (*batch, 3, 3))
    joint = np.random.default_rng(2).dirichlet(np.ones(6), batch).reshape(*batch, 2, 3)
    found = [clip_loss(S, 0.5), *clip_gradient(S, 0.5), mutual_information(joint)]
    assert [one.shape for one in found] == [batch, S.shape, batch, batch]
    for place in np.ndindex(batch):
        alone = [clip_loss(S[place], 0.5), *clip_gradient(S[place], 0.5)]
        alone.append(mutual_information(joint[place]))
        for one, other in zip(found, alone, strict=True):
            np.testing.assert_allclose(one[place], other, rtol=1e-12, atol=1e-15)


def test_one_pair_alone_has_nothing_to_learn():
    assert clip_loss([[0.3]], 1) == 0
    np.testing.assert_array_equal(clip_gradient([[0.3]], 1)[0], [[0]])


@pytest.mark.parametrize("dtype", FLOAT_TYPES)
def test_a_floating_dtype_is_kept(dtype):
    z, p, S = Z.astype(dtype), P.astype(dtype), cosines(0).astype(dtype)
    results = [
        mutual_information(np.diag(p)),
        mutual_information_bound(z[None], [2]),
        clip_loss(S, 0.5),
        *clip_gradient(S, 0.5),
        sampled_cross_entropy(z, 2, [0], EVEN),
        nce_loss(z, Y, EVEN, 2),
        nce_gradient(z, Y, EVEN, 2),
        hierarchical_cross_entropy(z, 2),
        plackett_luce_nll(z, [0, 1, 2]),
        plackett_luce_gradient(z, [0, 1, 2]),
        optimal_policy(p, Z, 2),
        dpo_loss(z, z[::-1].copy(), 0.1),
        dpo_gradient(z, z[::-1].copy(), 0.1),
        z_loss(z),
        z_loss_gradient(z),
        soft_cap(z, 30),
        soft_cap_vjp(z, z, 30),
        adjusted_logits(z, Y, 1),
    ]
    assert {result.dtype for result in results} == {np.dtype(dtype)}


# Extremes


def test_what_is_far_beyond_the_cap_is_at_it():
    assert soft_cap(1e308, 0.1) == 0.1
    assert soft_cap_vjp(1e308, 1.0, 0.1) == 0


@pytest.mark.parametrize("dtype", FLOAT_TYPES)
def test_logits_of_800_either_way_stay_finite(dtype):
    z = np.array([800, 0, -800], dtype)
    assert plackett_luce_nll(z, [2, 1, 0]) == 800 + 1600
    assert sampled_cross_entropy(z, 2, [0], EVEN) == pytest.approx(1600 + np.log(3))
    assert hierarchical_cross_entropy(z, 0) == pytest.approx(800 + np.log(2))
    assert np.isfinite(nce_loss(z, Y, EVEN, 5))
    assert np.isfinite(nce_gradient(z, Y, EVEN, 5)).sum() == 3
    assert clip_loss(np.eye(3, dtype=dtype), 1e-3) == 0
    assert dpo_loss(dtype(-800), dtype(800), 1) == 1600


# Bad input


@pytest.mark.parametrize(
    ("function", "arguments", "message"),
    [
        (mutual_information, [[0.5, 0.5]], r"columns, got shape \(2,\)"),
        (mutual_information, [np.zeros((0, 2))], r"got shape \(0, 2\)"),
        (mutual_information, [[[0.5, 0.6]]], "the sum of joint must be 1, got 1.1"),
        (mutual_information_bound, [np.zeros((0, 2)), []], "at least one example"),
        (sampled_cross_entropy, [np.eye(2, 3), [0, 1], [0], [0.5, 0.5]], r"e \(3,\)"),
        (hierarchical_cross_entropy, [np.zeros((4, 3)), [0]], r"e \(4,\), got \(1,\)"),
        (plackett_luce_nll, [[Z, Z], [[0, 1, 2], [1, 1, 0]]], "got 1 at index 1"),
        (
            dpo_loss,
            [np.float32(3e38), np.float32(3e38), 1e300],
            "scale must be finite, got inf",
        ),
        (adjusted_logits, [np.eye(2, 3), [Y] * 4, 1], r"z \(2, 3\) and q \(4, 3\)"),
        (clip_loss, [np.zeros((2, 3)), 1], r"shape \(..., N, N\), got \(2, 3\)"),
        (clip_loss, [np.zeros((0, 0)), 1], r"got \(0, 0\)"),
        (clip_loss, [np.zeros(3), 1], r"got \(3,\)"),
        (clip_loss, [np.eye(2), 0], "temperature must be positive, got 0.0"),
        (clip_gradient, [np.eye(2), -1], "temperature must be positive, got -1.0"),
        (clip_loss, [np.eye(2), 1e-310], "S / temperature must be finite, got inf"),
        (sampled_cross_entropy, [Z, 2, [], EVEN], "samples must"),
        (sampled_cross_entropy, [Z, 2, [[0]], EVEN], r"R > 0, got \(1, 1\)"),
        (sampled_cross_entropy, [Z, 2, [3], EVEN], r"in 0..2, got 3"),
        (sampled_cross_entropy, [Z, 2, [0], [0, 0.5, 0.5]], "positive, got 0.0"),
        (sampled_cross_entropy, [Z, 2, [0], [0.5, 0.5]], r"\(3,\), got \(2,\)"),
        (nce_loss, [Z, Y, [0, 0.5, 0.5], 1], "q must be positive, got 0.0 at index 0"),
        (nce_gradient, [Z, Y, EVEN, 0], "negatives must be a positive whole number"),
        (nce_gradient, [Z, Y[:2] / 0.3, EVEN, 1], r"y must have shape \(3,\)"),
        (hierarchical_cross_entropy, [Z, 4], r"labels must be in 0..3, got 4"),
        (hierarchical_cross_entropy, [Z, [1]], r"shape \(\), got \(1,\)"),
        (plackett_luce_nll, [Z, [0, 0, 1]], "ranking must be each item once, got 0"),
        (plackett_luce_gradient, [Z, [0, 1]], r"shape \(3,\), got \(2,\)"),
        (optimal_policy, [P, [1, 2], 1], r"u must have shape \(3,\), got \(2,\)"),
        (optimal_policy, [P, Z, 0], "temperature must be positive"),
        (dpo_loss, [0, 0, 0], "scale must be positive, got 0.0"),
        (dpo_gradient, [0, np.inf, 1], "v must be finite, got inf"),
        (dpo_loss, [1e308, -1e308, 5], "the margin must be finite"),
        (z_loss, [[1e200]], "the square must be finite, got inf"),
        (soft_cap, [-np.inf, 30], "z must be finite, got -inf"),
        (soft_cap_vjp, [Z, [1], 30], r"u must have shape \(3,\), got \(1,\)"),
        (soft_cap, [0, -1], "scale must be positive, got -1.0"),
        (adjusted_logits, [Z, [0, 0.5, 0.5], 1], "q must be positive, got 0.0"),
        (adjusted_logits, [Z, [0.5, 0.5], 1], "do not fit together"),
        (adjusted_logits, [Z, [1.0], 1], "q must have 3 classes, got 1"),
        (adjusted_logits, [Z, Y, np.nan], "^scale must be finite, got nan"),
        (mutual_information, [[[np.nan, 1.0]]], "^joint must be finite, got nan"),
        (clip_loss, [[[np.inf]], 1], "^S must be finite, got inf"),
        (clip_loss, [np.eye(2), np.inf], "^temperature must be finite, got inf"),
        (sampled_cross_entropy, [-Z * np.inf, 2, [0], EVEN], "^logits must be finite"),
        (sampled_cross_entropy, [Z, 2, [0], [1, 1, 1]], "^the sum of q must be 1"),
        (sampled_cross_entropy, [Z, 2, [0], [0, 0.5, 0.5]], "^q of samples must be"),
        (nce_loss, [[np.nan], [1], [1], 1], "^z must be finite, got nan"),
        (nce_loss, [1.0, [1], [1], 1], "^z need a last axis"),
        (nce_loss, [Z, [1, 1, 1], EVEN, 1], "^the sum of y must be 1"),
        (nce_loss, [Z, Y, [1, 1, 1], 1], "^the sum of q must be 1"),
        (nce_loss, [Z, Y, [0.5, 0.5], 1], r"^q must have shape \(3,\)"),
        (hierarchical_cross_entropy, [[np.inf], 0], "^z must be finite, got inf"),
        (hierarchical_cross_entropy, [1.0, 0], "^z need a last axis"),
        (plackett_luce_nll, [[np.inf], [0]], "^logits must be finite, got inf"),
        (optimal_policy, [[1, 1], [0, 0], 1], "^the sum of q must be 1"),
        (optimal_policy, [P, Z, np.inf], "^temperature must be finite, got inf"),
        (optimal_policy, [P, Z, 1e-310], "^u / temperature must be finite"),
        (dpo_loss, [0, 0, np.inf], "^scale must be finite, got inf"),
        (soft_cap_vjp, [np.inf, 1, 30], "^z must be finite, got inf"),
        (adjusted_logits, [Z, [1, 1, 1], 1], "^the sum of q must be 1"),
    ],
)
def test_bad_input_is_refused_and_named(function, arguments, message):
    with pytest.raises(ValueError, match=message):
        function(*arguments)
