// Runs the page's code in the page, once a reader asks for it: examples with prompts, and
// the docstring's examples of a function. Both can be changed; a changed function holds
// for all examples of the page, until it is as it was. typeset/running.py says of a block
// that it runs; engine/ has the Python. Nothing of it is fetched before the first click.
(() => {
  const here = document.currentScript.src;
  const SECONDS = 10; // after which code is ended: what is on the page takes no such time
  const WORKER = window.Worker.Real ?? window.Worker; // search.js has one of its own

  // Python, in a worker: it is started when it is first needed, and ended to stop it

  let worker = null;
  let waiting = Promise.resolve(); // for what is asked before

  const starting = async () => {
    const { address, files } = location.protocol === "file:" ? await enclosed() : beside();
    worker = new WORKER(address);
    const ready = answered("ready");
    const [python, wasm] = await Promise.all(files);
    worker.postMessage({ python, wasm }, [python, wasm]);
    return ready;
  };

  const at = (name) => new URL(`engine/${name}`, here).href;

  const fetched = async (name) => {
    const response = await fetch(at(name)).catch(() => ({}));
    if (!response.ok) throw new Error("Python could not be fetched.");
    return response.arrayBuffer();
  };

  const beside = () => ({
    address: at("worker.js"),
    files: ["python.json", "micropython.wasm"].map(fetched),
  });

  // From a folder, without a server, nothing is read but scripts: typeset/offline.py has
  // made one of all
  const enclosed = async () => {
    await new Promise((resolve, reject) => {
      const script = document.createElement("script");
      script.src = at("all.js");
      script.onload = resolve;
      script.onerror = () => reject(new Error("Python is not in this folder."));
      document.head.append(script);
    });
    const { worker: code, python, wasm } = globalThis.engine;
    return {
      address: URL.createObjectURL(new Blob([code], { type: "text/javascript" })),
      files: [
        new TextEncoder().encode(python).buffer,
        Uint8Array.from(atob(wasm), (letter) => letter.charCodeAt(0)).buffer,
      ],
    };
  };

  const answered = (what) =>
    new Promise((resolve, reject) => {
      worker.onmessage = ({ data }) => (data[what] ? resolve(data) : reject(new Error(data.failed)));
      worker.onerror = () => reject(new Error("Python could not be fetched."));
    });

  const ended = () => {
    worker?.terminate();
    worker = null;
  };

  // Ask the worker, after whatever was asked before; `stop` is given what ends it
  const ask = (request, says, stop) => {
    const asked = waiting.then(async () => {
      try {
        if (!worker) {
          says("Fetching Python …");
          await starting();
        }
        says("Running …");
        return await new Promise((resolve, reject) => {
          const end = (words) => {
            ended();
            reject(new Error(words));
          };
          const clock = setTimeout(end, 1000 * SECONDS, `Ended after ${SECONDS} seconds of computing.`);
          stop(() => end("Stopped."));
          answered("answers").then(resolve, reject).finally(() => clearTimeout(clock));
          worker.postMessage(request);
        });
      } catch (error) {
        ended();
        throw error;
      }
    });
    waiting = asked.catch(() => {});
    return asked;
  };

  // What a block says

  const PROMPT = /^(?:>>>|\.\.\.)(?: |$)/;

  /** The examples of a text: their sources, and the output that the text shows. */
  const examples = (text) => {
    const found = [];
    let open = false; // whether lines still belong to an example
    for (const line of text.split("\n")) {
      if (/^\s*>>>(?: |$)/.test(line)) {
        const indent = line.indexOf(">>>");
        found.push({ source: line.slice(indent + 4), want: "", indent });
        open = true;
      } else if (open && line.slice(found.at(-1).indent).startsWith("...")) {
        found.at(-1).source += `\n${line.slice(found.at(-1).indent + 4)}`;
      } else if (open && line.trim() && line.trim() !== '"""') {
        found.at(-1).want += `${line.slice(found.at(-1).indent)}\n`;
      } else open = false;
    }
    return found.map(({ source, want }) => ({ source, want: want.trimEnd() }));
  };

  /** What an answer looks like at a prompt. */
  const shown = ({ written, error }) =>
    `${written}${error ? `Traceback (most recent call last):\n${error}` : ""}`.trimEnd();

  /** What a page shows of a traceback is its first line and its last. */
  const short = (want) => want.replace(/^(Traceback[^\n]*\n)(?: [^\n]*\n)*/m, "$1");

  const make = (tag, className, text, ...attributes) => {
    const made = document.createElement(tag);
    if (className) made.className = className;
    if (text) made.textContent = text;
    for (const [name, value] of attributes) made.setAttribute(name, value);
    return made;
  };

  class Block {
    constructor(pre) {
      this.pre = pre;
      this.text = pre.querySelector("code").textContent.trimEnd();
      this.examples = examples(this.text);
      this.path = pre.dataset.runs === "example" ? "" : pre.dataset.runs;
      this.name = this.path && /^def (\w+)/m.exec(this.text)[1];
      this.code = this.path ? this.text : this.examples.map(({ source }) => source).join("\n");
      this.changed = null; // the text that a reader ran instead
      this.bar();
    }

    // Its buttons, and where it says what came of it

    bar() {
      const what = this.path ? `the examples of ${this.name}` : "this example";
      const row = make("div", "runner");
      const button = (text, label, work) => {
        const made = make("button", "", text, ["type", "button"], ["aria-label", label]);
        made.addEventListener("click", work);
        row.append(made);
        return made;
      };
      this.runner = button("Run", `Run ${what}`, () => this.run());
      this.stopper = button("Stop", `Stop ${what}`, () => this.stop());
      this.changer = button("Change", `Change ${this.path ? this.name : what}`, () => this.change());
      this.mender = button("As it was", `As it was: ${this.path ? this.name : what}`, () => this.mend());
      this.stopper.hidden = this.mender.hidden = true;
      if (document.querySelector(".opening")) {
        this.changer.textContent = "Try it with your own numbers";
        this.changer.removeAttribute("aria-label");
      }
      this.said = make("div", "ran", "", ["role", "status"]);
      this.pre.parentElement.append(row, this.said);
    }

    async change() {
      this.changer.hidden = true;
      this.mender.hidden = false;
      this.pre.hidden = true;
      const parent = make("div", "changing");
      this.pre.after(parent);
      this.editor = await editing({
        parent,
        text: this.changed ?? this.code,
        label: `Python: ${this.path ? this.name : "this example"}. Control and Enter run it.`,
        run: () => this.run(),
      });
      this.editor.focus();
    }

    mend() {
      this.pre.parentElement.querySelector(".changing")?.remove();
      this.editor = null;
      this.changed = null;
      this.pre.hidden = false;
      this.changer.hidden = false;
      this.mender.hidden = true;
      this.said.replaceChildren();
      this.changer.focus({ preventScroll: true });
    }

    // What it runs

    /** The sources to run: each example, or what a reader made of them, at once. */
    get sources() {
      return this.changed === null ? this.examples.map(({ source }) => source) : [this.changed];
    }

    get wants() {
      const wants = this.examples.map(({ want }) => short(want));
      return this.changed === null ? wants : [wants.filter(Boolean).join("\n")];
    }

    async run() {
      if (this.editor) {
        const text = this.editor.text();
        this.changed = text.trimEnd() === this.code ? null : text;
      }
      const changes = blocks.filter((block) => block.path && block.changed !== null);
      const changed = changes.map(({ path, name, changed: source }) => ({ path, name, source }));
      const request = this.path
        ? { docstring: this.examples.map(({ source }) => source), module: this.path.slice(0, -3).replaceAll("/", "."), changed }
        : { page: above(this).map((block) => block.sources), changed };
      this.stopper.hidden = false;
      this.runner.hidden = true;
      try {
        const answer = await ask(request, (words) => this.says(words), (stop) => (this.stop = stop));
        this.report(answer, changes);
      } catch (error) {
        this.says(error.message);
      }
      const focused = document.activeElement === this.stopper;
      this.runner.hidden = false;
      this.stopper.hidden = true;
      if (focused) this.runner.focus({ preventScroll: true });
    }

    // What it says

    says(...parts) {
      this.said.replaceChildren(...parts.map((part) => (typeof part === "string" ? make("p", "", part) : part)));
    }

    report({ answers, milliseconds }, changes) {
      const own = this.path || this.changed === null ? this.examples : [{ source: "" }];
      const wants = this.path ? this.examples.map(({ want }) => short(want)) : this.wants;
      const pairs = answers.map((answer, i) => ({ ...answer, source: own[i]?.source ?? "", got: shown(answer), want: wants[i] ?? "" }));
      const others = pairs.filter(({ got, want }) => got !== want);
      const names = changes.map(({ name }) => name);
      const using = names.length ? ` with your ${names.join(" and ")}` : "";
      const time = milliseconds < 1 ? "less than 1 ms" : `${Math.round(milliseconds)} ms`;
      const edited = this.changed !== null && !this.path;
      if (others.length === 0) {
        const without = pairs.some(({ got }) => got) ? "" : ", without output";
        this.says(`✓ Run here${using} in ${time}${without}: as on the page.`);
        return;
      }
      const where = `Run here${using} in ${time}${edited ? ":" : ". It differs from the page:"}`;
      const table = make("div", "compared");
      for (const { source, got, want, lines } of others) {
        if (source) table.append(make("pre", "asked", `>>> ${source.replaceAll("\n", "\n... ")}`));
        const here = make("pre", "", got || "(nothing)");
        table.append(side("here", here, lines ?? []));
        if (want) table.append(side("on the page", make("pre", "", want), []));
      }
      this.says(where, table);
      const at = others.at(-1).lines?.find(({ name }) => (this.path ? name === this.name : !name))?.line;
      if (this.editor && at) this.editor.line(at);
    }
  }

  /** One side of a comparison, and the lines that led to an error. */
  const side = (words, pre, lines) => {
    const box = make("div");
    box.append(make("span", "side", words), pre);
    if (lines.length) {
      const places = lines.map(({ line, name, path }) => `line ${line}${name ? ` of your ${name}` : path ? ` of ${path}` : ""}`);
      box.append(make("p", "", `In ${places.join(", in ")}.`));
    }
    return box;
  };

  /** The editor; a plain field where it cannot be fetched, or from a folder. */
  const editing = async (given) => {
    try {
      if (location.protocol === "file:") throw new Error("no modules from a folder");
      return (await import(at("editor.js"))).edit(given);
    } catch {
      const field = make("textarea", "", "", ["aria-label", given.label], ["spellcheck", "false"]);
      field.value = given.text;
      field.rows = given.text.split("\n").length;
      given.parent.append(field);
      return { text: () => field.value, focus: () => field.focus(), line() {} };
    }
  };

  /** The examples of the page up to a block, which share their names. */
  const above = (block) => {
    const all = blocks.filter(({ path }) => !path);
    return all.slice(0, all.indexOf(block) + 1);
  };

  const blocks = [...document.querySelectorAll("pre[data-runs]")].map((pre) => new Block(pre));
})();
