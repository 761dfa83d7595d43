// `linalg` and `random` of numpy-ts, with what the page's NumPy asks of them alone: there
// each is one object, of which a bundle takes all or nothing.

import { ArrayStorage, NDArrayCore } from "numpy-ts/core";
import {
  cholesky,
  det,
  eigh,
  eigvals,
  eigvalsh,
  inv,
  norm,
  solve,
} from "./node_modules/numpy-ts/dist/esm/common/ops/linalg.js";
import { default_rng } from "./node_modules/numpy-ts/dist/esm/common/ops/random.js";
import { given } from "./given.js";

// These functions take and give what is inside of arrays
const inside = (one) => (one instanceof NDArrayCore ? one.storage : one);
const known = (one) => (one instanceof ArrayStorage ? NDArrayCore.fromStorage(one) : one);
const ofArrays =
  (work) =>
  (...some) =>
    known(work(...some.map(inside)));
const each = (works) =>
  Object.fromEntries(Object.entries(works).map(([name, work]) => [name, ofArrays(work)]));

export const linalg = {
  ...each({ cholesky, det, eigvals, eigvalsh, inv, norm, solve }),
  eigh(a) {
    const { w, v } = eigh(inside(a));
    return { w: known(w), v: known(v) };
  },
};

const DRAWS = ["random", "standard_normal", "integers", "choice", "permutation"];

export const random = {
  default_rng(seed) {
    if (!given.random)
      throw new Error("random numbers come to this page with code that names them: np.random");
    const generator = default_rng(seed);
    return each(
      Object.fromEntries(DRAWS.map((name) => [name, (...some) => generator[name](...some)])),
    );
  },
};
