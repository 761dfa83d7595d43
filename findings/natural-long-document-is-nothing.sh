#!/usr/bin/env bash
# Expected: naive Bayes adds logarithms, so the length of a document does not matter to it; each more word of a class makes
# the class more certain. The source of natural, a language package for Node, says so: "numbers are tiny, add logs
# rather than take product".
# Seen: it adds logarithms and then takes the exponential of the sum, without a common factor taken out. A document of some
# 140 different words that it knows has the score 0 for each class, and classify returns the class that was learnt first.
# Of documents whose every word was seen with their own class only, all are right up to 100 words, and of 200 words all of
# the second class are wrong.
# Why it matters: the surest documents are the long ones, and the accuracy falls to the share of one class with their
# length, without a NaN or a warning. Tests with a sentence never show it.
# Versions: natural 8.1.1. Seen with Node 20. Output seen:
# right of 20 and 20: 100 words 20 and 20, 200 words 20 and 0, scores 0 and 0
set -euo pipefail
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
cd "$tmp"
npm init -y >npm.log
npm install --silent --no-audit --no-fund natural@8.1.1
cat >documents.cjs <<'JS'
const assert = require("node:assert/strict");
const natural = require("natural");

// Each class has 400 words of its own, each seen once with it, and never with the other.
const classes = ["first", "second"];
const word = (label, i) => `${label}${i}`;
const classifier = new natural.BayesClassifier();
for (let i = 0; i < 400; i++) for (const label of classes) classifier.addDocument([word(label, i)], label);
classifier.train();

for (const length of [10, 50, 100, 200, 300]) {
  const right = { first: 0, second: 0 };
  let scores;
  for (const label of classes)
    for (let start = 0; start < 20; start++) {
      const document = Array.from({ length }, (_, i) => word(label, (start * 17 + i) % 400));
      right[label] += classifier.classify(document) === label;
      scores = classifier.getClassifications(document).map(({ value }) => value);
    }
  console.log(`${length} words: right ${right.first} of 20 and ${right.second} of 20, last scores ${scores}`);
  if (length <= 100) assert.deepEqual([right.first, right.second], [20, 20]);
  else {
    assert.deepEqual([right.first, right.second], [20, 0]);
    assert.deepEqual(scores, [0, 0]);
  }
}
JS
DOTENV_CONFIG_QUIET=true node documents.cjs
