// Typesets TeX into SVG, one request a line: {"tex": "p - y", "display": false}.
// Answers one line each: {"html": …, "glyphs": {id: path}, "rows": […]} or {"error": …}; the first
// line it writes is {"stylesheet": …}. `typeset/mathjax.py` is the other end.

import { createInterface } from "node:readline";
import MathJax from "mathjax";
import { bySteps } from "./outline.mjs";

await MathJax.init({
  loader: {
    load: [
      "input/tex-base",
      "[tex]/ams",
      "[tex]/boldsymbol",
      "[tex]/mathtools",
      "[tex]/textmacros",
      "output/svg",
      "adaptors/liteDOM",
      "a11y/assistive-mml",
    ],
  },
  tex: {
    // No package that defines macros or loads others: what one formula defines would
    // hold for all that come after it. None that shows an error as red text, either.
    // With textmacros, \text{100\% of R\&D} shows no backslashes.
    packages: ["base", "ams", "boldsymbol", "mathtools", "textmacros"],
    formatError: (_, error) => {
      throw error;
    },
  },
  output: {
    displayOverflow: "scroll", // a long formula scrolls in its own box on a phone
    fontCache: "local", // each answer carries its glyphs; `page.py` pools them
  },
  startup: { typeset: false },
});

const adaptor = MathJax.startup.adaptor;
const [OPEN, CLOSE] = [4, 5]; // TeX's classes of brackets
const SHORT = 10; // symbols; what is in brackets and no longer stays on one line
const isBar = (node) => node?.kind === "mo" && /^[|‖]$/.test(node.getText());
const keep = ({ kind, attributes }) =>
  /^m(o|space)$/.test(kind) && attributes.set("linebreak", "nobreak");

MathJax.startup.document.inputJax.at(0).postFilters.add(({ data }) => {
  data.root.walkTree(({ kind, attributes, childNodes }) => {
    // The rows of a derivation stand apart as its fractions need it: TeX's three points
    // leave a denominator upon the next numerator, as if all were one fraction
    if (kind === "mtable" && attributes.getExplicit("displaystyle")) {
      attributes.set("rowspacing", "0.6em");
      // …and begin at the edge at which all formulas begin, unless they are aligned;
      // the cells have read what the table says, and are told as well
      if (attributes.getExplicit("columnalign") === undefined) {
        attributes.set("columnalign", "left");
        childNodes
          .flatMap((row) => row.childNodes)
          .forEach((cell) => cell.attributes.setInherited("columnalign", "left"));
      }
    }
    // No line ends within (1 - p) or |y - m|, nor in (-a + b…) after the bracket
    const open = [];
    childNodes?.forEach((child, i) => {
      if (childNodes[i - 1]?.texClass === OPEN) keep(child);
      const bracket = /^msu[bp]/.test(child.kind) ? child.childNodes[0] : child;
      const bar = isBar(bracket);
      const closes = bar ? isBar(childNodes[open.at(-1)]) : bracket?.texClass === CLOSE;
      let start;
      if (closes) {
        // A bar alone, as in p(y | x), is none of a pair
        do start = open.pop();
        while (!bar && isBar(childNodes[start]));
      } else if (bar || bracket?.texClass === OPEN) {
        open.push(i);
      }
      if (i - start <= SHORT) childNodes.slice(start, i + 1).forEach(keep);
    });
  });
});

// MathJax's own bookkeeping, of no use to a reader or to the stylesheet
const IDLE = /^(data-(latex.*|c|mjx-.*|mml-node)|xmlns(:xlink)?|role|focusable|unselectable)$/;
// …but the TeX of what may be a symbol, perhaps with a script that is part of its name;
// `page.py` keeps it where the page explains that symbol
const SYMBOL = /^(mi|mo|mn|TeXAtom|msub|msup|msubsup)$/;
const NAME = /^(?!.*_[a-z]$).*[A-Za-z\d]/; // no sign, and no index
const GLYPH = /^#?MJX-\d+-(.*)$/; // "MJX-7-NCM-I-1D45D": the seventh formula's p

// A theme's `svg { height: auto }` is stronger than an attribute, and would blow up the
// narrow pieces into which MathJax cuts an inline formula; a style is stronger still.
// The pictures inside, of which long arrows and braces are made, heed attributes only.
function sizeByStyle(svg) {
  let style = adaptor.getAttribute(svg, "style");
  for (const side of ["width", "height"]) {
    style += ` ${side}: ${adaptor.getAttribute(svg, side)};`;
    adaptor.removeAttribute(svg, side);
  }
  adaptor.setAttribute(svg, "style", style);
}

