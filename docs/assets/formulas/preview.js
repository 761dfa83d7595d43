// A reference to an equation shows it, when the pointer rests on it or the keyboard comes
// to it. Equations of other pages stand in this one, in <template id="equations">, each
// with a link of the same address (typeset/previews.py).

(() => {
  const REFERENCE = 'article a[href*="#eq-"]:not(.equation-number)';
  const elsewhere = document.getElementById("equations")?.content.children ?? [];

  function equationOf(link) {
    const address = link.getAttribute("href");
    const here = address.startsWith("#") && document.getElementById(address.slice(1));
    if (here) return [here.querySelector("mjx-container").cloneNode(true)];
    const entry = [...elsewhere].find(
      (one) => one.querySelector("a").getAttribute("href") === address,
    );
    return entry && [...document.importNode(entry, true).children];
  }

  function show(link, aloud = false) {
    const content = equationOf(link);
    if (content) formulaCard.open(link, content, [link], { aloud, pin: aloud });
  }

  formulaCard.explains(
    (target) => target.closest?.(REFERENCE),
    (link) => show(link),
  );

  document.addEventListener("focusin", ({ target }) => {
    if (target.matches(REFERENCE) && target.matches(":focus-visible")) show(target, true);
  });
  document.addEventListener("focusout", ({ target }) => {
    if (formulaCard.owner === target && target.matches(REFERENCE)) formulaCard.close();
  });
})();
