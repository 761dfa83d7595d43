"""On what machine something was measured, and with which versions."""

from __future__ import annotations

import os
import platform
import re
import subprocess
from importlib.metadata import version
from pathlib import Path

CPUINFO = Path("/proc/cpuinfo")


def kind() -> dict[str, str | int]:
    """Return what kind of machine this is, and of Python."""
    return {
        "processor": processor(),
        "cores": os.cpu_count() or 1,
        "system": platform.system(),
        "python": platform.python_version(),
    }


def versions(*packages: str) -> dict[str, str]:
    """Return the versions of packages, by their names."""
    return {package: version(package) for package in packages}


def processor() -> str:
    """Return the processor's name, where the system tells it, or its architecture."""
    if CPUINFO.is_file():
        named = re.search(r"^model name\s*: (.+)$", CPUINFO.read_text("utf-8"), re.M)
        if named:
            return named[1].strip()
    if platform.system() == "Darwin":
        asked = ["sysctl", "-n", "machdep.cpu.brand_string"]
        told = subprocess.run(asked, check=True, capture_output=True, text=True)
        return told.stdout.strip()
    return platform.machine()
