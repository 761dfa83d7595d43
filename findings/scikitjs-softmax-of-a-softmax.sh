#!/usr/bin/env bash
# Expected: a logistic regression without a penalty, given nothing but a constant, predicts the share of each class: 0.7 if
# 70 of 100 rows are of class 0.
# Seen: that of scikit.js predicts 0.9999 for 70 of 100, and for three classes with shares of 0.7, 0.2 and 0.1 too. Its layer
# ends in a softmax, and the loss it is trained with, TensorFlow.js’s softmaxCrossEntropy (for two classes
# sigmoidCrossEntropy), takes logits and squashes the probabilities again. From a share of 0.62 on, for three classes of
# 0.58, certainty has the least loss. The same layer with the cross-entropy of probabilities, otherwise as it is, finds 0.7.
# Why it matters: the probabilities are far too sure wherever classes overlap. Labels are mostly right, so accuracy hides
# it, and the loss that is shown stays above 0.50 for two classes and 0.55 for three, however well the model fits.
# Versions: scikitjs 1.24.0, @tensorflow/tfjs 3.21.0. Seen with Node.js 20.20 on TensorFlow.js’s CPU backend. Output seen:
# shares 0.7, 0.3: 0.9999, 0.0001, loss 0.6532; with the loss of probabilities 0.6998, 0.3002, loss 0.6109
# shares 0.7, 0.2, 0.1: 0.9999, 0.0001, 0.0001, loss 0.8515; with the loss of probabilities 0.7000, 0.2000, 0.1000
set -euo pipefail
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
cd "$tmp"
npm init -y >npm.log
npm install --silent --no-audit --no-fund --ignore-scripts scikitjs@1.24.0 @tensorflow/tfjs@3.21.0
cat >shares.cjs <<'JS'
const assert = require("assert");
const tf = require("@tensorflow/tfjs");
const { LogisticRegression, setBackend } = require("scikitjs");

setBackend(tf);
const rows = Array(100).fill([1]);
const labelsOf = (shares) => shares.flatMap((share, label) => Array(Math.round(100 * share)).fill(label));

async function fit(shares, loss) {
    // Returns the probabilities of a fitted model and its own loss; a loss that is given replaces that of the library.
    const model = new LogisticRegression({ penalty: "none", modelFitOptions: { epochs: 1000, batchSize: 100 } });
    const encode = model.initializeModelForClassification;
    model.initializeModelForClassification = (y) => {
        const encoded = encode.call(model, y);
        model.modelCompileArgs.loss = loss ?? model.modelCompileArgs.loss;
        return encoded;
    };
    await model.fit(rows, labelsOf(shares));
    const labels = tf.oneHot(tf.tensor1d(labelsOf(shares), "int32"), shares.length);
    const reported = model.model.evaluate(tf.tensor2d(rows), labels);
    return [model.predictProba([[1]]).arraySync()[0], reported[0].dataSync()[0]];
}

(async () => {
    await tf.setBackend("cpu");
    for (const shares of [[0.5, 0.5], [0.7, 0.3], [0.8, 0.2], [0.5, 0.25, 0.25], [0.7, 0.2, 0.1]]) {
        const [seen, loss] = await fit(shares);
        const [right, rightLoss] = await fit(shares, "categoricalCrossentropy");
        const entropy = -shares.reduce((sum, share) => sum + share * Math.log(share), 0);
        const text = (probabilities) => probabilities.map((p) => p.toFixed(4)).join(", ");
        console.log(`shares ${shares.join(", ")}: ${text(seen)}, loss ${loss.toFixed(4)}; with the loss of probabilities`,
            `${text(right)}, loss ${rightLoss.toFixed(4)} (expected ${entropy.toFixed(4)})`);
        assert(right.every((p, label) => Math.abs(p - shares[label]) < 0.1) && Math.abs(rightLoss - entropy) < 0.02);
        if (shares[0] >= 0.7) assert(seen[0] > 0.99);
        if (shares.length === 2 && shares[0] === 0.5) assert(Math.abs(seen[0] - 0.5) < 0.1);
        if (shares.length === 3 && shares[0] === 0.5) assert(seen[0] > 0.7 && seen[0] < 0.9);
    }
})();
JS
node shares.cjs 2>node.log || { cat node.log; exit 1; }
