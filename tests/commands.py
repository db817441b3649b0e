"""Commands run in this process, in an empty folder of their own."""

import json
import os
import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from pwdlib import PasswordHash
from pwdlib.hashers.argon2 import Argon2Hasher

from cli.main import main
from services import accounts
from services.office import clock

# A password costs a millisecond; what it really costs is measured where it matters.
CHEAP = PasswordHash((Argon2Hasher(time_cost=1, memory_cost=64, parallelism=1),))


class Ran(NamedTuple):
    """What a command printed and how it left."""

    code: int
    out: str
    err: str

    @property
    def answer(self) -> Any:  # noqa: ANN401 - whatever the command answers
        return json.loads(self.out)


Duban = Callable[..., Ran]


@pytest.fixture
def duban(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Duban:
    """Run `duban` with these arguments in an empty folder and give what came of it."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(accounts, "HASHER", CHEAP)
    for name in [name for name in os.environ if name.startswith("DUBAN_")]:
        monkeypatch.delenv(name)

    def run(*arguments: str) -> Ran:
        capsys.readouterr()
        with pytest.raises(SystemExit) as left:
            main(list(arguments))
        printed = capsys.readouterr()
        return Ran(int(left.value.code or 0), printed.out, printed.err)

    return run


@pytest.fixture(scope="session")
def folders_started() -> dict[date, Path]:
    """Give the folders that `duban init` filled, by the day it ran on."""
    return {}


@pytest.fixture
def started(
    duban: Duban,
    tmp_path: Path,
    folders_started: dict[date, Path],
    tmp_path_factory: pytest.TempPathFactory,
) -> Duban:
    """The same, after `duban init`, which fills a folder once a day and is copied after that."""
    today = clock().date()
    if today in folders_started:
        shutil.copytree(folders_started[today], tmp_path, dirs_exist_ok=True)
        return duban
    assert duban("init").code == 0
    folders_started[today] = tmp_path_factory.mktemp("started")
    shutil.copytree(tmp_path, folders_started[today], dirs_exist_ok=True)
    return duban
