"""The figures that move: what they compute, and that a keyboard moves them.

Their mathematics is a second implementation, in JavaScript; here it is compared with
the first, at inputs of every size.
"""

import importlib
import pkgutil
import re

import numpy as np
import pytest

import snippets
from snippets.asymptotics import (
    likelihood_ratio_statistic,
    score_statistic,
    wald_statistic,
)
from snippets.binary import (
    binary_cross_entropy,
    binary_cross_entropy_gradient,
    sigmoid,
)
from snippets.contrast import dpo_loss
from snippets.curvature import hessian_product
from snippets.fisher import natural_gradient
from snippets.gradient import cross_entropy, cross_entropy_gradient
from snippets.information import cross_entropy_between, entropy, kl_divergence
from snippets.likelihood import bernoulli_nll
from snippets.origins import entmax, entmax_loss, sparsemax
from snippets.scoring import (
    squared_error,
    squared_error_curvature,
    squared_error_gradient,
)
from snippets.soft_labels import optimal_gap, smooth_labels, tempered_softmax
from snippets.softmax import softmax
from tests.browser import drawn
from tests.markdown import DOCS

LIVING = DOCS / "assets" / "living"
MATHEMATICS = (LIVING / "mathematics.js").read_text("utf-8")
EXPORTED = re.findall(r"^export (?:const|function) (\w+)", MATHEMATICS, re.MULTILINE)
FUNCTIONS = {
    name: function
    for module in pkgutil.iter_modules(snippets.__path__)
    for name, function in vars(
        importlib.import_module(f"snippets.{module.name}")
    ).items()
    if callable(function) and not name.startswith("_")
} | {"unit": lambda label, size: np.eye(size)[label]}
DRAWS = 1200
K = 3

# --- the mathematics ------------------------------------------------------------


def logits(rng):
    """Draw logits: ordinary, large, equal, far apart, at the edge of underflow."""
    scale = rng.choice([0.0, 1e-8, 1.0, 10.0, 100.0, 745.0, 1e300])
    return (rng.standard_normal(K) * scale + rng.choice([0.0, 5.0, -1e3])).tolist()


def logit(rng):
    return float(rng.standard_normal() * rng.choice([0.0, 1e-8, 1.0, 10.0, 400.0, 1e6]))


def distribution(rng):
    """Draw a distribution: ordinary, skew, with zeros, uniform."""
    weights = rng.gamma(rng.choice([0.01, 0.3, 1.0, 50.0]), size=K) + 1e-300
    weights *= rng.random(K) < rng.choice([0.5, 1.0, 1.0])
    return (weights / weights.sum() if weights.sum() else np.full(K, 1 / K)).tolist()


def positive(rng):
    """Draw a distribution without a zero."""
    return softmax(rng.standard_normal(K) * rng.choice([0.1, 1.0, 10.0])).tolist()


def target(rng):
    return label(rng) if rng.random() < 0.5 else distribution(rng)


def label(rng):
    return int(rng.integers(K))


def share(rng):
    return float(rng.choice([0.0, 1.0, rng.random()]))


def counts(rng):
    """Draw counts, one of them at least positive: a few, or very many."""
    drawn = rng.integers(0, 10 ** rng.integers(1, 15), K)
    drawn[rng.integers(K)] += 1
    return drawn.tolist()


def outcome(rng):
    return int(rng.integers(2))


def size(rng):
    return K


def temperature(rng):
    return float(np.exp(rng.standard_normal() * 2))


def vector(rng):
    return (rng.standard_normal(K) * rng.choice([1e-8, 1.0, 1e8])).tolist()


def moderate(rng):
    """Draw logits whose probabilities have reciprocals."""
    return (rng.standard_normal(K) * rng.choice([0.1, 1.0, 10.0])).tolist()


def order(rng):
    """Draw an order of entmax: that of softmax, of sparsemax, or any other."""
    return float(rng.choice([1.0, 1.5, 2.0, 1 + 2 * rng.random()]))


