#!/usr/bin/env bash
# Expected: a number that MicroPython for the browser gets from JavaScript is the same number: both have doubles.
# Seen: one without a fraction is taken for an integer of 32 bits, and cut: 1e20 arrives as 1661992960, 1e300 as 0, 2**31 as
# -2147483648, a time in milliseconds as some other number; and -0.0 as 0. With a fraction all of them are right. The
# other way an int of Python is cut likewise, 10**12 to -727379968, and a float is not.
# Why it matters: a sum of squares, a count, exp of a large logit, a determinant comes back whole and large at times only,
# so a page is right in each trial and wrong for the reader's own numbers, with no exception.
# Versions: MicroPython 1.27.0 (@micropython/micropython-webassembly-pyscript). Seen with Node 20 and 24. Output seen:
# 1e20: 1661992960; 1e300: 0; 2**31 + 0.5: 2147483648.5; 10**12 to JavaScript: -727379968
set -euo pipefail
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
cd "$tmp"
npm init -y >npm.log
npm install --silent --no-audit --no-fund @micropython/micropython-webassembly-pyscript@1.27.0
cat >numbers.mjs <<'JS'
import assert from "node:assert/strict";
import { loadMicroPython } from "@micropython/micropython-webassembly-pyscript/micropython.mjs";

const lines = [];
const python = await loadMicroPython({ stdout: (line) => lines.push(line), linebuffer: true });
const sent = { whole: 1e20, huge: 1e300, edge: 2 ** 31, below: 2 ** 31 - 1, part: 2 ** 31 + 0.5, zero: -0 };
let received;
python.registerJsModule("numbers", { ...sent, keep: (value) => void (received = value) });
const seen = (code) => {
  lines.length = 0;
  python.runPython(`import numbers\n${code}`);
  return lines.join();
};
const got = Object.fromEntries(Object.keys(sent).map((name) => [name, seen(`print(numbers.${name})`)]));
console.log(got);
assert.deepEqual(got, {
  whole: "1661992960", huge: "0", edge: "-2147483648", below: "2147483647", part: "2147483648.5", zero: "0",
});
const kept = (code) => (seen(`numbers.keep(${code})`), received);
console.log("to JavaScript:", kept("10**12"), kept("1e12"), kept("2**30"));
assert.deepEqual([kept("10**12"), kept("1e12"), kept("2**30")], [-727379968, 1e12, 2 ** 30]);
JS
node numbers.mjs
