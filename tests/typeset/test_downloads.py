"""A lab's script becomes a notebook to take away."""

import ast

import nbformat
import pytest

from typeset.bundle import BundleError, Library
from typeset.citation import Work
from typeset.downloads import below_title, carrying, needs, notebook
from typeset.edition import Edition
from typeset.labs import LabError

WORK = Work("A site", "The authors", "2024", Edition("2.1"))
SCRIPT = """\
# %% [markdown]
# # A lab
#
# See [softmax](../softmax.md#shift) and [a site](https://x.example/).

# %%
import json
import os.path

import numpy as np

from mine.part import function

# %% [markdown]
# The end.

# %%
print(1)
"""


def read(address_of=lambda link: f"https://site.example/{link[3:-3]}/"):
    return nbformat.reads(notebook(SCRIPT, "It needs time.", address_of), as_version=4)


def test_a_comment_that_would_become_a_command_is_refused_with_the_repair():
    script = "# %%\n# copy the logits\nz = 1\n"
    with pytest.raises(LabError, match="comment_magics: false") as refused:
        notebook(script, "", str)
    assert refused.value.quoted == "copy the logits"
    header = "# ---\n# jupyter:\n#   jupytext:\n#     comment_magics: false\n# ---\n\n"
    made = nbformat.reads(notebook(header + script, "", str), as_version=4)
    assert made.cells[0].source == "# copy the logits\nz = 1"


def test_the_notebook_is_valid_and_has_the_cells_of_the_script():
    made = read(lambda link: "")
    nbformat.validate(made)
    assert [cell.cell_type for cell in made.cells] == [
        "markdown",
        "markdown",
        "code",
        "markdown",
        "code",
    ]
    assert made.cells[1].source == "It needs time."
    code = "\n".join(cell.source for cell in made.cells if cell.cell_type == "code")
    assert ast.dump(ast.parse(code)) == ast.dump(ast.parse(SCRIPT))


def test_links_to_pages_lead_to_the_site_if_its_address_is_known():
    made = read(lambda link: f"https://site.example/{link}")
    assert "[softmax](https://site.example/../softmax.md#shift)" in made.cells[0].source
    assert "[a site](https://x.example/)" in made.cells[0].source


def test_links_to_pages_are_words_if_the_site_has_no_address():
    made = read(lambda link: "")
    assert "See softmax and [a site](https://x.example/)." in made.cells[0].source


def test_two_builds_give_the_same_notebook():
    assert read() == read()


def test_what_a_lab_needs_is_what_it_imports_by_the_name_to_install(tmp_path):
    (tmp_path / "mine").mkdir()
    assert needs(SCRIPT, tmp_path) == "It needs `numpy`."
    assert needs("import sklearn.svm", tmp_path) == "It needs `scikit-learn`."
    assert needs("import json", tmp_path) == ""


@pytest.fixture
def library(tmp_path):
    (tmp_path / "mine").mkdir()
    part = "import math\n\n\ndef function(x):\n    return math.sqrt(x)\n"
    (tmp_path / "mine" / "part.py").write_text(part)
    return Library([tmp_path / "mine" / "part.py"], tmp_path)


def test_a_lab_carries_what_it_imports_of_ours_in_a_folded_cell(library):
    script = carrying(SCRIPT, library, WORK)
    assert "mine" not in script
    made = nbformat.reads(notebook(script, "", str), as_version=4)
    first, second, _ = [cell for cell in made.cells if cell.cell_type == "code"]
    assert first.metadata == {"jupyter": {"source_hidden": True}, "cellView": "form"}
    assert first.source.startswith(
        "# @title The functions of A site that this lab uses"
    )
    assert WORK.copyright in first.source
    scope = {}
    exec(first.source, scope)
    assert scope["function"](9) == 3
    assert second.source == "import json\nimport os.path\n\nimport numpy as np"


def test_one_line_is_empty_below_the_imports_that_are_left(library):
    script = carrying(
        SCRIPT.replace("function\n", "function\n\nz = 1\n"), library, WORK
    )
    assert "\n\nimport numpy as np\n\nz = 1\n" in script


def test_a_lab_that_needs_nothing_of_ours_stays_as_it_is(library):
    script = SCRIPT.replace("from mine.part import function\n", "")
    assert carrying(script, library, WORK) == script


def test_a_lab_that_calls_something_of_its_own_by_a_name_that_it_carries_is_refused(
    library,
):
    with pytest.raises(BundleError, match="something of its own math"):
        carrying(SCRIPT + "math = 2\n", library, WORK)
    with pytest.raises(BundleError, match="as they are"):
        carrying(
            SCRIPT.replace("import function", "import function as f"), library, WORK
        )


def test_a_line_stands_below_the_title_and_on_the_start_page_below_its_first_code():
    html = "<h1>T</h1><p>a</p><div><pre><code>b</code></pre></div><p>c</p>"
    assert below_title(html, "LINE").startswith("<h1>T</h1>\nLINE")
    assert "</code></pre></div>\nLINE<p>c" in below_title(html, "LINE", start=True)
