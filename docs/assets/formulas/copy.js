// Formulas are copied as the LaTeX that was written: `$p_k$` in a sentence, `$$…$$` on
// lines of their own. A formula stands in the page as a picture and as MathML, and that
// carries its source (typeset/annotation.py).

// The source of a formula
const texOf = (formula) => formula.querySelector("annotation").textContent;

// A button that copies it, bare, for whatever it is to be put into
function copyButton(formula) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "copy-latex";
  button.textContent = "Copy LaTeX";
  button.addEventListener("click", async () => {
    button.textContent = (await written(texOf(formula))) ? "Copied" : "Select it, and copy";
    formulaCard.say(button.textContent);
  });
  return button;
}

// Put text on the clipboard; say whether that was allowed
async function written(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}

(() => {
  // What is no text of the page, and what says only to the eye where it stands
  const NO_TEXT =
    ".headerlink, .equation-number, .row, .unfolds, .symbol-voice, button, script, style, template, svg.glyphs";
  // Around a selection inside of one of these the copy has one too
  const AROUND = "ul, ol, dl, li, table, thead, tbody, tr, pre, code, strong, em, a";

  document.addEventListener("copy", (event) => {
    if (event.target.closest?.("input, textarea")) return;
    const selection = getSelection();
    const ranges = Array.from({ length: selection.rangeCount }, (_, i) =>
      whole(selection.getRangeAt(i)),
    );
    const parts = ranges.map(copyOf);
    if (!parts.some((part) => part.querySelector("mjx-container"))) return;
    const box = document.createElement("div");
    box.className = "md-typeset copied";
    box.append(...parts);
    for (const rest of box.querySelectorAll(NO_TEXT)) rest.remove();
    box.querySelectorAll("mjx-container").forEach(inLatex);
    document.body.append(box);
    // biome-ignore lint/performance/useDomNodeTextContent: its text is that of what is laid out
    const text = box.innerText.trim();
    box.remove();
    event.clipboardData.setData("text/plain", text);
    event.clipboardData.setData("text/html", plain(box).innerHTML);
    event.preventDefault();
  });

  // A selection that begins or ends within a formula has all of it; one within the
  // reasons of a derivation has these alone
  function whole(selected) {
    const range = selected.cloneRange();
    const inside = (node) => (node.nodeType === Node.ELEMENT_NODE ? node : node.parentElement);
    const among = inside(range.commonAncestorContainer).closest(".reasons");
    const formula = (node) =>
      (!among && inside(node).closest("div.arithmatex")) || inside(node).closest("mjx-container");
    const [first, last] = [formula(range.startContainer), formula(range.endContainer)];
    if (first) range.setStartBefore(first);
    if (last) range.setEndAfter(last);
    return range;
  }

  function copyOf(range) {
    let copy = range.cloneContents();
    let around = range.commonAncestorContainer;
    for (; around && around !== document.body; around = around.parentNode) {
      if (!around.matches?.(AROUND)) continue;
      const outer = around.cloneNode(false);
      outer.append(copy);
      copy = outer;
    }
    const part = document.createElement("div");
    part.append(copy);
    return part;
  }

  // A formula gives way to its source, to the letter
  function inLatex(formula) {
    const tex = texOf(formula);
    const displayed = formula.querySelector("math").getAttribute("display") === "block";
    const copy = document.createElement(displayed ? "p" : "span");
    copy.style.whiteSpace = "pre";
    const lines = displayed ? ["$$", ...tex.split("\n"), "$$"] : [`$${tex}$`];
    copy.append(...lines.flatMap((line, i) => (i ? [document.createElement("br"), line] : [line])));
    ((displayed && formula.closest("div.arithmatex")) || formula).replaceWith(copy);
  }

  // What goes elsewhere as HTML: its elements, and where its links lead, but nothing that
  // only this site understands. Formulas are LaTeX there too: few programs read MathML,
  // and the others would show each of its letters twice.
  function plain(box) {
    for (const element of box.querySelectorAll("*")) {
      if (element.namespaceURI !== box.namespaceURI) continue;
      const { href } = element;
      for (const { name } of [...element.attributes]) {
        if (!/^(colspan|rowspan|start|title|alt|src)$/.test(name)) element.removeAttribute(name);
      }
      if (href) element.setAttribute("href", href);
      if (element.localName === "span") element.replaceWith(...element.childNodes);
    }
    return box;
  }
})();
