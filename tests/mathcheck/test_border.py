r"""What a page shows as a formula was read, and what was read it shows.

Each false formula is planted by itself: into a real page or lab for the command, and
into a page of its own for the strict build. Both have to name its file and line.
"""

import re
import sys

import pytest

from mathcheck.command.main import main
from mathcheck.command.report import failed
from mathcheck.page.check import check_file
from mathcheck.source import site
from mathcheck.source.blocks import Element
from mathcheck.source.reading import read_file
from tests.markdown import DOCS, PAGES, ROOT
from tests.sites import mkdocs
from typeset.border import differences

SETTINGS = ROOT / "mkdocs.yml"
LABS = sorted((DOCS / "labs").glob("*.py"))

PLANTED = {
    "a bare aligned": "\\begin{aligned} 1 &= 2 \\end{aligned}",
    "a bare gathered": "\\begin{gathered} 1 = 2 \\end{gathered}",
    "bare cases": "\\begin{cases} 1 = 2 \\end{cases}",
    "an environment in a sentence": "It is \\begin{aligned} 1 &= 2 \\end{aligned} so.",
    "an environment without an end": "It is \\begin{aligned} 1 = 2",
    "an environment with another end": "\\begin{align} 1 = 2 \\end{align*}",
    "backticks across items": "- a ` tick\n- $3=4$ and `",
    "backticks across quotations": "> a ` tick\n\n> $3=4$ and `",
    "backticks across definitions": "A\n:   a ` tick\n\nB\n:   $3=4$ and `",
    "backticks across rows": "| a | b |\n|---|---|\n| a ` | x |\n| $3=4$ and ` | x |",
    "an escaped backtick": "\\` $1=2$ `x`",
    "a backtick in a comment": "<!-- ` --> $1=2$ `",
    "a malformed comment": "<!-- note -- >\n\n$1=2$",
    "a comment without an end": "<!--\n\n$1=2$",
    "a comment in a comment": "<!-- a <!-- b --> $1=2$ -->",
    "a comment that browsers end at once": "<!--> $1=2$ -->",
    "a comment that browsers end": "<!-- a --!> $1=2$",
    "a comment across items": "- a\n- <!-- b\n- $1=2$ -->",
    "a fence without an end": "```python\nx = 1\n\n$1=2$",
    "a fence of tildes without an end": "~~~\n\n$1=2$",
    "a fence that its quotation ends": "> ```\n\n$1=2$\n\n> ```",
    "a fence that its item ends": "- ```\n\n$1=2$\n\n```",
    "a fence with an indented end": "```\na\n    ```\n\n$1=2$",
    "a digit after the dollar": "It is $7=8$9 now.",
    "prices in brackets": "It is ($5) or ($6).",
    "spaces inside the dollars": "It is $ 1 + 1 = 1 $ here.",
    "a space before the dollar": "It is $1 + 1 = 1 $ here.",
    "a space after the dollar": "It is $ 1 + 1 = 1$ here.",
    "a dollar without another": "It is $\\frac{1}{2} = 1 so.",
    "dollars across paragraphs": "It is $\\frac{1}{2}\n\n= 1$ so.",
    "a display across paragraphs": "$$\n1\n\n= 2\n$$",
    "a display in a sentence": "It is $$1=2$$ here.",
    "a display without blank lines": "It is\n$$\n1=2\n$$\nhere.",
    "two displays in one paragraph": "$$1=1$$ and $$1=2$$",
    "a display in a quotation": "> > $$\n> > 1\n> > = 2\n> > $$",
    "a line that begins with its sign": "$$\n1\n> 2\n$$",
    "a display behind tabs": "-\titem\n\n\t$$\n\t1 = 2\n\t$$",
    "round brackets": "It is \\(1=2\\).",
    "square brackets": "\\[1=2\\]",
    "square brackets in a sentence": "It is \\[1=2\\] here.",
    "two backslashes": "It is \\\\(1=2\\\\) here.",
    "a backslash before the dollar": "It is \\\\$1=2$ here.",
    "a script in a sentence": "It is <script>$1=2$</script>",
    "a script without an end": "<script>\n\n$1=2$",
    "a style without an end": "It is <style> and $1=2$",
    "a span": '<span class="arithmatex">\\(1=2\\)</span>',
    "a span with more": 'A <span id="a" class="b arithmatex">\\(1=2\\)</span>.',
    "a div": "<div class=arithmatex>\\[1=2\\]</div>",
    "a span in an attribute": "<b title='<b class=\"arithmatex\">\\(1=2\\)</b>'>x</b>",
    "MathML": "<math><mn>1</mn><mo>=</mo><mn>2</mn></math>",
    "HTML with Markdown": '<div markdown="1">\n\n$1=2$\n\n</div>',
    "HTML without Markdown": "<div>\n$1=2$\n</div>",
    "a cell in HTML": "<table><tr><td>$1=2$</td></tr></table>",
    "code in HTML": "Say <code>$1=2$</code>.",
    "a dollar in letters": "It is &#36;1=2&#36; here.",
    "a sign in letters": "It is $1 &lt; 0$ here.",
    "a break inside": "It is $1<br>=2$ here.",
    "a footnote": "Text.[^q]\n\n[^q]: It is $1=2$.",
    "the title of a note": '!!! note "Since $1=2$"\n\n    Text.',
    "the title of a fold": '??? note "Since $1=2$"\n\n    Text.',
    "a heading": "## It is $1=2$",
    "emphasis": "*It is $1=2$*",
    "attributes": "It is $1=2${.big} here.",
    "the words of a link": "[$1=2$](#x)",
    "the words of a reference": "[a $1=2$][r]\n\n[r]: #y",
    "a definition": "Term\n:   $1=2$",
    "a table with a bar": "| a | b |\n|---|---|\n| $\\lvert 1 | = 2$ | x |",
    "a sign of Markdown's own": "It is $1\x02=2$ here.",
    "a character for private use": "It is $1\U000f0000=2$ here.",
    "a space without width": "It is $1\u200b=2$ here.",
    "a separator of lines": "It is\u2028$1=2$ here.",
    "line ends of Windows": "It is\r\n$1=2$\r\nhere.",
    "an included file": '--8<-- "planted.txt"',
    "a remark without a reason": "<!-- math: unchecked -->\n$1=2$",
    "a remark far above": "<!-- math: unchecked: no -->\n\nText.\n\n$1=2$",
    "a remark in code": "`<!-- math: refuted -->` $1=2$",
    "digits behind it": "It is $1 = 1$0.",
    "thousands behind it": "It is $1 = 1$,000.",
    "a power behind it": "It is $1 = 1$<sup>2</sup>.",
    "a number before a difference": "It is 2 $- 1 = -1$.",
    "a minus before it": "It is -$1 = 1$.",
    "a relation between two": "It is $1$ = $2$.",
    "another behind it": "It is $1 = 1$$0 = 0$.",
    "another behind a tag": "It is $1 = 1$<b></b>$0 = 0$.",
    "a hidden element": "<div hidden markdown>\n\n$1 = 1$\n\n</div>",
    "a style": '<p style="display: none" markdown>$1 = 1$</p>',
    "a template": "<template markdown>\n\n$1=2$\n\n</template>",
    "a comment in TeX": '<div class="arithmatex">\\[1 = 1<!-- x = 2 -->\\]</div>',
    "the words of a picture": "![It is $1=2$](x.png)",
    "the title of a link": '[a](#x "It is $1=2$")',
    "the title of a reference": "[a][r]\n\n[r]: #x 'It is $1=2$'",
    "an abbreviation": "*[HTML]: It is $1=2$\n\nThe HTML is.",
    "what an abbreviation supposes": "*[Q]: if\n$1 + K = 2$",
    "what an address supposes": "[r]: if\n$1 + K = 2$",
    "a comment of TeX": "It is $2 = \\sqrt{4 % } + 5 {\n}$.",
    "a full stop in a number": "It is $1 = 1. 5 = 5$.",
    "words of nothing": "It is $1 = 1\\text{} 0 = 0$.",
    "words of digits": "It is $1 = 1\\text{0}, 2 = 2$.",
    "bold digits in words": "It is $1 = 1\\textbf{0}, 2 = 2$.",
    "words that end in digits": "It is $1 = 1 \\text{ and 1}0 = 0$.",
    "a fraction in words": "It is $1 = 1\\text{½}$.",
    "a sum in words": "It is $1 = 1\\text{ + 2}$.",
    "a character by its number": "It is $1 = 1 \\text{ and 1 \\U{003D} 2}$.",
    "a relation of another alphabet": "It is $1 = 1 \\text{ and 1 ꞊ 2}$.",
    "two signs in one": "It is $1 = 1 \\text{ and 1 ⩵ 2}$.",
    "digits of another alphabet": "It is $4 = ৪$.",  # a four that looks like an eight
    "a space to the left": "It is $1 = 1 \\quad\\hspace{-1em} 0 = 0$.",
    "many small spaces to the left": "It is $1 = 1 \\quad\\!\\!\\!\\!\\!\\! 0 = 0$.",
    "a row upon a row": (
        "$$\n\\begin{aligned} 1 &= 1 \\\\[-2em] & \\quad 0 = 0 \\end{aligned}\n$$"
    ),
    "two numbers in bold": "It is $\\mathbf{1 2}$.",
    "a square in a formula": "It is $1 \\square 0 = 10$.",
    "two factorials": "It is $3!! = 720$.",
    "a remark that is misspelt": "<!-- math: uncheckd: no -->\n$1=2$",
}  # fmt: skip
# Which only the site's own parser shows, or only it can tell from words
ONLY_SHOWN = (
    "a dollar in letters",
    "an included file",
    "a hidden element",
    "a style",
    "a comment in TeX",
)
HEADS = {
    "no front matter": "---\n\n$1=2$\n\n---\n",
    "front matter with a fault": "---\na: [\n---\n\n$1=2$\n",
    "a BOM before front matter": "\ufeff---\ntitle: A\n---\n\n$1=2$\n",
    "a BOM before a formula": "\ufeff$1=2$\n",
}
CELLS = {
    "an abbreviated cell": "# %% [md]\n# It is $1=2$.\n",
    "a string": '# %% [markdown]\nr"""\nIt is $1=2$.\n"""\n',
    "a string of one line": '# %% [md]\n"""It is $1=2$."""\n',
    "a mark without a space": "#%% [markdown]\n# It is $1=2$.\n",
    "a titled cell": "# %% A title [markdown]\n# It is $1=2$.\n",
    "a bare environment": "# %% [md]\n# \\begin{align}\n# 1 &= 2\n# \\end{align}\n",
    "spaces inside the dollars": "# %% [markdown]\n# It is $ 1 = 2 $.\n",
    "a digit after the dollar": "# %% [markdown]\n# It is $7=8$9.\n",
    "escaped dollars": "# %% [markdown]\n# It is \\$1=2\\$.\n",
    "backticks across items": "# %% [markdown]\n# - a ` tick\n# - $3=4$ and `\n",
    "a fence without an end": "# %% [markdown]\n# ```\n# a\n\n# %% [md]\n# $1=2$\n",
    "a span": '# %% [markdown]\n# <span class="arithmatex">\\(1=2\\)</span>\n',
    "two backslashes": "# %% [markdown]\n# It is \\\\(1=2\\\\).\n",
    "a display": "# %% [markdown]\n# $$\n# 1\n# > 2\n# $$\n",
}
SHOWN_BY_CODE = """\
# %%
from IPython.display import HTML

HTML('<span class="arithmatex">' + chr(92) + "(1=2" + chr(92) + ")</span>")
"""


