"""Starts the HTTP sink, or the fake gateway that duban ships, and reads what it recorded."""

import json
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.sinks.smtp import ROOT, listening_port


@dataclass(frozen=True, slots=True)
class HttpSink:
    """A running server on loopback: `script` before, `requests` and `accepted` afterwards."""

    folder: Path
    port: int

    def wecom(self, key: str) -> str:
        """Return the URL of a WeCom robot at the sink."""
        return f"zwwecom://{key}@127.0.0.1:{self.port}/?tls=no"

    def dingtalk(self, token: str, secret: str = "SECcanary") -> str:
        """Return the URL of a DingTalk robot at the sink."""
        return f"zwding://{secret}@{token}@127.0.0.1:{self.port}/?tls=no"

    def gateway(self, token: str = "token") -> str:
        """Return the URL of the gateway at the fake."""
        return f"gzt://{token}@127.0.0.1:{self.port}/send?tls=no"

    def script(self, actions: Mapping[str, Sequence[str] | int]) -> None:
        """Say what is answered to whom, from now on."""
        part = self.folder / "script.part"
        part.write_text(json.dumps(actions), "utf-8")
        part.replace(self.folder / "script.json")

    def requests(self) -> list[dict[str, Any]]:
        """Return what was asked, in order."""
        record = self.folder / "record"
        lines = record.read_text("utf-8").splitlines() if record.exists() else []
        return [json.loads(line) for line in lines]

    def accepted(self) -> list[dict[str, Any]]:
        """Return what the sink answered with its code for «taken»."""
        return [asked for asked in self.requests() if asked.get("accepted", True)]


@contextmanager
def running(module: str, folder: Path) -> Iterator[HttpSink]:
    """Run one of the servers in a process of its own; what it recorded stays in the folder."""
    process = subprocess.Popen(
        [sys.executable, "-m", module, str(folder)], cwd=ROOT, stdout=subprocess.PIPE, text=True
    )
    try:
        yield HttpSink(folder, listening_port(process))
    finally:
        process.kill()
        process.communicate()
