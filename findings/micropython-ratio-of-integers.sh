#!/usr/bin/env bash
# Expected: Python divides integers of any size rightly: the probability of as many heads as tails, C(n, n/2) / 2**n, needs no
# logarithm, and where a quotient fits no float there is an OverflowError. MicroPython has integers of any size too.
# Seen: MicroPython turns each integer into a float first, and one above 1.8e308 into inf, without a word: the probability is
# right up to 1023 tosses, 0 from 1024 on, and NaN from 1030 on (inf/inf), where both integers are exact. math.log(2**2000)
# is inf, float(10**400) is inf, inf > 10**400 is False, and 2**53 + 1 == float(2**53).
# Why it matters: exact counts are how one checks a likelihood that is computed by logarithms. A test of such a check that
# passes in CPython meets a plain 0 in a page that runs MicroPython, and no exception.
# Versions: MicroPython 1.27.0 (@micropython/micropython-webassembly-pyscript). Seen with Node 20, Python 3.11. Output seen:
# 1000 tosses: 0.0252; 1024: 0.0; 2000: nan; log(2**2000): inf. CPython: 0.0252, 0.0249, 0.0178, 1386.29
set -euo pipefail
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
cd "$tmp"
npm init -y >npm.log
npm install --silent --no-audit --no-fund @micropython/micropython-webassembly-pyscript@1.27.0
cat >run.mjs <<'JS'
import { readFileSync } from "node:fs";
import { loadMicroPython } from "@micropython/micropython-webassembly-pyscript/micropython.mjs";

const python = await loadMicroPython({ stdout: (line) => console.log(line), linebuffer: true });
python.runPython(readFileSync(process.argv[2], "utf8"));
JS
cat >tosses.py <<'PY'
import math


def fair(n):
    """Return the probability of n/2 heads in n tosses."""
    ways = 1
    for i in range(n // 2):
        ways = ways * (n - i) // (i + 1)
    return ways / 2**n


for n in (1000, 1022, 1024, 1028, 1030, 2000):
    print(n, fair(n))
print("log", math.log(2**2000))
print("inf above 10**400", math.inf > 10**400)
print("2**53 + 1 is the float 2**53", 2**53 + 1 == float(2**53))
try:
    print("float", float(10**400))
except OverflowError:
    print("float OverflowError")
PY
python3 -I tosses.py | tee cpython.txt
node run.mjs tosses.py | tee micropython.txt
cat >compare.py <<'PY'
from math import exp, isnan, lgamma, log

cpython, micropython = (dict(line.strip().rsplit(" ", 1) for line in open(name)) for name in ("cpython.txt", "micropython.txt"))
for n in (1000, 1022, 1024, 1028, 1030, 2000):
    right, found = float(cpython[str(n)]), float(micropython[str(n)])
    assert abs(right / exp(lgamma(n + 1) - 2 * lgamma(n / 2 + 1) - n * log(2)) - 1) < 1e-9
    assert abs(found - right) < 1e-12 if n < 1024 else found == 0 if n < 1030 else isnan(found)
assert cpython["float"] == "OverflowError" and micropython["float"] == micropython["log"] == "inf"
for question, (right, found) in {"inf above 10**400": ("True", "False"), "2**53 + 1 is the float 2**53": ("False", "True")}.items():
    assert (cpython[question], micropython[question]) == (right, found)
PY
python3 -I compare.py
