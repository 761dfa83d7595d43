// docs/information.md: two distributions, drawn by hand; entropy + divergence is
// cross-entropy.

import { Panel, draw, steady, vector, written } from "./drawing.js";
import { CLASSES, button, living, slider } from "./figure.js";
import { crossEntropyBetween, entropy, klDivergence } from "./mathematics.js";

const EDGE = 12; // of the picture, in pixels

/** A distribution in which one class has this share; the others keep their ratios. */
function withShare(distribution, k, share) {
  const others = CLASSES.filter((j) => j !== k);
  const rest = others.reduce((total, j) => total + distribution[j], 0);
  return distribution.map((value, j) => {
    if (j === k) return share;
    return (1 - share) * (rest > 0 ? value / rest : 1 / others.length);
  });
}

const excluded = ({ q, p }) => CLASSES.filter((k) => q[k] > 0 && p[k] === 0);
const isRight = ({ q, p }) => CLASSES.every((k) => q[k] === p[k]);
const nats = (value) => (Number.isFinite(value) ? `${written(value)} nats` : "∞, infinite");

/** The bars of a distribution, each with a handle at its top. */
function bars(name, distribution, colour, title, place) {
  const panel = new Panel({ ...place, x: [0.4, 3.6], y: [0, 1.2] });
  panel.title(title).xTicks([1, 2, 3]);
  for (const k of CLASSES) panel.bar(k + 1, distribution[k], colour);
  for (const k of CLASSES) {
    const value = distribution[k];
    panel.words(panel.x(k + 1), panel.y(value) - 12, written(value, 2));
    panel.handle(`${name}${k + 1}`, k + 1, value, "ink");
  }
  return panel;
}

/** Entropy and divergence, one after the other, above the cross-entropy. */
function stack({ q, p }, width, top) {
  const [floor, error, total] = [entropy(q), klDivergence(q, p), crossEntropyBetween(q, p)];
  const finite = Number.isFinite(total);
  const most = 1.5 * Math.ceil((finite ? Math.max(total, 1) : 1) / 1.5);
  const place = { left: EDGE, top, width: width - 2 * EDGE, height: 84 };
  const panel = new Panel({ ...place, x: [0, most], y: [0, 1] });
  const strip = (from, to, y, colour) =>
    panel.add("rect", {
      x: panel.x(from),
      y: top + y,
      width: panel.x(to) - panel.x(from),
      height: 18,
      class: `${colour} fill`,
    });
  const line = (y, ...parts) =>
    panel.add(
      "text",
      { x: panel.left, y: top + y, class: "ink" },
      parts.map(([text, colour]) => draw("tspan", { class: `${colour} fill` }, text)),
    );
  const symbol = (text) => (width < 420 ? "" : `${text} `);
  line(
    0,
    [`entropy ${symbol("H(q)")}${written(floor)}`, "violet"],
    [" + ", "ink"],
    [`divergence ${symbol("KL(q ‖ p)")}${written(error)}`, "orange"],
  );
  strip(0, floor, 6, "violet");
  line(44, ["= ", "ink"], [`cross-entropy ${symbol("H(q, p)")}${written(total)}`, "ink"]);
  if (finite) {
    strip(floor, total, 6, "orange");
    strip(0, total, 50, "ink");
  } else {
    const why = "infinite, since p excludes what happens";
    panel.words(panel.left, top + 64, why, { anchor: "start" });
  }
  const third = most / 3;
  return panel.xTicks([0, third, 2 * third, most]);
}

function picture({ q, p }, width) {
  const [gap, height] = [width < 420 ? 20 : 60, 150];
  const place = { top: 26, width: (width - 2 * EDGE - gap) / 2, height };
  const panels = [
    bars("q", q, "green", "labels, q", { left: EDGE, ...place }),
    bars("p", p, "blue", "prediction, p", { left: EDGE + place.width + gap, ...place }),
    stack({ q, p }, width, height + 74),
  ];
  panels[2].xLabel("nats");
  const words =
    `Two bar charts over three classes: the labels’ distribution q, ${vector(q, 2)}, and ` +
    `the prediction p, ${vector(p, 2)}. Below, the entropy, ${nats(entropy(q))}, and the ` +
    `divergence, ${nats(klDivergence(q, p))}, make up the cross-entropy, ` +
    `${nats(crossEntropyBetween(q, p))}.`;
  return { height: height + 198, panels, words };
}

function sentence({ q, p }) {
  const back = nats(klDivergence(p, q));
  const classes = excluded({ q, p }).map((k) => k + 1);
  if (classes.length) {
    const many = classes.length > 1;
    return (
      `The prediction excludes ${many ? "classes" : "class"} ${classes.join(" and ")}, which ${many ? "do" : "does"} happen: ` +
      `that surprise is infinite, and so are divergence and cross-entropy. The other way round, KL(*p* ‖ *q*) is ${back}.`
    );
  }
  if (isRight({ q, p }))
    return "The prediction is right: the divergence is 0, and the cross-entropy is the entropy, below which no prediction can bring it.";
  return (
    `Of the cross-entropy, ${nats(entropy(q))} are the labels’ own uncertainty, and ${nats(klDivergence(q, p))} ` +
    `the prediction’s fault. The other way round, KL(*p* ‖ *q*) is ${back}.`
  );
}

const shares = (name) =>
  CLASSES.map((k) =>
    slider(`*${name}*${"₁₂₃"[k]}`, {
      min: 0,
      max: 1,
      step: 0.01,
      get: (state) => state[name][k],
      set: (state, share) => {
        state[name] = withShare(state[name], k, share);
      },
      shown: steady,
    }),
  );

living("information", {
  start: { q: [0.1, 0.2, 0.7], p: [0.2, 0.3, 0.5] },
  controls: [
    ...shares("q"),
    ...shares("p"),
    button("swap *q* and *p*", ({ q, p }) => ({ q: p, p: q })),
    button("make *p* equal *q*", ({ q }) => ({ q, p: [...q] }), isRight),
  ],
  picture,
  numbers: ({ q, p }) => [
    ["*q*", vector(q)],
    ["*p*", vector(p)],
    ["*H*(*q*)", nats(entropy(q))],
    ["KL(*q* ‖ *p*)", nats(klDivergence(q, p))],
    ["*H*(*q*, *p*)", nats(crossEntropyBetween(q, p))],
    ["KL(*p* ‖ *q*)", nats(klDivergence(p, q))],
  ],
  sentence,
  drag: (state, handle, { x, y }, { panels }) => {
    const [name, k] = handle;
    const { y: share } = panels[name === "q" ? 0 : 1].valueAt(x, y);
    const rounded = Math.min(1, Math.round(100 * share) / 100);
    state[name] = withShare(state[name], Number(k) - 1, rounded);
  },
});
