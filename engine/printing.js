// Numbers and arrays as NumPy prints them: the shortest digits that give the number
// back, to eight places, all entries of an array alike.

import { hasFloat16 } from "numpy-ts/core";

const PRECISION = 8;
const WIDTH = 75;
const THRESHOLD = 1000; // entries from which only the edges are shown
const EDGE = 3;

const ROUND = {
  float64: (x) => x,
  float32: Math.fround,
  float16: hasFloat16 ? Math.f16round : Math.fround,
};

/** The shortest digits that give back a number of this dtype, and their exponent. */
function shortest(value, dtype) {
  const round = ROUND[dtype] ?? ROUND.float64;
  let short = value.toExponential();
  if (dtype !== "float64")
    for (let places = 0; places < 17; places++) {
      short = value.toExponential(places);
      if (round(Number(short)) === value) break;
    }
  const [mantissa, exponent] = short.split("e");
  return [mantissa.replace(/[-.]/g, ""), Number(exponent)];
}

/** A number in positional digits: shortest, but with at most some places. */
function positional(value, dtype, places) {
  const [figures, exponent] = shortest(Math.abs(value), dtype);
  const fraction = figures.length - 1 - exponent;
  let shown;
  if (fraction > places) shown = Math.abs(value).toFixed(places);
  else {
    const padded = figures.padStart(figures.length + Math.max(0, -exponent), "0");
    const point = Math.max(exponent, 0) + 1;
    shown = `${padded.slice(0, point).padEnd(point, "0")}.${padded.slice(point)}`;
  }
  const [whole, part = ""] = shown.split(".");
  return [(negative(value) ? "-" : "") + whole, part.replace(/0+$/, "")];
}

/** A number in scientific digits. */
function scientific(value, dtype, places) {
  const [figures, exponent] = shortest(Math.abs(value), dtype);
  let mantissa = figures;
  let power = exponent;
  if (figures.length - 1 > places) {
    const [rounded, shifted] = Math.abs(value).toExponential(places).split("e");
    mantissa = rounded.replace(".", "");
    power = Number(shifted);
  }
  return [(negative(value) ? "-" : "") + mantissa[0], mantissa.slice(1).replace(/0+$/, ""), power];
}

const negative = (value) => value < 0 || Object.is(value, -0);
const special = (value) => !Number.isFinite(value);
const named = (value) => (Number.isNaN(value) ? "nan" : value < 0 ? "-inf" : "inf");
const power = (exponent, width = 2) =>
  `e${exponent < 0 ? "-" : "+"}${String(Math.abs(exponent)).padStart(width, "0")}`;

/** How each of these numbers is written, so that all line up. */
function aligned(values, dtype, precision = PRECISION) {
  const finite = values.filter((value) => !special(value));
  const sizes = finite.filter((value) => value !== 0).map(Math.abs);
  const [least, most] = [Math.min(...sizes), Math.max(...sizes)];
  const exponential = sizes.length > 0 && (most >= 1e8 || least < 1e-4 || most / least > 1000);
  if (exponential) {
    const parts = finite.map((value) => scientific(value, dtype, precision));
    const places = Math.max(0, ...parts.map(([, part]) => part.length));
    const width = Math.max(0, ...parts.map(([whole]) => whole.length));
    const digitsOf = Math.max(2, ...parts.map(([, , e]) => String(Math.abs(e)).length));
    const total = width + 1 + places + 2 + digitsOf;
    return values.map((value) => {
      if (special(value)) return named(value).padStart(total);
      const [whole, part, e] = scientific(value, dtype, places);
      return `${whole.padStart(width)}.${part.padEnd(places, "0")}${power(e, digitsOf)}`;
    });
  }
  const parts = finite.map((value) => positional(value, dtype, precision));
  const places = Math.max(0, ...parts.map(([, part]) => part.length));
  let width = Math.max(0, ...parts.map(([whole]) => whole.length));
  const names = values.filter(special).map(named);
  if (names.length > 0)
    width = Math.max(width, Math.max(...names.map((name) => name.length)) - 1 - places);
  return values.map((value) => {
    if (special(value)) return named(value).padStart(width + 1 + places);
    const [whole, part] = positional(value, dtype, precision);
    return `${whole.padStart(width)}.${part.padEnd(places)}`;
  });
}

