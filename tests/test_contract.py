"""What all snippets promise: one meaning a name, one order, true types, ValueError."""

import contextlib
import importlib
import inspect
import pkgutil
import re
import typing

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as st_numpy

import snippets
from snippets._checks import Float, Floats
from tests.markdown import ROOT
from typeset.bundle import Library
from typeset.takeaway import snippets as modules

FUNCTIONS = {
    name: function
    for module in pkgutil.walk_packages(snippets.__path__, "snippets.")
    if "._" not in module.name
    for name, function in vars(importlib.import_module(module.name)).items()
    if inspect.isfunction(function)
    and function.__module__ == module.name
    and not name.startswith("_")
}
PARAMETERS = {
    name: tuple(inspect.signature(function).parameters)
    for name, function in FUNCTIONS.items()
}
INTEGERS = [np.dtype(code) for code in np.typecodes["AllInteger"]]

# What an argument is, in the order in which arguments stand: a prediction and what
# makes it, what is true, and then how the two are taken
PREDICTED = "X W b W1 b1 W2 b2 matrices z p mu means sigma prior eta".split()
TRUE = "y labels ranking target".split()
OPTIONS = """
    decay damping classes weights temperature epsilon bins block scale alpha start
    every exponent_bits exponent noise samples negatives flips
""".split()
# Arguments of functions in which nothing is predicted, or that keep another order
OTHERS = """
    q u v a counts nats blocks state f x h statistic mean energies uniform
    joint S
""".split()
PAIRS = [("q", "p"), ("z", "v"), ("z", "u"), ("x", "v")]  # the order of their formulas


def table(classes: int) -> dict[str, typing.Any]:
    """Return a value for each name, for two examples: a name has one meaning."""
    rng = np.random.default_rng(0)
    logits = np.array([np.arange(classes) / 3, 1.0 - np.arange(classes) / 5])
    p = np.exp(logits) / np.exp(logits).sum(axis=-1, keepdims=True)
    labels = np.array([classes - 1, 1]) % 100
    return {
        "X": rng.normal(size=(2, 2)),
        "W": rng.normal(size=(2, classes)),
        "b": np.linspace(0.1, 0.3, classes),
        "W1": rng.normal(size=(2, 4)),
        "b1": np.linspace(0.1, 0.4, 4),
        "W2": rng.normal(size=(4, classes)),
        "b2": np.linspace(0.1, 0.3, classes),
        "z": logits,
        "p": p,
        "q": p[::-1],
        "mu": logits,
        "sigma": 0.5,
        "eta": logits / 100,
        "y": np.eye(classes)[labels],
        "labels": labels,
        "target": labels,
        "decay": 0.1,
        "damping": 0.5,
        "classes": classes,
        "weights": np.linspace(1, 2, classes),
        "temperature": 2.0,
        "epsilon": 0.1,
        "bins": 10,
        "block": 7,
        "scale": 0.5,
        "alpha": 1.0,
        "a": np.linspace(0.2, 0.4, classes),
        "v": logits[::-1],
        "u": logits[::-1],
        "counts": np.arange(classes),
        "nats": np.array([0.5, 1.0]),
        "blocks": [logits, logits[:, :1]],
        "state": (np.array([50.0, 50.0]), np.array([1.0, 2.0])),
        "f": lambda x: (x * x).sum(),
        "x": logits,
        "h": 1e-3,
        "start": 1,
        "matrices": [np.linspace([-1, 1], [1, 2], 2), np.ones((2, classes))],
        "every": 2,
        "exponent_bits": 4,
        "exponent": 0.5,
        "noise": np.full((classes, classes), 0.1 / classes) + 0.9 * np.eye(classes),
        "means": rng.normal(size=(classes, 2)),
        "prior": p[0],
        "statistic": np.arange(classes),
        "mean": 0.7,
        "energies": logits,
        "uniform": rng.uniform(0.1, 0.9, logits.shape),
        "ranking": np.argsort(logits, axis=-1),
        "samples": np.array([0, 1, 1]),
        "negatives": 2,
        "joint": p / 2,
        "S": np.array([[0.9, 0.1], [0.2, 0.8]]),
        "flips": 3,
    }


