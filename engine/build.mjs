// Makes what a page loads to run Python: node build.mjs FOLDER, the site's assets/engine.
//
//   worker.js         the interpreter, the arrays, the grammar
//   micropython.wasm  as it comes
//   python.json       what Python comes with here, and the snippets, in its grammar
//   editor.js         the editor, for the first change
//   LICENSES.txt      of all that is in them

import fs from "node:fs";
import path from "node:path";
import { build } from "esbuild";
import { bare, lower } from "./lower.js";

const HERE = import.meta.dirname;
const PACKAGES = path.join(HERE, "node_modules");
const MICROPYTHON = path.join(PACKAGES, "@micropython/micropython-webassembly-pyscript");

// numpy-ts keeps each of its loops twice, in JavaScript and in WebAssembly, and takes
// the second from 32 entries on. That one loses NaN (exp(NaN) is 2.4e38), and is four
// fifths of the bytes; so it is left out, and each of its functions answers null, upon
// which numpy-ts goes on in JavaScript.
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

const withoutKernels = {
  name: "without-kernels",
  setup(bundle) {
    bundle.onLoad({ filter: KERNEL }, ({ path: file }) => {
      const name = path.basename(file);
      if (KEPT.has(name)) return null;
      if (name === "config.js") return { contents: MEMORY, loader: "js" };
      const source = fs.readFileSync(file, "utf8");
      const exported = [...source.matchAll(/export\{([^}]*)\}/g)]
        .flatMap(([, names]) => names.split(","))
        .map((name) => name.trim().split(" as ").pop());
      if (exported.length === 0) throw new Error(`no exports are found in ${file}`);
      const contents = exported.map((name) => `export const ${name} = () => null;`);
      return { contents: contents.join("\n"), loader: "js" };
    });
  },
};

/** Python files below a folder, by their paths there; written anew by a function. */
function python(folder, written, below = "") {
  const found = {};
  for (const entry of fs.readdirSync(folder, { withFileTypes: true })) {
    const [name, file] = [below + entry.name, path.join(folder, entry.name)];
    if (entry.isDirectory()) Object.assign(found, python(file, written, `${name}/`));
    else if (name.endsWith(".py")) found[name] = written(fs.readFileSync(file, "utf8"));
  }
  return found;
}

// The licence of MicroPython, which its package names and leaves out
const NOTICE = `
The MIT License (MIT)

Copyright (c) 2013-2025 Damien P. George
`;

/** The licences of the packages of which there is something in a bundle. */
function licences(inputs) {
  const names = inputs.map((file) => /node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(file)?.[1]);
  const texts = [...new Set(names.filter(Boolean))].sort().map((name) => {
    const { version, license } = JSON.parse(fs.readFileSync(path.join(PACKAGES, name, "package.json")));
    const text = path.join(PACKAGES, name, "LICENSE");
    const words = fs.existsSync(text) ? fs.readFileSync(text, "utf8").trim() : null;
    return { head: `${name} ${version}, ${license}`, words };
  });
  // MIT is the same text everywhere, behind the line of who holds the rights
  const terms = texts.map(({ words }) => /Permission is hereby granted[^]*/.exec(words ?? "")?.[0]);
  const mit = terms.find(Boolean);
  return texts
    .map(({ head, words }) => `${head}\n\n${words ?? NOTICE.trim() + "\n\n" + mit}\n`)
    .join("\n\n");
}

const [folder] = process.argv.slice(2);
const bundled = (name, format) =>
  build({
    entryPoints: [path.join(HERE, `${name}.js`)],
    outdir: folder,
    bundle: true,
    minify: true,
    format,
    platform: "browser",
    external: ["module", "fs", "path", "url", "crypto", "node:*"], // MicroPython's, in Node
    // MicroPython would look whether it is in Node, and where it came from
    define: { process: "undefined", "import.meta.url": '""' },
    plugins: [withoutKernels],
    metafile: true,
    logLevel: "warning",
  });
// A plain script, since a page from a folder starts no module in a worker
const made = [await bundled("worker", "iife"), await bundled("editor", "esm")];
const put = (name, content) => fs.writeFileSync(path.join(folder, name), content);
put("micropython.wasm", fs.readFileSync(path.join(MICROPYTHON, "micropython.wasm")));
put("python.json", JSON.stringify({
  library: python(path.join(HERE, "python"), bare),
  files: python(path.join(HERE, "../snippets"), (source) => bare(lower(source)), "snippets/"),
}));
put("LICENSES.txt", licences(made.flatMap(({ metafile }) => Object.keys(metafile.inputs))));
