"""What axe finds on a page that not every reader could use."""

from tests.markdown import ROOT

AXE = ROOT / "tests" / "node_modules" / "axe-core" / "axe.min.js"
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# A formula's MathML is heard, and has no colour
CONTRAST = {"runOnly": {"type": "rule", "values": ["color-contrast"]}}
SEEN = {"exclude": [["mjx-assistive-mml"]]}
RULES = {"runOnly": {"type": "tag", "values": TAGS}}
# What depends on the room that there is
OF_ROOM = "target-size scrollable-region-focusable region bypass skip-link"
OF_ROOM += " aria-hidden-focus nested-interactive button-name link-name label"
ROOM_RULES = {"runOnly": {"type": "rule", "values": OF_ROOM.split()}}

# Figures that move are read too. The outlines of a formula are hidden from readers,
# whom its MathML serves, and the parts of that are words to axe.
PREPARED = """async () => {
  document.querySelectorAll('mjx-container > svg[aria-hidden=true]').forEach(
    (svg) => svg.replaceChildren());
  document.querySelectorAll('mjx-assistive-mml').forEach(
    (math) => { math.textContent = math.textContent; });
  const near = document.querySelector('script[src$="living/near.js"]')?.src;
  for (const {dataset} of document.querySelectorAll('figure[data-living]'))
    await import(new URL(`${dataset.living}.js`, near));
}"""
VIOLATIONS = """async ([options, context]) => {
  const found = await axe.run(context ?? document, {...options,
    resultTypes: ['violations']});
  return found.violations.flatMap(({id, nodes}) => nodes.map(
    (node) => `${id}: ${node.html.slice(0, 160)} ${node.failureSummary}`));
}"""


def inaccessible(page, rules, part=None):
    """Return what axe finds on a page, or a part of it, that was prepared for it."""
    return page.evaluate(VIOLATIONS, (rules, part))
