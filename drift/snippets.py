"""Faults planted in the snippets: does a module's own tests notice each of them?

    python -m drift.snippets [MODULE ...] [--sample N]

A module's own tests are its examples and ``tests/test_<module>.py``. pytest collects
them once; then each mutant has a process of its own, forked from there, in which the
functions of the module get the code of the mutant and the tests run until one fails, the
quickest first. What the draws of hypothesis are does not change from run to run.
"""

from __future__ import annotations

import argparse
import importlib
import importlib.util
import json
import multiprocessing
import os
import random
import resource
import signal
import sys
import tempfile
import tomllib
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from types import FunctionType, ModuleType
from typing import Any

import pytest
from hypothesis import Phase, settings

from drift.mutants import Mutant, mutants

ROOT = Path(__file__).parents[1]
REVIEWED = Path(__file__).with_name("snippets.toml")
RESULT = Path(__file__).with_name("snippets.json")
SLOWER = 20  # times the processor that all tests take together; then it is a hang
WAITING = 120  # seconds in which a run that waits for something must end
MEMORY = 8 * 2**30  # bytes of address space; more is a fault that was noticed


@dataclass
class Trial:
    """A plugin of pytest that runs the collected tests once for each mutant."""

    module: str
    planted: list[Mutant]
    survivors: list[str] = field(default_factory=list)
    spent: dict[str, float] = field(default_factory=dict)  # seconds, by test

    @pytest.hookimpl(tryfirst=True)
    def pytest_collection(self) -> None:
        """Draw the same examples in each run, and do not look for smaller ones."""
        drawing = (Phase.explicit, Phase.generate)
        settings.register_profile(
            "mutants", deadline=None, derandomize=True, database=None, phases=drawing
        )
        settings.load_profile("mutants")

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """Run the tests as they are, then with each mutant."""
        if session.testsfailed:
            raise session.Failed(f"the tests of {self.module} cannot be collected")
        before = processor()
        self.spent = durations(session)
        self.limit = 5 + SLOWER * (processor() - before)
        session.items.sort(key=lambda item: self.spent[item.nodeid])
        module = importlib.import_module(self.module)
        for mutant in self.planted:
            if not in_child(lambda m=mutant: noticed(session, module, m, self.limit)):
                self.survivors.append(mutant.name)
        return True


def processor() -> float:
    """Return the seconds of processor that children have used."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def in_child(work: Callable[[], bool]) -> bool:
    """Do something in a process of its own; a process that is killed says yes."""
    if child := os.fork():
        return os.waitpid(child, 0)[1] != 0
    answer = 1
    try:
        answer = int(work())
    finally:
        os._exit(answer)


def noticed(
    session: pytest.Session, module: ModuleType, mutant: Mutant, limit: float
) -> bool:
    """Say whether one of the tests fails when a mutant is planted."""
    resource.setrlimit(resource.RLIMIT_CPU, (int(limit) + 1, int(limit) + 1))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    signal.alarm(WAITING)
    silence()
    plant(module, mutant.source)
    return first_failure(session)


def silence() -> None:
    """Let what a process prints go nowhere."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    os.dup2(nowhere, 2)


def plant(module: ModuleType, source: str) -> None:
    """Give a module's functions the code that they have in another source.

    The functions stay the same objects, so that whoever imported one has the fault.
    """
    with tempfile.NamedTemporaryFile("w", suffix=".py", encoding="utf-8") as file:
        file.write(source)
        file.flush()
        spec = importlib.util.spec_from_file_location(module.__name__, file.name)
        assert spec and spec.loader
        changed = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(changed)
    for name, value in vars(changed).items():
        here = vars(module).get(name)
        own = getattr(value, "__module__", "") == module.__name__
        if own and isinstance(value, FunctionType) and isinstance(here, FunctionType):
            here.__code__ = value.__code__
            here.__defaults__ = value.__defaults__
            here.__kwdefaults__ = value.__kwdefaults__
        elif isinstance(value, str | int | float | tuple) and not name.startswith("__"):
            setattr(module, name, value)


def first_failure(session: pytest.Session) -> bool:
    """Run the tests until one fails; say whether one did."""
    for item, after in zip(session.items, [*session.items[1:], None], strict=True):
        item.config.hook.pytest_runtest_protocol(item=item, nextitem=after)
        if session.testsfailed:
            return True
    return False


def durations(session: pytest.Session) -> dict[str, float]:
    """Return how long each test takes; they must pass as they are."""
    reader, writer = os.pipe()

    def run() -> bool:
        silence()
        record = Clock()
        session.config.pluginmanager.register(record)
        failed = first_failure(session)
        os.write(writer, json.dumps(record.spent).encode())
        return failed

    ...
