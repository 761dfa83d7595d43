// Arrays for the page's Python: numpy-ts, behind what MicroPython can hand over.
//
// MicroPython cannot catch an exception of JavaScript, and takes each number without a
// fraction for an integer of 32 bits. So every function here answers, and `failure`
// says what went wrong; and numbers cross by `out`, which loses nothing.

import * as np from "numpy-ts/core";
import { describe, digits, number, text } from "./printing.js";

const { ArrayStorage, NDArrayCore } = np;
const MOST = 2 ** 24; // entries of an array: 128 MiB of float64

let failure = "";

/** The function, with what it throws kept for `failure`. */
const answering =
  (work) =>
  (...given) => {
    try {
      failure = "";
      return work(...given) ?? null;
    } catch (error) {
      failure = `${error instanceof RangeError ? "IndexError" : "ValueError"}:${error.message}`;
      return null;
    }
  };

const sized = (shape) => {
  const size = shape.reduce((product, length) => product * length, 1);
  if (size > MOST)
    throw new Error(`an array of ${size} entries is too large for this page`);
  return size;
};
const same = (one, other) =>
  one.length === other.length && one.every((length, i) => length === other[i]);
const whole = (a) =>
  a.flags.C_CONTIGUOUS && storage(a).offset === 0 ? a : a.copy();
const storage = (a) => a.storage;
const wrap = (data, shape, dtype, strides, offset) =>
  NDArrayCore.fromStorage(
    ArrayStorage.fromData(data, shape, dtype, strides, offset),
  );

/** A number as MicroPython takes it: as it is, or scaled, where it would be cut. */
const SCALE = 2 ** -1000; // what is cut is 2³¹ at least, so that this is exact
export const out = (value) => {
  if (typeof value === "bigint") value = Number(value);
  if (Object.is(value, -0)) return "-0.0";
  if (Number.isInteger(value) && Math.abs(value) >= 2 ** 31)
    return [value * SCALE];
  return value;
};

const Arrays = {
  /** An array of numbers in a flat list (of pairs, where they are complex). */
  make(flat, shape, dtype) {
    shape = Array.from(shape);
    const size = sized(shape);
    const a = np.zeros(shape, dtype);
    const { data } = a;
    if (dtype === "int64" || dtype === "uint64")
      for (let i = 0; i < size; i++) data[i] = BigInt(flat[i]);
    else data.set(flat);
    return a;
  },

  full(shape, value, dtype) {
    sized(shape);
    return Arrays.broadcast(Arrays.cast(value, dtype), shape).copy();
  },

  shape: (a) => a.shape.join(),
  axes: (a) => a.ndim,
  dtype: (a) => a.dtype,
  strided: (a) => a.flags.C_CONTIGUOUS,
  // numpy-ts converts the numbers as they lie in memory: a view is copied first
  cast: (a, dtype) => whole(a).astype(dtype, true),
  copy: (a) => a.copy(),
  text: (a, scalar, bare) => (bare ? text(a) : describe(a, scalar)),

  /** One entry, by its place in the flattened array. */
  item(a, place) {
    const value = a.iget(place);
    if (value !== null && typeof value === "object")
      return ["j", out(value.re), out(value.im)];
    return a.dtype === "bool" ? Boolean(value) : out(value);
  },

  /** All entries, nested as they stand. */
  list(a) {
    const entry = (i) => Arrays.item(a, i);
    return Array.from({ length: a.size }, (_, i) => entry(i));
  },

  /** A function of numpy-ts, by its name. */
  call(name, ...given) {
    const path = name.split(".");
    const work = path.reduce((found, part) => found?.[part], np);
    if (typeof work !== "function") throw new Error(`no function ${name} here`);
    return known(work(...given));
  },

  /** A function of each pair of entries. */
  pairwise(name, a, b) {
    const shape = np.broadcast_shapes(Array.from(a.shape), Array.from(b.shape));
    const spread = (one) =>
      one.dtype.startsWith("complex") ? np.broadcast_to(one, shape).copy() : one;
    const answer = known(np[name](spread(a), spread(b)));
    // numpy-ts takes one entry on the right for a number, and forgets its axes
    return same(answer.shape, shape) ? answer : np.reshape(answer, shape);
  },

  /** Sums along some axes, in the order of NumPy's additions: see `pairs`. */
  sum(a, ...axes) {
    if (a.dtype !== "float64" && a.dtype !== "float32") {
      return known(axes.length ? np.sum(a, axes) : np.sum(a));
    }
    const all = [...a.shape.keys()];
    const over = axes.length ? axes.map((axis) => (axis < 0 ? axis + all.length : axis)) : all;
    const kept = all.filter((axis) => !over.includes(axis));
    const shape = kept.map((axis) => a.shape[axis]);
    const rows = shape.reduce((product, length) => product * length, 1);
    const length = rows ? a.size / rows : 0;
    const { data } = np.transpose(a, [...kept, ...over]).copy();
    const sums = np.zeros(shape, a.dtype);
    const round = a.dtype === "float32" ? Math.fround : (x) => x;
    const last = over.includes(all.length - 1);
    for (let row = 0; row < rows; row++)
      sums.data[row] = (last ? pairs : inTurn)(data, row * length, length, round);
    return sums;
  },

  has(name) {
    return typeof name.split(".").reduce((o, part) => o?.[part], np) === "function";
  },

  broadcast(a, shape) {
    sized(shape);
    return np.broadcast_to(a, Array.from(shape));
  },

  /** Basic indexing: numbers, slices [start, stop, step], null for a new axis. */
  view(a, ...index) {
    const { data, dtype } = a;
    const from = storage(a);
    const shape = [];
    const strides = [];
    let { offset } = from;
    let axis = 0;
    for (const part of index) {
      if (part === null) {
        shape.push(1);
        strides.push(0);
        continue;
      }
      const length = from.shape[axis];
      const stride = from.strides[axis];
      if (typeof part === "number") {
        const place = part < 0 ? part + length : part;
        if (place < 0 || place >= length)
          throw new RangeError(
            `index ${part} is out of bounds for axis ${axis} with size ${length}`,
          );
        offset += place * stride;
      } else {
        const [start, count, step] = range(part, length);
        if (count > 0) offset += start * stride;
        shape.push(count);
        strides.push(stride * step);
      }
      axis++;
    }
    for (; axis < from.shape.length; axis++) {
      shape.push(from.shape[axis]);
      strides.push(from.strides[axis]);
    }
    return wrap(data, shape, dtype, strides, offset);
  },

  /** Write into a view, or into the places of one that are named. */
  assign(target, value, places) {
    const into = storage(target);
    if (places === null) {
      const from = np.broadcast_to(value, Array.from(target.shape)).copy().astype(target.dtype, true);
      for (let i = 0; i < from.size; i++) into.iset(i, from.iget(i));
      return true;
    }
    const from = np.broadcast_to(value, Array.from(places.shape)).copy().astype(target.dtype, true);
    for (let i = 0; i < places.size; i++)
      into.iset(Number(places.iget(i)), from.iget(i));
    return true;
  },

  /** Add into named places, one after the other: a place may be named twice. */
  accumulate(target, value, places, sign) {
    const into = storage(target);
    const from = np.broadcast_to(value, Array.from(places.shape));
    for (let i = 0; i < places.size; i++) {
      const place = Number(places.iget(i));
      into.iset(place, Number(into.iget(place)) + sign * Number(from.iget(i)));
    }
    return true;
  },

  /** The entries in named places. */
  gather(a, places) {
    const from = storage(a);
    const taken = np.zeros(Array.from(places.shape), a.dtype);
    for (let i = 0; i < places.size; i++)
      taken.storage.iset(i, from.iget(Number(places.iget(i))));
    return taken;
  },

  kind: (answer) =>
    answer instanceof NDArrayCore ? "array" : Array.isArray(answer) ? "list" : "other",

  /** A number in digits, rounded as Python rounds it; see printing.js. */
  digits: (value, type, places) => digits(Number(value), type, places),
  shown: (value) => number(value),

  math: (name, ...given) => out(Math[name](...given)),

  generator: (seed) => np.random.default_rng(seed),
  draw(generator, name, ...given) {
    return known(generator[name](...given));
  },
};

