"""The flows and their schedules as `prefect.yaml` lists them, served to Prefect."""

import importlib
from typing import Any

from prefect import Flow, serve
from prefect.schedules import Cron

from services.scheduling import deployments


def flow_named(name: str) -> Flow[..., Any]:
    """Return the flow of a deployment; its file, function and deployment bear one name."""
    module = importlib.import_module(f"flows.{name.replace('-', '_')}")
    flow: Flow[..., Any] = getattr(module, name.replace("-", "_"))
    return flow


def serve_all() -> None:
    """Register every deployment with its schedule and run what falls due, until stopped."""
    served = [
        flow_named(entry["name"]).to_deployment(
            name=entry["name"],
            description=entry["description"],
            schedules=[
                Cron(schedule["cron"], timezone=schedule["timezone"])
                for schedule in entry["schedules"]
            ],
        )
        for entry in deployments()
    ]
    serve(*served, pause_on_shutdown=False, print_starting_message=False)  # type: ignore[arg-type]
