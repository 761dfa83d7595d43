"""What all pages load is one style sheet and one script, whole, or the build fails."""

import pytest
from mkdocs.config import load_config
from mkdocs.structure.files import File, Files

from tests.markdown import ROOT
from typeset.theme import BEHIND, ThemeError
from typeset.together import SCRIPT, SHEET, THEME, join

THEIRS = {
    "assets/stylesheets/main.1.min.css": f".a,.md-post{{b:c}}{BEHIND[0]}",
    "assets/javascripts/bundle.1.min.js": 'all("table:not([class])")',
}
OURS = {
    "assets/one.css": ".d { e: f } /* why */",
    "assets/one.js": "const name = 1; first(name);",
    "assets/two.js": "const name = 2; second(name);",
}


def joined(contents):
    """Join files of these contents; return those that are left, and the settings."""
    config = load_config(str(ROOT / "mkdocs.yml"), hooks=[], plugins=[])
    config.plugins._current_plugin = "a test"  # which MkDocs notes of each file
    config.extra_css = ["assets/one.css"]
    config.extra_javascript = ["assets/one.js", "assets/two.js", "elsewhere.js"]
    files = Files(
        [File.generated(config, path, content=it) for path, it in contents.items()]
    )
    join(files, config, ROOT)
    return {file.src_uri: file.content_string for file in files}, config


def test_each_is_one_file_in_which_no_name_stands_for_two_things():
    files, config = joined({**THEIRS, **OURS})
    assert set(files) == {SHEET, SCRIPT, THEME}
    assert files[SHEET].strip() == ".a{b:c}.d{e:f}"
    assert "first(1)" in files[SCRIPT]
    assert "second(2)" in files[SCRIPT]
    assert ":not(.md-typeset__table)>table" in files[THEME]
    assert config.extra_css == [SHEET]
    assert list(map(str, config.extra_javascript)) == [SCRIPT, "elsewhere.js"]


def test_a_sheet_that_is_not_there_or_cannot_be_moved_fails_the_build():
    with pytest.raises(ThemeError, match=r"no style sheet assets/one\.css"):
        joined(THEIRS)
    main = "assets/stylesheets/main.1.min.css"
    with pytest.raises(ThemeError, match="cannot be moved"):
        joined({**THEIRS, **OURS, main: 'a{b:url("c.png")}'})


def test_a_theme_that_is_another_one_fails_the_build():
    with pytest.raises(ThemeError, match="0 times"):
        joined({**THEIRS, **OURS, "assets/javascripts/bundle.1.min.js": "other"})
