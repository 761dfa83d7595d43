"""A fault in a page or a lab fails the strict build, with its file and line."""

import re
import textwrap

import pytest

from tests.conftest import mkdocs
from tests.markdown import ROOT

CONFIG = f"""\
site_name: faults
strict: true
theme: {{name: material, font: false}}
plugins:
  - mkdocs-jupyter:
      {{include: ["labs/*.py"], execute: true, allow_errors: false, cache: false}}
hooks: [{ROOT / "typeset" / "hook.py"}]
markdown_extensions:
  - attr_list
  - admonition
  - def_list
  - pymdownx.arithmatex: {{generic: true}}
  - pymdownx.details
  - pymdownx.superfences
  - typeset.embedding: {{project: {ROOT}}}
validation: {{anchors: warn}}
"""
HEADER = """\
# ---
# jupyter:
#   kernelspec: {display_name: Python 3, language: python, name: python3}
# ---

"""


@pytest.fixture
def build(tmp_path):
    """Build a small site of these files and return MkDocs' exit code and messages."""

    def build(**files):
        (tmp_path / "mkdocs.yml").write_text(CONFIG)
        (tmp_path / "docs" / "labs").mkdir(parents=True, exist_ok=True)
        files = {"index": "# Start\n", **files}
        for name, text in files.items():
            lab = name.startswith("lab")
            path = f"labs/{name}.py" if lab else f"{name}.md"
            text = (HEADER if lab else "") + textwrap.dedent(text)
            (tmp_path / "docs" / path).write_text(text, "utf-8")
        built = mkdocs("build", "--strict", "-f", str(tmp_path / "mkdocs.yml"))
        return built.returncode, built.stdout

    return build


def test_an_exercise_without_a_number_and_a_link_with_another_are_errors(build):
    page = """\
        # Start

        ??? question "1. One"

            [Exercise 2](#exercise-1)

        ??? question "Two"

            Words.
    """
    code, said = build(index=page)
    assert code == 1
    assert 'docs/index.md:7: an exercise begins with its number, "2. …"' in said
    code, said = build(index=page.replace('"Two', '"2. Two'))
    assert code == 1
    assert "docs/index.md:5: another number in the link" in said


def test_a_figure_of_a_lab_needs_a_name_and_a_link_to_a_figure_needs_one(build):
    lab = """\
        # %% [markdown]
        # # Lab

        # %%
        from IPython.display import HTML as figure

        figure('<figure class="plot"><svg></svg></figure>')
    """
    code, said = build(lab=lab, index="# Start\n\n[A figure](#fig-one)\n")
    assert code == 1
    assert "docs/labs/lab.py:12: a figure without a name" in said
    assert "'#fig-one'" in said


def test_a_page_without_faults_is_built(build):
    code, said = build(index="# Start\n\nLet $x \\in \\mathbb{R}$.\n")
    assert code == 0, said


def test_a_tex_error_names_file_and_line(build):
    code, said = build(index="# Start\n\nOne.\n\n$$\n\\frac{a}{\n$$\n\n$\\foo$\n")
    assert code == 1
    assert "docs/index.md:6: TeX error: Missing close brace" in said
    assert r"docs/index.md:9: TeX error: Undefined control sequence \foo" in said


def test_the_line_is_that_of_the_formula_and_not_of_one_that_contains_it(build):
    code, said = build(
        index="# Start\n\n$\\frac{a}{b}$\n\n$\\frac{a}$ and\n$\\frac{a}$\n"
    )
    assert code == 1
    assert "docs/index.md:5: TeX error" in said
    assert "docs/index.md:6: TeX error" in said


def test_a_quiet_strict_build_fails_as_well(build, tmp_path):
    build(index="# Start\n\n$\\foo$\n")
    built = mkdocs("build", "--strict", "-q", "-f", str(tmp_path / "mkdocs.yml"))
    assert built.returncode == 1
    assert "faults in index.md" in built.stdout


def test_a_tex_error_inside_an_indented_block_is_found(build):
    code, said = build(
        index="# Start\n\n!!! note\n\n    $$\n    a\n    + \\foo\n    $$\n"
    )
    assert code == 1
    assert "docs/index.md:6: TeX error" in said


