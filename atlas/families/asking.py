"""Asks one library, in its own environment.

``python -m atlas.families.asking FAMILY FROM TO`` needs nothing there but NumPy and the
module of the family, whose functions are the forms in which a library is asked: their
names say what is computed, and ``form`` says how a reader would write it. FROM has a
question in each line, as JSON; TO gets its answer in a line as soon as there is one, so
that a library which ends the process takes with it only the question that it was asked.
"""

from __future__ import annotations

import functools
import importlib
import importlib.metadata
import inspect
import json
import re
import sys
import warnings
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

Array = NDArray[Any]
Told = dict[str, Any]
Form = TypeVar("Form", bound=Callable[..., Told])

LONG = 200  # letters of an error's words that are kept


def form(call: str) -> Callable[[Form], Form]:
    """Say how a reader would write what a form computes."""

    def mark(function: Form) -> Form:
        function.__dict__["call"] = call
        return function

    return mark


def given(argument: Any) -> Any:
    """Return an argument as a form takes it: arrays as NumPy's, with their shapes."""
    if not isinstance(argument, dict):
        return argument
    return np.array(argument["array"], argument["dtype"]).reshape(argument["shape"])


def told(value: Any, gradient: Any = None, dtype: str = "") -> Told:
    """Return an answer: a value, the gradient in the first argument, and the dtype."""
    value = np.asarray(value)
    said = {"value": numbers(value), "dtype": dtype or str(value.dtype)}
    return said if gradient is None else {**said, "gradient": numbers(gradient)}


def numbers(values: Any) -> Any:
    """Return numbers as JSON has them."""
    return np.asarray(values).astype(np.float64).tolist()


def answer(family: ModuleType, form: str, arguments: dict[str, Any]) -> Told:
    """Ask a library in one form, and return its answer, its error, or what it lacks."""
    forms = {"call": functools.partial(call, family=family), **vars(family)}
    if form not in forms:
        return {"absent": form}
    asked = forms[form]
    lacking = arguments.keys() - inspect.signature(asked).parameters.keys()
    if lacking:
        return {"absent": min(lacking)}
    try:
        with warnings.catch_warnings(record=True) as heard:
            warnings.simplefilter("always")
            found: Told = asked(**arguments)
            warned = sorted({warning.category.__name__ for warning in heard})
            return {**found, "warned": warned} if warned else found
    except Exception as error:
        said = re.sub(r"(?:/[\w.+-]+){2,}", "…", " ".join(str(error).split()))  # paths
        return {"raises": type(error).__name__, "says": said[:LONG]}


def call(code: str, family: ModuleType) -> Told:
    """Return what a call gives, written as a reader would write it."""
    packages = {name: one for name, one in sys.modules.items() if "." not in name}
    # The code is the project's own, kept as text so that the page can show it
    return told(eval(code, {**packages, **vars(family)}))  # noqa: S307


def calls(family: ModuleType) -> dict[str, str]:
    """Return how a reader would write each form."""
    return {
        name: asked.call
        for name, asked in vars(family).items()
        if hasattr(asked, "call")
    }


def versions(family: ModuleType) -> dict[str, str]:
    """Return the versions of what a family has pinned, as they are installed."""
    if hasattr(family, "versions"):  # of what is no Python package
        found: dict[str, str] = family.versions()
        return found
    names = [re.split(r"[=\[;]", pin)[0] for pin in family.PINS]
    return {name: importlib.metadata.version(name) for name in names}


def main() -> None:
    """Answer the questions of one file in another."""
    name, source, target = sys.argv[1:]
    family = importlib.import_module(f"atlas.families.{name}")
    with Path(target).open("a", encoding="utf-8") as lines:

        def write(said: Told) -> None:
            print(json.dumps(said), file=lines, flush=True)

        write({"versions": versions(family), "calls": calls(family)})
        for line in Path(source).read_text("utf-8").splitlines():
            question = json.loads(line)
            arguments = {
                name: given(value) for name, value in question["arguments"].items()
            }
            said = answer(family, question["form"], arguments)
            write({"name": question["name"], **said})


if __name__ == "__main__":
    main()
