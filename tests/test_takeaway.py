"""What a reader takes away runs where nothing of this project is."""

import ast
import doctest
import json
import os
import re
import shutil
import subprocess
import sys
import tarfile
from html import unescape
from pathlib import Path
from types import SimpleNamespace
from urllib.robotparser import RobotFileParser
from xml.etree import ElementTree

import nbformat
import pytest
import yaml

from tests.browser import awake
from tests.environments import empty, needed
from tests.markdown import DOCS, PAGES, ROOT, fences
from tests.modules import functions
from tests.sites import ADDRESS, EDIT
from typeset.citation import source_address, work
from typeset.edition import edition
from typeset.embedding import INCLUDE
from typeset.takeaway import lab_line

MODULES = sorted(ROOT.glob("snippets/[a-z]*.py"))
LABS = sorted(DOCS.glob("labs/*.py"))
EVERYTHING = "cross_entropy_checked.py"

# Other tests have the other cores: threads that wait for each other take far longer
ALONE = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"), "1")

# Runs in the empty environment: every file, all its examples, each under its own name
EXAMPLES = """
import doctest, importlib.util, json, sys
assert importlib.util.find_spec("snippets") is None, "not an empty environment"
assert importlib.util.find_spec("typeset") is None, "not an empty environment"
held = {}
for path in sys.argv[1:]:
    name = path.rsplit("/", 1)[-1].removesuffix(".py")
    spec = importlib.util.spec_from_file_location(f"taken_{name}", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    failed, tried = doctest.testmod(module)
    assert not failed, path
    held[name] = [tried, [n for n, f in vars(module).items() if callable(f)]]
print(json.dumps(held))
"""

# Runs there too: the cells of notebooks, and what a notebook shows of the last of each
CELLS = """
import ast, importlib.util, json, sys
assert importlib.util.find_spec("snippets") is None, "not an empty environment"
shown = {}
for path in sys.argv[1:]:
    scope, figures = {"__name__": "__main__"}, []
    for cell in json.load(open(path, encoding="utf-8"))["cells"]:
        if cell["cell_type"] == "code":
            *first, last = ast.parse("".join(cell["source"])).body
            value = isinstance(last, ast.Expr)
            first += [] if value else [last]
            exec(compile(ast.Module(first, []), path, "exec"), scope)
            if value:
                made = eval(compile(ast.Expression(last.value), path, "eval"), scope)
                figures += [made._repr_html_()] if hasattr(made, "_repr_html_") else []
    shown[path.rsplit("/", 1)[-1]] = figures
print(json.dumps(shown))
"""

# Runs there as well: each of several programs in a scope of its own, and the examples
# of what it defines
PROGRAMS = """
import doctest, json, sys, types
programs = json.load(sys.stdin)
for name, pasted in programs.items():
    module = types.ModuleType(name)
    for code in pasted:
        exec(compile(code, name, "exec"), vars(module))
    if name.isidentifier():
        test = doctest.DocTestFinder(recurse=False).find(
            vars(module)[name], name, module=False, globs=vars(module))[0]
        assert test.examples, name
        assert not doctest.DocTestRunner().run(test).failed, name
print(len(programs))
"""


@pytest.fixture(scope="module")
def environment(tmp_path_factory):
    """Make an environment with nothing in it but what some projects need."""

    def environment(*projects):
        folder = tmp_path_factory.mktemp("environment")
        empty(folder, *projects)

        def run(code, *arguments, said=None):
            return subprocess.run(
                [folder / "bin" / "python", "-I", *code, *arguments],
                check=False,
                capture_output=True,
                cwd=folder,
                env={**os.environ, **ALONE},
                input=said,
                text=True,
            )

        return run

    return environment


@pytest.fixture(scope="module")
def bare(environment):
    """Return what runs Python where there is NumPy alone."""
    assert needed(["numpy"]) == ["numpy"]
    return environment("numpy")