@pytest.fixture(scope="module")
def project(tmp_path_factory):
    """Copy the site's settings, its notation, a page and a lab."""
    root = tmp_path_factory.mktemp("site")
    lay_out(root)
    for name in ("softmax.md", "labs/coin.py"):
        (root / "docs" / name).write_text((DOCS / name).read_text("utf-8"), "utf-8")
    return root


def lay_out(root):
    """Write settings like the site's into a folder, and the site's notation."""
    (root / "docs" / "labs").mkdir(parents=True)
    (root / "requirements.txt").touch()
    settings = SETTINGS.read_text("utf-8")
    extensions = re.search(r"(?ms)^markdown_extensions:.*?^(?=\S)", settings)[0]
    place = "!relative $config_dir"  # of the code that pages show
    assert place in extensions
    (root / "mkdocs.yml").write_text(
        "site_name: planted\n"
        "strict: true\n"
        "theme: {name: material, font: false}\n"
        "plugins:\n"
        "  - mkdocs-jupyter:\n"
        '      {include: ["labs/*.py"], execute: true, allow_errors: false, '
        "cache: false}\n"
        f"hooks: [{ROOT / 'typeset' / 'hook.py'}]\n"
        + extensions.replace(place, str(ROOT))
    )
    (root / "pyproject.toml").write_text(
        '[tool.mathcheck]\npaths = ["docs"]\ncode = ["snippets"]\n'
        'site = "mkdocs.yml"\nnotation = "docs/notation.md"\n'
    )
    notation = (DOCS / "notation.md").read_text("utf-8")
    (root / "docs" / "notation.md").write_text(notation, "utf-8")


