// What the page's NumPy takes of numpy-ts: what is not named here is not in the bundle.

// biome-ignore format: a list of words reads best as words
export {
  ArrayStorage, NDArrayCore, absolute, add, all, any, arange, arccos, arccosh,
  arcsin, arcsinh, arctan, arctan2, arctanh, argmax, argmin, argsort, around, array,
  array_equal, array_split, asarray, bitwise_and, bitwise_not, bitwise_or,
  bitwise_xor, broadcast_shapes, broadcast_to, cbrt, ceil, clip, column_stack,
  concatenate, conj, copysign, cos, cosh, count_nonzero, cross, cumprod, cumsum,
  diag, diagonal, diff, divide, dot, einsum, equal, exp, exp2, expand_dims, expm1,
  eye, flatnonzero, flip, floor, floor_divide, fmax, fmin, frexp, full, geomspace,
  greater, greater_equal, hypot, identity, imag, inner, interp, invert, isfinite,
  isinf, isnan, isneginf, isposinf, kron, left_shift, less, less_equal, log,
  log10, log1p, log2, logaddexp, logaddexp2, logical_and, logical_not, logical_or,
  logical_xor, logspace, matmul, max, maximum, median, min, minimum, moveaxis,
  multiply, negative, nextafter, not_equal, outer, percentile, power, prod, ptp,
  quantile, real, reciprocal, remainder, reshape, right_shift, rint, roll,
  searchsorted, sign, signbit, sin, sinh, sort, sqrt, square, stack, subtract, sum,
  swapaxes, tan, tanh, trace, transpose, tril, triu, trunc, unique, vdot, where,
  zeros,
} from "numpy-ts/core";
export { linalg, random } from "./namespaces.js";
