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

// Stands in for the worker, and passes messages on in their order once there is one. That
// is the theme's, with another ranking: search/worker.js loads it.
const ours = new URL("search/worker.js", document.currentScript.src);

window.Worker = class extends EventTarget {
  constructor(theirs) {
    super();
    ours.hash = new URL(theirs, location.href);
    if (location.protocol !== "file:") this.start();
  }

  start() {
    this.started ??= wanted.then(() => {
      const worker = new this.constructor.Real(address());
      worker.addEventListener("message", ({ data }) =>
        this.dispatchEvent(new MessageEvent("message", { data })),
      );
      return worker;
    });
    return this.started;
  }

  postMessage(message) {
    this.start().then((worker) => worker.postMessage(message));
  }

  static Real = Worker;
};

// In a copy for a folder, from which no worker can be loaded, its code comes with the
// index, before the first message
function address() {
  if (!window.searchWorker) return ours;
  return URL.createObjectURL(new Blob([window.searchWorker], { type: "text/javascript" }));
}
