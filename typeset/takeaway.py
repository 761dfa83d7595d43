"""What a reader takes away: code, as files and by the copy button, and a citation."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urljoin

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.utils import get_relative_url

from typeset import downloads, running
from typeset.build import Build, Known
from typeset.bundle import BundleError, Library, needed
from typeset.changes import FEED, feed
from typeset.citation import Work, source_address, work
from typeset.copying import definitions_script, marked
from typeset.labs import LabError
from typeset.site import is_lab, link_resolver, project_of, source_of

SNIPPETS = "snippets"
EVERYTHING = "The code of all pages: one function a formula."
PICTURE = ".github/screenshot.png"  # of a page, for those who link to one


def has_code(project: Path) -> bool:
    """Say whether a project has code to be taken away, and so somebody whose it is."""
    return (project / SNIPPETS).is_dir()


def work_of(config: MkDocsConfig) -> Work:
    """Return the site as something to be cited."""
    return work(project_of(config), config.site_name, config.site_url or "")


def add(files: Files, build: Build) -> None:
    """Add the code of each chapter and of each lab, to lie beside its page."""
    project = build.project
    if not has_code(project):
        return
    labs = [file for file in files if is_lab(file)]
    roots = [path for lab in labs for path in needed(source_of(lab), project)]
    library = build.library = Library(roots + snippets(project), project)
    engine = running.engine_files(project) if running.has_engine(project) else {}
    for path, content in [*added(library, files, build.config), *engine.items()]:
        files.append(File.generated(build.config, path, content=content))
    for lab in labs:
        for path, content in downloads_of(lab, files, build, library):
            files.append(File.generated(build.config, path, content=content))


def snippets(project: Path) -> list[Path]:
    """Return the modules of the code that pages show."""
    found = sorted((project / SNIPPETS).rglob("*.py"))
    return [path for path in found if path.name != "__init__.py"]


def added(
    library: Library, files: Files, config: MkDocsConfig
) -> Iterator[tuple[str, str | bytes]]:
    """Yield the files that are made of the project, as path and content."""
    project, made = library.project, work_of(config)
    yield "LICENSE.txt", (project / "LICENSE").read_bytes()
    yield "assets/definitions.js", definitions_script(library, made)
    yield "assets/page.png", (project / PICTURE).read_bytes()
    yield "robots.txt", robots(made)
    if made.address:  # by which a feed names what it tells
        yield FEED, feed(project, made, lambda path: url_of(path, files))
    names = [name for path in snippets(project) for name in library.public(path)]
    names = [name for name in names if not is_check(library, name)]
    everything = downloads.written(names, EVERYTHING, library, made, "")
    yield f"{everything_of(made)}.py", everything
    for file in files:
        if module := module_of(file, project):
            path = posixpath.join(file.url, module.name)
            yield path, downloads.module(module, library, made, file.url)


def robots(made: Work) -> str:
    """Return what crawlers may read: everything; and where the site map is."""
    lines = ["User-agent: *", "Allow: /"]
    lines += [f"Sitemap: {made.at('sitemap.xml')}"] if made.address else []
    return "\n".join(lines) + "\n"


def url_of(path: str, files: Files) -> str | None:
    """Return where in the site a file of `docs` is shown, if it is."""
    file = files.get_file_from_path(path)
    return file.url if file else None


def is_check(library: Library, name: str) -> bool:
    """Say whether a function is of a module that no page shows."""
    return library.definitions[name].module.name.startswith("_")


def everything_of(made: Work) -> str:
    """Return the name of the module that holds all functions."""
    return made.stem.replace("-", "_")


def module_of(file: File, project: Path) -> Path | None:
    """Return the module whose functions a page shows; None if it has none."""
    path = project / SNIPPETS / f"{file.name}.py"
    ours = file.src_uri == f"{file.name}.md" and path.is_file()
    return path if ours else None


def downloads_of(
    lab: File, files: Files, build: Build, library: Library
) -> Iterator[tuple[str, str]]:
    """Yield a lab's script and the notebook made of it, as path and content."""
    config = build.config
    resolve = link_resolver(lab, files)

    def address_of(link: str) -> str:
        page = urljoin(config.site_url or "", lab.url)
        return urljoin(page, resolve(link)) if config.site_url else ""

    source = source_of(lab).read_text("utf-8")
    needs = downloads.needs(source, build.project)
    beside = posixpath.join(lab.url, lab.name)
    try:
        script = downloads.carrying(source, library, work_of(config))
        notebook = downloads.notebook(script, needs, address_of)
    except LabError as error:
        build.fault(lab, error, error.quoted)
    except BundleError as error:
        build.fault(lab, error)
    else:
        yield f"{beside}.py", script
        yield f"{beside}.ipynb", notebook


def with_code(html: str, known: Known) -> str:
    """Say below the title where the code is; mark what each block of it needs."""
    if known.build.library is None:
        return html
    try:
        html = marked(html, known.build.library)
    except BundleError as error:
        known.fault(error)
    words = get_the_code(html, known)
    if not words:
        return html
    line = downloads.line_of_links(words)
    return downloads.below_title(html, line, start=known.page.is_homepage)


def get_the_code(html: str, known: Known) -> str:
    """Say in a sentence where the code of a page is; nothing if it has none."""
    page, config, project = known.page, known.build.config, known.build.project
    if is_lab(page.file):
        return lab_line(page.file, config)
    if module := module_of(page.file, project):
        name, path = module.name, module.relative_to(project).as_posix()
    elif "data-takes" in html:
        name, path = f"{everything_of(work_of(config))}.py", SNIPPETS
    else:
        return ""
    here = name if module else get_relative_url(name, page.url)
    words = f"Get the code: {downloads.link(name, here, download=True)}, one file that "
    words += "needs NumPy alone"
    if source := source_address(config.edit_uri or "", path):
        words += f"; {downloads.link('its source', source)}"
    return words + "."


def lab_line(lab: File, config: MkDocsConfig) -> str:
    """Say where the notebook of a lab is, and what it needs."""
    script = source_of(lab).read_text("utf-8")
    notebook = downloads.link("notebook", f"{lab.name}.ipynb", download=True)
    kept = downloads.link("script", f"{lab.name}.py", download=True)
    words = f"Get the code: {notebook}, {kept}"
    if notebooks := config.extra.get("notebooks"):
        address = urljoin(notebooks, posixpath.join(lab.url, f"{lab.name}.ipynb"))
        words += f", {downloads.link('open in Colab', address)}"
    return f"{words}. {downloads.needs(script, project_of(config))}"
