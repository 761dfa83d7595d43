// docs/contrast.md: three answers, of which one was chosen and one rejected. One parameter
// moves the logits of all three, and the preference loss sees the difference of two.

import { Panel, range, steady, vector, written } from "./drawing.js";
import { CLASSES, entry, living, slider } from "./figure.js";
import { dpoLoss, logSoftmax, softmax } from "./mathematics.js";

const Z = [0.2, 0.3, 0.5].map(Math.log); // the running example
const START = Z[1] - Z[0]; // the log-odds of the reference
const FURTHEST = 4;
const STEPS = range(0, FURTHEST, 121);
const LOWEST = -8;
const NAMES = ["rejected", "chosen", "neither"];
const LINES = ["orange dashed", "violet", "ink"];

/** By how much the parameter moves each logit. */
const factors = ({ other }) => [0, 1, other];

const moved = (state, theta) => Z.map((z, k) => z + theta * factors(state)[k]);
const logProbabilities = (state, theta = state.theta) => logSoftmax(moved(state, theta));
const loss = ({ beta }, theta) => dpoLoss(START + theta, START, beta);

/** How fast each log-probability changes with the parameter: factor minus mean factor. */
function rates(state) {
  const [f, p] = [factors(state), softmax(moved(state, state.theta))];
  const mean = p.reduce((total, share, k) => total + share * f[k], 0);
  return f.map((factor) => factor - mean);
}

function answers(state, place) {
  const panel = new Panel({ ...place, x: [0, FURTHEST], y: [LOWEST, 0] });
  panel.title("log-probability").xTicks([0, 1, 2, 3, 4]).yTicks([-8, -6, -4, -2, 0]);
  panel.vertical(state.theta, "faint", { "stroke-dasharray": "5 4" });
  for (const k of CLASSES) {
    const curve = STEPS.map((theta) => [theta, logProbabilities(state, theta)[k]]);
    panel.line(
      curve.map(([theta, value]) => [theta, value >= LOWEST ? value : NaN]),
      LINES[k],
    );
  }
  const chosen = Math.max(LOWEST, logProbabilities(state)[1]);
  return panel.handle("chosen", state.theta, chosen, "violet");
}

function losses(state, place) {
  const panel = new Panel({ ...place, x: [0, FURTHEST], y: [0, 0.8] });
  panel.title("preference loss").xTicks([0, 1, 2, 3, 4]).yTicks([0, 0.2, 0.4, 0.6, 0.8]);
  panel.vertical(state.theta, "faint", { "stroke-dasharray": "5 4" });
  panel.line(
    STEPS.map((theta) => [theta, loss(state, theta)]),
    "ink",
  );
  return panel.handle("loss", state.theta, loss(state, state.theta), "ink");
}

function picture(state, width) {
  const narrow = width < 480; // the panels stand below each other
  const [left, gap, top, height] = [40, 56, 52, 180];
  const wide = narrow ? width - left - 12 : (width - left - 12 - gap) / 2;
  const first = answers(state, { left, top, width: wide, height });
  const second = losses(state, {
    left: narrow ? left : left + wide + gap,
    top: narrow ? top + height + 72 : top,
    width: wide,
    height,
  });
  const named = { anchor: "start" };
  first.words(left, 14, "- - rejected", { ...named, colour: "orange" });
  first.words(left + 92, 14, "— chosen", { ...named, colour: "violet" });
  first.words(left + 176, 14, "— neither", named);
  (narrow ? [second] : [first, second]).forEach((panel) => panel.xLabel("parameter θ"));
  const shown = logProbabilities(state).map((value, k) => `${NAMES[k]} ${written(value, 2)}`);
  const words =
    "Two panels over the parameter: the log-probabilities of three answers, and the " +
    `preference loss. At ${written(state.theta)}: ${shown.join(", ")}, ` +
    `loss ${written(loss(state, state.theta), 2)}.`;
  return { height: second.top + height + 42, panels: [first, second], words };
}

function sentence(state) {
  const [, chosen, other] = rates(state);
  const rate = written(chosen, 2);
  if (Math.abs(chosen) < 0.005)
    return "The loss falls with the parameter; here the chosen answer neither gains nor loses.";
  if (chosen > 0)
    return `The loss falls with the parameter, and the chosen answer gains, at the rate ${rate}.`;
  return (
    `The loss falls with the parameter, and so does the chosen answer, at the rate ${rate}: ` +
    `the answer that nobody compared gains, at the rate ${written(other, 2)}.`
  );
}

living("contrast", {
  start: { theta: 0, other: 3, beta: 0.5 },
  controls: [
    slider("parameter *θ*", {
      min: 0,
      max: FURTHEST,
      step: 0.1,
      ...entry("theta"),
      shown: steady,
    }),
    slider("factor of the third answer", {
      min: -3,
      max: 5,
      step: 0.5,
      ...entry("other"),
    }),
    slider("scale *β*", { min: 0.1, max: 2, step: 0.1, ...entry("beta") }),
  ],
  picture,
  numbers: (state) => [
    ["log *p*", vector(logProbabilities(state))],
    ["margin *μ*", written(state.beta * state.theta)],
    ["loss", `${written(loss(state, state.theta))} nats`],
    ["rates of log *p*", vector(rates(state))],
  ],
  sentence,
  drag: (state, handle, { x, y }, { panels }) => {
    const panel = panels[handle === "loss" ? 1 : 0];
    state.theta = Number(panel.valueAt(x, y).x.toFixed(2));
  },
});
