"""Serve the plain test page: `python -m tests.browser.page.serve 8765`, then open /?case=pick-one&theme=dark."""

from __future__ import annotations

import importlib
import json
import sys
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from tests.browser.page import cases

HERE = Path(__file__).parent
THEMES = Path(sys.prefix) / "share" / "jupyter" / "lab" / "themes" / "@jupyterlab"


def contents(path: str) -> tuple[str, bytes] | None:
    """What stands at a path of the test page: its type and its bytes, or None. The kit's files are read anew."""
    if path == "/":
        return "text/html; charset=utf-8", (HERE / "host.html").read_bytes()
    if path == "/host.js":
        return "text/javascript", (HERE / "host.js").read_bytes()
    if path == "/kit.js":
        return "text/javascript", _module().encode()
    if path == "/cases.json":
        return "application/json", json.dumps(importlib.reload(cases).CASES).encode()
    if path in ("/theme-light.css", "/theme-dark.css"):
        name = path.removeprefix("/").removesuffix(".css")
        return "text/css", (THEMES / f"{name}-extension" / "index.css").read_bytes()
    return None


def _module() -> str:
    from course import messages
    from course.widgets import bundle

    importlib.reload(messages)
    return importlib.reload(bundle).module()


class Page(BaseHTTPRequestHandler):
    """Answers GET with what `contents` has, and 404 else."""

    def do_GET(self) -> None:  # the name http.server looks for
        found = contents(self.path.split("?")[0])
        self.send_response(200 if found else 404)
        self.send_header("Content-Type", found[0] if found else "text/plain")
        self.send_header("Cache-Control", "no-store")
        self.end_headers()
        self.wfile.write(found[1] if found else b"nothing here")

    def log_message(self, *args: object) -> None:
        """Say nothing per request."""


def start(port: int = 0) -> ThreadingHTTPServer:
    """A running server on localhost, in a thread; `server.server_port` is its port, `server.shutdown()` ends it."""
    server = ThreadingHTTPServer(("127.0.0.1", port), Page)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server


if __name__ == "__main__":
    server = start(int(sys.argv[1]) if len(sys.argv) > 1 else 8765)
    print(f"http://127.0.0.1:{server.server_port}/?case=pick-one")
    threading.Event().wait()
