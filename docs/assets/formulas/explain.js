// A symbol in a formula shows what it means: by mouse or finger here, by keyboard in
// keys.js. What is said is in the page's <template id="symbols">, written at build by the
// checker; a symbol's `data-symbol` is the number of its card.

function explainSymbol(symbol, { pin = false } = {}) {
  const formula = formulaOf(symbol);
  const cards = document.getElementById("symbols").content.children;
  const said = document.importNode(cards[symbol.dataset.symbol], true);
  for (const quote of said.querySelectorAll("q")) {
    const source = document.getElementById(quote.getAttribute("cite").slice(1));
    const declaration = source.querySelector("mjx-container").cloneNode(true);
    declaration.removeAttribute("display");
    quote.replaceWith(declaration);
  }
  const line = (...content) => {
    const words = document.createElement("p");
    words.append(...content);
    return words;
  };
  const lines = [...said.children];
  // Of a formula in a sentence, whose tick the keyboard does not come to, what that says
  const tick = formula.matches("span") && formula.querySelector(".holds");
  if (tick) lines.push(line("✓ ", tick.dataset.said));
  const link = lines.find((one) => one.matches(":has(> a)")) ?? line();
  if (link.childNodes.length) link.append(" · ");
  link.append(copyButton(symbol.closest("mjx-container")));
  formulaCard.open(symbol, [...lines.filter((one) => one !== link), link], shownOf(formula), {
    pin,
    aloud: pin,
    closed: () => symbol.classList.remove("symbol-shown"),
  });
  symbol.classList.add("symbol-shown");
}

(() => {
  if (!document.getElementById("symbols")) return;
  const REACH = 12; // px from a symbol within which it is meant: its strokes are thin

  function symbolAt(target, x, y) {
    if (target.closest?.("button, a")) return null;
    const formula = target.closest?.("article .arithmatex");
    let best = null;
    let distance = REACH;
    for (const symbol of formula?.querySelectorAll("[data-symbol]") ?? []) {
      const box = symbol.getBoundingClientRect();
      const dx = Math.max(box.left - x, x - box.right, 0);
      const dy = Math.max(box.top - y, y - box.bottom, 0);
      const far = Math.hypot(dx, dy);
      if (far < distance) [best, distance] = [symbol, far];
    }
    return best;
  }

  formulaCard.explains(symbolAt, (symbol) => explainSymbol(symbol));

  document.addEventListener("pointerup", (event) => {
    const { pointerType, target, clientX, clientY } = event;
    if (pointerType !== "touch" || formulaCard.element.contains(target)) return;
    if (target.closest("a, button")) return;
    const symbol = symbolAt(target, clientX, clientY);
    if (symbol && symbol !== formulaCard.owner) explainSymbol(symbol, { pin: true });
    else formulaCard.close();
  });
})();
