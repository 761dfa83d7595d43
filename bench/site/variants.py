"""The site three ways: the same pages, with only their formulas drawn differently."""

import json
import logging
import os
import re
import shutil
from html import escape
from pathlib import Path
from typing import Any

from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig

from typeset.build import Typesetter
from typeset.mathjax import Formula, MathJax, Typeset

ROOT = Path(__file__).parents[2]
MATHJAX_3 = Path(__file__).parent / "node_modules" / "mathjax" / "es5"
HOOK = "typeset/hook.py"
POLICY = re.compile(r'<meta http-equiv="Content-Security-Policy"[^>]*>')

# What Material's documentation gives for MathJax ("Math", `javascripts/mathjax.js`)
SETTINGS = {
    "tex": {
        "inlineMath": [["\\(", "\\)"]],
        "displayMath": [["\\[", "\\]"]],
        "processEscapes": True,
        "processEnvironments": True,
    },
    "options": {"ignoreHtmlClass": ".*|", "processHtmlClass": "arithmatex"},
}
ON_EACH_PAGE = (
    'document.dispatchEvent(new Event("themed"))',  # as docs/assets/theme.js says it
    "MathJax.startup.output.clearCache()",
    "MathJax.typesetClear()",
    "MathJax.texReset()",
    "MathJax.typesetPromise()",
)


class InBrowser:
    """Leaves the TeX on the page, as pymdownx.arithmatex does, for a script."""

    stylesheet = ""

    def __call__(self, formula: Formula) -> Typeset:
        r"""Return the TeX between ``\(`` and ``\)``, or ``\[`` and ``\]``."""
        opening, closing = (r"\[", r"\]") if formula.display else (r"\(", r"\)")
        return Typeset(opening + escape(formula.tex) + closing, {})

    def close(self) -> None:
        """End nothing: nothing was started."""


class MathML:
    """Leaves only what MathJax hides beside its SVG for screen readers: the floor."""

    stylesheet = ""

    def __init__(self, mathjax: MathJax) -> None:
        self.mathjax = mathjax

    def __call__(self, formula: Formula) -> Typeset:
        """Return the formula's MathML, to be seen."""
        found = re.search(r"<math\b.*</math>", self.mathjax(formula).html, re.DOTALL)
        assert found is not None
        return Typeset(found[0], {})

    def close(self) -> None:
        """End the node process."""
        self.mathjax.close()


def at_build(folder: Path) -> None:
    """Build the site as it is published."""
    build_site(configured(folder))


def in_browser(folder: Path) -> None:
    """Build the site for MathJax 3 in the browser, as Material documents it."""
    config = configured(folder)
    # The usual set-up keeps the theme's style sheets and script where the theme has
    # them, and holds neither this nor the search back
    config.extra["theme_waits"] = False
    waiting = ("assets/theme.js", "assets/search.js")
    config.extra_javascript = [
        *(one for one in config.extra_javascript if str(one) not in waiting),
        "javascripts/mathjax.js",
        "es5/tex-mml-chtml.js",
    ]
    build_site(config, InBrowser())
    scripts = folder / "javascripts"
    scripts.mkdir()
    subscribed = f"document$.subscribe(() => {{ {'; '.join(ON_EACH_PAGE)} }});"
    settings = f"window.MathJax = {json.dumps(SETTINGS)};"
    (scripts / "mathjax.js").write_text(f"{settings}\n{subscribed}\n", "utf-8")
    shutil.copytree(MATHJAX_3, folder / "es5")
    # Nor has it a policy against scripts
    for page in folder.rglob("*.html"):
        page.write_text(POLICY.sub("", page.read_text("utf-8")), "utf-8")


def as_mathml(folder: Path) -> None:
    """Build the site with the MathML alone."""
    build_site(configured(folder), MathML(MathJax(ROOT / ".cache" / "typeset")))


def configured(folder: Path, **changed: Any) -> MkDocsConfig:
    """Return the site's own configuration."""
    os.environ["NO_MKDOCS_2_WARNING"] = "1"  # as in the Makefile
    logging.getLogger("mkdocs").setLevel(logging.ERROR)
    return load_config(str(ROOT / "mkdocs.yml"), site_dir=str(folder), **changed)


def build_site(config: MkDocsConfig, typesetter: Typesetter | None = None) -> None:
    """Build a site, with another typesetter than its own if one is given."""
    config.plugins.on_startup(command="build", dirty=False)
    if typesetter is not None:
        config.plugins[HOOK].build.typesetter = typesetter  # type: ignore[attr-defined]
    try:
        build(config)
    finally:
        config.plugins.on_shutdown()
