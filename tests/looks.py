"""What can be wrong with a page in a browser: each a script that finds it there."""

PAPER = {"width": 688, "height": 1000}  # A4 less its margins

# Glyphs, and pictures inside a picture (parts of long arrows), larger than the formula
OVERGROWN = """(formula) => {
  const boxes = [...formula.querySelectorAll('mjx-container > svg')].map(
    (svg) => svg.getBoundingClientRect());
  const [width, height] = ['width', 'height'].map(
    (side) => 1.3 * boxes.reduce((sum, box) => sum + box[side], 0));
  return [...formula.querySelectorAll('svg svg, svg > g use')].filter((part) => {
    const box = part.getBoundingClientRect();
    return !part.closest('svg svg use') && (box.width > width || box.height > height);
  }).length;
}"""

# For every formula: was it typeset, is it seen, and are its glyphs there?
FORMULAS = """() => [...document.querySelectorAll('.arithmatex, .formula-fault')].map(
  (formula) => ({
    text: formula.textContent.slice(0, 80),
    drawn: [...formula.querySelectorAll('svg')].some(
      (svg) => svg.getBoundingClientRect().width > 0),
    missing: [...formula.querySelectorAll('use')].filter(
      (use) => !document.querySelector(use.getAttribute('href'))).length,
    overgrown: OVERGROWN(formula),
    broken: formula.matches('.unbroken') &&
      new Set([...formula.getClientRects()].map(({top}) => Math.round(top))).size > 1,
    scrolls: [...formula.querySelectorAll('mjx-container[display]')].some(
      (box) => box.scrollWidth > box.clientWidth + 1),
    mathml: formula.querySelectorAll(':scope > mjx-container math').length,
  }))""".replace("OVERGROWN", f"({OVERGROWN})")

# Each entry that does not mark its own section, and no other, when it is followed
MISMARKED = """async () => {
  const frame = () => new Promise((done) =>
    requestAnimationFrame(() => setTimeout(done)));
  const links = [...document.querySelectorAll(
    '.md-sidebar--secondary .md-nav__link[href^="#"]')].filter(
    (link) => link.closest('.md-sidebar').checkVisibility());  // none there
  const marked = (sidebar) => [...document.querySelectorAll(
    `${sidebar} .md-nav--secondary .md-nav__link--active`)].map(({hash}) => hash);
  const wrong = [];
  document.body.style.opacity = 0;  // what is never painted is marked all the same
  for (const {hash} of links) {
    location.hash = hash;
    await frame();
    for (const sidebar of ['.md-sidebar--primary', '.md-sidebar--secondary']) {
      if (marked(sidebar).join() !== hash)
        wrong.push(`contents: ${hash} marks ${marked(sidebar)} in ${sidebar}`);
    }
  }
  document.body.style.opacity = '';
  return wrong;
}"""

# Tables that scroll although they should not, code in them that is too small to read,
# formulas that are not as large as the text, and LaTeX that breaks within a term
TABLES = """(narrow) => {
  const all = (selector) => [...document.querySelectorAll(`article ${selector}`)];
  const size = (tag) => parseFloat(getComputedStyle(tag).fontSize);
  const boxes = (table) => [table, ...['.md-typeset__table', '.md-typeset__scrollwrap']
    .map((one) => table.closest(one))].filter(Boolean);
  const scrolls = all(narrow ? 'table[data-layout]' : 'table').filter((table) =>
    boxes(table).some((box) => box.scrollWidth > box.clientWidth + 1));
  const small = all(':is(td, th) code').filter((code) => size(code) < 12);
  const paragraph = size(document.querySelector('article'));
  const stacked = ':is([data-layout=dictionary], [data-layout=notation])';
  const shrunk = all(`${stacked} mjx-container`).filter((one) => size(one) < paragraph);
  const broken = all('code .term').filter((term) => {
    const range = document.createRange();
    range.selectNodeContents(term);
    return new Set([...range.getClientRects()].map(({top}) => top)).size > 1;
  });
  return Object.entries({scrolls, small, shrunk, broken}).flatMap(([fault, tags]) =>
    tags.map((tag) => `${fault}: ${tag.textContent.trim().slice(0, 80)}`));
}"""
