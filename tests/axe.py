"""What axe finds on a page that not every reader could use."""

from tests.markdown import ROOT

AXE = ROOT / "tests" / "node_modules" / "axe-core" / "axe.min.js"
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
CONTRAST = {"runOnly": {"type": "rule", "values": ["color-contrast"]}}
RULES = {"runOnly": {"type": "tag", "values": TAGS}}
# What depends on the room that there is
OF_ROOM = "target-size scrollable-region-focusable region bypass skip-link"
OF_ROOM += " aria-hidden-focus nested-interactive button-name link-name label"
ROOM_RULES = {"runOnly": {"type": "rule", "values": OF_ROOM.split()}}

# Figures that move are read too. The outlines of a formula are hidden from readers,
# whom its MathML serves, and the parts of that are words to axe. The header would lie
# on what is scrolled below it.
PREPARED = """async () => {
  scrollTo(0, 0);
  document.querySelectorAll('mjx-container > svg[aria-hidden=true]').forEach(
    (svg) => svg.replaceChildren());
  document.querySelectorAll('mjx-assistive-mml').forEach(
    (math) => { math.textContent = math.textContent; });
  const near = document.querySelector('script[src$="living/near.js"]')?.src;
  for (const {dataset} of document.querySelectorAll('figure[data-living]'))
    await import(new URL(`${dataset.living}.js`, near));
}"""
# The contrast of words takes axe longer than all else. Those that are alike in all that
# it judges by are judged once: in their colour and size, and in what lies behind them.
# What is out of the flow may lie on anything, and is judged each; a formula's MathML is
# heard, and has no colour.
VIOLATIONS = """async ([options, context]) => {
  const kinds = new Map([[null, '']]);
  const behind = (tag) => {
    if (!kinds.has(tag)) {
      const {backgroundColor, backgroundImage, opacity, filter, position, transform} =
        getComputedStyle(tag);
      const out = /absolute|fixed|sticky/.test(position) || transform !== 'none';
      kinds.set(tag, [behind(tag.parentElement), backgroundColor, backgroundImage,
        opacity, filter, out ? kinds.size : ''].join());
    }
    return kinds.get(tag);
  };
  const kind = (tag) => {
    const {color, fontSize, fontWeight, textShadow} = getComputedStyle(tag);
    return [behind(tag), color, fontSize, fontWeight, textShadow].join();
  };
  const written = (tag) => [...tag.childNodes].some(
    (child) => child.nodeType === Node.TEXT_NODE && child.data.trim());
  const judged = new Set();
  for (const tag of document.body.querySelectorAll('*')) {
    const first = !tag.closest('mjx-assistive-mml') && written(tag)
      && tag.checkVisibility() && !judged.has(kind(tag));
    if (first) judged.add(kind(tag));
    tag.toggleAttribute('data-judged', first);
  }
  axe.configure({rules: [{id: 'color-contrast', selector: '[data-judged]'}]});
  const found = await axe.run(context ?? document, {...options,
    resultTypes: ['violations']});
  return found.violations.flatMap(({id, nodes}) => nodes.map(
    (node) => `${id}: ${node.html.slice(0, 160)} ${node.failureSummary}`));
}"""


def inaccessible(page, rules, part=None):
    """Return what axe finds on a page, or a part of it, that was prepared for it."""
    return page.evaluate(VIOLATIONS, (rules, part))
