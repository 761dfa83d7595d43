// The theme starts its search on every page that is opened: a worker, and an index larger
// than the page itself. Here both wait until somebody comes near the search box, or has
// come from a result of it, whose words the theme then marks.

const wanted = new Promise((resolve) => {
  const near = ({ target }) =>
    target instanceof Element && target.closest(".md-search, [for=__search]") && resolve();
  for (const type of ["pointerover", "touchstart", "focusin"]) {
    addEventListener(type, near, { passive: true });
  }
  if (new URLSearchParams(location.search).get("h")) resolve();
});

window.XMLHttpRequest = class extends XMLHttpRequest {
  open(method, address, ...rest) {
    this.patient = String(address).endsWith("/search/search_index.json");
    super.open(method, address, ...rest);
  }

  send(body) {
    if (this.patient) wanted.then(() => super.send(body));
    else super.send(body);
  }
};

// The worker is the theme's, with another ranking: search/worker.js loads it
const ours = new URL("search/worker.js", document.currentScript.src);

// Stands in for the worker, and passes messages on in their order once there is one
window.Worker = class extends EventTarget {
  constructor(theirs) {
    super();
    this.started = wanted.then(() => {
      ours.hash = new URL(theirs, location.href);
      const worker = new this.constructor.Real(ours);
      worker.addEventListener("message", ({ data }) =>
        this.dispatchEvent(new MessageEvent("message", { data })));
      return worker;
    });
  }

  postMessage(message) {
    this.started.then((worker) => worker.postMessage(message));
  }

  static Real = Worker;
};