@pytest.fixture(autouse=True)
def in_its_folder(project, monkeypatch):
    """Run in the folder of the project, whose settings are trusted there alone."""
    monkeypatch.chdir(project)


@pytest.fixture
def without_parser(monkeypatch):
    """Make what renders a site unimportable, as where only NumPy is installed."""
    forget()
    for name in site.PACKAGES:
        for module in [m for m in sys.modules if m.startswith(f"{name}.")]:
            monkeypatch.setitem(sys.modules, module, None)
        monkeypatch.setitem(sys.modules, name, None)
    assert site.site_of(SETTINGS) is None
    yield
    forget()


def forget():
    site.site_as.cache_clear()
    site.versions.cache_clear()


def lines_of(text):
    return len(re.sub("\r\n?", "\n", text).split("\n"))


def planted_in_page(project, text):
    """Put a text before the first section of a page; return where it stands.

    Of the page is kept what stands around it: its introduction, and that section.
    """
    before, *sections = (DOCS / "softmax.md").read_text("utf-8").split("\n## ")
    page = project / "docs" / "softmax.md"
    page.write_text(f"{before}\n{text}\n\n## {sections[0]}\n", "utf-8", newline="")
    first = lines_of(f"{before}\n")
    return page, range(first, first + lines_of(text))


