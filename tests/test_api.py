"""The crosswalk: what `docs/api.md` says of a library is what the library does.

A cell of the page is a test, named by its row and its column. PyTorch and Optax are
optional (`make frameworks`); what needs them is skipped where they are absent.
"""

import importlib
import os
import re
import warnings
from collections.abc import Callable
from types import SimpleNamespace

import numpy as np
import pytest
from numpy.testing import assert_allclose
from scipy import special, stats
from sklearn.metrics import log_loss

from atlas.questions import QUESTIONS
from atlas.record import read
from snippets.binary import binary_cross_entropy
from snippets.gradient import cross_entropy
from snippets.information import entropy, kl_divergence
from snippets.likelihood import categorical_nll
from snippets.soft_labels import smooth_labels, weighted_cross_entropy
from snippets.softmax import log_softmax, logsumexp, softmax
from tests.markdown import DOCS

Z = np.random.default_rng(0).normal(size=(4, 3)) * 2
LABELS = np.array([2, 0, 1, 1])
ONE_HOT = np.eye(3)[LABELS]
SOFT = np.array([[0.1, 0.2, 0.7], [0.5, 0.5, 0], [1, 0, 0], [0.2, 0.2, 0.6]])
WEIGHTS = np.array([1.0, 2.0, 0.5])
Q, P = np.array([0.1, 0.2, 0.7]), np.array([0.2, 0.3, 0.5])
LOSSES = -(ONE_HOT * special.log_softmax(Z, axis=-1)).sum(axis=-1)
LOG_P = special.log_softmax(Z, axis=-1)
EVERY = ("Here", "SciPy", "scikit-learn", "PyTorch", "JAX, Optax")
MASKED = np.array([[-np.inf, 0.0, 1.0]])
ALL_MASKED = np.array([-np.inf, -np.inf])
CHECKS: dict[tuple[str, str], Callable[[], None]] = {}


def claims(row, *columns):
    """Register a check for the cells of a row."""

    def register(check):
        for column in columns:
            assert (row, column) not in CHECKS
            CHECKS[row, column] = check
        return check

    return register


def torch():
    """Return PyTorch, its functions, and what turns an array into a tensor."""
    found = framework("torch")
    return SimpleNamespace(
        torch=found, F=found.nn.functional, of=lambda a: found.tensor(np.asarray(a))
    )


def optax():
    """Return Optax and JAX, with 64 bits."""
    jax = framework("jax")
    jax.config.update("jax_enable_x64", True)
    return SimpleNamespace(
        jax=jax, optax=framework("optax"), of=lambda a: jax.numpy.asarray(a)
    )


def framework(name):
    """Return a library, or skip; where all are required, its absence is an error."""
    if os.environ.get("REQUIRE_FRAMEWORKS"):
        return importlib.import_module(name)
    return pytest.importorskip(name, reason=f"{name}: make frameworks")


# --- names -----------------------------------------------------------------------


@claims("log-sum-exp", *EVERY[:2])
def log_sum_exp():
    assert_allclose(logsumexp(Z), special.logsumexp(Z, axis=-1))


@claims("log-sum-exp", "PyTorch")
def log_sum_exp_torch():
    t = torch()
    assert_allclose(t.torch.logsumexp(t.of(Z), -1), logsumexp(Z))


@claims("log-sum-exp", "JAX, Optax")
def log_sum_exp_jax():
    o = optax()
    assert_allclose(o.jax.nn.logsumexp(o.of(Z), axis=-1), logsumexp(Z))


@claims("softmax", *EVERY[:2])
def softmax_scipy():
    assert_allclose(softmax(Z), special.softmax(Z, axis=-1))


@claims("softmax", "PyTorch")
def softmax_torch():
    t = torch()
    assert_allclose(t.F.softmax(t.of(Z), -1), softmax(Z))


@claims("softmax", "JAX, Optax")
def softmax_jax():
    o = optax()
    assert_allclose(o.jax.nn.softmax(o.of(Z)), softmax(Z))


@claims("log-softmax", *EVERY[:2])
def log_softmax_scipy():
    assert_allclose(log_softmax(Z), special.log_softmax(Z, axis=-1))


