"""Which files belong to a project, and what is in force on all its pages."""

from __future__ import annotations

import gc
import inspect
import os
import re
import tomllib
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from functools import lru_cache, partial
from multiprocessing import get_context
from pathlib import Path
from typing import NamedTuple

from mathcheck.command.cache import Cache, own_sources, sources_of
from mathcheck.command.store import write_whole
from mathcheck.page.check import Page, Witness, check_file
from mathcheck.page.element import MEMORY
from mathcheck.page.finding import Finding
from mathcheck.page.undeclared import Undeclared
from mathcheck.read.scope import Scope
from mathcheck.source.blocks import FRONT_MATTER
from mathcheck.source.code import Code, imported, named_in, needed
from mathcheck.source.site import versions

PAGES = (".md", ".markdown", ".mdown", ".mkdn", ".mkd", ".qmd")
SUFFIXES = (*PAGES, ".ipynb", ".py")
# The line of a page's front matter that names a side file, from the page's folder
GIVEN = re.compile(r"^mathcheck-given:[ \t]*(?P<side>\S.*?)[ \t]*$", re.MULTILINE)
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

    @property
    def is_ours(self) -> bool:
        """Say whether the command is run in the project's folder.

        Only then is the project trusted: its code is imported, and in its folder is
        kept what was found. A page from elsewhere brings its `pyproject.toml` along.
        """
        return Path.cwd().resolve().is_relative_to(self.root)


class SettingsError(Exception):
    """A project of which it cannot be said which files belong to it."""


def project_of(path: Path) -> Project:
    """Return the project that a file belongs to.

    SettingsError: its `pyproject.toml` is no TOML, or a setting has the wrong type.
    """
    path = path.resolve()
    for folder in (path, *path.parents):
        file = folder / "pyproject.toml"
        if folder.is_dir() and file.is_file():
            try:
                settings = settings_in(file.read_bytes())
            except ValueError as error:
                raise SettingsError(f"{file}: {error}") from error
            if settings is not None:
                paths = tuple((folder / name).resolve() for name in settings.paths)
                notation, site = settings.notation, settings.site
                return Project(
                    folder,
                    paths,
                    (folder / notation).resolve() if notation else None,
                    settings.code,
                    (folder / site).resolve() if site else None,
                )
    return Project(path.parent)


class Settings(NamedTuple):
    """What a `pyproject.toml` says to this checker."""

    paths: tuple[str, ...]
    site: str
    notation: str
    code: tuple[str, ...]


@lru_cache(maxsize=8)
def settings_in(content: bytes) -> Settings | None:
    """Return the settings in a `pyproject.toml`, if it has any of ours."""
    table = tomllib.loads(content.decode()).get("tool", {}).get("mathcheck")
    if table is None:
        return None
    found = {"paths": [], "site": "", "notation": "", "code": [], **table}
    for name, value in found.items():
        if name not in Settings._fields:
            raise ValueError(f"tool.mathcheck has no setting {name}")
        alone = name in ("site", "notation")
        members = [value] if alone else value
        if not isinstance(members, list) or not all(
            isinstance(member, str) for member in members
        ):
            wanted = "text" if alone else "a list of texts"
            raise ValueError(f"tool.mathcheck.{name} is {wanted}, got {value!r}")
    return Settings(
        tuple(found["paths"]), found["site"], found["notation"], tuple(found["code"])
    )


def files_in(path: Path) -> list[Path]:
    """Return a file, or the readable files of a folder.

    In a folder that a project names as its own nothing is passed over but what begins
    with a dot, as MkDocs passes over it; in others neither is what others have written,
    as in a virtual environment. MkDocs would follow links to folders.
    SettingsError: there is such a link in it.
    """
    if path.is_file():
        return [path]
    own = project_of(path).covers(path.resolve())
    hidden = set() if own else {"node_modules", "site", "__pycache__"}
    installed = set() if own else {mark.parent for mark in path.rglob("pyvenv.cfg")}
    for link in path.rglob("*") if own else ():
        if link.is_symlink() and link.is_dir():
            raise SettingsError(f"{link} is a link to a folder, which is not followed")
    return sorted(
        file
        for file in path.rglob("*")
        if file.suffix in SUFFIXES
        and file.is_file()
        and installed.isdisjoint(file.parents)
        and not any(
            p in hidden or p.startswith(".") for p in file.relative_to(path).parts
        )
    )


def code_of(project: Project) -> Code:
    """Return the functions that a project's formulas are bound to, if it is trusted."""
    if project.is_ours:
        sources = sources_of(project.root, project.packages)
        return imported(project.root, project.packages, sources)
    if not project.packages:
        return Code()
    names = ", ".join(project.packages)
    hint = f"; the functions of {names} are known if this is run in {project.root}"
    return Code(hint=hint)


