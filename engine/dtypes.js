// The dtypes that operations have: NumPy's rules of promotion, by its names of dtypes.

const KINDS = "biufc"; // from the first letters of the dtypes' names
export const FLOATED = {
  bool: "float16",
  int8: "float16",
  uint8: "float16",
  int16: "float32",
  uint16: "float32",
};
const WEAK = { b: "bool", i: "int64", f: "float64", c: "complex128" };
export const bytes = (dtype) => (dtype === "bool" ? 1 : Number(/\d+/.exec(dtype)[0]) / 8);

/** The smallest dtype that holds both. */
export function promoted(one, other) {
  if (one === other) return one;
  if (KINDS.indexOf(one[0]) > KINDS.indexOf(other[0])) [one, other] = [other, one];
  if (one === "bool") return other;
  const [size, wider] = [bytes(one), bytes(other)];
  if (one[0] === other[0]) return size > wider ? one : other;
  if (other[0] === "u") {
    if (size > wider) return one;
    return { 1: "int16", 2: "int32", 4: "int64", 8: "float64" }[wider];
  }
  const least = one[0] === "f" ? size : { 1: 2, 2: 4, 4: 8, 8: 8 }[size];
  if (other[0] === "f") return `float${8 * Math.max(wider, least)}`;
  return least > 4 ? "complex128" : other;
}

/** The dtype in which arrays and numbers of Python meet. */
export function common(operands) {
  const strong = operands.filter(({ weak }) => !weak).map(({ value }) => value.dtype);
  const weak = operands.filter(({ weak }) => weak).map(({ weak }) => weak);
  if (strong.length === 0) return weak.map((kind) => WEAK[kind]).reduce(promoted);
  const dtype = strong.reduce(promoted);
  return weak.reduce((found, kind) => {
    const [has, wants] = [KINDS.indexOf(found[0]), KINDS.indexOf(kind)];
    if (wants <= has || (kind === "i" && found[0] === "u")) return found;
    if (kind !== "c") return WEAK[kind];
    return ["float32", "float16", "complex64"].includes(found) ? "complex64" : "complex128";
  }, dtype);
}
