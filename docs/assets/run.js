// Runs the page's code in the page, once a reader asks for it: examples with prompts, and
// the docstring's examples of a function. Both can be changed; a changed function holds
// for all examples of the page, until it is as it was. typeset/running.py says of a block
// that it runs; engine/ has the Python. Nothing of it is fetched before the first click.
(() => {
  const here = document.currentScript.src;
  const SECONDS = 10; // after which code is ended: what is on the page takes no such time
  const PATIENCE = 200; // ms that pass before a block says that it is running
  const SHORT = 500; // letters of an output that is announced; more are only shown
  const LONG = 20_000; // letters of an output that are shown
  const WORKER = window.Worker.Real ?? window.Worker; // search.js has one of its own

  // --- what of Python there is: each part is fetched when code first needs it, and kept

  const at = (name) => new URL(`engine/${name}`, here).href;
  const folder = location.protocol === "file:";
  const parts = {};

  /** A part by its name, which `get` gets; what failed is got anew when it is asked for again. */
  const part = (name, get) =>
    (parts[name] ??= get(name).catch(() => {
      delete parts[name];
      throw new Error(folder ? "Python is not in this folder." : "Python could not be fetched.");
    }));

  const fetched = async (address) => {
    const response = await fetch(address);
    if (!response.ok) throw new Error(response.statusText);
    return response;
  };

  const script = (name) =>
    new Promise((resolve, reject) => {
      const element = document.createElement("script");
      element.src = at(name);
      element.onload = resolve;
      element.onerror = reject;
      document.head.append(element);
    });

  /** A file. From a folder nothing is read but scripts: typeset/offline.py has made one of all. */
  const file = async (name) => {
    if (!folder) return fetched(at(name));
    await part("all.js", script);
    return new Response(Uint8Array.from(atob(pythonFiles[name]), (letter) => letter.charCodeAt(0)));
  };

  const bytes = (name) => part(name, async () => (await file(name)).arrayBuffer());

  /** The interpreter: compiled while it comes, whatever the server says that it is. */
  const interpreter = () =>
    part("micropython.wasm", async (name) => {
      const headers = { "content-type": "application/wasm" };
      return WebAssembly.compileStreaming(new Response((await file(name)).body, { headers }));
    });

  /** The editor and the grammar. */
  const changing = () =>
    part("editor.js", async (name) => {
      await script(name);
      return pythonEditor;
    });

  /** The page's own examples as its Python takes them, by their sources. */
  const ownExamples = () =>
    part("examples.json", async (name) => {
      const own = folder ? {} : await (await fetched(new URL(name, location))).json();
      return new Map(Object.entries(own));
    });

  /**
   * A request as the worker takes it: written for MicroPython, with random numbers where it
   * names any. (No module of the site does, as engine/build.mjs demands.)
   */
  const written = async ({ blocks, changed, module }) => {
    const sources = [...blocks.flat(), ...changed.map(({ source }) => source)];
    const drawing = sources.some((source) => /\brandom\b/.test(source))
      ? bytes("random.wasm")
      : null;
    const writing = async () => {
      const own = await ownExamples();
      const { lower } = sources.every((source) => own.has(source)) ? {} : await changing();
      return {
        blocks: blocks.map((block) =>
          block.map((source) => own.get(source) ?? lower(source, { prompt: true })),
        ),
        changed: changed.map(({ source, ...place }) => ({ ...place, source: lower(source) })),
        module,
      };
    };
    const [request, random] = await Promise.all([writing(), drawing]);
    return { ...request, random };
  };

  // --- Python, in a worker: started when it is first needed, and ended to stop it

  let worker = null; // will be one that is ready
  let waiting = Promise.resolve(); // for what was asked before
  let asking = 0;

  const answered = (from, what) =>
    new Promise((resolve, reject) => {
      from.onmessage = ({ data }) => (data[what] ? resolve(data) : reject(new Error(data.failed)));
      from.onerror = () => reject(new Error("Python could not be fetched."));
    });

  const start = async () => {
    const files = Promise.all([bytes("python.json"), interpreter()]);
    files.catch(() => {}); // that is told below
    const type = "text/javascript";
    const address = folder
      ? URL.createObjectURL(new Blob([await bytes("worker.js")], { type }))
      : at("worker.js");
    const started = new WORKER(address);
    try {
      const ready = answered(started, "ready");
      const [python, wasm] = await Promise.race([files, ready]); // it can fail before
      started.postMessage({ python, wasm });
      await ready;
      return started;
    } catch (error) {
      started.terminate();
      throw error;
    }
  };

  const end = () => {
    worker?.then((ready) => ready.terminate()).catch(() => {});
    worker = null;
  };

  /** Something that was asked, until it is over: by its answer, or by `end`. */
  class Task {
    constructor() {
      this.over = false;
      this.ended = new Promise((_, reject) => {
        this.end = (words) => {
          this.over = true;
          reject(new Error(words));
        };
      });
      this.ended.catch(() => {});
    }

    or(promise) {
      return Promise.race([this.ended, promise]);
    }
  }

  /** Ask the worker, after whatever was asked before. */
  const ask = (request, task, says) => {
    const running = async () => {
      const clocks = [];
      try {
        if (task.over) return null; // stopped while it waited
        if (worker) clocks.push(setTimeout(says, PATIENCE, "Fetching Python …"));
        else says("Fetching Python …");
        worker ??= start();
        const [started, asked] = await task.or(Promise.all([worker, written(request)]));
        clocks.forEach(clearTimeout);
        clocks.push(setTimeout(says, PATIENCE, "Running …"));
        clocks.push(
          setTimeout(task.end, 1000 * SECONDS, `Ended after ${SECONDS} seconds of computing.`),
        );
        const answer = answered(started, "answers");
        started.postMessage(asked);
        return await task.or(answer);
      } catch (error) {
        end();
        throw error;
      } finally {
        clocks.forEach(clearTimeout);
        asking--;
      }
    };
    if (asking++ > 0) says("Waiting …");
    const asked = waiting.then(running);
    waiting = asked.catch(() => {});
    return task.or(asked);
  };

  // --- what a block says

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
    return found.map(({ source, want }) => ({ source, want: short(want.trimEnd()) }));
  };

  /** What a page shows of a traceback is its first line and its last. */
  const short = (want) => want.replace(/^(Traceback[^\n]*\n)(?: [^\n]*\n)*/m, "$1");

  /** What an answer looks like at a prompt. */
  const shown = ({ written, error }) =>
    `${written}${error ? `Traceback (most recent call last):\n${error}` : ""}`.trimEnd();

  const cut = (text) =>
    text.length > LONG ? `${text.slice(0, LONG)}\n… and ${text.length - LONG} letters more` : text;

  const make = (tag, className, text, ...attributes) => {
    const made = document.createElement(tag);
    if (className) made.className = className;
    if (text) made.textContent = text;
    for (const [name, value] of attributes) made.setAttribute(name, value);
    return made;
  };

  class Block {
    constructor(pre, number) {
      this.pre = pre;
      this.text = pre.querySelector("code").textContent.trimEnd();
      this.path = pre.dataset.runs === "example" ? "" : pre.dataset.runs;
      this.name = this.path ? /^def (\w+)/m.exec(this.text)[1] : `example ${number}`;
      this.examples = examples(this.text);
      this.code = this.path ? this.text : this.examples.map(({ source }) => source).join("\n");
      this.changed = null; // the text of a reader's that is in force instead
      this.task = null; // what is being run
      this.bar();
    }

    // Its buttons, and where it says what came of it

    bar() {
      const row = make("div", "runner");
      const button = (text, label, work) => {
        const made = make("button", "", text, ["type", "button"]);
        if (label) made.setAttribute("aria-label", label);
        made.addEventListener("click", work);
        row.append(made);
        return made;
      };
      const yours = document.querySelector(".opening") ? "Try it with your own numbers" : "";
      this.runner = button("Run", `Run ${this.name}`, () => (this.task ? this.stop() : this.run()));
      this.changer = button(yours || "Change", yours ? "" : `Change ${this.name}`, () =>
        this.change(),
      );
      this.mender = button("As it was", `As it was: ${this.name}`, () => this.mend());
      this.mender.hidden = true;
      this.said = make("div", "ran");
      this.status = make("div", "", "", ["role", "status"]); // announced when it changes
      this.said.append(this.status);
      this.pre.parentElement.append(row, this.said);
    }

    async change() {
      this.changer.hidden = true;
      this.mender.hidden = false;
      this.pre.hidden = true;
      const parent = make("div", "changing");
      this.pre.after(parent);
      const editor = await editing({
        parent,
        text: this.changed ?? this.code,
        label: `Python: ${this.name}. Control and Enter run it.`,
        run: () => this.task ?? this.run(),
      });
      if (!parent.isConnected) return; // it is as it was again
      this.editor = editor;
      editor.focus();
    }

    mend() {
      this.stop();
      this.runs(null);
      this.pre.parentElement.querySelector(".changing")?.remove();
      this.editor = null;
      this.changed = null;
      this.pre.hidden = false;
      this.changer.hidden = false;
      this.mender.hidden = true;
      this.outdate();
      this.says();
      this.changer.focus({ preventScroll: true });
    }

    /** Let the text in the editor be in force. */
    take() {
      if (!this.editor) return;
      const text = this.editor.text();
      const changed = text.trimEnd() === this.code ? null : text;
      if (changed === this.changed) return;
      this.changed = changed;
      this.outdate();
    }

    /** What other blocks say came of other code. */
    outdate() {
      const later = this.path ? blocks : blocks.slice(blocks.indexOf(this));
      for (const block of later) if (block !== this && !block.task) block.says();
    }

    // What it runs

    /** What is run: each example, or what a reader made of them, at once. */
    get pieces() {
      if (this.changed === null) return this.examples;
      if (this.path) return examples(this.changed);
      const wants = this.examples.map(({ want }) => want).filter(Boolean);
      return [{ source: this.changed, want: wants.join("\n"), whole: true }];
    }

    get sources() {
      return this.pieces.map(({ source }) => source);
    }

    stop() {
      this.task?.end("Stopped.");
    }

    async run() {
      blocks.forEach((block) => block.take());
      const changes = blocks.filter((block) => block.path && block.changed !== null);
      const lost = changes.find(
        ({ name, changed }) => !new RegExp(`^def ${name}\\(`, "m").test(changed),
      );
      if (lost) return this.says(`Your code no longer defines ${lost.name}.`);
      const changed = changes.map(({ path, name, changed: source }) => ({ path, name, source }));
      const run = this.path ? [this] : above(this);
      const module = this.path.slice(0, -".py".length).replaceAll("/", ".");
      const request = { blocks: run.map((block) => block.sources), changed, module };
      const yours = changes.map(({ name }) => `your ${name}`);
      if (run.some((block) => block !== this && block.changed !== null))
        yours.push("your change above");
      const { pieces } = this;
      const task = new Task();
      this.runs(task);
      try {
        const answer = await ask(request, task, (words) => task.over || this.says(words));
        task.over = true;
        if (this.task === task) this.report(answer, pieces, yours);
      } catch (error) {
        if (this.task === task) this.says(error.message);
      }
      if (this.task === task) this.runs(null);
    }

    /** Show whether something runs; what came of it before is no longer news. */
    runs(task) {
      this.task = task;
      this.said.toggleAttribute("data-old", task !== null);
      const word = task ? "Stop" : "Run";
      this.runner.textContent = word;
      this.runner.setAttribute("aria-label", `${word} ${this.name}`);
    }

    // What it says

    says(...parts) {
      this.said.toggleAttribute("data-old", false);
      const nodes = parts.map((part) => (typeof part === "string" ? make("p", "", part) : part));
      const [words, ...rest] = nodes;
      const length = rest.reduce((sum, { textContent }) => sum + textContent.length, 0);
      this.status.replaceChildren(...(words ? [words] : []), ...(length <= SHORT ? rest : []));
      this.said.replaceChildren(this.status, ...(length <= SHORT ? [] : rest));
    }

    report({ answers, milliseconds }, pieces, yours) {
      const pairs = answers.map((answer, i) => ({
        want: "",
        ...pieces[i],
        ...answer,
        got: shown(answer),
      }));
      const others = pairs.filter(({ got, want }) => got !== want);
      const using = yours.length ? ` with ${yours.join(" and ")}` : "";
      const time = milliseconds < 1 ? "less than 1 ms" : `${Math.round(milliseconds)} ms`;
      const own = this.changed !== null;
      if (others.length === 0) {
        const without = pairs.some(({ got }) => got) ? "" : ", without output";
        this.says(
          `✓ Run here${using} in ${time}${without}: as ${own && this.path ? "its examples say" : "on the page"}.`,
        );
        return;
      }
      const whole = others.some((one) => one.whole);
      const table = make("div", "compared");
      for (const { source, got, want, lines, whole: all } of others) {
        if (!all) table.append(make("pre", "asked", `>>> ${source.replaceAll("\n", "\n... ")}`));
        table.append(side("here", got || "(nothing)", lines ?? []));
        if (want) table.append(side(own && this.path ? "in the example" : "on the page", want, []));
      }
      this.says(`Run here${using} in ${time}${whole ? ":" : ". It differs from the page:"}`, table);
      const place = others
        .at(-1)
        .lines?.findLast(({ name, path }) => (this.path ? name === this.name : !name && !path));
      if (this.editor && place) this.editor.line(place.line);
    }
  }

  /** One side of a comparison, and the lines that led to an error. */
  const side = (words, text, lines) => {
    const box = make("div");
    // It scrolls, and so a keyboard has to come to it
    const pre = make(
      "pre",
      "",
      cut(text),
      ["tabindex", "0"],
      ["role", "region"],
      ["aria-label", words],
    );
    box.append(make("span", "side", words), pre);
    const places = lines
      .map(
        ({ line, name, path }) =>
          `line ${line}${name ? ` of your ${name}` : path ? ` of ${path}` : ""}`,
      )
      .filter((place, i, all) => place !== all[i - 1]);
    const told = places.length > 6 ? [...places.slice(0, 3), "…", ...places.slice(-2)] : places;
    if (told.length) box.append(make("p", "", `In ${told.join(", in ")}.`));
    return box;
  };

  /** The editor; a plain field where it cannot be fetched. */
  const editing = async (given) => {
    try {
      return (await changing()).edit(given);
    } catch {
      const field = make("textarea", "", "", ["aria-label", given.label], ["spellcheck", "false"]);
      field.value = given.text;
      field.rows = given.text.split("\n").length;
      field.addEventListener("keydown", (event) => {
        if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey || event.shiftKey)) return;
        event.preventDefault();
        given.run();
      });
      given.parent.append(field);
      return { text: () => field.value, focus: () => field.focus(), line() {} };
    }
  };

  /** The examples of the page up to a block, which share their names. */
  const above = (block) => {
    const all = blocks.filter(({ path }) => !path);
    return all.slice(0, all.indexOf(block) + 1);
  };

  const pres = [...document.querySelectorAll("pre[data-runs]")];
  const prompts = pres.filter(({ dataset }) => dataset.runs === "example");
  const blocks = pres.map((pre) => new Block(pre, prompts.indexOf(pre) + 1));
})();
