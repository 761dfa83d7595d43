"""Which files belong to a project, and what is in force on all its pages."""

from __future__ import annotations

import inspect
import re
import sys
import tomllib
from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from functools import lru_cache, partial
from multiprocessing import get_context
from pathlib import Path

from mathcheck.command.cache import Cache, digest, own_sources, sources_of
from mathcheck.page.check import Page, check_file
from mathcheck.page.element import MEMORY
from mathcheck.page.finding import Finding
from mathcheck.page.mutants import Tally
from mathcheck.read.scope import Scope
from mathcheck.source.code import Code, public_functions
from mathcheck.source.site import versions

SUFFIXES = (".md", ".markdown", ".mdown", ".mkdn", ".mkd", ".py")
INCLUDED = re.compile(r"-+8<-+[ \t]+\"?([\w./-]+)")  # files in pymdownx.snippets' form
WORTHWHILE = 6  # pages to check, for which it pays to start processes
Memory = dict[str, list[tuple[Finding, int]]]


@dataclass(frozen=True)
class Project:
    """The settings in a `pyproject.toml`, if there is one above a file."""

    root: Path
    paths: tuple[Path, ...] = ()
    notation: Path | None = None
    packages: tuple[str, ...] = ()
    site: Path | None = None  # the settings with which MkDocs renders its pages

    def covers(self, path: Path) -> bool:
        """Say whether a file is one of the project's."""
        return any(path.is_relative_to(own) for own in self.paths)


def project_of(path: Path) -> Project:
    """Return the project that a file belongs to."""
    path = path.resolve()
    for folder in (path, *path.parents):
        file = folder / "pyproject.toml"
        if folder.is_dir() and file.is_file():
            settings = (
                tomllib.loads(file.read_text("utf-8")).get("tool", {}).get("mathcheck")
            )
            if settings is None:
                continue
            paths = tuple((folder / p).resolve() for p in settings.get("paths", ()))
            notation, site = settings.get("notation"), settings.get("site")
            return Project(
                folder,
                paths,
                (folder / notation).resolve() if notation else None,
                tuple(settings.get("code", ())),
                (folder / site).resolve() if site else None,
            )
    return Project(path.parent)


def files_in(path: Path) -> list[Path]:
    """Return a file, or the readable files of a folder.

    In a folder that a project names as its own nothing is passed over but what begins
    with a dot, as MkDocs passes over it.
    """
    if path.is_file():
        return [path]
    own = project_of(path).covers(path.resolve())
    hidden = set() if own else {"node_modules", "site", "__pycache__"}
    return sorted(
        file
        for file in path.rglob("*")
        if file.suffix in SUFFIXES
        and file.is_file()
        and not any(
            p in hidden or p.startswith(".") for p in file.relative_to(path).parts
        )
    )


@lru_cache(maxsize=2)
def code_of(project: Project, sources: str) -> Code:
    """Return the functions that a project's formulas are bound to."""
    del sources  # it is what the answer is remembered by
    if project.packages and str(project.root) not in sys.path:
        sys.path.insert(0, str(project.root))
    return public_functions(project.packages)


def check_paths(paths: list[Path], *, fresh: bool = False) -> list[Page]:
    """Check files, each with what its project says everywhere.

    A page that has not changed is not checked again, unless that is asked for.
    """
    files = list(dict.fromkeys(file for path in paths for file in files_in(path)))
    owners = {file: project_of(file.resolve()) for file in files}
    caches = {
        cache_of(own) for file, own in owners.items() if own.covers(file.resolve())
    }
    if not fresh:
        for cache in caches:
            cache.remember()
    known = len(MEMORY)
    pages = check_together(files, caches, fresh=fresh)
    if len(MEMORY) > known:
        for cache in caches:
            cache.memorise()
    return pages


def check_together(files: list[Path], caches: set[Cache], *, fresh: bool) -> list[Page]:
    """Check pages, several at once if that is worth the processes."""
    waiting = [file for file in files if fresh or not is_kept(file)]
    found: dict[Path, Page] = {}
    if len(waiting) >= WORTHWHILE:
        largest = sorted(waiting, key=lambda file: -file.stat().st_size)
        with processes(caches) as pool:
            checked = pool.map(partial(learn, fresh=fresh), largest)
            for file, (page, learned) in zip(largest, checked, strict=True):
                found[file] = page
                MEMORY.update(learned)
    return [found.get(file) or check_page(file, fresh=fresh) for file in files]


def processes(caches: Iterable[Cache] = ()) -> ProcessPoolExecutor:
    """Return as many new processes as there are processors, that know what is known."""
    return ProcessPoolExecutor(
        mp_context=get_context("spawn"), initializer=prepare, initargs=(list(caches),)
    )


def is_kept(file: Path) -> bool:
    """Say whether the findings on a page are known from an earlier run."""
    project = project_of(file.resolve())
    known = project.covers(file.resolve())
    return known and cache_of(project).holds(key_of_page(file, project))


def prepare(caches: list[Cache]) -> None:
    """Let a new process know what is known."""
    for cache in caches:
        cache.remember()


def learn(file: Path, *, fresh: bool) -> tuple[Page, Memory]:
    """Check a page in a process of its own; return what was found out on the way."""
    before = set(MEMORY)
    page = check_page(file, fresh=fresh)
    return page, {key: MEMORY[key] for key in MEMORY.keys() - before}


