"""Run every part on the GPU at hand, and keep all answers in one file."""

import argparse
import datetime
import json
import subprocess
import sys
import tempfile
from pathlib import Path

# The short ones first; `large` last, since a failed kernel ends the process that ran it
SECONDS = {
    "precision": 100,
    "borders": 120,
    "on_jax": 90,
    "fused": 120,
    "training": 100,
    "large": 60,
}


def run(part: str, seconds: int, folder: Path) -> object:
    """Return what one part kept, also when it did not come to its end."""
    kept = folder / f"{part}.json"
    command = [sys.executable, "-m", f"bench.gpu.{part}", str(kept)]
    ended: int | str
    try:
        ended = subprocess.run(command, timeout=seconds).returncode
    except subprocess.TimeoutExpired:
        ended = f"stopped after {seconds} s"
    answers = json.loads(kept.read_text()) if kept.is_file() else {}
    return {"ended": ended, **answers}


def main() -> None:
    """Write the file after each part, so that a cut loses only the one that ran."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("out", type=Path)
    parser.add_argument(
        "parts", nargs="*", default=list(SECONDS), help=", ".join(SECONDS)
    )
    options = parser.parse_args()
    query = ["nvidia-smi", "--query-gpu=name,driver_version", "--format=csv,noheader"]
    card = subprocess.run(query, capture_output=True, text=True).stdout.strip()
    parts: dict[str, object] = {}
    found = {"card": card, "date": f"{datetime.date.today()}", "parts": parts}
    with tempfile.TemporaryDirectory() as folder:
        for part in options.parts:
            parts[part] = run(part, SECONDS[part], Path(folder))
            options.out.write_text(
                json.dumps(found, indent=1, ensure_ascii=False) + "\n"
            )


if __name__ == "__main__":
    main()