INPUTS = {
    "unit": (label, size),
    "logsumexp": (logits,),
    "softmax": (logits,),
    "logSoftmax": (logits,),
    "crossEntropy": (logits, target),
    "crossEntropyGradient": (logits, target),
    "crossEntropyBetween": (distribution, positive),
    "entropy": (distribution,),
    "klDivergence": (distribution, positive),
    "temperedSoftmax": (moderate, temperature),
    "smoothLabels": (distribution, share),
    "hessianProduct": (moderate, vector),
    "naturalGradient": (moderate, label),
    "sigmoid": (logit,),
    "binaryCrossEntropy": (logit, share),
    "binaryCrossEntropyGradient": (logit, share),
    "bernoulliNll": (share, outcome),
    "squaredError": (logits, target),
    "squaredErrorGradient": (logits, target),
    "squaredErrorCurvature": (logit, share),
    "optimalGap": (share, size),
    "categoricalMle": (counts,),
    "sparsemax": (logits,),
    "entmax": (logits, order),
    "entmaxLoss": (moderate, target, order),
    "dpoLoss": (logit, logit, temperature),
    "likelihoodRatioStatistic": (positive, counts),
    "waldStatistic": (positive, counts),
    "scoreStatistic": (positive, counts),
}

# What a difference is small against: the size of what was subtracted. Elsewhere
# nothing cancels, and only the value itself counts
SUBTRACTED = {
    "logsumexp": lambda z: max(map(abs, z)),
    "logSoftmax": lambda z: 1,
    "crossEntropy": lambda z, y: 1,
    "crossEntropyGradient": lambda z, y: 1,
    "klDivergence": lambda q, p: float(-np.log(p).min()),
    "hessianProduct": lambda z, v: max(map(abs, v)),
    "naturalGradient": lambda z, c: float(1 / softmax(z)[c]),
    "binaryCrossEntropyGradient": lambda z, y: 1,
    "squaredError": lambda z, y: 1,
    "squaredErrorGradient": lambda z, y: 1,
    "squaredErrorCurvature": lambda r, t: sigmoid(r) * sigmoid(-r),
    "sparsemax": lambda z: 1,
    "entmax": lambda z, a: 1,
    "entmaxLoss": lambda z, y, a: max(1, *map(abs, z)),
    "likelihoodRatioStatistic": lambda p, n: sum(n) * float(1 - np.log(p).min()),
    "waldStatistic": lambda p, n: sum(n) * float(1 + np.log(p).min() ** 2),
    "scoreStatistic": lambda p, n: sum(n) * float(1 / min(p)),
}


def snake(name):
    return re.sub(r"[A-Z]", lambda capital: f"_{capital[0].lower()}", name)


def asked(page, name, arguments):
    """Return what the page's function says of each tuple of arguments."""
    return page.evaluate(
        """async ({url, name, inputs}) => {
          const mathematics = await import(url);
          return inputs.map((input) => mathematics[name](...input));
        }""",
        {"url": f"{page.url}assets/living/mathematics.js", "name": name}
        | {"inputs": arguments},
    )


@pytest.fixture(scope="module")
def start(browser, address):
    page = browser.new_page()
    page.goto(address)
    yield page
    page.close()


@pytest.mark.parametrize("name", EXPORTED)
def test_a_figure_computes_what_the_snippets_compute(start, name):
    rng = np.random.default_rng(len(name))
    drawn = [tuple(draw(rng) for draw in INPUTS[name]) for _ in range(DRAWS)]
    twin = FUNCTIONS[snake(name)]
    subtracted = SUBTRACTED.get(name, lambda *_: 0)
    for arguments, told in zip(drawn, asked(start, name, drawn), strict=True):
        expected, told = np.asarray(twin(*arguments)), np.asarray(told, float)
        assert told.shape == expected.shape
        size = np.maximum(np.abs(expected), subtracted(*arguments))
        with np.errstate(invalid="ignore"):  # infinity less infinity
            same = (told == expected) | (abs(told - expected) <= 1e-12 * size + 1e-300)
        assert same.all(), f"{name}{arguments}: {told}, and not {expected}"


# --- the figures ----------------------------------------------------------------

FIGURES = sorted(
    path.stem
    for path in LIVING.glob("*.js")
    if path.stem not in ("mathematics", "drawing", "figure", "near")
)


