"""`duban up`: one command starts the server and the flows, and Ctrl-C leaves nothing behind."""

import os
import signal
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from cli.scheduler import runs_ahead
from services.scheduling import deployment_names

pytestmark = [
    pytest.mark.flows,
    pytest.mark.xdist_group("flows"),
    pytest.mark.usefixtures("ctrl_c_is_heard"),
]
DUBAN = str(Path(sys.executable).parent / "duban")
PATIENCE = 120  # seconds to stop in, on a busy machine


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def processes_of(folder: Path) -> list[str]:
    """Return the processes that work with this folder's data, by their environment."""
    found = []
    for environment in Path("/proc").glob("[0-9]*/environ"):
        try:
            if f"DUBAN_DATA_DIR={folder}".encode() in environment.read_bytes():
                found.append(environment.parent.name)
        except OSError:
            continue
    return found


def test_up_schedules_every_flow_and_stops_all_of_it_on_ctrl_c(tmp_path: Path) -> None:
    environment = os.environ | {"DUBAN_DATA_DIR": str(tmp_path)}
    environment.pop("PREFECT_API_URL", None)
    subprocess.run([DUBAN, "init"], env=environment, check=True, capture_output=True)
    port = free_port()
    command = [DUBAN, "up", "--port", str(port), "--portal-port", str(free_port())]
    with subprocess.Popen(
        command, env=environment, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True
    ) as up:
        assert up.stderr is not None
        said = []
        for line in up.stderr:
            said.append(line)
            if "Ctrl-C" in line:
                break
        ahead = runs_ahead(f"http://127.0.0.1:{port}/api")
        up.send_signal(signal.SIGINT)
        try:
            _, rest = up.communicate(timeout=PATIENCE)
        finally:
            up.kill()

    assert "Ctrl-C" in said[-1], said
    assert set(ahead) == set(deployment_names())
    assert "已全部停止" in rest
    assert up.returncode == 0
    assert processes_of(tmp_path) == []


def test_up_names_a_port_that_is_taken(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])

        ran = subprocess.run(
            [DUBAN, "up", "--port", port],
            cwd=tmp_path,
            capture_output=True,
            text=True,
            check=False,
        )

    assert ran.returncode == 1
    assert f"端口 {port} 已被占用" in ran.stderr
