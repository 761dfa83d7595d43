// The worker in which the page's Python runs. It is first given what it runs with, { python,
// wasm }: the files, and the interpreter, compiled; and answers { ready }. Then it is asked
//
//   { blocks: [[source, …], …], changed: [{ path, name, source }], module, random }
//
// to run blocks of the page or, of a module, the examples of a docstring, which are the
// one block then. It is all written for MicroPython (lower.js), and has the loops of random
// numbers with it if it names any. The answer is { answers: [{ written, error, lines }, …],
// milliseconds }.

import { create } from "./engine.js";
import { given } from "./given.js";
import { atFirst, lock } from "./lock.js";
import { Session } from "./session.js";

const had = atFirst();
const answer = self.postMessage.bind(self);

async function begin({ python, wasm }) {
  const files = JSON.parse(new TextDecoder().decode(python));
  const session = new Session(await create({ ...files, wasm }), files.files);
  lock(had);
  return ({ blocks, changed, module, random }) => {
    const start = performance.now();
    given.random ??= random;
    const answers = module
      ? session.docstring(blocks[0], module, changed)
      : session.page(blocks, changed);
    answer({ answers, milliseconds: performance.now() - start });
  };
}

let work = async ({ data }) => {
  try {
    work = (
      (run) =>
      ({ data }) =>
        run(data)
    )(await begin(data));
    answer({ ready: true });
  } catch (error) {
    answer({ failed: `${error.message ?? error}` });
  }
};
self.addEventListener("message", (event) => work(event));
