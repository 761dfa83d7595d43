// The search as a page runs it, in node: the theme's worker, ours around it, and the
// index of a built site. Told a JSON list of queries, it answers with a list of results.
//
//   node tests/search.mjs SITE < queries.json

import { readFileSync, readdirSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import vm from "node:vm";

const site = resolve(process.argv[2]);
const workers = join(site, "assets/javascripts/workers");
const theirs = readdirSync(workers).find((name) => /^search\..*\.js$/.test(name));
const ours = join(site, "assets/search/worker.js");

const listeners = [];
const warnings = [];
let arrived;
const worker = {
  console: { ...console, warn: (...said) => warnings.push(String(said.at(-1))) },
  location: { protocol: "https:", hash: `#${join(workers, theirs)}` },
  addEventListener: (_, listener) => listeners.push(listener),
  postMessage: (message) => arrived(message),
  importScripts: (...names) => {
    for (const name of names) run(resolve(dirname(ours), name));
  },
};
worker.self = worker;
vm.createContext(worker);
function run(path) {
  vm.runInContext(readFileSync(path, "utf8"), worker, { filename: path });
}
run(ours);

const ask = (message) =>
  new Promise((resolve) => {
    arrived = resolve;
    for (const listener of listeners) listener({ data: message });
  });

const index = JSON.parse(readFileSync(join(site, "search/search_index.json"), "utf8"));
const options = { suggest: true };
// What lunr has built, to compare its words with those that it can find
vm.runInContext(
  "let built; const build = (f) => function () { return (built = f.call(this)); }; lunr.Builder.prototype.build = build(lunr.Builder.prototype.build)",
  worker,
);
await ask({ type: 0, data: { ...index, options } });
const [words, found] = vm.runInContext(
  "[Object.keys(built.invertedIndex), built.tokenSet.toArray()]",
  worker,
);

const queries = JSON.parse(readFileSync(0, "utf8"));
const asked = queries === "prefixes" ? prefixes(words) : queries;
const answers = [];
for (const query of asked) {
  const { data } = await ask({ type: 2, data: query });
  const pages = data.items.map((page) =>
    page.map(({ location, score, title, text, terms }) =>
      queries === "prefixes" ? location : { location, score, title, text, terms },
    ),
  );
  answers.push({
    query,
    pages: queries === "prefixes" ? pages.length : pages,
    suggest: data.suggest,
  });
}
console.log(JSON.stringify({ words: words.sort(), found: found.sort(), warnings, answers }));

/** Every word, and of its beginnings each with which fewer words begin than before. */
function prefixes(all) {
  const begun = new Map([["", all.length]]);
  for (const word of all)
    for (let i = 1; i <= word.length; i++) {
      const beginning = word.slice(0, i);
      begun.set(beginning, (begun.get(beginning) ?? 0) + 1);
    }
  const whole = new Set(all);
  return [...begun.keys()].filter(
    (one) => one && (whole.has(one) || begun.get(one) < begun.get(one.slice(0, -1))),
  );
}