function tidy(node, glyphs) {
  if (/ex$/.test(adaptor.getAttribute(node, "width"))) sizeByStyle(node);
  const symbol = SYMBOL.test(adaptor.getAttribute(node, "data-mml-node"));
  for (const { name, value } of adaptor.allAttributes(node)) {
    if (name === "data-latex" && symbol && NAME.test(value)) continue;
    const rule = name === "data-mml-node" && value === "mtable"; // drawn lines
    if (IDLE.test(name) && !rule) adaptor.removeAttribute(node, name);
    if (name === "xlink:href") {
      adaptor.removeAttribute(node, name);
      adaptor.setAttribute(node, "href", `#${value.match(GLYPH)[1]}`);
    }
  }
  for (const child of [...adaptor.childNodes(node)]) {
    if (adaptor.kind(child) === "defs") {
      for (const path of adaptor.childNodes(child)) {
        const [, id] = adaptor.getAttribute(path, "id").match(GLYPH);
        glyphs[id] = bySteps(adaptor.getAttribute(path, "d"));
      }
      adaptor.remove(child);
    } else if (adaptor.kind(child) !== "#text") {
      tidy(child, glyphs);
    }
  }
}

// A chain of moves and scalings as one, in whole units: each is a thousandth of an em
function composed(transforms) {
  let [x, y, wide, high] = [0, 0, 1, 1];
  for (const [, name, list] of transforms.matchAll(/(\w+)\(([^)]*)\)/g)) {
    const [first, second] = list.split(/[\s,]+/).map(Number);
    if (name === "translate") {
      x += wide * first;
      y += high * (second ?? 0);
    } else if (name === "scale") {
      wide *= first;
      high *= second ?? first;
    } else {
      throw new Error(`neither a move nor a scaling: ${transforms}`);
    }
  }
  [x, y, wide, high] = [Math.round(x), Math.round(y), +wide.toFixed(4), +high.toFixed(4)];
  const move = x || y ? `translate(${x}${y ? ` ${y}` : ""})` : "";
  const scale = wide !== 1 || high !== 1;
  return move + (scale ? `scale(${wide}${high === wide ? "" : ` ${high}`})` : "");
}

// A group that only moves its parts; not the parent of an inner picture, which heeds no
// transform
const isIdle = (node, parts) =>
  adaptor.kind(node) === "g" &&
  adaptor.allAttributes(node).every(({ name }) => name === "transform") &&
  !parts.some((part) => adaptor.kind(part) === "svg");

// MathJax nests its groups as the formula is nested, and a browser styles each of them.
// An idle one gives way to its parts, each moved by itself; so does an invisible character
function flatten(node, glyphs, moves = "") {
  if (adaptor.kind(node) === "#text") return;
  const parts = [...adaptor.childNodes(node)];
  const all = `${moves} ${adaptor.getAttribute(node, "transform") ?? ""}`;
  if (isIdle(node, parts)) {
    for (const part of parts) {
      adaptor.insert(part, node);
      flatten(part, glyphs, all);
    }
    adaptor.remove(node);
    return;
  }
  const outline = adaptor.getAttribute(node, "href")?.slice(1);
  if (adaptor.kind(node) === "use" && !glyphs[outline]) {
    adaptor.remove(node);
    return;
  }
  const transform = composed(all);
  if (transform) adaptor.setAttribute(node, "transform", transform);
  else adaptor.removeAttribute(node, "transform");
  for (const part of parts) flatten(part, glyphs);
}

// How far below the top of the picture each row of a derivation stands, in ex
function rowsOf(container) {
  const groups = adaptor.tags(container, "g");
  const kind = (node) => adaptor.getAttribute(node, "data-mml-node");
  const table = groups.find((group) => kind(group) === "mtable");
  if (!table) return [];
  const svg = adaptor.tags(container, "svg")[0];
  const [, top, , tall] = adaptor.getAttribute(svg, "viewBox").split(" ").map(Number);
  const ex = parseFloat(adaptor.getAttribute(svg, "height")) / tall;
  return adaptor
    .childNodes(table)
    .filter((row) => kind(row) === "mtr")
    .map((row) => /,([-\d.]+)\)/.exec(adaptor.getAttribute(row, "transform") ?? ""))
    .map((moved) => +((-(moved?.[1] ?? 0) - top) * ex).toFixed(2));
}

// A row that goes on with a sign, after a space for its depth: to TeX a sign between two
// operands, to MathJax the sign of what follows, and set as tightly
// (unless the row before ended with the = that it belongs to)
const GOES_ON = /(?<!=\s*\\\\\s*)(&\s*(?:\\q?quad\s*)+)(?=[+-]|\\cdot\b)/g;

async function typeset({ tex, display }) {
  MathJax.texReset(); // nothing of the formula before
  const spaced = tex.replace(GOES_ON, "$1{}");
  const container = await MathJax.tex2svgPromise(spaced, { display });
  const glyphs = {};
  const rows = rowsOf(container);
  tidy(container, glyphs);
  flatten(container, glyphs);
  return { html: adaptor.outerHTML(container), glyphs, rows };
}

const answer = (value) => process.stdout.write(`${JSON.stringify(value)}\n`);
answer({ stylesheet: adaptor.cssText(MathJax.svgStylesheet()) });
for await (const line of createInterface({ input: process.stdin })) {
  try {
    answer(await typeset(JSON.parse(line)));
  } catch (error) {
    answer({ error: String(error.message ?? error) });
  }
}
