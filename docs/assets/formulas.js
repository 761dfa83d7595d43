// What a reader can do with formulas is fetched at the first sign of one, a moved pointer
// or a pressed key: until then a page costs no script but this. No modules, which do not
// load from a folder without a server.

(() => {
  const MARKS = ".holds, .unchecked";
  const PARTS = ["card", "copy", "explain", "marks", "preview", "keys"];
  const SIGNS = ["pointermove", "pointerdown", "touchstart", "keydown"];
  const here = document.currentScript.src;
  if (!document.querySelector("article .arithmatex")) return;

  // Before the theme makes a tooltip of each title: a card says it, and more
  for (const mark of document.querySelectorAll(MARKS)) {
    mark.dataset.said = mark.title;
    mark.removeAttribute("title");
    if (mark.matches(".seal")) continue; // its words are seen, and are its name
    const inline = mark.parentElement.matches("span");
    mark.ariaLabel = inline ? mark.dataset.said.split(/[,:]/)[0] : mark.dataset.said;
  }

  // What a reader did before there was an answer: the last of each is done again, so that
  // the first tap on a symbol or a tick is not lost, nor a pointer that came to rest
  const EARLY = ["pointermove", "pointerup", "click"];
  const early = {};
  const keep = (event) => (early[event.type] = event);

  function fetchAll(event) {
    if (event.type === "pointermove") keep(event);
    for (const sign of SIGNS) removeEventListener(sign, fetchAll, true);
    for (const type of EARLY) addEventListener(type, keep, { passive: true });
    for (const part of PARTS) {
      const script = document.createElement("script");
      script.src = new URL(`formulas/${part}.js`, here);
      script.async = false; // in this order
      script.onload = () => part === PARTS.at(-1) && answer();
      document.head.append(script);
    }
  }

  function answer() {
    for (const type of EARLY) removeEventListener(type, keep);
    const mark = early.click?.target.closest(MARKS);
    if (mark) return mark.click();
    for (const event of [early.pointermove, early.pointerup]) {
      event?.target.dispatchEvent(new PointerEvent(event.type, event));
    }
  }

  for (const sign of SIGNS) addEventListener(sign, fetchAll, { capture: true, passive: true });
})();
