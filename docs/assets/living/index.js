// docs/index.md: the gradient as an equation of three pictures, and steps of descent.

import { Panel, short, signed, vector, written } from "./drawing.js";
import { CLASSES, button, living, trueClass } from "./figure.js";
import { crossEntropy, crossEntropyGradient, softmax, unit } from "./mathematics.js";

function picture({ z, label }, width) {
  const [p, y] = [softmax(z), unit(label, 3)];
  const gradient = crossEntropyGradient(z, label);
  const narrow = width < 420;
  const [edge, gap, height] = narrow ? [6, 26, 160] : [4, 40, 210];
  const wide = (width - 2 * (edge + gap)) / 3;
  const terms = [
    ["gradient", gradient, "red", narrow ? short : signed, "="],
    ["predicted, p", p, "blue", short, "−"],
    ["true, y", y, "green", short],
  ];
  const panels = terms.map(([title, values, colour, text, sign], i) => {
    const panel = new Panel({
      left: edge + i * (wide + gap),
      top: 24,
      width: wide,
      height,
      x: [0.45, 3.55],
      y: [-1.15, 1.15],
    });
    panel.title(title).horizontal(0);
    for (const k of CLASSES) panel.bar(k + 1, values[k], colour, text(values[k]));
    if (sign) panel.words(panel.left + wide + gap / 2, panel.y(0) + 9, sign, { class: "ink sign" });
    return panel.xTicks([1, 2, 3]);
  });
  panels[1].xLabel("class");
  const words =
    `Three bar charts over the three classes: the gradient, ${vector(gradient, 2)}, is ` +
    `the probabilities, ${vector(p, 2)}, minus the label, ${vector(y)}.`;
  return { height: height + 62, panels, words };
}

function sentence({ z, label, steps }) {
  const [lacking, loss] = [-crossEntropyGradient(z, label)[label], crossEntropy(z, label)];
  const taken = steps ? `After ${steps} step${steps > 1 ? "s" : ""} the` : "The";
  return (
    `${taken} loss is ${written(loss)}. Class ${label + 1} lacks ${written(lacking)} of the ` +
    "probability: a step raises its logit by as much, and lowers the others."
  );
}

living("index", {
  start: { z: [0.2, 0.3, 0.5].map(Math.log), label: 2, steps: 0 },
  controls: [
    trueClass((state) => {
      state.steps = 0;
    }),
    button("take a step", (state) => {
      const gradient = crossEntropyGradient(state.z, state.label);
      state.z = state.z.map((value, k) => value - gradient[k]);
      state.steps += 1;
    }),
  ],
  picture,
  numbers: () => [],
  sentence,
});
