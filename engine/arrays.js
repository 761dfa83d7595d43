// Arrays for the page's Python: numpy-ts, behind what MicroPython can hand over.
//
// Every function here answers, and `failure` says what went wrong; numbers cross by
// `out`, which loses nothing: see crossing.js.

import * as complex from "./complex.js";
import { OverflowError, answering, failure, out } from "./crossing.js";
import { FLOATED, common, promoted } from "./dtypes.js";
import { format } from "./formats.js";
import * as np from "./functions.js";
import { MemoryError, begin, size, sized, tuple } from "./memory.js";
import { IndexError, along, meeting, places, range, same, spread } from "./places.js";
import { describe, digits, number, text } from "./printing.js";
import { singular } from "./singular.js";
import { extreme, inTurn, pairs } from "./sums.js";
import * as whole from "./whole.js";

const { ArrayStorage, NDArrayCore } = np;
const COMPARED = /equal$|^less$|^greater$/;
const USUAL = /equal$|^less$|^greater$|^add$|^subtract$|^multiply$|^divide$|imum$|^power$/;
const SMALL = /^u?int(8|16|32)$/;
const EXTREMES = new Set(["max", "min"]);
const OF_ROWS = new Set(["sum", ...EXTREMES]);

// A property of an object is read five times as fast as a function is called
Object.defineProperty(NDArrayCore.prototype, "lengths", {
  get() {
    return this.shape.join();
  },
});

const inOrder = (a) => (a.flags.C_CONTIGUOUS && storage(a).offset === 0 ? a : a.copy());
const storage = (a) => a.storage;
const wrap = (data, shape, dtype, strides, offset) =>
  NDArrayCore.fromStorage(ArrayStorage.fromData(data, shape, dtype, strides, offset));

/** Half precision, which a browser has since 2025 or not at all. */
const within = (dtype) => {
  if (dtype === "float16" && !globalThis.Float16Array)
    throw new Error("this browser has no half precision (Float16Array)");
  return dtype;
};

