// What MicroPython's grammar lacks, written in what it has. Lines stay where they are.

import { parser } from "@lezer/python";

const COMPARED = { "<": true, "<=": true, ">": true, ">=": true };
const GENERIC = new Set(["tuple", "list", "dict", "set", "frozenset", "type"]);
const CALLED = {
  float: "_engine_float",
  complex: "_engine_complex_number",
  slice: "_engine_slice",
};

/** The source for MicroPython. At the prompt, values of expressions are shown. */
export function lower(source, { prompt = false } = {}) {
  showing = prompt;
  return render(source, parser.parse(source).topNode);
}

let showing = false;

/** The text of a node, its parts lowered. */
function render(source, node) {
  const rule = RULES[node.name];
  const changed = rule?.(source, node);
  return changed ?? between(source, node, children(node));
}

const children = (node) => {
  const found = [];
  for (let child = node.firstChild; child; child = child.nextSibling) found.push(child);
  return found;
};

const text = (source, node) => source.slice(node.from, node.to);

/** The parts of a node, and what stands between them. */
function between(source, node, parts, from = node.from, to = node.to) {
  let written = "";
  let at = from;
  for (const part of parts) {
    written += source.slice(at, part.from) + render(source, part);
    at = part.to;
  }
  return written + source.slice(at, to);
}

/** The source without its comments and docstrings, which nothing asks for; lines stay. */
export function bare(source) {
  let written = "";
  let at = 0;
  parser.parse(source).iterate({
    enter({ name, from, to, node }) {
      const first =
        node.parent?.name === "Script" ? !node.prevSibling : node.prevSibling?.name === ":";
      const docstring =
        name === "ExpressionStatement" && first && node.firstChild.name === "String";
      if (name !== "Comment" && !docstring) return;
      written +=
        source.slice(at, from) +
        (docstring ? '""' : "") +
        source.slice(from, to).replace(/[^\n]/g, "");
      at = to;
    },
  });
  return written + source.slice(at);
}

const RULES = {
  // MicroPython's floats would ask it of what stands on their right, and take a number
  VariableName: (source, node) => (text(source, node) === "__float__" ? "_float" : null),
  PropertyName: (source, node) => (text(source, node) === "__float__" ? "_float" : null),

  ExpressionStatement(source, node) {
    if (!showing) return null;
    const parts = children(node).filter(({ name }) => name !== "Comment");
    const { to } = parts.at(-1);
    return `_engine_show((${between(source, node, parts, node.from, to)}))${source.slice(to, node.to)}`;
  },
  FunctionDefinition: unshown,
  ClassDefinition: unshown,

  // tuple[int, ...]: the classes of MicroPython take no subscript
  MemberExpression(source, node) {
    const [named, bracket] = children(node);
    const builtin = named.name === "VariableName" && GENERIC.has(text(source, named));
    return builtin && bracket.name === "[" ? text(source, named) : null;
  },
  ReturnStatement(source, node) {
    const parts = children(node);
    if (!parts.some((part) => part.name === "*")) return null;
    const [first] = parts.slice(1);
    return `return _engine_tupled(${between(source, node, parts.slice(1), first.from, node.to)})`;
  },

  // MicroPython hands a field to str.format, which asks no object for its own format,
  // and rounds a tie of floats up
  FormatString: (source, node) => `(${formatted(source, node)})`,
  ContinuedString(source, node) {
    if (!children(node).some(({ name }) => name === "FormatString")) return null;
    const parts = children(node).filter(({ name }) => name !== "Comment");
    let at = node.from;
    let written = "(";
    parts.forEach((part, i) => {
      const gap = source.slice(at, part.from);
      written += gap + (i ? "+" : "") + render(source, part);
      at = part.to;
    });
    return `${written})`;
  },

  // A comparison is not reflected: 0 < array, and 0 < array[0] < 1
  BinaryExpression(source, node) {
    const parts = chain(source, node);
    const operators = parts.filter((_, i) => i % 2).map((part) => text(source, part));
    if (!operators.some((operator) => operator in COMPARED)) return null;
    if (
      operators.some(
        (operator) => !(operator in COMPARED || operator === "==" || operator === "!="),
      )
    )
      return null;
    let written = "_engine_compared(";
    let at = node.from;
    for (const part of parts) {
      written += source.slice(at, part.from);
      written += part.name === "CompareOp" ? `,"${text(source, part)}",` : render(source, part);
      at = part.to;
    }
    return `${written})`;
  },

  // def f(x, /)
  ParamList(source, node) {
    let written = "";
    let at = node.from;
    for (const part of children(node)) {
      const gap = source.slice(at, part.from);
      const dropped = gap.includes("/") && part.name === ",";
      written += gap.replace("/", "") + (dropped ? "" : render(source, part));
      at = part.to;
    }
    return written;
  },

  // raise … from …: MicroPython keeps no cause
  RaiseStatement(source, node) {
    const parts = children(node);
    const from = parts.findIndex(({ name }) => name === "from");
    if (from < 0) return null;
    return between(source, node, parts.slice(0, from), node.from, parts[from - 1].to);
  },

  // isinstance(x, int | float)
  CallExpression(source, node) {
    const [called, list] = children(node);
    const ours = CALLED[text(source, called)];
    if (ours && called.name === "VariableName") return ours + render(source, list);
    if (text(source, called) !== "isinstance" || !list) return null;
    const kinds = children(list).at(-2);
    if (kinds?.name !== "BinaryExpression") return null;
    const named = text(source, kinds).split("|").join(",");
    return `${text(source, called)}${between(source, list, children(list).slice(0, -2), list.from, kinds.from)}(${named}))`;
  },

  ArrayExpression: (source, node) => starred(source, node, "_engine_listed"),
  TupleExpression: (source, node) => starred(source, node, "_engine_tupled"),
  // A dict of MicroPython keeps no order
  DictionaryExpression(source, node) {
    const parts = children(node).slice(1, -1);
    if (parts.length === 0) return null;
    let written = "";
    let at = node.from + 1;
    let inside = false; // a pair
    for (const part of parts) {
      const gap = source.slice(at, part.from);
      at = part.to;
      if (part.name === "**") written += `${gap}*(`;
      else if (part.name === ":") written += `${gap}),(`;
      else if (part.name === ",") {
        written += `${gap}${inside ? "))" : ").items()"},`;
        inside = false;
      } else {
        const opened = inside || written.endsWith("*(") ? "" : "((";
        inside ||= opened !== "";
        written += gap + opened + render(source, part);
      }
    }
    const closed = parts.at(-1).name === "," ? "" : inside ? "))" : ").items()";
    return `_engine_ordered(${written}${closed}${source.slice(at, node.to - 1)})`;
  },
  DictionaryComprehensionExpression(source, node) {
    const parts = children(node);
    const colon = parts.find(({ name }) => name === ":");
    const loop = parts.find(({ name }) => name === "for");
    const [key, value] = [
      between(
        source,
        node,
        parts.filter((p) => p.from > node.from && p.to <= colon.from),
        node.from + 1,
        colon.from,
      ),
      between(
        source,
        node,
        parts.filter((p) => p.from >= colon.to && p.to <= loop.from),
        colon.to,
        loop.from,
      ),
    ];
    const tail = between(
      source,
      node,
      parts.filter((p) => p.from >= loop.from && p.to < node.to),
      loop.from,
      node.to - 1,
    );
    return `_engine_ordered(*[((${key}),(${value})) ${tail}])`;
  },
};

