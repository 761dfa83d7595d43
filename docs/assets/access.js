// What a keyboard needs and the theme leaves out. Without this script everything can
// still be read and reached; most browsers let the keyboard scroll by themselves.

// What scrolls sideways can have the focus, and then be scrolled by the arrow keys; what
// fits into this window is no stop on the way.
const SCROLLERS = [
  "mjx-container[display]",
  ".output > pre",
  ".md-typeset__scrollwrap",
  ".md-typeset__table > table",
];
const sizes = new ResizeObserver((changes) => {
  for (const { target } of changes) {
    if (target.scrollWidth > target.clientWidth + 1) target.tabIndex = 0;
    else target.removeAttribute("tabindex");
  }
});

// The navigation of a narrow window opens by a label, to which no keyboard comes; so
// there is a button in its place. It lies over the page, and what is beneath it rests
// until it is closed, by choosing a page or by Escape.
const drawer = document.getElementById("__drawer");
const label = document.querySelector(".md-header__button[for=__drawer]");
const button = Object.assign(document.createElement("button"), {
  type: "button",
  ariaLabel: "Navigation",
  className: `${label.className} drawer-button`,
  onclick: () => drawer.click(),
});
button.append(...label.childNodes);
label.replaceWith(button);
const beneath = document.querySelectorAll(
  "[data-md-component=skip], .md-header, .md-content, .md-footer",
);
drawer.addEventListener("change", () => {
  for (const part of beneath) part.inert = drawer.checked;
});
document.addEventListener("keydown", ({ key }) => {
  if (key !== "Escape" || !drawer.checked) return;
  drawer.click();
  button.focus();
});

// After the theme has made its copy buttons
document.addEventListener("themed", () => {
  const free = SCROLLERS.map((one) => `${one}:not([tabindex])`).join();
  for (const part of document.querySelectorAll(free)) sizes.observe(part);
  // Each copy button stands in a <nav>, which would be a landmark without a name
  for (const nav of document.querySelectorAll(".md-code__nav")) nav.setAttribute("role", "none");
});