def planted_in_lab(project, text):
    """Put a cell into a lab, before its third; return where it stands."""
    cells = (DOCS / "labs" / "coin.py").read_text("utf-8").split("\n# %%")
    before, after = "\n# %%".join(cells[:3]), "\n# %%".join(["", *cells[3:]])
    lab = project / "docs" / "labs" / "coin.py"
    lab.write_text(f"{before}\n{text}{after}", "utf-8")
    first = lines_of(f"{before}\n")
    return lab, range(first, first + lines_of(text))


def named(said, path, lines):
    """Return those lines of a message that name one of these lines of a file."""
    place = re.compile(rf"{re.escape(path)}:(\d+):\d+: (?:ref|und)")
    return [m for m in place.finditer(said) if int(m[1]) in lines]


@pytest.mark.parametrize("form", PLANTED)
def test_command_finds_what_is_planted_in_a_page(project, capsys, form):
    page, lines = planted_in_page(project, PLANTED[form])
    assert main([str(page)]) == 1
    said = capsys.readouterr().out
    assert named(said, str(page), lines), said


@pytest.mark.parametrize("form", [form for form in PLANTED if form not in ONLY_SHOWN])
def test_command_finds_it_without_the_parser(project, capsys, without_parser, form):
    page, lines = planted_in_page(project, PLANTED[form])
    assert main([str(page)]) == 1
    said = capsys.readouterr().out
    assert named(said, str(page), lines), said


@pytest.mark.parametrize("form", CELLS)
def test_command_finds_what_is_planted_in_a_lab(project, capsys, form):
    lab, lines = planted_in_lab(project, CELLS[form])
    assert main([str(lab)]) == 1
    said = capsys.readouterr().out
    assert named(said, str(lab), lines), said


@pytest.mark.parametrize(
    "form", [form for form in CELLS if form != "escaped dollars"]
)  # which Jupyter shows as a formula
def test_command_finds_it_in_a_lab_without_the_parser(
    project, capsys, without_parser, form
):
    lab, lines = planted_in_lab(project, CELLS[form])
    assert main([str(lab)]) == 1
    said = capsys.readouterr().out
    assert named(said, str(lab), lines), said


def test_docstring_is_read_in_a_module_that_looks_like_a_notebook(tmp_path, capsys):
    module = tmp_path / "module.py"
    module.write_text('# %%\ndef f():\n    """It is $1=2$."""\n', "utf-8")
    assert main([str(module)]) == 1
    assert f"{module}:3:15: refuted" in capsys.readouterr().out


