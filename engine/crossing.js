// How numbers and failures cross to MicroPython, which takes each number without a
// fraction for an integer of 32 bits, and cannot catch an exception of JavaScript.

import { MemoryError, count } from "./memory.js";
import { IndexError } from "./places.js";

export class OverflowError extends Error {}

const KIND = new Map([
  [IndexError, "IndexError"],
  [MemoryError, "MemoryError"],
  [RangeError, "MemoryError"], // of JavaScript itself: there is no such buffer
  [OverflowError, "OverflowError"],
]);
// Of numpy-ts, which throws one kind of error
const AXIS = /^axis -?\d+ is out of bounds for array of dimension/;
const LINEAR = /^\w+: (singular matrix|matrix is not positive definite)$/;

let failed = "";

/** What went wrong last: a kind of Python's exceptions, and what it says. */
export const failure = () => failed;

function said({ constructor: kindOf, message }) {
  const linear = LINEAR.exec(message)?.[1];
  if (linear) return `LinAlgError:${linear[0].toUpperCase()}${linear.slice(1)}`;
  const kind = AXIS.test(message) ? "AxisError" : (KIND.get(kindOf) ?? "ValueError");
  return `${kind}:${message}`;
}

/** The function, with what it throws kept for `failure`. */
export const answering =
  (work) =>
  (...given) => {
    try {
      failed = "";
      const answer = work(...given) ?? null;
      count(answer);
      return answer;
    } catch (error) {
      failed = said(error);
      return null;
    }
  };

/** A number as MicroPython takes it: as it is, or where it would be cut scaled, or text. */
const SCALE = 2 ** -1000; // what is cut is 2³¹ at least, so that this is exact
export const out = (value) => {
  if (typeof value === "bigint") {
    if (!Number.isSafeInteger(Number(value))) return String(value);
    value = Number(value);
  }
  if (Object.is(value, -0)) return "-0.0";
  if (Number.isInteger(value) && Math.abs(value) >= 2 ** 31) return [value * SCALE];
  return value;
};