@claims("log-softmax", "PyTorch")
def log_softmax_torch():
    t = torch()
    assert_allclose(t.F.log_softmax(t.of(Z), -1), log_softmax(Z))


@claims("log-softmax", "JAX, Optax")
def log_softmax_jax():
    o = optax()
    assert_allclose(o.jax.nn.log_softmax(o.of(Z)), log_softmax(Z))


@claims("cross-entropy, class index", "Here", "scikit-learn")
def cross_entropy_of_indices():
    assert_allclose(cross_entropy(Z, LABELS), LOSSES)
    assert_allclose(log_loss(LABELS, softmax(Z), labels=[0, 1, 2]), LOSSES.mean())


@claims("cross-entropy, class index", "PyTorch")
def cross_entropy_of_indices_torch():
    t = torch()
    assert_allclose(t.F.cross_entropy(t.of(Z), t.of(LABELS)), LOSSES.mean())


@claims("cross-entropy, class index", "JAX, Optax")
def cross_entropy_of_indices_optax():
    o = optax()
    found = o.optax.softmax_cross_entropy_with_integer_labels(o.of(Z), o.of(LABELS))
    assert_allclose(found, LOSSES)


@claims("cross-entropy, distribution", "Here")
def cross_entropy_of_distributions():
    assert_allclose(cross_entropy(Z, SOFT), -(SOFT * LOG_P).sum(axis=-1))


@claims("cross-entropy, distribution", "PyTorch")
def cross_entropy_of_distributions_torch():
    t = torch()
    found = t.F.cross_entropy(t.of(Z), t.of(SOFT))
    assert_allclose(found, cross_entropy(Z, SOFT).mean())


@claims("cross-entropy, distribution", "JAX, Optax")
def cross_entropy_of_distributions_optax():
    o = optax()
    found = o.optax.softmax_cross_entropy(o.of(Z), o.of(SOFT))
    assert_allclose(found, cross_entropy(Z, SOFT))


@claims("binary, from the logit", "Here")
def binary():
    expected = -stats.bernoulli.logpmf([1, 0], special.expit([3.0, -5.0]))
    assert_allclose(binary_cross_entropy([3.0, -5.0], [1, 0]), expected)


@claims("binary, from the logit", "PyTorch")
def binary_torch():
    t = torch()
    found = t.F.binary_cross_entropy_with_logits(t.of([3.0, -5.0]), t.of([1.0, 0.0]))
    assert_allclose(found, binary_cross_entropy([3.0, -5.0], [1, 0]).mean())


@claims("binary, from the logit", "JAX, Optax")
def binary_optax():
    o = optax()
    found = o.optax.sigmoid_binary_cross_entropy(o.of([3.0, -5.0]), o.of([1.0, 0.0]))
    assert_allclose(found, binary_cross_entropy([3.0, -5.0], [1, 0]))


@claims("divergence", *EVERY[:2])
def divergence():
    assert_allclose(kl_divergence(Q, P), special.rel_entr(Q, P).sum())


@claims("divergence", "PyTorch")
def divergence_torch():
    t = torch()
    found = t.F.kl_div(t.of(np.log(P)), t.of(Q), reduction="sum")
    assert_allclose(found, kl_divergence(Q, P))


@claims("divergence", "JAX, Optax")
def divergence_optax():
    o = optax()
    found = o.optax.kl_divergence(o.of(np.log(P)), o.of(Q))
    assert_allclose(found, kl_divergence(Q, P))


@claims("entropy", *EVERY[:2])
def entropy_scipy():
    assert_allclose(entropy(Q), stats.entropy(Q))


@claims("entropy", "PyTorch")
def entropy_torch():
    t = torch()
    assert_allclose(t.torch.special.entr(t.of(Q)).sum(), entropy(Q))


@claims("entropy", "JAX, Optax")
def entropy_jax():
    o = optax()
    assert_allclose(o.jax.scipy.special.entr(o.of(Q)).sum(), entropy(Q))


# --- conventions -----------------------------------------------------------------


