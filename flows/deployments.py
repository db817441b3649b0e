"""The flows and their schedules as `prefect.yaml` lists them; there is no other list."""

import importlib
from pathlib import Path
from typing import Any

import yaml
from prefect import Flow, serve
from prefect.schedules import Cron

from services.scheduling import DEPLOYMENTS

FILE = Path(__file__).parent.parent / DEPLOYMENTS


def listed() -> list[dict[str, Any]]:
    """Return the deployments of prefect.yaml, as written."""
    document = yaml.load(FILE.read_bytes(), Loader=yaml.CSafeLoader)
    found: list[dict[str, Any]] = document["deployments"]
    return found


def flow_named(name: str) -> Flow[..., Any]:
    """Return the flow of a deployment; its file, function and deployment bear one name."""
    module = importlib.import_module(f"flows.{name.replace('-', '_')}")
    flow: Flow[..., Any] = getattr(module, name.replace("-", "_"))
    return flow


def serve_all() -> None:
    """Register every deployment with its schedule and run what falls due, until stopped."""
    deployments = [
        flow_named(entry["name"]).to_deployment(
            name=entry["name"],
            description=entry["description"],
            schedules=[
                Cron(schedule["cron"], timezone=schedule["timezone"])
                for schedule in entry["schedules"]
            ],
        )
        for entry in listed()
    ]
    serve(*deployments, pause_on_shutdown=False, print_starting_message=False)  # type: ignore[arg-type]
