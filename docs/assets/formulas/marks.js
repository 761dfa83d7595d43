// What stands behind a formula: where it was tried or why it was not, and its LaTeX. The
// tick, and "not checked", are buttons that the build writes; where a displayed formula has
// neither, one that is seen when somebody comes near is added here.

(() => {
  const MARKS = ".holds, .unchecked, .more";
  const foot = document.querySelector(".checked-foot a");
  const article = document.querySelector("article");

  for (const formula of article.querySelectorAll("div.arithmatex")) {
    if (formula.querySelector(MARKS)) continue;
    const more = document.createElement("button");
    Object.assign(more, { type: "button", className: "more", tabIndex: -1, ariaLabel: "LaTeX" });
    formula.append(more);
  }

  function show(mark, pin = false) {
    const formula = formulaOf(mark);
    const box = formula.querySelector("mjx-container");
    const line = (...content) => {
      const words = document.createElement("p");
      words.append(...content);
      return words;
    };
    const link = (address, words) =>
      Object.assign(document.createElement("a"), { href: address, textContent: words });
    const said = [];
    if (mark.dataset.said) said.push(line(mark.dataset.said));
    if (formula.nextElementSibling?.matches("details.refuted")) {
      said.push(line("Shown because it is false: its counter-example is below."));
    }
    const code = document.createElement("code");
    code.textContent = texOf(box);
    const source = document.createElement("pre");
    source.append(code);
    const ways = [copyButton(box)];
    const number = formula.querySelector(".equation-number");
    if (number) ways.push(link(number.hash, `Link to ${number.textContent}`));
    if (foot && mark.matches(".holds")) {
      ways.push(link(`${foot.href}#what-a-tick-does-not-say`, "What a tick does not say"));
    }
    const last = line(...ways.flatMap((way, i) => (i ? [" · ", way] : [way])));
    formulaCard.open(mark, [...said, source, last], [...shownOf(formula), mark], {
      pin,
      aloud: pin,
      name: number ? `Equation ${number.textContent}` : "Formula",
    });
  }

  formulaCard.explains(
    (target) => target.closest?.(`article :is(${MARKS})`),
    (mark) => show(mark),
  );

  article.addEventListener("click", (event) => {
    const mark = event.target.closest(MARKS);
    if (!mark) return;
    show(mark, true);
    const box = formulaOf(mark).querySelector("mjx-container");
    if (!event.detail) formulaCard.enter(box); // by a key
  });
})();
