// The mathematics of the figures that move. Each function has the name of one in
// `snippets`, computes what that one computes, and is compared with it by
// tests/test_living.py at a thousand inputs and more: it cannot drift.
//
// Logits, distributions and labels are arrays over the classes; amounts are in nats.

const sum = (terms) => terms.reduce((total, term) => total + term, 0);
const dot = (a, b) => sum(a.map((value, k) => value * b[k]));

/** e_c: 1 at a class, counted from 0, and 0 elsewhere. */
export const unit = (label, size) => Array.from({ length: size }, (_, k) => Number(k === label));

const labelOf = (target, size) => (Array.isArray(target) ? target : unit(target, size));

/** Log-sum-exp: log Σ e^{z_k}. */
export function logsumexp(z) {
  const m = Math.max(...z);
  return m + Math.log(sum(z.map((value) => Math.exp(value - m))));
}

/** p_k = e^{z_k} / Σ e^{z_m}. */
export function softmax(z) {
  const m = Math.max(...z);
  const e = z.map((value) => Math.exp(value - m));
  const total = sum(e);
  return e.map((value) => value / total);
}

/** log p_k, without the probabilities. */
export function logSoftmax(z) {
  const m = Math.max(...z);
  const a = Math.log(sum(z.map((value) => Math.exp(value - m))));
  return z.map((value) => value - m - a);
}

/** L = −Σ y_k log p_k; the target is a class, counted from 0, or a distribution. */
export function crossEntropy(z, target) {
  const y = labelOf(target, z.length);
  return -sum(logSoftmax(z).map((value, k) => (y[k] ? y[k] * value : 0)));
}

/** ∇_z L = p − y. */
export function crossEntropyGradient(z, target) {
  const y = labelOf(target, z.length);
  return softmax(z).map((value, k) => value - y[k]);
}

/** H(q, p) = −Σ q_k log p_k; infinite where p excludes what q has. */
export const crossEntropyBetween = (q, p) =>
  -sum(q.map((share, k) => (share > 0 ? share * Math.log(p[k]) : 0)));

/** H(q) = −Σ q_k log q_k. */
export const entropy = (q) => crossEntropyBetween(q, q);

/** KL(q ‖ p) = Σ q_k log (q_k / p_k); rounding may leave −1e-17 if p is near q. */
export const klDivergence = (q, p) =>
  Math.max(
    0,
    sum(q.map((share, k) => (share > 0 ? share * (Math.log(share) - Math.log(p[k])) : 0))),
  );

/** softmax(z / T). */
export const temperedSoftmax = (z, temperature) => softmax(z.map((value) => value / temperature));

/** (1 − ε) y + ε / K. */
export const smoothLabels = (y, epsilon) =>
  y.map((value) => (1 - epsilon) * value + epsilon / y.length);

/** S v = p ⊙ (v − (pᵀv) 1), with S = diag(p) − p pᵀ. */
export function hessianProduct(z, v) {
  const p = softmax(z);
  const mean = dot(p, v);
  return p.map((value, k) => value * (v[k] - mean));
}

/** The natural gradient of the loss: minus label over probability, centred. */
export function naturalGradient(z, label) {
  const p = softmax(z);
  const ratio = labelOf(label, z.length).map((value, k) => value / p[k]);
  const mean = sum(ratio) / z.length;
  return ratio.map((value) => mean - value);
}

/** σ(z) = 1 / (1 + e^{−z}). */
export function sigmoid(z) {
  const e = Math.exp(-Math.abs(z));
  return z >= 0 ? 1 / (1 + e) : e / (1 + e);
}

/** −[y log σ(z) + (1 − y) log(1 − σ(z))], from the logit. */
export const binaryCrossEntropy = (z, y) =>
  Math.max(z, 0) - y * z + Math.log1p(Math.exp(-Math.abs(z)));

/** σ(z) − y. */
export const binaryCrossEntropyGradient = (z, y) => sigmoid(z) - y;

/** −[y log p + (1 − y) log(1 − p)], from the probability; y is 0 or 1. */
export const bernoulliNll = (p, y) => -(y ? Math.log(p) : Math.log1p(-p));

/** n_k / Σ n_m: the frequencies are the maximum-likelihood estimate. */
export function categoricalMle(counts) {
  const total = sum(counts);
  return counts.map((count) => count / total);
}

