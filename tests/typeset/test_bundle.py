"""Code of several modules becomes one piece of Python."""

import pytest

from typeset.bundle import BundleError, Library

CHECKS = '''\
"""What is asked of the input. More of it."""

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.floating]


def positive(x):
    """Return x − if it is positive; `where` says what is not."""
    where = x
    if x <= 0:
        raise ValueError(where)
    return x


def both(x, y):
    """Return both."""
    return positive(x), positive(y)


def idle(x):
    """Do nothing."""
    return np.sin(x)
'''
ROOTS = '''\
"""Roots: the code of a page."""

from math import sqrt

from mine import _checks as check
from mine._checks import Floats

# How often it is tried.
TIMES, STEPS = 3, 4


def root(x: Floats, positive: bool = True) -> Floats:
    """Return the root.

    >>> root(cube(1.0))
    1.0
    """
    return sqrt(check.positive(x)) if positive else TIMES


def cube(x):
    return x**3
'''


@pytest.fixture
def library(tmp_path):
    """Join modules of these texts; `roots` is the last."""

    def library(**texts):
        (tmp_path / "mine").mkdir(exist_ok=True)
        texts = {"_checks": CHECKS, "roots": ROOTS, **texts}
        for name, text in texts.items():
            (tmp_path / "mine" / f"{name}.py").write_text(text, "utf-8")
        names = [name for name in texts if name != "_checks"]
        return Library([tmp_path / "mine" / f"{name}.py" for name in names], tmp_path)

    return library


def run(code):
    made = {}
    exec(compile(code, "<bundle>", "exec"), made)
    return made


def test_a_function_brings_what_it_needs_and_no_more(library):
    code = library().code(["root"])
    made = run(code)
    assert made["root"](9.0) == 3
    assert made["root"](9.0, False) == 3
    with pytest.raises(ValueError, match="-1"):
        made["root"](-1.0)
    assert "idle" not in code
    assert "mine" not in code


def test_it_reads_as_if_it_were_written_so(library):
    assert (
        library().code(["root"])
        == '''\
from math import sqrt

import numpy as np
from numpy.typing import NDArray

# What is asked of the input.

Floats = NDArray[np.floating]


def check_positive(x):
    """Return x − if it is positive; `where` says what is not."""
    where = x
    if x <= 0:
        raise ValueError(where)
    return x


# Roots: the code of a page.

# How often it is tried.
TIMES, STEPS = 3, 4


def root(x: Floats, positive: bool = True) -> Floats:
    """Return the root.

    >>> root(cube(1.0))
    1.0
    """
    return sqrt(check_positive(x)) if positive else TIMES


def cube(x):
    return x**3
'''
    )


def test_what_calls_a_renamed_function_calls_it_by_its_new_name(library):
    taker = "from mine import _checks as check\n\n\n"
    taker += "def f(x):\n    return check.both(x, x)\n"
    made = run(library(taker=taker).code(["f"]))
    assert made["f"](1) == (1, 1)
    assert "both" not in made


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("def root(x):\n    return x\n", "3: root is defined in mine/roots.py too"),
        ("STEPS = 2\n", "3: STEPS is defined in mine/roots.py too"),
        ("def f(x):\n    return abs(x)\n\n\ndef abs(x):\n    return x\n", ""),
        ("def f(x):\n    return sin(x)\n", "3: sin is not what it is"),
        (
            "from cmath import sqrt\n\n\ndef f(x):\n    return sqrt(x)\n",
            "6: sqrt is ano",
        ),
        (
            "from math import pi as cube\n\n\ndef f():\n    return cube\n",
            "6: cube is ano",
        ),
        ("from mine import _checks as c\n\nf = c.idle\n", "_checks.py is known as"),
        (
            "from mine import _checks as check\n\nf = check\n",
            "check is used as a whole",
        ),
        ("from mine import _checks as check\n\nf = check.no\n", "no no in _checks.py"),
        ("import mine.roots\n", "3: what this import binds is not named here"),
        ("from mine.roots import *\n", "3: what this import binds is not named here"),
        ("from . import roots\n", "3: an import that only works in taker.py"),
        ("print(1)\n", "3: neither an import nor a definition"),
        ("if True:\n    x = 1\n", "3: neither an import nor a definition"),
        ("def f(:\n", "3: invalid syntax"),
        (
            'def f():\n    """F.\n\n    >>> from mine.roots import root\n    """\n',
            "3: an example imports what the file will define",
        ),
    ],
)
def test_what_cannot_be_joined_is_refused_with_its_place(library, text, said):
    def joined():
        return library(taker=f'"""Taker."""\n\n{text}')

    if not said:
        joined()
        return
    with pytest.raises(BundleError) as refused:
        joined()
    assert said in str(refused.value)
    assert str(refused.value).startswith("mine/taker.py:")


def test_a_name_of_python_that_another_module_defines_is_refused(library):
    with pytest.raises(BundleError, match=r"mine/user.py:\d: max is not what it is"):
        library(
            maker="def max(x):\n    return x\n", user="def f(x):\n    return max(x)\n"
        )


def test_a_variable_of_the_name_of_what_is_renamed_is_refused(library):
    shadow = CHECKS + "\n\ndef f(x):\n    positive(x)\n    return lambda positive: x\n"
    with pytest.raises(BundleError, match="positive is the name of a variable and of"):
        library(_checks=shadow)
