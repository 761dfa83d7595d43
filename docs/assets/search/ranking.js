// Which sections answer a question, and in which order. The index is lunr's, as the theme
// builds it: for every word the sections in which it stands, and where in each. What is
// asked is read as words that may be inflected, misspelt, unfinished, or called otherwise
// on the pages ("bce"), and as formulas ("p - y"), whose symbols stand side by side.

// How much it says of a section that a word stands there
const PLACES = { title: 1, names: 0.8, text: 0.5 };
const OF_PAGE = 0.4; // in the title of its page
const SIGNS = "−∇∂∑∫∏∞√‖⊙";
const TOKEN = new RegExp(`[\\p{L}_][\\p{L}\\p{M}\\p{N}_]*|\\p{N}+|[-${SIGNS}]`, "gu");
// Names of symbols, where they stand in a formula
const SYMBOLS = {
  d: "∂",
  partial: "∂",
  grad: "∇",
  nabla: "∇",
  sum: "∑",
  minus: "−",
  sigma: "σ",
  sigmoid: "σ",
  inf: "∞",
  infinity: "∞",
  ln: "log",
  eta: "η",
  epsilon: "ε",
  eps: "ε",
  lambda: "λ",
  theta: "θ",
  mu: "μ",
  alpha: "α",
  beta: "β",
  delta: "δ",
  tau: "τ",
};
const FUNCTIONS = new Set(["log", "exp", "softmax", "max", "min", "argmax", "kl", "e"]);
const NO_WORDS = new Set(["vs", "versus", "ve", "re", "don", "isn", "doesn", "im", "via"]);

/** A symbol without its index, its power and its hat: `p_k` is a p. */
const bare = (word) =>
  word
    .normalize("NFD")
    .replace(/(.)\p{M}/u, "$1")
    .replace(/(?<=^.)([_^ᵀ²³′].*)$/u, "");
const isSymbol = (word) => [...bare(word)].length === 1;
const isSign = (word) => SIGNS.includes(word);

class Ranking {
  constructor(index, sections, { words, vague }) {
    this.vague = new Set(vague);
    this.postings = index.invertedIndex;
    this.sections = new Map(sections.map((section) => [section.location, section]));
    this.keys = Object.keys(this.postings);
    this.inflected = gathered(
      this.keys.filter((key) => /^\p{L}{3,}$/u.test(key)),
      stem,
    );
    this.symbols = gathered(this.keys.filter(isSymbol), bare);
    this.names = new Map();
    for (const [name, others] of Object.entries(words))
      this.names.set(tokens(name).join(" "), others.map(tokens));
    this.longest = Math.max(0, ...[...this.names.keys()].map((n) => n.split(" ").length));
    this.titles = new Map(); // how many words of its title say something
    for (const { location, title } of sections)
      this.titles.set(location, Math.max(1, tokens(title).filter(isWord).length));
  }

  /** The sections that answer, best first: {ref, score, places, words}. */
  answer(query) {
    const parts = this.read(query).filter((part) => part.found.size);
    const all = parts.reduce((sum, part) => sum + part.weight, 0);
    const pairs = this.pairs(parts);
    const refs = new Set(parts.flatMap((part) => [...part.found.keys()]));
    const answers = [];
    for (const ref of refs) {
      const page = ref.split("#")[0];
      let [score, covered] = [0, 0];
      const [places, words, titled] = [[], new Set(), new Set()];
      for (const part of parts) {
        const here = part.found.get(ref);
        const above = OF_PAGE * titleOf(part.found.get(page));
        const says = here ? here.says + (page === ref ? 0 : above / 4) : 0;
        score += part.weight * Math.max(says, above);
        if (here || above) covered += part.weight;
        if (!here) continue;
        places.push(...here.places.map(([field, position]) => [part.text, field, position]));
        for (const word of here.words) words.add(word);
        for (const [field, position] of here.places)
          if (field === "title") position.forEach((at) => titled.add(at));
      }
      const beside = pairs.reduce((sum, pair) => sum + (pair.get(ref) ?? 0), 0);
      const title = Math.min(1, titled.size / this.titles.get(ref));
      score *= (covered / all ** 2) * (1 + 0.6 * title) * (1 + beside);
      const about = parts.some((part) => titleOf(part.found.get(ref)) > 0.5);
      if (page === ref && about) score *= 1.2; // the page that is about it
      const missing = parts.filter((part) => !part.found.has(ref)).map(({ text }) => text);
      score *= this.sections.get(ref)?.boost ?? 1;
      answers.push({ ref, score, places, words, missing });
    }
    answers.sort((a, b) => b.score - a.score);
    return answers.slice(0, 40).filter(({ score }) => score > answers[0].score / 10);
  }

  // --- what is asked ------------------------------------------------------------------

