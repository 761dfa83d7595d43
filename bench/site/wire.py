"""A web server as a host of static pages runs one: compressed, cached, and counted."""

import gzip
import mimetypes
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from urllib.parse import unquote, urlsplit

PACKED = {
    ".css",
    ".html",
    ".js",
    ".json",
    ".svg",
    ".wasm",
    ".xml",
}  # the rest is so by itself


@cache
def packed(path: Path) -> bytes:
    """Return what travels of a file: its text compressed, as every host does."""
    body = path.read_bytes()
    return gzip.compress(body, mtime=0) if path.suffix in PACKED else body


class Wire(ThreadingHTTPServer):
    """Serves one folder, and remembers how many bytes of each file it has sent."""

    daemon_threads = True  # the browser keeps its connections open

    def __init__(self, site: Path) -> None:
        self.site = site
        self.sent: dict[str, int] = {}
        super().__init__(("127.0.0.1", 0), Handler)

    @property
    def address(self) -> str:
        """The address of the start page."""
        return f"http://127.0.0.1:{self.server_port}/"


class Handler(BaseHTTPRequestHandler):
    """Answers GET."""

    protocol_version = "HTTP/1.1"  # one connection for many files
    server: Wire

    def do_GET(self) -> None:
        """Send a file, and count it."""
        name = unquote(urlsplit(self.path).path).lstrip("/")
        path = self.server.site / name
        path = path / "index.html" if path.is_dir() else path
        found = path.is_file()
        body = packed(path) if found else b"not found"
        self.server.sent[name] = self.server.sent.get(name, 0) + len(body)
        self.send_response(200 if found else 404)
        self.send_header("Content-Type", mimetypes.guess_type(path)[0] or "text/plain")
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Cache-Control", "max-age=600")  # as GitHub's pages
        if found and path.suffix in PACKED:
            self.send_header("Content-Encoding", "gzip")
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Keep quiet."""


@contextmanager
def serving(site: Path) -> Iterator[Wire]:
    """Serve a site on this machine."""
    with Wire(site) as wire:
        thread = Thread(target=wire.serve_forever)
        thread.start()
        try:
            yield wire
        finally:
            wire.shutdown()
            thread.join()
