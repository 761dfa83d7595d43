// Formulas, and terms of the glossary, by keyboard. Those of a section are one stop of Tab,
// and the arrow keys go on from there: up and down to the next of them, right and left from
// symbol to symbol, through formulas in sentences as well. Enter opens what stands behind a
// formula, or goes into the card of a symbol.

(() => {
  const ITEM = "div.arithmatex > mjx-container, abbr[tabindex], details.refuted > summary";
  const article = document.querySelector("article");
  const items = [...article.querySelectorAll(ITEM)];
  const groups = new Map(); // of each item, those that share its stop

  // --- one stop for a section, and for a fold, whose formulas are there when it is open

  const sections = new Map();
  let section = article;
  for (const part of article.querySelectorAll(`h2, ${ITEM}`)) {
    if (part.matches("h2")) {
      section = part;
      continue;
    }
    const place = part.closest("details:not(.refuted)") ?? section;
    if (!sections.has(place)) sections.set(place, []);
    sections.get(place).push(part);
  }
  for (const group of sections.values()) {
    for (const item of group) groups.set(item, group);
    stopAt(group.find((item) => item.matches("mjx-container")) ?? group[0]);
  }
  for (const number of article.querySelectorAll(".equation-number")) number.tabIndex = -1;

  function stopAt(item) {
    for (const other of groups.get(item)) other.tabIndex = other === item ? 0 : -1;
  }

  // --- what a formula is called

  const keys = document.createElement("div");
  keys.id = "formula-keys";
  keys.hidden = true;
  keys.textContent =
    "← and → explain its symbols, ↑ and ↓ go to other formulas and terms, Enter shows its LaTeX and where it was tried";
  document.body.append(keys);
  for (const box of items.filter((item) => item.matches("mjx-container"))) {
    const formula = formulaOf(box);
    const number = formula.querySelector(".equation-number")?.textContent;
    const checked = formula.querySelector(".holds, .unchecked")?.dataset.said.split(/[,:]/)[0];
    box.setAttribute("role", "group");
    box.ariaLabel = [number ? `Equation ${number}` : "Formula", checked?.toLowerCase()]
      .filter(Boolean)
      .join(", ");
    box.setAttribute("aria-describedby", keys.id);
  }

  // --- the keys

  let known = false; // whoever has used them needs no hint

  article.addEventListener("keydown", (event) => {
    const { target, key } = event;
    const formula = target.matches(".arithmatex > mjx-container") && formulaOf(target);
    if (!(formula || items.includes(target))) return;
    if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const way = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 }[key];
    if (key === "Enter" && formula) enter(target, formula);
    else if (way && /[pn]$/.test(key)) go(target, way);
    else if (way && formula) step(target, way);
    else return;
    known = true;
    event.preventDefault();
  });

  const seen = (item) => item.checkVisibility();

  function go(from, way) {
    const after = Node.DOCUMENT_POSITION_FOLLOWING;
    const others = items.filter((item) => {
      const follows = from.compareDocumentPosition(item) & after;
      return item !== from && (way > 0 ? follows : !follows) && seen(item);
    });
    (way > 0 ? others[0] : others.at(-1))?.focus();
  }

  function step(from, way) {
    const symbols = [...article.querySelectorAll("[data-symbol]")];
    let next = symbols.indexOf(formulaCard.owner) + way;
    if (!symbols.includes(formulaCard.owner)) {
      const own = symbols.filter((symbol) => formulaOf(from).contains(symbol));
      next = symbols.indexOf(way > 0 ? own[0] : own.at(-1));
    }
    while (symbols[next] && !seen(symbols[next])) next += way;
    const symbol = symbols[next];
    if (!symbol) return;
    const box = formulaOf(symbol).querySelector("mjx-container");
    if (!items.includes(box)) box.tabIndex = -1;
    known = true;
    box.focus({ preventScroll: true });
    symbol.scrollIntoView({ block: "nearest", inline: "nearest" });
    explainSymbol(symbol, { pin: true });
  }

  function enter(box, formula) {
    const symbol = formulaCard.owner?.matches("[data-symbol]") && formulaCard.owner;
    if (symbol && formula.contains(symbol)) formulaCard.enter(box);
    else formula.querySelector(":scope > :is(.holds, .unchecked, .more)")?.click();
  }

  article.addEventListener("focusin", ({ target }) => {
    if (!groups.has(target)) return;
    stopAt(target);
    if (known || !target.matches("mjx-container:focus-visible")) return;
    const hint = document.createElement("p");
    hint.textContent = keys.textContent;
    formulaCard.open(target, [hint], shownOf(formulaOf(target)), { pin: true });
  });
  article.addEventListener("focusout", ({ target, relatedTarget }) => {
    const formula = target.matches("mjx-container") && formulaOf(target);
    if (!formula || !formula.contains(formulaCard.owner)) return;
    if (!formulaCard.element.contains(relatedTarget)) formulaCard.close();
  });
})();
