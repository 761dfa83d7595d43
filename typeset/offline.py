"""A copy of the built site that works from a folder, without a server, as a zip.

From ``file://`` a browser lists a folder instead of opening its ``index.html``, loads
no module, fetches no file, and starts no worker from one. So links name their file, the
figures that move become one plain script, and the index and the worker of the search
come as another, and so does the Python that the pages run. The grammar with which it
reads what readers write comes with its editor, which is a plain script anyway; it reads
the pages' own examples too, for what was written of them beside each page is no script.
"""

import json
import re
import zipfile
from base64 import b64encode
from collections.abc import Iterator
from pathlib import Path
from typing import Any

NAME = "cross-entropy-checked"
ARCHIVE = f"{NAME}.zip"
NEEDED = "assets/search/worker.js"  # a project without it keeps the theme's search
# Of no use without a server, or to anyone but a developer; 404.html has absolute links
LEFT_OUT = ("404.html", "sitemap.xml*", "robots.txt", "feed.xml",
            "*.map", "*.zip", "*.pdf", "search/search_index.json",
            "assets/javascripts/lunr/**/*", "assets/javascripts/workers/*",
            "assets/search/*",
            "assets/engine/worker.js", "assets/engine/*.json", "assets/engine/*.wasm",
            "examples.json", "assets/living/*.js")  # fmt: skip
FOLDER = re.compile(
    r'(?P<before><(?:a|link)\b[^>]*?\bhref=")'
    r'(?P<path>(?![a-z][a-z+.-]*:|//)(?:[^"#?]*/)?(?:\.\.?)?)(?P<rest>[#?][^"]*)?"'
)
# A preload asks for a font as from another server, which no folder is to a browser; the
# style sheet's own request is answered
FONT = re.compile(r'<link rel="preload"[^>]*\bas="font"[^>]*>\s*')
MODULE = re.compile(r'<script type="module" src="(?P<folder>[^"]*)near\.js"></script>')
ONLINE = re.compile(r'<span class="only-online">.*?</span>', re.DOTALL)
IMPORT = re.compile(r'^import (?P<names>\{[^}]*\}) from "\./(?P<name>\w+\.js)";$', re.M)
EXPORT = re.compile(r"^export (?=(?:const|let|function|class) (?P<name>\w+))", re.M)
MADE = (1980, 1, 1, 0, 0, 0)  # the same zip of the same site, whenever it is made


class OfflineError(Exception):
    """The site holds something that would not work from a folder."""


def write(site: Path) -> Path:
    """Write the zip of a site into it; return its path."""
    target = site / ARCHIVE
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files(site):
            entry = zipfile.ZipInfo(f"{NAME}/{name}", MADE)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, content)
    return target


def files(site: Path) -> Iterator[tuple[str, bytes]]:
    """Yield the files of the copy, by name."""
    for path in sorted(site.rglob("*")):
        relative = path.relative_to(site)
        if not path.is_file() or any(relative.match(left) for left in LEFT_OUT):
            continue
        content = path.read_bytes()
        if path.suffix == ".html":
            content = page(content.decode()).encode()
        yield relative.as_posix(), content
    yield "search/search_index.js", search_script(site).encode()
    modules = {path.name: path.read_text("utf-8")
               for path in sorted((site / "assets/living").glob("*.js"))}  # fmt: skip
    if modules:
        yield "assets/living/all.js", bundle(modules).encode()
    if (site / "assets/engine").is_dir():
        yield "assets/engine/all.js", engine_script(site / "assets/engine").encode()


