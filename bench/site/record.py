"""What was measured, kept beside its tools: the medians, and with what they came."""

import json
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from typing import Any

from bench.machine import kind, versions
from bench.site.audit import CATEGORIES
from bench.site.loads import NEXT, PAGE
from bench.site.table import FLOOR, OURS, USUAL, Audits, Loads, measures, seen

HERE = Path(__file__).parent
RECORD = HERE.parent / "site.json"


def record(loads: Loads, audits: Audits, browser: str) -> dict[str, Any]:
    """Return the medians of each variant, and how often and with what it was opened."""
    medians = [
        {
            "what": measure.name,
            "device": measure.device,
            "unit": measure.unit,
            **{
                variant: median(map(measure.of, seen(loads, variant, measure.device)))
                for variant in (OURS, USUAL, FLOOR)
            },
        }
        for measure in measures()
    ]
    scores = {
        variant: {
            category: median(audit.scores[category] for audit in of_it)
            for category in CATEGORIES
        }
        for variant, of_it in audits.items()
    }
    packages = json.loads((HERE / "package.json").read_text("utf-8"))["dependencies"]
    return {
        "date": datetime.now(UTC).date().isoformat(),
        "pages": [PAGE, NEXT],
        "loads": min(map(len, loads.values())),
        "audits": min(map(len, audits.values())),
        "browser": browser,
        "versions": versions("mkdocs-material") | packages,
        "machine": kind(),
        "medians": medians,
        "Lighthouse": scores,
    }


def keep(run: dict[str, Any], place: Path = RECORD) -> None:
    """Write a run down."""
    place.write_text(json.dumps(run, indent=1, ensure_ascii=False) + "\n", "utf-8")
