// docs/likelihood.md: flips of a coin; the likelihood of every coin, and its logarithm.

import { Panel, range, steady, written } from "./drawing.js";
import { button, entry, living, slider } from "./figure.js";
import { bernoulliNll, categoricalMle, entropy, sigmoid } from "./mathematics.js";

const COINS = [0, ...range(-12, 12, 961).map(sigmoid), 1]; // dense where curves are steep
const MOST = 100_000; // flips
const HANDLES = ["likelihood", "logarithm"]; // one in each panel

const flips = ({ heads, tails }) => heads + tails;
const frequencies = ({ heads, tails }) => categoricalMle([heads, tails]);
const estimate = (state) => frequencies(state)[0];

/** −Σ of the costs of all flips; a side that was never seen costs nothing. */
const logLikelihood = ({ heads, tails }, coin) =>
  -(heads && heads * bernoulliNll(coin, 1)) - (tails && tails * bernoulliNll(coin, 0));

const likelihood = (state, coin) => Math.exp(logLikelihood(state, coin));

/** A likelihood in few characters: three digits where it is small. */
const small = (value) => written(value, value < 0.1 ? 1 : 4);

const isLost = (state, coin) =>
  likelihood(state, coin) === 0 && Number.isFinite(logLikelihood(state, coin));

function picture(state, width) {
  const { coin } = state;
  const [n, narrow] = [flips(state), width < 420];
  const best = n ? estimate(state) : null;
  const lost = n > 0 && isLost(state, best);
  const most = n && !lost ? likelihood(state, best) : 1;
  const depth = Math.max(n, 1); // as deep as there are flips: its shape stays
  const [edge, gap, height] = [66, narrow ? 56 : 66, narrow ? 120 : 180];
  const wide = narrow ? width - edge - 10 : (width - edge - gap - 10) / 2;
  const coins = n ? [...COINS, best].sort((a, b) => a - b) : COINS;

  const panels = [
    ["likelihood", likelihood, [0, 1.2 * most], lost ? [0] : [0, [most, small(most)]]],
    ["log-likelihood", logLikelihood, [-2.5 * depth, 0.3 * depth], [0, -depth, -2 * depth]],
  ].map(([title, values, y, ticks], i) => {
    const panel = new Panel({
      left: edge + (narrow ? 0 : i * (wide + gap)),
      top: 26 + (narrow ? i * (height + gap) : 0),
      width: wide,
      height,
      x: [0, 1],
      y,
    });
    const shown = coins.map((value) => [value, values(state, value)]);
    panel.title(title).yTicks(ticks).xTicks([0, 0.5, 1]);
    if (n && !(lost && i === 0)) {
      panel.vertical(best, "faint", { class: "faint line thin dashed" });
      panel.dot(best, values(state, best), "ink", { r: 4 });
      const [side, anchor] = best > 0.5 ? [-6, "end"] : [6, "start"];
      panel.words(panel.x(best) + side, panel.top + 10, `${state.heads}/${n}`, { anchor });
    }
    panel.line(
      shown.map(([x, value]) => [x, value < y[0] ? NaN : value]),
      "violet",
    );
    const at = Math.max(values(state, coin), y[0]);
    const side = panel.y(at) < panel.top + 24 ? 22 : -13; // below, if the title is near
    panel.words(panel.x(coin), panel.y(at) + side, "θ", { colour: "orange" });
    return panel.handle(HANDLES[i], coin, at, "orange");
  });
  const [left, right] = panels;
  if (lost) left.words(left.left + wide / 2, left.top + height / 2, "0 for every coin: underflow");
  if (narrow) right.xLabel("probability of heads");
  else right.words((left.left + right.left + wide) / 2, 26 + height + 34, "probability of heads");
  const where = n ? `highest at ${written(best)}` : "without a maximum";
  const words =
    `Two curves over the probability of heads, for ${state.heads} heads in ${n} flips. ` +
    `The likelihood is ${lost ? "0 everywhere, as it has underflowed" : where}; ` +
    `its logarithm is ${where}.`;
  return { height: right.top + height + 40, panels, words };
}

function amount(state, coin) {
  const value = likelihood(state, coin);
  if (value > 0) return small(value);
  return isLost(state, coin) ? "0, by underflow" : "0";
}

function sentence(state) {
  const [{ heads, tails }, n] = [state, flips(state)];
  if (!n)
    return "Without a flip there is nothing to explain: the likelihood is 1 for every coin, and no coin is better than another.";
  const best = estimate(state);
  if (isLost(state, best))
    return (
      `The likelihood of these ${n} flips has underflowed: it is 0 for every coin, and shows no maximum. ` +
      `Its logarithm is an ordinary number, ${written(logLikelihood(state, best))}, and still finds ${written(best)}.`
    );
  if (!heads || !tails)
    return (
      `Only ${heads ? "heads" : "tails"}: the maximum is at the border, at the coin that cannot land otherwise. ` +
      "It makes these flips certain, and no cost is left."
    );
  return (
    `Both curves are highest at the same coin, ${heads}/${n}. ` +
    `The likelihood there is a product of ${n} probabilities, and falls with every flip; its logarithm is a sum, and stays an ordinary number.`
  );
}

const flipped = (side) => (state) => {
  if (flips(state) < MOST) state[side] += 1;
};

living("likelihood", {
  start: { heads: 9, tails: 4, coin: 0.5 },
  controls: [
    slider("coin *θ*", {
      min: 0,
      max: 1,
      step: 0.01,
      ...entry("coin"),
      shown: steady,
    }),
    button("heads", flipped("heads")),
    button("tails", flipped("tails")),
    button(
      "ten times the data",
      (state) => {
        state.heads *= 10;
        state.tails *= 10;
      },
      (state) => !flips(state) || 10 * flips(state) > MOST,
    ),
    button(
      "no flips",
      (state) => {
        state.heads = state.tails = 0;
      },
      (state) => !flips(state),
    ),
  ],
  picture,
  numbers: (state) => {
    const n = flips(state);
    const best = n ? estimate(state) : null;
    const found = n && [
      ["its likelihood", amount(state, best)],
      ["its log-likelihood", written(logLikelihood(state, best))],
      ["its mean cost", `${written(entropy(frequencies(state)))} nats`],
    ];
    return [
      ["heads", `${state.heads}`],
      ["flips", `${n}`],
      ["best coin", n ? `${written(best)}, heads/flips` : "none"],
      ...(found || []),
      ["likelihood at *θ*", amount(state, state.coin)],
      ["log-likelihood at *θ*", written(logLikelihood(state, state.coin))],
    ];
  },
  sentence,
  drag: (state, handle, { x, y }, { panels }) => {
    state.coin = Math.round(100 * panels[HANDLES.indexOf(handle)].valueAt(x, y).x) / 100;
  },
});
