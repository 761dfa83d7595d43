"""How long builds take, and how that grows: ``python -m bench.builds``.

The project is built in a copy of its folder, and what is told is a ratio to the build
for which nothing was kept, measured in the same run. ``bench/builds.json`` has it all.
"""

import argparse
import json
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import asdict
from datetime import date
from pathlib import Path
from shutil import copyfile, rmtree
from tempfile import TemporaryDirectory
from urllib.error import URLError
from urllib.request import urlopen

from bench.cost import (
    BIN,
    ROOT,
    Command,
    Cost,
    counted,
    environment,
    middle,
    ratios,
    run,
)
from bench.growth import built, sites
from bench.machine import kind

FILE = ROOT / "bench" / "builds.json"
INSTALLED = (".venv", "engine/node_modules", "typeset/node_modules")
BUILD: Command = [BIN / "mkdocs", "build", "--strict"]
CHECK: Command = [BIN / "python", "-m", "mathcheck"]
PAGE, SNIPPET = Path("docs/gradient.md"), Path("snippets/gradient.py")
COLD = "build, nothing kept"
PATIENCE = 600  # seconds for a server to answer


def copy(folder: Path) -> None:
    """Copy the files of the project into a folder; what is installed is linked to."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        check=True,
    ).stdout.decode()
    for name in filter(None, listed.split("\0")):
        if (ROOT / name).is_file():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            copyfile(ROOT / name, folder / name)
    for name in INSTALLED:
        (folder / name).symlink_to(ROOT / name)


def served(folder: Path) -> Cost:
    """Serve the site until it answers, and end the server."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"127.0.0.1:{free.getsockname()[1]}"
    # Not quietly, as `make serve` is not: what hears no warning keeps no page
    command: Command = [BIN / "mkdocs", "serve", "--no-strict", "-a", address]
    with counted() as cost:
        start = time.perf_counter()
        server = subprocess.Popen(
            list(command),
            cwd=folder,
            env=environment(folder),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        try:
            while not answers(f"http://{address}/"):
                if server.poll() is not None or time.perf_counter() > start + PATIENCE:
                    sys.exit("mkdocs serve does not answer")
                time.sleep(0.05)
            cost.wall = time.perf_counter() - start
        finally:
            server.send_signal(signal.SIGINT)
            server.wait()
    return cost


def answers(address: str) -> bool:
    """Say whether there is a server that answers."""
    try:
        with urlopen(address) as answer:
            return bool(answer.status == 200)
    except (URLError, ConnectionError):
        return False


def append(file: Path, text: str) -> None:
    """Edit a file at its end."""
    file.write_text(file.read_text("utf-8") + text, "utf-8")


def scenarios(folder: Path) -> dict[str, Callable[[int], Cost]]:
    """Return what is measured in a copy of the project, each with the turn it is.

    The order is that of a turn: what comes first begins with nothing kept.
    """

    def cold(turn: int) -> Cost:
        rmtree(folder / ".cache", ignore_errors=True)
        return run(BUILD, folder)

    def edited(file: Path, line: str) -> Callable[[int], Cost]:
        def build(turn: int) -> Cost:
            append(folder / file, line.format(turn))
            return run(BUILD, folder)

        return build

    def checked(turn: int) -> Cost:
        rmtree(folder / ".cache" / "mathcheck", ignore_errors=True)
        return run(CHECK, folder)

    return {
        COLD: cold,
        "build, nothing changed": lambda turn: run(BUILD, folder),
        "build, a page edited": edited(PAGE, "\nAnother paragraph, of turn {}.\n"),
        "build, a snippet edited": edited(SNIPPET, "\n\n# A comment, of turn {}\n"),
        "serve until it answers, nothing changed": lambda turn: served(folder),
        "checker alone, nothing kept": checked,
    }


def measured(times: int) -> dict[str, list[Cost]]:
    """Measure each scenario by turns, so that what else the machine does hits all."""
    found: dict[str, list[Cost]] = {}
    with TemporaryDirectory(prefix="builds") as folder:
        copy(Path(folder))
        for turn in range(times):
            for name, measure in scenarios(Path(folder)).items():
                found.setdefault(name, []).append(measure(turn))
                print(f"{turn + 1} of {times}: {name}", file=sys.stderr, flush=True)
    return found


def grown(times: int) -> dict[str, list[Cost]]:
    """Build each of the sites that grow, by turns."""
    found: dict[str, list[Cost]] = {}
    for _ in range(times):
        for name, pages in sites().items():
            with TemporaryDirectory(prefix="growth") as folder:
                found.setdefault(name, []).append(built(pages, Path(folder) / "site"))
    return found


def report(costs: dict[str, list[Cost]], first: str) -> dict[str, object]:
    """Return the medians, and how many times that of the first each is."""
    medians = {name: middle(some) for name, some in costs.items()}
    return {
        name: {
            "seconds": {key: round(value, 2) for key, value in asdict(cost).items()},
            "ratio": ratios(cost, medians[first]),
        }
        for name, cost in medians.items()
    }


def main() -> None:
    """Measure, and write it down."""
    parser = argparse.ArgumentParser(prog="python -m bench.builds", description=__doc__)
    parser.add_argument("--times", type=int, default=3, help="of each measurement (3)")
    times = parser.parse_args().times
    # What a shell runs in the background ignores this signal, and so would the server
    # that is ended by it
    signal.signal(signal.SIGINT, signal.default_int_handler)
    builds, growth = measured(times), grown(times)
    found = {
        "date": date.today().isoformat(),
        "turns": times,
        "machine": kind(),
        "builds": report(builds, COLD),
        "growth": report(growth, next(iter(growth))),
    }
    FILE.write_text(json.dumps(found, indent=1, ensure_ascii=False) + "\n", "utf-8")
    print(FILE.read_text("utf-8"))


if __name__ == "__main__":
    main()
