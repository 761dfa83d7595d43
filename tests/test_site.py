"""The built site, as files: formulas, links, labs, and nothing from elsewhere."""

import inspect
import json
import re
import subprocess
from html import unescape
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import urldefrag, urljoin, urlsplit

import nbformat
import pytest

from tests.markdown import DOCS, PAGES, ROOT, fences
from tests.modules import module_of
from tests.sites import ADDRESS, EDIT, PREFIX
from typeset.embedding import INCLUDE
from typeset.mathjax import node
from typeset.policy import inline_scripts

LOADED = {"link": "href", "script": "src", "img": "src", "iframe": "src", "use": "href"}
# Attributes that name elements of their own page by their ids, and pieces of an SVG
# that are named by an address inside of an attribute or a style
NAMING = ("for", "headers", "aria-labelledby", "aria-describedby", "aria-controls")
PIECE = re.compile(r"url\(\s*['\"]?#([^'\")]+)")
POINTERS = ("alternate feed", "canonical", "prev", "next")  # links that load nothing
SILENT = ("script", "style", "code", "pre", "annotation")


class Page(HTMLParser):
    """The ids of a page, its links, what it loads, and its text outside of code."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.links: list[str] = []
        self.loads: list[str] = []
        self.named: list[str] = []
        self.pictures: list[dict[str, str]] = []
        self.code: list[str] = []
        self.seen: list[str] = []
        self.alternatives: list[str] = []
        self.open: list[str] = []  # of those that are silent, and of blocks of code
        self.feed(path.read_text("utf-8"))
        self.close()
        self.text = " ".join(["".join(self.seen), *self.alternatives])

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Take down what a tag says, and whether its text is read."""
        values = {name: value or "" for name, value in attrs}
        self.read(tag, values)
        self.pictures += [values] if tag == "svg" and "role" in values else []
        self.alternatives += [values["alt"]] if "alt" in values else []
        self.code += [""] if tag == "pre" else []
        self.open += [tag] if tag in SILENT else []

    def handle_endtag(self, tag: str) -> None:
        """Leave what is silent."""
        if tag in SILENT:
            assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        """Take down text, that of code apart."""
        if "pre" in self.open:
            self.code[-1] += data
        elif not self.open:
            self.seen.append(data)

    def read(self, tag: str, values: dict[str, str]) -> None:
        """Take down what a tag is, names and loads."""
        if values.get("id"):
            self.ids.append(values["id"])
        for name, value in values.items():
            self.named += value.split() if name in NAMING else []
            self.named += PIECE.findall(value)
        if tag in ("a", "area", "image", "link") and values.get("href"):
            self.links.append(values["href"])
        for candidate in values.get("srcset", "").split(","):
            self.loads += candidate.split()[:1]
        if values.get(LOADED.get(tag, "")) and values.get("rel") not in POINTERS:
            self.loads.append(values[LOADED[tag]])


@pytest.fixture(scope="module")
def pages(site):
    """Every page of the site by its address below the prefix."""
    files = sorted(site.rglob("*.html"))
    return {path.relative_to(site).as_posix(): Page(path) for path in files}


def test_the_strict_build_has_no_warning(strict_build):
    _, wrong = strict_build
    assert not wrong, f"\n{wrong}"


def test_every_source_has_its_page(pages):
    sources = {p.relative_to(DOCS).with_suffix("") for p in DOCS.rglob("*.md")}
    sources |= {p.relative_to(DOCS).with_suffix("") for p in DOCS.rglob("labs/*.py")}
    for source in sources:
        folder = "" if source.stem == "index" else f"{source.as_posix()}/"
        assert f"{folder}index.html" in pages


def test_no_tex_is_left_for_the_reader(pages):
    for name, page in pages.items():
        left = re.search(r"\$|\\[(\[A-Za-z]|\?\?\?", page.text)
        assert left is None, f"{name}: {page.text[left.start() - 40 :][:120]!r}"


@pytest.mark.parametrize("source", PAGES, ids=lambda path: path.stem)
def test_the_code_that_a_reader_sees_is_that_of_the_fences(pages, source):
    folder = "" if source.stem == "index" else f"{source.stem}/"
    expected = []
    for fence in fences(source):
        include = INCLUDE.fullmatch(fence.body.strip())
        if include:
            module = module_of(ROOT / include["path"])
            expected.append(inspect.getsource(getattr(module, include["name"])))
        else:
            expected.append(fence.body)
    *seen, citation = pages[f"{folder}index.html"].code
    assert citation.startswith("@misc{")
    assert [code.strip() for code in seen] == [code.strip() for code in expected]


