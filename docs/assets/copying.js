// The copy button gives code that runs where it is pasted: without prompts and outputs,
// and with the functions of this site that it takes, and all that those need, before it.
// The page says which (typeset/copying.py). What they are is in one file for the site,
// fetched when somebody comes near to code that takes any; a script, because nothing else
// can be read from a folder without a server. Selecting by hand is left as it is.
(() => {
  const here = document.currentScript.src;
  const PROMPT = /^(?:>>>|\.\.\.)(?: |$)/;
  const INDENTED = /^\.\.\. +\S/;
  let loading;

  const loaded = () =>
    (loading ??= new Promise((done) => {
      const script = document.createElement("script");
      script.src = new URL("definitions.js", here);
      script.onload = script.onerror = done; // without it, the code is copied as it is
      document.head.append(script);
    }));

  // The lines of a block that are code, as they would be typed: in a console an indented
  // block ends with an empty line
  const typed = (text) => {
    const lines = text.trimEnd().split("\n");
    if (!lines[0].startsWith(">>>")) return lines;
    const code = lines.filter((line) => PROMPT.test(line));
    return code.map((line, i) => {
      const ends = INDENTED.test(line) && code[i + 1]?.startsWith(">>>");
      return line.replace(PROMPT, "") + (ends ? "\n" : "");
    });
  };

  // The definitions of these names and of all that they need, behind their imports
  const withNeeds = (names) => {
    const { head, imports, definitions } = takeaway;
    const byName = new Map(definitions.flatMap((one) => one.names.map((name) => [name, one])));
    const needed = new Set(names);
    for (const name of needed) byName.get(name)?.needs.forEach((one) => needed.add(one));
    const from = new Map();
    for (const [name, [module, part]] of Object.entries(imports)) {
      if (needed.has(name))
        from.set(module, [...(from.get(module) ?? []), ...(part ? [part] : [])]);
    }
    const lines = [...from].map(([module, parts]) =>
      parts.length ? `from ${module} import ${parts.join(", ")}` : module,
    );
    const sources = definitions
      .filter((one) => one.names.some((name) => needed.has(name)))
      .map((one) => one.source);
    const address = document.querySelector("link[rel=canonical]")?.href;
    return [[address ? `${head}: ${address}` : head, ...lines].join("\n"), ...sources].join(
      "\n\n\n",
    );
  };

  const copied = (pre) => {
    const lines = typed(pre.querySelector("code").textContent);
    const { takes, drops } = pre.dataset;
    if (!takes || !globalThis.takeaway) return lines.join("\n");
    const given = withNeeds(takes.split(" "));
    if (drops === undefined) return given; // the block is one of the definitions
    const replaced = new Set(drops.split(" ").map(Number));
    const rest = lines
      .filter((_, i) => !replaced.has(i + 1))
      .join("\n")
      .trim();
    return rest ? `${given}\n\n\n${rest}` : given;
  };

  for (const event of ["pointerover", "focusin"]) {
    document.addEventListener(event, ({ target }) => {
      if (target.closest("pre[data-takes]")) loaded();
    });
  }

  // Before the theme's own handler, which copies what this attribute says
  document.addEventListener(
    "click",
    async (event) => {
      const button = event.target.closest("[data-clipboard-target]");
      const pre = button?.closest("pre");
      if (!pre) return;
      if (pre.dataset.takes && !globalThis.takeaway && !button.dataset.clipboardText) {
        event.stopPropagation();
        await loaded();
        button.dataset.clipboardText = copied(pre);
        button.click();
      } else button.dataset.clipboardText = copied(pre);
    },
    { capture: true },
  );
})();