class Figure:
    """A figure on its page, as somebody with a keyboard meets it."""

    def __init__(self, browser, address, **context):
        self.address = address
        self.context = browser.new_context(**context)
        self.scripts = context.get("java_script_enabled", True)
        self.page = self.context.new_page()
        self.place = self.page.locator("figure.living")

    def visit(self, name):
        """Go to the figure of this page, and wait until it can be moved."""
        self.page.goto(f"{self.address}{'' if name == 'index' else f'{name}/'}")
        if self.scripts:
            self.place.scroll_into_view_if_needed()
            self.place.locator(".said:not(:empty)").wait_for()

    def text(self, name):
        """Return what the figure shows beside a name."""
        term = self.place.locator("dt", has_text=re.compile(f"^{re.escape(name)}$"))
        return term.locator("xpath=following-sibling::dd[1]").text_content()

    def number(self, name):
        """Return a number, or a vector, that the figure shows as text."""
        text = self.text(name)
        found = [
            float(part)
            for part in re.findall(r"-?(?:[\d.]+(?:e-?\d+)?|inf)", plain(text))
        ]
        return np.array(found) if text.startswith("(") else found[0]

    def press(self, control, *keys):
        """Focus a control by its name, and press keys."""
        self.place.get_by_label(control, exact=True).or_(
            self.place.get_by_role("button", name=control, exact=True)
        ).first.focus()
        for key in keys:
            self.page.keyboard.press(key)

    def handle(self, name):
        """Return where a handle stands, in shares of the picture's width and height."""
        middle = """(stage, name) => {
          const { cx, cy } = stage.querySelector(`[data-handle="${name}"]`);
          const { width, height } = stage.viewBox.baseVal;
          return [cx.baseVal.value / width, cy.baseVal.value / height];
        }"""
        return np.array(self.place.locator(".stage").evaluate(middle, name))

    def drag(self, handle, right=0, up=0):
        """Drag a handle by shares of the picture's width and height."""
        stage = self.place.locator(".stage")
        stage.evaluate("(stage) => stage.scrollIntoView({ block: 'center' })")
        box = stage.bounding_box()
        corner, size = np.array([[box["x"], box["y"]], [box["width"], box["height"]]])
        held = self.handle(handle)
        self.page.mouse.move(*(corner + held * size))
        self.page.mouse.down()
        self.page.mouse.move(
            *(corner + (held + np.array([right, -up])) * size), steps=4
        )
        self.page.mouse.up()
        drawn(self.page)

    def sentence(self, part):
        """Wait until the figure says a sentence with this part."""
        self.place.locator(".said", has_text=part).wait_for(timeout=3000)


def plain(text):
    return text.replace("−", "-").replace("∞", "inf")


@pytest.fixture
def figure(browser, address):
    """Open a figure by the name of its page."""
    opened = []

    def open_(name, **context):
        opened.append(Figure(browser, address, **context))
        opened[-1].visit(name)
        return opened[-1]

    yield open_
    for one in opened:
        one.context.close()


def test_the_gradient_moves(figure):
    shown = figure("gradient")
    z = np.log([0.2, 0.3, 0.5])
    assert shown.number("loss") == pytest.approx(cross_entropy(z, 2), abs=1e-4)
    assert shown.number("p − y") == pytest.approx(
        cross_entropy_gradient(z, 2), abs=1e-4
    )

    shown.press("one step of descent, of size 1", "Enter", "Space")
    for _ in range(2):
        z = z - cross_entropy_gradient(z, 2)
    assert shown.number("z") == pytest.approx(z, abs=1e-4)
    assert "After 2 steps" in shown.place.get_by_text("After").text_content()

    shown.press("3", "ArrowLeft")  # among the true classes
    shown.press("logit z₁", "End")
    z[0] = shown.number("z")[0]
    assert z[0] == 10
    assert shown.number("p") == pytest.approx(softmax(z), abs=1e-4)
    assert shown.number("loss") == pytest.approx(cross_entropy(z, 1), abs=1e-4)

    shown.press("start again", "Enter")
    assert shown.number("p") == pytest.approx([0.2, 0.3, 0.5], abs=1e-4)


