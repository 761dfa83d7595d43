// Numbers and text in a format, as Python's `format` writes them.

import { digits, number } from "./printing.js";

const SPEC = /^(?:(.?)([<>^=]))?([+ -]?)#?(0?)(\d*)([,_]?)(?:\.(\d+))?(.?)$/su;
const CODES = { int: "bcdeEfFgGnoxX%", float: "eEfFgGn%" };
const BASES = { b: 2, o: 8, x: 16, X: 16 };

/** A float as it is, the digits of an int, or the text of anything else. */
export function format(spec, type, value) {
  const found = SPEC.exec(spec);
  if (!found) throw new Error("Invalid format specifier");
  const [, fill, align, sign, zero, width, mark, places, code] = found;
  const codes = CODES[type];
  if (!(codes ?? "s").includes(code))
    throw new Error(`Unknown format code '${code}' for object of type '${type}'`);
  if (!codes) return padded("", value.slice(0, places), align || "<", fill || " ", width);
  const below = type === "int" ? value[0] === "-" : value < 0 || Object.is(value, -0);
  const size = (type === "int" ? whole : real)(value, code, places && Number(places));
  const grouped = mark ? size.replace(/^\d+/, (n) => n.replace(/\B(?=(\d{3})+$)/g, mark)) : size;
  const before = below ? "-" : sign.replace("-", "");
  return padded(before, grouped, align || (zero ? "=" : ">"), fill || zero || " ", width);
}

function whole(value, code, places) {
  if (/[efg%]/i.test(code)) return real(Number(value), code, places);
  const size = BigInt(value.replace("-", ""));
  if (code === "c") return String.fromCodePoint(Number(size));
  const text = size.toString(BASES[code] ?? 10);
  return code === "X" ? text.toUpperCase() : text;
}

function real(value, code, places) {
  const size = Math.abs(value);
  if (code === "%") return `${digits(size * 100, "f", places ?? 6)}%`;
  if (code) {
    const text = digits(size, code.toLowerCase().replace("n", "g"), places ?? 6);
    return code < "a" ? text.toUpperCase() : text;
  }
  if (places === undefined) return number(size);
  const text = digits(size, "g", places || 1);
  return /[e.n]/.test(text) ? text : `${text}.0`;
}

function padded(before, text, align, fill, width) {
  const room = Math.max(0, width - before.length - text.length);
  const left = { "<": 0, "^": Math.floor(room / 2) }[align] ?? room;
  if (align === "=") return before + fill.repeat(room) + text;
  return fill.repeat(left) + before + text + fill.repeat(room - left);
}
