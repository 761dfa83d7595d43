// Functions of complex numbers that numpy-ts has otherwise than NumPy.

import * as np from "./functions.js";
import { meeting } from "./places.js";

/** numpy-ts multiplies an infinite size by the sine of 0, which is NaN. */
export function exp(a) {
  const answer = np.exp(a).copy();
  const from = a.copy().data;
  const { data } = answer;
  for (let i = 1; i < data.length; i += 2) if (from[i] === 0) data[i] = from[i];
  return answer;
}

/** numpy-ts divides by the square of a size, which over- and underflows: by Smith's way. */
export function divide(a, b) {
  const shape = meeting(a.shape, b.shape);
  const [{ data: one }, { data: other }] = [a, b].map((x) => np.broadcast_to(x, shape).copy());
  const answer = np.zeros(shape, a.dtype);
  for (let i = 0; i < one.length; i += 2) {
    // The larger part of the divisor is to be the first: otherwise both are turned by i
    const turned = Math.abs(other[i]) < Math.abs(other[i + 1]);
    const [c, d] = turned ? [other[i + 1], other[i]] : [other[i], other[i + 1]];
    const ratio = c === 0 ? 0 : d / c;
    const scale = 1 / (c + d * ratio);
    const [x, y] = [one[i], one[i + 1]];
    answer.data[i] = (turned ? x * ratio + y : x + y * ratio) * scale;
    answer.data[i + 1] = (turned ? y * ratio - x : y - x * ratio) * scale;
  }
  return answer;
}

export const reciprocal = (a) => divide(np.full([], 1, a.dtype), a);

/** By its logarithm, except where the exponent is a small whole number. */
export function power(a, b) {
  const shape = meeting(a.shape, b.shape);
  const [one, other] = [a, b].map((x) => np.broadcast_to(x, shape).copy());
  const answer = np.power(one, other);
  for (let i = 0; i < other.data.length; i += 2) {
    const [n, rest] = [other.data[i], other.data[i + 1]];
    if (rest !== 0 || !Number.isInteger(n) || n < 1 || n > 100) continue;
    const [x, y] = [one.data[i], one.data[i + 1]];
    let [u, v] = [x, y];
    for (let k = 1; k < n; k++) [u, v] = [u * x - v * y, u * y + v * x];
    [answer.data[i], answer.data[i + 1]] = [u, v];
  }
  return answer;
}
