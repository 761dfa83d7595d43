"""The strict build up to its warnings, of all pages once and then of one again."""

from __future__ import annotations

import logging
from functools import lru_cache
from pathlib import Path

from mkdocs.commands.build import _populate_page
from mkdocs.config import load_config
from mkdocs.exceptions import BuildError
from mkdocs.structure.files import get_files, set_exclusions
from mkdocs.structure.nav import get_navigation


class Warnings(logging.Handler):
    """Counts the warnings of a build."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.count = 0

    def emit(self, record: logging.LogRecord) -> None:
        """Count one."""
        self.count += 1


class Site:
    """The pages of the site as MkDocs has them before it writes them."""

    def __init__(self) -> None:
        self.config = load_config("mkdocs.yml", strict=True)
        self.config.plugins.on_startup(command="build", dirty=False)
        self.config = self.config.plugins.on_config(self.config)
        self.config.plugins.on_pre_build(config=self.config)
        files = get_files(self.config)
        environment = self.config.theme.get_env()
        files.add_files_from_theme(environment, self.config)
        self.files = self.config.plugins.on_files(files, config=self.config)
        set_exclusions(self.files, self.config)
        navigation = get_navigation(self.files, self.config)
        self.config.plugins.on_nav(navigation, config=self.config, files=self.files)
        for file in self.files.documentation_pages():
            assert file.page is not None
            _populate_page(file.page, self.config, self.files)

    def warns_of(self, path: Path) -> bool:
        """Say whether there is a warning when a page is read anew."""
        file = self.files.get_file_from_path(path.relative_to("docs").as_posix())
        assert file is not None
        assert file.page is not None
        found = Warnings()
        logging.getLogger("mkdocs").addHandler(found)
        try:
            _populate_page(file.page, self.config, self.files)
        except BuildError:
            return True
        level = self.config.validation.links.anchors
        for other in self.files.documentation_pages():
            assert other.page is not None
            other.page.validate_anchor_links(files=self.files, log_level=level)
        return found.count > 0


@lru_cache(maxsize=1)
def site() -> Site:
    """Return the site of this process, which is read once."""
    return Site()
