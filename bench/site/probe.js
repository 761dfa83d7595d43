// Runs in each page before any of its own scripts, and notes what a reader notices.

window.probe = (() => {
  const QUIET = 1500; // ms without a change, after which a page counts as at rest
  // A formula that is drawn: by MathJax as SVG, by MathJax as HTML, as MathML
  const DRAWN = "mjx-container > svg, mjx-container > mjx-math, :scope > math";

  const seen = { done: null, blocked: 0, shift: 0 };
  let stirred = 0;

  const observe = (type, note) =>
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) note(entry);
    }).observe({ type, buffered: true });
  observe("longtask", ({ startTime, duration }) => {
    seen.blocked += Math.max(0, duration - 50); // what a task takes beyond 50 ms
    stirred = Math.max(stirred, startTime + duration);
  });
  observe("layout-shift", ({ hadRecentInput, startTime, value }) => {
    if (!hadRecentInput) seen.shift += value;
    stirred = Math.max(stirred, startTime);
  });

  // All formulas are there, and the fonts that they ask for; the footer stands after
  // the last of them, so that none is still to come
  const whole = () =>
    document.querySelector(".md-footer") !== null &&
    document.fonts.status === "loaded" &&
    [...document.querySelectorAll(".arithmatex")].every((formula) =>
      formula.querySelector(DRAWN));

  // At each frame, so that what no frame shows does not count; the timer comes after
  // the frame's layout and paint
  const look = () => {
    if (!whole()) seen.done = null;
    else if (seen.done === null) {
      seen.done = Infinity;
      setTimeout(() => {
        stirred = seen.done = performance.now();
      });
    }
    requestAnimationFrame(look);
  };
  requestAnimationFrame(look);

  const clock = () => performance.timeOrigin + performance.now();
  addEventListener("click", () => sessionStorage.setItem("clicked", clock()), true);

  return {
    atRest: () =>
      document.readyState === "complete" && seen.done !== null &&
      performance.now() - stirred > QUIET,
    read: () => ({
      ...seen,
      formulas: document.querySelectorAll(".arithmatex").length,
      clicked: sessionStorage.getItem("clicked") - performance.timeOrigin,
    }),
  };
})();