/** A comparison's sides and signs, in their order: a < b < c. */
function chain(source, node) {
  const parts = children(node);
  if (parts.length !== 3 || parts[1].name !== "CompareOp") return [node];
  const [left, operator, right] = parts;
  const before = left.name === "BinaryExpression" ? chain(source, left) : [left];
  return [...before, operator, right];
}

/** What is shown nowhere: the statements of a function. */
function unshown(source, node) {
  const before = showing;
  showing = false;
  const written = between(source, node, children(node));
  showing = before;
  return written;
}

/** [*a, b] and (*a, b). */
function starred(source, node, name) {
  const parts = children(node);
  if (!parts.some((part) => part.name === "*")) return null;
  return `${name}(${between(source, node, parts.slice(1, -1), node.from + 1, node.to - 1)})`;
}

/** An f-string, as a sum of its parts. */
function formatted(source, node) {
  const whole = text(source, node);
  const [, prefix, quote] = /^([a-zA-Z]+)('''|"""|'|")/.exec(whole);
  const raw = /r/i.test(prefix) ? "r" : "";
  const literal = (from, to) => {
    const said = source.slice(from, to).replaceAll("{{", "{").replaceAll("}}", "}");
    return said && `${raw}${quote}${said}${quote}`;
  };
  const parts = [];
  let at = node.from + prefix.length + quote.length;
  for (const part of children(node)) {
    if (part.name !== "FormatReplacement") continue;
    parts.push(literal(at, part.from), field(source, part));
    at = part.to;
  }
  parts.push(literal(at, node.to - quote.length));
  return parts.filter(Boolean).join("+") || `${quote}${quote}`;
}

/** A field of an f-string: {value!r:spec}, and {value=}. */
function field(source, node) {
  const parts = children(node);
  const conversion = parts.find(({ name }) => name === "FormatConversion");
  const spec = parts.find(({ name }) => name === "FormatSpec");
  const naming = parts.find(({ name }) => name === "FormatSelfDoc");
  const end = naming ?? conversion ?? spec ?? parts.at(-1);
  const inner = parts.filter(
    (part) => part.from > node.from && part.to <= end.from && part.name !== "{",
  );
  const value = between(source, node, inner, node.from + 1, end.from);
  let kind = conversion ? text(source, conversion).slice(1) : "";
  let format = '""';
  if (spec) {
    const pieces = [];
    let at = spec.from + 1;
    for (const nested of children(spec)) {
      if (nested.name !== "FormatReplacement") continue;
      pieces.push(JSON.stringify(source.slice(at, nested.from)), field(source, nested));
      at = nested.to;
    }
    pieces.push(JSON.stringify(source.slice(at, spec.to)));
    format = pieces.join("+");
  }
  if (naming && !conversion && !spec) kind = "r";
  const said = `_engine_formatted((${value}),${JSON.stringify(kind)},${format})`;
  return naming ? `${JSON.stringify(source.slice(node.from + 1, naming.to))}+${said}` : said;
}