  /** The parts of a query, each with the sections where it is found. */
  read(query) {
    const asked = tokens(query);
    const unfinished = /[\p{L}\p{N}_]$/u.test(query);
    const parts = [];
    let at = 0;
    while (at < asked.length) {
      const formula = formulaAt(asked, at);
      const [called, others] = this.named(asked, at);
      const length = called > 1 || !formula ? called : 0;
      const run = length ? 0 : formula;
      if (length) {
        const text = asked.slice(at, at + length).join(" ");
        const last = unfinished && at + length === asked.length;
        const own = asked.slice(at, at + length).map((word) => this.alike(word));
        const ways = [[own, 1], ...this.ways(others)];
        if (last && length === 1) ways.push(...this.unfinished(text));
        parts.push(this.part(text, ways));
      } else if (run) {
        parts.push(...this.formulas(asked.slice(at, at + run)));
      } else if (!isSign(asked[at])) {
        const last = unfinished && at === asked.length - 1;
        parts.push(this.word(asked[at], last));
      }
      at += length || run || 1;
    }
    const telling = parts.filter(({ text }) => isWord(text) || text.includes(" "));
    return telling.length ? telling : parts;
  }

  /** How many of the words from here on have other names, and these. */
  named(asked, at) {
    for (let length = Math.min(this.longest, asked.length - at); length; length--) {
      const others = this.names.get(asked.slice(at, at + length).join(" "));
      if (others) return [length, others];
    }
    return [0, []];
  }

  ways = (others) =>
    others.map((words, i) => [words.map((word) => this.alike(word)), 0.95 - 0.1 * Math.min(i, 5)]);

  word(word, last) {
    const ways = [[[this.alike(word)], 1]];
    if (last) ways.push(...this.unfinished(word));
    const part = this.part(word, ways);
    if (part.found.size) return part;
    const guesses = [...this.unfinished(word), ...this.compound(word), ...this.misspelt(word)];
    return this.part(word, guesses);
  }

  /** The words of the index that are this one, or another form of it. */
  alike(word) {
    if (isSymbol(word))
      return this.symbols.get(bare(SYMBOLS[word] ?? word)) ?? this.symbols.get(bare(word)) ?? [];
    const same = word in this.postings ? [word] : [];
    return [...new Set([...same, ...(this.inflected.get(stem(word)) ?? [])])];
  }

  /** What it may become when it has been typed. */
  unfinished(word) {
    if ([...word].length < 2 && this.alike(word).length) return [];
    const begun = this.keys.filter((key) => key.startsWith(word) && key !== word);
    begun.sort((a, b) => a.length - b.length);
    const ways = begun
      .slice(0, 60)
      .map((key) => [[[key]], 0.7 * Math.sqrt(word.length / key.length)]);
    for (const [name, others] of this.names)
      if (word.length > 2 && name.startsWith(word) && name !== word)
        ways.push(...this.ways(others).map(([way, weight]) => [way, 0.6 * weight]));
    return ways;
  }

  /** Two words that were written as one. */
  compound(word) {
    const ways = [];
    for (let cut = 2; cut < word.length - 1; cut++) {
      const halves = [word.slice(0, cut), word.slice(cut)].map((half) => this.alike(half));
      if (halves.every((half) => half.length)) ways.push([halves, 0.9]);
    }
    return ways;
  }

  /** What differs in one letter, or in two if it is long. */
  misspelt(word) {
    if (word.length < 4) return [];
    const most = word.length > 7 ? 2 : 1;
    return this.keys
      .filter((key) => /^\p{L}+$/u.test(key) && distance(word, key, most) <= most)
      .map((key) => [[[key]], 0.6]);
  }

  /** A formula, if it stands on a page; else the longest pieces of it that do. */
  formulas(run) {
    const spelt = run.map((word) => {
      const sign = SYMBOLS[word];
      const symbol = sign ? (this.symbols.get(sign) ?? this.alike(sign)) : [];
      return [...new Set([...symbol, ...this.alike(word)])];
    });
    for (let length = run.length; length > 1; length--)
      for (let from = 0; from + length <= run.length; from++) {
        const piece = run.slice(from, from + length);
        if (!isSymbol(piece.at(-1)) || isSign(piece.at(-1))) continue; // it ends in the middle
        const text = piece.join(" ");
        const ways = [
          [spelt.slice(from, from + length), 1],
          ...this.ways(this.names.get(text) ?? []),
        ];
        const part = this.part(text, ways, 1);
        if (part.found.size)
          return [
            ...this.formulas(run.slice(0, from)),
            part,
            ...this.formulas(run.slice(from + length)),
          ];
      }
    return run.filter((word) => !"−-".includes(word)).map((word) => this.word(word, false));
  }

  // --- where it stands ----------------------------------------------------------------

  /** A part of a query: the sections where one of the ways to say it is found. */
  part(text, ways, gap = 2) {
    const found = new Map();
    for (const [way, weight] of ways)
      for (const field of Object.keys(PLACES))
        for (const [ref, { starts, places, words }] of this.sideBySide(way, field, gap)) {
          if (!found.has(ref))
            found.set(ref, { says: 0, title: 0, often: 0, places: [], words: new Set() });
          const here = found.get(ref);
          const often = field === "text" ? (0.6 + starts) / (2 + starts) : 1;
          here.says = Math.max(here.says, weight * PLACES[field] * often);
          if (field === "text") here.often = Math.max(here.often, weight * often);
          else here.title = Math.max(here.title, weight * PLACES[field]);
          here.places.push([field, places]);
          for (const word of words) here.words.add(word);
        }
    for (const here of found.values()) here.says += 0.2 * here.often;
    const rare = Math.log(1 + this.sections.size / (1 + found.size));
    return { text, ways, found, weight: this.vague.has(text) ? rare / 6 : rare };
  }

