"""Starting the portal: where it says it is, and what it says when a part is missing."""

import os
import signal
import socket
import subprocess
import sys
from pathlib import Path

import httpx
import pytest

from portal import static_files
from portal.static_files import FILES, require_parts
from services.office import open_office
from services.start import start
from supervision.errors import NotConfiguredError
from tests.portal.chromium import ROOT

SECONDS = 90


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture
def environment(settings_folder: Path) -> dict[str, str]:
    """Give the environment of commands on an office that has been set up in a folder of its own."""
    data = str(settings_folder / "var")
    start(open_office(must_exist=False, data_dir=data))
    return {**os.environ, "DUBAN_DATA_DIR": data, "PYTHONPATH": str(ROOT)}


@pytest.mark.usefixtures("ctrl_c_is_heard")
def test_one_command_serves_the_pages_says_where_and_stops(
    environment: dict[str, str], settings_folder: Path
) -> None:
    port = free_port()
    command = [sys.executable, "-c", "from cli.main import main; main()"]
    process = subprocess.Popen(
        [*command, "portal", "--port", str(port)], env=environment, cwd=settings_folder,
        stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert process.stderr is not None
    said = process.stderr.readline()

    page = httpx.get(f"http://127.0.0.1:{port}/sign-in")
    process.send_signal(signal.SIGINT)
    process.communicate(timeout=SECONDS)

    assert f"http://127.0.0.1:{port}" in said
    assert page.status_code == 200
    assert "server" not in page.headers
    assert process.returncode == 0


def test_without_a_database_it_says_what_to_do(settings_folder: Path) -> None:
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "DUBAN_DATA_DIR": str(settings_folder)}

    ran = subprocess.run(
        [sys.executable, "-m", "portal"],
        env=environment, cwd=settings_folder, capture_output=True, text=True, check=False,
    )  # fmt: skip

    assert ran.returncode == 4
    assert "duban init" in ran.stderr
    assert "Traceback" not in ran.stderr


def test_a_missing_part_stops_the_portal_with_a_clear_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    missing = {**FILES, "htmx.min.js": (tmp_path / "htmx.min.js", "text/javascript")}
    monkeypatch.setattr(static_files, "FILES", missing)

    with pytest.raises(NotConfiguredError, match=r"htmx\.min\.js") as refused:
        require_parts()

    assert "make setup" in refused.value.advice