const Arrays = {
  /**
   * An array of numbers in a flat list: of pairs, where they are complex, and of text,
   * where they are whole and no double is.
   */
  make(flat, shape, dtype) {
    shape = Array.from(shape);
    const size = sized(shape, dtype);
    const a = np.zeros(shape, within(dtype));
    const { data } = a;
    if (dtype.endsWith("int64")) for (let i = 0; i < size; i++) data[i] = BigInt(flat[i]);
    else data.set(flat);
    if (dtype.includes("int"))
      for (let i = 0; i < size; i++)
        // biome-ignore lint/suspicious/noDoubleEquals: of a number, a bigint, a text
        if (data[i] != flat[i])
          throw new OverflowError(`Python integer ${flat[i]} out of bounds for ${dtype}`);
    return a;
  },

  full: (shape, value, dtype) => Arrays.broadcast(Arrays.cast(value, dtype), shape).copy(),
  eye(n, m, k, dtype) {
    sized([n, m], dtype);
    return np.eye(n, m, k, within(dtype));
  },
  arange(start, stop, step, dtype) {
    sized([Math.max(0, Math.ceil((stop - start) / step))], dtype);
    return np.arange(start, stop, step, within(dtype));
  },

  strided: (a) => a.flags.C_CONTIGUOUS,
  // numpy-ts converts the numbers as they lie in memory: a view is copied first
  cast: (a, dtype) =>
    dtype === "bool" && a.dtype[0] === "c"
      ? np.not_equal(a, np.zeros([], a.dtype))
      : inOrder(a).astype(within(dtype), true),
  copy: (a) => a.copy(),
  text: (a, scalar, bare) => (bare ? text(a) : describe(a, scalar)),

  /** One entry, by its place in the flattened array. */
  item(a, place) {
    const value = a.iget(place);
    if (value !== null && typeof value === "object") return ["j", out(value.re), out(value.im)];
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
    const answer = work(...given);
    // A number has lost its dtype, which a place has not
    const float =
      typeof answer === "number" && !/^arg/.test(name) && /^float/.exec(given[0]?.dtype);
    return float ? np.full([], answer, float.input) : known(answer);
  },

  /** A function of arrays that first become of one dtype. */
  together(name, a, b) {
    const pair = alike([a, b]);
    const [answer, { dtype }] = [Arrays.call(name, ...pair), pair[0]];
    return answer.dtype === dtype ? answer : Arrays.cast(answer, dtype);
  },
  sought: (a, b, side) => known(np.searchsorted(...alike([a, b]), side)),
  reshape(a, given) {
    const shape = Array.from(given);
    const rest = size(shape.filter((length) => length !== -1));
    const wanted = shape.map((length) =>
      length === -1 ? Math.floor(a.size / (rest || 1)) : length,
    );
    if (size(wanted) !== a.size)
      throw new Error(`cannot reshape array of size ${a.size} into shape ${tuple(shape)}`);
    return np.reshape(a, wanted);
  },
  shapes: (...given) => meeting(...given.map((shape) => Array.from(shape))).join(),
  /** One array of several. */
  joined: (name, axis, ...given) => known(np[name](alike(given), axis)),

  /** Entries of the one where a condition holds, and of the other elsewhere. */
  where(condition, ...given) {
    const operands = paired(given);
    const dtype = common(operands);
    const [x, y] = operands.map((operand) => cast(operand, dtype));
    if (condition.dtype !== "bool") condition = Arrays.cast(condition, "bool");
    // numpy-ts fits nothing to an array without entries
    if (condition.size * x.size * y.size === 0)
      return np.zeros(meeting(condition.shape, x.shape, y.shape), dtype);
    return known(np.where(condition, x, y));
  },

  /** A function of each pair of entries. */
  pairwise(name, a, b) {
    if (name === "nextafter" && a.dtype !== "float64")
      throw new Error("the page's NumPy has nextafter for float64 alone");
    const shape = meeting(a.shape, b.shape);
    // numpy-ts fits arrays to one another in the usual functions of real numbers alone
    const usual = a.dtype[0] !== "c" && USUAL.test(name);
    const fitted = (one) => (usual ? one : np.broadcast_to(one, shape).copy());
    sized(shape, a.dtype);
    const answer = known(np[name](fitted(a), fitted(b)));
    // numpy-ts takes one entry on the right for a number, and forgets its axes
    return same(answer.shape, shape) ? answer : np.reshape(answer, shape);
  },

  /** Sums, products, extremes, "all" and "any", along some axes or all of them. */
  reduce(name, a, keepdims, ...given) {
    const bare = a.ndim === 0;
    if (bare) a = np.reshape(a, [1]);
    if (new Set(given).size < given.length) throw new Error("duplicate value in 'axis'");
    for (const axis of given)
      if (axis < -a.ndim || axis >= a.ndim)
        throw new Error(
          `axis ${axis} is out of bounds for array of dimension ${bare ? 0 : a.ndim}`,
        );
    const axes = given.map((axis) => (axis < 0 ? axis + a.ndim : axis));
    const over = axes.length ? axes : [...a.shape.keys()];
    if (EXTREMES.has(name) && over.some((axis) => a.shape[axis] === 0))
      throw new Error(`zero-size array to reduction operation ${name}imum which has no identity`);
    if (a.dtype === "bool" && (name === "sum" || name === "prod")) a = Arrays.cast(a, "int64");
    const { dtype } = a;
    const ours = OF_ROWS.has(name) && (dtype === "float64" || dtype === "float32");
    let answer = ours
      ? ofRows(name, a, over)
      : known(axes.length ? np[name](a, axes) : np[name](a));
    const wanted = name === "all" || name === "any" ? "bool" : dtype;
    if (answer.dtype !== wanted) answer = Arrays.cast(answer, wanted);
    if (!keepdims || bare) return answer;
    return np.reshape(
      answer,
      Array.from(a.shape, (n, axis) => (over.includes(axis) ? 1 : n)),
    );
  },

  has(name) {
    return typeof name.split(".").reduce((o, part) => o?.[part], np) === "function";
  },

  broadcast(a, given) {
    const shape = Array.from(given);
    sized(shape, a.dtype);
    return spread(a, shape);
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
          throw new IndexError(
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

  /** Write into a view. */
  assign(target, value) {
    const into = storage(target);
    const from = Arrays.cast(spread(value, Array.from(target.shape)), target.dtype);
    for (let i = 0; i < from.size; i++) into.iset(i, from.iget(i));
    return true;
  },

  /** Whether an index of arrays is in bounds, as an array of places; see `places`. */
  at: (a, ...index) => taken(a, places(a.shape, index)),
  along: (a, indices, axis) => taken(a, along(a.shape, indices, axis)),

  put(a, value, ...index) {
    return written(a, places(a.shape, index), value);
  },
  putAlong(a, value, indices, axis) {
    return written(a, along(a.shape, indices, axis), value);
  },

  /** Add into places, one after the other: a place may be named twice. */
  accumulate(a, value, sign, ...index) {
    const into = storage(a);
    const { flat, shape } = places(a.shape, index);
    const from = spread(value, shape);
    const type = typeof into.iget(0) === "bigint" ? BigInt : Number;
    flat.forEach((place, i) =>
      into.iset(place, type(into.iget(place)) + type(sign) * type(from.iget(i))),
    );
    return true;
  },

  /** A function of entries, of arrays and of numbers of Python, which are weak. */
  ufunc(name, floated, ...given) {
    const operands = paired(given);
    let dtype = common(operands);
    if (COMPARED.test(name) && SMALL.test(dtype)) dtype = "int64"; // 300 is no uint8, but larger
    if (floated.includes(dtype[0])) dtype = (name !== "divide" && FLOATED[dtype]) || "float64";
    const ready = operands.map((operand) => cast(operand, dtype));
    const own = { c: complex, i: whole, u: whole }[dtype[0]]?.[name];
    if (own) return own(...ready);
    if (ready.length === 1) return known(np[name](ready[0]));
    return Arrays.pairwise(name, ...ready);
  },
  common: (...given) => common(paired(given)),
  promoted: (...names) => names.reduce(promoted),

  /** [U, s, Vᵀ] of a matrix that has at least as many rows as columns. */
  singular(a) {
    const [m, n] = a.shape;
    const { u, s, vt } = singular(a.copy().data, m, n);
    const made = (flat, shape) => Arrays.make(flat, shape, "float64");
    return [made(u, [m, n]), made(s, [n]), made(vt, [n, n])];
  },

  kind: (answer) =>
    answer instanceof NDArrayCore ? "array" : Array.isArray(answer) ? "list" : "other",

  format,
  /** A number in digits, rounded as Python rounds it; see printing.js. */
  digits: (value, type, places) => digits(Number(value), type, places),
  shown: (value) => number(value),
  math: (name, ...given) => number(Math[name](...given)),

  generator: (seed) => np.random.default_rng(seed),
  draw(generator, name, ...given) {
    try {
      for (const one of given) if (Array.isArray(one)) sized(one);
      return known(generator[name](...given));
    } catch (error) {
      if (!error.message.startsWith("WASM OOM")) throw error;
      throw new MemoryError("more random numbers at once than this page has room for");
    }
  },
};

/** Arrays, as arrays of one dtype. */
function alike(given) {
  const dtype = given.map((one) => one.dtype).reduce(promoted);
  return given.map((one) => (one.dtype === dtype ? one : Arrays.cast(one, dtype)));
}

/** What comes in pairs: an array and "", or a number of Python and its kind. */
const paired = (given) =>
  given.flatMap((value, i) => (i % 2 ? [] : [{ value, weak: given[i + 1] }]));

const cast = ({ value, weak }, dtype) => {
  if (weak) return number0(value, dtype);
  return value.dtype === dtype ? value : Arrays.cast(value, dtype);
};

/** A number of Python as an array without axes. */
function number0(value, dtype) {
  if (dtype.startsWith("complex")) {
    const parts = typeof value === "object" ? Array.from(value) : [Number(value), 0];
    return Arrays.make(parts, [], dtype);
  }
  return Arrays.make([dtype.endsWith("int64") ? value : Number(value)], [], dtype);
}

/** Sums in the order of NumPy's additions, and extremes that NaN is one of: see `sums.js`. */
function ofRows(name, a, over) {
  const kept = [...a.shape.keys()].filter((axis) => !over.includes(axis));
  const shape = kept.map((axis) => a.shape[axis]);
  const rows = size(shape);
  const length = rows ? a.size / rows : 0;
  const { data } = np.transpose(a, [...kept, ...over]).copy();
  const found = np.zeros(shape, a.dtype);
  const round = a.dtype === "float32" ? Math.fround : (x) => x;
  const sum = over.includes(a.ndim - 1) ? pairs : inTurn;
  const work = name === "sum" ? sum : extreme(Math[name]);
  for (let row = 0; row < rows; row++)
    found.data[row] = 0 + work(data, row * length, length, round); // 0 for −0
  return found;
}

function taken(a, { flat, shape }) {
  const found = np.zeros(shape, a.dtype);
  const from = inOrder(a);
  if (a.dtype.startsWith("complex"))
    flat.forEach((place, i) => {
      found.data[2 * i] = from.data[2 * place];
      found.data[2 * i + 1] = from.data[2 * place + 1];
    });
  else
    flat.forEach((place, i) => {
      found.data[i] = from.data[place];
    });
  return found;
}

function written(a, { flat, shape }, value) {
  const into = storage(a);
  const from = Arrays.cast(spread(value, shape), a.dtype);
  flat.forEach((place, i) => into.iset(place, from.iget(i)));
  return true;
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

export const arrays = Object.fromEntries(
  Object.entries(Arrays).map(([name, work]) => [name, answering(work)]),
);
arrays.failure = failure;
arrays.begin = begin;