def page(html: str) -> str:
    """Return a page whose links and scripts work from a folder.

    >>> page('<a href="../softmax/#eq-vjp">') + page('<link href="..">')
    '<a href="../softmax/index.html#eq-vjp"><link href="../index.html">'
    >>> page('<a class="up" href="../..">')
    '<a class="up" href="../../index.html">'
    >>> page('<a href="#eq-vjp">') + page('<a href="https://example.org/">')
    '<a href="#eq-vjp"><a href="https://example.org/">'
    """

    def named(link: re.Match[str]) -> str:
        path, rest = link["path"], link["rest"] or ""
        if not path:
            return link[0]
        slash = "" if path.endswith("/") else "/"
        return f'{link["before"]}{path}{slash}index.html{rest}"'

    html = FONT.sub("", html)
    html = MODULE.sub(r'<script defer src="\g<folder>all.js"></script>', html)
    html = html.replace("worker-src 'self'", "worker-src blob:")
    return FOLDER.sub(named, ONLINE.sub("", html))


def search_script(site: Path) -> str:
    """Return the index and the worker of the search as a script.

    The theme asks for a script of this name where there is no server.
    """
    index = json.loads((site / "search/search_index.json").read_text("utf-8"))
    for section in index["docs"]:
        section["location"] = re.sub(
            r"^((?:.*?/)?)(?=#|$)", r"\1index.html", section["location"]
        )
    theirs = sorted((site / "assets/javascripts/workers").glob("search.*.js"))
    ours = [site / "assets/search" / name for name in ("ranking.js", "worker.js")]
    if len(theirs) != 1:
        raise OfflineError(f"{len(theirs)} workers of the theme's in the site, not one")
    code = "\n".join(path.read_text("utf-8") for path in [*ours, *theirs])
    # It would be looked for at another place
    code = re.sub(r"\n//# sourceMappingURL=.*", "", code)
    return f"var __index = {as_json(index)};\nvar searchWorker = {as_json(code)};\n"


def engine_script(folder: Path) -> str:
    """Return the page's Python as a script: docs/assets/run.js loads it when asked."""
    names = ("worker.js", "python.json", "micropython.wasm", "random.wasm")
    data = {name: b64encode((folder / name).read_bytes()).decode() for name in names}
    return f"globalThis.pythonFiles = {as_json(data)};\n"


def as_json(value: Any) -> str:
    """Return a value as JavaScript reads it, in as few bytes as there are."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def bundle(modules: dict[str, str]) -> str:
    """Return modules as one script, of which each part runs when it is asked for.

    >>> code = {"a.js": "export const one = 1;", "near.js": "import(new URL(a))"}
    >>> print(bundle(code))
    {
    const parts = {
    "a.js"() {
    const one = 1;
    return { one };
    },
    "near.js"() {
    asked(new URL(a))
    return {  };
    },
    };
    const here = document.currentScript.src;
    const ran = {};
    const part = (name) => (ran[name] ??= parts[name]());
    const asked = async (address) => part(String(address).split("/").at(-1));
    part("near.js");
    }
    """
    parts = "".join(f'"{name}"() {{\n{as_part(name, code)}\n}},\n'
                    for name, code in modules.items())  # fmt: skip
    return (
        f"{{\nconst parts = {{\n{parts}}};\n"
        "const here = document.currentScript.src;\n"
        "const ran = {};\n"
        "const part = (name) => (ran[name] ??= parts[name]());\n"
        'const asked = async (address) => part(String(address).split("/").at(-1));\n'
        'part("near.js");\n}'
    )


def as_part(name: str, code: str) -> str:
    """Return a module as the body of a function that returns what it exports."""
    exported = [match["name"] for match in EXPORT.finditer(code)]
    code = IMPORT.sub(imported, code)
    code = EXPORT.sub("", code)
    code = code.replace("import.meta.url", "here").replace("import(", "asked(")
    if left := re.search(r"^(?:import|export)\b.*", code, re.M):
        raise OfflineError(f"{name}: cannot be made a plain script: {left[0]}")
    return f"{code}\nreturn {{ {', '.join(exported)} }};"


def imported(module: re.Match[str]) -> str:
    """Return what an import becomes."""
    names = re.sub(r"(\w+) as (\w+)", r"\1: \2", module["names"])
    return f'const {names} = part("{module["name"]}");'
