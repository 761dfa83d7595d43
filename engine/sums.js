// Sums in the order of NumPy's additions: numpy-ts adds one number after the other. And
// the largest and smallest number, where numpy-ts passes over NaN.

/** The sum of numbers in turn. */
export function inTurn(data, start, length, round) {
  let sum = length ? data[start] : 0;
  for (let i = 1; i < length; i++) sum = round(sum + data[start + i]);
  return sum;
}

/** The sum of numbers that lie side by side, by halves, as NumPy adds them. */
export function pairs(data, start, length, round) {
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
    pairs(data, start, middle, round) + pairs(data, start + middle, length - middle, round),
  );
}

/** The largest number, or the smallest, or NaN if one is: by `Math.max` or `Math.min`. */
export const extreme = (pick) => (data, start, length) => {
  let found = data[start];
  for (let i = 1; i < length; i++) found = pick(found, data[start + i]);
  return found;
};
