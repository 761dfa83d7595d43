// docs/asymptotics.md: the log-likelihood of a hundred flips over the logit, and the
// parabolas by which the three statistics measure its height.

import { Panel, range, steady, written } from "./drawing.js";
import { entry, living, slider } from "./figure.js";
import {
  binaryCrossEntropy,
  likelihoodRatioStatistic,
  scoreStatistic,
  sigmoid,
  waldStatistic,
} from "./mathematics.js";

const FLIPS = 100;
const FURTHEST = 5;
const LOGITS = range(-FURTHEST, FURTHEST, 401);

const logit = (share) => Math.log(share / (1 - share));
const shares = ({ heads }) => heads / FLIPS;

/** The three statistics: [likelihood ratio, Wald, score]. */
const statistics = (state) =>
  [likelihoodRatioStatistic, waldStatistic, scoreStatistic].map((statistic) =>
    statistic([1 - state.f, state.f], [FLIPS - state.heads, state.heads]),
  );

/** How far the log-likelihood of a logit is below the highest one, 0 at most. */
const below = (state, t) => {
  const share = shares(state);
  return FLIPS * (binaryCrossEntropy(logit(share), share) - binaryCrossEntropy(t, share));
};

/** The parabola at the estimate, with the curvature there. */
const atEstimate = (state, t) => {
  const share = shares(state);
  return (-FLIPS * share * (1 - share) * (t - logit(share)) ** 2) / 2;
};

/** The parabola at the hypothesis, with the slope and the information there. */
const atHypothesis = ({ f, heads }, t) => {
  const step = t - logit(f);
  const start = below({ heads }, logit(f));
  return start + (heads - FLIPS * f) * step - (FLIPS * f * (1 - f) * step ** 2) / 2;
};

function picture(state, width) {
  const [left, height] = [52, width < 420 ? 210 : 260];
  const most = Math.max(...statistics(state)) / 2;
  const depth = Math.max(4, 1.3 * most);
  const top = Math.max(0.25 * depth, 1.1 * (below(state, logit(state.f)) + most));
  const panel = new Panel({
    left,
    top: 46,
    width: width - left - 10,
    height,
    x: [-FURTHEST, FURTHEST],
    y: [-depth, top],
  });
  const inside = (value) => (value < -depth || value > top ? NaN : value);
  const curve = (values) => LOGITS.map((t) => [t, inside(values(state, t))]);
  const [best, tested] = [logit(shares(state)), logit(state.f)];
  const third = Number((depth / 2).toPrecision(1));
  panel.xTicks([-4, -2, 0, 2, 4]).yTicks([0, -third]).horizontal(0);
  panel.vertical(tested, "ink", { "stroke-dasharray": "5 4" });
  panel.line(curve(atHypothesis), "ink");
  panel.line(curve(atEstimate), "orange dashed");
  panel.line(curve(below), "violet");
  panel.words(left, 14, "— log-likelihood", { anchor: "start", colour: "violet" });
  panel.words(left + 132, 14, "- - Wald", { anchor: "start", colour: "orange" });
  panel.words(left, 32, "— score", { anchor: "start", colour: "ink" });
  panel.words(left + 132, 32, "(in nats)", { anchor: "start", colour: "ink" });
  panel.handle("estimate", best, 0, "violet");
  panel.handle("hypothesis", tested, Math.max(below(state, tested), -depth), "ink");
  panel.xLabel("logit of heads");
  const [ratio, wald, score] = statistics(state).map((value) => written(value, 2));
  const words =
    `The log-likelihood of ${state.heads} heads in ${FLIPS} flips over the logit, with its ` +
    `maximum at ${written(best, 2)} and a hypothesis at ${written(tested, 2)}, and two parabolas. ` +
    `The height of the curve above the hypothesis is half of ${ratio}; that of the parabola at ` +
    `the maximum is half of ${wald}, and the parabola at the hypothesis rises by half of ${score}.`;
  return { height: height + 88, panels: [panel], words };
}

function sentence(state) {
  const [ratio, wald, score] = statistics(state);
  const tested = written(state.f, 2);
  if (state.heads === Math.round(FLIPS * state.f))
    return "The estimate is the hypothesis: all three statistics are 0.";
  const [least, largest] = [Math.min(ratio, wald, score), Math.max(ratio, wald, score)];
  if (largest <= 1.15 * least)
    return `Between the estimate and ${tested} the curve is nearly a parabola, and the three statistics nearly agree.`;
  if (wald < 0.7 * ratio)
    return `The parabola at the estimate is too flat: so far out the information is small, and Wald’s statistic, ${written(wald, 2)}, misses much of ${written(ratio, 2)}, the likelihood ratio.`;
  return `The curve is no parabola between the estimate and ${tested}, and the three statistics differ.`;
}

living("asymptotics", {
  start: { heads: 80, f: 0.5 },
  controls: [
    slider("heads in 100 flips", {
      min: 1,
      max: FLIPS - 1,
      step: 1,
      ...entry("heads"),
      shown: String,
    }),
    slider("hypothesis *f*", {
      min: 0.05,
      max: 0.95,
      step: 0.01,
      ...entry("f"),
      shown: steady,
    }),
  ],
  picture,
  numbers: (state) => {
    const [ratio, wald, score] = statistics(state);
    return [
      ["share of heads", written(shares(state))],
      ["its logit", written(logit(shares(state)))],
      ["likelihood ratio", written(ratio)],
      ["Wald", written(wald)],
      ["score", written(score)],
    ];
  },
  sentence,
  drag: (state, handle, { x, y }, { panels }) => {
    const share = sigmoid(panels[0].valueAt(x, y).x);
    if (handle === "estimate")
      state.heads = Math.min(FLIPS - 1, Math.max(1, Math.round(FLIPS * share)));
    else state.f = Math.min(0.95, Math.max(0.05, Math.round(100 * share) / 100));
  },
});
