"""An SMTP server for tests, run as a process: it records durably before 250 and obeys a script.

The script is a JSON file, read anew when it changes: recipient -> actions of the first, second …
attempt, the last one staying; `*` speaks for recipients without a line, `MAIL` for the relay as a
whole. An action is `[rcpt:|data:|dot:]` and then
  a reply       `550 5.1.1 no such user` (`250` is plain acceptance; 421 also hangs up)
  drop          hang up without a word (after the dot: not recorded)
  keep          after the dot: record, then hang up without a word
  leave         after the dot: record, answer 250, then hang up
  hang SECONDS  wait, then go on as if nothing were
"""

import argparse
import asyncio
import json
import os
import ssl
import sys
from collections import Counter
from email import message_from_bytes
from itertools import count
from pathlib import Path
from typing import Any

from aiosmtpd.smtp import (
    SMTP,
    AuthenticatorType,
    AuthResult,
    Envelope,
    LoginPassword,
    Session,
    syntax,
)

RELAY = "MAIL"
EVERYBODY = "*"
PLAIN = "250"
_connections = count(1)


class Script:
    """Says what to do with the next attempt for a recipient."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._changed_at = -1
        self._actions: dict[str, list[str]] = {}
        self._seen: Counter[str] = Counter()

    def next_action(self, who: str) -> tuple[str, str]:
        """Return stage and action of the next attempt."""
        self._reload()
        actions = self._actions.get(who) or self._actions.get(EVERYBODY) or [PLAIN]
        action = actions[min(self._seen[who], len(actions) - 1)]
        self._seen[who] += 1
        stage, colon, rest = action.partition(":")
        return (stage, rest) if colon and stage in {"rcpt", "data", "dot"} else ("rcpt", action)

    def next_relay_action(self) -> str:
        """Return the action for the next MAIL command."""
        self._reload()
        return self.next_action(RELAY)[1] if RELAY in self._actions else PLAIN

    def _reload(self) -> None:
        if (
            self._path.exists()
            and (changed_at := self._path.stat().st_mtime_ns) != self._changed_at
        ):
            self._actions = json.loads(self._path.read_text("utf-8"))
            self._changed_at = changed_at
            self._seen.clear()


class Record:
    """One JSON line per attempt; what is accepted is on disk before the sender hears of it."""

    def __init__(self, path: Path) -> None:
        self._file = path.open("a", encoding="utf-8")

    def write(self, *, accepted: bool, **facts: object) -> None:
        """Append one attempt."""
        self._file.write(json.dumps({"accepted": accepted, **facts}) + "\n")
        self._file.flush()
        if accepted:
            os.fsync(self._file.fileno())


class ScriptedSMTP(SMTP):
    """One connection that follows the script; it is its own handler of aiosmtpd's hooks."""

    def __init__(self, script: Script, record: Record, options: dict[str, Any]) -> None:
        super().__init__(self, **options)
        self._script = script
        self._record = record
        self._connection = next(_connections)
        self._stage, self._action = "rcpt", PLAIN

    async def handle_MAIL(  # noqa: N802 aiosmtpd's name
        self,
        _server: SMTP,
        _session: Session,
        envelope: Envelope,
        address: str,
        _options: list[str],
    ) -> str:
        reply = await self._play(self._script.next_relay_action())
        if reply == PLAIN:
            envelope.mail_from = address
        return _full(reply)

    async def handle_RCPT(  # noqa: N802 aiosmtpd's name
        self,
        _server: SMTP,
        _session: Session,
        envelope: Envelope,
        address: str,
        _options: list[str],
    ) -> str:
        self._stage, self._action = self._script.next_action(address)
        envelope.rcpt_tos.append(address)
        reply = await self._play_at("rcpt", envelope)
        if reply != PLAIN:
            envelope.rcpt_tos.remove(address)
        return _full(reply)

    @syntax("DATA")
    async def smtp_DATA(self, arg: str) -> None:  # noqa: N802 aiosmtpd's name
        assert self.envelope is not None
        reply = await self._play_at("data", self.envelope)
        if reply == PLAIN:
            await super().smtp_DATA(arg)
        else:
            await self.push(reply)

    async def handle_DATA(  # noqa: N802 aiosmtpd's name
        self, _server: SMTP, _session: Session, envelope: Envelope
    ) -> str:
        if self._stage == "dot" and self._action in {"keep", "leave"}:
            self._note(envelope, accepted=True, reply=self._action)
            await self._hang_up(_full(PLAIN) if self._action == "leave" else "")
        reply = await self._play_at("dot", envelope)
        if reply == PLAIN:
            self._note(envelope, accepted=True, reply=PLAIN)
        return _full(reply)

    async def _play_at(self, stage: str, envelope: Envelope) -> str:
        if self._stage != stage:
            return PLAIN
        if not self._action.startswith((PLAIN, "hang")):
            self._note(envelope, accepted=False, reply=self._action)
        return await self._play(self._action)

    async def _play(self, action: str) -> str:
        """Return the reply that an action asks for, if it asks for one."""
        if action == "drop":
            await self._hang_up()
        if action.startswith("hang "):
            await asyncio.sleep(float(action.removeprefix("hang ")))
            return PLAIN
        if action.startswith("421"):
            await self._hang_up(action)
        return action

    async def _hang_up(self, last_words: str = "") -> None:
        assert isinstance(self.transport, asyncio.WriteTransport)
        if last_words:
            await self.push(last_words)
            self.transport.close()
        else:
            self.transport.abort()
        await asyncio.Event().wait()  # until aiosmtpd cancels what served this connection

    def _note(self, envelope: Envelope, *, accepted: bool, reply: str) -> None:
        assert self.transport is not None
        content = envelope.original_content or b""
        self._record.write(
            accepted=accepted,
            reply=reply,
            connection=self._connection,
            encrypted=self.transport.get_extra_info("sslcontext") is not None,
            sender=envelope.mail_from,
            recipient=envelope.rcpt_tos[0],
            message_id=message_from_bytes(content)["Message-ID"],
            content=content.decode("latin-1"),
        )