def test_the_picture_of_the_start_page_is_an_equation(figure):
    shown = figure("index")
    z = np.log([0.2, 0.3, 0.5])

    def matches(label, z):
        said = plain(shown.place.locator(".stage").get_attribute("aria-label"))
        vectors = [
            np.array(list(map(float, numbers.split(", "))))
            for numbers in re.findall(r"\(([^)]*)\)", said)
        ]
        p, y = softmax(z), np.eye(3)[label]
        for told, value in zip(vectors, (p - y, p, y), strict=True):
            assert told == pytest.approx(value, abs=0.0051)
        shown.sentence(f"loss is {round(float(cross_entropy(z, label)), 4)}")

    matches(2, z)
    shown.press("take a step", "Enter")
    matches(2, z - cross_entropy_gradient(z, 2))
    shown.sentence("After 1 step")
    shown.press("start again", "Enter")
    shown.press("3", "ArrowLeft")
    matches(1, z)


def test_the_steps_of_the_simplex_move(figure):
    shown = figure("curvature")
    z, size = np.log([0.6, 0.3, 0.1]), 0.3
    gradient = cross_entropy_gradient(z, 2)
    bend = gradient @ hessian_product(z, gradient) / (gradient @ gradient)
    assert shown.number("curvature along p − y") == pytest.approx(bend, abs=1e-4)

    shown.press("take the natural step", "Enter")
    z = z - size * natural_gradient(z, 2)
    assert shown.number("p") == pytest.approx(softmax(z), abs=1e-4)

    shown.press("step size", "End")
    plain, natural = (
        cross_entropy(z - 2 * direction, 2)
        for direction in (cross_entropy_gradient(z, 2), natural_gradient(z, 2))
    )
    assert shown.number("loss after a plain step") == pytest.approx(plain, abs=1e-4)
    assert shown.number("loss after a natural step") == pytest.approx(natural, abs=1e-4)

    shown.press("take the plain step", "Space")
    assert shown.number("loss") == pytest.approx(plain, abs=1e-4)


def test_the_prediction_is_dragged_across_the_simplex(figure):
    shown = figure("curvature")
    shown.drag("p", up=0.3)
    moved = shown.number("p")
    assert moved[2] > 0.2
    assert moved.sum() == pytest.approx(1, abs=1e-3)
    shown.drag("p", up=-2)  # far outside: it stays inside
    assert shown.number("p").min() > 0


def assert_shown(shown, expected):
    """Compare numbers of a figure, by name, as far as it writes their digits."""
    for name, value in expected.items():
        assert shown.number(name) == pytest.approx(np.array(value), abs=5.1e-5), name


def one_logit(r, t):
    """Return the numbers of squared error and cross-entropy, from their snippets."""
    z, y = [0, r], [1 - t, t]  # softmax counts the error of one probability twice
    slopes = squared_error_gradient(z, y)[1] / 2, binary_cross_entropy_gradient(r, t)
    curvatures = squared_error_curvature(r, t), hessian_product(z, [0, 1])[1]
    return {
        "r, σ(r)": [r, sigmoid(r)],
        "losses E, L": [squared_error(z, y) / 2, binary_cross_entropy(r, t)],
        "slopes E′, L′": slopes,
        "curvatures E″, L″": curvatures,
    }


def assert_one_logit(shown, r, t):
    assert_shown(shown, one_logit(r, t))


def test_squared_error_and_cross_entropy_move(figure):
    shown = figure("scoring")
    assert_one_logit(shown, -4, 1)
    shown.sentence("certain and wrong")

    shown.press("logit r", "Home")
    assert_one_logit(shown, -10, 1)
    assert shown.number("E′ / L′") == pytest.approx(4.54e-5, abs=1e-7)
    shown.sentence("22000 times weaker than that of cross-entropy")
    shown.sentence("not convex here")

    shown.press("logit r", "End")
    assert_one_logit(shown, 10, 1)
    shown.sentence("almost the label")
    shown.press("1", "ArrowRight")  # round to the label 0
    assert_one_logit(shown, 10, 0)
    shown.sentence("certain and wrong")

    shown.press("0", "ArrowRight")
    assert_one_logit(shown, 10, 0.5)
    shown.sentence("too certain")
    shown.press("start again", "Enter")
    shown.press("1", "ArrowLeft")
    shown.press("logit r", *["ArrowRight"] * 40)
    assert_one_logit(shown, 0, 0.5)
    shown.sentence("Both slopes are 0")

    shown.press("start again", "Enter")
    shown.press("logit r", *["ArrowRight"] * 33)
    assert shown.number("r, σ(r)")[0] == -0.7 < -np.log(2)
    shown.sentence("not convex here")  # up to the inflection
    shown.press("logit r", "ArrowRight")
    assert_one_logit(shown, -0.6, 1)
    shown.sentence("Both losses curve upwards")


