r"""The TeX of a formula, written into it: who copies the formula gets what was written.

MathML has a place for it, beside what it annotates. A browser neither shows that nor
tells it to a screen reader.
"""

import re
from html import escape

MATH = re.compile(r"(<math\b[^>]*>)(.*?)(</math>)", re.DOTALL)
TEX = "application/x-tex"


def with_source(html: str, tex: str) -> str:
    r"""Return a typeset formula that carries its TeX.

    >>> with_source("<math><mi>p</mi></math>", "p")[6:].partition("<annotation")[0]
    '<semantics><mrow><mi>p</mi></mrow>'
    """
    annotation = f'<annotation encoding="{TEX}">{escape(tex, quote=False)}</annotation>'

    def annotated(math: re.Match[str]) -> str:
        opening, content, closing = math.groups()
        inner = f"<semantics><mrow>{content}</mrow>{annotation}</semantics>"
        return f"{opening}{inner}{closing}"

    return MATH.sub(annotated, html)