def _full(reply: str) -> str:
    return "250 2.0.0 OK" if reply == PLAIN else reply


def _authenticator(login: str) -> AuthenticatorType:
    def check(
        _server: SMTP, _session: Session, _envelope: Envelope, _how: str, data: object
    ) -> AuthResult:
        given = data if isinstance(data, LoginPassword) else LoginPassword(b"", b"")
        wanted = tuple(part.encode() for part in login.split(":", 1))
        return AuthResult(success=(given.login, given.password) == wanted, handled=False)

    return check


def _options(arguments: argparse.Namespace) -> tuple[ssl.SSLContext | None, dict[str, Any]]:
    """Return the context for TLS from the start, and the options of every connection."""
    context = None
    if arguments.certificate:
        context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        context.load_cert_chain(arguments.certificate)
    options: dict[str, Any] = {
        "hostname": "sink.test",
        "tls_context": context,
        "loop": asyncio.get_running_loop(),
    }
    if arguments.login:
        options |= {
            "authenticator": _authenticator(arguments.login),
            "auth_required": True,
            "auth_require_tls": False,
        }
    if arguments.implicit_tls:
        return context, options | {"tls_context": None}
    return None, options


async def serve(arguments: argparse.Namespace) -> None:
    """Listen on a free port of 127.0.0.1, print it, and go on until standard input is closed."""
    script, record = Script(arguments.folder / "script.json"), Record(arguments.folder / "record")
    context, options = _options(arguments)
    loop = asyncio.get_running_loop()
    server = await loop.create_server(
        lambda: ScriptedSMTP(script, record, options), "127.0.0.1", 0, ssl=context
    )
    print(server.sockets[0].getsockname()[1], flush=True)  # noqa: T201 the parent reads it
    parent_gone = asyncio.Event()
    loop.add_reader(sys.stdin.fileno(), parent_gone.set)
    await parent_gone.wait()


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description="SMTP sink for tests")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--certificate", help="PEM file with key and certificate: offers STARTTLS")
    parser.add_argument("--implicit-tls", action="store_true")
    parser.add_argument("--login", help="user:password, then required")
    asyncio.run(serve(parser.parse_args()))