@claims("axis of the classes", *EVERY[:3])
def axis():
    assert_allclose(softmax(Z).sum(axis=-1), 1)
    assert_allclose(special.softmax(Z).sum(), 1)
    assert_allclose(stats.entropy(SOFT), entropy((SOFT / SOFT.sum(axis=0)).T))
    assert log_loss([0, 1], [[0.9, 0.1], [0.1, 0.9]]) < 0.2


@claims("axis of the classes", "PyTorch")
def axis_torch():
    t = torch()
    pixels = np.random.default_rng(1).normal(size=(2, 3, 5))
    labels = np.array([[0, 1, 2, 0, 1], [2, 2, 1, 0, 0]])
    found = t.F.cross_entropy(t.of(pixels), t.of(labels), reduction="none")
    assert_allclose(found, cross_entropy(np.moveaxis(pixels, 1, -1), labels))


@claims("axis of the classes", "JAX, Optax")
def axis_jax():
    o = optax()
    assert_allclose(o.jax.nn.softmax(o.of(Z)).sum(axis=-1), 1)
    assert_allclose(o.jax.nn.logsumexp(o.of(Z)), special.logsumexp(Z))


@claims("reduction", "Here", "scikit-learn")
def reduction():
    assert cross_entropy(Z, LABELS).shape == (4,)
    given = {"y_true": LABELS, "y_pred": softmax(Z), "labels": [0, 1, 2]}
    assert_allclose(log_loss(**given), LOSSES.mean())
    assert_allclose(log_loss(**given, normalize=False), LOSSES.sum())


@claims("reduction", "PyTorch")
def reduction_torch():
    t = torch()
    for name, expected in {"sum": LOSSES.sum(), "none": LOSSES}.items():
        found = t.F.cross_entropy(t.of(Z), t.of(LABELS), reduction=name)
        assert_allclose(found, expected)


@claims("reduction", "JAX, Optax")
def reduction_optax():
    cross_entropy_of_indices_optax()


@claims("class weights, class index", "Here", "scikit-learn")
def weights():
    weighted = WEIGHTS[LABELS] * LOSSES
    assert_allclose(weighted_cross_entropy(Z, LABELS, WEIGHTS), weighted)
    found = log_loss(
        LABELS, softmax(Z), labels=[0, 1, 2], sample_weight=WEIGHTS[LABELS]
    )
    assert_allclose(found, weighted.sum() / WEIGHTS[LABELS].sum())


@claims("class weights, class index", "PyTorch")
def weights_torch():
    t = torch()
    found = t.F.cross_entropy(t.of(Z), t.of(LABELS), weight=t.of(WEIGHTS))
    weighted = weighted_cross_entropy(Z, LABELS, WEIGHTS)
    assert_allclose(found, weighted.sum() / WEIGHTS[LABELS].sum())


@claims("class weights, distribution", "Here")
def weights_of_distributions():
    expected = -(WEIGHTS * SOFT * LOG_P).sum(axis=-1)
    assert_allclose(weighted_cross_entropy(Z, SOFT, WEIGHTS), expected)


@claims("class weights, distribution", "PyTorch")
def weights_of_distributions_torch():
    t = torch()
    found = t.F.cross_entropy(t.of(Z), t.of(ONE_HOT), weight=t.of(WEIGHTS))
    assert_allclose(found, weighted_cross_entropy(Z, ONE_HOT, WEIGHTS).mean())


@claims("label smoothing", "Here")
def smoothing():
    assert_allclose(smooth_labels(ONE_HOT, 0.1), 0.9 * ONE_HOT + 0.1 / 3)


@claims("label smoothing", "PyTorch")
def smoothing_torch():
    t = torch()
    found = t.F.cross_entropy(t.of(Z), t.of(LABELS), label_smoothing=0.1)
    assert_allclose(found, cross_entropy(Z, smooth_labels(ONE_HOT, 0.1)).mean())


@claims("label smoothing", "JAX, Optax")
def smoothing_optax():
    o = optax()
    found = o.optax.smooth_labels(o.of(ONE_HOT), 0.1)
    assert_allclose(found, smooth_labels(ONE_HOT, 0.1))