def read(answer):
    """Return what a process said, or fail with its faults."""
    assert answer.returncode == 0, answer.stdout + answer.stderr
    return json.loads(answer.stdout)


def test_the_code_of_every_chapter_and_of_all_runs_with_numpy_alone(site, bare):
    files = [site / path.stem / path.name for path in MODULES]
    held = read(bare(["-c", EXAMPLES], *files, site / EVERYTHING))
    for path in MODULES:
        tried, names = held[path.stem]
        assert tried >= len(functions(path)) > 0
        assert functions(path).keys() <= set(names)
        assert functions(path).keys() <= set(held[Path(EVERYTHING).stem][1])


def test_run_as_a_script_it_says_how_many_examples_hold(site, bare):
    said = bare([site / "gradient" / "gradient.py"])
    assert re.fullmatch(r"(\d+) of \1 examples hold\.\n", said.stdout), said.stderr


def test_it_begins_with_what_it_is_and_whose(site):
    made = work(ROOT, "Cross-Entropy, Checked")
    for path in (site / "gradient" / "gradient.py", site / EVERYTHING):
        tree = ast.parse(path.read_text("utf-8"))
        said = ast.get_docstring(tree) or ""
        for part in (made.copyright, str(edition(ROOT)), "License-Identifier: MIT"):
            assert part in said
        assert "@misc{" in said
    assert f"{ADDRESS}gradient/" in (site / "gradient/gradient.py").read_text()


def test_it_is_clean_code(site):
    files = [*site.glob("*/*.py"), *site.glob("labs/*/*.py"), site / EVERYTHING]
    assert len(files) > len(MODULES) + len(LABS)
    ruff = Path(sys.executable).with_name("ruff")
    # A notebook imports where it needs
    options = ["--isolated", "--no-cache", "--ignore", "E402"]
    said = subprocess.run(
        [ruff, "check", *options, *files],
        check=False,
        capture_output=True,
        text=True,
    )
    assert said.returncode == 0, said.stdout


def test_every_lab_runs_with_what_it_says_it_needs(site, environment):
    projects = "dask", "numpy", "matplotlib", "scikit-learn"
    run = environment(*projects)
    books = [site / "labs" / lab.stem / f"{lab.stem}.ipynb" for lab in LABS]
    said = run(["-c", CELLS.replace("print(json", "print();print(json")], *books)
    assert said.returncode == 0, said.stdout + said.stderr
    shown = json.loads(said.stdout.splitlines()[-1])
    for book in books:
        figures = shown[book.name]
        code = book.with_name("index.html").read_text("utf-8")
        assert len(figures) == code.count('<figure class="plot"') > 0
        assert all(figure.startswith("<figure") for figure in figures)
        words = nbformat.read(book, as_version=4).cells[1].source
        assert set(re.findall("`(.*?)`", words)) <= {*projects}


# Gives a page the blocks of others, each with a button as the theme makes them, and
# returns what the buttons would copy
COPIED = """async (blocks) => {
  const place = document.querySelector("article");
  const copied = [];
  const made = blocks.map((html, i) => {
    const box = document.createElement("div");
    box.innerHTML = html;
    const pre = box.firstElementChild;
    pre.id = `taken${i}`;
    const button = document.createElement("button");
    button.dataset.clipboardTarget = `#taken${i} > code`;
    pre.prepend(button);
    place.append(box);
    return button;
  });
  for (const button of made) {
    button.click();
    for (let i = 0; i < 500 && !button.dataset.clipboardText; i++)
      await new Promise((done) => setTimeout(done, 10));
    copied.push(button.dataset.clipboardText ?? null);
    button.parentElement.parentElement.remove();
  }
  return copied;
}"""