/** The sum of numbers in turn. */
function inTurn(data, start, length, round) {
  let sum = length ? data[start] : 0;
  for (let i = 1; i < length; i++) sum = round(sum + data[start + i]);
  return sum;
}

/** The sum of numbers that lie side by side, by halves, as NumPy adds them. */
function pairs(data, start, length, round) {
  if (length < 8) {
    let sum = -0;
    for (let i = 0; i < length; i++) sum = round(sum + data[start + i]);
    return length ? sum : 0;
  }
  if (length <= 128) {
    const r = Array.from(data.subarray(start, start + 8));
    let i = 8;
    for (; i < length - (length % 8); i += 8)
      for (let k = 0; k < 8; k++) r[k] = round(r[k] + data[start + i + k]);
    const half = (a) => round(round(r[a] + r[a + 1]) + round(r[a + 2] + r[a + 3]));
    let sum = round(half(0) + half(4));
    for (; i < length; i++) sum = round(sum + data[start + i]);
    return sum;
  }
  const middle = Math.floor(length / 2) - (Math.floor(length / 2) % 8);
  return round(
    pairs(data, start, middle, round) +
      pairs(data, start + middle, length - middle, round),
  );
}

/** What Python can hold: an array, or one number as an array without axes. */
function known(answer) {
  if (answer instanceof NDArrayCore) return answer;
  if (Array.isArray(answer)) return answer.map(known);
  if (typeof answer === "number") return np.full([], answer, "float64");
  if (typeof answer === "bigint") return np.full([], answer, "int64");
  if (typeof answer === "boolean") return np.full([], answer ? 1 : 0, "bool");
  if (answer !== null && typeof answer === "object" && "re" in answer)
    return np.array([answer]).reshape?.([]) ?? np.reshape(np.array([answer]), []);
  return answer;
}

/** Python's slice of a length: where it starts, how many, by which step. */
function range([start, stop, step], length) {
  step ??= 1;
  if (step === 0) throw new Error("slice step cannot be zero");
  const clip = (value, low, high) =>
    Math.min(Math.max(value < 0 ? value + length : value, low), high);
  const first =
    start === null
      ? step > 0 ? 0 : length - 1
      : step > 0 ? clip(start, 0, length) : clip(start, -1, length - 1);
  const last =
    stop === null
      ? step > 0 ? length : -1
      : step > 0 ? clip(stop, 0, length) : clip(stop, -1, length - 1);
  return [first, Math.max(0, Math.ceil((last - first) / step)), step];
}

export const arrays = Object.fromEntries(
  Object.entries(Arrays).map(([name, work]) => [name, answering(work)]),
);
arrays.failure = () => failure;