def test_everything_that_a_page_loads_is_there(site, pages):
    for name, page in pages.items():
        for load in page.loads:
            address = urlsplit(urljoin(f"{ADDRESS}{name}", load))
            path = address.path.removeprefix(PREFIX)
            assert (site / path).is_file(), f"{name}: {load} is not there"


def test_pages_carry_formulas_as_svg_with_hidden_mathml(site):
    html = (site / "gradient" / "index.html").read_text("utf-8")
    formulas = html.count("<mjx-container")
    assert formulas > 100
    assert html.count("<mjx-assistive-mml") == formulas
    assert html.count('<svg class="glyphs"') == 1
    assert "data-latex" not in html


def test_every_glyph_that_a_formula_uses_is_on_its_page(pages):
    for name, page in pages.items():
        used = {load[1:] for load in page.loads if load.startswith("#")}
        assert used <= set(page.ids), f"{name}: {sorted(used - set(page.ids))}"


def test_everything_that_an_element_names_by_its_id_is_on_its_page(pages):
    for name, page in pages.items():
        missing = set(page.named) - set(page.ids)
        assert not missing, f"{name}: {sorted(missing)}"
    labels = {one for page in pages.values() for one in page.named}
    assert "__search" in labels, "the theme's labels were not read"


def test_no_id_stands_twice_on_a_page(pages):
    for name, page in pages.items():
        twice = {i for i in page.ids if page.ids.count(i) > 1}
        assert not twice, f"{name}: {sorted(twice)}"


def test_every_internal_link_and_anchor_resolves(site, pages):
    broken = []
    found = json.loads((site / "search" / "search_index.json").read_text("utf-8"))
    results = [entry["location"] for entry in found["docs"]]
    assert len(results) > len(pages)
    links = {"": results} | {name: page.links for name, page in pages.items()}
    for name, targets in links.items():
        for link in targets:
            address, anchor = urldefrag(urljoin(f"{ADDRESS}{name}", link))
            if not address.startswith(ADDRESS):
                continue
            path = urlsplit(address).path.removeprefix(PREFIX)
            path += "index.html" if path.endswith("/") or not path else ""
            if not (site / path).is_file():
                broken.append(f"{name or 'search'}: {link}: no such page")
            elif anchor and anchor not in pages[path].ids:
                broken.append(f"{name or 'search'}: {link}: no such anchor")
    assert not broken, "\n".join(broken)


def test_nothing_is_loaded_from_elsewhere(site, pages):
    for name, page in pages.items():
        elsewhere = [load for load in page.loads if "//" in load]
        assert not elsewhere, f"{name}: {elsewhere}"
    for style in site.rglob("*.css"):
        text = style.read_text("utf-8")
        elsewhere = re.findall(r"url\(\s*[\"']?((?:https?:)?//[^)]*)\)", text)
        assert not elsewhere, f"{style.relative_to(site)}: {elsewhere}"


def test_equations_are_numbered_and_links_to_them_carry_the_number(site):
    softmax = (site / "softmax" / "index.html").read_text("utf-8")
    numbers = re.findall(
        r'class="equation-number" href="#eq-[\w-]+"[^>]*>\((\d+)\)', softmax
    )
    assert numbers == [str(n) for n in range(1, len(numbers) + 1)]
    anchor, number = re.findall(r'href="#(eq-jacobian)"[^>]*>\((\d+)\)', softmax)[0]
    gradient = (site / "gradient" / "index.html").read_text("utf-8")
    link = rf'href="\.\./softmax/#{anchor}">[^<]*&nbsp;\({number}\)</a>'
    assert re.search(link, gradient)


def test_labs_ran_and_their_figures_have_text_alternatives(pages):
    for name in ("labs/coin/index.html", "labs/wrong_gradient/index.html"):
        pictures = pages[name].pictures
        assert pictures, f"{name} has no figure"
        for picture in pictures:
            assert picture["role"] == "img"
            assert len(str(picture["aria-label"])) > 80


