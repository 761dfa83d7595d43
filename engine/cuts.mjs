// What is left out of the packages: each cut says why. One that no longer finds what it
// cuts, in another version, is an error.

import fs from "node:fs";
import path from "node:path";

/** The text with something else in the place of what is found. */
function replaced(source, found, by = "") {
  if (!found.test(source)) throw new Error(`nothing to cut is found: ${found}`);
  return source.replace(found, by);
}

/** A plugin of esbuild that writes the files of some names anew. */
const cutting = (name, filter, written) => ({
  name,
  setup(bundle) {
    bundle.onLoad({ filter }, ({ path: file }) => {
      const contents = written(fs.readFileSync(file, "utf8"), path.basename(file));
      return { contents, loader: "js", resolveDir: path.dirname(file) };
    });
  },
});

const exported = (source) =>
  [...source.matchAll(/export\{([^}]*)\}/g)]
    .flatMap(([, names]) => names.split(","))
    .map((name) => name.trim().split(" as ").pop());

// --- numpy-ts

// Each of its loops is there twice, in JavaScript and in WebAssembly, and it takes the
// second from 32 entries on. That one loses NaN (exp(NaN) is 2.4e38), and is four fifths
// of the bytes; so it is left out, and each of its functions answers null, upon which
// numpy-ts goes on in JavaScript.
const KERNEL = /numpy-ts\/dist\/esm\/common\/wasm\/\w+\.js$/;
// Memory and what asks for it; and random numbers, of which there is one loop alone
const KEPT = new Set(["runtime.js", "detect.js", "rng.js"]);
// It would keep the arrays in 256 MiB of memory of its own, asked for at once, which a
// phone may refuse. They are JavaScript's; only random numbers pass through this memory:
// 8 MiB that a loop may have, and 16 MiB for numbers
const MEMORY = `
  export const wasmMemoryConfig = {
    maxMemoryBytes: 24 * 2 ** 20, scratchBytes: 16 * 2 ** 20, fallbackToJS: true,
    warnOnHeapExhaustion: false, heapExhaustedCount: 0,
  };
  export const wasmConfig = { thresholdMultiplier: 1, wasmCallCount: 0, useRelaxedSimd: "auto" };
`;

const withoutKernels = cutting("without-kernels", KERNEL, (source, name) => {
  if (KEPT.has(name)) return source;
  if (name === "config.js") return MEMORY;
  const names = exported(source);
  if (names.length === 0) throw new Error(`no exports are found in ${name}`);
  return names.map((one) => `export const ${one} = () => null;`).join("\n");
});

// The loop of random numbers is 74 kB, in a text. Few pages draw any: so it is a file, which
// the page hands over where it is needed (given.js)
const RANDOM = /="(AGFz[^"]*)"/;
const BYTES = /const \w=atob\(\w\),(\w)=new Uint8Array\(\w\.length\);for\([^)]*\)[^;]*;/;

const withoutRandom = cutting("without-random", /\/rng\.wasm\.js$/, (source) => {
  const given = JSON.stringify(path.join(import.meta.dirname, "given.js"));
  const taken = replaced(replaced(source, RANDOM, '=""'), BYTES, "const $1=given.random;");
  return `import { given } from ${given};${taken}`;
});

export const random = (packages) => {
  const source = fs.readFileSync(path.join(packages, "numpy-ts/dist/esm/common/wasm/bins/rng.wasm.js"), "utf8");
  return Buffer.from(RANDOM.exec(source)[1], "base64");
};

// How numpy-ts writes arrays: printing.js does it as NumPy does
const withoutFormats = cutting("without-formats", /\/ops\/formatting\.js$/, (source) =>
  exported(source).map((one) => `export const ${one} = () => "";`).join("\n"),
);

// --- MicroPython

const MICROPYTHON = "@micropython/micropython-webassembly-pyscript";

