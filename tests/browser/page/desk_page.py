"""Serve an instructor's view on a plain page, with its real Python object behind it: every key press goes to the disk.

`python -m tests.browser.page.desk_page 8766` opens the example class at the desk, with its marks in a passing folder.
"""

from __future__ import annotations

import json
import sys
import threading
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from course.desk import bundle
from tests.browser.page.serve import contents

HERE = Path(__file__).parent
FILES = {"/": ("text/html; charset=utf-8", "desk.html"), "/desk-host.js": ("text/javascript", "desk_host.js")}
TRAITS = ("view", "payload")


class DeskServer(ThreadingHTTPServer):
    """A running page on localhost. `view` is what `open_view` made last; opening the page opens it anew, as a cell that runs again does."""

    def __init__(self, open_view: Callable[[], Any], port: int = 0) -> None:
        super().__init__(("127.0.0.1", port), Handler)
        self.open_view, self.view = open_view, None
        threading.Thread(target=self.serve_forever, args=(0.02,), daemon=True).start()

    @property
    def address(self) -> str:
        """Where the page is."""
        return f"http://127.0.0.1:{self.server_port}"


class Handler(BaseHTTPRequestHandler):
    """GET gives the page and its files, POST /message is a message from the browser to the Python object."""

    server: DeskServer

    def do_GET(self) -> None:  # the name http.server looks for
        path = self.path.split("?")[0]
        if path == "/traits.json":
            self.server.view = self.server.open_view()
            return self.reply("application/json", json.dumps({name: getattr(self.server.view, name) for name in TRAITS if hasattr(self.server.view, name)}).encode())
        if path == "/desk.js":
            return self.reply("text/javascript", bundle.module().encode("utf-8", "replace"))
        if path in FILES:
            kind, name = FILES[path]
            return self.reply(kind, (HERE / name).read_bytes())
        found = contents(path) if path.startswith("/theme-") else None
        return self.reply(*found) if found else self.reply("text/plain", b"nothing here", 404)

    def do_POST(self) -> None:  # the name http.server looks for
        message = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.reply("application/json", json.dumps(self.server.view.answer(message)).encode())

    def reply(self, kind: str, body: bytes, status: int = 200) -> None:
        """Send one answer."""
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Cache-Control", "no-store")
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args: object) -> None:
        """Say nothing per request."""


if __name__ == "__main__":
    from course import open_desk

    server = DeskServer(open_desk, int(sys.argv[1]) if len(sys.argv) > 1 else 8766)
    print(server.address)
    threading.Event().wait()
