// How much memory the arrays of a page take, of which Python sees the small objects alone
// that hold them.

import { NDArrayCore } from "./functions.js";

const MOST = 2 ** 24; // entries of an array: 128 MiB of float64
// Bytes of all arrays. MicroPython lets go of none while code runs: it cannot see what
// the functions of JavaScript that are being called still need
const HELD = 2 ** 29;

export class MemoryError extends Error {}

let held = 0; // bytes of the arrays that Python holds, and of those made since it ran
const counted = new WeakSet();

/** Count the bytes of an array that is new. */
export function count(answer) {
  if (!(answer instanceof NDArrayCore) || counted.has(answer.data)) return;
  counted.add(answer.data);
  held += answer.data.byteLength;
  if (held > HELD)
    throw new MemoryError("the arrays that this code makes take more than 512 MiB: each is kept until the code ends");
}

export const sized = (shape) => {
  const size = shape.reduce((product, length) => product * length, 1);
  if (size > MOST)
    throw new MemoryError(`an array of ${size} entries is too large for this page`);
  return size;
};

/** Code begins to run: what nothing names any more has gone. */
export function begin() {
  // MicroPython's own list of what Python holds of JavaScript
  const kept = globalThis.proxy_js_ref.filter((one) => one instanceof NDArrayCore);
  const data = new Set(kept.map((one) => one.data));
  held = [...data].reduce((sum, { byteLength }) => sum + byteLength, 0);
}
