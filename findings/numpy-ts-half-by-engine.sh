#!/usr/bin/env bash
# Expected: numpy-ts ("validated against NumPy 2.4") gives float16 arrays the values of float16 everywhere, or refuses where
# the JavaScript engine has no Float16Array (Node 22).
# Seen: there a float16 array keeps float32 values under its name, 0.1 with eight digits. From 32 entries on some functions,
# negative and abs among them, run in WebAssembly, which takes the same memory for halves: the sign turns for the first
# sixteen of 32 entries, in their fourth digit too, and the others come out as 0. With Node 24 all is as in NumPy.
# Why it matters: the negative log-probability of 32 classes in float16, -log p, is 0 for the second half of them, in Node 22
# and in any older browser, and right on the developer's machine. No warning.
# Versions: numpy-ts 1.7.0, node 22.23.3 and 24.21.0 (of npm). Output seen:
# Node 22: 0.1 is 0.10000000149011612, -log p of 32 equal classes 3.458 16 times, then 0; Node 24: 0.09998, 3.465 32 times
set -euo pipefail
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
cd "$tmp"
mkdir 22 24
for version in 22.23.3 24.21.0; do
  npm init -y --prefix "${version%%.*}" >npm.log
  npm install --silent --no-audit --no-fund --prefix "${version%%.*}" numpy-ts@1.7.0 "node@$version"
  cat >"${version%%.*}/half.mjs" <<'JS'
import assert from "node:assert/strict";
import * as np from "numpy-ts";

const wide = typeof Float16Array === "undefined";
assert.equal(wide, process.version.startsWith("v22"));
const tenth = np.array([0.1], "float16");
console.log(`Node ${process.version}: 0.1 in ${tenth.dtype} is ${tenth.get([0])}`);
assert.equal(tenth.dtype, "float16");
assert.equal(tenth.get([0]), wide ? Math.fround(0.1) : 0.0999755859375);

for (const n of [31, 32]) {
  const logP = np.full([n], -Math.log(32), "float16");
  const loss = np.negative(logP).tolist();
  const right = loss.filter((x) => Math.abs(x - Math.log(32)) < 0.01).length;
  console.log(`  -log p of ${n} equal classes: ${loss[0]} ... ${loss[n - 1]}, ${right} of ${n} right`);
  if (wide && n === 32) {
    assert.ok(right === 16 && Math.abs(loss[31]) < 1e-30);
    assert.equal(np.sum(np.abs(np.ones([n], "float16"))), 16);
  } else assert.equal(right, n);
}
JS
  "${version%%.*}/node_modules/.bin/node" "${version%%.*}/half.mjs"
done
