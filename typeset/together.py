"""What all pages load, in one style sheet and one script.

A browser shows nothing of a page before its last style sheet is there, and on the
network of a phone it is asked for each file anew, half a second later. The theme's two
sheets come first in ours, and its script, twice as large as all of ours, waits for the
first sign of a reader: docs/assets/theme.js. Another project, or one that does not say
``theme_waits``, keeps the theme's files where the theme has them.
"""

import re
from collections.abc import Iterable
from pathlib import Path

from mkdocs.config.config_options import ExtraScriptValue
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files

from typeset.running import node
from typeset.theme import BEHIND, WRAPPED, ThemeError, without, without_unused

FOLDER = "assets"
SHEET, SCRIPT, THEME = (f"{FOLDER}/{n}" for n in ("page.css", "page.js", "material.js"))
THEME_SHEETS = ("assets/stylesheets/main.", "assets/stylesheets/palette.")
THEME_SCRIPT = "assets/javascripts/bundle."
ELSEWHERE = re.compile(r"""url\((?!\s*["']?(?:data:|#))""")


def join(files: Files, config: MkDocsConfig, project: Path) -> None:
    """Put the site's style sheets into one file, and its scripts into another."""
    waits = config.extra.get("theme_waits", False)
    script = theme_file(files, THEME_SCRIPT)
    if script is not None:
        mended = without(script.content_string, WRAPPED)
        files.remove(script)
        place = THEME if waits else script.src_uri
        files.append(File.generated(config, place, content=mended))
    if not config.extra_css:
        return
    theirs = [theme_file(files, start) for start in THEME_SHEETS if waits]
    ours = {path: files.get_file_from_path(path) for path in config.extra_css}
    if missing := [path for path, file in ours.items() if file is None]:
        raise ThemeError(f"no style sheet {', '.join(missing)}")
    sheets = [file for file in (*theirs, *ours.values()) if file is not None]
    add(files, config, SHEET, shrunk("\n".join(map(sheet, sheets)), "css", project))
    scripts = {
        str(path): file
        for path in config.extra_javascript
        if (file := files.get_file_from_path(str(path))) is not None
    }
    # In a block each, so that no name of one means anything in another
    code = "\n".join(f"{{\n{file.content_string}\n}}" for file in scripts.values())
    add(files, config, SCRIPT, shrunk(code, "js", project))
    for file in (*sheets, *scripts.values()):
        files.remove(file)
    config.extra_css = [SHEET]
    others = [one for one in config.extra_javascript if str(one) not in scripts]
    config.extra_javascript = [deferred(SCRIPT), *others]


def theme_file(files: Iterable[File], start: str) -> File | None:
    """Return the theme's file that begins so, whatever its digest; none if gone."""
    named = (file for file in files if file.src_uri.startswith(start))
    return next((file for file in named if not file.src_uri.endswith(".map")), None)


def sheet(file: File) -> str:
    """Return a style sheet as it may stand in the folder of the one for all."""
    text = file.content_string
    beside = file.src_uri.rpartition("/")[0] == FOLDER
    if not beside and ELSEWHERE.search(text):
        raise ThemeError(f"{file.src_uri} names files beside it, and cannot be moved")
    if not file.src_uri.startswith(THEME_SHEETS[0]):
        return text
    return without_unused(without(text, BEHIND))


def shrunk(text: str, language: str, project: Path) -> str:
    """Return a style sheet or a script without its comments and spaces."""
    return node("shrink.mjs", language, project=project, given=text)


def add(files: Files, config: MkDocsConfig, path: str, content: str) -> None:
    """Add a file to the site."""
    files.append(File.generated(config, path, content=content))


def deferred(path: str) -> ExtraScriptValue:
    """Return a script that runs once the page has been read."""
    script = ExtraScriptValue(path)
    script.defer = True
    return script
