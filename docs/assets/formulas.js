// What a reader can do with formulas is fetched at the first sign of one, which
// docs/assets/theme.js tells: until then a page costs no script but this. No modules, which
// do not load from a folder without a server.

(() => {
  const MARKS = ".holds, .unchecked";
  const PARTS = ["card", "copy", "explain", "marks", "preview", "keys"];
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
  for (const type of EARLY) addEventListener(type, keep, { passive: true });

  document.addEventListener(
    "awake",
    () => {
      for (const part of PARTS) {
        const script = document.createElement("script");
        script.src = new URL(`formulas/${part}.js`, here);
        script.async = false; // in this order
        script.onload = () => part === PARTS.at(-1) && answer();
        document.head.append(script);
      }
    },
    { once: true },
  );

  function answer() {
    for (const type of EARLY) removeEventListener(type, keep);
    const mark = early.click?.target.closest(MARKS);
    if (mark) return mark.click();
    for (const event of [early.pointermove, early.pointerup]) {
      event?.target.dispatchEvent(new PointerEvent(event.type, event));
    }
  }
})();