@pytest.fixture(scope="module")
def opened(browser, address):
    """Open a page whose clipboard may be read."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    page = context.new_page()
    page.goto(f"{address}softmax/")
    yield page
    context.close()


def text(block):
    """Return what a block of code says."""
    return unescape(re.sub("<[^>]*>", "", block))


def blocks(site, name):
    """Return the blocks of code of a page's article, in order."""
    html = (site / name / "index.html").read_text("utf-8")
    article = html[html.index("<article") : html.index('<footer class="colophon')]
    return re.findall(r"<pre\b.*?</pre>", article, re.DOTALL)


def test_every_function_runs_where_it_is_pasted(site, opened, bare):
    shown = {
        found["name"]: page.stem
        for page in PAGES
        for fence in fences(page)
        for found in INCLUDE.finditer(fence.body)
    }
    found = [b for stem in dict.fromkeys(shown.values()) for b in blocks(site, stem)]
    single = [b for b in found if "data-takes" in b and "data-drops" not in b]
    assert len(single) == len(shown) > 50
    copied = opened.evaluate(COPIED, single)
    names = [re.search('data-takes="([^" ]+)"', block)[1] for block in single]
    assert sorted(names) == sorted(shown)
    programs = {n: [code] for n, code in zip(names, copied, strict=True)}
    assert read(bare(["-c", PROGRAMS], said=json.dumps(programs))) == len(shown)
    assert max(map(len, copied)) < 20_000


def test_the_examples_of_every_page_run_where_they_are_pasted(site, opened, bare):
    programs = {}
    for page in PAGES:
        name = "" if page.stem == "index" else page.stem
        found = [b for b in blocks(site, name) if text(b).startswith(">>>")]
        examples = [fence for fence in fences(page) if fence.language == "pycon"]
        assert len(found) == len(examples), page.stem
        if found:
            programs[f"{page.stem} page"] = opened.evaluate(COPIED, found)
    assert len(programs) > len(MODULES)
    pasted = "\n".join(code for codes in programs.values() for code in codes)
    assert not re.search(r"^>>>|^array\(", pasted, re.MULTILINE)
    assert "from snippets" not in pasted
    raising = examples_that_raise()
    for codes in programs.values():
        codes[:] = [guarded(code, raising) for code in codes]
    answer = bare(["-W", "ignore", "-c", PROGRAMS], said=json.dumps(programs))
    assert answer.returncode == 0, answer.stdout[-500:] + answer.stderr[-3000:]


def examples_that_raise():
    """Return the lines of the pages' examples whose output is an error."""
    parser = doctest.DocTestParser()
    return {
        example.source.strip()
        for page in PAGES
        for fence in fences(page)
        if fence.language == "pycon"
        for example in parser.get_examples(fence.body)
        if example.exc_msg is not None
    }


def guarded(code, raising):
    """Let an example raise that shows an error, and no other."""
    lines = [
        f"try: {line}\nexcept Exception: pass\nelse: raise SystemExit('no error')"
        if line.strip() in raising
        else line
        for line in code.splitlines()
    ]
    return "\n".join(lines)


@pytest.mark.parametrize("name", ["", "gradient/", "labs/coin/"])
def test_the_button_puts_it_on_the_clipboard(opened, address, bare, name):
    opened.goto(f"{address}{name}")
    awake(opened)  # where the pointer was before, it would rest
    opened.evaluate("navigator.clipboard.writeText('')")
    opened.locator("pre[data-drops]").first.hover()
    opened.locator("pre[data-drops] button[data-md-type=copy]").first.click()
    opened.locator(".md-dialog--active").wait_for()
    copied = opened.evaluate("navigator.clipboard.readText()")
    assert copied.startswith("# From Cross-Entropy, Checked, version")
    where = copied.splitlines()[0].lower()  # as browsers write the name of a host
    assert where.endswith(f"{ADDRESS}{name}".lower())
    assert ">>>" not in copied.partition('"""')[0]
    assert "from snippets" not in copied
    if name != "labs/coin/":  # it draws
        said = bare(["-c", PROGRAMS], said=json.dumps({"a page": [copied]}))
        assert said.returncode == 0, said.stderr


