// docs/scoring.md: squared error and cross-entropy over one logit, with their slopes and
// their curvatures.

import { Panel, range, steady, vector, written } from "./drawing.js";
import { choice, entry, living, slider } from "./figure.js";
import {
  binaryCrossEntropy,
  binaryCrossEntropyGradient,
  hessianProduct,
  sigmoid,
  squaredError,
  squaredErrorCurvature,
  squaredErrorGradient,
} from "./mathematics.js";

const LABELS = [0, 0.5, 1];
const FURTHEST = 10;
const LOGITS = range(-FURTHEST, FURTHEST, 401);

// With softmax the one logit is that of two classes whose first logit is 0; they count
// the error of one probability twice
const both = (r, t) => [
  [0, r],
  [1 - t, t],
];

const QUANTITIES = [
  {
    title: "loss",
    squared: (r, t) => squaredError(...both(r, t)) / 2,
    log: binaryCrossEntropy,
    domain: [0, FURTHEST],
    ticks: [0, 5, 10],
  },
  {
    title: "slope",
    squared: (r, t) => squaredErrorGradient(...both(r, t))[1] / 2,
    log: binaryCrossEntropyGradient,
    domain: [-1, 1],
    ticks: [-1, 0, 1],
  },
  {
    title: "curvature",
    squared: squaredErrorCurvature,
    log: (r) => hessianProduct([0, r], [0, 1])[1],
    domain: [-0.1, 0.3],
    ticks: [-0.1, 0, 0.1, 0.2, 0.3],
  },
];

/** [squared error, cross-entropy]: the losses, their slopes or their curvatures. */
const pair = ({ squared, log }, { r, t }) => [squared(r, t), log(r, t)];

/** Where the curve of squared error bends downwards, filled up to 0. */
function notConvex(panel, t) {
  const below = LOGITS.map((r) => [r, Math.min(0, squaredErrorCurvature(r, t))]);
  const d = below.map(([r, value]) => `${panel.x(r)} ${panel.y(value)}`).join("L");
  panel.add("path", { d: `M${d}Z`, class: "orange area" });
}

function drawn(quantity, i, state, place) {
  const { title, squared, log, domain, ticks } = quantity;
  const { r, t } = state;
  const panel = new Panel({ ...place, x: [-FURTHEST, FURTHEST], y: domain });
  panel.title(title).xTicks([-10, -5, 0, 5, 10]).yTicks(ticks).horizontal(0);
  if (squared === squaredErrorCurvature) notConvex(panel, t);
  panel.vertical(r, "ink", { "stroke-dasharray": "5 4" });
  const curve = (f) => LOGITS.map((logit) => [logit, f(logit, t)]);
  panel.line(curve(log), "violet").line(curve(squared), "orange dashed");
  const [error, entropy] = pair(quantity, state);
  panel.handle(`log-${i}`, r, entropy, "violet");
  return panel.handle(`squared-${i}`, r, error, "orange");
}

function picture(state, width) {
  const narrow = width < 480; // the panels stand below each other
  const [left, gap, top] = [40, 46, 46];
  const wide = narrow ? width - left - 8 : (width - left - 8 - 2 * gap) / 3;
  const height = narrow ? 120 : 180;
  const panels = QUANTITIES.map((quantity, i) =>
    drawn(quantity, i, state, {
      left: narrow ? left : left + i * (wide + gap),
      top: narrow ? top + i * (height + 48) : top,
      width: wide,
      height,
    }),
  );
  panels[0].words(left, 14, "— cross-entropy", { anchor: "start", colour: "violet" });
  panels[0].words(left + 130, 14, "- - squared error", { anchor: "start", colour: "orange" });
  const last = panels[narrow ? 2 : 1];
  last.xLabel("logit");
  const shown = QUANTITIES.map((quantity) => {
    const [error, entropy] = pair(quantity, state);
    return `${quantity.title} ${written(error)} and ${written(entropy)}`;
  });
  const words =
    "Three panels over the logit: the loss, its slope and its curvature, each with a " +
    "curve of squared error and one of cross-entropy. " +
    `At a logit of ${written(state.r)}, with the label ${state.t}: ${shown.join(", ")}.`;
  return { height: last.top + height + 42, panels, words };
}

const slopes = (state) => pair(QUANTITIES[1], state);

/** The slope of squared error over that of cross-entropy. */
function ratio(state) {
  const [error, entropy] = slopes(state);
  return error / entropy;
}

/** What the slopes say: where the gradient dies, and where it need not live. */
function pull(state) {
  const [, entropy] = slopes(state);
  if (entropy === 0)
    return "Both slopes are 0: the probability is the label, and both losses are smallest.";
  if (Math.abs(entropy) < 0.05)
    return "The probability is almost the label, and both losses pull little, as they should.";
  const times = written(Number((1 / ratio(state)).toPrecision(3)));
  const weaker = `its slope is ${times} times weaker than that of cross-entropy.`;
  if (ratio(state) >= 0.05) return `Both losses pull, squared error less: ${weaker}`;
  const certain = state.t === 0.5 ? "too certain" : "certain and wrong";
  return `The model is ${certain}, and squared error hardly corrects it: ${weaker}`;
}

function bend({ r, t }) {
  return squaredErrorCurvature(r, t) < 0
    ? "Squared error is not convex here: its curvature is negative."
    : "Both losses curve upwards here.";
}

living("scoring", {
  start: { r: -4, t: 1 },
  controls: [
    slider("logit *r*", {
      min: -FURTHEST,
      max: FURTHEST,
      step: 0.1,
      ...entry("r"),
      shown: steady,
    }),
    choice("label *t*", LABELS.map(String), {
      get: ({ t }) => LABELS.indexOf(t),
      set: (state, i) => {
        state.t = LABELS[i];
      },
    }),
  ],
  picture,
  numbers: (state) => [
    ["*r*, σ(*r*)", vector([state.r, sigmoid(state.r)])],
    ["losses *E*, *L*", vector(pair(QUANTITIES[0], state))],
    ["slopes *E*′, *L*′", vector(pair(QUANTITIES[1], state))],
    ["curvatures *E*″, *L*″", vector(pair(QUANTITIES[2], state))],
    ["*E*′ / *L*′", slopes(state)[1] === 0 ? "0 / 0" : written(ratio(state))],
  ],
  sentence: (state) => `${pull(state)} ${bend(state)}`,
  drag: (state, handle, { x, y }, { panels }) => {
    const panel = panels[handle.split("-")[1]];
    state.r = Number(panel.valueAt(x, y).x.toFixed(2));
  },
});
