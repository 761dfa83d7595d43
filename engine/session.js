// What a page has run: its blocks from top to bottom, as its tests run them.

/**
 * The files in which functions were changed, { path, name, source } each, and where they
 * stand there.
 */
export function replaced(files, changes) {
  const found = {};
  const places = [];
  for (const { path, name, source } of changes) {
    const lines = (found[path] ?? files[path]).split("\n");
    const [first, last] = extent(lines, name);
    const put = source.split("\n");
    lines.splice(first, last - first, ...put);
    found[path] = lines.join("\n");
    const moved = put.length - (last - first);
    for (const place of places)
      if (place.path === path && place.first > first) place.first += moved;
    places.push({ path, name, first, length: put.length });
  }
  return { found, places };
}

/** The lines of a function at the top of a module: the first, and the one behind its last. */
function extent(lines, name) {
  const at = lines.findIndex((line) => line.startsWith(`def ${name}(`));
  if (at < 0) throw new Error(`no function ${name}`);
  const rest = lines.slice(at + 1).findIndex((line) => /^[^\s)]/.test(line));
  let last = rest < 0 ? lines.length : at + 1 + rest;
  while (lines[last - 1].trim() === "") last--;
  let first = at;
  while (/^[#@]/.test(lines[first - 1] ?? "")) first--;
  return [first, last];
}

/**
 * Runs blocks, each the list of its examples' sources. They share their names, so that
 * a block needs all that stand above it; what has run already does not run again.
 */
export class Session {
  constructor(python, files) {
    this.python = python;
    this.files = files; // the site's own, by path
    this.ran = []; // of the page's blocks: its sources and their answers
    this.changed = null; // the changes that are in force, as JSON
  }

  /** Let functions be others than the site's. */
  with(changes) {
    const changed = JSON.stringify(changes);
    if (changed === this.changed) return;
    this.changed = changed;
    Object.assign(this, replaced(this.files, changes));
    this.begin();
  }

  begin() {
    this.python.reset(this.found);
    this.ran = [];
  }

  answer(source, module) {
    const { written, error } = this.python.run(source, module);
    return { written, ...(error && failed(error, this.places)) };
  }

  /** Run the last of these blocks, after those above it; give its examples' answers. */
  page(blocks, changes = []) {
    this.with(changes);
    const same = (block, i) => JSON.stringify(block) === this.ran[i]?.block;
    const common = Math.min(this.ran.length, blocks.length);
    if (!blocks.slice(0, common).every(same)) this.begin();
    for (const block of blocks.slice(this.ran.length)) {
      const answers = block.map((source) => this.answer(source));
      this.ran.push({ block: JSON.stringify(block), answers });
    }
    return this.ran[blocks.length - 1].answers;
  }

  /** Run the examples of a docstring in the names of its module, which stay as they are. */
  docstring(examples, module, changes = []) {
    this.with(changes);
    const { error } = this.python.open(module);
    if (error) return [{ written: "", ...failed(error, this.places) }];
    return examples.map((source) => this.answer(source, module));
  }
}

/** The words of an exception, and the lines that led to it: of the code, of functions. */
function failed(traceback, places) {
  const error = traceback.split("\n").at(-1).replace(/: *$/, "");
  const lines = [];
  for (const [, file, at] of traceback.matchAll(/^ {2}File "([^"]*)", line (\d+)/gm)) {
    const line = Number(at);
    const path = file.replace(/^\/lib\//, "");
    const { name, first, length } = place(
      places,
      path,
      line,
      /^\w*(Syntax|Indentation)/.test(error),
    );
    if (file === "<string>") lines.push({ line });
    else if (name) lines.push({ name, line: Math.min(line - first, length) });
    else if (path.startsWith("snippets/")) lines.push({ path, line });
  }
  return { error, lines };
}

/** The changed function in which a line of a file is. */
function place(places, path, line, unread) {
  const before = places.filter((one) => one.path === path && one.first < line);
  const last = before.sort((one, other) => one.first - other.first).at(-1);
  // What Python cannot read it notices later, perhaps below the function
  return last && (unread || line <= last.first + last.length) ? last : {};
}