@claims("smoothing with weights", "Here")
def smoothing_with_weights():
    smoothed = smooth_labels(ONE_HOT, 0.1)
    expected = -(WEIGHTS * smoothed * LOG_P).sum(axis=-1)
    assert_allclose(weighted_cross_entropy(Z, smoothed, WEIGHTS), expected)


@claims("smoothing with weights", "PyTorch")
def smoothing_with_weights_torch():
    t = torch()
    found = t.F.cross_entropy(
        t.of(Z), t.of(LABELS), weight=t.of(WEIGHTS), label_smoothing=0.1
    )
    loss = weighted_cross_entropy(Z, smooth_labels(ONE_HOT, 0.1), WEIGHTS)
    assert_allclose(found, loss.sum() / WEIGHTS[LABELS].sum())


@claims("mean of a divergence", *EVERY[:2])
def mean_of_divergence():
    assert kl_divergence(SOFT, softmax(Z)).shape == (4,)
    assert special.rel_entr(SOFT, softmax(Z)).shape == (4, 3)


@claims("mean of a divergence", "PyTorch")
def mean_of_divergence_torch():
    t = torch()
    each = kl_divergence(SOFT, softmax(Z))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # PyTorch itself warns of this mean
        found = t.F.kl_div(t.of(LOG_P), t.of(SOFT), reduction="mean")
    assert_allclose(found, each.mean() / 3)
    found = t.F.kl_div(t.of(LOG_P), t.of(SOFT), reduction="batchmean")
    assert_allclose(found, each.mean())


@claims("mean of a divergence", "JAX, Optax")
def mean_of_divergence_optax():
    o = optax()
    found = o.optax.kl_divergence(o.of(LOG_P), o.of(SOFT))
    assert_allclose(found, kl_divergence(SOFT, softmax(Z)))


# --- bad input -------------------------------------------------------------------


@claims("label −1", "Here", "scikit-learn")
@claims("label K", "Here", "scikit-learn")
@claims("label −100", "scikit-learn")
def label_outside():
    for label in (-1, 3, -100):
        with pytest.raises(ValueError, match=str(label)):
            cross_entropy(Z, [2, 0, label, 1])
        with pytest.raises(ValueError, match=str(label)):
            log_loss([2, 0, label, 1], softmax(Z), labels=[0, 1, 2])


@claims("label −1", "PyTorch")
@claims("label K", "PyTorch")
def label_outside_torch():
    t = torch()
    for label in (-1, 3):
        with pytest.raises(IndexError, match="out of bounds"):
            t.F.cross_entropy(t.of(Z), t.of([2, 0, label, 1]))


@claims("label −1", "JAX, Optax")
@claims("label K", "JAX, Optax")
@claims("label −100", "JAX, Optax")
def label_outside_optax():
    o = optax()
    loss = o.optax.softmax_cross_entropy_with_integer_labels
    assert_allclose(loss(o.of(Z), o.of([2, 0, -1, 1]))[2], -LOG_P[2, -1])
    assert np.isnan(loss(o.of(Z), o.of([2, 0, 3, 1]))[2])
    assert np.isnan(loss(o.of(Z), o.of([2, 0, -100, 1]))[2])
    wide = o.of(np.zeros((1, 200)))
    assert_allclose(loss(wide, o.of([-100])), np.log(200))


@claims("label −100", "Here")
@claims("nothing but ignored labels", "Here")
def ignored_label():
    for labels in ([2, 0, -100, 1], [-100] * 4):
        with pytest.raises(ValueError, match="-100"):
            cross_entropy(Z, labels)


@claims("label −100", "PyTorch")
@claims("nothing but ignored labels", "PyTorch")
def ignored_label_torch():
    t = torch()
    found = t.F.cross_entropy(t.of(Z), t.of([2, 0, -100, 1]))
    assert_allclose(found, LOSSES[[0, 1, 3]].mean())
    assert np.isnan(t.F.cross_entropy(t.of(Z), t.of([-100] * 4)))


@claims("distribution that sums to 2", "Here")
def sum_of_two():
    with pytest.raises(ValueError, match="targets must be"):
        cross_entropy(Z, 2 * ONE_HOT)


@claims("distribution that sums to 2", "PyTorch")
def sum_of_two_torch():
    t = torch()
    found = t.F.cross_entropy(t.of(Z), t.of(2 * ONE_HOT), reduction="none")
    assert_allclose(found, 2 * LOSSES)