def test_the_logit_of_both_losses_is_dragged_in_each_panel(figure):
    shown = figure("scoring")
    for handle in ("log-0", "squared-1", "log-2", "squared-2"):
        shown.press("logit r", "Home")
        start = shown.handle(handle)[0]
        shown.press("logit r", "End")
        whole = shown.handle(handle)[0] - start
        shown.drag(handle, right=-0.35 * whole, up=-0.1)
        r = shown.number("r, σ(r)")[0]
        assert r == pytest.approx(10 - 0.35 * 20, abs=0.05)
        assert_one_logit(shown, r, 1)


def assert_preferred(shown, theta, other, beta):
    factors = np.array([0, 1, other])
    p = softmax(np.log([0.2, 0.3, 0.5]) + theta * factors)
    start = np.log(0.3 / 0.2)
    expected = {
        "log p": np.log(p),
        "margin μ": beta * theta,
        "loss": dpo_loss(start + theta, start, beta),
        "rates of log p": factors - p @ factors,
    }
    assert_shown(shown, expected)


def test_a_preference_moves_all_answers(figure):
    shown = figure("contrast")
    assert_preferred(shown, 0, 3, 0.5)
    shown.sentence("so does the chosen answer, at the rate −0.8: ")

    shown.press("parameter θ", *["ArrowRight"] * 12)
    assert_preferred(shown, 1.2, 3, 0.5)
    shown.press("factor of the third answer", "Home")
    assert_preferred(shown, 1.2, -3, 0.5)
    shown.sentence("the chosen answer gains")
    shown.press("scale β", "End")
    assert_preferred(shown, 1.2, -3, 2)
    shown.press("parameter θ", "Home")
    shown.press("factor of the third answer", *["ArrowRight"] * 10)
    assert_preferred(shown, 0, 2, 2)
    shown.sentence("at the rate −0.3")
    for handle in ("chosen", "loss"):
        shown.press("parameter θ", "Home")
        shown.drag(handle, right=0.1)
        assert shown.number("margin μ") > 0.2


def assert_tested(shown, heads, f):
    counts, p = [100 - heads, heads], [1 - f, f]
    assert shown.number("share of heads") == heads / 100
    for name, statistic in (
        ("likelihood ratio", likelihood_ratio_statistic),
        ("Wald", wald_statistic),
        ("score", score_statistic),
    ):
        assert shown.number(name) == pytest.approx(statistic(p, counts), rel=1e-3)


def test_the_three_statistics_move(figure):
    shown = figure("asymptotics")
    assert_tested(shown, 80, 0.5)
    shown.sentence("the three statistics differ")
    shown.press("heads in 100 flips", "End")
    assert_tested(shown, 99, 0.5)
    shown.sentence("too flat")
    shown.press("hypothesis f", "End")
    assert_tested(shown, 99, 0.95)

    shown.press("start again", "Enter")
    shown.press("heads in 100 flips", *["ArrowLeft"] * 26)
    assert_tested(shown, 54, 0.5)
    shown.sentence("nearly agree")
    shown.press("heads in 100 flips", *["ArrowLeft"] * 4)
    shown.sentence("all three statistics are 0")


def test_the_estimate_and_the_hypothesis_are_dragged(figure):
    shown = figure("asymptotics")
    here = shown.handle("hypothesis")[0]
    shown.drag("estimate", right=here - shown.handle("estimate")[0])
    assert shown.number("share of heads") == pytest.approx(0.5, abs=0.02)
    shown.drag("hypothesis", right=0.3)
    assert shown.number("likelihood ratio") > 20
    shown.drag("hypothesis", right=0.9)
    assert_tested(shown, round(100 * shown.number("share of heads")), 0.95)


