// The page's Python: MicroPython, with the arrays of numpy-ts and the snippets' files.

import { loadMicroPython } from "@micropython/micropython-webassembly-pyscript/micropython.mjs";
import { arrays } from "./arrays.js";
import { lower } from "./lower.js";

const HEAP = 64 * 1024 * 1024; // bytes for Python's own objects; arrays are bounded alone

/** An interpreter that writes its lines with `write`, and knows these files. */
export async function create({ library, files, write, url }) {
  const python = await loadMicroPython({
    url,
    heapsize: HEAP,
    pystack: 64 * 1024, // words: calls may go deep
    stdout: (line) => write(line),
    stderr: (line) => write(line),
    linebuffer: true,
  });
  python.registerJsModule("_arrays", arrays);
  const keep = (path, source) => {
    python.FS.mkdirTree(`/lib/${path}`.replace(/\/[^/]*$/, ""));
    python.FS.writeFile(`/lib/${path}`, source);
  };
  for (const [path, source] of Object.entries(library)) keep(path, source);
  for (const [path, source] of Object.entries(files)) keep(path, lower(source));
  python.runPython("import _engine");
  return {
    python,
    /** Run the lines of one example; an expression's value is shown. */
    run(source) {
      try {
        python.runPython(lower(source, { prompt: true }));
        return null;
      } catch (error) {
        return error.message.trimEnd();
      }
    },
  };
}