/** One number as Python's `repr` and `str` write it. */
export function number(value, dtype = "float64") {
  if (special(value)) return named(value);
  if (value === 0) return negative(value) ? "-0.0" : "0.0";
  const [, exponent] = shortest(Math.abs(value), dtype);
  if (exponent < -4 || exponent >= 16) {
    const [whole, part, e] = scientific(value, dtype, 20);
    return `${whole}${part ? `.${part}` : ""}${power(e)}`;
  }
  const [whole, part] = positional(value, dtype, 400);
  return `${whole}.${part || "0"}`;
}

const complex = (dtype) => dtype.startsWith("complex");
const half = (dtype) => (dtype === "complex64" ? "float32" : "float64");

function oneComplex({ re, im }, dtype) {
  const bare = (x) => number(x, half(dtype)).replace(/\.0$/, "");
  const imaginary = `${bare(im)}j`;
  if (re === 0 && !negative(re)) return imaginary;
  return `(${bare(re)}${imaginary.startsWith("-") ? "" : "+"}${imaginary})`;
}

/** The entries of an array, as text of one width. */
function entries(values, dtype) {
  if (dtype === "bool") return values.map((value) => (value ? " True" : "False"));
  if (complex(dtype)) {
    const real = aligned(
      values.map(({ re }) => re),
      half(dtype),
    );
    const imaginary = aligned(
      values.map(({ im }) => Math.abs(im)),
      half(dtype),
    );
    return values.map(({ im }, i) => {
      const digitsOf = imaginary[i].trimStart();
      const bare = digitsOf.trimEnd();
      const pad = " ".repeat(
        imaginary[i].length - bare.length - (imaginary[i].length - digitsOf.length),
      );
      return `${real[i]}${negative(im) ? "-" : "+"}${bare}j${pad}`;
    });
  }
  if (dtype.includes("float")) return aligned(values, dtype);
  return padded(values.map(String));
}

const padded = (texts) => {
  const width = Math.max(0, ...texts.map((text) => text.length));
  return texts.map((text) => text.padStart(width));
};

/** Nested brackets, wrapped at the width of a line. */
function nested(a, prefix, separator, width) {
  const { shape, dtype } = a;
  const cut = a.size > THRESHOLD;
  const kept = shape.map((length) =>
    cut && length > 2 * EDGE
      ? [...Array(EDGE).keys(), null, ...Array.from({ length: EDGE }, (_, i) => length - EDGE + i)]
      : [...Array(length).keys()],
  );
  const values = [];
  const collect = (place, axis) => {
    if (axis === shape.length) {
      values.push(a.get(place));
      return;
    }
    for (const i of kept[axis]) if (i !== null) collect([...place, i], axis + 1);
  };
  collect([], 0);
  const texts = entries(values, dtype);
  let next = 0;
  const lines = (axis, indent) => {
    const places = kept[axis];
    if (axis === shape.length - 1) {
      const rows = [];
      let row = indent;
      const room = width - shape.length;
      places.forEach((i, at) => {
        const word = i === null ? "..." : texts[next++];
        const last = at === places.length - 1;
        const end = last ? "" : separator;
        if (row.length + word.length > room && row !== indent) {
          rows.push(row.trimEnd());
          row = indent;
        }
        row += word + end;
      });
      rows.push(row);
      return rows.join("\n").slice(indent.length);
    }
    const gap = separator.trimEnd() + "\n".repeat(shape.length - 1 - axis) + indent;
    return places.map((i) => (i === null ? "..." : `[${lines(axis + 1, `${indent} `)}]`)).join(gap);
  };
  return `[${lines(0, " ".repeat(prefix.length + 1))}]`;
}

