// The theme's script gives the search, tooltips, buttons to copy code and the way back to
// the top. It is larger than many a page, and only who does something needs it: so it is
// fetched at the first sign of a reader, and what they did meanwhile is answered then. What
// a page shows without a sign is made at build, by style sheets, or by scripts of ours.
// Other scripts are told of that sign by an event, `awake`, and by `themed` when the theme
// has made what it makes.

const here = document.currentScript.src;
const SIGNS = [
  "pointermove",
  "pointerdown",
  "touchstart",
  "keydown",
  "wheel",
  "scroll",
  "focusin",
  "click",
];
const field = document.querySelector("[data-md-component=search-query]");
const magnifier = document.querySelector(".md-header [for=__search]");
const TURNING = ["p", ",", "n", "."]; // the theme's keys for the page before and the next
const PAUSE = 200; // ms, longer than a tap: what is tapped may need the network for itself
const LEAVING = 2000; // ms in which a pointer that moves on from it is no sign
const early = {};
let soon = 0; // the timer of the pause
let left = -LEAVING; // when a link was followed, or code run
let awake = false;
let theme = null; // will be the element that loads it
let answered = false;

function fetchTheme() {
  if (theme) return;
  theme = document.createElement("script");
  theme.src = new URL("material.js", here);
  theme.onload = answer;
  theme.onerror = () => (theme = null); // the next sign asks anew
  document.head.append(theme);
}

function sign(event) {
  if (event.type === "scroll" && event.target !== document) return; // a list, by a script
  // Of keys only these: a Tab that is told again would leave the field that it has reached
  if (event.type !== "keydown" || TURNING.includes(event.key)) early[event.type] = event;
  // A browser tells of a pointer that only rests where the page comes to be
  if (event.type === "pointermove" && !event.movementX && !event.movementY) return;
  if (event.type === "keydown" && !answered) searchBy(event);
  if (event.timeStamp - left > LEAVING) soon ||= setTimeout(wake, PAUSE);
}

function wake() {
  soon = 0;
  if (!awake) document.dispatchEvent(new Event("awake"));
  awake = true;
  fetchTheme();
  if (answered) rest();
}

// A link needs the next page, and a button that runs code needs Python, before all this.
// Behind all other listeners, which may answer a click themselves.
function leave({ target, timeStamp, defaultPrevented, ctrlKey, metaKey, shiftKey }) {
  const link = target.closest?.("a[href]:not([download], [target])");
  if (defaultPrevented || ctrlKey || metaKey || shiftKey) return;
  const stays = !link || link.href.split("#")[0] === location.href.split("#")[0];
  if (stays && !target.closest?.(".runner > button")) return;
  left = timeStamp;
  clearTimeout(soon);
  soon = 0;
}

// The keys of the search are answered at once, for what is typed next has to go into it
function searchBy(event) {
  const { key, target } = event;
  if (!["f", "s", "/"].includes(key) || event.metaKey || event.ctrlKey) return;
  if (!field || target.closest?.("input, select, textarea, [contenteditable]")) return;
  event.preventDefault();
  field.focus();
  field.select();
}

// A phone shows its keyboard only for what is focused while it answers a tap
const search = () => field.focus();

function rest() {
  for (const type of SIGNS) removeEventListener(type, sign, true);
  removeEventListener("click", leave);
}

function answer() {
  answered = true;
  if (awake) rest();
  for (const [type, unfold] of PRINTING) removeEventListener(type, unfold);
  magnifier?.removeEventListener("click", search);
  document$.next(document); // it waits for the document, which has been read long ago
  document.dispatchEvent(new Event("themed"));
  // What was typed already is searched for, and begun words are completed
  if (field?.value) for (const type of ["focus", "keyup"]) field.dispatchEvent(new Event(type));
  // Other scripts have answered this key already
  if (early.keydown) window.dispatchEvent(new KeyboardEvent("keydown", early.keydown));
  // Where the pointer came to rest there may be a tooltip
  for (let part = early.pointermove?.target; part instanceof Element; part = part.parentElement) {
    part.dispatchEvent(new MouseEvent("mouseenter"));
  }
}

// On paper all is unfolded
const folded = [];
const PRINTING = [
  [
    "beforeprint",
    () => {
      folded.push(...document.querySelectorAll("details:not([open])"));
      for (const details of folded) details.open = true;
    },
  ],
  [
    "afterprint",
    () => {
      for (const details of folded.splice(0)) details.open = false;
    },
  ],
];

for (const type of SIGNS)
  addEventListener(type, sign, { capture: true, passive: type !== "keydown" });
addEventListener("click", leave);
for (const [type, unfold] of PRINTING) addEventListener(type, unfold);
magnifier?.addEventListener("click", search);
// What the address names may be folded, and its words are marked or searched for
if (location.hash || /[?&][hq]=/.test(location.search)) fetchTheme();