def check_paths(
    paths: list[Path], *, fresh: bool = False, given: Sequence[Path] = ()
) -> list[Page]:
    """Check files, each with what its project says everywhere.

    What the side files declare that are given, or that a page names, is in force on
    it; they are checked too, and come first. A page that has not changed is not
    checked again, unless that is asked for.
    """
    files = list(dict.fromkeys(file for path in paths for file in files_in(path)))
    sides = sides_of(files, given)
    files = [file for file in files if file.resolve() not in sides]
    caches = {cache_of(project_of(file)) for file in files if is_our_page(file)}
    if not fresh:
        for cache in caches:
            cache.remember()
    known = len(MEMORY)
    pages = check_together(files, caches, fresh=fresh, given=given)
    if len(MEMORY) > known:
        for cache in caches:
            cache.memorise()
    return [*sides.values(), *pages]


def sides_of(files: list[Path], given: Sequence[Path]) -> dict[Path, Page]:
    """Return what was found in the side files of pages, by where they are."""
    found: dict[Path, Page] = {}
    for file in files:
        project = project_of(file.resolve())
        sources = sources_for(file, project, given)
        for count, source in enumerate(sources, 1):
            if source.path.resolve() != project.notation:
                page, _ = declared_by(sources[:count])
                found.setdefault(source.path.resolve(), page)
    return found


def check_together(
    files: list[Path], caches: set[Cache], *, fresh: bool, given: Sequence[Path]
) -> list[Page]:
    """Check pages, several at once if that is worth the processes."""
    waiting = [file for file in files if fresh or not is_kept(file, given)]
    found: dict[Path, Page] = {}
    if len(waiting) >= WORTHWHILE:
        largest = sorted(waiting, key=lambda file: -file.stat().st_size)
        with processes(caches) as pool:
            checked = pool.map(partial(learn, fresh=fresh, given=given), largest)
            for file, (page, learned) in zip(largest, checked, strict=True):
                found[file] = page
                MEMORY.update(learned)
    return [
        found.get(file) or check_page(file, fresh=fresh, given=given) for file in files
    ]


def processes(caches: Iterable[Cache] = ()) -> ProcessPoolExecutor:
    """Return as many new processes as there are processors, that know what is known."""
    return ProcessPoolExecutor(
        mp_context=get_context("spawn"), initializer=prepare, initargs=(list(caches),)
    )


def is_kept(file: Path, given: Sequence[Path] = ()) -> bool:
    """Say whether the findings on a page are known from an earlier run."""
    if not is_our_page(file):
        return False
    project = project_of(file)
    cache = cache_of(project)
    return key_of_page(file, project, given) in cache.pages


def is_our_page(file: Path) -> bool:
    """Say whether a file belongs to a project that is trusted."""
    project = project_of(file)
    return project.is_ours and project.covers(file.resolve())


def collect_seldom() -> None:
    """Let Python look for cycles that nobody uses less often: formulas make hardly any.

    A check takes a tenth less, and no more memory.
    """
    gc.set_threshold(50_000, 20, 100)


def prepare(caches: list[Cache]) -> None:
    """Let a new process know what is known."""
    collect_seldom()
    for cache in caches:
        cache.remember()


def learn(file: Path, *, fresh: bool, given: Sequence[Path]) -> tuple[Page, Memory]:
    """Check a page in a process of its own; return what was found out on the way."""
    before = set(MEMORY)
    page = check_page(file, fresh=fresh, given=given)
    return page, {key: MEMORY[key] for key in MEMORY.keys() - before}


@lru_cache
def cache_of(project: Project) -> Cache:
    """Return the folder in which a project's findings are kept."""
    return Cache(project.root / ".cache" / "mathcheck")


def check_page(
    path: Path,
    *,
    fresh: bool = False,
    site: Path | None = None,
    given: Sequence[Path] = (),
) -> Page:
    """Check one file, or return what was found before.

    A page is read as its project's site shows it, or the one whose settings are given.
    It is kept under its place in the project, however its path is written.
    """
    resolved = path.resolve()
    project = project_of(resolved)
    if not project.covers(resolved):
        return checked(path, Project(project.root, site=site), given)
    if not project.is_ours:
        return checked(path, replace(project, site=site), given)
    project = replace(project, site=site.resolve()) if site else project
    cache, key = cache_of(project), key_of_page(path, project, given)
    written = [source.path for source in sources_for(path, project, given)]
    places = {place_of(one, project): str(one) for one in (*written, path)}
    found = None if fresh else cache.read(key)
    if found is not None:
        return found.renamed(places)
    found = checked(path, project, given)
    cache.write(key, found.renamed({said: place for place, said in places.items()}))
    return found


def place_of(path: Path, project: Project) -> str:
    """Return where a page stands in its project."""
    return Path(os.path.relpath(path, project.root)).as_posix()


def checked(
    path: Path,
    project: Project,
    given: Sequence[Path] = (),
    witness: Witness | None = None,
) -> Page:
    """Check a page of a project."""
    sources = sources_for(path, project, given)
    page, _ = check_file(
        path,
        str(path),
        declared_by(sources)[1] if sources else None,
        everywhere=project.notation == path.resolve(),
        names=code_of(project),
        site=project.site,
        witness=witness,
    )
    return page


