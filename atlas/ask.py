"""Puts the questions to a library, in a process of its own, until all are answered."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np

from atlas.environment import NotHadError
from atlas.questions.question import Question

ROOT = Path(__file__).resolve().parents[1]
ASKING = "atlas.families.asking"  # what runs there
SECONDS = 300  # that a library has for all questions that are left
LATE = f"no answer within {SECONDS} seconds"


def ask(
    python: Path,
    family: str,
    questions: Sequence[Question],
    surroundings: Mapping[str, str],
) -> tuple[dict[str, Any], dict[str, dict[str, Any]]]:
    """Return what a library says of itself, and its answers by question.

    Where it ends the process, this is its answer, and the next question is put to a new
    process; as is the rest where the time ends, and a single question takes all of it.
    """
    head: dict[str, Any] = {}
    answers: dict[str, dict[str, Any]] = {}
    while left := [one for one in questions if one.name not in answers]:
        lines, ended = run(python, family, left, surroundings)
        by_name = {one.name: one for one in left}
        for said in lines:
            if "name" in said:
                name = said.pop("name")
                only = "value" in said and "gradient" not in said
                answers[name] = (
                    {"absent": "gradient"}
                    if only and by_name[name].of_gradient
                    else said
                )
            else:
                head = said
        if not head:
            raise NotHadError(f"{family} cannot be asked: {ended}")
        unanswered = [one for one in left if one.name not in answers]
        slow = ended == LATE and len(unanswered) < len(left)
        if unanswered and not slow:
            answers[unanswered[0].name] = {"ended": ended}
    return head, answers


def run(
    python: Path,
    family: str,
    questions: Sequence[Question],
    surroundings: Mapping[str, str],
) -> tuple[list[dict[str, Any]], str]:
    """Ask in one process; return its lines, and how it ended."""
    with TemporaryDirectory(prefix="atlas") as folder:
        source, target = Path(folder) / "questions", Path(folder) / "answers"
        source.write_text("\n".join(map(put, questions)), "utf-8")
        target.touch()
        command = [python, "-m", ASKING, family, source, target]
        try:
            done = subprocess.run(
                list(map(str, command)),
                cwd=ROOT,
                env={**os.environ, **surroundings},
                capture_output=True,
                text=True,
                timeout=SECONDS,
                check=False,
            )
            ended = (done.stderr.strip().splitlines() or [""])[-1]
            if done.returncode < 0:
                ended = f"the process ended by signal {-done.returncode}"
        except subprocess.TimeoutExpired:
            ended = LATE
        lines = target.read_text("utf-8").splitlines()
        return [json.loads(line) for line in lines], ended


def put(question: Question) -> str:
    """Write a question as `asking` reads it."""
    arguments = dict(_encoded(question.arguments))
    return json.dumps(
        {"name": question.name, "form": question.form, "arguments": arguments}
    )


def _encoded(arguments: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    for name, value in arguments.items():
        if isinstance(value, list | np.ndarray):
            array = np.asarray(value)
            if array.size == 0 and name == "labels":
                array = array.astype(np.int64)
            yield (
                name,
                {
                    "array": array.tolist(),
                    "dtype": str(array.dtype),
                    "shape": array.shape,
                },
            )
        else:
            yield name, value
