// The worker in which the page's Python runs. It is asked
//
//   { page: [[source, …], …], changed: [{ path, name, source }] }
//   { docstring: [source, …], module, changed }
//
// and answers { answers: [{ written, error, lines }, …], milliseconds }; first { ready }.

import { create } from "./engine.js";
import { atFirst, lock } from "./lock.js";
import { Session } from "./session.js";

const had = atFirst();
const beside = (name) => new URL(name, import.meta.url).href;
const answer = self.postMessage.bind(self);
const asked = []; // while it loads
let work = (request) => asked.push(request);
self.addEventListener("message", ({ data }) => work(data));

try {
  const python = await (await fetch(beside("python.json"))).json();
  const engine = await create({ ...python, url: beside("micropython.wasm") });
  const session = new Session(engine, python.files);
  lock(had);
  work = ({ page, docstring, module, changed }) => {
    const start = performance.now();
    const answers = page
      ? session.page(page, changed)
      : session.docstring(docstring, module, changed);
    answer({ answers, milliseconds: performance.now() - start });
  };
  answer({ ready: true });
  asked.forEach((request) => work(request));
} catch (error) {
  answer({ failed: `${error.message ?? error}` });
}
