"""Small sites that grow: more pages, more formulas on one, more sections on one."""

from pathlib import Path

from bench.cost import BIN, Cost, run

HOOK = Path(__file__).parents[1] / "typeset" / "hook.py"
CONFIG = f"""\
site_name: small
theme: {{name: material, font: false}}
plugins: [search]
hooks: [{HOOK}]
markdown_extensions:
  - attr_list
  - toc: {{permalink: true}}
  - pymdownx.arithmatex: {{generic: true}}
  - pymdownx.superfences
"""
DECLARED = "# A page\n\nLet $x \\in \\mathbb{R}$ be a number.\n\n"
PAGES, CLAIMS = 4, 20  # of the small site, and on each of its pages
TIMES = (1, 2, 4, 8)  # as many pages
MANY = 2000  # formulas, or sections, on one page


def with_formulas(many: int, first: int = 0) -> str:
    """Return a page on which so many statements are tried, none of them twice.

    >>> with_formulas(1, first=7).splitlines()[-1]
    'Here is $7 + x = x + 7$.'
    """
    numbers = range(first, first + many)
    return DECLARED + "\n\n".join(f"Here is ${k} + x = x + {k}$." for k in numbers)


def with_sections(many: int) -> str:
    """Return a page of so many sections.

    >>> with_sections(9).count("## Section ")
    9
    """
    numbers = range(1, many + 1)
    return "# A page\n\n" + "\n".join(f"## Section {k}\n\nWords.\n" for k in numbers)


def sites() -> dict[str, list[str]]:
    """Return the pages of each site, by what it is."""
    grown = {
        f"{PAGES * times} pages": [
            with_formulas(CLAIMS, first=CLAIMS * page) for page in range(PAGES * times)
        ]
        for times in TIMES
    }
    return {
        "a page without formulas": [with_sections(1)],
        **grown,
        f"a page of {MANY // 2} formulas": [with_formulas(MANY // 2)],
        f"a page of {MANY} formulas": [with_formulas(MANY)],
        f"a page of {MANY // 2} sections": [with_sections(MANY // 2)],
        f"a page of {MANY} sections": [with_sections(MANY)],
    }


def built(pages: list[str], folder: Path) -> Cost:
    """Build a site of these pages, for which nothing is kept; return what it took."""
    (folder / "docs").mkdir(parents=True)
    (folder / "mkdocs.yml").write_text(CONFIG)
    (folder / "requirements.txt").touch()  # what is kept is asked for its pins
    (folder / "docs" / "index.md").write_text("# Start\n")
    for number, text in enumerate(pages):
        (folder / "docs" / f"page{number}.md").write_text(text, "utf-8")
    return run([BIN / "mkdocs", "build", "--strict"], folder)