def test_the_citation_can_be_copied(opened, address):
    opened.goto(f"{address}gradient/")
    opened.locator(".citation summary").click()
    opened.locator(".citation pre").hover()
    opened.locator(".citation button[data-md-type=copy]").click()
    opened.locator(".md-dialog--active").wait_for()
    copied = opened.evaluate("navigator.clipboard.readText()")
    assert copied.startswith("@misc{cross-entropy-checked:gradient,\n")
    assert copied.rstrip().endswith(f"{ADDRESS}gradient/}},\n}}")


def test_code_is_copied_from_a_folder_without_a_server(site, browser):
    page = browser.new_page()
    page.goto((site / "gradient" / "index.html").as_uri())
    page.locator("pre[data-takes]").first.hover()
    page.wait_for_function("globalThis.takeaway")
    page.locator("pre[data-takes] button[data-md-type=copy]").first.click()
    copied = page.locator("button[data-clipboard-text]").get_attribute(
        "data-clipboard-text"
    )
    assert "def check_labels" in copied
    page.close()


# The line that says where the code is, and whose the page is


@pytest.mark.parametrize("path", [*PAGES, *LABS], ids=lambda path: path.stem)
def test_a_page_says_where_its_code_is_and_whose_it_is(site, path):
    name = path.relative_to(DOCS).with_suffix("").as_posix()
    folder = site if name == "index" else site / name
    html = (folder / "index.html").read_text("utf-8")
    line = re.search(r'<div class="downloads".*?</div>', html)
    links = re.findall('href="([^"]*)" download', line[0]) if line else []
    module = ROOT / "snippets" / f"{path.stem}.py"
    if path in LABS:
        assert links == [f"{path.stem}.ipynb", f"{path.stem}.py"]
    elif module.is_file():
        assert links == [f"{path.stem}.py"]
        blob = source_address(EDIT, f"snippets/{path.stem}.py")
        assert blob in line[0]
    else:
        uses = "from snippets" in "".join(fence.body for fence in fences(path))
        assert [Path(link).name for link in links] == [EVERYTHING] * uses
    assert all((folder / link).is_file() for link in links)
    foot = html[html.index('<footer class="colophon') :]
    assert f'<time datetime="{edition(ROOT).day}">' in foot
    assert work(ROOT, "").holder in foot
    address = f"{ADDRESS}{'' if name == 'index' else name + '/'}"
    assert f'<span class="address">{address}</span>' in foot
    assert f"url = {{{address}}}" in foot
    head = html[: html.index("<body")]
    for part in ("title", "description", "type", "site_name", "image"):
        assert re.search(f'<meta property="og:{part}" content="[^"]+">', head), part
    assert f'<meta property="og:url" content="{address}">' in head
    assert f'<link rel="canonical" href="{address}">' in head


def test_the_picture_of_the_site_and_its_licence_are_there(site):
    html = (site / "index.html").read_text("utf-8")
    picture = re.search(f'og:image" content="{re.escape(ADDRESS)}([^"]+)', html)[1]
    assert (site / picture).read_bytes().startswith(b"\x89PNG")
    assert (site / "LICENSE.txt").read_bytes() == (ROOT / "LICENSE").read_bytes()


def test_crawlers_find_each_page_once_by_its_address(site):
    pages = {
        path.parent.relative_to(site).as_posix() for path in site.rglob("index.html")
    }
    expected = {ADDRESS} | {f"{ADDRESS}{page}/" for page in pages - {"."}}
    sitemap = ElementTree.parse(site / "sitemap.xml").getroot()
    listed = [found.text for found in sitemap.iterfind("{*}url/{*}loc")]
    assert len(listed) == len(expected)
    assert set(listed) == expected
    robots = RobotFileParser()
    robots.parse((site / "robots.txt").read_text("utf-8").splitlines())
    assert robots.site_maps() == [f"{ADDRESS}sitemap.xml"]
    assert all(robots.can_fetch("anyone", address) for address in listed)


