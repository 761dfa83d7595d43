"""Contrast, sampling, preferences, logits: the code of ``docs/contrast.md``."""

import numpy as np
from numpy.typing import ArrayLike

from snippets import _checks as check
from snippets._checks import Float, Floats, Indices
from snippets.binary import binary_cross_entropy, sigmoid
from snippets.gradient import cross_entropy, cross_entropy_gradient
from snippets.information import entropy
from snippets.softmax import logsumexp, softmax


def mutual_information(joint: ArrayLike) -> Floats | Float:
    r"""Mutual information of rows and columns, in nats: the entropy that knowing saves.

    For $m \in \{1, \dots, M\}$, $k \in \{1, \dots, K\}$, $a \in \Delta^{M-1}$,
    $q_m \in \Delta^{K-1}$ and $b := \sum_m a_m q_m$ it is
    $H(b) - \sum_m a_m H(q_m)$, where the table has the entries $a_m q_{mk}$.
    Tables of shape (..., M, K), each with the sum 1, give (...); it is never negative.
    ValueError: a probability outside [0, 1], a table that does not sum to 1.
    Source: Cover and Thomas, Elements of Information Theory (2006), chapter 2.

    >>> round(float(mutual_information([[0.1, 0.15, 0.25], [0.3, 0.15, 0.05]])), 4)
    0.1251
    """
    joint = check.finite("joint", joint)
    if joint.ndim < 2 or 0 in joint.shape[-2:]:
        raise ValueError(f"joint must have rows and columns, got shape {joint.shape}")
    *batch, M, K = joint.shape
    pairs = check.probabilities("joint", joint.reshape((*batch, M * K)))
    rows, columns = joint.sum(axis=-1), joint.sum(axis=-2)
    return np.maximum(entropy(rows) + entropy(columns) - entropy(pairs), 0)


def mutual_information_bound(z: ArrayLike, labels: ArrayLike) -> Float:
    r"""Estimate from below the mutual information, in nats: $\log N$ minus InfoNCE.

    Scores z of shape (..., N), of N candidates, and the place of the positive, of shape
    (...), give one number for all (new) examples; it is never above $\log N$.
    ValueError: scores or labels as in `cross_entropy`, labels that are no class
    indices, or no example.
    Source: van den Oord, Li and Vinyals (2018), arXiv:1807.03748, section 2.3.

    >>> z = [[2.0, 0, 0, 0], [0, 2.0, 0, 0]]
    >>> round(float(mutual_information_bound(z, [0, 1])), 4)
    1.0455
    """
    z = check.logits(z)
    c = check.true_classes(labels, z)
    if c.size == 0:
        raise ValueError(f"z must have at least one example, got shape {z.shape}")
    return np.log(z.dtype.type(z.shape[-1])) - cross_entropy(z, c).mean()


def clip_loss(S: ArrayLike, temperature: ArrayLike) -> Floats | Float:
    r"""Mean InfoNCE of the rows and of the columns of one table, in nats: CLIP's loss.

    For $S \in \mathbb{R}^{N \times N}$, $T \in \mathbb{R}_{>0}$ and
    $i, j, k \in \{1, \dots, N\}$ there is a softmax along the rows and one along the
    columns, $P_{ij} := \frac{e^{S_{ij} / T}}{\sum_k e^{S_{ik} / T}}$ and
    $Q_{ij} := \frac{e^{S_{ij} / T}}{\sum_k e^{S_{kj} / T}}$. It is
    $-\frac{1}{2 N} \sum_i \log(P_{ii} Q_{ii})$.
    Similarities of shape (..., N, N), pairs on the diagonal, give (...).
    ValueError: similarities not finite or not square, a temperature not one positive
    number, or so small that the quotients overflow.
    Source: Radford et al. (2021), arXiv:2103.00020, figure 3.

    >>> round(float(clip_loss([[1.0, 0.0], [0.0, 1.0]], 0.5)), 4)
    0.1269
    """
    z = _similarities(S, temperature)
    pairs = np.arange(z.shape[-1]) + np.zeros(z.shape[:-1], dtype=np.intp)
    rows, columns = cross_entropy(z, pairs), cross_entropy(_turned(z), pairs)
    return (rows.mean(axis=-1) + columns.mean(axis=-1)) / 2


