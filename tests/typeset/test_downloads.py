"""A lab's script becomes a notebook to take away."""

import ast

import nbformat
import pytest

from typeset.downloads import needs, notebook, with_downloads
from typeset.labs import LabError

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


def test_what_a_lab_needs_is_what_it_imports(tmp_path):
    (tmp_path / "mine").mkdir()
    assert needs(SCRIPT, tmp_path) == (
        "It needs `numpy`. It imports `mine` from this site's repository: run it there."
    )
    assert needs("import json", tmp_path) == ""


@pytest.mark.parametrize("suffix", ["ipynb", "py"])
def test_a_lab_offers_its_files_below_its_title(suffix):
    html = with_downloads("<h1>A lab</h1><p>words</p>", "coin", "It needs `numpy`.")
    assert html.startswith('<h1>A lab</h1>\n<p class="downloads">')
    assert f'<a href="coin.{suffix}" download>' in html
    assert "<code>numpy</code>" in html
