"""Serve a projector on a plain page, with its real Python half: `python -m tests.browser.page.serve_projector article 8766`."""

from __future__ import annotations

import json
import sys
import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from course.classroom.stage import open_projector
from course.projector import Projector, bundle

HERE = Path(__file__).parent


def handler_for(projector: Projector) -> type[BaseHTTPRequestHandler]:
    """What answers the page of one projector."""
    pages = {
        "/": ("text/html; charset=utf-8", (HERE / "projector.html").read_bytes()),
        "/host.js": ("text/javascript", (HERE / "projector_host.js").read_bytes()),
        "/projector.js": ("text/javascript", bundle.module().encode()),
        "/payload.json": ("application/json", json.dumps(projector.payload).encode()),
    }

    class Page(BaseHTTPRequestHandler):
        """The page, its script, what it shows; and what is said to a message."""

        def do_GET(self) -> None:  # the name http.server looks for
            kind, contents = pages.get(self.path.split("?")[0], ("text/plain", b"nothing here"))
            self.reply(200 if self.path.split("?")[0] in pages else 404, kind, contents)

        def do_POST(self) -> None:  # the name http.server looks for
            message = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            self.reply(200, "application/json", json.dumps(projector.answer(message)).encode())

        def reply(self, status: int, kind: str, contents: bytes) -> None:
            self.send_response(status)
            self.send_header("Content-Type", kind)
            self.send_header("Cache-Control", "no-store")
            self.end_headers()
            self.wfile.write(contents)

        def log_message(self, *args: object) -> None:
            """Say nothing per request."""

    return Page


@contextmanager
def served(projector: Projector, port: int = 0):
    """The address of a projector's page, as long as the block lasts."""
    server = ThreadingHTTPServer(("127.0.0.1", port), handler_for(projector))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()


if __name__ == "__main__":
    with served(open_projector(sys.argv[1], "data/example_class", "data/example_class/roster.csv"), int(sys.argv[2])) as address:
        print(address, flush=True)
        threading.Event().wait()