def clip_gradient(
    S: ArrayLike, temperature: ArrayLike
) -> tuple[Floats, Floats | Float]:
    r"""Gradient of `clip_loss` with respect to the similarities and to log(1/T).

    With P and Q as there, the first is $\frac{1}{2 N T} (P + Q - 2 I)$ for
    $P, Q \in \mathbb{R}^{N \times N}$ and $T \in \mathbb{R}_{>0}$; the second is the
    sum of its products with S.
    Similarities of shape (..., N, N) give (..., N, N) and (...).
    ValueError: as in `clip_loss`.
    Source: derived on the page; checked against a complex step.

    >>> by_S, by_t = clip_gradient([[1.0, 0.0], [0.0, 1.0]], 0.5)
    >>> by_S.round(4), round(float(by_t), 4)
    (array([[-0.1192,  0.1192],
           [ 0.1192, -0.1192]]), -0.2384)
    """
    z = _similarities(S, temperature)
    pairs = np.eye(z.shape[-1], dtype=z.dtype)
    error = softmax(z) + _turned(softmax(_turned(z))) - 2 * pairs
    by_z = error / (2 * z.shape[-1])
    T = check.like("temperature", temperature, np.empty_like(z, shape=()))
    return by_z / T, (by_z * z).sum(axis=(-2, -1))


def _similarities(S: ArrayLike, temperature: ArrayLike) -> Floats:
    """Return square tables of similarities, divided by the temperature: logits."""
    S = check.finite("S", S)
    if S.ndim < 2 or S.shape[-1] != S.shape[-2] or S.shape[-1] == 0:
        raise ValueError(f"S must have shape (..., N, N), got {S.shape}")
    T = check.positive("temperature", temperature, S)
    with np.errstate(over="ignore"):  # the check of logits finds what is infinite
        return check.logits(check.finite("S / temperature", S / T))


def _turned(x: Floats) -> Floats:
    """Return matrices with rows and columns exchanged."""
    return np.ascontiguousarray(np.swapaxes(x, -1, -2))


def sampled_cross_entropy(
    z: ArrayLike, labels: ArrayLike, samples: ArrayLike, q: ArrayLike
) -> Floats | Float:
    r"""Estimate softmax cross-entropy, in nats, from some of the classes: an average.

    For $z \in \mathbb{R}^K$, the class $c \in \{1, \dots, K\}$ and draws
    $j_i \in \{1, \dots, K\}$, $i \in \{1, \dots, R\}$, from $q \in \Delta^{K-1}_{>0}$
    it is
    $\log( e^{z_c} + \frac{1}{R} \sum_i [j_i \ne c] e^{z_{j_i}} / q_{j_i} ) - z_c$.
    Logits (..., K), class indices (...), the R classes drawn, (R,), and the
    probabilities that they were drawn with, (K,) or one row for each example, give
    (...).
    ValueError: no sample, a sample or a label out of range, a sample whose probability
    is 0, a masked class, shapes that do not fit.
    Source: Bengio and Senécal (2008), doi:10.1109/TNN.2007.912312; Jean et al. (2015),
    arXiv:1412.2007, section 3.

    >>> z, even = np.log([0.2, 0.3, 0.5]), np.array([1, 1, 1]) / 3
    >>> round(float(sampled_cross_entropy(z, 2, [0, 1], even)), 4)
    0.9163
    """
    z = check.logits(check.finite("logits", z))
    c = check.true_classes(labels, z)
    j, log_q = _drawn(samples, q, z)
    z_c = np.take_along_axis(z, c[..., None], axis=-1)
    drawn = z[..., j] - log_q - np.log(z.dtype.type(j.size))
    drawn = np.where(j == c[..., None], -np.inf, drawn)  # the true class, drawn by hap
    candidates = np.concatenate([z_c, drawn], axis=-1)
    return cross_entropy(candidates, np.zeros(c.shape, dtype=np.intp))


