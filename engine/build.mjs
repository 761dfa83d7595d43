// Bundles the page's Python for the site: node build.mjs FOLDER.
//
// numpy-ts keeps each of its loops twice, in JavaScript and in WebAssembly, and takes
// the second from 32 entries on. That one loses NaN (exp(NaN) is 2.4e38), and is four
// fifths of the bytes; so it is left out, and each of its functions answers null, upon
// which numpy-ts goes on in JavaScript.

import fs from "node:fs";
import path from "node:path";
import { build } from "esbuild";

const KERNEL = /numpy-ts\/dist\/esm\/common\/wasm\/\w+\.js$/;
// Memory and what asks for it; and random numbers, of which there is one loop alone
const KEPT = new Set(["runtime.js", "config.js", "detect.js", "rng.js"]);

const withoutKernels = {
  name: "without-kernels",
  setup(bundle) {
    bundle.onLoad({ filter: KERNEL }, ({ path: file }) => {
      if (KEPT.has(path.basename(file))) return null;
      const source = fs.readFileSync(file, "utf8");
      const exported = [...source.matchAll(/export\{([^}]*)\}/g)]
        .flatMap(([, names]) => names.split(","))
        .map((name) => name.trim().split(" as ").pop());
      if (exported.length === 0) throw new Error(`no exports are found in ${file}`);
      return {
        contents: exported.map((name) => `export const ${name} = () => null;`).join("\n"),
        loader: "js",
      };
    });
  },
};

const here = import.meta.dirname;
const [folder] = process.argv.slice(2);
await build({
  entryPoints: { engine: path.join(here, process.env.ENTRY ?? "engine.js") },
  outdir: folder,
  bundle: true,
  minify: true,
  format: "esm",
  platform: "browser",
  external: ["module", "fs", "path", "url", "crypto", "node:*"],
  plugins: [withoutKernels],
  logLevel: "warning",
});
