"""What makes a page legible, measured in a browser: lines, headings, faces."""

MEASURE = 76  # characters; beyond, an eye loses the beginning of the next line

# How many characters a line of each paragraph holds, by the widths of its own letters
LONG_LINES = """(most) => {
  const pen = document.createElement('canvas').getContext('2d');
  const held = (p) => {
    const words = [...p.childNodes].filter(({nodeType}) => nodeType === Node.TEXT_NODE)
      .map((part) => part.data.trim()).join(' ');
    if (words.length < 100) return 0;
    const {fontWeight, fontSize, fontFamily} = getComputedStyle(p);
    pen.font = `${fontWeight} ${fontSize} ${fontFamily}`;
    return p.clientWidth / (pen.measureText(words).width / words.length);
  };
  return [...document.querySelectorAll('article :is(p, li)')]
    .filter((p) => !p.closest('td, .symbol-card, footer, .moving'))
    .map((p) => [held(p), p.textContent.slice(0, 60)])
    .filter(([characters]) => characters > most)
    .map(([held, words]) => `a line of ${held.toFixed()} characters: ${words}`);
}"""

# Each level of heading is smaller than the one above it, and not bolder; none is
# smaller than the text
HEADINGS = """() => {
  const style = (tag) => {
    const {fontSize, fontWeight: weight} = getComputedStyle(tag);
    return {name: tag.localName, size: parseFloat(fontSize), weight: Number(weight)};
  };
  const levels = ['h1', 'h2', 'h3', 'h4'].flatMap((name) => {
    const tag = document.querySelector(`article ${name}:not(.doors *, .sheet *)`);
    return tag ? [style(tag)] : [];
  });
  const text = parseFloat(getComputedStyle(document.querySelector('article')).fontSize);
  return levels.flatMap(({name, size, weight}, i) => {
    const above = levels[i - 1];
    const faults = [];
    if (above?.size <= size) faults.push(`${name} is as large as ${above.name}`);
    if (above?.weight < weight) faults.push(`${name} is bolder than ${above.name}`);
    if (size < text) faults.push(`${name} is smaller than the text`);
    return faults;
  });
}"""

# Words of headings of which one line has the beginning and the next the end
BROKEN_WORDS = """() => {
  const broken = [];
  for (const heading of document.querySelectorAll('article :is(h1, h2, h3, h4)')) {
    const walker = document.createTreeWalker(heading, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      const node = walker.currentNode;
      for (const {0: word, index} of node.data.matchAll(/\\S+/g)) {
        const range = document.createRange();
        range.setStart(node, index);
        range.setEnd(node, index + word.length);
        const tops = [...range.getClientRects()].map(({top}) => Math.round(top));
        if (new Set(tops).size > 1) broken.push(`a line ends inside of ${word}`);
      }
    }
  }
  return broken;
}"""


def illegible(page):
    """Return which lines of a page are too long, which headings do not step down."""
    return page.evaluate(LONG_LINES, MEASURE) + page.evaluate(HEADINGS)


def broken_headings(page):
    """Return the words of headings that a line breaks."""
    return page.evaluate(BROKEN_WORDS)
