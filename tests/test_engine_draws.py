"""The page's Python against CPython: every public function, on inputs that are drawn.

Twenty-five inputs a function; as many as DRAWS says where it is set (`make engine`).
"""

import contextlib
import itertools
import os
import re
import warnings
import zlib
from collections.abc import Callable, Iterator
from typing import Any
from unittest import mock

import numpy as np
import pytest
from playwright.sync_api import Browser

from tests.engine import TOLD, CPython, Engine, differs, engine
from tests.markdown import ROOT
from tests.modules import functions

DRAWS = int(os.environ.get("DRAWS", 25))
AT_ONCE = 200  # calls; what they make is kept until a page begins anew
MODULES = {
    path.stem: functions(path) for path in sorted((ROOT / "snippets").glob("[!_]*.py"))
}

# Not drawn, and why
APART: dict[str, str] = {}

Array = np.ndarray[Any, np.dtype[Any]]


class Scene:
    """One call: the shapes that its arguments share, and how they are written."""

    def __init__(self, rng: np.random.Generator) -> None:
        self.rng = rng
        self.K = int(rng.integers(1, 7))
        self.N, self.D, self.M = (int(n) for n in rng.integers(1, 5, 3))
        batches: list[tuple[int, ...]] = [(), (), (self.N,), (2, self.N)]
        self.batch = batches[rng.integers(len(batches))]
        forms = "float64 float64 float64 list float32 float32 float16 int64 mixed"
        self.form = str(rng.choice(forms.split()))
        self.wild = bool(rng.random() < 0.35)  # sizes beyond the ordinary

    def scale(self) -> float:
        """Draw a size: ordinary, or tiny, large, zero."""
        if not self.wild:
            return float(self.rng.choice([0.1, 1.0, 1.0, 10.0]))
        sizes = [0.0, 5e-324, 1e-300, 1e-8, 1e-8, 100.0, 1e3, 1e6, 1e15, 1e300, 1.7e308]
        return float(self.rng.choice(sizes))

    def normal(self, shape: tuple[int, ...]) -> Array:
        """Draw numbers of one size and both signs, or all equal."""
        drawn = self.rng.standard_normal(shape)
        if self.rng.random() < 0.1:
            drawn = np.ones(shape) * self.rng.standard_normal()
        if self.wild and self.rng.random() < 0.2:  # of several sizes
            drawn = drawn * 10.0 ** self.rng.uniform(-20, 20, shape)
        with np.errstate(over="ignore"):
            return drawn * self.scale()

    def loose(self) -> tuple[int, ...]:
        """Draw a shape that broadcasts with the others of its call."""
        shapes: list[tuple[int, ...]] = [(), (), (self.K,), (self.N, 1), (1, self.K)]
        return shapes[self.rng.integers(len(shapes))]


# --- arguments, by their names ----------------------------------------------------


def logits(scene: Scene) -> Array:
    z = scene.normal((*scene.batch, scene.K))
    if scene.rng.random() < 0.15:  # classes that are masked; now and then all of them
        z[scene.rng.random(z.shape) < 0.3] = -np.inf
    return z


def distribution(scene: Scene) -> Array:
    """Draw distributions: even, skew, with zeros, one-hot."""
    rng, shape = scene.rng, (*scene.batch, scene.K)
    weights = rng.gamma(rng.choice([0.01, 0.3, 1.0, 50.0]), size=shape) + 1e-300
    weights *= rng.random(shape) < rng.choice([0.5, 1.0, 1.0])
    weights[..., rng.integers(scene.K)] += 1e-3 * (weights.sum(axis=-1) == 0)
    if scene.form == "int64":
        return np.eye(scene.K)[label(scene).astype(int)]
    return weights / weights.sum(axis=-1, keepdims=True)


def positive_distribution(scene: Scene) -> Array:
    """Draw distributions that exclude no class."""
    weights = scene.rng.gamma(3.0, size=(*scene.batch, scene.K)) + 1e-2
    return weights / weights.sum(axis=-1, keepdims=True)


def label(scene: Scene) -> Array:
    return scene.rng.integers(0, scene.K, scene.batch).astype(float)