/** What `str` gives. */
export function text(a) {
  if (a.ndim === 0) return single(a);
  return a.size === 0 ? "[]" : nested(a, "", " ", WIDTH);
}

function single(a) {
  const value = a.iget(0);
  if (a.dtype === "bool") return value ? "True" : "False";
  if (complex(a.dtype)) return oneComplex(value, a.dtype);
  if (a.dtype.includes("float")) return number(value, a.dtype);
  return String(value);
}

/** What `repr` gives. */
export function describe(a, scalar) {
  if (scalar) {
    return a.dtype === "bool"
      ? `np.${single(a)}_`
      : `np.${a.dtype}(${single(a).replace(/^\(|\)$/g, "")})`;
  }
  const usual = ["float64", "complex128", "int64", "bool"].includes(a.dtype);
  if (a.size === 0) {
    const shape = a.ndim === 1 ? "" : `, shape=(${a.shape.join(", ")})`;
    return `array([]${shape}, dtype=${a.dtype})`;
  }
  const body =
    a.ndim === 0 ? entries([a.iget(0)], a.dtype)[0].trim() : nested(a, "array(", ", ", WIDTH - 1);
  if (usual) return `array(${body})`;
  const tail = `dtype=${a.dtype})`;
  const final = `array(${body}`.split("\n").pop().length;
  return final + tail.length + 2 > WIDTH
    ? `array(${body},\n      ${tail}`
    : `array(${body}, ${tail}`;
}

const TEN = 10n;

/** |value| · 10^places, to the nearest whole number, a half to the even one. */
function scaled(value, places) {
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, Math.abs(value));
  const bits = view.getBigUint64(0);
  const power = Number(bits >> 52n);
  let above = (bits & (2n ** 52n - 1n)) + (power ? 2n ** 52n : 0n);
  let below = 1n;
  const exponent = Math.max(power, 1) - 1075;
  if (exponent > 0) above <<= BigInt(exponent);
  else below <<= BigInt(-exponent);
  if (places > 0) above *= TEN ** BigInt(places);
  else below *= TEN ** BigInt(-places);
  const whole = above / below;
  const rest = 2n * (above % below);
  return whole + (rest > below || (rest === below && whole % 2n) ? 1n : 0n);
}

function fixed(value, places) {
  const figures = String(scaled(value, places)).padStart(places + 1, "0");
  const point = figures.length - places;
  return places ? `${figures.slice(0, point)}.${figures.slice(point)}` : figures;
}

/** The first figures of a number, and its exponent. */
function leading(value, places) {
  if (value === 0) return ["0".repeat(places + 1), 0];
  let exponent = Number(value.toExponential().split("e")[1]);
  let figures = String(scaled(value, places - exponent));
  if (figures.length > places + 1) {
    exponent += 1;
    figures = figures.slice(0, -1); // a nine that became ten: the last figure is 0
  }
  return [figures, exponent];
}

function exponential(value, places) {
  const [figures, exponent] = leading(value, places);
  const rest = figures.slice(1);
  return `${figures[0]}${rest ? `.${rest}` : ""}${power(exponent)}`;
}

function general(value, places) {
  const wanted = Math.max(places, 1);
  const [, exponent] = leading(value, wanted - 1);
  const bare = (text) => (text.includes(".") ? text.replace(/\.?0+$/, "") : text);
  if (exponent >= -4 && exponent < wanted) return bare(fixed(value, wanted - 1 - exponent));
  const [mantissa, tail] = exponential(value, wanted - 1).split("e");
  return `${bare(mantissa)}e${tail}`;
}

/** The size of a number in digits, as Python's format types e, f and g give them. */
export function digits(value, type, places) {
  if (special(value)) return Number.isNaN(value) ? "nan" : "inf";
  return { e: exponential, f: fixed, g: general }[type](value, places);
}