@claims("distribution that sums to 2", "JAX, Optax")
def sum_of_two_optax():
    o = optax()
    found = o.optax.softmax_cross_entropy(o.of(Z), o.of(2 * ONE_HOT))
    assert_allclose(found, 2 * LOSSES)


@claims("probability 0 of the true class", *EVERY[:3])
def impossible():
    assert categorical_nll([0.0, 1.0], 0) == np.inf
    assert special.rel_entr(1.0, 0.0) == np.inf
    clipped = log_loss([0, 1], [[0.0, 1.0], [0.0, 1.0]], normalize=False)
    assert_allclose(clipped, -np.log(np.finfo(float).eps), rtol=1e-6)
    assert round(clipped) == 36


@claims("probability 0 of the true class", "PyTorch")
def impossible_torch():
    t = torch()
    assert t.F.cross_entropy(t.of(MASKED), t.of([0])) == np.inf
    assert t.F.binary_cross_entropy(t.of([0.0]), t.of([1.0])) == 100


@claims("probability 0 of the true class", "JAX, Optax")
def impossible_optax():
    o = optax()
    loss = o.optax.softmax_cross_entropy_with_integer_labels
    assert loss(o.of(MASKED), o.of([0]))[0] == np.inf


@claims("masked class (logit −∞) without weight", "Here")
def masked():
    assert_allclose(cross_entropy(MASKED, [[0, 0.5, 0.5]]), np.log1p(np.e) - 0.5)
    with pytest.raises(ValueError, match="0 where the logit is -inf"):
        cross_entropy(MASKED, smooth_labels([[0, 0.5, 0.5]], 0.1))


@claims("masked class (logit −∞) without weight", "PyTorch")
def masked_torch():
    t = torch()
    assert np.isnan(t.F.cross_entropy(t.of(MASKED), t.of([[0, 0.5, 0.5]])))
    assert_allclose(t.F.cross_entropy(t.of(MASKED), t.of([2])), np.log1p(1 / np.e))
    smoothed = t.F.cross_entropy(t.of(MASKED), t.of([2]), label_smoothing=0.1)
    assert smoothed == np.inf


@claims("masked class (logit −∞) without weight", "JAX, Optax")
def masked_optax():
    o = optax()
    q = o.of([[0, 0.5, 0.5]])
    assert np.isnan(o.optax.softmax_cross_entropy(o.of(MASKED), q)[0])
    found = o.optax.softmax_cross_entropy(
        o.of(MASKED), q, where=o.of([[False, True, True]])
    )
    assert_allclose(found, np.log1p(np.e) - 0.5)
    found = o.optax.safe_softmax_cross_entropy(o.of(MASKED), q)
    assert_allclose(found, np.log1p(np.e) - 0.5)
    smoothed = o.optax.smooth_labels(q, 0.1)
    for loss in (o.optax.softmax_cross_entropy, o.optax.safe_softmax_cross_entropy):
        assert loss(o.of(MASKED), smoothed)[0] == np.inf
    found = o.optax.softmax_cross_entropy(
        o.of(MASKED), smoothed, where=o.of([[False, True, True]])
    )
    assert np.isfinite(found)[0]
    loss = o.optax.softmax_cross_entropy_with_integer_labels
    assert_allclose(loss(o.of(MASKED), o.of([2])), np.log1p(1 / np.e))


@claims("NaN in the logits", *EVERY[:3])
def not_a_number():
    with pytest.raises(ValueError, match="got nan"):
        softmax([np.nan, 0])
    assert np.isnan(special.softmax([np.nan, 0])).all()
    with pytest.raises(ValueError, match="NaN"):
        log_loss([0, 1], [[np.nan, 1.0], [0.0, 1.0]])


@claims("NaN in the logits", "PyTorch")
def not_a_number_torch():
    t = torch()
    assert np.isnan(t.F.cross_entropy(t.of([[np.nan, 0.0]]), t.of([0])))


