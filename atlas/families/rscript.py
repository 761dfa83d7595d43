"""Runs R for the families that are R packages: arguments in, numbers out."""

from __future__ import annotations

import shutil
import subprocess
import warnings

import numpy as np

from atlas.families.asking import Array

# What R prints: each number in full, with its shape before it
AROUND = """
heard <- character(0)
suppressPackageStartupMessages({{{packages}}})
found <- tryCatch(withCallingHandlers({{
{arguments}
{code}
}}, warning = function(w) {{
  heard <<- c(heard, conditionMessage(w)); invokeRestart("muffleWarning")
}}), error = function(e) {{
  message(conditionMessage(e)); quit(status = 1)
}})
shape <- if (is.null(dim(found))) length(found) else dim(found)
cat("\\nshape", shape, "\\n")
cat("found", sprintf("%.17g", as.vector(found)), "\\n")
cat(sprintf("heard %s\\n", gsub("\\n", " ", heard)), sep = "")
"""


def installed() -> str:
    """Return where R is."""
    found = shutil.which("Rscript")
    if found is None:
        raise FileNotFoundError("there is no R here")
    return found


def run(code: str) -> str:
    """Run R code; return what it prints. An error there is one here."""
    done = subprocess.run(
        [installed(), "--vanilla", "-"],
        input=code,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise RuntimeError(done.stderr.strip())
    return done.stdout


def in_r(code: str, *packages: str, **arguments: Array) -> Array:
    """Return what R code computes of arguments, which it knows by their names."""
    lines = run(
        AROUND.format(
            packages="; ".join(f"library({one})" for one in packages),
            arguments="\n".join(
                f"{name} <- {literal(value)}" for name, value in arguments.items()
            ),
            code=code,
        )
    ).splitlines()
    said = {"shape": "", "found": ""}
    for line in lines:
        kind, _, rest = line.partition(" ")
        if kind == "heard":
            warnings.warn(rest, stacklevel=2)
        elif kind in said:
            said[kind] = rest
    shape = [int(part) for part in said["shape"].split()]
    found = np.array([number(part) for part in said["found"].split()])
    return found.reshape(shape, order="F")


def number(word: str) -> float:
    """Read a number as R prints it."""
    return float("nan" if word == "NA" else word)


def literal(value: Array) -> str:
    """Write numbers as R reads them: a vector, or a matrix row by row."""
    array = np.asarray(value)
    entries = ", ".join(written(one) for one in array.ravel().tolist())
    vector = f"c({entries})" if array.size else "numeric(0)"
    if array.ndim == 2:
        return f"matrix({vector}, {len(array)}, byrow = TRUE)"
    return vector


def written(entry: float | str) -> str:
    """Write a number as R reads it."""
    if isinstance(entry, str):
        return f'"{entry}"'
    return {"nan": "NaN", "inf": "Inf", "-inf": "-Inf"}.get(repr(entry), repr(entry))


def versions_of(*packages: str) -> dict[str, str]:
    """Return the versions of R, and of packages of it."""
    code = 'cat("R", paste(R.version$major, R.version$minor, sep = "."), "\\n");'
    for package in packages:
        version = f'packageDescription("{package}")$Version'
        code += f'cat("{package}", {version}, "\\n");'
    return dict(line.split() for line in run(code).splitlines())