def test_a_comment_of_the_checker_hides_no_formula(build, tmp_path):
    code, said = build(
        index="# Start\n\nTerm\n:   Text\n\n    <!-- math: refuted -->\n"
        "    $$\n    1 = 2\n    $$\n"
    )
    assert code == 0, said
    html = (tmp_path / "site" / "index.html").read_text("utf-8")
    assert "<mjx-container" in html
    assert "math: refuted" not in html


def test_a_link_to_an_equation_that_does_not_exist_is_an_error(build):
    code, said = build(
        index="# Start\n\n$$\na\n\\label{eq:a}\n$$\n\n[yes](#eq-a), [no](#eq-b)\n"
    )
    assert code == 1
    assert "'#eq-b'" in said
    assert "'#eq-a'" not in said


def test_a_label_that_stands_twice_is_an_error(build):
    code, said = build(
        index="# Start\n\n$$\na \\label{eq:a}\n$$\n\n$$\nb \\label{eq:a}\n$$\n"
    )
    assert code == 1
    assert "docs/index.md:8: the label eq:a stands twice on this page" in said


def test_a_formula_in_a_heading_is_an_error(build):
    code, said = build(index="# Start\n\n## The gradient $p - y$\n")
    assert code == 1
    assert "docs/index.md:3: formula in a heading" in said


def test_an_include_of_no_function_is_an_error(build):
    include = '--8<-- "snippets/softmax.py:no_such_function"'
    code, said = build(index=f"# Start\n\n```python\n{include}\n```\n")
    assert code == 1
    where = "docs/index.md:4: snippets/softmax.py"
    assert f"{where}: there is no function no_such_function" in said


def test_what_a_cell_prints_stands_in_one_piece(build, tmp_path):
    lab = """
        import time

        for word in ("one", "two"):
            print(word, flush=True)
            time.sleep(0.3)
    """
    code, said = build(lab_a=lab)
    assert code == 0, said
    page = (tmp_path / "site" / "labs" / "lab_a" / "index.html").read_text("utf-8")
    assert '<div class="output"><pre>one\ntwo</pre></div>' in page


def test_a_lab_runs_again_only_when_it_changed(build, tmp_path):
    page = tmp_path / "site" / "labs" / "lab" / "index.html"
    lab = "# %% [markdown]\n# # A lab\n\n# %%\nimport uuid\nprint(uuid.uuid4())\n"

    def printed():
        return re.findall(
            r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", page.read_text()
        )

    build(lab=lab)
    first = printed()
    assert len(first) == 1
    build(lab=lab)
    assert printed() == first
    build(lab=lab + "# another\n")
    assert printed() != first


def test_a_lab_that_raises_names_file_and_line(build):
    code, said = build(
        lab="""\
        # %% [markdown]
        # # A lab

        # %%
        one = 1

        # %%
        two = 2
        raise ZeroDivisionError("on purpose")
        """
    )
    assert code == 1
    assert "docs/labs/lab.py:14: ZeroDivisionError: on purpose" in said


def test_a_lab_that_warns_is_an_error(build):
    code, said = build(
        lab="""\
        # %% [markdown]
        # # A lab

        # %%
        import warnings
        warnings.warn("look here")
        """
    )
    assert code == 1
    assert "docs/labs/lab.py" in said
    assert "look here" in said


def test_a_broken_link_in_a_lab_is_an_error(build):
    code, said = build(lab="# %% [markdown]\n# # A lab\n#\n# [x](../nowhere.md)\n")
    assert code == 1
    assert "docs/labs/lab.py:9: a link to ../nowhere.md" in said


def test_a_formula_in_a_labs_heading_is_an_error(build):
    code, said = build(lab="# %% [markdown]\n# # A lab\n#\n# ## The set $x_1$\n")
    assert code == 1
    assert "docs/labs/lab.py:9: formula in a heading" in said


def test_a_tex_error_in_a_lab_names_file_and_line(build):
    code, said = build(lab="# %% [markdown]\n# # A lab\n#\n# Let $\\foo + 1$.\n")
    assert code == 1
    assert r"docs/labs/lab.py:9: TeX error: Undefined control sequence \foo" in said


def test_formulas_of_a_lab_are_typeset(build, tmp_path):
    code, said = build(lab="# %% [markdown]\n# # A lab\n#\n# Say $1 + 1 = 2$.\n")
    assert code == 0, said
    html = (tmp_path / "site" / "labs" / "lab" / "index.html").read_text("utf-8")
    assert "<mjx-container" in html