def _drawn(samples: ArrayLike, q: ArrayLike, z: Floats) -> tuple[Indices, Floats]:
    """Return the classes that were drawn, and the logarithms of their chances."""
    j = check.labels(samples, z.shape[-1])
    if j.ndim != 1 or j.size == 0:
        raise ValueError(f"samples must have shape (R,), R > 0, got {j.shape}")
    q = check.probabilities("q", q).astype(z.dtype)
    if q.shape not in (z.shape, z.shape[-1:]):
        raise ValueError(f"q must have shape {z.shape[-1:]}, got {q.shape}")
    chances = q[..., j]
    check.reject("q of samples", chances, chances == 0, "positive")
    return j, np.log(chances)


def nce_loss(
    z: ArrayLike, y: ArrayLike, q: ArrayLike, negatives: int
) -> Floats | Float:
    r"""Noise-contrastive loss of scores, in nats: data against noise, one by one.

    For $z \in \mathbb{R}^K$, the data's $y \in \Delta^{K-1}$, the noise
    $q \in \Delta^{K-1}_{>0}$, $R \in \mathbb{N}$ draws of noise for each of data, and
    $h_k := \frac{e^{z_k}}{e^{z_k} + R q_k}$ for $k \in \{1, \dots, K\}$ it is
    $-\sum_k ( y_k \log h_k + R q_k \log(1 - h_k) )$.
    Scores and distributions of one shape (..., K) give (...).
    ValueError: scores not finite, bad distributions, a noise of 0, other shapes,
    negatives not a positive whole number.
    Source: Gutmann and Hyvärinen (2012), JMLR 13, 307–361.

    >>> z, y = np.log([0.2, 0.3, 0.5]), [0, 0, 1]
    >>> round(float(nce_loss(z, y, [0.25, 0.25, 0.5], 1)), 4)
    1.3838
    """
    z, y, noise = _data_and_noise(z, y, q, negatives)
    r = z - np.log(noise)
    return (y * binary_cross_entropy(r, 1) + noise * binary_cross_entropy(r, 0)).sum(
        axis=-1
    )


def nce_gradient(z: ArrayLike, y: ArrayLike, q: ArrayLike, negatives: int) -> Floats:
    r"""Gradient of `nce_loss` with respect to the scores; 0 where they are log y.

    For $z \in \mathbb{R}$, $y \in [0, 1]$, $q \in (0, 1]$ and $R \in \mathbb{N}$ each
    component is $\frac{R q}{e^z + R q} (e^z - y)$.
    Scores and distributions of one shape (..., K) give (..., K).
    ValueError: as in `nce_loss`.
    Source: Mnih and Teh (2012), arXiv:1206.6426; derived on the page.

    >>> z, y = np.log([0.2, 0.3, 0.5]), [0, 0, 1]
    >>> nce_gradient(z, y, [0.25, 0.25, 0.5], 1).round(4)
    array([ 0.1111,  0.1364, -0.25  ])
    """
    z, y, noise = _data_and_noise(z, y, q, negatives)
    r = z - np.log(noise)
    return noise * sigmoid(r) - y * sigmoid(-r)


def _data_and_noise(
    z: ArrayLike, y: ArrayLike, q: ArrayLike, negatives: int
) -> tuple[Floats, Floats, Floats]:
    """Return scores, data and the noise of all negatives, in one dtype."""
    z = check.with_classes("z", check.finite("z", z))
    y, q = check.probabilities("y", y), check.probabilities("q", q)
    check.reject("q", q, q <= 0, "positive")
    y, q = check.like("y", y, z), check.like("q", q, z)
    return z, y, check.whole("negatives", negatives) * q