def test_readers_of_feeds_learn_of_releases_and_find_what_is_new(site):
    head = (site / "index.html").read_text("utf-8").partition("<body")[0]
    (feed,) = re.findall(
        '<link rel="alternate feed" type="application/atom[^>]*>', head
    )
    assert f'href="{ADDRESS}feed.xml"' in feed
    root = ElementTree.parse(site / "feed.xml").getroot()
    newest = root.find("{*}entry")
    assert newest.findtext("{*}title") == f"Version {edition(ROOT).version}"
    links = re.findall('href="([^"]+)"', newest.findtext("{*}content"))
    assert links
    for link in links:
        path, _, anchor = link.removeprefix(ADDRESS).partition("#")
        html = (site / path / "index.html").read_text("utf-8")
        assert not anchor or f'id="{anchor}"' in html, link


def test_the_page_for_missing_ones_says_whose_it_is_and_is_not_cited(site):
    html = (site / "404.html").read_text("utf-8")
    assert "LICENSE.txt" in html[html.index('<footer class="colophon') :]
    assert "@misc" not in html
    assert "og:url" not in html


def test_the_workflow_puts_the_notebooks_where_it_says_that_colab_finds_them(
    site, tmp_path
):
    workflow = yaml.safe_load((ROOT / ".github/workflows/site.yml").read_text("utf-8"))
    steps = workflow["jobs"]["notebooks"]["steps"]
    (push,) = [step for step in steps if step.get("name") == "notebooks"]
    uri = workflow["env"]["NOTEBOOKS_URI"]
    home, _, place = uri.partition("${{ github.repository }}/blob/notebooks/")
    assert home == "https://colab.research.google.com/github/"
    clone, remote = tmp_path / "clone", tmp_path / "remote"
    clone.mkdir()
    with tarfile.open(clone / "artifact.tar", "w") as artifact:  # as it is published
        for part in ("labs", "404.html"):
            artifact.add(site / part, f"./{part}")
    (clone / ".gitignore").write_text("/site/\n")
    git = ["git", "-c", "init.defaultBranch=main"]
    subprocess.run([*git, "init", "-q", "--bare", remote], check=True)
    subprocess.run([*git, "init", "-q"], cwd=clone, check=True)
    runner = {"RUNNER_TEMP": str(tmp_path), "GITHUB_SHA": "a", "REMOTE": str(remote)}
    environment = {**os.environ, **runner}
    for _ in ("first", "again"):
        shutil.rmtree(clone / "site", ignore_errors=True)
        run = ["bash", "-e", "-c", push["run"]]
        subprocess.run(run, cwd=clone, env=environment, check=True, capture_output=True)
    held = subprocess.run(
        [*git, "ls-tree", "-r", "--name-only", "notebooks"],
        cwd=remote,
        check=True,
        capture_output=True,
        text=True,
    ).stdout.split()
    assert held == [f"{place}labs/{lab.stem}/{lab.stem}.ipynb" for lab in LABS]


def test_a_lab_offers_colab_where_its_notebooks_are():
    lab = SimpleNamespace(
        abs_src_path=LABS[0], url="labs/x/", name="x", src_uri="labs/x.py"
    )
    project = str(ROOT / "mkdocs.yml")
    place = "https://colab.research.google.com/github/me/it/blob/notebooks/site/"
    config = SimpleNamespace(extra={"notebooks": place}, config_file_path=project)
    assert f'<a href="{place}labs/x/x.ipynb">open in Colab</a>' in lab_line(lab, config)


def test_no_page_offers_colab_but_those_of_labs_where_there_is_a_place(site):
    offered = {
        p for p in site.rglob("*.html") if ">open in Colab<" in p.read_text("utf-8")
    }
    labs = LABS if os.environ.get("NOTEBOOKS_URI") else []
    assert offered == {site / "labs" / lab.stem / "index.html" for lab in labs}