def key_of_page(path: Path, project: Project, given: Sequence[Path] = ()) -> str:
    """Return a digest of all that the findings on a page of ours depend on."""
    sources = sources_for(path, project, given)
    return cache_of(project).pages.key(
        "page",
        own_sources(),
        *code_on(path, project),
        *(place_of(source.path, project) for source in sources),
        *(source.content for source in sources),
        *rendering(path, project),
        place_of(path, project),
        path.read_bytes(),
    )


def code_on(path: Path, project: Project) -> Iterator[bytes | str]:
    """Yield the code that a page may run: functions by name, their modules' sources."""
    sources = sources_of(project.root, project.packages)
    files = needed(project.root, project.packages, sources)
    used = sorted(named_in(path.read_text("utf-8-sig")) & files.keys())
    yield from used
    for file in sorted({file for name in used for file in files[name]}):
        yield file.relative_to(project.root).as_posix()
        yield file.read_bytes()


def rendering(path: Path, project: Project) -> Iterator[bytes | str]:
    """Yield what decides how a page is shown, besides the page itself."""
    if project.site is not None:
        yield project.site.read_bytes()
        yield from versions()
        for name in INCLUDED.findall(path.read_text("utf-8-sig")):
            file = project.root / name
            yield file.read_bytes() if file.is_file() else name


class Source(NamedTuple):
    """A page of which all that it declares is in force on others."""

    path: Path
    content: bytes
    site: Path | None


def sources_for(
    path: Path, project: Project, given: Sequence[Path] = ()
) -> tuple[Source, ...]:
    """Return what declares for a page: the notation, and the side files.

    SettingsError: there is no such side file.
    """
    notation = [project.notation] if project.notation else []
    if project.notation == path.resolve():
        return ()
    sides = [*given, *named_on(path)]
    if path.resolve() in {side.resolve() for side in sides}:
        sides = []
    return tuple(
        Source(file, file.read_bytes(), project.site if file in notation else None)
        for file in (*notation, *dict.fromkeys(sides))
    )


def named_on(path: Path) -> Iterator[Path]:
    """Yield the side file that a page names in its front matter.

    SettingsError: there is no such page.
    """
    if path.suffix not in PAGES:
        return
    front = FRONT_MATTER.match(path.read_text("utf-8-sig"))
    for named in GIVEN.finditer(front[0]) if front else ():
        side = path.parent / named["side"].strip("\"'")
        if side.suffix not in PAGES or not side.is_file():
            line = front[0].count("\n", 0, named.start()) + 1 if front else 1
            raise SettingsError(f"{path}:{line}: there is no page {side}")
        yield side


def inherited_in(project: Project) -> Scope | None:
    """Return what is in force on all pages of a project."""
    if project.notation is None:
        return None
    notation = project.notation
    return declared_by((Source(notation, notation.read_bytes(), project.site),))[1]


@lru_cache(maxsize=16)
def declared_by(sources: tuple[Source, ...]) -> tuple[Page, Scope]:
    """Return what was found on the last of these pages, and what all of them declare.

    What the earlier ones declare is in force on the later ones.
    """
    *before, last = sources
    inherited = declared_by(tuple(before))[1] if before else None
    return check_file(
        last.path, str(last.path), inherited, everywhere=True, site=last.site
    )


def undeclared_on(paths: list[Path], given: Sequence[Path]) -> dict[Path, Undeclared]:
    """Return the symbols that files leave undeclared, with what is given."""
    found = {file: Undeclared() for path in paths for file in files_in(path)}
    for file, symbols in found.items():
        project = project_of(file.resolve())
        if not project.covers(file.resolve()):
            project = Project(project.root)
        checked(file, project, given, symbols)
    return found


def unbound(pages: list[Page], project: Project) -> list[Finding]:
    """Return the public functions that no dictionary binds to a formula."""
    called = set().union(*(page.called for page in pages), set())
    code = code_of(project)
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
                Finding(
                    path=shown,
                    line=line,
                    column=1,
                    kind="binding",
                    status="refused",
                    latex=name,
                    detail=detail,
                )
            )
    return missing


class FixError(Exception):
    """A page whose numbers cannot be rewritten."""


def mend(page: Page) -> int:
    """Rewrite the wrong digits of a page's numbers; return how many there were.

    FixError: the page is a link, and what it leads to was not given; or the places of
    the numbers are not those in the file.
    """
    wrong = [f for f in page.findings if f.status == "refuted" and f.repair]
    if not wrong:
        return 0
    path = Path(page.path)
    if path.suffix == ".ipynb":
        raise FixError(f"{path} is a notebook; write the digits in its cells")
    if path.is_symlink():
        raise FixError(f"{path} is a link; give the file that it leads to")
    with path.open(encoding="utf-8") as file:
        text, ends = file.read(), file.newlines
    if isinstance(ends, tuple):
        raise FixError(f"{path} mixes line ends")
    for finding in sorted(wrong, key=lambda f: f.offset, reverse=True):
        end = finding.offset + len(finding.latex)
        if text[finding.offset : end] != finding.latex:
            raise FixError(f"{path} has changed, or is not read as it is written")
        text = text[: finding.offset] + finding.repair + text[end:]
    write_whole(path, text.replace("\n", ends or "\n").encode())
    return len(wrong)