def assert_smoothed(shown, label, epsilon, temperature):
    y = smooth_labels(np.eye(3)[label], epsilon)
    z = np.log([0.2, 0.3, 0.5])
    gap = optimal_gap(epsilon, 3)
    expected = {
        "ỹ": y,
        "softmax(z / T)": tempered_softmax(z, temperature),
        "its loss": cross_entropy(z / temperature, y),
        "least loss": entropy(y),
        "optimal gap": gap,
        "best lead": temperature * gap,
    }
    assert_shown(shown, expected)


def test_smoothing_and_temperature_move(figure):
    shown = figure("soft_labels")
    assert_smoothed(shown, 2, 0.1, 1)
    shown.sentence("a lead of 3.3322; beyond it")

    shown.press("temperature T", *["ArrowRight"] * 10)
    assert_smoothed(shown, 2, 0.1, 2)
    shown.sentence("a lead of 6.6644, 2 times the 3.3322 of temperature 1")
    shown.press("temperature T", "Home")
    assert_smoothed(shown, 2, 0.1, 0.1)
    shown.sentence("sharpens")
    shown.press("temperature T", "End")
    shown.press("3", "ArrowLeft")
    assert_smoothed(shown, 1, 0.1, 10)
    shown.sentence("evens the prediction out")

    shown.press("share ε", "Home")
    assert_smoothed(shown, 1, 0, 10)
    assert shown.number("best lead") == np.inf
    shown.sentence("No logits are best")
    shown.press("share ε", "End")
    assert_smoothed(shown, 1, 1, 10)
    assert shown.number("best lead") == 0
    shown.sentence("equal logits are best")


def test_the_best_lead_is_dragged_and_the_share_follows(figure):
    shown = figure("soft_labels")
    shown.press("temperature T", *["ArrowRight"] * 10)
    best, lead = shown.handle("best")[0], shown.number("best lead")
    shown.press("share ε", "End")
    zero = shown.handle("best")[0]
    shown.drag("best", right=2 / lead * (best - zero))
    assert shown.number("best lead") == pytest.approx(2, abs=0.05)
    epsilon = 3 * shown.number("ỹ")[0]  # a wrong class has a third of the share
    assert 2 * optimal_gap(epsilon, 3) == pytest.approx(2, abs=0.05)

    shown.drag("best", right=2)  # far outside: it stays inside
    assert shown.number("best lead") == pytest.approx(12, abs=1e-3)
    shown.drag("best", right=-2)
    assert shown.number("ỹ") == pytest.approx([1 / 3] * 3, abs=1e-4)


def test_the_likelihood_underflows_and_its_logarithm_does_not(figure):
    shown = figure("likelihood")
    cost = bernoulli_nll(9 / 13, np.repeat([1, 0], [9, 4])).sum()
    assert shown.number("its likelihood") == pytest.approx(np.exp(-cost), rel=0.01)

    shown.press("heads", "Enter")
    shown.press("tails", "Space")
    shown.press("ten times the data", "Enter", "Enter")
    assert (shown.number("heads"), shown.number("flips")) == (1000, 1500)
    costs = bernoulli_nll(2 / 3, np.repeat([1, 0], [1000, 500]))
    assert np.prod(np.exp(-costs)) == shown.number("its likelihood") == 0
    assert shown.number("its log-likelihood") == pytest.approx(-costs.sum(), abs=1e-4)
    assert shown.number("its mean cost") == pytest.approx(costs.mean(), abs=1e-4)
    shown.sentence("has underflowed")


