"""Processes that stay up: one flow on its own, or the server, all served flows and the portal."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from datetime import date, datetime
from typing import Any

from cli import output
from services.office import SHANGHAI
from services.scheduling import deployment_names, prefect_environment
from services.settings import read_settings
from supervision.errors import DubanError, UsageError

HOST = "127.0.0.1"
START_SECONDS = 120
STOP_SECONDS = 15
LOOK_AGAIN_SECONDS = 0.5


class SchedulerError(DubanError):
    """The scheduler could not be started or has stopped (exit code 1)."""


def run_flow(name: str, *, as_of: date | None, settings: Mapping[str, str] | None = None) -> int:
    """Run one flow as a process and return its exit code; UsageError for an unknown name.

    `settings` are environment variables that stand before the ones there are.
    """
    names = deployment_names()
    if name not in names:
        raise UsageError(f"没有流程“{name}”", advice=f"可用：{'、'.join(names)}。")
    command = [sys.executable, "-m", "flows", name]
    if as_of is not None:
        command += ["--as-of", as_of.isoformat()]
    api_url = os.environ.get("PREFECT_API_URL")
    told = prefect_environment(read_settings(), api_url=api_url)
    if api_url is None:
        output.say("正在启动临时调度服务，约需半分钟…")
    environment = os.environ | told | dict(settings or {})
    return subprocess.run(command, env=environment, check=False).returncode  # noqa: S603


def keep_up(*, port: int, portal_port: int) -> int:
    """Start the portal, the server and the served flows, say so, and wait to be stopped.

    A portal that cannot start says why, and the rest goes on without it.
    """
    _require_free(port, "--port")
    _require_free(portal_port, "--portal-port")
    api_url = f"http://{HOST}:{port}/api"
    told = os.environ | prefect_environment(read_settings(), api_url=api_url)
    server = ["-m", "prefect", "server", "start", "--host", HOST, "--port", str(port)]
    with _stoppable(), ExitStack() as kept:
        portal = kept.enter_context(_process(_portal(portal_port), told))
        serving = kept.enter_context(_process(server, told))
        up = [portal] if _is_portal_up(portal, portal_port) else []
        _wait(lambda: _answers(f"{api_url}/health"), serving, "调度服务未能启动")
        flows = kept.enter_context(_process(["-m", "flows", "--serve"], told))
        _wait(lambda: _all_scheduled(api_url), flows, "流程未能排上日程")
        _tell(api_url)
        return _watch(serving, flows, *up)


def keep_portal_up(*, port: int) -> int:
    """Start the portal alone and wait to be stopped; return its exit code when it cannot start."""
    _require_free(port, "--port")
    with _stoppable(), _process(_portal(port), dict(os.environ)) as portal:
        if not _is_portal_up(portal, port):
            return portal.wait()
        output.say("按 Ctrl-C 停止。")
        return _watch(portal)


def _portal(port: int) -> list[str]:
    return ["-m", "portal", "--host", HOST, "--port", str(port)]


def _is_portal_up(portal: subprocess.Popen[bytes], port: int) -> bool:
    """Wait for the portal and say where it is; False when it ended, having said why."""
    page = f"http://{HOST}:{port}/sign-in"
    last = time.monotonic() + START_SECONDS
    while portal.poll() is None and time.monotonic() < last:
        if _answers(page):
            output.say(f"网页 http://{HOST}:{port}")
            return True
        time.sleep(LOOK_AGAIN_SECONDS)
    return False


def _require_free(port: int, option: str) -> None:
    with socket.socket() as probe:
        if probe.connect_ex((HOST, port)) == 0:
            raise SchedulerError(
                f"端口 {port} 已被占用", advice=f"请停止占用者，或用 {option} 换一个。"
            )


@contextmanager
def _stoppable() -> Iterator[None]:
    """Let a service manager's TERM end everything the way Ctrl-C does."""

    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGTERM, stop)
    try:
        yield
    except KeyboardInterrupt:
        output.say("正在停止…")
    finally:
        signal.signal(signal.SIGTERM, before)
    output.say("已全部停止。")


@contextmanager
def _process(arguments: list[str], told: dict[str, str]) -> Iterator[subprocess.Popen[bytes]]:
    """Run a process in a group of its own and stop the whole group at the end."""
    started = subprocess.Popen(  # noqa: S603
        [sys.executable, *arguments],
        env=told,
        stdout=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        yield started
    finally:
        _stop(started)


def _stop(process: subprocess.Popen[bytes]) -> None:
    for sign in (signal.SIGTERM, signal.SIGKILL):
        if process.poll() is None:
            os.killpg(process.pid, sign)
        try:
            process.wait(timeout=STOP_SECONDS)
        except subprocess.TimeoutExpired:
            continue
        return


def _wait(is_ready: Any, process: subprocess.Popen[bytes], fault: str) -> None:  # noqa: ANN401
    last = time.monotonic() + START_SECONDS
    while not is_ready():
        if process.poll() is not None or time.monotonic() > last:
            raise SchedulerError(fault, advice="请运行 duban doctor 查看原因。")
        time.sleep(LOOK_AGAIN_SECONDS)


def _answers(url: str) -> bool:
    try:
        with urllib.request.urlopen(url, timeout=5) as answer:  # noqa: S310 - our own loopback
            return bool(answer.status == 200)  # noqa: PLR2004
    except OSError:
        return False


def _ask(url: str, question: dict[str, Any]) -> list[dict[str, Any]]:
    request = urllib.request.Request(  # noqa: S310 - our own loopback
        url, json.dumps(question).encode(), {"Content-Type": "application/json"}
    )
    try:
        with urllib.request.urlopen(request, timeout=10) as answer:  # noqa: S310
            found: list[dict[str, Any]] = json.load(answer)
            return found
    except OSError:
        return []


def runs_ahead(api_url: str) -> dict[str, str]:
    """Return, for each deployment with a run ahead, when its next one is (ISO, UTC)."""
    names = {entry["id"]: entry["name"] for entry in _ask(f"{api_url}/deployments/filter", {})}
    scheduled = {"flow_runs": {"state": {"type": {"any_": ["SCHEDULED"]}}}, "limit": 200}
    ahead: dict[str, str] = {}
    for run in _ask(
        f"{api_url}/flow_runs/filter", scheduled | {"sort": "EXPECTED_START_TIME_DESC"}
    ):
        name = names.get(run["deployment_id"])
        if name is not None:
            ahead[name] = run["expected_start_time"]
    return ahead


def _all_scheduled(api_url: str) -> bool:
    """Return whether every deployment has runs ahead: a server may be healthy and never fire."""
    return set(deployment_names()) <= set(runs_ahead(api_url))


def _tell(api_url: str) -> None:
    ahead = runs_ahead(api_url)
    rows = ((name, _in_shanghai(ahead[name])) for name in deployment_names())
    output.show_table("已排上日程", ("流程", "下一次（北京时间）"), rows)
    output.say(f"调度页面 {api_url.removesuffix('/api')}，按 Ctrl-C 停止。")


def _in_shanghai(moment: str) -> str:
    return f"{datetime.fromisoformat(moment).astimezone(SHANGHAI):%Y-%m-%d %H:%M}"


def _watch(*processes: subprocess.Popen[bytes]) -> int:
    """Wait until one of the processes ends by itself, which is a fault."""
    while all(process.poll() is None for process in processes):
        time.sleep(LOOK_AGAIN_SECONDS)
    raise SchedulerError("调度进程意外停止", advice="请运行 duban doctor 查看原因后重新启动。")
