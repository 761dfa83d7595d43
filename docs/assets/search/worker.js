// The theme's search, which runs in a worker, with another ranking. The theme's own script
// builds the index, marks what was found and sorts it by page; three things are changed:
// a fault of lunr's, which sections are found, and in which order they are shown.

const [SETUP, QUERY, RESULT] = [0, 2, 3]; // the theme's messages; 1 says that it is ready

let sections = [];
let known = {}; // of words: typeset/search.toml
let ranking = null;
let asked = "";
let answers = new Map();

// Before the theme's own listener, since its script is loaded below
addEventListener("message", ({ data: message }) => {
  if (message.type === SETUP) {
    sections = message.data.docs;
    known = message.data.config;
    ranking = null;
    mend();
  } else if (message.type === QUERY) {
    asked = message.data;
    // lunr reads signs as commands, and throws where it cannot; it needs no more than words
    message.data = asked.replace(/[^\p{L}\p{N}\s∇∂∑∞−]+/gu, " ").trim() || (asked && "−");
  }
});

function mend() {
  // lunr shares the ends of words between words, and knows two ends by a text in which the
  // letter "1" before node 23 looks like the letter "12" before node 3. So it takes
  // different ends for the same, loses words and finds such as nobody wrote, and then
  // throws at every beginning of these. With a sign between the two, the text is the end's.
  lunr.TokenSet.prototype.toString = function () {
    const edges = Object.keys(this.edges).sort();
    return (
      String(Number(this.final)) + edges.map((edge) => ` ${edge}${this.edges[edge].id}`).join("")
    );
  };

  lunr.Index.prototype.search = function () {
    ranking ??= new Ranking(this, sections, known);
    const found = ranking.answer(asked);
    answers = new Map(found.map((answer) => [answer.ref, answer]));
    return found.map(({ ref, score, places }) => {
      const matchData = new lunr.MatchData();
      for (const [text, field, position] of places) matchData.add(text, field, { position });
      return { ref, score, matchData };
    });
  };
}

// The theme puts every page before its sections, and says of each word that was typed
// whether it stands there; here a word counts as found if what it means was found.
function ordered(items) {
  for (const section of items.flat()) {
    const answer = answers.get(section.location);
    section.score = 100 * (answer?.score ?? 0);
    section.terms = {};
    for (const word of [...(answer?.words ?? [])].slice(0, 6)) section.terms[word] = true;
    for (const word of answer?.missing ?? []) section.terms[word] = false;
    // Of a text without a mark the theme would show all
    if (!section.text.includes("<mark>"))
      section.text = /^<(\w+)>.*?<\/\1>/s.exec(section.text)?.[0] ?? "";
  }
  for (const page of items) {
    page.sort((a, b) => b.score - a.score);
    // What scores less than the first is folded: three that are nearly as good are not
    for (const section of page.slice(1, 3))
      if (section.location.includes("#") && section.score > page[0].score / 4)
        section.score = page[0].score;
  }
  return items.sort(([a], [b]) => b.score - a.score);
}

const post = self.postMessage.bind(self);
self.postMessage = (message) => {
  if (message.type === RESULT) message.data.items = ordered(message.data.items);
  post(message);
};

// The page names the theme's script behind the #; in a copy for a folder without a server
// all three stand in one file
if (location.protocol !== "blob:") importScripts("ranking.js", location.hash.slice(1));
