"""The Content-Security-Policy of a page: what a browser may load and run on it.

A built page says it itself, in a ``<meta>``, because a folder of files has no server's
headers to say it in.
"""

import re
from base64 import b64encode
from hashlib import sha256

# Directly behind the character set, which has to be among a page's first 1024 bytes,
# and before everything that loads or runs
CHARSET = '<meta charset="utf-8">'
SCRIPT = re.compile(r"<script\b(?P<attributes>[^>]*)>(?P<code>.*?)</script>", re.DOTALL)
NO_CODE = re.compile(r"""\bsrc=|\btype=["']?application/(?:\w+\+)?json\b""")

POLICY = (
    "default-src 'none'",  # what is not named below is not allowed
    # The site's files, and the page's own inline ones; and WebAssembly, which is what
    # Python is here: the page compiles it, for a worker, which in some browsers has the
    # policy of its page
    "script-src 'self' 'wasm-unsafe-eval'{inline}",
    # Each formula carries its size and its depth in style attributes: the digests of
    # these thousands would outweigh the page
    "style-src 'self' 'unsafe-inline'",
    # The face of the text; MathJax's font without any width, where a formula may break
    "font-src 'self' data:",
    "img-src 'self' data:",  # the theme's icons are data: addresses in its style sheet
    "connect-src 'self'",  # the search index
    "worker-src 'self'",  # the search runs in a worker
    "base-uri 'none'",  # no <base> can turn the page's relative links elsewhere
    "form-action 'none'",  # search and scheme are read by scripts, never sent
)


class PolicyError(Exception):
    """A page has no place for its policy."""


def with_policy(html: str) -> str:
    """Write into a finished page that nothing may run but what now stands in it."""
    if CHARSET not in html:
        raise PolicyError(f"no {CHARSET} in the page, behind which its policy stands")
    inline = "".join(f" '{digest}'" for digest in sorted(inline_scripts(html)))
    policy = "; ".join(POLICY).format(inline=inline)
    meta = f'<meta http-equiv="Content-Security-Policy" content="{policy}">'
    return html.replace(CHARSET, CHARSET + "\n      " + meta, 1)


def inline_scripts(html: str) -> set[str]:
    """Return the digests of the scripts that stand in the page, as a policy does."""
    return {
        "sha256-" + b64encode(sha256(script["code"].encode()).digest()).decode()
        for script in SCRIPT.finditer(html)
        if not NO_CODE.search(script["attributes"])
    }
