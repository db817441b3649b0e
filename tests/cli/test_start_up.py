"""Reading commands start fast: they import neither Prefect nor apprise nor FastAPI."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.commands import Duban

HEAVY = ("prefect", "apprise", "fastapi", "alembic", "docxtpl", "pypdf", "jinja2")
SCRIPT = """
import json, sys
from cli.main import main
try:
    main({arguments!r})
except SystemExit as left:
    assert not left.code, left.code
sys.stderr.write(json.dumps([name for name in {heavy!r} if name in sys.modules]))
"""


def run(folder: Path, *arguments: str) -> list[str]:
    script = SCRIPT.format(arguments=list(arguments), heavy=HEAVY)
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=folder, capture_output=True, text=True, check=True
    )
    imported: list[str] = json.loads(done.stderr.splitlines()[-1])
    return imported


@pytest.mark.parametrize(
    "arguments",
    [
        pytest.param(("overdue", "--json"), id="overdue"),
        pytest.param(("items", "--json"), id="items"),
        pytest.param(("explain", "deadline", "2025年底前", "--json"), id="explain"),
        pytest.param(("contact", "list", "--json"), id="contact list"),
        pytest.param(("plan", "list", "--json"), id="plan list"),
    ],
)
def test_a_reading_command_imports_nothing_heavy(
    started: Duban, tmp_path: Path, arguments: tuple[str, ...]
) -> None:
    assert started(*arguments).code == 0

    assert run(tmp_path, *arguments) == []
