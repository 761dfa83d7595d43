"""A small site without faults is built; each fault has its file and line, all at once.

The pages of `FAULTS` are those of one site, and those of `SOUND` of another. Another
fault that a build has to find on a page is another row of `FAULTS`.
"""

import re

import pytest

from tests.sites import build, html_of, lay_out

TEX = "TeX error: Undefined control sequence"

# A page, by its name, and what is said of it, each with file and line
FAULTS = {
    "timed": (
        "# A\n\nSo fast:\n\n<!-- bench: loss -->\n",
        ["docs/timed.md:5: there is no bench/loss.json"],
    ),
    "kernels": (
        "# A\n\n<!-- gpu: nothing -->\n",
        ["docs/kernels.md:3: no table “nothing”"],
    ),
    "exercise": (
        """\
        # A

        ??? question "1. One"

            Words.

        ??? question "Two"

            Words.
        """,
        ['docs/exercise.md:7: an exercise begins with its number, "2. …"'],
    ),
    "exercise_link": (
        """\
        # A

        ??? question "1. One"

            [Exercise 2](#exercise-1)
        """,
        ["docs/exercise_link.md:5: another number in the link"],
    ),
    "labs/figure": (
        """\
        # %% [markdown]
        # # A lab

        # %%
        from IPython.display import HTML as figure

        figure('<figure class="plot"><svg></svg></figure>')
        """,
        ["docs/labs/figure.py:12: a figure without a name"],
    ),
    "figure_link": ("# A\n\n[A figure](#fig-one)\n", ["'#fig-one'"]),
    "tex": (
        "# A\n\nOne.\n\n$$\n\\frac{a}{\n$$\n\n$\\foo$\n",
        [
            "docs/tex.md:6: TeX error: Missing close brace",
            rf"docs/tex.md:9: {TEX} \foo",
        ],
    ),
    "contained": (  # in another formula, which stands before and has no fault
        "# A\n\n$\\frac{a}{b}$\n\n$\\frac{a}$ and\n$\\frac{a}$\n",
        ["docs/contained.md:5: TeX error", "docs/contained.md:6: TeX error"],
    ),
    "indented": (
        "# A\n\n!!! note\n\n    $$\n    a\n    + \\foo\n    $$\n",
        ["docs/indented.md:6: TeX error"],
    ),
    "labs/anchor": (
        """\
        # %% [markdown]
        # # A lab
        #
        # [No such place](../index.md#nowhere), [the start](../index.md#start).
        """,
        ["'labs/anchor.py' contains a link '../index.md#nowhere', but the doc"],
    ),
    "footnote": (
        "# A\n\nWords.[^one] Or `[^two]`.\n",
        ["docs/footnote.md:3: a footnote without its text"],
    ),
    "equation_link": (
        "# A\n\n$$\n1\n\\label{eq:a}\n$$\n\n[yes](#eq-a), [no](#eq-b)\n",
        ["'equation_link.md' contains a link '#eq-b'"],
    ),
    "label": (
        "# A\n\n$$\n1 \\label{eq:a}\n$$\n\n$$\n2 \\label{eq:a}\n$$\n",
        ["docs/label.md:8: the label eq:a stands twice on this page"],
    ),
    "include": (
        '# A\n\n```python\n--8<-- "snippets/softmax.py:no_such_function"\n```\n',
        [
            "docs/include.md:4: snippets/softmax.py: there is no function "
            "no_such_function"
        ],
    ),
    "heading": (
        "# A\n\n## The gradient $p - y$\n",
        ["docs/heading.md:3: formula in a heading"],
    ),
    "title": (
        "---\ntitle: That $1 = 2$\n---\n\nText.\n",
        ["docs/title.md:2: formula in a heading"],
    ),
    "description": (
        "---\ndescription: That $1 = 2$\n---\n\n# A\n",
        ["docs/description.md:2: formula in a heading"],
    ),
    "false": (
        "# A\n\n$x \\in \\mathbb{R}$\n\n$$\nx + x = 3 x\n$$\n",
        ["docs/false.md:6:1: refuted: left "],
    ),
    "unsourced": (
        "# A\n\n$x \\in \\mathbb{R}$ and $x = 3 x$, or 0.1234.\n",
        ["docs/unsourced.md:3:25: refuted: left", "0.1234 has no source"],
    ),
    "labs/raises": (
        """\
        # %% [markdown]
        # # A lab

        # %%
        one = 1

        # %%
        two = 2
        raise ZeroDivisionError("on purpose")
        """,
        ["docs/labs/raises.py:14: ZeroDivisionError: on purpose"],
    ),
    "labs/warns": (
        """\
        # %% [markdown]
        # # A lab

        # %%
        import warnings
        warnings.warn("look here")
        """,
        ["docs/labs/warns.py: a cell wrote to its error stream", "look here"],
    ),
    "labs/link": (
        "# %% [markdown]\n# # A lab\n#\n# [x](../nowhere.md)\n",
        ["docs/labs/link.py:9: a link to ../nowhere.md"],
    ),
    "labs/heading": (
        "# %% [markdown]\n# # A lab\n#\n# ## The set $x_1$\n",
        ["docs/labs/heading.py:9: formula in a heading"],
    ),
    "labs/tex": (
        "# %% [markdown]\n# # A lab\n#\n# Let $\\foo + 1$.\n",
        [rf"docs/labs/tex.py:9: {TEX} \foo"],
    ),
}
LAB = "# %% [markdown]\n# # A lab\n\n# %%\nimport uuid\nprint(uuid.uuid4())\n"
SOUND = {
    "index": "# Start\n\nLet $x \\in \\mathbb{R}$.\n",
    "commented": """\
        # A

        Term
        :   Text

            <!-- math: refuted -->
            $$
            1 = 2
            $$
        """,
    "right": "# A\n\n$x \\in \\mathbb{R}$\n\n$$\nx + x = 2 x\n$$\n",
    "unchecked": """\
        # A

        $x \\in \\mathbb{R}$

        <!-- math: unchecked: no complex numbers -->
        $$
        x = x \\heartsuit
        $$
        """,
    "refuted": """\
        # A

        $x \\in \\mathbb{R}$

        <!-- math: refuted -->
        $$
        x = 3 x
        $$
        """,
    "refuted_inline": """\
        # A

        $x \\in \\mathbb{R}$

        <!-- math: refuted -->
        Wrong: $x = 3 x$.
        """,
    "symbols": "# A\n\nA rate is $r \\in \\mathbb{R}$.\n\n$$\nr + r = 2 r\n$$\n",
    "constants": "# A\n\n$1 = 1$\n",
    "labs/formula": "# %% [markdown]\n# # A lab\n#\n# Say $1 + 1 = 2$.\n",
    "labs/prints": """\
        import time

        for word in ("one", "two"):
            print(word, flush=True)
            time.sleep(0.3)
        """,
}


