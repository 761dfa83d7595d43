"""What the libraries answered: one file, a library a key, and what is stale in it."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from atlas.questions.question import Question

FILE = Path(__file__).with_name("answers.json")


@dataclass(frozen=True)
class Library:
    """What one library answered, when, where; or why it was not asked."""

    family: str
    key: str  # of the way in which it is asked: another makes all answers stale
    date: str
    machine: str
    versions: dict[str, str] = field(default_factory=dict)
    calls: dict[str, str] = field(default_factory=dict)
    answers: dict[str, dict[str, Any]] = field(default_factory=dict)
    missing: str = ""


def read(path: Path = FILE) -> dict[str, Library]:
    """Return what each library answered, by its name."""
    if not path.is_file():
        return {}
    found: dict[str, Any] = json.loads(path.read_text("utf-8"))
    return {name: Library(**library) for name, library in found.items()}


def write(libraries: dict[str, Library], path: Path = FILE) -> None:
    """Keep what libraries answered, an answer a line, so that changes are seen."""
    parts = []
    for name, library in sorted(libraries.items(), key=lambda item: item[0].casefold()):
        head = asdict(library)
        answers = ",\n".join(
            f"{json.dumps(question)}: {json.dumps(answer)}"
            for question, answer in head.pop("answers").items()
        )
        start = json.dumps(head, indent=0).removesuffix("\n}")
        parts.append(f'{json.dumps(name)}: {start},\n"answers": {{\n{answers}\n}}}}')
    path.write_text("{\n" + ",\n".join(parts) + "\n}\n", "utf-8")


def key(*parts: object) -> str:
    """Return what changes when something does on which an answer depends."""
    return hashlib.sha256(repr(parts).encode()).hexdigest()[:12]


def asked(question: Question) -> str:
    """Return the key of a question: of what it asks, not of what answers mean."""
    return key(question.form, dict(question.arguments))
