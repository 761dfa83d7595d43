"""What is known while a site is built: of the whole, and of one page."""

from __future__ import annotations

import logging
import posixpath
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from html import escape
from pathlib import Path
from typing import Any, Protocol

import mkdocs
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page
from mkdocs.utils import CountHandler

from mathcheck.command.project import check_page
from mathcheck.page.check import Page as Checked
from mathcheck.page.explain import Explanation
from typeset.ahead import Ahead
from typeset.bundle import BundleError, Library
from typeset.changes import ChangesError
from typeset.citation import LicenceError
from typeset.mathjax import Formula, MathJax, NotInstalledError, Typeset
from typeset.offline import OfflineError
from typeset.policy import PolicyError
from typeset.record import Record
from typeset.roles import Colours, colours, roles_of
from typeset.search import SearchError
from typeset.site import place, project_of, source_of
from typeset.theme import ThemeError

log = logging.getLogger("mkdocs.typeset")
# What builds, by its own name: ProperDocs, in the place of MkDocs, hears what is told
# `mkdocs`, and tells what is its own as `properdocs`
BUILDER = logging.getLogger(mkdocs.__name__)


def counting() -> CountHandler:
    """Return what counts the warnings of the builder from now on, ours among them."""
    counter = CountHandler()
    counter.setLevel(logging.WARNING)
    BUILDER.addHandler(counter)
    return counter


class Typesetter(Protocol):
    """What makes the formulas of pages."""

    @property
    def stylesheet(self) -> str:
        """What its formulas need of CSS."""

    def __call__(self, formula: Formula) -> Typeset:
        """Return what stands on the page for a formula."""

    def close(self) -> None:
        """End what was started."""


@dataclass
class Build:
    """What is kept from one event of MkDocs to the next.

    One lasts through all builds of `mkdocs serve`; each begins with `begin`.
    """

    serving: bool = False
    """Whether pages are edited (`mkdocs serve`), and not the whole site built."""

    config: MkDocsConfig = field(init=False)
    """The settings of mkdocs.yml, read anew for each build."""

    library: Library | None = None
    """The code that pages show, to be taken away; none in a project without any."""

    records: dict[str, Record] = field(default_factory=dict)
    """What was made of each page, by its URL."""

    surroundings: str = ""
    """A key for what all pages depend on."""

    warned: int = 0
    """How often MkDocs had warned before the page that is being made."""

    ahead: Ahead = field(default_factory=Ahead)
    """What makes labs and figures before it is their turn."""

    examples: dict[str, list[str]] = field(default_factory=dict)
    """The sources of each page's examples that run in it, by the page's URL."""

    faulty: set[str] = field(default_factory=set)
    """The files in which there is a fault."""

    counter: CountHandler = field(default_factory=counting)
    """What counts the warnings."""

    def begin(self, config: MkDocsConfig) -> None:
        """Forget the build before."""
        self.config, self.library, self.surroundings = config, None, ""
        for kept in (self.records, self.examples, self.faulty):
            kept.clear()

    def close(self) -> None:
        """End the node process, and what works ahead."""
        self.ahead.end()
        if "typesetter" in self.__dict__:
            self.__dict__.pop("typesetter").close()

    @property
    def warnings(self) -> int:
        """How often MkDocs has warned, or we have."""
        return sum(count for _, count in self.counter.get_counts())

    @property
    def found(self) -> list[dict[str, Any]]:
        """What the search finds: the sections of all pages."""
        return [section for one in self.records.values() for section in one.found]

    @property
    def explained(self) -> list[Explanation]:
        """What the symbols of all pages mean."""
        return [said for one in self.records.values() for said in one.explained]

    @property
    def project(self) -> Path:
        """The folder of mkdocs.yml."""
        return project_of(self.config)

    @cached_property
    def typesetter(self) -> Typesetter:
        """What makes the formulas; it and its node process outlast a build."""
        return MathJax(self.project / ".cache" / "typeset")

    def report(self, said: str, path: str) -> str:
        """Report a fault in a file; return it as the author finds it on the page.

        It makes a strict build fail.
        """
        log.warning("%s", said)
        self.faulty.add(path)
        return f'<div class="formula-fault">{escape(said)}</div>'

    def fault(
        self,
        file: File,
        said: object,
        quoted: str = "",
        *,
        formula: bool = False,
        before: int = 0,
    ) -> str:
        """Report a fault with file and line, as `report` does."""
        where = place(file, quoted, formula=formula, before=before)
        return self.report(f"{where}: {said}", file.src_uri)


@dataclass(frozen=True)
class Known:
    """What is known of one page while it is made."""

    page: Page
    """As MkDocs knows it."""

    files: Files
    """The files of the site; a step may lay others beside the page."""

    build: Build
    """What is known of the other pages."""

    @property
    def file(self) -> File:
        """The source of the page."""
        return self.page.file

    @property
    def url(self) -> str:
        """The address of the page, as that of its folder."""
        return posixpath.normpath(self.page.url)

    @property
    def record(self) -> Record:
        """What is made of it."""
        return self.build.records.setdefault(self.url, Record())

    @cached_property
    def checked(self) -> Checked:
        """What the checker found in the source."""
        settings = Path(self.build.config.config_file_path)
        return check_page(source_of(self.file), site=settings)

    @cached_property
    def colours(self) -> Colours:
        """What has a colour on the page."""
        return colours(self.checked, roles_of(self.build.project))

    def fault(
        self,
        said: object,
        quoted: str = "",
        *,
        formula: bool = False,
        before: int = 0,
    ) -> str:
        """Report a fault of this page with its line, as `Build.report` does."""
        return self.build.fault(self.file, said, quoted, formula=formula, before=before)

    def link_to(self, source: str) -> str | None:
        """Return the link to a page, empty to this one; None if there is none."""
        target = self.files.get_file_from_path(source)
        if target is None:
            return None
        return "" if target == self.file else target.url_relative_to(self.file)

    def add_anchors(self, anchors: Iterable[str]) -> None:
        """Tell MkDocs, which checks links to them."""
        if self.page.present_anchor_ids is not None:
            self.page.present_anchor_ids |= set(anchors)


@contextmanager
def ending() -> Iterator[None]:
    """Let what no page is to blame for end the build, with its message alone."""
    try:
        yield
    except (
        BundleError,
        ChangesError,
        LicenceError,
        NotInstalledError,
        OfflineError,
        PolicyError,
        SearchError,
        ThemeError,
    ) as error:
        raise PluginError(str(error)) from error
