"""A PostgreSQL server of the tests' own, gone with the process that started it."""

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

INSTALLED = Path("/usr/lib/postgresql")
# Not where TMPDIR points: its user must be able to come here, and a socket has but a short path.
ROOM = Path("/tmp")
SUPERUSER = "duban"
# The zone is an awkward one on purpose: no test may lean on the server's, and a unix socket needs
# no port that another worker might take.
OPTIONS = "-c timezone=America/Los_Angeles -c listen_addresses='' -k {folder}"
FORGETFUL = "-c fsync=off -c synchronous_commit=off -c full_page_writes=off"
# The shell outlives nobody: when our end of its standard input closes, however we end, it stops
# the server and removes what it stored.
LIFE = """
"$1/initdb" -D "$2/data" -U "$3" -A trust --locale=C.UTF-8 -E UTF8 --no-sync >"$2/log" 2>&1 &&
"$1/pg_ctl" -D "$2/data" -l "$2/log" -o "$4" -w -s start && echo ready
read -r _
"$1/pg_ctl" -D "$2/data" -m immediate -s stop
rm -rf "$2"
"""


@dataclass(frozen=True, slots=True)
class Server:
    """A running server, reached through the socket in its folder."""

    folder: Path

    def url(self, database: str) -> str:
        """Return the URL of one of its databases."""
        return f"postgresql+psycopg://{SUPERUSER}@/{database}?host={self.folder}"


def programs() -> Path | None:
    """Return the folder of the newest installed server's programs, None when there is none."""
    found = INSTALLED.glob("*/bin/initdb")
    newest = sorted(found, key=lambda program: int(program.parts[-3]))
    if newest:
        return newest[-1].parent
    elsewhere = shutil.which("initdb")
    return None if elsewhere is None else Path(elsewhere).parent


@contextmanager
def running_server(bin_folder: Path, *, durable: bool = False) -> Iterator[Server]:
    """Give a fresh server; root may not run one, so root has another user run it.

    Durability costs time and is bought for no test, only where that time is measured.
    """
    folder = Path(tempfile.mkdtemp(prefix="duban-pg-", dir=ROOM))
    user = _user()
    if user is not None:
        shutil.chown(folder, user)
    options = OPTIONS.format(folder=folder) + ("" if durable else f" {FORGETFUL}")
    arguments = [str(bin_folder), str(folder), SUPERUSER, options]
    shell = subprocess.Popen(
        ["/bin/sh", "-c", LIFE, "sh", *arguments],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        user=user,
        cwd=folder,
        start_new_session=True,  # Ctrl-C is ours to answer, the server ends after us
    )
    try:
        assert shell.stdout is not None
        started = shell.stdout.readline() == "ready\n"
        log = folder / "log"
        assert started, log.read_text() if log.exists() else "PostgreSQL could not be started"
        yield Server(folder)
    finally:
        shell.communicate()
        shutil.rmtree(folder, ignore_errors=True)


def _user() -> str | None:
    """Return the user that has to run the server, None when we may ourselves."""
    if os.geteuid() != 0:
        return None
    names = {account.pw_name for account in pwd.getpwall()}
    return "postgres" if "postgres" in names else "nobody"
