"""Code that pages include: another function, none, twice, or pasted and changed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from drift.fault import Fault, sources
from typeset.embedding import INCLUDE, function, functions

TESTS = "tests/test_pages.py::"
ONCE = "is_included_exactly_once_on_the_page_of_its_stem"
SHOWN = f"{TESTS}test_every_public_function_{ONCE}"
EMBEDDED = f"{TESTS}test_code_on_the_page_is_run_or_embedded"
RETURNED = re.compile(r"\breturn\b")


def faults(root: Path) -> Iterator[Fault]:
    """Yield each include with another name, without one, doubled, and as a copy."""
    for source in sources("includes", root, "docs/*.md"):
        for match in INCLUDE.finditer(source.text):
            module = (root / match["path"]).read_text("utf-8")
            named = match.start("name"), match.end("name")
            others = [node.name for node in functions(module) if node.name[0] != "_"]
            after = others[(others.index(match["name"]) + 1) % len(others)]
            if after != match["name"]:
                yield source.fault(*named, after, SHOWN)
            yield source.fault(*named, f"{match['name']}_", SHOWN)
            path = match.start("path"), match.end("path")
            yield source.fault(*path, match["path"].replace(".py", "s.py"), SHOWN)
            line = match.start(), match.end()
            yield source.fault(*line, "", SHOWN)
            yield source.fault(*line, f"{match[0]}\n{match[0]}", SHOWN)
            copy = function(module, match["name"])
            changed = RETURNED.sub("return 2 *", copy, count=1)
            pasted = changed.replace("\n", f"\n{match['indent']}")
            check = f"{EMBEDDED}[{source.path}]"
            yield source.fault(*line, match["indent"] + pasted, check)