def target(scene: Scene) -> Any:
    if scene.rng.random() < 0.5:
        return distribution(scene)
    return Whole(label(scene))


class Whole:
    """Numbers that are written as whole ones."""

    def __init__(self, array: Array) -> None:
        self.array = array


def labels(scene: Scene) -> Whole:
    return Whole(label(scene))


def vector(scene: Scene) -> Array:
    return scene.normal((*scene.batch, scene.K))


def anywhere(scene: Scene) -> Array:
    return scene.normal(scene.loose())


def positive(scene: Scene) -> Array:
    return np.abs(anywhere(scene)) + (0.0 if scene.wild else 1e-3)


def share(scene: Scene) -> Array:
    return _edges(scene, scene.rng.random(scene.loose()))


def shares(scene: Scene) -> Array:
    return _edges(scene, scene.rng.random((*scene.batch, scene.K)))


def _edges(scene: Scene, drawn: Array) -> Array:
    if scene.form == "int64" or scene.rng.random() < 0.3:
        drawn = np.rint(drawn)
    return drawn


def outcome(scene: Scene) -> Array:
    return np.rint(scene.rng.random(scene.loose()))


def count(scene: Scene) -> Array:
    most = 10 ** scene.rng.integers(1, 17 if scene.wild else 3)
    return scene.rng.integers(0, most, scene.loose()).astype(float)


def counts(scene: Scene) -> Array:
    most = 10 ** scene.rng.integers(1, 17 if scene.wild else 4)
    shape = (*scene.batch, scene.K)
    drawn = scene.rng.integers(0, most, shape).astype(float)
    return drawn * (scene.rng.random(shape) < 0.8)


def one_positive(scene: Scene) -> Array:
    return np.abs(scene.normal(())) + (0.0 if scene.wild else 1e-2)


def whole(scene: Scene) -> Whole:
    return Whole(scene.rng.integers(1, 7, ()).astype(float))


def number_of_classes(scene: Scene) -> Whole:
    return Whole(np.array(float(scene.K)))


def ranking(scene: Scene) -> Whole:
    ordered = np.argsort(scene.rng.random((*scene.batch, scene.K)), axis=-1)
    return Whole(ordered.astype(float))


def joint(scene: Scene) -> Array:
    """Draw tables of pairs: distributions over rows and columns together."""
    weights = scene.rng.gamma(0.5, size=(*scene.batch, scene.M, scene.K)) + 1e-300
    return weights / weights.sum(axis=(-2, -1), keepdims=True)


def square(scene: Scene) -> Array:
    return scene.normal((*scene.batch, scene.N, scene.N))


def drawn_classes(scene: Scene) -> Whole:
    return Whole(scene.rng.integers(0, scene.K, (scene.N,)).astype(float))


def noise(scene: Scene) -> Array:
    """Draw one distribution of all classes, none of them impossible."""
    weights = scene.rng.gamma(1.0, size=scene.K) + 1e-3
    return weights / weights.sum()


def leaves(scene: Scene) -> Whole:
    return Whole(scene.rng.integers(0, scene.K + 1, scene.batch).astype(float))


def matrix(rows: str, columns: str) -> Callable[[Scene], Array]:
    return lambda scene: scene.normal((getattr(scene, rows), getattr(scene, columns)))


def bias(length: str) -> Callable[[Scene], Array]:
    return lambda scene: scene.normal((getattr(scene, length),))


def labels_of_rows(scene: Scene) -> Any:
    scene.batch = (scene.N,)
    return labels(scene)


def logits_of_rows(scene: Scene) -> Array:
    scene.batch = (scene.N,)
    return logits(scene)


def target_of_rows(scene: Scene) -> Any:
    scene.batch = (scene.N,)
    return target(scene)


