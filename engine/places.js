// Where the entries are that an index names: places in the flattened array.

import * as np from "./functions.js";
import { sized, tuple } from "./memory.js";

export class IndexError extends Error {}

export const same = (one, other) =>
  one.length === other.length && one.every((length, i) => length === other[i]);

/** The shape in which arrays of some shapes meet. */
export function meeting(...shapes) {
  try {
    return np.broadcast_shapes(...shapes.map((shape) => Array.from(shape)));
  } catch {
    const said = shapes.map((shape) => tuple(shape)).join(" ");
    throw new Error(`operands could not be broadcast together with shapes ${said} `);
  }
}

/** The entries of an array, repeated to a shape. */
export function spread(a, shape) {
  try {
    return np.broadcast_to(a, shape);
  } catch {
    const said = `from shape ${tuple(a.shape)} into shape ${tuple(shape)}`;
    throw new Error(`could not broadcast input array ${said}`);
  }
}

/** The strides of an array in the order of its entries. */
const strides = (shape) => {
  const found = [];
  let stride = 1;
  for (let axis = shape.length - 1; axis >= 0; axis--) {
    found[axis] = stride;
    stride *= shape[axis];
  }
  return found;
};

/** The places of entries that an index names, of which some parts are arrays. */
export function places(shape, index) {
  const steps = strides(shape);
  const dims = []; // of slices and new axes: [length, stride]
  const chosen = []; // by arrays: their numbers and the axis
  let start = 0;
  let axis = 0;
  let first = -1; // before which of the dims the arrays' axes come
  let apart = false;
  let last = -1;
  index.forEach((part, position) => {
    if (part === null) {
      dims.push([1, 0]);
    } else if (Array.isArray(part)) {
      const [from, count, step] = range(part, shape[axis]);
      if (count > 0) start += from * steps[axis];
      dims.push([count, step * steps[axis]]);
      axis++;
    } else {
      if (first < 0) first = dims.length;
      else if (last !== position - 1) apart = true;
      last = position;
      const arrays =
        typeof part === "number" ? [np.full([], part, "int64")] : indices(part, shape, axis);
      for (const one of arrays) chosen.push({ one, axis: axis++ });
    }
  });
  for (; axis < shape.length; axis++) dims.push([shape[axis], steps[axis]]);
  const together = meeting(...chosen.map(({ one }) => one.shape));
  const size = sized(together);
  const offsets = new Array(size).fill(start);
  for (const { one, axis: at } of chosen) {
    const filled = np.broadcast_to(one, together);
    for (let i = 0; i < size; i++) {
      const asked = Number(filled.iget(i));
      const place = asked < 0 ? asked + shape[at] : asked;
      if (place < 0 || place >= shape[at])
        throw new IndexError(
          `index ${asked} is out of bounds for axis ${at} with size ${shape[at]}`,
        );
      offsets[i] += place * steps[at];
    }
  }
  const before = apart ? [] : dims.slice(0, first);
  const after = apart ? dims : dims.slice(first);
  const flat = [];
  for (const one of offsetsOf(before))
    for (const chosenOne of offsets)
      for (const other of offsetsOf(after)) flat.push(one + chosenOne + other);
  return { flat, shape: [...before.map(([n]) => n), ...together, ...after.map(([n]) => n)] };
}

/** The offsets of all entries of some axes. */
function offsetsOf(dims) {
  return dims.reduce(
    (found, [length, stride]) =>
      found.flatMap((at) => Array.from({ length }, (_, i) => at + i * stride)),
    [0],
  );
}

/** The arrays of numbers that a part of an index stands for. */
function indices(part, shape, axis) {
  if (part.dtype === "bool") {
    const wanted = shape.slice(axis, axis + part.ndim);
    if (!same(wanted, Array.from(part.shape)))
      throw new IndexError(
        `boolean index did not match indexed array along axis ${axis}; size of axis is ${wanted} but size of corresponding boolean axis is ${part.shape}`,
      );
    const steps = strides(part.shape);
    const set = [];
    for (let i = 0; i < part.size; i++) if (part.iget(i)) set.push(i);
    return steps.map((step, at) => numbers(set.map((i) => Math.floor(i / step) % part.shape[at])));
  }
  if (!/int/.test(part.dtype) && part.size > 0)
    throw new IndexError("arrays used as indices must be of integer (or boolean) type");
  return [part];
}

/** Whole numbers, as an array. */
function numbers(values) {
  const a = np.zeros([values.length], "int64");
  values.forEach((value, i) => {
    a.data[i] = BigInt(value);
  });
  return a;
}

/** The places of entries along one axis, one for each index. */
export function along(shape, given, axis) {
  const at = axis < 0 ? axis + shape.length : axis;
  const others = shape.map((length, i) => (i === at ? 1 : length));
  const mine = Array.from(given.shape).map((length, i) => (i === at ? 1 : length));
  const wanted = np.broadcast_shapes(others, mine);
  wanted[at] = given.shape[at];
  const steps = strides(shape);
  const index = np.broadcast_to(given, wanted);
  const within = strides(wanted);
  const flat = [];
  for (let i = 0; i < index.size; i++) {
    const asked = Number(index.iget(i));
    const place = asked < 0 ? asked + shape[at] : asked;
    if (place < 0 || place >= shape[at])
      throw new IndexError(`index ${asked} is out of bounds for axis ${at} with size ${shape[at]}`);
    let offset = place * steps[at];
    wanted.forEach((length, other) => {
      if (other !== at && shape[other] > 1)
        offset += (Math.floor(i / within[other]) % length) * steps[other];
    });
    flat.push(offset);
  }
  return { flat, shape: wanted };
}

/** Python's slice of a length: where it starts, how many, by which step. */
export function range([start, stop, step], length) {
  step ??= 1;
  if (step === 0) throw new Error("slice step cannot be zero");
  const clip = (value, low, high) =>
    Math.min(Math.max(value < 0 ? value + length : value, low), high);
  const first =
    start === null
      ? step > 0
        ? 0
        : length - 1
      : step > 0
        ? clip(start, 0, length)
        : clip(start, -1, length - 1);
  const last =
    stop === null
      ? step > 0
        ? length
        : -1
      : step > 0
        ? clip(stop, 0, length)
        : clip(stop, -1, length - 1);
  return [first, Math.max(0, Math.ceil((last - first) / step)), step];
}
