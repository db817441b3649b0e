"""An HTTP server for tests, run as a process: it answers like the vendors of robots, by a script.

The script is a JSON file, read anew at every request: robot's key -> actions of its first, second
… request, the last one staying; `*` speaks for robots without a line. An action is
  errcode N      status 200 with that code, 0 being acceptance, recorded on disk before the answer
  body TEXT      status 200 with that very body
  status N       that status, with a Location that leads back here and an empty JSON body
  hang SECONDS   wait, then hang up without a word
  close          read the request and hang up without a word
"""

import argparse
import json
import os
import time
from collections import Counter
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Lock
from urllib.parse import parse_qs, urlsplit

WORDS = {"errcode", "body", "status", "hang", "close"}


class Sink(ThreadingHTTPServer):
    """The server, its script and its record."""

    daemon_threads = True

    def __init__(self, folder: Path) -> None:
        super().__init__(("127.0.0.1", 0), Robot)
        self._folder, self._lock = folder, Lock()
        self._seen: Counter[str] = Counter()

    def next_action(self, key: str) -> str:
        script = self._folder / "script.json"
        with self._lock:
            actions = json.loads(script.read_text("utf-8")) if script.exists() else {}
            found = actions.get(key) or actions.get("*") or ["errcode 0"]
            self._seen[key] += 1
            return str(found[min(self._seen[key], len(found)) - 1])

    def record(self, **facts: object) -> None:
        with self._lock, (self._folder / "record").open("a", encoding="utf-8") as file:
            file.write(json.dumps(facts, ensure_ascii=False) + "\n")
            file.flush()
            os.fsync(file.fileno())


class Robot(BaseHTTPRequestHandler):
    """One request to a robot."""

    server: Sink

    def do_GET(self) -> None:
        """Give an application its token; whoever follows a redirect comes here as well."""
        self._answer(200, b'{"errcode": 0, "access_token": "token", "expires_in": 7200}')
        if not self.path.startswith("/cgi-bin/gettoken"):
            self.server.record(key=self.path, action="GET", accepted=True, text="")

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        query = parse_qs(urlsplit(self.path).query)
        key = (query.get("key") or query.get("access_token") or [self.path])[0]
        action = self.server.next_action(key)
        word, _, rest = action.partition(" ")
        assert word in WORDS, action
        self.server.record(
            key=key,
            action=action,
            accepted=action == "errcode 0",
            text=body["text"]["content"] if "text" in body else str(body),
            to=body.get("touser"),
            query={name: values[0] for name, values in query.items()},
        )
        self._play(word, rest)

    def _play(self, word: str, rest: str) -> None:
        if word == "hang":
            time.sleep(float(rest))
        if word in {"hang", "close"}:
            self.close_connection = True
        elif word == "status":
            self._answer(int(rest), b"{}")
        elif word == "body":
            self._answer(200, rest.encode())
        else:
            self._answer(200, json.dumps({"errcode": int(rest), "errmsg": "said"}).encode())

    def _answer(self, status: int, content: bytes) -> None:
        self.send_response(status)
        self.send_header("Location", f"http://127.0.0.1:{self.server.server_address[1]}/next")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_: object) -> None:
        """Say nothing: the record is the log."""


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description="HTTP sink for tests")
    parser.add_argument("folder", type=Path)
    sink = Sink(parser.parse_args().folder)
    print(sink.server_address[1], flush=True)  # noqa: T201 the parent reads it
    sink.serve_forever()
