// How much memory the arrays of a page take, of which Python sees the small objects alone
// that hold them.

import { bytes as bytesOf } from "./dtypes.js";
import { NDArrayCore } from "./functions.js";

const MOST = 2 ** 24; // entries of an array: 128 MiB of float64
// Bytes of all arrays. MicroPython lets go of none while code runs: it cannot see what
// the functions of JavaScript that are being called still need
const HELD = 2 ** 29;

const UNITS = ["bytes", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB", "ZiB"];

export class MemoryError extends Error {}

let held = 0; // bytes of the arrays that Python holds, and of those made since it ran
const counted = new WeakSet();

/** Count the bytes of an array that is new. */
export function count(answer) {
  if (!(answer instanceof NDArrayCore) || counted.has(answer.data)) return;
  counted.add(answer.data);
  held += answer.data.byteLength;
  if (held > HELD)
    throw new MemoryError(
      "the arrays that this code makes take more than 512 MiB: each is kept until the code ends",
    );
}

export const size = (shape) => shape.reduce((product, length) => product * length, 1);
export const tuple = (shape, gap = ",") => `(${shape.join(gap)}${shape.length === 1 ? "," : ""})`;

/** The number of entries of a shape, for which there must be room: in NumPy's words. */
export const sized = (shape, dtype = "float64") => {
  if (size(shape) <= MOST) return size(shape);
  const bytes = size(shape) * bytesOf(dtype);
  const unit = Math.floor(Math.log2(bytes) / 10);
  const amount = bytes / 1024 ** unit;
  const few = amount < 1000 ? amount.toPrecision(3) : `${Math.round(amount)}.`;
  throw new MemoryError(
    `Unable to allocate ${few} ${UNITS[unit]} for an array with shape ${tuple(shape, ", ")} and data type ${dtype}`,
  );
};

/** Code begins to run: what nothing names any more has gone. */
export function begin() {
  // MicroPython's own list of what Python holds of JavaScript
  const kept = globalThis.proxy_js_ref.filter((one) => one instanceof NDArrayCore);
  const data = new Set(kept.map((one) => one.data));
  held = [...data].reduce((sum, { byteLength }) => sum + byteLength, 0);
}