def function(scene: Scene) -> str:
    return str(
        scene.rng.choice(
            [
                "lambda x: (x * x).sum()",
                "lambda x: np.exp(x).sum()",
                "lambda x: x[0] * x[-1]",
                "lambda x: np.log(x * x + 1.0).sum()",
                "lambda x: 1 / (2.0 - x)",
                "lambda x: x",
                "lambda x: 3.0",
                "lambda x: x.max()",
                "lambda x: np.tanh(x)",
                "lambda x: -x.sum() / 3",
                "lambda x: np.max(x) + np.log(np.sum(np.exp(x - np.max(x))))",
                "lambda x: x @ x",
                "lambda x: abs(x)",
                "lambda x: x.mean()",
                "lambda x: float(x[0])",
                "lambda x: x.sum(axis=0)",
            ]
        )
    )


def point(scene: Scene) -> Array:
    shapes: list[tuple[int, ...]] = [(scene.K,), (scene.K,), (), (2, scene.N)]
    scene.batch = shapes[scene.rng.integers(4)]  # for the direction beside it
    return scene.normal(scene.batch)


def direction(scene: Scene) -> Array:
    return scene.normal(scene.batch)


def distribution_of_classes(scene: Scene) -> Array:
    weights = scene.rng.gamma(1.0, size=scene.K) + 1e-300
    return weights / weights.sum()


def widths(scene: Scene) -> Array:
    return np.abs(scene.normal(() if scene.rng.random() < 0.5 else (scene.K,))) + 1e-3


def order(scene: Scene) -> Array:
    """Draw an order of entmax: that of softmax, of sparsemax, or any other."""
    drawn = 1 + np.abs(scene.rng.standard_normal())
    return np.array(scene.rng.choice([1.0, 1.5, 2.0, drawn, 1 + 1e-6, 1e3]))


def step(scene: Scene) -> Array:
    return np.array(scene.rng.choice([1e-3, 1e-6, 0.5, 1e-20, 2.0, 1e300]))


def state(scene: Scene) -> list[Any]:
    """Draw the state of a block, or that of none."""
    maxima, sums = scene.normal(scene.batch), 1 + np.abs(scene.normal(scene.batch))
    if scene.rng.random() < 0.2:
        maxima, sums = maxima * 0 - np.inf, sums * 0
    return [maxima, sums]


def below(scene: Scene) -> Array:
    return -np.abs(logits(scene))


def state_above(scene: Scene) -> list[Any]:
    """Draw a state of which such logits may be a part."""
    maxima, sums = state(scene)
    return [np.abs(maxima), sums]


def blocks(scene: Scene) -> list[Any]:
    made = []
    for _ in range(scene.rng.integers(1, 4)):
        scene.K = int(scene.rng.integers(1, 5))
        made.append(logits(scene))
    return made


def mistakes(scene: Scene) -> Array:
    """Draw how often each class is seen as each: a distribution for each of them."""
    return scene.rng.dirichlet(np.ones(scene.K), scene.K)


def matrices(scene: Scene) -> list[Any]:
    """Draw the weights of some layers, each of which fits the one before."""
    widths = [scene.D, *scene.rng.integers(1, 5, scene.rng.integers(0, 5)), scene.K]
    return [scene.normal(shape) for shape in itertools.pairwise(map(int, widths))]


def anything(scene: Scene) -> Array:
    drawn = scene.normal(scene.loose())
    if scene.rng.random() < 0.2:
        drawn = drawn + scene.rng.choice([np.inf, -np.inf, np.nan])
    return drawn


def nats(scene: Scene) -> Array:
    return np.abs(anything(scene))


BY_NAME: dict[str, Callable[[Scene], Any]] = {
    "z": logits,
    "target": target,
    "labels": labels,
    "u": vector,
    "v": vector,
    "y": anywhere,
    "p": distribution,
    "q": distribution,
    "mu": anywhere,
    "sigma": positive,
    "eta": anywhere,
    "nats": nats,
    "counts": counts,
    "alpha": positive,
    "classes": whole,
    "temperature": one_positive,
    "epsilon": share,
    "weights": lambda scene: np.abs(scene.normal((scene.K,))),
    "X": matrix("N", "D"),
    "W": matrix("D", "K"),
    "W1": matrix("D", "M"),
    "b1": bias("M"),
    "W2": matrix("M", "K"),
    "b2": bias("K"),
    "decay": one_positive,
    "damping": one_positive,
    "block": whole,
    "bins": whole,
    "flips": whole,
    "x": anything,
    "f": function,
    "h": step,
    "blocks": blocks,
    "state": state,
    "matrices": matrices,
    "every": whole,
    "exponent": lambda scene: scene.rng.random(()),
    "noise": mistakes,
    "exponent_bits": lambda scene: Whole(scene.rng.integers(3, 6, ()).astype(float)),
    "start": lambda scene: Whole(scene.rng.integers(0, 4, ()).astype(float)),
    "means": matrix("K", "D"),
    "prior": distribution_of_classes,
    "statistic": bias("K"),
    "mean": lambda scene: scene.normal(()),
    "energies": vector,
    "uniform": lambda scene: scene.rng.random((*scene.batch, scene.K)),
    "scale": one_positive,
    "negatives": whole,
    "ranking": ranking,
    "joint": joint,
    "S": square,
}

