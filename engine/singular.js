// Singular values, from rotations of the columns: numpy-ts takes the roots of the
// eigenvalues of a product, and keeps half of the digits of a small one.

/** U, s and Vᵀ of a matrix of m ≥ n rows in a flat list, by one-sided Jacobi rotations. */
export function singular(flat, m, n) {
  // The squares of very large and very small numbers are none
  const most = flat.reduce((found, value) => Math.max(found, Math.abs(value)), 0);
  const scale = most ? 2 ** Math.max(-1022, Math.floor(Math.log2(most))) : 1;
  const columns = Array.from({ length: n }, (_, j) =>
    Float64Array.from({ length: m }, (_, i) => flat[i * n + j] / scale),
  );
  const turns = Array.from({ length: n }, (_, j) =>
    Float64Array.from({ length: n }, (_, i) => Number(i === j)),
  );
  const dot = (a, b) => a.reduce((sum, value, i) => sum + value * b[i], 0);
  for (let sweep = 0, turned = true; turned && sweep < 60; sweep++) {
    turned = false;
    for (let p = 0; p < n - 1; p++)
      for (let q = p + 1; q < n; q++) {
        const [alpha, beta] = [dot(columns[p], columns[p]), dot(columns[q], columns[q])];
        const gamma = dot(columns[p], columns[q]);
        if (Math.abs(gamma) <= Number.EPSILON * Math.sqrt(alpha * beta)) continue;
        turned = true;
        const zeta = (beta - alpha) / (2 * gamma);
        const t = (zeta < 0 ? -1 : 1) / (Math.abs(zeta) + Math.hypot(1, zeta));
        const c = 1 / Math.hypot(1, t);
        for (const [a, b] of [
          [columns[p], columns[q]],
          [turns[p], turns[q]],
        ])
          for (let i = 0; i < a.length; i++)
            [a[i], b[i]] = [c * (a[i] - t * b[i]), c * (t * a[i] + b[i])];
      }
  }
  const sizes = columns.map((column) => Math.sqrt(dot(column, column)));
  const order = [...sizes.keys()].sort((i, j) => sizes[j] - sizes[i]);
  return {
    s: order.map((j) => sizes[j] * scale),
    u: Array.from({ length: m }, (_, i) =>
      order.map((j) => (sizes[j] > 0 ? columns[j][i] / sizes[j] : 0)),
    ).flat(),
    vt: order.flatMap((j) => Array.from(turns[j])),
  };
}