def test_notebook_with_commands_to_its_shell_is_read(tmp_path, capsys):
    lab = tmp_path / "lab.py"
    lab.write_text("# %%\n%cd x\n\n# %% [md]\n# Text.\n#\n# $1=2$\n", "utf-8")
    assert main([str(lab)]) == 1
    assert f"{lab}:7:4: refuted" in capsys.readouterr().out


@pytest.mark.parametrize("form", HEADS)
def test_command_finds_what_a_page_begins_with(project, capsys, form):
    page = project / "docs" / "head.md"
    page.write_text(HEADS[form], "utf-8")
    assert main([str(page)]) == 1
    line = HEADS[form].split("\n").index(next(filter(formula, HEADS[form].split("\n"))))
    assert f"{page}:{line + 1}:" in capsys.readouterr().out
    page.unlink()


def formula(line):
    return "$1=2$" in line


def test_real_page_and_lab_have_no_fault_where_nothing_is_planted(project, capsys):
    page, _ = planted_in_page(project, "Text.\n")
    lab, _ = planted_in_lab(project, "# %% [markdown]\n# Text.\n")
    assert main([str(page), str(lab)]) == 0, capsys.readouterr().out


@pytest.mark.parametrize("path", [*PAGES, *LABS], ids=lambda path: path.name)
def test_page_is_read_alike_with_its_parser_and_without(path):
    shown, cautious = read_file(path, SETTINGS), read_file(path)
    assert [*shown.reading.faults, *cautious.reading.faults] == []
    assert formulas(shown) == formulas(cautious)
    assert shown.reading.found == len(formulas(shown))


def formulas(text):
    return [item for item in text.reading.items if isinstance(item, Element)]


@pytest.mark.parametrize(
    "text",
    [
        "A price of $5 and $6, or of $5 = $6.",
        "From \\$1 = \\$2 on.",
        "Code: `$1 = 2$` and ``$x` = `$``.",
        "```\n$1 = 2$\n```",
        "<!-- $1 = 2$ -->",
        "In the shell, $HOME.",
        "    $1 = 2$",
    ],
)
def test_what_is_no_formula_is_no_fault(text):
    for settings in (None, SETTINGS) if not text.startswith("    ") else (SETTINGS,):
        assert read_text(text, settings).faults == []
        assert read_text(text, settings).items == []


@pytest.mark.parametrize(
    "text",
    [
        "The $K$th class and the $K$-th class, from $1$ to $K$, $1$–$K$, top-$K$.",
        "It is $x = x$[^1].\n\n[^1]: As $1 = 1$.",
        "Is $x = x$? Yes: $x = x$; (that is $x = x$), “$x$”, $x$'s!",
        "**It is $x = x$** and *$x$*, [the $x$ axis](#a) and [$x$](#a)",
        "+ $x = x$\n+ $-x = -x$\n\n1. $-x = -x$\n\n- $-x = -x$",
        "Term\n:   $x = x$\n:   $-x = -x$",
        "> It is $x = x$\n> and $-x = -x$",
        "| a | b |\n|--:|---|\n| $x$ | $-x = -x$ |\n| 2 | $-2 = -2$ |",
        "One thing — $x = x$ — is so, $x$ → $-x$, and 5 % of $x$ in the 3 $K$ classes.",
        "For 0, $-1$ and 2, of 2024 $x = x$, and $x$/$x$, 2<sup>nd</sup> $x$.",
        "It is\n\n$$\nx = x.\n$$\n\n2 more, $x = x. \\quad -x = -x.$",
        "$$\n\\begin{aligned} x &= x && \\text{by the 2-norm (see 3.1)} \\\\[1ex]\n"
        "&= x && \\text{(turned by 90°)} \\end{aligned}\n$$",
        "$x = x\\text{, and } 1 = 1\\text{.}$ $x\\! = \\!x$",
        "$1{,}000 = 10^3$ and $1\\,000 = 10^3$, $3! = 6$!",
        '??? note "More"\n\n    $x = x$',
        '[a](#x "a price of $5") and ![a plot](#a) $x = x$',
        '<p style="text-align: center" markdown>$x = x$</p>',
        "*[HTML]: a language\n\n[r]: #x 'what'\n\nHTML and $x = x$",
    ],
)
@pytest.mark.parametrize("parsed", [True, False])
def test_right_formulas_in_usual_prose_hold(tmp_path, text, parsed):
    page = tmp_path / "page.md"
    page.write_text(
        f"Let $K \\in \\mathbb{{N}}$ and $x \\in \\mathbb{{R}}$.\n\n{text}\n", "utf-8"
    )
    checked, _ = check_file(page, "page.md", site=SETTINGS if parsed else None)
    assert [found.detail for found in failed(checked.findings)] == []