LAYER: dict[str, Callable[[Scene], Any]] = {"target": target_of_rows, "b": bias("K")}
BINARY: dict[str, Callable[[Scene], Any]] = {"z": anywhere, "y": share}
ROWS: dict[str, Callable[[Scene], Any]] = {"labels": labels_of_rows}

# Where a name means something else
IN: dict[str, dict[str, Callable[[Scene], Any]]] = {
    "linear_loss": LAYER,
    "linear_gradients": LAYER,
    "mlp_loss": LAYER,
    "mlp_gradients": LAYER,
    "deep_gradients": LAYER,
    "stochastic_bfloat16": {"uniform": lambda scene: scene.rng.random(scene.loose())},
    "newton_step": LAYER,
    "sigmoid": BINARY,
    "log_sigmoid": BINARY,
    "binary_cross_entropy": BINARY,
    "binary_cross_entropy_gradient": BINARY,
    "squared_error_curvature": BINARY,
    "multilabel_cross_entropy": {"z": vector, "y": shares},
    "gradient_for_any_labels": {"y": vector},
    "smooth_labels": {
        "y": distribution,
        "epsilon": lambda scene: _edges(scene, scene.rng.random(())),
    },
    "separable_loss": {"b": anywhere},
    "regularised_minimum": {"decay": positive},
    "gaussian_prior_nll": {
        "W": lambda scene: scene.normal((*scene.batch, scene.D, scene.K)),
        "scale": lambda scene: np.abs(scene.normal(scene.batch)) + 1e-3,
    },
    "laplace_nll": {"b": positive},
    "gaussian_logits": {"sigma": widths},
    "entmax": {"alpha": order},
    "entmax_loss": {"alpha": order},
    "entmax_loss_gradient": {"alpha": order},
    "poisson_nll": {"y": count},
    "poisson_nll_gradient": {"y": count},
    "probit_nll": {"y": outcome},
    "probit_nll_gradient": {"y": outcome},
    "bernoulli_nll": {"p": share, "y": outcome},
    "one_hot": {"classes": number_of_classes},
    "sampled_cross_entropy": {"samples": drawn_classes, "q": noise},
    "nce_loss": {"z": vector, "y": distribution},
    "nce_gradient": {"z": vector, "y": distribution},
    "hierarchical_cross_entropy": {"z": vector, "labels": leaves},
    "dpo_loss": {"z": anywhere, "v": anywhere},
    "dpo_gradient": {"z": anywhere, "v": anywhere},
    "soft_cap": {"z": anywhere},
    "soft_cap_vjp": {"z": vector},
    "empirical_fisher": {"z": logits_of_rows},
    "blockwise_cross_entropy": ROWS,
    "blockwise_gradients": ROWS,
    "relative_error": {"a": direction, "b": direction},
    "merge_logsumexp": {"a": state, "b": state},
    "shard_gradient": {"z": below, "state": state_above},
    "central_difference": {"x": point},
    "complex_step": {"x": point},
    "dual_derivative": {"x": point, "v": direction},
    "binomial_probabilities": {"p": share},
    "model_covariance": {"z": logits_of_rows},
    "sandwich_covariance": {"z": logits_of_rows, "y": distribution},
    "likelihood_ratio_statistic": {"p": positive_distribution},
    "wald_statistic": {"p": positive_distribution},
    "score_statistic": {"p": positive_distribution},
    "platt_targets": {"y": outcome},
    "isotonic_probabilities": {"z": vector, "y": shares},
    "conformal_threshold": {"alpha": lambda scene: scene.rng.random(())},
}

