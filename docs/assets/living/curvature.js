// docs/curvature.md: the simplex of three classes, a prediction in it, the ellipse of
// its Hessian, and where a plain and a natural step of descent lead.

import { Panel, range, steady, vector, written } from "./drawing.js";
import { CLASSES, button, entry, living, logits, slider, trueClass } from "./figure.js";
import {
  crossEntropy,
  crossEntropyGradient,
  hessianProduct,
  naturalGradient,
  softmax,
} from "./mathematics.js";

const FURTHEST = 6; // logits beyond it put p on the border, as far as one can see
const RADIUS = 1 / 4; // of the ellipse: its curvature is 1/16

// Two directions that span the plane in which probabilities move, of length 1
const PLANE = [
  [1, -1, 0].map((value) => value / Math.SQRT2),
  [1, 1, -2].map((value) => value / Math.sqrt(6)),
];

const dot = (a, b) => a.reduce((total, value, k) => total + value * b[k], 0);
const combine = (...terms) =>
  CLASSES.map((k) => terms.reduce((total, [a, v]) => total + a * v[k], 0));

/** The corners' places; any other point is their mean, weighted by its probabilities. */
const CORNERS = { x: [0, 1, 0.5], y: [0, 0, Math.sqrt(3) / 2] };
const place = (p) => [dot(CORNERS.x, p), dot(CORNERS.y, p)];

/** The probabilities of a place: the inverse of `place`. */
function probabilities({ x, y }) {
  const third = y / CORNERS.y[2];
  const second = x - third / 2;
  return [1 - second - third, second, third];
}

/** p + S v for all v with vᵀS v = RADIUS²: a circle, through a root of S in the plane. */
function ellipse(z, p) {
  const image = PLANE.map((v) => hessianProduct(z, v));
  const [a, b, c] = [
    [0, 0],
    [0, 1],
    [1, 1],
  ].map(([i, j]) => dot(PLANE[i], image[j]));
  const [l, m] = [Math.sqrt(a), b / Math.sqrt(a)];
  const n = Math.sqrt(Math.max(0, c - m * m)); // S = R Rᵀ with R = [[l, 0], [m, n]]
  return range(0, 2 * Math.PI, 97).map((turn) => {
    const [cos, sin] = [RADIUS * Math.cos(turn), RADIUS * Math.sin(turn)];
    return place(combine([1, p], [l * cos, PLANE[0]], [m * cos + n * sin, PLANE[1]]));
  });
}

const steps = ({ z, label }) => [
  ["plain", crossEntropyGradient(z, label), "red"],
  ["natural", naturalGradient(z, label), "violet dashed"],
];
const after = (z, gradient, size) => z.map((value, k) => value - size * gradient[k]);

/** Logits of the same probabilities whose mean is 0, within the sliders. */
function centred(z) {
  const mean = (z[0] + z[1] + z[2]) / 3;
  return z.map((value) => Math.max(-FURTHEST, Math.min(FURTHEST, value - mean)));
}

function picture(state, width) {
  const { z, label, size } = state;
  const p = softmax(z);
  const side = Math.min(width - 24, 420);
  const panel = new Panel({
    left: (width - side) / 2,
    top: 34,
    width: side,
    height: side * CORNERS.y[2],
    x: [0, 1],
    y: [0, CORNERS.y[2]],
  });
  const corners = [...CLASSES, 0].map((k) => [CORNERS.x[k], CORNERS.y[k]]);
  panel.line(corners, "faint", { class: "faint line thin" });
  panel.line(ellipse(z, p), "ink", { class: "ink line thin" });
  for (const k of CLASSES) {
    const [px, py] = [panel.x(CORNERS.x[k]), panel.y(CORNERS.y[k])];
    const words = `class ${k + 1}${k === label ? ", true" : ""}`;
    panel.words(px, k === 2 ? py - 8 : py + 18, words, {
      anchor: ["start", "end", "middle"][k],
      "font-weight": k === label ? 600 : 400,
      colour: k === label ? "green" : "ink",
    });
  }
  const [top, legend] = [16, panel.left + side];
  steps(state).forEach(([name, gradient, colour], i) => {
    const path = range(0, size, 41).map((t) => place(softmax(after(z, gradient, t))));
    panel.line(path, colour).dot(...path.at(-1), colour.split(" ")[0]);
    panel.words(legend, top + 18 * i, `${name} step`, {
      anchor: "end",
      colour: colour.split(" ")[0],
    });
  });
  panel.handle("p", ...place(p), "blue");
  panel.words(panel.x(place(p)[0]), panel.y(place(p)[1]) + 22, "p", { colour: "blue" });
  const words =
    `The triangle of predictions over three classes: ${vector(p, 2)}, the ellipse of ` +
    "its Hessian, and the paths of a plain and of a natural step.";
  return { height: panel.top + panel.height + 28, panels: [panel], words, panel };
}

function sentence(state) {
  const { z, label, size } = state;
  const [plain, natural] = steps(state).map(
    ([, gradient]) => softmax(after(z, gradient, size))[label],
  );
  const before = softmax(z)[label];
  return (
    `Class ${label + 1} is true and has the probability ${written(before)}. ` +
    `A plain step of size ${written(size)} raises it to ${written(plain)}, ` +
    `a natural one to ${written(natural)}.`
  );
}

const take = (which) => (state) => {
  const [, gradient] = steps(state)[which];
  state.z = centred(after(state.z, gradient, state.size));
};

living("curvature", {
  start: { z: centred([0.6, 0.3, 0.1].map(Math.log)), label: 2, size: 0.3 },
  controls: [
    ...logits(FURTHEST),
    slider("step size", {
      min: 0.1,
      max: 2,
      step: 0.1,
      ...entry("size"),
      shown: steady,
    }),
    trueClass(),
    button("take the plain step", take(0)),
    button("take the natural step", take(1)),
  ],
  picture,
  numbers(state) {
    const { z, label, size } = state;
    const gradient = crossEntropyGradient(z, label);
    const bend = dot(gradient, hessianProduct(z, gradient)) / dot(gradient, gradient);
    const losses = steps(state).map(([name, direction]) => [
      `loss after a ${name} step`,
      `${written(crossEntropy(after(z, direction, size), label))} nats`,
    ]);
    return [
      ["*p*", vector(softmax(z))],
      ["curvature along *p* − *y*", written(bend)],
      ["loss", `${written(crossEntropy(z, label))} nats`],
      ...losses,
    ];
  },
  sentence,
  drag(state, _, { x, y }, { panel }) {
    const inside = probabilities(panel.valueAt(x, y)).map((value) => Math.max(value, 0.01));
    state.z = centred(inside.map(Math.log));
  },
});
