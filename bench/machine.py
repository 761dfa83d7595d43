"""The machine on which something was measured: its kind, and nothing that names it."""

import os
import platform
import sys
from pathlib import Path


def kind() -> dict[str, str | int]:
    """Return what a reader has to know of the machine to judge a measurement."""
    told = Path("/proc/cpuinfo")
    lines = told.read_text("utf-8").splitlines() if told.is_file() else []
    names = [line.partition(":")[2].strip() for line in lines if "model name" in line]
    return {
        "processor": names[0] if names else platform.machine(),
        "cores": os.cpu_count() or 1,
        "system": platform.system(),
        "python": ".".join(map(str, sys.version_info[:3])),
    }