# --- how they are written ---------------------------------------------------------

LITERAL = {"nan": "np.nan", "inf": "np.inf", "-inf": "-np.inf"}


def literal(value: Any) -> str:
    """Write numbers, in lists or not, as Python's source has them."""
    if isinstance(value, list):
        return "[" + ", ".join(map(literal, value)) + "]"
    return LITERAL.get(repr(value), repr(value))


def cast(array: Array, dtype: str) -> Array:
    with np.errstate(all="ignore"):
        if dtype[0] in "iu":
            array = np.nan_to_num(np.rint(array)).clip(-(2.0**31), 2.0**31)
        return array.astype(dtype)


def source(value: Any, scene: Scene) -> str:
    """Write an argument, in the form of its call or in another."""
    if isinstance(value, str):
        return value
    if isinstance(value, list):
        inside = ", ".join(source(one, scene) for one in value)
        return f"({inside})" if len(value) == 2 else f"[{inside}]"
    rng, form = scene.rng, scene.form
    if isinstance(value, Whole):
        value = value.array
        form = str(rng.choice("int64 int64 list int32 uint8".split()))
        if value.ndim == 0 and rng.random() < 0.7:
            form = "list"  # a number of Python
        if form == "list":
            return literal(cast(value, "int64").tolist())
    if form == "mixed":
        form = str(rng.choice("float64 float32 float16 list int64 int32 bool".split()))
    if form == "list" or (value.ndim == 0 and rng.random() < 0.5):
        if form == "int64":
            value = cast(value, "int64")
        return literal(value.tolist())
    made = cast(value, form)
    if made.ndim == 0 and rng.random() < 0.5:
        return f"np.{form if form != 'bool' else 'bool_'}({literal(made.tolist())})"
    if made.size == 0:
        return f"np.zeros({made.shape}, dtype='{form}')"
    return f"np.array({literal(made.tolist())}, dtype='{form}')"


STRANGE = (
    "[] [[]] [[],[]] 'abc' ['a','b'] None [None] [1,None] [[1.0,2.0],[3.0]] [1,[2]] 1j "
    "np.array([1j,2]) True [True,False] -1 0 [0] [1.5] 2.5 1e999 1e308 [1e308,-1e308] "
    "np.zeros(0) np.zeros((0,3)) np.zeros((2,0)) np.zeros((1,1,1)) np.float32(0.5) "
    "np.array(['a']) np.array([True,False]) np.array([3,1],dtype='uint8') (1,2) () "
    "range(3) {} np.array(1) np.array([[1,2],[3,4]]) [-1,-2] 7 [np.nan] np.nan 1e-320 "
    "np.array([0.5,0.5],dtype='float16') [0.5,0.5] [0.2,0.3,0.6] 3.0 '1' b'a' [[1],[2]]"
    " [1,2.0] [True,2] [[0.5,0.5],[0.5,0.5]] 100000 2**40 -0.0 [[[1]]] object"
).split()


def spoiled(value: Any, scene: Scene) -> Any:
    """Change an argument into one that may be refused."""
    rng = scene.rng
    if isinstance(value, str) or rng.random() < 0.45:
        return str(rng.choice(STRANGE))
    if isinstance(value, list):
        at = int(rng.integers(len(value)))
        return [spoiled(one, scene) if i == at else one for i, one in enumerate(value)]
    whole, array = isinstance(value, Whole), getattr(value, "array", value)
    array = np.array(array, dtype=float)
    kind = int(rng.integers(9))
    if kind < 3 and array.size and not whole:
        place = tuple(int(rng.integers(n)) for n in array.shape)
        array[place] = [np.nan, np.inf, -np.inf][kind]
    elif kind == 3:
        array = array[..., None]
    elif kind == 4:
        array = array[None]
    elif kind == 5 and array.ndim:
        array = array[:-1]
    elif kind == 6 and array.ndim:
        array = array[..., :-1]
    elif kind == 7:
        array = -array - (1 if whole else 0)
    else:
        array = array + 1 if rng.random() < 0.5 else array * 2
    return Whole(array) if whole and rng.random() < 0.8 else array


