"""Pages of other makers: MyST, Quarto, notebooks, and docstrings in reST."""

import json

import nbformat
import pytest

from mathcheck.command.main import main
from mathcheck.command.project import FixError, mend
from mathcheck.command.report import place
from mathcheck.page.check import check_file

MYST = """---
jupytext:
  text_representation:
    format_name: myst
---
# A page

Let $ x $ be {math}`x \\in \\mathbb{R}`, and `{math}` a role; a coffee is $5 or $6.

% a comment: $q$

"""


def found(folder, name, text):
    """Return where the false formulas of a file stand, and what else is wrong."""
    path = folder / name
    path.write_text(text, "utf-8")
    page = check_file(path, name)[0]
    assert page.found == len(page.formulas)
    bad = [f for f in page.findings if f.status in ("refuted", "refused", "undefined")]
    return [f"{place(f)}:{f.status}".removeprefix(f"{name}:") for f in bad]


@pytest.mark.parametrize(
    ("body", "bad"),
    [
        ("{math}`x = x + 1`", ["1:8:refuted"]),
        ("$ x = x + 1 $", ["1:3:refuted"]),
        ("$$\nx = x + 1\n$$ (eq:a)", ["2:1:refuted"]),
        ("$$ x = x + 1 $$ (eq:a)\n\nand $x = x$", ["1:4:refuted"]),
        ("```{math}\nx = x + 1\n```", ["2:1:refuted"]),
        ("```{math}\n:label: a\n:nowrap:\n\nx = x + 1\n```", ["5:1:refuted"]),
        ("```{math}\n---\nlabel: a\n---\nx = x + 1\n```", ["5:1:refuted"]),
        ("```{math}\nx = x\n\nx = x + 1\n\n\nx = x\n```", ["4:1:refuted"]),
        ("```{math} x = x + 1\n```", ["1:11:refuted"]),
        (":::{math}\nx = x + 1\n:::", ["2:1:refuted"]),
        ("- ```{math}\n  x = x + 1\n  ```", ["2:3:refuted"]),
        ("> ```{math}\n> x = x + 1\n> ```", ["2:3:refuted"]),
        ("```{note}\n$x = x + 1$\n```", ["2:2:refuted"]),
        (":::{note} Of $x = x + 1$\n:class: tip\nWords.\n:::", ["1:15:refuted"]),
        (
            "````{note}\n```{math}\nx = x + 1\n```\n````\n\n$x = x + 2$",
            ["3:1:refuted", "7:2:refuted"],
        ),
        ("```{code-cell} python\n---\ntags: [a]\n---\ny = '$y$'\n```", []),
        (":::{code-block} python\ny = '$y$'\n:::", []),
        ("```python\n:::{note}\n```\n\n$x = x + 1$", ["5:2:refuted"]),
        ("::::\n\n$x = x + 1$", ["3:2:refuted"]),
        ("```{note}\n$x = x + 1$", ["1:1:refused", "2:2:refuted"]),
    ],
)
def test_myst_is_read_where_it_stands(tmp_path, body, bad):
    shown = found(tmp_path, "page.md", MYST + body)
    above = MYST.count("\n")
    places = [f.split(":", 1) for f in shown]
    assert [f"{int(line) - above}:{rest}" for line, rest in places] == bad


def test_mark_before_a_directive_is_that_of_its_first_formula(tmp_path):
    body = "<!-- math: refuted -->\n```{math}\nx = x + 1\n\nx = x + 2\n```"
    assert found(tmp_path, "page.md", MYST + body) == ["16:1:refuted"]


QUARTO = """---
title: A page
format:
  html:
    toc: true
---

Let $x \\in \\mathbb{R}$.

```{python}
#| echo: false
y = "$y$"
```

::: {.callout-note}
$$
x = x + 1
$$ {#eq-one}
:::

By @eq-one, $$x = x$$ {#eq-two} and $x = x + 2$.
"""


def test_quarto_is_read_where_it_stands(tmp_path):
    assert found(tmp_path, "page.qmd", QUARTO) == ["17:1:refuted", "21:38:refuted"]


def notebook(*cells):
    """Return a notebook of cells, each with its kind."""
    new = nbformat.v4
    made = [
        new.new_code_cell(text) if kind == "code" else new.new_markdown_cell(text)
        for kind, text in cells
    ]
    return nbformat.writes(new.new_notebook(cells=made))


CELLS = notebook(
    ("markdown", "# A page\n\nLet $ x \\in \\mathbb{R} $."),
    ("code", "x = '$q$'"),
    ("markdown", "So\n\n$$\nx = x + 1\n$$\n\n```{math}\nx = x + 2\n```"),
    ("code", 'def f():\n    r"""It is $1 = 2$."""'),
    ("code", "%matplotlib inline"),
    ("markdown", "It is 0.5432<!-- = 1 / 2 -->."),
)


def test_notebook_is_read_by_its_cells(tmp_path):
    assert found(tmp_path, "page.ipynb", CELLS) == [
        "cell 3:4:1:refuted",
        "cell 3:8:1:refuted",
        "cell 4:2:16:refuted",
        "cell 6:1:7:refuted",
    ]


def test_notebook_is_annotated_by_its_cells(tmp_path, capsys):
    path = tmp_path / "page.ipynb"
    path.write_text(CELLS, "utf-8")
    assert main(["--format", "github", str(path)]) == 1
    first = capsys.readouterr().out.splitlines()[0]
    assert first.startswith(
        f"::error file={path},line=1,title=mathcheck::{path}:cell 3"
    )


def test_digits_of_a_notebook_are_not_rewritten(tmp_path):
    path = tmp_path / "page.ipynb"
    path.write_text(CELLS, "utf-8")
    with pytest.raises(FixError, match=r"page\.ipynb is a notebook"):
        mend(check_file(path, str(path))[0])
    assert path.read_text("utf-8") == CELLS


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("{", r"page\.ipynb is no notebook: "),
        ("[]", "format 4"),
        (json.dumps({"nbformat": 3, "worksheets": []}), "format 4"),
        (json.dumps({"cells": [{"cell_type": "markdown"}]}), "cell 1 has no type, or"),
        (json.dumps({"cells": [{"source": "x"}]}), "cell 1 has no type, or"),
    ],
)
def test_what_is_no_notebook_is_told(tmp_path, content, message):
    path = tmp_path / "page.ipynb"
    path.write_text(content, "utf-8")
    with pytest.raises(SyntaxError, match=message):
        check_file(path, "page.ipynb")


RAW = '''r"""Of :math:`x \\in \\mathbb{R}`.

.. math::
    :label: a

    x = x + 1

    x = x

and so :math:`x = x + 2`; `:math:` is a role.

    >>> ":math:`x = x + 3`"
"""


def f():
    """Let $\\\\alpha \\\\in \\\\mathbb{R}$.

    .. math:: \\\\alpha = \\\\alpha + 1"""
'''


def test_docstrings_are_read_in_their_own_markup(tmp_path):
    assert found(tmp_path, "page.py", RAW) == [
        "6:5:refuted",
        "10:15:refuted",
        "19:16:refuted",
    ]
