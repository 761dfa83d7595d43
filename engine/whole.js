// Functions of whole numbers that numpy-ts has otherwise than NumPy.

import * as np from "./functions.js";
import { meeting, spread } from "./places.js";

/** A function of each pair of entries: of their remainder, too, which has the divisor's sign. */
const dividing = (work) => (a, b) => {
  const shape = meeting(a.shape, b.shape);
  const [one, other] = [a, b].map((x) => spread(x, shape).copy().data);
  const answer = np.zeros(shape, a.dtype);
  one.forEach((x, i) => {
    const y = other[i];
    // biome-ignore lint/suspicious/noDoubleEquals: of a number, or a bigint
    if (y == 0) return; // NumPy answers 0, with a warning
    const rest = x % y;
    answer.data[i] = work(x, y, rest && rest < 0 !== y < 0 ? rest + y : rest);
  });
  return answer;
};
export const remainder = dividing((x, y, rest) => rest);
export const floor_divide = dividing((x, y, rest) => (x - rest) / y);

export function power(a, b) {
  if (b.copy().data.some((n) => n < 0))
    throw new Error("Integers to negative integer powers are not allowed.");
  const shape = meeting(a.shape, b.shape);
  return np.power(...[a, b].map((x) => spread(x, shape).copy()));
}

export const [floor, ceil, trunc] = Array(3).fill((a) => a.copy());
