"""A page shows the function that it names, whole and as it is written."""

import inspect
import textwrap

import pytest
from markdown import Markdown

from snippets.softmax import softmax
from tests.markdown import ROOT
from typeset.embedding import EmbeddingError

MODULE = '''\
"""Two functions."""

from functools import cache

ONE = 1
# Of the next function.
# It has two lines.
@cache
def first(x):
    """Hold a string.

    # with a line like a comment
    """
    text = """
# no comment
"""

    return text  # the last line

# Of nothing: a blank line follows.

def second(x): return x


class Third:
    def inner(self):
        return 3


def twice():
    return 1


def twice():
    return 2
'''


@pytest.fixture
def embedded(tmp_path):
    """Return what lines of a page become, beside a module `code/two.py`."""
    (tmp_path / "code").mkdir()
    (tmp_path / "code" / "two.py").write_text(MODULE, "utf-8")
    (tmp_path / "code" / "broken.py").write_text("def f(:\n", "utf-8")

    def embedded(*lines, project=tmp_path):
        settings = {"typeset.embedding": {"project": project}}
        markdown = Markdown(
            extensions=["typeset.embedding"], extension_configs=settings
        )
        return "\n".join(markdown.preprocessors["embedding"].run(list(lines)))

    return embedded


def test_the_code_on_the_page_is_the_source_of_the_function(embedded):
    shown = embedded('--8<-- "snippets/softmax.py:softmax"', project=ROOT)
    assert shown == inspect.getsource(softmax).rstrip("\n")


def test_decorators_and_the_comment_directly_above_belong_to_it(embedded):
    start, end = MODULE.index("# Of the next"), MODULE.index("\n\n# Of nothing")
    assert embedded('--8<-- "code/two.py:first"') == MODULE[start:end]
    assert embedded('--8<-- "code/two.py:second"') == "def second(x): return x"


def test_it_stands_as_deep_as_its_line_and_other_lines_stay(embedded):
    shown = embedded("a", '    --8<-- "code/two.py:first"', "    b", "")
    start, end = MODULE.index("# Of the next"), MODULE.index("\n\n# Of nothing")
    deeper = textwrap.indent(MODULE[start:end], "    ")
    assert shown == f"a\n{deeper}\n    b\n"


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ('--8<-- "code/two.py:none"', "code/two.py: there is no function none"),
        ('--8<-- "code/two.py:ONE"', "code/two.py: there is no function ONE"),
        ('--8<-- "code/two.py:inner"', "code/two.py: there is no function inner"),
        ('--8<-- "code/two.py:twice"', "twice stands there twice, in lines 30 and 34"),
        ('--8<-- "code/three.py:first"', "code/three.py: .*No such file"),
        ('--8<-- "code/broken.py:f"', "code/broken.py: invalid syntax"),
        ('--8<-- "code/two.py"', "an include is .*, not"),
        ('--8<-- "../code/two.py:first"', "an include is .*, not"),
        ('--8<-- "/code/two.py:first"', "an include is .*, not"),
        ("--8<--", "an include is .*, not"),
        ('-8<- "code/two.py:first"', "an include is .*, not"),
        ('  --8<-- "code/two.py:1:9"', "an include is .*, not"),
    ],
)
def test_what_names_no_single_function_of_the_project_is_refused(
    embedded, line, message
):
    with pytest.raises(EmbeddingError, match=message) as refused:
        embedded("words", line)
    assert refused.value.quoted == line.strip()