@pytest.mark.parametrize(
    ("side", "best", "other"), [("heads", 1, "Home"), ("tails", 0, "End")]
)
def test_the_best_coin_of_one_side_alone_is_at_the_border(figure, side, best, other):
    shown = figure("likelihood")
    shown.press("no flips", "Enter")
    assert shown.number("likelihood at θ") == 1
    shown.sentence("no coin is better than another")

    shown.press(side, "Enter", "Enter")
    assert shown.number("best coin") == best
    assert shown.number("its likelihood") == 1
    assert shown.number("its log-likelihood") == 0
    shown.sentence("at the border")

    shown.press("coin θ", other)
    assert shown.text("likelihood at θ") == "0"  # impossible; nothing underflows
    assert shown.text("log-likelihood at θ") == "−∞"


@pytest.mark.parametrize("handle", ["likelihood", "logarithm"])
def test_a_coin_is_dragged_along_its_curve(figure, handle):
    shown = figure("likelihood")
    shown.drag(handle, right=0.08)
    cost = bernoulli_nll(0.7, np.repeat([1, 0], [9, 4])).sum()
    assert shown.number("log-likelihood at θ") == pytest.approx(-cost, abs=0.05)
    shown.drag(handle, right=2)  # far outside: the last coin, which shows no tails
    assert shown.text("log-likelihood at θ") == "−∞"


def test_entropy_and_divergence_move(figure):
    shown = figure("information")
    q, p = np.array([0.1, 0.2, 0.7]), np.array([0.2, 0.3, 0.5])

    def matches():
        for name, value in {
            "H(q)": entropy(q),
            "KL(q ‖ p)": kl_divergence(q, p),
            "H(q, p)": cross_entropy_between(q, p),
            "KL(p ‖ q)": kl_divergence(p, q),
        }.items():
            if np.isinf(value):
                assert shown.text(name) == "∞, infinite"
            else:
                assert shown.number(name) == pytest.approx(value, abs=1e-4)

    matches()
    shown.press("swap q and p", "Enter")
    q, p = p, q
    matches()

    shown.press("p₃", "Home")
    p = np.array([1 / 3, 2 / 3, 0])
    assert np.isinf(kl_divergence(q, p))
    matches()
    shown.sentence("excludes class 3")

    shown.press("q₁", "End")
    q = np.array([1.0, 0, 0])
    matches()
    shown.press("q₁", "ArrowLeft")  # nothing is left of the others' ratio
    assert shown.number("q") == pytest.approx([0.99, 0.005, 0.005])

    shown.press("make p equal q", "Space")
    assert shown.number("KL(q ‖ p)") == 0
    assert shown.number("H(q)") == shown.number("H(q, p)")
    shown.sentence("The prediction is right")


def test_a_distribution_is_drawn_by_hand(figure):
    shown = figure("information")
    shown.drag("p3", up=0.1)
    p = shown.number("p")
    assert p[2] > 0.7
    assert p[:2] == pytest.approx(np.array([0.4, 0.6]) * (1 - p[2]), abs=1e-4)
    shown.drag("q1", up=2)  # far above: it is certain
    assert shown.number("q") == pytest.approx([1, 0, 0])
    shown.drag("p1", up=-2)  # far below: it is excluded
    assert shown.text("KL(q ‖ p)") == "∞, infinite"


def assert_maps(shown, z, label, alpha):
    losses = [float(entmax_loss(z, label, order)) for order in (1, alpha, 2)]
    expected = {
        "softmax": softmax(z),
        "entmax": entmax(z, alpha),
        "sparsemax": sparsemax(z),
        "losses": losses,
    }
    assert_shown(shown, expected)


def test_three_maps_and_their_losses_move(figure):
    shown = figure("origins")
    z = np.log([0.2, 0.3, 0.5])
    assert_maps(shown, z, 2, 1.5)
    assert shown.number("margin of entmax") == 2
    shown.sentence("exactly 0 to one class")
    shown.sentence("every loss still pulls")

    shown.press("logit z₃", "End")
    z[2] = 4
    assert_maps(shown, z, 2, 1.5)
    shown.sentence("the losses of entmax and sparsemax are 0")
    shown.press("α", "Home")
    assert_maps(shown, z, 2, 1)
    assert shown.text("margin of entmax") == "∞"
    shown.sentence("the loss of sparsemax is 0")
    shown.press("α", "End")
    assert_maps(shown, z, 2, 3)
    assert shown.number("margin of entmax") == 0.5

    shown.press("3", "ArrowLeft")
    assert_maps(shown, z, 1, 3)
    shown.sentence(f"is behind by {round(4 - z[1], 4)}")
    shown.press("start again", "Enter")
    for logit in ("logit z₁", "logit z₂", "logit z₃"):
        shown.press(logit, "End")
    assert_maps(shown, [4, 4, 4], 2, 1.5)
    shown.sentence("keeps them all")