@pytest.fixture(scope="module")
def faulty(built_once):
    """Build the site of all faults; return its folder, and what MkDocs said."""

    def build_faults(folder):
        lay_out(folder, {name: text for name, (text, _) in FAULTS.items()})
        (folder / "typeset").mkdir()
        roles = "[true]\ndeclared = ['y \\in \\mathbb{R}']\n"
        (folder / "typeset" / "roles.toml").write_text(roles)
        code, said = build(folder)
        assert code == 1, said
        return said

    return built_once("faulty", build_faults)


@pytest.fixture(scope="module")
def sound(built_once):
    """Build the site without faults; return its folder."""

    def build_sound(folder):
        lay_out(folder, SOUND)
        code, said = build(folder)
        assert code == 0, said
        return said

    return built_once("sound", build_sound)[0]


@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_in_a_page_fails_the_build_with_file_and_line(faulty, name):
    for told in FAULTS[name][1]:
        assert told in faulty[1]


def test_the_last_word_of_the_build_names_every_page_with_a_fault(faulty):
    last = re.search(r"^.*faults in (.*)$", faulty[1], re.MULTILINE)[1].split(", ")
    # Of some links MkDocs warns by itself
    links = {"figure_link", "equation_link", "labs/anchor"}
    pages = {f"{name}.{'py' if '/' in name else 'md'}" for name in {*FAULTS} - links}
    assert set(last) == pages | {"typeset/roles.toml"}