@pytest.mark.parametrize(
    "text",
    ["```math\n1 = 2\n```", "It is $`1 = 2`$.", "| a |\n|---|\n| `a | $1=2$` |"],
)
def test_what_some_site_shows_as_a_formula_is_refused_on_a_page_of_no_site(text):
    assert read_text(text, None).faults


def read_text(text, settings):
    site_or_none = site.site_of(settings)
    from mathcheck.source.reading import read_page

    return read_page(text, site_or_none).reading


@pytest.fixture(scope="module")
def build(built_once):
    """Return what a strict build says of a site with all that is planted."""

    def build_planted(root):
        lay_out(root)
        docs = root / "docs"
        for number, text in enumerate(PLANTED.values()):
            page = f"# A page\n\n{text}\n"
            (docs / f"page-{number}.md").write_text(page, "utf-8", newline="")
        for number, text in enumerate(HEADS.values()):
            (docs / f"head-{number}.md").write_text(text, "utf-8")
        header = "# ---\n# jupyter:\n#   kernelspec: {display_name: Python 3, "
        header += "language: python, name: python3}\n# ---\n\n"
        cells = "\n".join(CELLS.values())
        (docs / "labs" / "all.py").write_text(f"{header}{cells}", "utf-8")
        (docs / "labs" / "shown.py").write_text(f"{header}{SHOWN_BY_CODE}", "utf-8")
        (docs / "index.md").write_text("# Start\n")
        built = mkdocs("build", "--strict", "-f", str(root / "mkdocs.yml"))
        assert built.returncode == 1, built.stdout
        return built.stdout

    return built_once("planted", build_planted)[1]


@pytest.mark.parametrize(("number", "form"), list(enumerate(PLANTED)))
def test_strict_build_names_what_is_planted(build, number, form):
    lines = range(3, 3 + lines_of(PLANTED[form]))
    assert named(build, f"docs/page-{number}.md", lines), build


@pytest.mark.parametrize("number", range(len(HEADS)))
def test_strict_build_names_what_a_page_begins_with(build, number):
    assert named(build, f"docs/head-{number}.md", range(1, 9)), build


def test_strict_build_names_each_cell_of_a_lab(build):
    first = 6
    for form, text in CELLS.items():
        lines = range(first, first + lines_of(text))
        assert named(build, "docs/labs/all.py", lines), form
        first += lines_of(text)


def test_strict_build_names_what_the_output_of_code_shows(build):
    unread = r"docs/labs/shown\.py:9:\d+: shown as a formula, and was not read: 1=2"
    assert re.search(unread, build)


@pytest.mark.parametrize(
    ("html", "message"),
    [
        ("{0}{1}", ""),
        ("{0}", "read as a formula, and the page does not show it: 2 = 2"),
        ("{0}{1}{1}", "shown as a formula, and was not read: 2 = 2"),
        ("{1}{0}", "shown as a formula, and was not read: 2 = 2"),
        ("{0}<!-- {1} -->", "read as a formula, and the page does not show it: 2 = 2"),
        (
            "{0}{1}<!--{1}-->",
            "a formula in a comment, or in a tag that does not end: 2 = 2",
        ),
        ("{0}<b>{1}</b>", ""),
    ],
)
def test_page_is_compared_with_what_was_read_in_its_order(tmp_path, html, message):
    page = tmp_path / "page.md"
    page.write_text("# A\n\n$1 = 1$ and $2 = 2$", "utf-8")
    spans = [f'<span class="arithmatex">\\({n} = {n}\\)</span>' for n in (1, 2)]
    checked, _ = check_file(page, "page.md")
    found = list(differences(html.format(*spans), checked, page))
    assert (message in [one.message for one in found]) if message else not found
    assert all((one.line, one.column) in ((3, 2), (3, 14), (0, 0)) for one in found)
