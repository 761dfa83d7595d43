// Who chooses a column in one comparison has chosen it in all of the page. Without this
// script each has its own choice.
document.addEventListener("change", ({ target }) => {
  const chosen = target.closest(".comparison label")?.textContent;
  if (!chosen) return;
  for (const label of document.querySelectorAll(".comparison label")) {
    if (label.textContent === chosen) label.firstChild.checked = true;
  }
});