def test_the_true_logit_is_dragged_below_its_losses(figure):
    shown = figure("origins")
    start = shown.handle("true")[0]
    shown.press("logit z₃", "End")
    unit = (shown.handle("true")[0] - start) / (4 - np.log(0.5))
    shown.drag("true", right=-3.5 * unit)
    loss = shown.number("losses")[1]
    assert loss == pytest.approx(
        float(entmax_loss([*np.log([0.2, 0.3]), 0.5], 2, 1.5)), abs=0.02
    )
    shown.drag("true", right=-2)  # far outside: it stays inside
    assert_maps(shown, [*np.log([0.2, 0.3]), -4], 2, 1.5)


# Tests of a figure follow each other, for which a page is opened once
of_every_figure = pytest.mark.parametrize("name", FIGURES, scope="module")
# Three windows, for all that is asked of every figure
WIDE, PLAIN = {"color_scheme": "light"}, {"java_script_enabled": False}
NARROW = {"color_scheme": "dark", "viewport": {"width": 320, "height": 700}}


@pytest.fixture(scope="module")
def seen(browser, address):
    """Open a figure, unless the test before did, in a window that is kept."""
    windows, shown = {}, {}

    def open_(name, context):
        kind = str(context)
        if kind not in windows:
            windows[kind] = Figure(browser, address, **context)
        if shown.get(kind) != name:
            windows[kind].visit(name)
            shown[kind] = name
        return windows[kind]

    yield open_
    for window in windows.values():
        window.context.close()


@of_every_figure
def test_a_still_picture_stands_without_scripts_and_on_paper(seen, name):
    without = seen(name, PLAIN).place
    assert without.locator(".still svg:visible").count() == 1  # one of its two
    assert without.locator("figcaption").is_visible()
    assert without.locator("input, button").count() == 0
    shown = seen(name, WIDE)
    assert not shown.place.locator(".still").is_visible()
    assert shown.place.locator("figcaption").is_visible()
    shown.page.emulate_media(media="print")
    assert shown.place.locator(".still svg.wide").is_visible()
    assert not shown.place.locator(".moving").is_visible()
    shown.page.emulate_media(media="screen")


@of_every_figure
def test_every_control_has_a_name_and_is_reached_in_its_order(seen, name):
    shown = seen(name, WIDE)
    # A group of radio buttons is one stop, at the one that is chosen
    stops = "button, input:not([type=radio]), input:checked"
    controls = shown.place.locator(stops)
    controls.first.focus()
    for control in controls.all():
        assert control.evaluate("(control) => control === document.activeElement")
        named = "(c) => (c.labels?.[0] ?? c).textContent.trim()"
        assert control.evaluate(named)
        shown.page.keyboard.press("Tab")


@of_every_figure
def test_a_figure_follows_the_scheme_and_the_width(seen, name):
    wide, narrow = seen(name, WIDE), seen(name, NARROW)
    ink = "() => getComputedStyle(document.querySelector('.stage text')).fill"
    assert wide.page.evaluate(ink) != narrow.page.evaluate(ink)
    clipped = """() => {
      const stage = document.querySelector('.stage').getBoundingClientRect();
      return [...document.querySelectorAll('.stage text')].filter((text) => {
        const box = text.getBoundingClientRect();
        return box.left < stage.left - 1 || box.right > stage.right + 1
          || box.top < stage.top - 1 || box.bottom > stage.bottom + 1;
      }).map((text) => text.textContent);
    }"""
    for shown in (wide, narrow):
        drawn(shown.page)  # a busy machine may not have fitted it to its width yet
        assert shown.page.evaluate(clipped) == []
    beyond = "(moving) => moving.scrollWidth - moving.clientWidth"
    assert narrow.place.locator(".moving").evaluate(beyond) <= 0