BATCH = table(3)
ONE = {  # example
    name: value[0] if isinstance(value, np.ndarray) and len(value) == 2 else value
    for name, value in BATCH.items()
} | {name: BATCH[name] for name in ("X", "W", "W1", "noise")}
for name in ("blocks", "state"):  # each of several arrays
    ONE[name] = type(BATCH[name])(part[0] for part in BATCH[name])
NUMBER = {  # an example that is a number, where there may be one
    name: value.flat[0] if isinstance(value, np.ndarray) else value
    for name, value in ONE.items()
} | {"y": 1.0}
MANY = BATCH | {  # several of what is one, or two, in the batch
    "W": np.ones((4, 2, 3)),
    "decay": [0.1, 0.2],
    "epsilon": [0.1, 0.2],
    "f": lambda x: x * x,
    "joint": np.array([BATCH["joint"]] * 2),
    "S": np.array([BATCH["S"]] * 2),
}


def call(name, values, **changed):
    """Call a function with these values of its arguments."""
    if name == "merge_logsumexp":  # the one whose `a` and `b` are pairs
        states = values["nats"], values["nats"] + 1.0
        values = values | {"a": states, "b": states}
    values = values | changed
    parameters = inspect.signature(FUNCTIONS[name]).parameters.values()
    names = [p.name for p in parameters if p.kind is not p.KEYWORD_ONLY]
    assert values.keys() >= {*names}, unknown({*names} - values.keys())
    return FUNCTIONS[name](*[values[each] for each in names])


def unknown(names):
    """Say what to do about names of arguments that are new."""
    listed = ", ".join(sorted(names))
    return (
        f"new names of arguments: {listed}; take one that is known, or add each in "
        "tests/test_contract.py, to PREDICTED, TRUE, OPTIONS or OTHERS, and with an "
        "example to table()"
    )


def parts(result):
    return result if isinstance(result, tuple) else (result,)


# Names


def test_a_name_means_one_thing_in_all_modules():
    Library(modules(ROOT), ROOT)  # which says of a name where it has another meaning


def test_each_name_of_an_argument_is_one_of_these():
    known = {*PREDICTED, *TRUE, *OPTIONS, *OTHERS}
    used = {name for names in PARAMETERS.values() for name in names}
    assert used <= known & set(BATCH), unknown(used - (known & set(BATCH)))
    unused = sorted((known | set(BATCH)) - used)
    assert not unused, f"take {unused} out of this file: no argument has such a name"


@pytest.mark.parametrize("name", FUNCTIONS)
def test_what_is_predicted_comes_first_then_what_is_true_then_options(name):
    parts = [PREDICTED, TRUE, OPTIONS]
    order = [i for n in PARAMETERS[name] for i, part in enumerate(parts) if n in part]
    assert order == sorted(order)
    for pair in PAIRS:
        both = tuple(n for n in PARAMETERS[name] if n in pair)
        assert len(both) < 2 or both == pair


@pytest.mark.parametrize("name", FUNCTIONS)
def test_labels_are_class_indices_and_a_target_is_either(name):
    distributions = np.eye(3)[BATCH["labels"]]
    if "labels" in PARAMETERS[name]:
        with pytest.raises(ValueError, match="labels must be whole numbers"):
            call(name, BATCH, labels=distributions)
    if "target" in PARAMETERS[name]:
        hard, soft = call(name, BATCH), call(name, BATCH, target=distributions)
        for a, b in zip(parts(hard), parts(soft), strict=True):
            np.testing.assert_allclose(a, b, rtol=1e-14, atol=1e-15)


# Types