  /** Where words, each in one of several forms, stand side by side in a field. */
  sideBySide(forms, field, gap) {
    const columns = forms.map((keys) => {
      const column = new Map();
      for (const key of keys)
        for (const [ref, { position }] of Object.entries(this.postings[key][field] ?? {})) {
          if (!column.has(ref)) column.set(ref, new Map());
          for (const at of position) column.get(ref).set(at, key);
        }
      return column;
    });
    const found = new Map();
    const [first, ...others] = columns;
    for (const [ref, begins] of first ?? []) {
      if (!others.every((column) => column.has(ref))) continue;
      const [places, words] = [new Set(), new Set()];
      let starts = 0;
      for (const [start, key] of begins) {
        const chain = [[start, key]];
        for (const column of others) {
          const [at] = chain.at(-1);
          const here = column.get(ref);
          const next = [1, 2].slice(0, gap).find((step) => here.has(at + step));
          if (!next) break;
          chain.push([at + next, here.get(at + next)]);
        }
        if (chain.length < forms.length) continue;
        starts += 1;
        for (const [at, word] of chain) {
          places.add(at);
          if (/^\p{L}{2}/u.test(word)) words.add(word);
        }
      }
      if (starts) found.set(ref, { starts, places: [...places], words });
    }
    return found;
  }

  /** How much more it says that two parts of a query stand side by side. */
  pairs(parts) {
    return parts.slice(1).map((right, i) => {
      const left = parts[i];
      const found = new Map();
      for (const field of Object.keys(PLACES)) {
        const worth = { title: 0.35, names: 0.3, text: 0.15 }[field];
        const ways = [left, right].map(({ ways }) => ways.filter(([way]) => way.length === 1));
        const [before, after] = ways.map((each) => each.flatMap(([[keys]]) => keys));
        for (const [a, b] of [
          [before, after],
          [after, before],
        ])
          for (const ref of this.sideBySide([a, b], field, 2).keys())
            found.set(ref, Math.max(found.get(ref) ?? 0, worth));
      }
      return found;
    });
  }
}

const titleOf = (found) => found?.title ?? 0;

/** The words and symbols of a text; a hyphen between symbols is a minus. */
function tokens(text) {
  const plain = text
    .toLowerCase()
    .normalize("NFC")
    .replace(/<[^>]*>|&\w+;/g, " ")
    .replace(/[‐‑‒–—]/g, "-")
    .replace(/n['’]t\b/g, " not")
    .replace(/['’]\w*/g, " ")
    .replace(/\bd(\p{L})\s*\/\s*d(\p{L})/gu, "∂ $1 / ∂ $2");
  const found = [...plain.matchAll(TOKEN)].map(([word]) => word);
  return found
    .map((word, i) => {
      if (word !== "-") return word;
      const [before, after] = [found[i - 1], found[i + 1]];
      const minus =
        after &&
        inFormula(after) &&
        (!before || inFormula(before)) &&
        (isSymbol(after) || (before && isSymbol(before)) || !before);
      return minus ? "−" : "";
    })
    .filter(Boolean);
}

/** Whether a word says something by itself. */
const isWord = (word) =>
  Boolean(lunr.stopWordFilter(word)) && !NO_WORDS.has(word) && word !== "s" && word !== "t";

const inFormula = (word) =>
  isSign(word) ||
  (isSymbol(word) && word !== "a" && word !== "i") ||
  FUNCTIONS.has(word) ||
  word in SYMBOLS;

/** How many words from here on are a formula: at least one symbol, and something else. */
function formulaAt(words, at) {
  let end = at;
  while (end < words.length && inFormula(words[end])) end++;
  const run = words.slice(at, end);
  return run.length > 1 && run.some((word) => isSymbol(word) && !isSign(word)) ? run.length : 0;
}

/** The stem of a word, in either spelling. */
const stem = (word) =>
  lunr.stemmer(new lunr.Token(word.replace(/iz(?=[aei])/, "is"), {})).toString();

/** A map from what `by` makes of the words to these. */
function gathered(words, by) {
  const groups = new Map();
  for (const word of words) {
    const key = by(word);
    if (!groups.has(key)) groups.set(key, []);
    groups.get(key).push(word);
  }
  return groups;
}

/** In how many letters two words differ, a swap counted once; no more than `most` + 1. */
function distance(a, b, most) {
  if (Math.abs(a.length - b.length) > most) return most + 1;
  let [before, row] = [[], Array.from({ length: b.length + 1 }, (_, j) => j)];
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      next[j] = Math.min(row[j] + 1, next[j - 1] + 1, row[j - 1] + (a[i - 1] !== b[j - 1]));
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        next[j] = Math.min(next[j], before[j - 2] + 1);
    }
    [before, row] = [row, next];
  }
  return row[b.length];
}