def undrawn(name: str, arguments: list[str]) -> str:
    """Say which arguments of a function nothing draws, and where to add it."""
    new = [one for one in arguments if one not in BY_NAME | IN.get(name, {})]
    if not new:
        return ""
    return (
        f"nothing draws {', '.join(new)} of {name}: say how in "
        "tests/test_engine_draws.py, in BY_NAME, or in IN for this function alone"
    )


def drawn(name: str, arguments: list[str], number: int) -> Iterator[str]:
    """Draw calls of a function, as source."""
    assert not undrawn(name, arguments), undrawn(name, arguments)
    rng = np.random.default_rng(zlib.crc32(name.encode()))
    by_name = BY_NAME | IN.get(name, {})
    for _ in range(number):
        scene = Scene(rng)
        with np.errstate(all="ignore"):  # the large ones are to overflow
            values = [by_name[argument](scene) for argument in arguments]
            if rng.random() < 0.3:
                at = int(rng.integers(len(values)))
                values[at] = spoiled(values[at], scene)
        yield f"{name}({', '.join(source(value, scene) for value in values)})"


# --- what is compared -------------------------------------------------------------

# Whose last digit may be changed, without leaving what a function covers
CHANGED = {
    *"z u v X W W1 W2 b b1 b2 mu sigma eta x decay temperature weights".split(),
    *"means statistic mean energies".split(),
}


def changes(call: str, setup: str, arguments: list[str]) -> Any:
    """Return by how much each number of an answer changes with last digits.

    Those of its inputs, of each exponential, logarithm and hyperbolic tangent, of what
    a function that is given returns, and of the largest number of a solution.

    Where digits cancel, no more of them are right: neither here nor there.
    """
    names: dict[str, Any] = {}
    exec(setup, names)
    name = call.partition("(")[0]
    computed, names[name] = names[name], lambda *given: given
    exec(f"given = {call}", names)
    given = names["given"]
    rng = np.random.default_rng(0)

    def moved(value: Any) -> Any:
        if callable(value):
            return inexact(value)
        array = np.asarray(value)
        if array.dtype.kind not in "biuf":
            return value
        kind = array.dtype if array.dtype.kind == "f" else np.dtype("float64")
        eps = np.finfo(kind).eps if kind.itemsize > 2 else np.finfo("float32").eps
        kind = np.dtype("float32") if kind.itemsize < 4 else kind
        moves = rng.choice([-1.0, 1.0, 2.0], array.shape)
        return (array * (1 + eps * moves)).astype(kind)

    def inexact(function: Any) -> Any:
        def call(x: Any, out: Any = None) -> Any:
            answer = one_of(moved(function(x)))
            if out is None:
                return answer
            out[...] = answer
            return out

        return call

    def one_of(value: Any) -> Any:
        return value[()] if isinstance(value, np.ndarray) else value

    def solution(*given: Any, **named: Any) -> Any:
        x, *rest = lstsq(*given, **named)
        return x + np.abs(x).max() * (moved(np.ones(x.shape)) - 1), *rest

    lstsq = np.linalg.lstsq

    def answer(values: Any) -> list[Array]:
        told = computed(*values)
        return [np.ravel(one) for one in (told if type(told) is tuple else (told,))]

    base = answer(given)
    most = [np.zeros(one.shape) for one in base]
    for _ in range(8):
        with contextlib.ExitStack() as inside:
            inside.enter_context(contextlib.suppress(Exception))  # what is refused
            for name in ("exp", "log", "log1p", "tanh"):
                other = inexact(getattr(np, name))
                inside.enter_context(mock.patch.object(np, name, other))
            inside.enter_context(mock.patch.object(np.linalg, "lstsq", solution))
            there = answer(
                [
                    moved(value) if argument in CHANGED or callable(value) else value
                    for argument, value in zip(arguments, given, strict=True)
                ]
            )
            for found, one, two in zip(most, base, there, strict=True):
                np.maximum(found, np.nan_to_num(np.abs(one - two)), out=found)
    return most


