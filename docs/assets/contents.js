// Marks, in the table of contents, the section that is being read. The theme does this
// too, from places that it measured earlier: they are wrong once a formula or a block of
// code above was drawn, and at the end of a page it marks the last section whichever one
// was asked for. So typeset/theme.py takes its hand off the contents.

const contents = [...document.querySelectorAll(".md-nav--secondary")].map((list) =>
  [...list.querySelectorAll(".md-nav__link[href^='#']")].map((link) => ({
    link,
    heading: document.getElementById(decodeURIComponent(link.hash.slice(1))),
  })),
);
const LINE = 4; // rem; where a heading comes to lie that was linked to, and a little below

const precedes = (heading, tag) =>
  heading === tag || heading.compareDocumentPosition(tag) & Node.DOCUMENT_POSITION_FOLLOWING;

// The last section that has come up to the line. At its end a page scrolls no further:
// there it is that of the target, if it is in sight, or else the last of all.
const read = (sections) => {
  const root = document.documentElement;
  if (scrollY + innerHeight >= root.scrollHeight - 1) {
    const target = document.querySelector("article :target");
    const top = target?.getBoundingClientRect().top ?? -1;
    if (top >= 0) return sections.findLast(({ heading }) => precedes(heading, target));
    if (scrollY > 0) return sections.at(-1);
  }
  const line = LINE * parseFloat(getComputedStyle(root).fontSize);
  return sections.findLast(({ heading }) => heading.getBoundingClientRect().top <= line);
};

// In the column beside the page, or in the drawer of a narrow window
const scroller =
  ".md-sidebar--secondary .md-sidebar__scrollwrap, .md-sidebar--primary .md-nav--secondary > .md-nav__list";
const reveal = (link) => {
  const list = link.closest(scroller);
  const [item, box] = [link, list].map((tag) => tag.getBoundingClientRect());
  if (item.top < box.top + item.height || item.bottom > box.bottom) {
    list.scrollTop += item.top - box.top - box.height / 2;
  }
};

const mark = () => {
  for (const sections of contents) {
    const current = read(sections);
    if (current === sections.marked) continue;
    sections.marked = current;
    const place = sections.indexOf(current);
    sections.forEach(({ link }, i) => {
      link.classList.toggle("md-nav__link--passed", i <= place);
      link.classList.toggle("md-nav__link--active", i === place);
      link.ariaCurrent = i === place ? "location" : null;
    });
    if (current) reveal(current.link);
  }
};

for (const change of ["scroll", "resize", "hashchange", "load"])
  addEventListener(change, mark, { passive: true });

// A long navigation begins where the page is in it; in a narrow window it is a drawer
const place =
  matchMedia("(min-width: 76.25em)").matches &&
  document.querySelector(".md-sidebar--primary .md-nav__link--active[href]");
if (place) {
  const list = place.closest(".md-sidebar__scrollwrap");
  list.scrollTop = place.offsetTop - list.offsetTop - list.clientHeight / 2;
}
