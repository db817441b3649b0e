"""Which flows run when, and what Prefect is told before it starts: to call nobody."""

from pathlib import Path
from typing import Any

import yaml

from services.settings import Settings

FILE = Path(__file__).parent.parent / "prefect.yaml"


def deployments() -> list[dict[str, Any]]:
    """Return the deployments of prefect.yaml as written; there is no other list of them."""
    document = yaml.load(FILE.read_bytes(), Loader=yaml.CSafeLoader)
    found: list[dict[str, Any]] = document["deployments"]
    return found


def deployment_names() -> list[str]:
    """Return the names of the deployments, each that of its flow as well."""
    return [entry["name"] for entry in deployments()]


def prefect_environment(settings: Settings, *, api_url: str | None = None) -> dict[str, str]:
    """Return the environment variables of every process that runs Prefect.

    Without an API address a flow starts a server of its own for the length of its run, which takes
    up to half a minute on a busy machine. Telemetry is off in both of its places (docs/adr/0007).
    """
    told = {
        "DO_NOT_TRACK": "1",
        "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
        "PREFECT_HOME": str((settings.data_dir / "prefect").resolve()),
        "PREFECT_LOGGING_LEVEL": "WARNING",
        "PREFECT_LOGGING_EXTRA_LOGGERS": "duban",
        "PREFECT_FLOWS_HEARTBEAT_FREQUENCY": "30",
        "PREFECT_SERVER_CONCURRENCY_LEASE_STORAGE": (
            "prefect.server.concurrency.lease_storage.filesystem"
        ),
    }
    if api_url is None:
        own = {
            "PREFECT_SERVER_EPHEMERAL_ENABLED": "true",
            "PREFECT_SERVER_EPHEMERAL_STARTUP_TIMEOUT_SECONDS": "90",
        }
        return told | own
    return told | {"PREFECT_SERVER_EPHEMERAL_ENABLED": "false", "PREFECT_API_URL": api_url}