def overflows(call: str, setup: str) -> bool:
    """Whether NumPy itself warns that a number is too large for its dtype."""
    names: dict[str, Any] = {}
    exec(setup, names)
    with warnings.catch_warnings(record=True) as said:
        warnings.simplefilter("always")
        with contextlib.suppress(ValueError):
            exec(call, names)
    return any("overflow encountered in m" in str(one.message) for one in said)


def defined(ours: str, theirs: str) -> tuple[str, str]:
    """Return what is defined of the answers where a product of matrices overflows.

    By the order of its sums it is infinite or NaN; by the machine too, of which some
    multiply and add at once; and BLAS leaves out what is multiplied by 0.
    """
    if NOT_FINITE.match(ours) or NOT_FINITE.match(theirs):
        return "", ""
    pairs = list(zip(ours.split(" "), theirs.split(" "), strict=False))
    kept = [pair for pair in pairs if not {*pair} & {"inf", "-inf", "nan"}]
    return " ".join(one for one, _ in kept), " ".join(other for _, other in kept)


NOT_FINITE = re.compile("ValueError! logits must be finite")


def compared(
    calls: list[str], arguments: list[str], setup: str, page: Any
) -> list[str]:
    """Return the calls whose answers differ, and how."""
    sources = [f"told(lambda: {call})" for call in calls]
    here, there = page.run(setup, sources), CPython().run(setup, sources)
    wrong = []
    for call, ours, theirs in zip(calls, here, there, strict=True):
        half = "float32" in call or "float16" in call  # a part is computed in float32
        digits = 4 * 2.0**-23 if half else 1e-12
        how = differs(ours, theirs, digits)
        if how and "X" in arguments and overflows(call, setup):
            ours, theirs = defined(ours, theirs)
            how = ours and differs(ours, theirs, digits)
        if how == "numbers":
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                # In last digits of the inputs, of which sixteen may be lost
                size = [16 * one / digits for one in changes(call, setup, arguments)]
            how = differs(ours, theirs, digits, size)
        if how and not any(re.search(known, call + ours) for known in LEFT):
            wrong.append(f"{how}: {call}\n  here  {ours}\n  there {theirs}")
    return wrong


# What is left, and why: by a pattern of the call and the page's answer
LEFT: dict[str, str] = {
    r"2\*\*40.*overflow converting long int": "MicroPython's range counts in 31 bits",
    r"\bTrue\).*must be a .*got True": "MicroPython's True is no int",
    r"^shard_state\(.*-0\.0.*(array|scalar) float": "either zero is the largest",
}


@pytest.fixture(scope="module")
def page(browser: Browser, tmp_path_factory: Any) -> Iterator[Engine]:
    with engine(browser, tmp_path_factory.mktemp("engine")) as started:
        yield started


def test_every_public_function_is_drawn():
    for module, found in MODULES.items():
        for name, node in found.items():
            said = undrawn(name, [argument.arg for argument in node.args.args])
            assert name in APART or not said, f"snippets/{module}.py: {said}"
    assert sum(map(len, MODULES.values())) > 75


