"""What is mended in the theme's HTML is still wrong in the theme."""

import pytest
from mkdocs.commands.build import build
from mkdocs.config import load_config

from tests.markdown import ROOT
from typeset.theme import MENDS, mended


@pytest.fixture(scope="module")
def unmended(tmp_path_factory):
    """Build two pages with the theme as it is set up, and nothing of ours."""
    folder = tmp_path_factory.mktemp("theme")
    (folder / "docs").mkdir()
    for name in ("index", "other"):
        (folder / "docs" / f"{name}.md").write_text("# A\n\n## B\n", "utf-8")
    config = load_config(
        str(ROOT / "mkdocs.yml"),
        docs_dir=str(folder / "docs"),
        site_dir=str(folder / "site"),
        nav=[{"A": "index.md"}, {"Part": [{"B": "other.md"}]}],
        edit_uri="https://example.org/edit/main/docs/",
        plugins=["search"],
        hooks=[],
    )
    config.theme.dirs.remove(str(ROOT / "overrides"))
    build(config)
    return (folder / "site" / "other" / "index.html").read_text("utf-8")


@pytest.mark.parametrize("fault", [fault for fault, _ in MENDS])
def test_what_is_mended_is_there(unmended, fault):
    assert fault in unmended


def test_nothing_is_left_to_be_mended(unmended):
    html = mended(unmended)
    for fault, repair in MENDS:
        assert fault not in (html.replace(repair, "") if repair else html)