// What Emscripten has written around it looks in each step whether it is used as it should
// be, and runs elsewhere too: the names of these places are defined below
const withoutAssertions = cutting("without-assertions", /\/micropython\.mjs$/, (source) => {
  source = replaced(source, /function assert\(condition,text\)\{[^}]*\}/);
  source = replaced(source, /\["writeI53ToI64",[^\]]*\]/, "[]"); // for words about what was not exported
  source = replaced(source, /\["run","out","err",[^\]]*\]/, "[]");
  source = replaced(source, /!function\(\)\{function humanReadable[^]*?\)\}\(\);/); // which browsers it knows
  source = replaced(source, /,ENVIRONMENT_IS_WEB=[^;]*(?=;)/);
  // It would fetch its WebAssembly; the page has done so, and compiled it on the way
  return replaced(source, /(?<=\{)locateFile:/, "instantiateWasm:options.instantiateWasm,locateFile:");
});

// Modules of Python's own that are compiled into it, and that no code about numbers imports.
// They are a tenth of it, and a seventh of a second on a slow phone's network
const UNASKED =
  /^(asyncio|base64|binascii|datetime|fnmatch|gzip|hmac|html|inspect|locale|logging|os|pathlib|stat|tarfile|unittest|uu)\b/;

/** The interpreter without these modules: zeros, which compress to nothing. */
export function interpreter(packages) {
  const wasm = fs.readFileSync(path.join(packages, MICROPYTHON, "micropython.wasm"));
  // Where the memory that it begins with stands in the file
  const { address, from, length } = firstData(wasm);
  const memory = wasm.subarray(from, from + length);
  const word = (at) => memory.readUInt32LE(at - address);
  // The names of the modules, one after the other, and the same number of addresses
  const start = memory.indexOf("asyncio/event.py\0asyncio/funcs.py\0");
  const names = memory.toString("latin1", start, memory.indexOf("\0\0", start)).split("\0");
  const table = tableOf(names.length, word, address, length);
  // Each module's code begins at an address of its own, and ends where the next one begins
  const begins = names.map((_, i) => word(word(table + 4 * i)));
  const inside = (at) => at > address && at < address + length;
  if (names.length < 30 || !begins.every((at, i) => inside(at) && !(at <= begins[i - 1])))
    throw new Error("MicroPython's own modules are not where they were: see cuts.mjs");
  let at = start;
  names.forEach((name, i) => {
    if (UNASKED.test(name)) {
      memory.fill("-", at, at + name.length); // no name that can be imported
      memory.fill(0, begins[i] - address, begins[i + 1] - address);
    }
    at += name.length + 1;
  });
  return wasm;
}

/** Where there are so many addresses of entries of 12 bytes that follow each other. */
function tableOf(count, word, address, length) {
  const follow = (at) => {
    for (let i = 1; i < count; i++) if (word(at + 4 * i) - word(at + 4 * i - 4) !== 12) return false;
    return true;
  };
  for (let at = address; at < address + length - 4 * count; at += 4) if (follow(at)) return at;
  throw new Error("MicroPython's own modules are not found: see cuts.mjs");
}

/** The first segment of data of a WebAssembly file: its address, and its place in the file. */
function firstData(wasm) {
  let at = 8;
  const number = () => {
    let [value, shift, byte] = [0, 0];
    do {
      byte = wasm[at++];
      value |= (byte & 127) << shift;
      shift += 7;
    } while (byte & 128);
    return value;
  };
  for (let section = 0; section !== 11; ) {
    if (at >= wasm.length) throw new Error("no data is found in MicroPython's WebAssembly");
    section = wasm[at++];
    const length = number();
    if (section !== 11) at += length;
  }
  number(); // how many segments there are
  at += 2; // that it goes into the memory, at a constant
  const address = number();
  at += 1; // the end of the constant
  return { address, length: number(), from: at };
}

export const plugins = [withoutKernels, withoutRandom, withoutFormats, withoutAssertions];
export const define = {
  process: "undefined",
  "globalThis.window": "undefined",
  "import.meta.url": '""',
  ENVIRONMENT_IS_NODE: "false",
  ENVIRONMENT_IS_SHELL: "false",
  ENVIRONMENT_IS_WEB: "false",
  ENVIRONMENT_IS_WORKER: "true",
};
export const pure = ["assert"]; // a call of what is defined nowhere may go
