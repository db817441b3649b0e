"""A gateway that keeps the contract of docs/gateway.md and sends nothing: to try duban against.

`python -m notifications.gateway_fake FOLDER [--port N] [--token T]` prints its port, answers on
127.0.0.1 and appends every message it took to FOLDER/record, on disk before it answers. A message
whose `id` it knows is answered as before and not taken again. FOLDER/script.json may hold codes
for recipients: {"13800000000": 1001}.
"""

import argparse
import json
import os
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Lock
from typing import Any

MOST_BYTES = 64 * 1024 * 1024
MESSAGES = {
    0: "ok",
    1001: "no such recipient",
    1002: "content refused",
    2001: "too fast",
    3001: "try again later",
}


class FakeGateway(ThreadingHTTPServer):
    """The server with what it has taken so far."""

    daemon_threads = True

    def __init__(self, folder: Path, *, port: int, token: str) -> None:
        super().__init__(("127.0.0.1", port), Answering)
        self._folder, self._lock = folder, Lock()
        self.token = token
        record = folder / "record"
        lines = record.read_text("utf-8").splitlines() if record.exists() else []
        self._taken = {json.loads(line)["id"] for line in lines}

    def code_for(self, message: dict[str, Any]) -> int:
        """Return the code for a message, which is on disk before it is 0."""
        with self._lock:
            if message["id"] in self._taken:
                return 0
            script = self._folder / "script.json"
            codes = json.loads(script.read_text("utf-8")) if script.exists() else {}
            code = int(codes.get(message["to"], 0))
            if code == 0:
                self._keep(message)
            return code

    def _keep(self, message: dict[str, Any]) -> None:
        with (self._folder / "record").open("a", encoding="utf-8") as file:
            file.write(json.dumps(message, ensure_ascii=False) + "\n")
            file.flush()
            os.fsync(file.fileno())
        self._taken.add(message["id"])


class Answering(BaseHTTPRequestHandler):
    """One request: a message in JSON, answered with a code in JSON."""

    server: FakeGateway

    def do_POST(self) -> None:
        """Take a message, or say why not."""
        length = int(self.headers.get("Content-Length", 0))
        if self.headers.get("Authorization") != f"Bearer {self.server.token}":
            self._answer(401, {"code": 4010, "message": "token"})
            return
        message = self._message(length)
        if message is None:
            self._answer(200, {"code": 1002, "message": "not a message of duban.gateway/1"})
            return
        code = self.server.code_for(message)
        self._answer(200, {"code": code, "message": MESSAGES.get(code, ""), "id": message["id"]})

    def _message(self, length: int) -> dict[str, Any] | None:
        if length > MOST_BYTES:
            return None
        try:
            found = json.loads(self.rfile.read(length))
        except ValueError:
            return None
        is_whole = isinstance(found, dict) and all(
            isinstance(found.get(name), str) for name in ("schema", "id", "to", "title", "text")
        )
        return found if is_whole and found["schema"] == "duban.gateway/1" else None

    def _answer(self, status: int, body: dict[str, Any]) -> None:
        content = json.dumps(body, ensure_ascii=False).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json; charset=utf-8")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_: object) -> None:
        """Say nothing: the record is the log."""


def main() -> None:
    """Listen until interrupted."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--token", default="token")
    asked = parser.parse_args()
    asked.folder.mkdir(parents=True, exist_ok=True)
    server = FakeGateway(asked.folder, port=asked.port, token=asked.token)
    print(server.server_address[1], flush=True)  # noqa: T201 - whoever started it reads it
    server.serve_forever()


if __name__ == "__main__":
    main()
