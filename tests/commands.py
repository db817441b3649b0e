"""Commands run in this process, in an empty folder of their own."""

import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from cli.main import main


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
    for name in [name for name in os.environ if name.startswith("DUBAN_")]:
        monkeypatch.delenv(name)

    def run(*arguments: str) -> Ran:
        capsys.readouterr()
        with pytest.raises(SystemExit) as left:
            main(list(arguments))
        printed = capsys.readouterr()
        return Ran(int(left.value.code or 0), printed.out, printed.err)

    return run


@pytest.fixture
def started(duban: Duban) -> Duban:
    """The same, after `duban init`."""
    assert duban("init").code == 0
    return duban
