// Asks TensorFlow.js, which is installed in the folder that it is given: a question a
// line in, as JSON, and its answer a line out. What is no finite number is its name.

import { createRequire } from "node:module";
import { join } from "node:path";
import { createInterface } from "node:readline";

console.log = console.warn = console.info = () => {}; // it greets
const tf = createRequire(join(process.argv[2], "package.json"))("@tensorflow/tfjs");

const REDUCTIONS = { mean: "MEAN", sum: "SUM", none: "NONE" };
const reduced = (name) => name && tf.Reduction[REDUCTIONS[name]];
const tensor = ({ flat, shape }) => tf.tensor(flat, shape);
const oneHot = ({ nested }, classes) => tf.oneHot(nested, classes);

// A value, and the gradient of its sum
function told(loss, at) {
  const { value, grad } = tf.valueAndGrad(loss)(tensor(at));
  return { value: value.arraySync(), gradient: grad.arraySync() };
}

// A loss that only a model has, of an output that is its input
function ofModel(loss, truth, predicted) {
  const rows = (values) => (values.rank === 1 ? values.reshape([1, -1]) : values);
  const [y, x] = [rows(tensor(truth)), rows(tensor(predicted))];
  const layer = tf.layers.activation({ activation: "linear", inputShape: [x.shape[1]] });
  const model = tf.sequential({ layers: [layer] });
  model.compile({ optimizer: "sgd", loss });
  return { value: model.evaluate(x, y).arraySync() };
}

const FORMS = {
  softmax: ({ z }) => ({ value: tf.softmax(tensor(z)).arraySync() }),
  log_softmax: ({ z }) => ({ value: tf.logSoftmax(tensor(z)).arraySync() }),
  logsumexp: ({ z }) => told((x) => tf.logSumExp(x), z),
  cross_entropy: ({ z, labels, example_weight, smoothing, reduction }) =>
    told(
      (x) =>
        tf.losses.softmaxCrossEntropy(
          oneHot(labels, z.shape.at(-1)),
          x,
          example_weight && tensor(example_weight),
          smoothing ?? undefined,
          reduced(reduction) ?? undefined,
        ),
      z,
    ),
  cross_entropy_of_distribution: ({ z, y, smoothing, reduction }) =>
    told(
      (x) =>
        tf.losses.softmaxCrossEntropy(
          tensor(y),
          x,
          undefined,
          smoothing ?? undefined,
          reduced(reduction) ?? undefined,
        ),
      z,
    ),
  cross_entropy_of_probability: ({ p, labels }) =>
    told(
      (x) => tf.metrics.categoricalCrossentropy(oneHot(labels, p.shape.at(-1)), x),
      p,
    ),
  cross_entropy_of_zeros: ({ rows, classes }) => {
    const truth = tf.oneHot(tf.zeros([rows], "int32"), classes);
    const loss = (x) => tf.losses.softmaxCrossEntropy(truth, x);
    const { value, grad } = tf.valueAndGrad(loss)(tf.zeros([rows, classes]));
    const slope = grad.slice([0, 0], [1, 2]).mul(rows).flatten();
    return { value: value.arraySync(), gradient: slope.arraySync() };
  },
  binary_cross_entropy: ({ z, y, smoothing, reduction }) =>
    told(
      (x) =>
        tf.losses.sigmoidCrossEntropy(
          tensor(y),
          x,
          undefined,
          smoothing ?? undefined,
          reduced(reduction) ?? undefined,
        ),
      z,
    ),
  binary_cross_entropy_of_probability: ({ p, y }) =>
    told((x) => tf.losses.logLoss(tensor(y), x), p),
  kl_divergence: ({ q, p }) => ofModel("kullbackLeiblerDivergence", q, p),
  poisson: ({ rate, counts }) => ofModel("poisson", counts, rate),
};

const NAMES = /^(-?Infinity|NaN)$/;
const number = (_, value) => (NAMES.test(value) ? Number(value) : value);
const name = (_, value) =>
  typeof value === "number" && !Number.isFinite(value) ? String(value) : value;

for await (const line of createInterface({ input: process.stdin })) {
  const { form, given } = JSON.parse(line, number);
  let said;
  try {
    said = FORMS[form](given);
  } catch (error) {
    said = { raises: error.name, says: error.message };
  }
  process.stdout.write(`${JSON.stringify(said, name)}\n`);
}
