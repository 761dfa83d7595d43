"""Where the formulas of a page stand: on their line, apart, at one edge, unbroken."""

# For every inline formula, piece by piece: how far it is off the line of its text. A
# mark without a size, put before it, is on that line; first come all marks
ON_THE_LINE = """() => {
  const pieces = [...document.querySelectorAll(
    'article mjx-container:not([display]) > svg',
  )].filter((svg) => svg.checkVisibility());
  const marks = pieces.map((svg) => {
    const mark = document.createElement('span');
    mark.style.cssText = 'display: inline-block; width: 0; height: 0';
    svg.before(mark);
    return mark;
  });
  const found = pieces.map((svg, i) => {
    const box = svg.getBoundingClientRect();
    const [, top, , height] = svg.getAttribute('viewBox').split(' ').map(Number);
    const baseline = box.bottom - (top + height) * box.height / height;
    return {
      box: [box.left, box.right, box.top, box.bottom],
      off: baseline - marks[i].getBoundingClientRect().bottom,
      line: baseline,
      text: svg.parentElement.textContent.slice(0, 60),
      block: svg.closest('p, li, td, th, dd, dt, h1, h2, h3, h4, figcaption, article'),
    };
  });
  marks.forEach((mark) => mark.remove());
  const wrong = found.filter(({off}) => !(Math.abs(off) <= LIMIT)).map(
    ({off, text}) => `${off.toFixed(2)} px below its line: ${text}`);
  const blocks = Map.groupBy(found, ({block}) => block);
  for (const pieces of blocks.values()) for (const above of pieces) {
    const [left, right, , bottom] = above.box;
    for (const {box, line, text} of pieces) {
      if (line > above.line + 4 && box[0] < right && left < box[1]
          && box[2] < bottom + APART)
        wrong.push(`${(box[2] - bottom).toFixed(1)} px below ${above.text}: ${text}`);
    }
  }
  return wrong;
}"""
LIMIT, APART = 0.3, 2  # px

# For every displayed formula: is it drawn once, unbroken if the window is wide, at its
# own size there, and do the formulas, and the reasons, of a page begin at one edge?
IN_COLUMNS = """(wide) => {
  const formulas = [...document.querySelectorAll('article div.arithmatex')];
  const all = formulas.map((formula) => {
    const container = formula.querySelector(':scope > mjx-container');
    const [svg, ...more] = [...container.children].filter(
      (child) => child.localName === 'svg' && child.checkVisibility());
    return {formula, container, svg, more, name: formula.id ||
      container.textContent.slice(0, 60)};
  });
  const one = document.createElement('div');
  one.style.width = '100ex';
  document.querySelector('article').append(one);
  const ex = one.getBoundingClientRect().width / 100;
  one.remove();
  const wrong = all.filter(({svg, more}) => !svg || more.length).map(
    ({name}) => `not drawn once: ${name}`);
  const hidden = wide ? 'wide' : 'narrow';
  for (const {container, svg, name} of all)
    if (container.querySelector('svg.wide') && !svg.classList.contains(hidden))
      wrong.push(`not as in a ${hidden} window: ${name}`);
  if (!wide) return wrong;
  const left = (tag) => Math.round(tag.getBoundingClientRect().left);
  for (const {container, svg, name} of all) {
    const width = parseFloat(svg.style.width) * ex;
    const smaller = container.closest('.admonition, details, .sheet');
    if (!smaller && svg.getBoundingClientRect().width < 0.99 * width)
      wrong.push(`shrinks: ${name}`);
  }
  const whole = all.filter(
    ({formula}) => formula.parentElement.localName === 'article');
  const edges = new Set(whole.map(({svg}) => left(svg)));
  if (edges.size > 1) wrong.push(`formulas begin at ${[...edges]}`);
  const reasons = whole.filter(({formula}) => formula.matches('.beside')).map(
    ({formula, svg}) => [left(formula.querySelector('.reasons')), svg]);
  const counted = Map.groupBy(reasons, ([place]) => place);
  const often = [...counted].sort(([, one], [, two]) => two.length - one.length);
  const [column] = often[0] ?? [];
  for (const [place, svg] of reasons)  // unless the formula reaches into the column
    if (Math.abs(place - column) > 3 && svg.getBoundingClientRect().right < column - 20)
      wrong.push(`reasons begin at ${place} and at ${column}`);
  return wrong;
}"""


def misplaced(page, *, wide):
    """Return the formulas of a page, all of it unfolded, that do not stand right."""
    on_the_line = ON_THE_LINE.replace("LIMIT", str(LIMIT)).replace("APART", str(APART))
    return page.evaluate(on_the_line) + page.evaluate(IN_COLUMNS, wide)
