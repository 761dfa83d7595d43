// docs/origins.md: three maps from logits to probabilities, and the loss of each over the
// true logit.

import { Panel, distributions, range, steady, vector, written } from "./drawing.js";
import { entry, living, logits, slider, trueClass } from "./figure.js";
import { entmax, entmaxLoss, sparsemax, softmax } from "./mathematics.js";

const FURTHEST = 4; // the largest logit
const HIGHEST = 4; // the largest loss that is drawn
const LOGITS = range(-FURTHEST, FURTHEST, 241);
const SPARSE = 2; // the α of sparsemax

/** The logits if the true one is so large. */
const withTrue = ({ z, label }, value) => z.map((old, k) => (k === label ? value : old));

const lossOf = (state, alpha, z = state.z) => entmaxLoss(z, state.label, alpha);

/** By how much the true logit leads the largest of the others. */
const lead = ({ z, label }) => z[label] - Math.max(...z.filter((_, k) => k !== label));

const marginOf = (alpha) => (alpha === 1 ? Infinity : 1 / (alpha - 1));

function bars(state, width) {
  const named = `${width < 420 ? "" : "entmax, "}α = ${written(state.alpha)}`;
  const shown = [
    ["softmax", softmax(state.z), "blue"],
    [named, entmax(state.z, state.alpha), "blue"],
    ["sparsemax", sparsemax(state.z), "blue"],
  ];
  return distributions(shown, width);
}

function losses(state, width) {
  const place = { left: 34, top: 246, width: width - 34 - 16, height: 160 };
  const panel = new Panel({ ...place, x: [-FURTHEST, FURTHEST], y: [0, HIGHEST] });
  const named = { anchor: "start" };
  panel.words(34, 218, "loss", { ...named, "font-weight": 600 });
  panel.words(76, 218, "— softmax", { ...named, colour: "violet" });
  panel.words(160, 218, "· · entmax", named);
  panel.words(34, 236, "- - sparsemax", { ...named, colour: "orange" });
  panel.yTicks([0, 1, 2, 3, 4]).xTicks([-4, -2, 0, 2, 4]).xLabel("true logit");
  const curve = (alpha) =>
    LOGITS.map((value) => [value, lossOf(state, alpha, withTrue(state, value))]).map(
      ([value, loss]) => [value, loss <= HIGHEST ? loss : NaN],
    );
  panel.line(curve(1), "violet").line(curve(SPARSE), "orange dashed");
  panel.line(curve(state.alpha), "ink", { "stroke-dasharray": "2 4" });
  const at = state.z[state.label];
  panel.vertical(at, "ink", { "stroke-dasharray": "5 4" });
  panel.dot(at, Math.min(HIGHEST, lossOf(state, 1)), "violet");
  panel.dot(at, Math.min(HIGHEST, lossOf(state, SPARSE)), "orange");
  return panel.handle("true", at, Math.min(HIGHEST, lossOf(state, state.alpha)), "ink");
}

function picture(state, width) {
  const panels = [...bars(state, width), losses(state, width)];
  const words =
    `Three bar charts over the three classes: softmax ${vector(softmax(state.z), 2)}, ` +
    `entmax with α = ${written(state.alpha)} ${vector(entmax(state.z, state.alpha), 2)} ` +
    `and sparsemax ${vector(sparsemax(state.z), 2)}. Below, the losses of the three over ` +
    `the true logit, which is ${written(state.z[state.label])}: ` +
    `${[1, state.alpha, SPARSE].map((alpha) => written(lossOf(state, alpha), 2)).join(", ")}.`;
  return { height: 448, panels, words };
}

/** How many classes a map leaves without any probability. */
function zeros(state) {
  const none = sparsemax(state.z).filter((value) => value === 0).length;
  if (none === 0) return "All three classes are close, and sparsemax keeps them all.";
  const kept = none === 1 ? "one class" : "two classes";
  return `Sparsemax gives exactly 0 to ${kept}, and softmax to none.`;
}

function margin(state) {
  const ahead = lead(state);
  const reached = [state.alpha, SPARSE].filter((alpha) => ahead >= marginOf(alpha));
  const said = ahead < 0 ? `is behind by ${written(-ahead)}` : `leads by ${written(ahead)}`;
  if (reached.length === 0) return `The true logit ${said}, and every loss still pulls.`;
  const alone = reached[0] === SPARSE ? "sparsemax" : "entmax";
  const which =
    reached.length === 2
      ? "the losses of entmax and sparsemax are"
      : `the loss of ${alone} is`;
  return `The true logit ${said}: ${which} 0, while cross-entropy still pulls.`;
}

living("origins", {
  start: { z: [0.2, 0.3, 0.5].map(Math.log), label: 2, alpha: 1.5 },
  controls: [
    ...logits(FURTHEST),
    slider("*α*", { min: 1, max: 3, step: 0.05, ...entry("alpha"), shown: steady }),
    trueClass(),
  ],
  picture,
  numbers: (state) => [
    ["softmax", vector(softmax(state.z))],
    ["entmax", vector(entmax(state.z, state.alpha))],
    ["sparsemax", vector(sparsemax(state.z))],
    ["losses", vector([1, state.alpha, SPARSE].map((alpha) => lossOf(state, alpha)))],
    ["lead", written(lead(state))],
    ["margin of entmax", written(marginOf(state.alpha))],
  ],
  sentence: (state) => `${zeros(state)} ${margin(state)}`,
  drag: (state, handle, { x, y }, { panels }) => {
    state.z[state.label] = Number(panels.at(-1).valueAt(x, y).x.toFixed(2));
  },
});
