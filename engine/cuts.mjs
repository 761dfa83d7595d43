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
  const source = fs.readFileSync(
    path.join(packages, "numpy-ts/dist/esm/common/wasm/bins/rng.wasm.js"),
    "utf8",
  );
  return Buffer.from(RANDOM.exec(source)[1], "base64");
};

// How numpy-ts writes arrays: printing.js does it as NumPy does
const withoutFormats = cutting("without-formats", /\/ops\/formatting\.js$/, (source) =>
  exported(source)
    .map((one) => `export const ${one} = () => "";`)
    .join("\n"),
);

// --- MicroPython

// What Emscripten has written around it looks in each step whether it is used as it should
// be, and runs elsewhere too: the names of these places are defined below
const withoutAssertions = cutting("without-assertions", /\/micropython\.mjs$/, (source) => {
  source = replaced(source, /function assert\(condition,text\)\{[^}]*\}/);
  source = replaced(source, /\["writeI53ToI64",[^\]]*\]/, "[]"); // for words about what was not exported
  source = replaced(source, /\["run","out","err",[^\]]*\]/, "[]");
  source = replaced(source, /!function\(\)\{function humanReadable[^]*?\)\}\(\);/); // which browsers it knows
  source = replaced(source, /,ENVIRONMENT_IS_WEB=[^;]*(?=;)/);
  // It would fetch its WebAssembly; the page has done so, and compiled it on the way
  return replaced(
    source,
    /(?<=\{)locateFile:/,
    "instantiateWasm:options.instantiateWasm,locateFile:",
  );
});

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
