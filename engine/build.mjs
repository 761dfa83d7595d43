// Makes what a page loads to run Python: node build.mjs FOLDER, the site's assets/engine.
//
//   worker.js         what is around the interpreter, and the arrays
//   micropython.wasm  as it comes
//   python.json       what Python comes with here, and the snippets, in its grammar
//   random.wasm       random numbers, for code that names them
//   editor.js         the editor and the grammar, for the first change
//   LICENSES.txt      of all that is in them

import fs from "node:fs";
import path from "node:path";
import { build } from "esbuild";
import { minify } from "terser";
import { define, plugins, pure, random } from "./cuts.mjs";
import { bare, lower } from "./lower.js";

const HERE = import.meta.dirname;
const PACKAGES = path.join(HERE, "node_modules");
const MICROPYTHON = "@micropython/micropython-webassembly-pyscript/micropython.wasm";

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
    const { version, license } = JSON.parse(
      fs.readFileSync(path.join(PACKAGES, name, "package.json")),
    );
    const text = path.join(PACKAGES, name, "LICENSE");
    const words = fs.existsSync(text) ? fs.readFileSync(text, "utf8").trim() : null;
    return { head: `${name} ${version}, ${license}`, words };
  });
  // MIT is the same text everywhere, behind the line of who holds the rights
  const terms = texts.map(({ words }) => /Permission is hereby granted[^]*/.exec(words ?? "")?.[0]);
  const mit = terms.find(Boolean);
  return texts
    .map(({ head, words }) => `${head}\n\n${words ?? [NOTICE.trim(), mit].join("\n\n")}\n`)
    .join("\n\n");
}

const [folder] = process.argv.slice(2);
const put = (name, content) => fs.writeFileSync(path.join(folder, name), content);

/** Write a script of ours with all that it imports; return the files that are in it. */
async function bundle(name, globalName) {
  const { outputFiles, metafile } = await build({
    entryPoints: [path.join(HERE, `${name}.js`)],
    bundle: true,
    minify: true,
    format: "iife", // from a folder a page loads no module
    globalName,
    platform: "browser",
    define,
    plugins,
    pure,
    metafile: true,
    write: false,
    logLevel: "warning",
  });
  // Terser's short names compress better: they are of the letters that are frequent anyway
  put(`${name}.js`, (await minify(outputFiles[0].text, { compress: false })).code);
  return Object.keys(metafile.inputs);
}

fs.mkdirSync(folder, { recursive: true });
const inputs = [...(await bundle("worker")), ...(await bundle("editor", "pythonEditor"))];
put("micropython.wasm", fs.readFileSync(path.join(PACKAGES, MICROPYTHON)));
put("random.wasm", random(PACKAGES));
const library = python(path.join(HERE, "python"), bare);
const files = python(path.join(HERE, "../snippets"), (source) => bare(lower(source)), "snippets/");
for (const [name, source] of Object.entries(files))
  if (/\brandom\b/.test(source))
    throw new Error(`${name}: docs/assets/run.js looks for random numbers on pages only`);
put("python.json", JSON.stringify({ library, files }));
put("LICENSES.txt", licences(inputs));
