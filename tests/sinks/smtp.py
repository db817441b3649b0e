"""Starts the SMTP sink as a process and reads what it recorded."""

import json
import selectors
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
START_SECONDS = 30


@dataclass(frozen=True)
class Attempt:
    """One delivery that a client tried, as the sink saw it."""

    accepted: bool
    reply: str
    connection: int
    encrypted: bool
    sender: str
    recipient: str
    message_id: str | None
    content: str

    @property
    def raw(self) -> bytes:
        return self.content.encode("latin-1")

    @property
    def mail(self) -> EmailMessage:
        return message_from_bytes(self.raw, policy=default)


class SmtpSink:
    """A running sink: `script` before, `accepted` and `attempts` afterwards."""

    def __init__(self, folder: Path, process: subprocess.Popen[str], *, scheme: str) -> None:
        self._folder = folder
        self._process = process
        self._scheme = scheme
        self.port = listening_port(process)

    def url(self, *, login: str = "", options: str = "timeout=10") -> str:
        """Return its channel URL; `login` is `user:password`."""
        who = f"{login}@" if login else ""
        return f"{self._scheme}://{who}127.0.0.1:{self.port}/?from=duban@office.test&{options}"

    def script(self, actions: Mapping[str, Sequence[str]]) -> None:
        """Say what happens to whom, from now on (grammar in smtp_sink.py); counting starts anew."""
        part = self._folder / "script.part"
        part.write_text(json.dumps(actions), "utf-8")
        part.replace(self._folder / "script.json")

    def attempts(self) -> list[Attempt]:
        """Return what reached a recipient's verdict, in order."""
        record = (self._folder / "record").read_text("utf-8")
        whole = record.rpartition("\n")[0]  # the last line may be half written
        return [Attempt(**json.loads(line)) for line in whole.splitlines()]

    def accepted(self) -> list[Attempt]:
        """Return what the sink took responsibility for."""
        return [attempt for attempt in self.attempts() if attempt.accepted]

    def stop(self) -> None:
        """End the process; again is harmless."""
        self._process.kill()
        self._process.communicate()


@contextmanager
def running_sink(
    folder: Path,
    *,
    certificate: Path | None = None,
    implicit_tls: bool = False,
    login: str = "",
) -> Iterator[SmtpSink]:
    """Run a sink that keeps its files in `folder`; what it recorded stays there."""
    command = [sys.executable, "-m", "tests.sinks.smtp_sink", str(folder)]
    command += [f"--certificate={certificate}"] if certificate else []
    command += ["--implicit-tls"] if implicit_tls else []
    command += [f"--login={login}"] if login else []
    process = subprocess.Popen(
        command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    sink = None
    try:
        sink = SmtpSink(folder, process, scheme="smtps" if implicit_tls else "smtp")
        yield sink
    finally:
        process.kill()
        process.communicate()


def listening_port(process: subprocess.Popen[str]) -> int:
    """Return the port, which the sink prints once it listens."""
    assert process.stdout is not None
    with selectors.DefaultSelector() as selector:
        selector.register(process.stdout, selectors.EVENT_READ)
        assert selector.select(START_SECONDS), f"the sink printed no port in {START_SECONDS} s"
    return int(process.stdout.readline())
