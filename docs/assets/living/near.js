// Fetches the module of a figure that moves when somebody comes near it: until then, the
// still picture costs a reader no script.

const near = new IntersectionObserver(
  (seen) => {
    for (const { isIntersecting, target } of seen) {
      if (!isIntersecting) continue;
      near.unobserve(target);
      import(new URL(`${target.dataset.living}.js`, import.meta.url));
    }
  },
  { rootMargin: "100%" }, // a window's height ahead
);
for (const figure of document.querySelectorAll("figure[data-living]")) near.observe(figure);