@lru_cache
def cache_of(project: Project) -> Cache:
    """Return the folder in which a project's findings are kept."""
    return Cache(project.root / ".cache" / "mathcheck")


def check_page(path: Path, *, fresh: bool = False, site: Path | None = None) -> Page:
    """Check one file, or return what was found before.

    A page is read as its project's site shows it, or the one whose settings are given.
    """
    resolved, shown = path.resolve(), str(path)
    project = project_of(resolved)
    if not project.covers(resolved):
        return check_file(path, shown, site=site)
    project = replace(project, site=site.resolve()) if site else project
    cache, key = cache_of(project), key_of_page(path, project)
    found = None if fresh else cache.read(key)
    if found is None:
        notation = project.notation.read_bytes() if project.notation else b""
        names = code_of(project, sources_of(project.root, project.packages))
        if project.notation == resolved:
            found = check_file(
                path, shown, everywhere=True, names=names, site=project.site
            )
        else:
            inherited = scope_of(project, notation) if notation else None
            found = check_file(path, shown, inherited, names=names, site=project.site)
        cache.write(key, found)
    return found


def key_of_page(path: Path, project: Project) -> str:
    """Return a digest of all that the findings on a page depend on."""
    notation = project.notation.read_bytes() if project.notation else b""
    code = sources_of(project.root, project.packages)
    return digest(
        part if isinstance(part, bytes) else part.encode()
        for part in (
            own_sources(),
            code,
            notation,
            *rendering(path, project),
            str(path),
            path.read_bytes(),
        )
    )


def rendering(path: Path, project: Project) -> Iterator[bytes | str]:
    """Yield what decides how a page is shown, besides the page itself."""
    if project.site is not None:
        yield project.site.read_bytes()
        yield from versions()
        for name in INCLUDED.findall(path.read_text("utf-8-sig")):
            file = project.root / name
            yield file.read_bytes() if file.is_file() else name


@lru_cache(maxsize=2)
def scope_of(project: Project, content: bytes) -> Scope:
    """Return what the page of the notation declares."""
    del content  # it is what the answer is remembered by
    path = project.notation
    assert path is not None
    return check_file(path, str(path), everywhere=True, site=project.site).scope


def unbound(pages: list[Page], project: Project) -> list[Finding]:
    """Return the public functions that no dictionary binds to a formula."""
    called = set().union(*(page.called for page in pages), set())
    code = code_of(project, sources_of(project.root, project.packages))
    missing = []
    for name, function in sorted(code.functions.items()):
        if name not in called:
            path = Path(inspect.getsourcefile(function) or "").resolve()
            line = inspect.getsourcelines(function)[1]
            shown = str(path.relative_to(project.root))
            detail = (
                f"{name} is bound to no formula; a table `Math | Code` has to have it"
            )
            missing.append(
                Finding(shown, line, 1, "binding", "refused", name, detail=detail)
            )
    return missing


def mend(page: Page) -> int:
    """Rewrite the wrong digits of a page's numbers; return how many there were."""
    wrong = [f for f in page.findings if f.kind == "number" and f.repair]
    wrong = [f for f in wrong if f.status == "refuted"]
    path = Path(page.path)
    with path.open(encoding="utf-8", newline="") as file:  # line ends stay as they are
        text = file.read()
    for finding in sorted(wrong, key=lambda f: f.offset, reverse=True):
        end = finding.offset + len(finding.latex)
        if text[finding.offset : end] != finding.latex:
            return 0  # other line ends: the places are not those of the file
        text = text[: finding.offset] + finding.repair + text[end:]
    if wrong:
        with path.open("w", encoding="utf-8", newline="") as file:
            file.write(text)
    return len(wrong)


def rejected(project: Project, *, measure: bool) -> tuple[int, int] | None:
    """Return how many changed formulas of the pages were tried, and rejected.

    It takes seconds; the answer is kept, and without leave to measure it may be none.
    """
    files = [file for path in project.paths for file in files_in(path)]
    files = [
        file for file in files if file.suffix == ".md" and file != project.notation
    ]
    notation = project.notation.read_bytes() if project.notation else b""
    work = partial(rejected_on, project=project, notation=notation)
    waiting = [f for f in files if not counts_of(f, project, notation).is_file()]
    if waiting and not measure:
        return None
    if len(waiting) >= WORTHWHILE:
        with processes() as pool:
            list(pool.map(work, waiting))
    counts = [work(file) for file in files]
    tried, noticed = (sum(column) for column in zip(*counts, strict=True))
    return (tried, noticed) if tried else None


def counts_of(file: Path, project: Project, notation: bytes) -> Path:
    """Return where the counts of a page are kept, until it changes."""
    key = digest([own_sources().encode(), notation, file.read_bytes()])
    return project.root / ".cache" / "mathcheck" / f"detection-{key}.txt"


def rejected_on(file: Path, project: Project, notation: bytes) -> tuple[int, int]:
    """Return the counts of one page."""
    kept = counts_of(file, project, notation)
    if kept.is_file():
        first, second = map(int, kept.read_text("utf-8").split())
        return first, second
    tally = Tally()
    scope = scope_of(project, notation) if project.notation else None
    check_file(file, str(file), scope, tally=tally, site=project.site)
    tried, passed = tally.tried, len(tally.passed)
    kept.parent.mkdir(parents=True, exist_ok=True)
    kept.write_text(f"{tried} {tried - passed}", "utf-8")
    return tried, tried - passed
