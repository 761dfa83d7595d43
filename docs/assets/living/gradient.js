// docs/gradient.md: three logits and a true class; p, y and p − y; steps of descent.

import { Panel, short, signed, vector, written } from "./drawing.js";
import { CLASSES, button, living, logits, trueClass } from "./figure.js";
import { crossEntropy, crossEntropyGradient, softmax, unit } from "./mathematics.js";

const FURTHEST = 10; // beyond it the bars no longer change

function picture({ z, label }, width) {
  const [p, y] = [softmax(z), unit(label, 3)];
  const gradient = crossEntropyGradient(z, label);
  const narrow = width < 420;
  const [edge, gap, height] = [34, narrow ? 10 : 28, 170];
  const wide = (width - edge - 2 * gap) / 3;
  const shown = [
    ["predicted, p", p, "blue", short],
    ["true, y", y, "green", short],
    [narrow ? "p − y" : "gradient, p − y", gradient, "red", signed],
  ];
  const panels = shown.map(([title, values, colour, text], i) => {
    const panel = new Panel({
      left: edge + i * (wide + gap),
      top: 26,
      width: wide,
      height,
      x: [0.4, 3.6],
      y: [-1.2, 1.2],
    });
    panel.title(title).horizontal(0);
    for (const k of CLASSES) panel.bar(k + 1, values[k], colour, text(values[k]));
    if (i === 0) panel.yTicks([-1, 0, 1]);
    return panel.xTicks([1, 2, 3]);
  });
  panels[1].xLabel("class");
  const words =
    `Three bar charts over the three classes: the probabilities ${vector(p, 2)}, ` +
    `the label ${vector(y)}, and their difference, the gradient, ${vector(gradient, 2)}.`;
  return { height: height + 64, panels, words };
}

function sentence({ z, label, steps }) {
  const gradient = crossEntropyGradient(z, label);
  const lacking = -gradient[label];
  const taken = steps ? `After ${steps} step${steps > 1 ? "s" : ""} of descent: ` : "";
  const rest =
    `class ${label + 1} lacks ${written(lacking)} of the probability, and its logit ` +
    "rises by as much in a step; the others together have as much too much, and their " +
    "logits fall.";
  return taken ? taken + rest : rest[0].toUpperCase() + rest.slice(1);
}

/** What is set by hand is the beginning of another descent. */
const forget = (state) => {
  state.steps = 0;
};

living("gradient", {
  start: { z: [0.2, 0.3, 0.5].map(Math.log), label: 2, steps: 0 },
  controls: [
    ...logits(FURTHEST, forget),
    trueClass(forget),
    button("one step of descent, of size 1", (state) => {
      const gradient = crossEntropyGradient(state.z, state.label);
      state.z = state.z.map((value, k) => value - gradient[k]);
      state.steps += 1;
    }),
  ],
  picture,
  numbers: ({ z, label }) => [
    ["*z*", vector(z)],
    ["*p*", vector(softmax(z))],
    ["*p* − *y*", vector(crossEntropyGradient(z, label))],
    ["loss", `${written(crossEntropy(z, label))} nats`],
  ],
  sentence,
});
