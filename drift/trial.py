"""A module's own tests, run once for each of its mutants.

pytest collects the tests once. Then each mutant has a process of its own, forked from
there, in which the functions of the module get the code of the mutant, and the tests
run until one fails, the quickest first.
"""

from __future__ import annotations

import importlib
import importlib.util
import json
import os
import resource
import signal
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from types import FunctionType, ModuleType

import pytest

from drift.mutants import Mutant

SLOWER = 5  # times what a test takes as it is, and some seconds; else it hangs
SECONDS = 5
MOST = 120  # seconds of a test whose time is not known yet
WAITING = 120  # seconds; a test that waits for so long comes to no end
MEMORY = 8 * 2**30  # bytes of addresses: a mutant must not take the machine with it


def survivors(module: str, tests: Sequence[Path], planted: list[Mutant]) -> list[str]:
    """Return the names of the mutants with which all tests of a module pass.

    RuntimeError: one fails as it is.
    """
    trial = Trial(module, planted)
    silence()
    pytest.main([*map(str, tests), "-p", "no:cacheprovider"], plugins=[trial])
    if not trial.ended:
        raise RuntimeError(f"the tests of {module} do not pass as they are")
    return trial.survivors


class Trial:
    """A plugin of pytest: instead of once the tests run once for each mutant."""

    def __init__(self, module: str, planted: list[Mutant]) -> None:
        self.module = module
        self.planted = planted
        self.survivors: list[str] = []
        self.ended = False

    @pytest.hookimpl(tryfirst=True)
    def pytest_collection(self) -> None:
        """Draw the same examples in each run, and look for no smaller ones."""
        from hypothesis import Phase, settings  # pytest is to import it first

        phases = (Phase.explicit, Phase.generate)
        settings.register_profile(
            "mutants", deadline=None, derandomize=True, database=None, phases=phases
        )
        settings.load_profile("mutants")

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """Run the tests as they are, and with each mutant."""
        spent = durations(session)
        if set(spent) != {item.nodeid for item in session.items} or not spent:
            return True
        session.items.sort(key=lambda item: spent[item.nodeid])
        module = importlib.import_module(self.module)
        for mutant in self.planted:

            def fails(mutant: Mutant = mutant) -> bool:
                resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
                plant(module, mutant.source)
                return not passes(session, spent)

            if not in_child(fails):
                self.survivors.append(mutant.name)
        self.ended = True
        return True


def in_child(work: Callable[[], bool]) -> bool:
    """Do something in a process of its own; one that is killed says yes."""
    child = os.fork()
    if child:
        return os.waitpid(child, 0)[1] != 0
    answer = True
    try:
        answer = work()
    finally:
        os._exit(answer)


def bounded(seconds: float) -> None:
    """Let this process be killed if what follows computes or waits without end."""
    _, most = resource.getrlimit(resource.RLIMIT_CPU)
    end = time.process_time() + SECONDS + SLOWER * seconds
    resource.setrlimit(resource.RLIMIT_CPU, (int(end), most))
    signal.alarm(WAITING)


def silence() -> None:
    """Let what this process prints go nowhere."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    os.dup2(nowhere, 2)


def plant(module: ModuleType, source: str) -> None:
    """Give a module's functions the code, and its constants the values, of a source.

    The functions stay the objects that they are, so that those who imported one use the
    code of the mutant.
    """
    with tempfile.NamedTemporaryFile("w", suffix=".py", encoding="utf-8") as file:
        file.write(source)
        file.flush()
        spec = importlib.util.spec_from_file_location(module.__name__, file.name)
        assert spec is not None
        assert spec.loader is not None
        changed = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(changed)
    for name, value in vars(changed).items():
        here = vars(module).get(name)
        if not isinstance(here, FunctionType):
            if not name.startswith("__"):
                setattr(module, name, value)
        elif here.__module__ == module.__name__:
            here.__code__ = value.__code__
            here.__defaults__ = value.__defaults__
            here.__kwdefaults__ = value.__kwdefaults__


def passes(session: pytest.Session, spent: Mapping[str, float]) -> bool:
    """Run the tests until one fails; say whether none did."""
    following = [*session.items[1:], None]
    for item, after in zip(session.items, following, strict=True):
        bounded(spent.get(item.nodeid, MOST))
        item.config.hook.pytest_runtest_protocol(item=item, nextitem=after)
        if session.testsfailed:
            return False
    return True


def durations(session: pytest.Session) -> dict[str, float]:
    """Return how long each test takes as it is; one that fails is left out."""
    with tempfile.NamedTemporaryFile("r+", encoding="utf-8") as file:

        def run() -> bool:
            clock = Clock()
            session.config.pluginmanager.register(clock)
            passes(session, {})
            Path(file.name).write_text(json.dumps(clock.spent), "utf-8")
            return True

        in_child(run)
        return json.loads(file.read() or "{}")


class Clock:
    """A plugin of pytest that notes how long the tests take that pass."""

    def __init__(self) -> None:
        self.spent: dict[str, float] = defaultdict(float)

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Note what a test took, with what was set up for it."""
        if report.passed or report.skipped:
            self.spent[report.nodeid] += report.duration