# What the snippets do not ask, and readers may: with the refusals in NumPy's words. For
# what is too large, no machine has the addresses
OF_NUMPY = """
np.array([2**60 + 1, 3]) * 3 - 2**60
np.array([2**63]), np.array(-(2**63)), np.array([2**53 + 1]).sum()
np.array([2**60 + 1]) // 7, np.array([2**60 + 1]) % 7, np.array([3]) ** 39
str(np.array([2**60 + 1]))
np.array([1], "uint8") + 300
np.array([200], "uint8") < 300
np.array([300], dtype="uint8")
np.array(2.0).max(axis=1)
np.ones(3).argmax(axis=3)
np.sort(np.ones(3), axis=3)
np.concatenate([np.ones(3), np.ones(3)], axis=3)
np.ones(3).mean(axis=(0, 0))
np.zeros(2**52)
np.full((2**26, 2**26), 1)
np.eye(2**26)
np.arange(2**52)
np.ones(2**23)[:, None] + np.ones(2**23)
np.ones(2) + np.ones(3)
np.ones(6).reshape(4, 2)
np.ones(3)[1.5]
np.ones(3)[3]
np.ones(3)[0, 0]
f"{np.float32(0.1)} {np.float16(0.1)} {np.array(0.1, dtype='float32')}"
f"{np.ones(2):.2f}"
f"{True:5}|{-0.0:+08.2f}|{'a':*^5}|{2**70:,}|{255:x}|{0.5:.0%}|{1e16}"
list(np.float32(1))
list(np.array(1))
[str(one) for one in np.array(["a", "b"])]
repr(np.array([["a", "b"]])), len(np.array([None, 1])), repr(np.bool_(True))
np.array([np.ones(2), [3, 4]])
np.array([np.float32(1), 2.0]), np.array([True, 2]), np.array([1, 2.5])
1 / (2.0 - np.array([-3e299 + 1e-20j, 1e-300 + 1j])), np.array([1j]) / (1e300 + 1e300j)
np.linalg.lstsq([[1e-300, 0.0], [0.0, 1e-310]], [1e-300, 1e-310])[0]
np.linalg.lstsq([[1e20, 0.0], [0.0, 1e20], [0.0, 0.0]], [1e-18, 1e20, 1e-18])[0]
np.linalg.pinv([[1e-300, 0.0], [0.0, 1e-305]])
np.linalg.inv(np.eye(2) * 1e-20), np.linalg.solve(np.eye(2) * 1e-300, [1e-300, 2e-300])
np.linalg.cholesky(np.eye(2) * 1e-20), np.linalg.eigvalsh(np.eye(2) * 1e-300)
np.linalg.inv(np.zeros((2, 2)))
np.percentile([[1.0, 2.0], [3.0, 5.0]], [20, 50], axis=1), np.median([3.0, 1.0])
np.searchsorted([1, 2, 3], 2.5), np.argsort([3, 1, 2]), np.count_nonzero([0, 1])
np.take(np.arange(24).reshape(2, 3, 4), [[0, 1]], axis=1)
np.array([5, -7, 0]) // 2, np.array([5, -7, 0]) % -2, np.array([5]) // np.array([0])
np.array([2, 3]) ** np.array([-1, 2])
np.hypot([3.0, -7.0], 2), np.arctan2(2, [3.0, -7.0])
np.floor([3, -1]), np.ceil(2.5), np.fabs([3, -1]), np.divide([True], [True])
np.array([1 + 2j]) ** 2, np.array([-3j]).astype(bool), np.exp(np.array([800 + 0j]))
np.sort([[3, 1], [2, 0]], axis=None), np.argsort([[3, 1], [2, 0]], axis=None)
np.dot(np.ones(2, "float32"), np.ones(2, "float32")), np.einsum("i,i", [1, 2], [3, 4])
np.linalg.matrix_power([[1, 1], [0, 1]], 0), np.median(np.ones(2, "float32"))
np.squeeze(np.ones((2, 3)), axis=0)
np.maximum.reduce([[1, 2], [3, 0]]), np.multiply.outer([1, 2], [3, 4])
""".strip().splitlines()


def test_numpy_answers_what_the_snippets_do_not_ask(page):
    sources = [f"told(lambda: ({line}))" for line in OF_NUMPY]
    here, there = page.run(TOLD, sources), CPython().run(TOLD, sources)
    for line, ours, theirs in zip(OF_NUMPY, here, there, strict=True):
        assert ours == theirs or not differs(ours, theirs, 1e-14), line


@pytest.mark.parametrize("module", MODULES)
def test_the_page_computes_what_cpython_computes(page, module):
    wrong = []
    for name, node in MODULES[module].items():
        arguments = [argument.arg for argument in node.args.args]
        calls = [] if name in APART else list(drawn(name, arguments, DRAWS))
        setup = f"{TOLD}\nfrom snippets.{module} import {name}\n"
        for start in range(0, len(calls), AT_ONCE):
            wrong += compared(calls[start : start + AT_ONCE], arguments, setup, page)
    assert not wrong, f"{len(wrong)} of {module}:\n" + "\n".join(wrong)