def kind(result):
    """Return the type of a result as an annotation says it."""
    if isinstance(result, tuple):
        return tuple(map(kind, result))
    if isinstance(result, np.ndarray) and result.dtype.kind == "f" and result.ndim:
        return Floats
    return Float if isinstance(result, np.floating) else type(result)


def kinds(annotation):
    """Return the types that an annotation allows."""
    if typing.get_origin(annotation) is tuple:
        inside = typing.get_args(annotation)
        if inside[-1] is Ellipsis:  # one for each matrix
            inside = inside[:1] * len(BATCH["matrices"])
        inner = [kinds(part) for part in inside]
        return {
            tuple(next(iter(i)) if len(i) == 1 else one for i in inner)
            for one in max(inner, key=len)
        }
    return {Floats, Float} if annotation == Floats | Float else {annotation}


@pytest.mark.parametrize("name", FUNCTIONS)
def test_the_annotated_types_are_those_that_come_out(name):
    found = {kind(call(name, BATCH))}
    for values in (ONE, NUMBER, MANY):
        with contextlib.suppress(ValueError, IndexError):  # it wants another axis
            found.add(kind(call(name, values)))
    assert found == kinds(typing.get_type_hints(FUNCTIONS[name])["return"])


# Input of every kind: the right answer, or ValueError, which names what it got

LABELLED = [n for n in FUNCTIONS if {"labels", "target"} & set(PARAMETERS[n])]
NO_ARRAYS = {"f", "blocks", "matrices"}
BAD = [
    None,
    "word",
    object(),
    1j,
    [[1.0], [1.0, 2.0]],
    np.ma.masked_array([1.0, 2.0], mask=[False, True]),
    np.nan,
    np.inf,
    -np.inf,
    -1,
    2.5,
    True,
    [],
    [[]],
    [[np.nan, 1.0, 2.0]] * 2,
    [np.datetime64("2020-01-01")] * 2,
]


def answered(name, values, **changed):
    """Say whether a call gives numbers; if not, it must say what it got.

    NaN is an answer of the two functions alone that round, and say so.
    """
    said = ""
    try:
        found = call(name, values, **changed)
    except ValueError as error:
        said = str(error)
    if said:
        assert re.search("got|do not fit together|no temperature is best", said), said
        return False
    for part in parts(found):
        assert isinstance(part, np.ndarray | np.floating)
        assert name in ("to_bfloat16", "to_float8") or not np.isnan(part).any()
    return True


@pytest.mark.parametrize("name", LABELLED)
def test_labels_may_have_any_dtype_of_whole_numbers(name):
    values = table(140)  # which no int8 holds, but it holds these labels
    expected = call(name, values)
    for dtype in INTEGERS:
        labels = values["labels"].astype(dtype)
        found = call(name, values, labels=labels, target=labels)
        for a, b in zip(parts(found), parts(expected), strict=True):
            np.testing.assert_array_equal(a, b)


@pytest.mark.parametrize("name", FUNCTIONS)
def test_an_argument_of_another_kind_is_refused_or_has_an_answer(name):
    for parameter in set(PARAMETERS[name]) - NO_ARRAYS:
        for bad in BAD:
            answered(name, BATCH, **{parameter: bad})


@pytest.mark.parametrize("name", FUNCTIONS)
@settings(max_examples=30)
@given(data=st.data())
def test_an_argument_of_another_shape_is_refused_or_has_an_answer(name, data):
    names = sorted(set(PARAMETERS[name]) - NO_ARRAYS)
    shapes = st_numpy.array_shapes(min_dims=0, max_dims=3, min_side=0, max_side=4)
    changed = (
        {
            parameter: np.full(data.draw(shapes), data.draw(st.sampled_from([1, 0.5])))
            for parameter in data.draw(st.sets(st.sampled_from(names), min_size=1))
        }
        if names
        else {}
    )
    answered(name, BATCH, **changed)
