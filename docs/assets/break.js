// "Break it": a button below a formula changes one of its signs or indices, and shows the
// counter-example that this build found. Every change was tried, refuted and typeset at
// build; they stand in a <template class="breaks"> after the formula.

for (const template of document.querySelectorAll("template.breaks")) breakable(template);

function breakable(template) {
  const equation = template.previousElementSibling;
  const changes = [...template.content.children];
  let shown = -1; // the change that is shown; none at first

  const button = (words) => {
    const made = document.createElement("button");
    made.type = "button";
    made.textContent = words;
    return made;
  };
  const breaker = button("Break it");
  const mender = button("Put it back");
  mender.hidden = true;
  const row = document.createElement("div");
  row.className = "breaker";
  row.append(breaker, mender);
  equation.append(row);

  const said = document.createElement("div"); // read out when it changes
  said.className = "broken-at";
  said.setAttribute("aria-live", "polite");
  template.after(said); // and not before it: the style sheet asks what stands before it

  function show(number) {
    shown = number;
    equation.querySelector(":scope > .broken")?.remove();
    equation.classList.toggle("is-broken", shown >= 0);
    mender.hidden = shown < 0;
    said.replaceChildren();
    breaker.textContent = shown < 0 ? "Break it" : "Break it differently";
    if (shown < 0) return;
    const [changed, ...words] = document.importNode(changes[shown], true).children;
    const formula = changed.querySelector("mjx-container");
    formula.classList.add("broken");
    formula.style.cssText += changed.style.cssText; // its size, which scales it
    equation.querySelector(":scope > mjx-container").after(formula);
    said.append(...words);
  }

  breaker.addEventListener("click", () => show((shown + 1) % changes.length));
  mender.addEventListener("click", () => {
    show(-1);
    breaker.focus({ preventScroll: true });
  });
}