def test_a_link_to_an_equation_that_is_there_is_no_fault(faulty):
    assert "'#eq-a'" not in faulty[1]


def test_a_statement_with_a_role_that_no_page_makes_is_a_fault(faulty):
    assert "typeset/roles.toml: no page declares y \\in \\mathbb{R}" in faulty[1]


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("labs/raises", "docs/labs/raises.py:14: ZeroDivisionError: on purpose"),
        ("labs/link", "docs/labs/link.py:9: a link to ../nowhere.md"),
        ("unsourced", "line 3: refuted: left"),
        ("unsourced", "0.1234 has no source"),
        ("tex", "TeX error: Missing close brace"),
    ],
)
def test_a_fault_stands_on_the_page_for_its_author(faulty, name, told):
    html = html_of(faulty[0], name)
    assert re.search(f'class="formula-fault">[^<]*{re.escape(told)}', html)
    assert 'class="holds"' not in html


def test_a_quiet_strict_build_fails_as_well(small_site):
    code, said = small_site({"index": "# A\n\n$1 = 2$\n\n$\\foo$\n"}, "-q")
    assert code == 1
    assert "faults in index.md" in said


def test_a_comment_of_the_checker_hides_no_formula(sound):
    html = html_of(sound, "commented")
    assert "<mjx-container" in html
    assert "math: refuted" not in html


def test_formulas_of_a_lab_are_typeset(sound):
    assert "<mjx-container" in html_of(sound, "labs/formula")


def test_what_a_cell_prints_stands_in_one_piece(sound):
    html = html_of(sound, "labs/prints")
    assert '<div class="output"><pre>one\ntwo</pre></div>' in html


def test_a_lab_runs_again_only_when_it_changed(small_site, tmp_path):
    def printed(lab):
        code, said = small_site({"labs/lab": lab})
        assert code == 0, said
        found = re.search(r"<pre>([0-9a-f-]{36})</pre>", html_of(tmp_path, "labs/lab"))
        return found[1]

    first = printed(LAB)
    assert printed(LAB) == first
    assert printed(LAB + "# another\n") != first


def test_right_formula_gets_a_tick_that_says_where_it_was_tried(sound):
    html = html_of(sound, "right")
    assert html.count('class="holds"') == 1
    assert 'title="Checked: tried at 16 points"' in html
    assert '1 statement: <a href="../checked/">checked</a> when this page' in html


def test_formula_that_cannot_be_checked_says_why(sound):
    html = html_of(sound, "unchecked")
    assert 'class="holds"' not in html
    assert html.count('class="unchecked"') == 1
    assert 'title="Not checked: no complex numbers"></button></div>' in html


def test_formula_shown_as_false_carries_the_counter_example(sound):
    html = html_of(sound, "refuted")
    fold = html.partition('<details class="refuted">')[2].partition("</details>")[0]
    lines = re.findall("<li>(.*?)</li>", fold)
    names = [re.split(r"[ =]", line)[0] for line in lines]
    assert names == ["x", "left", "right", "difference"]
    value, left, right, difference = (
        float(re.split(r"[ =]+", line)[1].replace("−", "-")) for line in lines
    )
    assert left == pytest.approx(value, abs=1e-3)
    assert right == pytest.approx(3 * value, abs=2e-3)
    assert difference == pytest.approx(left - right, abs=2e-4)


def test_formula_in_a_sentence_shown_as_false_is_followed_by_the_counter_example(sound):
    html = html_of(sound, "refuted_inline")
    assert '<span class="refuted">Refuted by this run: left ' in html
    assert "<details" not in html


def test_symbols_are_numbered_and_their_cards_hold_what_is_said_of_them(sound):
    html = html_of(sound, "symbols")
    page, cards = html.split('<template id="symbols" data-search-exclude>')
    assert page.count('data-symbol="0"') == 4
    assert "data-latex" not in html
    assert 'id="at-3-12"' in page
    assert cards.startswith('<div><p>A rate is <q cite="#at-3-12"></q></p>')
    assert '<a href="#at-3-12">where it is declared</a>' in cards


def test_page_without_symbols_gets_no_cards(sound):
    assert "<template" not in html_of(sound, "constants")
