// The worker in which the page's Python runs. It is first given its files, as they are
// in { python, wasm }, and answers { ready }; then it is asked
//
//   { page: [[source, …], …], changed: [{ path, name, source }] }
//   { docstring: [source, …], module, changed }
//
// and answers { answers: [{ written, error, lines }, …], milliseconds }.

import { create } from "./engine.js";
import { atFirst, lock } from "./lock.js";
import { Session } from "./session.js";

const had = atFirst();
const answer = self.postMessage.bind(self);

async function begin({ python, wasm }) {
  const files = JSON.parse(new TextDecoder().decode(python));
  // MicroPython fetches itself, and asks for nothing else
  self.fetch = async () => new Response(wasm, { headers: { "content-type": "application/wasm" } });
  const session = new Session(await create({ ...files, url: "micropython.wasm" }), files.files);
  delete self.fetch;
  lock(had);
  return ({ page, docstring, module, changed }) => {
    const start = performance.now();
    const answers = page ? session.page(page, changed) : session.docstring(docstring, module, changed);
    answer({ answers, milliseconds: performance.now() - start });
  };
}

let work = async ({ data }) => {
  try {
    work = ((run) => ({ data }) => run(data))(await begin(data));
    answer({ ready: true });
  } catch (error) {
    answer({ failed: `${error.message ?? error}` });
  }
};
self.addEventListener("message", (event) => work(event));
