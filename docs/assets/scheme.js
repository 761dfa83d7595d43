// The switch between the schemes: the system's, light, dark. overrides/partials/scheme.html
// has set the one in force before the page was drawn; here it changes.

const options = [...document.querySelectorAll("[name=__palette]")];
const around = Object.assign(document.createElement("meta"), { name: "theme-color" });
const dark = matchMedia("(prefers-color-scheme: dark)");
const chosen = () => Number(document.documentElement.dataset.scheme);

// What the browser draws around the page has the colour of the page's head
const colour = () =>
  (around.content = getComputedStyle(document.querySelector(".md-header")).backgroundColor);

function choose(index) {
  setScheme(index);
  colour();
  __md_set("__palette", { index }); // where the theme would have kept it
}

options.forEach((option, index) => option.addEventListener("change", () => choose(index)));
dark.addEventListener("change", () => {
  setScheme(chosen());
  colour();
});
options[0]?.form.addEventListener("keydown", ({ key }) => {
  if (key !== "Enter") return;
  const next = options[(chosen() + 1) % options.length];
  next.click();
  next.focus();
});
document.head.append(around);
requestAnimationFrame(colour); // with the first picture, for which it is computed anyway
