// The frame of a figure that moves: its picture, its controls, and its numbers as text.
// A figure is a description: where it starts, what can be changed, and what it shows.
//
// Without scripts, and on paper, the page keeps the still picture that stands in its
// HTML. Every control is an ordinary input or button, so that mouse, finger, keyboard
// and screen reader work as everywhere; to drag in the picture is an addition.

import { draw, steady, written } from "./drawing.js";

const PAUSE = 400; // ms without a change before the sentence is said again

/** An HTML element with properties and children. */
function html(tag, properties = {}, ...children) {
  const element = Object.assign(document.createElement(tag), properties);
  element.append(...children);
  return element;
}

/** Text in which *a symbol* is slanted. */
const slanted = (text) =>
  text.split("*").map((part, i) => (i % 2 ? html("i", { textContent: part }) : part));

/**
 * A slider. `get` reads its value from the state, `set` writes it; `shown` is the value
 * in words.
 */
export const slider = (name, { min, max, step, get, set, shown = written }) => ({
  make(change, id) {
    const input = html("input", { type: "range", id, min, max, step });
    const value = html("output", { htmlFor: id });
    input.addEventListener("input", () => change((state) => set(state, input.valueAsNumber)));
    const label = html("label", { htmlFor: id }, ...slanted(name));
    const row = html("div", { className: "slider" }, label, input, value);
    const refresh = (state) => {
      input.value = get(state);
      value.value = shown(get(state));
      input.setAttribute("aria-valuetext", value.value);
    };
    return [row, refresh];
  },
});

/** How a control reads and writes one entry of the state; `then` follows a change. */
export const entry = (key, then = () => {}) => ({
  get: (state) => state[key],
  set: (state, value) => {
    state[key] = value;
    then(state);
  },
});

/** One of several: radio buttons. The options are what is written beside each. */
export const choice = (name, options, { get, set }) => ({
  make(change, id) {
    const inputs = options.map((_, i) => {
      const input = html("input", { type: "radio", name: id, value: i });
      input.addEventListener("input", () => change((state) => set(state, i)));
      return input;
    });
    const labels = inputs.map((input, i) =>
      html("label", {}, input, html("span", {}, ...slanted(options[i]))),
    );
    const legend = html("legend", {}, ...slanted(name));
    const refresh = (state) => {
      inputs[get(state)].checked = true;
    };
    return [html("fieldset", {}, legend, ...labels), refresh];
  },
});

/** The three classes of the running example, counted from 0. */
export const CLASSES = [0, 1, 2];

/** A slider for each of the three logits `z` of the state. */
export const logits = (furthest, then = () => {}) =>
  CLASSES.map((k) =>
    slider(`logit *z*${"₁₂₃"[k]}`, {
      min: -furthest,
      max: furthest,
      step: 0.1,
      get: ({ z }) => z[k],
      set: (state, value) => {
        state.z[k] = value;
        then(state);
      },
      shown: steady,
    }),
  );

/** Which class is the true one: the `label` of the state. */
export const trueClass = (then) => choice("true class", ["1", "2", "3"], entry("label", then));

/** A button that changes the state; it rests while `idle(state)` holds. */
export const button = (name, act, idle = () => false) => ({
  make(change) {
    const element = html("button", { type: "button" }, ...slanted(name));
    element.addEventListener("click", () => {
      // aria-disabled keeps the focus, which a disabled button would lose
      if (element.getAttribute("aria-disabled") !== "true") change(act);
    });
    const refresh = (state) => element.setAttribute("aria-disabled", String(Boolean(idle(state))));
    return [element, refresh];
  },
});

/**
 * Bring the figure of this name to life.
 *
 * start     the state at first; it is copied
 * controls  what can be changed: sliders, choices, buttons, in the order of the keyboard
 * picture   (state, width) → {height, panels, words}: the picture, and what it shows
 * numbers   state → pairs of a name and its value, as text
 * sentence  state → what one sees, in a sentence
 * drag      (state, handle, {x, y}, picture): a handle of the picture was moved there
 */
export function living(name, figure) {
  for (const place of document.querySelectorAll(`figure[data-living="${name}"]`))
    bring(place, name, figure);
}

function bring(place, name, { start, controls, picture, numbers, sentence, drag }) {
  let state = structuredClone(start);
  let shown; // the picture as it was last drawn
  const stage = draw("svg", { class: "stage", role: "img" });
  const list = html("dl", { className: "numbers" });
  const said = html("p", { className: "said", ariaLive: "polite" });
  const change = (act) => {
    state = act(state) ?? state;
    refresh();
  };
  const again = button("start again", () => structuredClone(start));
  const made = [...controls, again].map((control, i) => control.make(change, `${name}-${i}`));
  const panel = html("div", { className: "controls" }, ...made.map(([part]) => part));
  panel.setAttribute("role", "group");
  panel.setAttribute("aria-label", "Controls of the figure");

  function redraw() {
    const width = Math.max(280, Math.round(stage.clientWidth || 500));
    shown = picture(state, width);
    stage.setAttribute("viewBox", `0 0 ${width} ${shown.height}`);
    stage.setAttribute("aria-label", shown.words);
    stage.replaceChildren(...shown.panels.flatMap((part) => part.parts));
  }

  let waiting;
  function refresh() {
    redraw();
    for (const [, renew] of made) renew(state);
    list.replaceChildren(
      ...numbers(state).flatMap(([term, value]) => [
        html("dt", {}, ...slanted(term)),
        html("dd", { textContent: value }),
      ]),
    );
    clearTimeout(waiting);
    waiting = setTimeout(() => say(sentence(state)), PAUSE);
  }
  const say = (text) => said.replaceChildren(...slanted(text));

  if (drag) {
    let held = null;
    const moved = (event) => {
      const box = stage.getBoundingClientRect();
      const scale = stage.viewBox.baseVal.width / box.width;
      const at = {
        x: (event.clientX - box.left) * scale,
        y: (event.clientY - box.top) * scale,
      };
      change((now) => drag(now, held, at, shown));
    };
    stage.addEventListener("pointerdown", (event) => {
      held = event.target.closest("[data-handle]")?.dataset.handle ?? null;
      if (held === null) return;
      stage.setPointerCapture(event.pointerId); // what was held is drawn anew
      event.preventDefault();
      moved(event);
    });
    stage.addEventListener("pointermove", (event) => held !== null && moved(event));
    for (const end of ["pointerup", "pointercancel"])
      stage.addEventListener(end, () => (held = null));
  }

  const caption = place.querySelector("figcaption");
  place.insertBefore(html("div", { className: "moving" }, stage, panel, list, said), caption);
  place.classList.add("alive");
  refresh();
  say(sentence(state));
  new ResizeObserver(redraw).observe(place);
}