def test_what_a_figure_of_a_lab_shows_is_heard_and_not_printed_as_code(site):
    for lab in (DOCS / "labs").glob("*.py"):
        said = re.findall(r'alt=f?"(.{20})', lab.read_text("utf-8"))
        assert said, f"{lab.name} has no figure"
        page = (site / "labs" / lab.stem / "index.html").read_text("utf-8")
        code = re.sub("<[^>]+>", "", "".join(re.findall("(?s)<pre.*?</pre>", page)))
        assert not [words for words in said if words in unescape(code)], lab.name
        assert "plt.subplots" in code  # how it is drawn is shown


def test_the_files_of_figures_lie_beside_their_page(site):
    for page in site.rglob("index.html"):
        html = page.read_text("utf-8")
        figures = re.findall(r'<figure class="plot(?: living)?" id="fig-([^"]+)"', html)
        linked = re.findall(r'<a download href="([^"]+\.(?:svg|png))"', html)
        assert linked == [f"{n}.{end}" for n in figures for end in ("svg", "png")]
        for name in linked:
            assert (page.parent / name).stat().st_size > 1000


def test_lab_output_is_that_of_this_build(site):
    html = (site / "labs" / "wrong_gradient" / "index.html").read_text("utf-8")
    step = re.search(
        r"step 20000: +true gradient ([\d.]+) +the post(?:'|&#x27;)s ([\d.]+)", html
    )
    assert step is not None
    assert float(step[1]) < 0.8 < 2 < float(step[2])  # converged; climbing


def test_a_lab_can_be_downloaded_as_script_and_as_notebook(site, pages):
    for source in sorted((DOCS / "labs").glob("*.py")):
        page = f"labs/{source.stem}/index.html"
        links = [link for link in pages[page].links if link.startswith(source.stem)]
        assert links == [f"{source.stem}.ipynb", f"{source.stem}.py"]
        script, notebook = ((site / page).with_name(name) for name in links[::-1])
        made = nbformat.read(notebook, as_version=4)
        cells = [c.source for c in made.cells if c.cell_type == "code"]
        assert cells == code_cells(script)
        carried, first, *others = cells
        assert carried.startswith("# @title")
        written, *rest = code_cells(source)
        assert others == rest
        assert not set(first.splitlines()) - set(written.splitlines())
        words = "".join(c.source for c in made.cells if c.cell_type == "markdown")
        assert not re.search(r"\]\((?!https?://)", words), f"{source.stem}: a dead link"
        for link in re.findall(rf"\]\({re.escape(ADDRESS)}([^)#]*)", words):
            assert (site / link / "index.html").is_file(), f"{source.stem}: {link}"


def code_cells(script: Path) -> list[str]:
    """Return the code cells of a script, read without jupytext."""
    cells = re.split(r"^# %%(.*)\n", script.read_text("utf-8"), flags=re.MULTILINE)
    marked = zip(cells[1::2], cells[2::2], strict=True)
    return [body.strip() for mark, body in marked if "[markdown]" not in mark]


def test_a_page_offers_its_source_for_editing(pages):
    for name, source in (("gradient", "gradient.md"), ("labs/coin", "labs/coin.py")):
        assert f"{EDIT}{source}" in pages[f"{name}/index.html"].links


def test_the_html_of_every_page_is_valid(site):
    # `standard` is HTML's own grammar; its config names the theme's faults
    tools = ROOT / "tests"
    validator = tools / "node_modules" / "html-validate" / "bin" / "html-validate.mjs"
    assert validator.is_file(), "html-validate is not installed here: run `make setup`"
    pages = sorted(map(str, site.rglob("*.html")))
    said = subprocess.run(
        [node(), validator, "--config", tools / "htmlvalidate.mjs", *pages],
        check=False,
        capture_output=True,
        text=True,
    )
    assert said.returncode == 0, said.stdout + said.stderr


def test_every_page_says_first_what_may_run_on_it_and_that_is_its_own(site):
    for path in site.rglob("*.html"):
        html = path.read_text("utf-8")
        policy = re.search(
            r'http-equiv="Content-Security-Policy" content="([^"]*)', html
        )
        assert policy, f"{path}: no policy"
        before = html[: policy.start()]
        assert not re.search("<(link|script|style|base)", before), path
        scripts = next(d for d in policy[1].split("; ") if d.startswith("script-src"))
        allowed = set(scripts.replace("'", "").split()[1:])
        assert allowed == {"self", "wasm-unsafe-eval"} | inline_scripts(html), path