/** ½ ‖p − y‖²; with two classes it counts the error of one probability twice. */
export const squaredError = (z, target) =>
  sum(crossEntropyGradient(z, target).map((error) => error ** 2)) / 2;

/** p ⊙ (p − y − (pᵀ(p − y)) 1): the gradient of squared error in the logits. */
export const squaredErrorGradient = (z, target) =>
  hessianProduct(z, crossEntropyGradient(z, target));

/** The second derivative of ½ (σ(r) − t)² in its one logit. */
export function squaredErrorCurvature(r, t) {
  const [f, rest] = [sigmoid(r), sigmoid(-r)];
  const gradient = (1 - t) * f - t * rest; // σ(r) − t, without its loss of digits
  return f * rest * (f * rest + gradient * (rest - f));
}

/** log (1 + K (1 − ε) / ε): infinite for a hard label. */
export const optimalGap = (epsilon, classes) => Math.log1p((classes * (1 - epsilon)) / epsilon);

/** By how much each logit is behind the largest, down to the furthest. */
function behind(z, furthest) {
  const m = Math.max(...z);
  return z.map((value) => Math.max(value - m, -furthest));
}

/** max(z_k − τ, 0), with the τ at which these sum to 1. */
export function sparsemax(z) {
  const x = behind(z, 1);
  const ranked = [...x].sort((a, b) => b - a);
  let [excess, tau] = [-1, 0];
  ranked.forEach((value, rank) => {
    excess += value;
    if ((rank + 1) * value > excess) tau = excess / (rank + 1);
  });
  return x.map((value) => Math.max(value - tau, 0));
}

/** max(0, 1 + (α − 1) (z_k − τ))^{1 / (α − 1)}, with the τ at which these sum to 1. */
export function entmax(z, alpha) {
  const a = alpha - 1;
  if (a === 0) return softmax(z);
  const x = behind(z, 2 / a);
  const powers = (tau) =>
    x.map((value) => Math.exp(Math.log1p(Math.max(a * (value - tau), -1)) / a));
  let [low, high] = [0, -Math.expm1(-a * Math.log(z.length)) / a];
  for (let halvings = 0; halvings < 64; halvings++) {
    const tau = (low + high) / 2;
    if (sum(powers(tau)) > 1) low = tau;
    else high = tau;
  }
  const p = powers(low);
  const total = sum(p);
  return p.map((value) => value / total);
}

/** Σ (p_k^α − p_k) / (α (α − 1)), or Σ p_k log p_k if α is 1. */
function negativeEntropy(p, alpha) {
  const a = alpha - 1;
  const logs = p.map((value) => (value > 0 ? Math.log(value) : 0));
  return dot(p, a === 0 ? logs : logs.map((log) => Math.expm1(a * log) / a)) / alpha;
}

/** The Fenchel–Young loss of entmax, Ω(y) − Ω(p) + zᵀ(p − y); cross-entropy if α is 1. */
export function entmaxLoss(z, target, alpha) {
  const y = labelOf(target, z.length);
  const p = entmax(z, alpha);
  const m = Math.max(...z);
  const score = sum(z.map((value, k) => (value - m) * (p[k] - y[k])));
  return Math.max(0, negativeEntropy(y, alpha) - negativeEntropy(p, alpha) + score);
}

/** log (1 + e^{−β (z − v)}): a preference; z and v are log-odds of policy and reference. */
export const dpoLoss = (z, v, scale) => binaryCrossEntropy(scale * (z - v), 1);

/** 2 N KL(q ‖ p), of counts whose frequencies are q. */
export const likelihoodRatioStatistic = (p, counts) =>
  2 * sum(counts) * klDivergence(categoricalMle(counts), p);

/** N Var_q[log (q / p)]: what was not seen adds 0, the limit. */
export function waldStatistic(p, counts) {
  const q = categoricalMle(counts);
  const d = q.map((share, k) => Math.log(share || 1) - Math.log(p[k]));
  const mean = dot(q, d);
  return sum(counts) * sum(q.map((share, k) => share * (d[k] - mean) ** 2));
}

/** N Σ (q_k − p_k)² / p_k: Pearson's statistic. */
export const scoreStatistic = (p, counts) =>
  sum(counts) * sum(categoricalMle(counts).map((share, k) => (share - p[k]) ** 2 / p[k]));
