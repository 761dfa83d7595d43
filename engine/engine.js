// The page's Python: MicroPython, with the arrays of numpy-ts and the snippets' files.

import { loadMicroPython } from "@micropython/micropython-webassembly-pyscript/micropython.mjs";
import { arrays } from "./arrays.js";

const HEAP = 64 * 1024 * 1024; // bytes for Python's own objects; arrays are bounded alone

/**
 * An interpreter, as compiled WebAssembly, that knows these files by their paths: what
 * Python comes with, and the project's. All that it runs is written for MicroPython
 * already; see lower.js.
 */
export async function create({ library, files, wasm }) {
  const decoder = new TextDecoder();
  let written = "";
  const python = await loadMicroPython({
    instantiateWasm: (imports, done) => done(new WebAssembly.Instance(wasm, imports)),
    heapsize: HEAP,
    pystack: 64 * 1024, // words: calls may go deep
    stdout: (bytes) => (written += decoder.decode(bytes, { stream: true })),
    linebuffer: false,
  });
  python.registerJsModule("_arrays", arrays);
  const keep = (path, source) => {
    python.FS.mkdirTree(`/lib/${path}`.replace(/\/[^/]*$/, ""));
    python.FS.writeFile(`/lib/${path}`, source);
  };
  for (const [path, source] of Object.entries(library)) keep(path, source);
  python.runPython("import _engine");
  const engine = python.pyimport("_engine");
  const kept = {};
  const running = (work) => {
    written = "";
    arrays.begin();
    try {
      work();
      return { written, error: "" };
    } catch (error) {
      if (error.name !== "PythonError") throw error;
      return { written, error: error.message.trimEnd() };
    }
  };

  return {
    /** Forget what was run; let some files be others than those of the site. */
    reset(changed = {}) {
      for (const [path, source] of Object.entries({ ...files, ...changed })) {
        if (kept[path] !== source) keep(path, source);
        kept[path] = source;
      }
      engine.reset();
    },

    /**
     * Run some statements in the names of the page, or of a module; give what was
     * written, and what went wrong: the traceback. Values of expressions are shown.
     */
    run(source, module = "") {
      return running(() => engine.run(source, module));
    },

    /** Begin the examples of a docstring, in a copy of its module's names. */
    open: (module) => running(() => engine.open_module(module)),
  };
}
