// Drawing, in the page's own pixels and in the colours of its scheme: SVG elements, and
// panels that turn the figures' numbers into places. Colours are the classes of
// living.css: blue for what is predicted, green for what is true, red for the gradient;
// violet and orange for all else that is to be told apart, ink and faint.

const SVG = "http://www.w3.org/2000/svg";

/** An SVG element; a child may be a string. */
export function draw(tag, attributes = {}, ...children) {
  const element = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes))
    element.setAttribute(name, value);
  element.append(...children.flat());
  return element;
}

/** A number as the pages write it: four digits at most, a true minus sign. */
export function written(value, digits = 4) {
  if (Number.isNaN(value)) return "not a number";
  if (!Number.isFinite(value)) return value < 0 ? "−∞" : "∞";
  const size = Math.abs(value);
  const outside = size !== 0 && (size < 10 ** -digits || size >= 1e6);
  const text = outside
    ? value.toExponential(2).replace("e+", "e")
    : String(Number(value.toFixed(digits)) + 0);
  return text.replaceAll("-", "−");
}

/** A number with two decimals, whatever they are, so that it does not dance. */
export const steady = (value) => value.toFixed(2).replace("-", "−");

/** A number at the end of a bar: two decimals at most, so that neighbours do not touch. */
export const short = (value) => written(Number(value.toFixed(2)), 2);

/** The same with its sign, for what may be positive or negative. */
export const signed = (value) => (value > 0 ? "+" : "") + short(value);

/** A vector as the pages write it. */
export const vector = (values, digits = 4) =>
  `(${values.map((value) => written(value, digits)).join(", ")})`;

/** n values from `from` to `to`, both included. */
export const range = (from, to, n) =>
  Array.from({ length: n }, (_, i) => from + ((to - from) * i) / (n - 1));

/** A panel: a rectangle of the picture with a scale for each axis. */
export class Panel {
  constructor({ left, top, width, height, x, y }) {
    Object.assign(this, { left, top, width, height, domain: { x, y } });
    this.parts = [];
  }

  /** Where a value stands, in pixels. */
  x(value) {
    const [from, to] = this.domain.x;
    return this.left + ((value - from) / (to - from)) * this.width;
  }

  y(value) {
    const [from, to] = this.domain.y;
    return this.top + ((to - value) / (to - from)) * this.height;
  }

  /** What a place means: the inverse of x and y, kept inside of the panel. */
  valueAt(px, py) {
    const inside = (share) => Math.min(1, Math.max(0, share));
    const { x, y } = this.domain;
    return {
      x: x[0] + inside((px - this.left) / this.width) * (x[1] - x[0]),
      y: y[1] - inside((py - this.top) / this.height) * (y[1] - y[0]),
    };
  }

  add(tag, attributes, ...children) {
    this.parts.push(draw(tag, attributes, ...children));
    return this;
  }

  /** Words at a place of the picture, in pixels. */
  words(px, py, text, { anchor = "middle", colour = "ink", ...more } = {}) {
    return this.add(
      "text",
      { x: px, y: py, "text-anchor": anchor, class: colour, ...more },
      text,
    );
  }

  title(text) {
    return this.words(this.left + this.width / 2, this.top - 8, text, {
      "font-weight": 600,
    });
  }

  /** Words below the horizontal axis, under its ticks. */
  xLabel(text) {
    const below = this.top + this.height + 34;
    return this.words(this.left + this.width / 2, below, text);
  }

  /** The axes' ticks: values, or pairs of a value and what is written there. */
  xTicks(values) {
    for (const tick of values) {
      const [value, text] = Array.isArray(tick) ? tick : [tick, written(tick)];
      const [px, bottom] = [this.x(value), this.top + this.height];
      this.add("path", { d: `M${px} ${bottom}v4`, class: "faint line thin" });
      this.words(px, bottom + 17, text);
    }
    const bottom = this.top + this.height;
    return this.add("path", {
      d: `M${this.left} ${bottom}h${this.width}`,
      class: "faint line thin",
    });
  }

  yTicks(values) {
    for (const tick of values) {
      const [value, text] = Array.isArray(tick) ? tick : [tick, written(tick)];
      const py = this.y(value);
      this.add("path", { d: `M${this.left} ${py}h-4`, class: "faint line thin" });
      this.words(this.left - 7, py + 4, text, { anchor: "end" });
    }
    return this.add("path", {
      d: `M${this.left} ${this.top}v${this.height}`,
      class: "faint line thin",
    });
  }

  /** A straight line across the panel at a value. */
  horizontal(value, colour = "faint", more = {}) {
    const d = `M${this.left} ${this.y(value)}h${this.width}`;
    return this.add("path", { d, class: `${colour} line thin`, ...more });
  }

  vertical(value, colour = "faint", more = {}) {
    const d = `M${this.x(value)} ${this.top}v${this.height}`;
    return this.add("path", { d, class: `${colour} line thin`, ...more });
  }

  /** A curve through points [x, y]; what is not finite interrupts it. */
  line(points, colour, more = {}) {
    let pen = "M";
    let d = "";
    for (const [x, y] of points) {
      if (Number.isFinite(x) && Number.isFinite(y)) {
        d += `${pen}${this.x(x).toFixed(1)} ${this.y(y).toFixed(1)}`;
        pen = "L";
      } else pen = "M";
    }
    return this.add("path", { d, class: `${colour} line`, ...more });
  }

  dot(x, y, colour, more = {}) {
    return this.add("circle", {
      cx: this.x(x),
      cy: this.y(y),
      r: 5,
      class: `${colour} fill`,
      ...more,
    });
  }

  /** Something to take hold of: named, so that the figure knows what is dragged. */
  handle(name, x, y, colour, more = {}) {
    this.add("circle", {
      cx: this.x(x),
      cy: this.y(y),
      r: 20, // as large as a fingertip
      class: "handle",
      "data-handle": name,
    });
    return this.dot(x, y, colour, { r: 7, "pointer-events": "none", ...more });
  }

  /** A bar of a class from 0, with its value written at its end. */
  bar(x, value, colour, text = "", share = 0.7) {
    const wide = (share * this.width) / (this.domain.x[1] - this.domain.x[0]);
    const [zero, end] = [this.y(0), this.y(value)];
    this.add("rect", {
      x: this.x(x) - wide / 2,
      y: Math.min(zero, end),
      width: wide,
      height: Math.abs(zero - end),
      class: `${colour} fill`,
    });
    return text ? this.words(this.x(x), end + (value < 0 ? 15 : -5), text) : this;
  }
}

/** Distributions over the classes side by side: the title, values and colour of each. */
export function distributions(shown, width) {
  const [edge, gap] = [34, width < 420 ? 10 : 28];
  const wide = (width - edge - (shown.length - 1) * gap) / shown.length;
  return shown.map(([title, values, colour], i) => {
    const place = { left: edge + i * (wide + gap), top: 26, width: wide, height: 120 };
    const panel = new Panel({ ...place, x: [0.4, values.length + 0.6], y: [0, 1.15] });
    panel.title(title).horizontal(0);
    values.forEach((value, k) => {
      const text = short(value);
      panel.bar(k + 1, value, colour, wide < 90 ? text.replace("0.", ".") : text);
    });
    if (i === 0) panel.yTicks([0, 0.5, 1]);
    if (i === 1) panel.xLabel("class");
    return panel.xTicks(values.map((_, k) => k + 1));
  });
}
