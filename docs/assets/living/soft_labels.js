// docs/soft_labels.md: label smoothing changes the label, temperature the prediction; the
// best logits are where the two agree.

import { Panel, distributions, range, vector, written } from "./drawing.js";
import { entry, living, slider, trueClass } from "./figure.js";
import {
  crossEntropyBetween,
  entropy,
  optimalGap,
  smoothLabels,
  temperedSoftmax,
  unit,
} from "./mathematics.js";

const Z = [0.2, 0.3, 0.5].map(Math.log); // the running example
const LEADS = range(0, 12, 241);
const HIGHEST = 2; // nats

const smoothed = ({ label, epsilon }) => smoothLabels(unit(label, 3), epsilon);
const predicted = ({ temperature }) => temperedSoftmax(Z, temperature);
const bestLead = ({ epsilon, temperature }) => temperature * optimalGap(epsilon, 3);

/** The prediction if the true logit leads both others by so much. */
const leading = ({ label, temperature }, lead) =>
  temperedSoftmax(
    unit(label, 3).map((value) => lead * value),
    temperature,
  );

/** The loss over the lead of the true logit, as far as the panel is high. */
const curve = (state, y) =>
  LEADS.map((lead) => [lead, crossEntropyBetween(y, leading(state, lead))]).map(
    ([lead, loss]) => [lead, loss <= HIGHEST ? loss : NaN],
  );

function bars(state, width) {
  const narrow = width < 420;
  const shown = [
    [narrow ? "label" : "label, y", unit(state.label, 3), "green"],
    [narrow ? "smoothed" : "smoothed label, ỹ", smoothed(state), "green"],
    [narrow ? "prediction" : "softmax(z / T)", predicted(state), "blue"],
  ];
  return distributions(shown, width);
}

function losses(state, width) {
  const place = { left: 34, top: 228, width: width - 34 - 16, height: 160 };
  const panel = new Panel({ ...place, x: [0, LEADS.at(-1)], y: [0, HIGHEST] });
  const named = { anchor: "start" };
  panel.words(34, 218, "loss", { ...named, "font-weight": 600 });
  panel.words(76, 218, "— smoothed label", { ...named, colour: "violet" });
  panel.words(198, 218, "- - label", named);
  panel.yTicks([0, 0.5, 1, 1.5, 2]).xTicks([0, 2, 4, 6, 8, 10, 12]);
  panel.xLabel("lead of the true logit over both others");
  panel.line(curve(state, unit(state.label, 3)), "faint dashed");
  panel.line(curve(state, smoothed(state)), "violet");
  const [best, last] = [bestLead(state), LEADS.at(-1)];
  const beyond = best > last;
  const lead = beyond ? last : best;
  if (!beyond) panel.vertical(best, "orange", { "stroke-dasharray": "5 4" });
  const right = panel.x(lead) > width / 2;
  const text = `best lead ${written(best, 2)}${beyond ? " →" : ""}`;
  panel.words(panel.x(lead) + (right ? -10 : 10), panel.top + 14, text, {
    anchor: right ? "end" : "start",
    colour: "orange",
  });
  const loss = crossEntropyBetween(smoothed(state), leading(state, lead));
  return panel.handle("best", lead, loss, "orange");
}

function picture(state, width) {
  const panels = [...bars(state, width), losses(state, width)];
  const words =
    `Three bar charts over the three classes: the label ${vector(unit(state.label, 3))}, ` +
    `the smoothed label ${vector(smoothed(state), 2)} and the prediction ` +
    `${vector(predicted(state), 2)}. Below, the loss over the lead of the true logit, ` +
    `with the hard label and with the smoothed one, whose best lead is ` +
    `${written(bestLead(state), 2)}.`;
  return { height: 430, panels, words };
}

function ofTemperature(T) {
  if (T === 1) return "A temperature of 1 leaves the prediction as it is.";
  const does = T > 1 ? "evens the prediction out" : "sharpens the prediction";
  return `A temperature of ${written(T)} ${does}.`;
}

function ofShare(state) {
  const [epsilon, T] = [state.epsilon, state.temperature];
  if (epsilon === 0)
    return "No logits are best for a hard label: the further the true one leads, the lower the loss.";
  if (epsilon === 1)
    return "Nothing of the label is left, and equal logits are best, at any temperature.";
  const times = `, ${written(T)} times the ${written(optimalGap(epsilon, 3))} of temperature 1`;
  return (
    `The smoothed label is met best by a lead of ${written(bestLead(state))}` +
    `${T === 1 ? "" : times}; beyond it the loss rises, though the answer is right.`
  );
}

living("soft_labels", {
  start: { label: 2, epsilon: 0.1, temperature: 1 },
  controls: [
    slider("share *ε*", {
      min: 0,
      max: 1,
      step: 0.01,
      ...entry("epsilon"),
    }),
    slider("temperature *T*", {
      min: 0.1,
      max: 10,
      step: 0.1,
      ...entry("temperature"),
    }),
    trueClass(),
  ],
  picture,
  numbers: (state) => {
    const [y, p] = [smoothed(state), predicted(state)];
    return [
      ["*ỹ*", vector(y)],
      ["softmax(*z* / *T*)", vector(p)],
      ["its loss", `${written(crossEntropyBetween(y, p))} nats`],
      ["least loss", `${written(entropy(y))} nats`],
      ["optimal gap", written(optimalGap(state.epsilon, 3))],
      ["best lead", written(bestLead(state))],
    ];
  },
  sentence: (state) => `${ofTemperature(state.temperature)} ${ofShare(state)}`,
  // The best prediction is the smoothed label, in which a wrong class has ε / K
  drag: (state, handle, { x, y }, { panels }) => {
    const wrong = (state.label + 1) % 3;
    const lead = panels.at(-1).valueAt(x, y).x;
    state.epsilon = 3 * leading(state, lead)[wrong];
  },
});
