"""Lighthouse's verdict on a page, on its simulated phone."""

import json
import os
import subprocess
from dataclasses import dataclass
from pathlib import Path

from typeset.browser import QUIET, executable
from typeset.mathjax import node

LIGHTHOUSE = Path(__file__).parent / "node_modules" / "lighthouse" / "cli" / "index.js"
CATEGORIES = ("performance", "accessibility", "best-practices", "seo")


@dataclass(frozen=True)
class Audit:
    """Scores out of a hundred, by category, and what was missing in any."""

    scores: dict[str, float]
    missed: list[str]


def audit(address: str) -> Audit:
    """Let Lighthouse open a page; raise CalledProcessError if it cannot."""
    run = subprocess.run(
        [
            node(),
            str(LIGHTHOUSE),
            address,
            "--quiet",
            "--output=json",
            "--no-enable-error-reporting",
            f"--only-categories={','.join(CATEGORIES)}",
            f"--chrome-flags={' '.join(QUIET)}",
        ],
        check=True,
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "CHROME_PATH": executable() or ""},
    )
    report = json.loads(run.stdout)
    categories, audits = report["categories"], report["audits"]
    missed = {
        f"{name}: {audits[part['id']]['title']}"
        for name in CATEGORIES
        for part in categories[name]["auditRefs"]
        if part["weight"] and (audits[part["id"]]["score"] or 0) < 0.9
        if audits[part["id"]]["scoreDisplayMode"] not in ("notApplicable", "manual")
    }
    scores = {name: round(100 * categories[name]["score"]) for name in CATEGORIES}
    return Audit(scores, sorted(missed))