@claims("NaN in the logits", "JAX, Optax")
def not_a_number_optax():
    o = optax()
    loss = o.optax.softmax_cross_entropy_with_integer_labels
    assert np.isnan(loss(o.of([[np.nan, 0.0]]), o.of([0]))[0])


@claims("all classes masked", *EVERY[:2])
def nothing_left():
    with pytest.raises(ValueError, match="at least one class"):
        softmax(ALL_MASKED)
    with np.errstate(invalid="ignore"):
        assert np.isnan(special.softmax(ALL_MASKED)).all()
    assert special.logsumexp(ALL_MASKED) == -np.inf


@claims("all classes masked", "PyTorch")
def nothing_left_torch():
    t = torch()
    assert np.isnan(t.F.softmax(t.of(ALL_MASKED), -1)).all()


@claims("all classes masked", "JAX, Optax")
def nothing_left_jax():
    o = optax()
    assert np.isnan(o.jax.nn.softmax(o.of(ALL_MASKED))).all()


# --- the page --------------------------------------------------------------------


def cells():
    """Yield the row and the column of each cell of the page that says something."""
    columns = []
    for line in (DOCS / "api.md").read_text("utf-8").splitlines():
        if not line.startswith("|") or re.match(r"\|-", line):
            columns = columns if line.startswith("|") else []
            continue
        row, *entries = [cell.strip() for cell in line.strip("|").split("|")]
        if not columns:
            columns = entries
            continue
        for column, entry in zip(columns, entries, strict=True):
            if entry and column in EVERY:
                yield row, column


CELLS = list(cells())

# TensorFlow's column, by the answers that the atlas keeps: the form of a row, and what
# the answer to a question means
FORMS = {
    "log-sum-exp": "logsumexp",
    "softmax": "softmax",
    "log-softmax": "log_softmax",
    "cross-entropy, class index": "cross_entropy",
    "cross-entropy, distribution": "cross_entropy_of_distribution",
    "binary, from the logit": "binary_cross_entropy",
    "divergence": "kl_divergence",
}
MEANINGS = {
    "reduction": {
        "TensorFlow": ("default-reduction", "one loss per example"),
        "Keras on TensorFlow": ("default-reduction", "the mean"),
    },
    "label smoothing": {
        "Keras on TensorFlow": ("smoothing-distribution", "each class gets ε/K"),
    },
    "mean of a divergence": {
        "Keras on TensorFlow": ("divergence-reduction", "their mean"),
    },
}
DOCUMENTED = {"axis of the classes", "class weights, class index"}


def tensorflow():
    """Yield the rows of the page in which TensorFlow has a cell, and the cells."""
    for line in (DOCS / "api.md").read_text("utf-8").splitlines():
        row, *entries = [cell.strip() for cell in line.strip("|").split("|")]
        if len(entries) == 6 and entries[-1] and entries[-1] != "TensorFlow":
            yield row, entries[-1]


def test_every_cell_of_tensorflow_is_held_or_said_to_be_documented():
    rows = {row for row, cell in tensorflow() if not cell.startswith("-")}
    assert rows == {*FORMS, *MEANINGS, *DOCUMENTED}


@pytest.mark.parametrize("row", FORMS)
def test_tensorflow_was_asked_by_the_name_that_stands_there(row):
    record, cell = read(), dict(tensorflow())[row]
    keras = row == "divergence"
    call = record["Keras on TensorFlow" if keras else "TensorFlow"].calls[FORMS[row]]
    assert (
        cell.strip("`")
        .removeprefix("tf.")
        .startswith(call.removeprefix("tf.").partition("(")[0])
    )


@pytest.mark.parametrize("row", MEANINGS)
def test_tensorflow_answered_what_stands_there(row):
    questions = {question.name: question for question in QUESTIONS}
    for library, (name, words) in MEANINGS[row].items():
        answer = read()[library].answers[name]
        assert questions[name].reading(answer).words == words


@pytest.mark.filterwarnings("ignore")  # of the libraries, while they are imported
@pytest.mark.parametrize(("row", "column"), CELLS)
def test_a_cell_says_what_the_library_does(row, column):
    CHECKS[row, column]()


def test_every_check_has_its_cell():
    assert set(CHECKS) == set(CELLS)
    assert len(CELLS) > 70
