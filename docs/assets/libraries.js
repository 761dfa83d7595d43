// Shows the answers of one library alone, of one mark, or to the questions of one theme.
// Without this script all are shown.
(() => {
  const questions = [...document.querySelectorAll(".asked")];
  if (questions.length === 0) return;
  const all = (selector) => [...document.querySelectorAll(selector)];
  const named = all(".answers [data-library]");
  const names = [...new Set(named.map(({ dataset }) => dataset.library))].sort((one, other) =>
    one.localeCompare(other),
  );
  const headings = all("h2[data-theme]");

  const field = (label, options) => {
    const select = document.createElement("select");
    for (const [value, text] of options) select.add(new Option(text, value));
    select.id = `choosing-${label.toLowerCase()}`;
    const words = document.createElement("label");
    words.htmlFor = select.id;
    words.textContent = label;
    const both = document.createElement("span");
    both.append(words, select);
    box.append(both);
    select.addEventListener("change", choose);
    return select;
  };

  const choose = () => {
    const [one, kind, theme] = [library.value, mark.value, about.value];
    for (const name of named) name.hidden = Boolean(one) && name.dataset.library !== one;
    for (const row of all(".answers > li")) {
      const shown = [...row.querySelectorAll("[data-library]")].some(({ hidden }) => !hidden);
      row.hidden = !shown || (Boolean(kind) && row.dataset.mark !== kind);
    }
    for (const question of questions)
      question.hidden =
        (Boolean(theme) && question.dataset.theme !== theme) ||
        !question.querySelector("li:not([hidden])");
    for (const heading of headings) {
      const below = questions.filter(({ dataset }) => dataset.theme === heading.dataset.theme);
      heading.hidden = below.every(({ hidden }) => hidden);
    }
    const left = questions.filter(({ hidden }) => !hidden).length;
    said.textContent = `${left} of ${questions.length} questions`;
  };

  const box = document.createElement("div");
  box.className = "choosing";
  const library = field("Library", [["", "all"], ...names.map((name) => [name, name])]);
  const mark = field("Mark", [
    ["", "all"],
    ["right", "right"],
    ["convention", "a convention"],
    ["wrong", "wrong by mathematics"],
  ]);
  const themes = headings.map(({ dataset, firstChild }) => [
    dataset.theme,
    firstChild.textContent.trim(),
  ]);
  const about = field("Questions", [["", "all"], ...themes]);
  const said = document.createElement("output"); // its changes are announced
  box.append(said);
  questions[0].previousElementSibling.before(box);
  choose();
})();
