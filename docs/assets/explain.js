// A symbol in a formula shows what it means: a card beside it, by mouse, finger or
// keyboard. What the cards say is in the page's <template id="symbols">, written at build
// by the checker; a symbol's `data-symbol` is the number of its card.

const cards = document.getElementById("symbols")?.content.children;
if (cards) explain(cards);

function explain(cards) {
  const PATIENCE = 120; // ms that a pointer rests, or takes from a symbol to its card
  const REACH = 12; // px from a symbol within which it is meant
  const formulas = [...document.querySelectorAll("article .arithmatex")].filter(
    (formula) => formula.querySelector("[data-symbol]"),
  );

  const card = document.createElement("div");
  card.className = "md-typeset symbol-card";
  card.id = "symbol-card";
  card.hidden = true;
  const voice = document.createElement("div"); // says to a screen reader what is shown
  voice.className = "symbol-voice";
  voice.setAttribute("aria-live", "polite");
  document.body.append(card, voice);

  let shown = null; // the symbol whose card is open
  let wanted = null; // the one at which the pointer rests
  let waiting = 0;

  // --- the card ---------------------------------------------------------------------

  function open(symbol, aloud = false) {
    if (symbol === shown) return;
    close();
    shown = wanted = symbol;
    symbol.classList.add("symbol-shown");
    card.replaceChildren(document.importNode(cards[symbol.dataset.symbol], true));
    for (const quote of card.querySelectorAll("q")) {
      const source = document.getElementById(quote.getAttribute("cite").slice(1));
      const formula = source.querySelector("mjx-container").cloneNode(true);
      formula.removeAttribute("display");
      formula.removeAttribute("tabindex");
      quote.replaceWith(formula);
    }
    for (const inner of card.querySelectorAll("[data-symbol]")) {
      inner.removeAttribute("data-symbol");
    }
    card.hidden = false;
    place(symbol);
    if (!aloud) return;
    const lines = [...card.querySelectorAll("p:not(:has(a))")];
    voice.textContent = lines.map((line) => line.textContent.trim()).join("; ");
  }

  function close() {
    clearTimeout(waiting);
    wanted = null;
    if (!shown) return;
    shown.classList.remove("symbol-shown");
    shown = null;
    card.hidden = true;
    voice.textContent = "";
  }

  // Below the symbol, or above it where there is no room; always inside the window
  function place(symbol) {
    const box = symbol.getBoundingClientRect();
    const { offsetWidth: width, offsetHeight: height } = card;
    const room = document.documentElement.clientWidth - width - 8;
    const below = box.bottom + 6;
    const fits = below + height < innerHeight || box.top < height + 60;
    card.style.left = `${Math.max(8, Math.min(box.left - 12, room)) + scrollX}px`;
    card.style.top = `${(fits ? below : box.top - height - 6) + scrollY}px`;
  }

  // --- which symbol -----------------------------------------------------------------

  const symbolsOf = (formula) => [...formula.querySelectorAll("[data-symbol]")];

  // The nearest symbol: its strokes are too thin to be hit
  function nearest(formula, x, y) {
    let best = null;
    let distance = REACH;
    for (const symbol of symbolsOf(formula)) {
      const box = symbol.getBoundingClientRect();
      const dx = Math.max(box.left - x, x - box.right, 0);
      const dy = Math.max(box.top - y, y - box.bottom, 0);
      const far = Math.hypot(dx, dy);
      if (far < distance) [best, distance] = [symbol, far];
    }
    return best;
  }

  const formulaAt = (target) =>
    target.closest?.("article .arithmatex:has([data-symbol])") ?? null;

  // --- mouse and finger -------------------------------------------------------------

  function want(symbol) {
    if (symbol === wanted) return;
    wanted = symbol;
    clearTimeout(waiting);
    waiting = setTimeout(() => (symbol ? open(symbol) : close()), PATIENCE);
  }

  document.addEventListener("pointermove", ({ pointerType, target, clientX, clientY }) => {
    if (pointerType === "touch") return;
    if (card.contains(target)) return want(shown);
    const formula = formulaAt(target);
    const symbol = formula && nearest(formula, clientX, clientY);
    if (symbol || !byKeyboard()) want(symbol);
  });
  document.addEventListener("pointerup", (event) => {
    if (event.pointerType !== "touch" || card.contains(event.target)) return;
    const formula = formulaAt(event.target);
    const symbol = formula && nearest(formula, event.clientX, event.clientY);
    if (symbol && symbol !== shown && !event.target.closest("a")) open(symbol, true);
    else close();
  });

  // --- keyboard ---------------------------------------------------------------------

  const byKeyboard = () => shown && formulaAt(document.activeElement)?.contains(shown);

  for (const formula of formulas.filter((each) => each.matches("div"))) {
    const box = formula.querySelector("mjx-container");
    box.tabIndex = 0;
    box.setAttribute("role", "group");
    box.setAttribute("aria-label", "Formula: left and right arrow explain its symbols");
    box.addEventListener("keydown", (event) => step(event, formula));
    box.addEventListener("blur", () => want(null));
  }

  function step(event, formula) {
    const way = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!way || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    const symbols = symbolsOf(formula);
    const now = symbols.indexOf(shown);
    const next = now < 0 ? (way > 0 ? 0 : symbols.length - 1) : now + way;
    const symbol = symbols[(next + symbols.length) % symbols.length];
    symbol.scrollIntoView({ block: "nearest", inline: "nearest" });
    open(symbol, true);
  }

  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !shown) return;
    event.stopPropagation();
    close();
  });
  card.addEventListener("click", (event) => event.target.closest("a") && close());
  addEventListener("resize", close);
}