def hierarchical_cross_entropy(z: ArrayLike, labels: ArrayLike) -> Floats | Float:
    r"""Cross-entropy of a class that is found by yes-or-no questions, in nats.

    K − 1 questions form a binary tree: after question i, no leads to 2i, and yes to
    2i + 1; from K on, these are the classes. Each answer costs as in
    `binary_cross_entropy`, and a class as much as the answers on its path.
    Logits of shape (..., K − 1) and class indices 0..K−1 of shape (...) give (...).
    ValueError: a logit not finite, a label out of range, shapes that do not fit.
    Source: Morin and Bengio (2005), PMLR R5, 246–252.

    >>> z = np.log([1.0, 1.5])  # the odds of yes
    >>> np.exp(-hierarchical_cross_entropy([z, z, z], [0, 1, 2])).round(4)
    array([0.5, 0.2, 0.3])
    """
    z = check.with_classes("z", check.finite("z", z))
    c = check.labels(labels, z.shape[-1] + 1)
    if c.shape != z.shape[:-1]:
        raise ValueError(f"labels must have shape {z.shape[:-1]}, got {c.shape}")
    node = c + z.shape[-1] + 1
    loss = np.zeros(c.shape, dtype=z.dtype)
    while (node > 1).any():
        question, answer = np.maximum(node // 2, 1), node % 2
        r = np.take_along_axis(z, question[..., None] - 1, axis=-1)[..., 0]
        cost = binary_cross_entropy(r, answer.astype(z.dtype))
        loss, node = loss + np.where(node > 1, cost, 0), question
    return loss[()]  # one number is no array


def plackett_luce_nll(z: ArrayLike, ranking: ArrayLike) -> Floats | Float:
    r"""Negative log-likelihood of a ranking, in nats: a softmax for each place.

    For $z \in \mathbb{R}^K$ and the ranking $1, 2, \dots, K$ it is
    $\sum_{i=1}^K ( \log \sum_{j=i}^K e^{z_j} - z_i )$: of the items that are left, the
    next one is the class.
    Scores (..., K) and rankings (..., K), the indices 0..K−1 from best to worst, give
    (...).
    ValueError: a score not finite, a ranking without each item once, other shapes.
    Source: Plackett (1975), doi:10.2307/2346567; Xia et al. (2008), ICML, 1192–1199.

    >>> round(float(plackett_luce_nll(np.log([0.2, 0.3, 0.5]), [2, 1, 0])), 4)
    1.204
    """
    z, places = _ranked(z, ranking)
    x = np.take_along_axis(z, places, axis=-1)
    K = x.shape[-1]
    return sum(
        (logsumexp(x[..., i:]) - x[..., i] for i in range(1, K)),
        start=(logsumexp(x) - x[..., 0]),
    )


def plackett_luce_gradient(z: ArrayLike, ranking: ArrayLike) -> Floats:
    r"""Gradient of `plackett_luce_nll`: of each place, what is predicted minus what is.

    For $z \in \mathbb{R}^K$ and $k \in \{1, \dots, K\}$ the ranking $1, 2, \dots, K$
    has the components $\sum_{i=1}^k \frac{e^{z_k}}{\sum_{j=i}^K e^{z_j}} - 1$.
    Scores (..., K) and rankings (..., K) give (..., K); each row sums to 0.
    ValueError: as in `plackett_luce_nll`.
    Source: derived on the page; checked against a complex step.

    >>> plackett_luce_gradient(np.log([0.2, 0.3, 0.5]), [2, 1, 0]).round(4)
    array([ 0.6, -0.1, -0.5])
    """
    z, places = _ranked(z, ranking)
    x = np.take_along_axis(z, places, axis=-1)
    by_x = np.zeros_like(x)
    first = np.zeros(x.shape[:-1], dtype=np.intp)
    for i in range(x.shape[-1]):
        by_x[..., i:] += cross_entropy_gradient(x[..., i:], first)
    gradient = np.zeros_like(x)
    np.put_along_axis(gradient, places, by_x, axis=-1)
    return gradient


def _ranked(z: ArrayLike, ranking: ArrayLike) -> tuple[Floats, Indices]:
    """Return scores, and rankings in which each item of a row occurs once."""
    z = check.logits(check.finite("logits", z))
    places = check.labels(ranking, z.shape[-1])
    if places.shape != z.shape:
        raise ValueError(f"ranking must have shape {z.shape}, got {places.shape}")
    once = (np.sort(places, axis=-1) == np.arange(z.shape[-1])).all(axis=-1)
    check.reject("ranking", places[..., 0], ~once, "each item once")
    return z, places


def optimal_policy(q: ArrayLike, u: ArrayLike, temperature: ArrayLike) -> Floats:
    r"""Distribution of the largest mean reward minus T times its divergence from q.

    For $q \in \Delta^{K-1}_{>0}$, rewards $u \in \mathbb{R}^K$ and
    $T \in \mathbb{R}_{>0}$ it is $\operatorname{softmax}(\log q + \frac{1}{T} u)$.
    Distributions and rewards of one shape (..., K) give (..., K).
    ValueError: shapes that differ, a bad distribution, rewards not finite or too large,
    a temperature that is not one positive number.
    Source: Rafailov et al. (2023), arXiv:2305.18290, equation 4.

    >>> optimal_policy([0.2, 0.3, 0.5], [1, 0, 0], 0.5).round(4)
    array([0.6488, 0.1317, 0.2195])
    """
    q = check.probabilities("q", q)
    u = check.like("u", u, q)
    T = check.positive("temperature", temperature, q)
    with np.errstate(divide="ignore", over="ignore"):  # log 0 = −inf: it stays out
        return softmax(np.log(q) + check.finite("u / temperature", u / T))


def dpo_loss(z: ArrayLike, v: ArrayLike, scale: float) -> Floats | Float:
    r"""Loss of a preference, in nats: binary cross-entropy of an implicit reward.

    For $z, v \in \mathbb{R}$ and $\beta \in \mathbb{R}_{>0}$ it is
    $\log(1 + e^{-\beta (z - v)})$, where z is the log-probability of the chosen answer
    minus that of the rejected one, and v the same of the reference model.
    Differences of shapes that broadcast; no mean is taken.
    ValueError: anything not finite, a scale not positive, shapes that do not fit.
    Source: Rafailov et al. (2023), arXiv:2305.18290, equation 7.

    >>> round(float(dpo_loss(np.log(5), np.log(2), 1)), 4)
    0.3365
    """
    margin = _margin(z, v, scale)
    return binary_cross_entropy(margin, 1)


def dpo_gradient(z: ArrayLike, v: ArrayLike, scale: float) -> Floats | Float:
    r"""Gradient of `dpo_loss` with respect to the policy's difference.

    For $z, v \in \mathbb{R}$, $\beta \in \mathbb{R}_{>0}$ and
    $\sigma(r) := \frac{1}{1 + e^{-r}}$ it is $-\beta \sigma(-\beta (z - v))$.
    Differences of shapes that broadcast give values between −scale and 0.
    ValueError: as in `dpo_loss`.
    Source: Rafailov et al. (2023), arXiv:2305.18290, section 4.

    >>> round(float(dpo_gradient(np.log(5), np.log(2), 1)), 4)
    -0.2857
    """
    margin = _margin(z, v, scale)
    return -margin.dtype.type(scale) * sigmoid(-margin)


def _margin(z: ArrayLike, v: ArrayLike, scale: float) -> Floats:
    """Return what the implicit rewards of two answers differ by."""
    z, v = check.together("z v", z, v)
    beta = check.positive("scale", scale, z)
    with np.errstate(over="ignore", invalid="ignore"):
        return check.finite("the margin", beta * (z - v))


def z_loss(z: ArrayLike) -> Floats | Float:
    r"""Penalty on the normaliser: the square of log-sum-exp, $A(z)^2$.

    Logits of shape (..., K) give (...); 0 where the exponentials sum to 1.
    ValueError: logits as in `softmax`, or so large that the square overflows.
    Source: Chowdhery et al. (2022), PaLM, arXiv:2204.02311, section 5.

    >>> round(float(z_loss(np.log([0.2, 0.3, 0.5]) + 3)), 4)
    9.0
    """
    A = logsumexp(z)
    with np.errstate(over="ignore"):
        return check.finite("the square", A * A)[()]


def z_loss_gradient(z: ArrayLike) -> Floats:
    r"""Gradient of `z_loss` with respect to the logits: $2 A(z) p$.

    Logits of shape (..., K) give (..., K); each row sums to 2A, and not to 0.
    ValueError: logits as in `softmax`.
    Source: derived on the page; checked against a complex step.

    >>> z_loss_gradient(np.log([0.2, 0.3, 0.5]) + 3).round(4)
    array([1.2, 1.8, 3. ])
    """
    A = np.asarray(logsumexp(z))[..., None]
    return 2 * (A * softmax(z))  # A is at most half of the largest number


def soft_cap(z: ArrayLike, scale: float) -> Floats | Float:
    r"""Logits that stay between −c and c: smooth and increasing.

    For $z \in \mathbb{R}$ and $c \in \mathbb{R}_{>0}$ it is $c \tanh(z / c)$, close
    to z where z is small beside c. Logits of any shape give that shape.
    ValueError: a logit that is not finite (cap before you mask), a scale not positive.
    Source: Gemma Team (2024), Gemma 2, arXiv:2408.00118, section 2.

    >>> soft_cap([0, 3, 30, 300], 30).round(4)
    array([ 0.    ,  2.99  , 22.8478, 30.    ])
    """
    z = check.finite("z", z)
    c = check.positive("scale", scale, z)
    with np.errstate(over="ignore"):
        return c * np.tanh(z / c)


def soft_cap_vjp(z: ArrayLike, u: ArrayLike, scale: float) -> Floats | Float:
    r"""Carry u back through `soft_cap`: times the slope, which dies far out.

    For $z, u \in \mathbb{R}$ and $c \in \mathbb{R}_{>0}$, with
    $s := \frac{e^{z/c} - e^{-z/c}}{e^{z/c} + e^{-z/c}}$, it is $(1 - s^2) u$.
    Logits and u of one shape give that shape.
    ValueError: shapes that differ, u not finite, or what `soft_cap` refuses.
    Source: derived on the page; checked against a complex step.

    >>> soft_cap_vjp([0, 3, 30, 300], [1, 1, 1, 1], 30).round(4)
    array([1.    , 0.9901, 0.42  , 0.    ])
    """
    z = check.finite("z", z)
    c = check.positive("scale", scale, z)
    with np.errstate(over="ignore"):
        t = np.exp(-2 * np.abs(z / c))
    return 4 * t / (1 + t) ** 2 * check.like("u", u, z)


def adjusted_logits(z: ArrayLike, q: ArrayLike, scale: float) -> Floats:
    r"""Logits plus a multiple of the logarithms of frequencies.

    For $z \in \mathbb{R}^K$, $q \in \Delta^{K-1}_{>0}$ and $\tau \in \mathbb{R}$ they
    are $z + \tau \log q$. In the loss, 1 lets z learn ratios to the frequencies of
    classes; −1 corrects for how often candidates, drawn from q, are drawn.
    Logits (..., K) and distributions, whose batches broadcast, give (..., K).
    ValueError: logits as in `softmax`, a probability of 0, shapes that do not fit.
    Source: Menon et al. (2021), arXiv:2007.07314, equation 10; Yi et al. (2019).

    >>> adjusted_logits([0, 0, 0], [0.2, 0.3, 0.5], 1).round(4)
    array([-1.6094, -1.204 , -0.6931])
    """
    z = check.logits(z)
    q = check.probabilities("q", q)
    check.reject("q", q, q <= 0, "positive")
    check.broadcast("z q", z.shape, q.shape)
    if z.shape[-1] != q.shape[-1]:
        raise ValueError(f"q must have {z.shape[-1]} classes, got {q.shape[-1]}")
    tau = z.dtype.type(check.number("scale", scale))
    return z + tau * np.log(q).astype(z.dtype)
