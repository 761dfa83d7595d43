"""A site that another builder has made, compared with this one.

``python -m typeset.elsewhere SITE OTHER`` names every file that is not the same to the
byte, and the first place where it differs. What a page says of the program that built
it is left out; an archive is compared by the files in it.
"""

import re
import sys
from collections.abc import Iterator, Mapping
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

GENERATOR = re.compile(rb'<meta name="generator" content="[^"]*">')
NEARBY = 40  # bytes that are shown on either side of the first difference


def contents(site: Path) -> dict[str, bytes]:
    """Return the files of a site by their paths, those of its archives among them."""
    found: dict[str, bytes] = {}
    for file in sorted(path for path in site.rglob("*") if path.is_file()):
        path, data = file.relative_to(site).as_posix(), file.read_bytes()
        if file.suffix == ".zip":
            with ZipFile(BytesIO(data)) as archive:
                inner = {f"{path}/{n}": archive.read(n) for n in archive.namelist()}
        else:
            inner = {path: data}
        found |= {name: GENERATOR.sub(b"", data) for name, data in inner.items()}
    return found


def differences(one: Mapping[str, bytes], other: Mapping[str, bytes]) -> Iterator[str]:
    """Yield each file that only one of two sites has, or where it differs first."""
    for name in sorted(one.keys() | other.keys()):
        a, b = one.get(name), other.get(name)
        if a is None or b is None:
            yield f"{name}: only in the {'second' if a is None else 'first'}"
        elif a != b:
            pairs = enumerate(zip(a, b, strict=False))
            at = next((i for i, (x, y) in pairs if x != y), min(len(a), len(b)))
            around = slice(max(at - NEARBY, 0), at + NEARBY)
            yield f"{name}: byte {at}: {a[around]!r} and {b[around]!r}"


def main(arguments: list[str]) -> int:
    """Compare two sites; return 0 if they are the same, and 1 if not."""
    if len(arguments) != 2:
        print("usage: python -m typeset.elsewhere SITE OTHER", file=sys.stderr)
        return 2
    sites = [Path(argument) for argument in arguments]
    for site in sites:
        if not (site / "index.html").is_file():
            print(f"no site: {site}", file=sys.stderr)
            return 2
    one, other = map(contents, sites)
    found = list(differences(one, other))
    print(*found, f"{len(one)} files, {len(found)} of which differ", sep="\n")
    return int(bool(found))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
