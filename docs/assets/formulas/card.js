// The card: a small panel beside what it explains, which it never covers. Shared by the
// symbols of formulas (explain.js), their marks (marks.js) and references to equations
// (preview.js), so that there is one at a time and all close alike.

const formulaCard = (() => {
  const PATIENCE = 120; // ms that a pointer rests, or takes from what is explained to its card
  const GAP = 6; // px between the two
  const HEADER = 54; // px of the window that the theme's header covers
  const LEAST = 120; // px of height that a card has, where there is room or not

  const card = document.createElement("div");
  card.className = "md-typeset symbol-card";
  card.id = "symbol-card";
  card.hidden = true;
  const voice = document.createElement("div"); // says to a screen reader what is shown
  voice.className = "symbol-voice";
  voice.setAttribute("aria-live", "polite");
  document.body.append(card, voice);

  let owner = null; // what the open card explains
  let wanted = null; // what it will explain, or nothing, when the pointer has rested
  let waiting = 0;
  let pinned = false; // opened by a key or a click, and not the pointer's to close
  let onclose = null;
  let back = null; // where the keyboard came from into the card

  // `content` goes into the card; `clear` are the parts of the page that stay seen
  function open(
    element,
    content,
    clear,
    { pin = false, aloud = false, name = "", closed = null } = {},
  ) {
    close();
    owner = wanted = element;
    pinned = pin;
    onclose = closed;
    card.replaceChildren(...content);
    for (const inner of card.querySelectorAll("[data-symbol]"))
      inner.removeAttribute("data-symbol");
    for (const inner of card.querySelectorAll("mjx-container")) inner.removeAttribute("tabindex");
    card.hidden = false;
    if (name) Object.assign(card, { role: "dialog", ariaLabel: name });
    place(element.getBoundingClientRect(), union(clear));
    if (aloud) voice.textContent = spoken();
  }

  function close() {
    clearTimeout(waiting);
    wanted = null;
    if (!owner) return;
    const [tell, focused] = [onclose, card.contains(document.activeElement) && back];
    owner = onclose = back = null;
    pinned = false;
    card.hidden = true;
    card.removeAttribute("role");
    card.removeAttribute("aria-label");
    voice.textContent = "";
    tell?.();
    if (focused) focused.focus();
  }

  // The words of the card, without those of its links and buttons
  function spoken() {
    const words = card.cloneNode(true);
    for (const silent of words.querySelectorAll("a, button, annotation, pre")) silent.remove();
    const lines = [...words.children].map((line) => line.textContent.trim());
    return lines.filter(Boolean).join("; ");
  }

  function union(parts) {
    const boxes = parts.flatMap((part) => [...part.getClientRects()]).filter((box) => box.width);
    return {
      top: Math.min(...boxes.map((box) => box.top)),
      right: Math.max(...boxes.map((box) => box.right)),
      bottom: Math.max(...boxes.map((box) => box.bottom)),
    };
  }

  // Below or above all that has to stay seen, on the side that is nearer to `at`; of a
  // formula as high as the window beside it, or on the side with more room. Always
  // between the edges of the window.
  function place(at, whole) {
    card.style.maxHeight = "";
    const { offsetWidth: width, offsetHeight: height } = card;
    const room = {
      below: innerHeight - whole.bottom - GAP,
      above: whole.top - GAP - HEADER,
    };
    const nearer = at.top - whole.top + 40 < whole.bottom - at.bottom ? "above" : "below";
    const other = nearer === "above" ? "below" : "above";
    let side = [nearer, other].find((one) => room[one] >= height);
    const right = document.documentElement.clientWidth - width - 8;
    let left = Math.max(8, Math.min(at.left - 12, right));
    let top;
    if (!side && whole.right + GAP <= right) {
      left = whole.right + GAP;
      top = Math.max(HEADER, Math.min(at.top, innerHeight - height - 8));
    } else {
      side ??= room.above > room.below ? "above" : "below";
      const high = Math.min(height, Math.max(room[side], LEAST));
      if (high < height) card.style.maxHeight = `${high}px`;
      top = side === "below" ? whole.bottom + GAP : whole.top - GAP - high;
    }
    card.style.left = `${left + scrollX}px`;
    card.style.top = `${top + scrollY}px`;
  }

  // --- the pointer: what it rests on for a while is explained -------------------------

  const finders = []; // each returns what is at a place, and how to explain it

  function want(element, show) {
    if (pinned || element === wanted) return;
    wanted = element;
    clearTimeout(waiting);
    waiting = setTimeout(element ? () => show(element) : close, PATIENCE);
  }

  document.addEventListener("pointermove", ({ pointerType, target, clientX, clientY }) => {
    if (pointerType === "touch") return;
    if (card.contains(target)) return want(owner);
    for (const { find, show } of finders) {
      const element = find(target, clientX, clientY);
      if (element) return want(element, show);
    }
    want(null);
  });
  document.addEventListener("click", ({ target }) => {
    if (!owner || (card.contains(target) && !target.closest("a"))) return;
    if (!(formulaOf(owner) ?? owner).contains(target)) close();
  });
  addEventListener("resize", close);

  // --- the keyboard in the card: in by `enter`, out by Escape, or past its ends --------

  const stops = () => [...card.querySelectorAll("a[href], button")];

  function enter(from) {
    back = from;
    stops()[0]?.focus();
  }

  card.addEventListener("keydown", (event) => {
    if (event.key !== "Tab" || !back) return;
    const last = stops().at(event.shiftKey ? 0 : -1);
    if (document.activeElement !== last) return;
    if (event.shiftKey) event.preventDefault();
    close(); // and Tab goes on from where the keyboard came from
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !owner) return;
    event.stopPropagation();
    close();
  });

  return {
    open,
    close,
    enter,
    element: card,
    get owner() {
      return owner;
    },
    explains(find, show) {
      finders.push({ find, show });
    },
    say(words) {
      voice.textContent = words;
    },
  };
})();

// A formula as one: also from its reasons and its marks, to which it belongs
const formulaOf = (element) =>
  element.closest?.("div.arithmatex") ?? element.closest?.(".arithmatex") ?? null;

// What of a formula stays seen beside its card: all of a displayed one, its line of others
const shownOf = (formula) => [
  ...formula.querySelectorAll("mjx-container > svg, :scope > .reasons > li > span"),
  ...(formula.matches("span") ? [formula] : []),
];
