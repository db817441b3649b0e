"""The flow `supervision-notices`: one part of the daily sweep, on its own schedule."""

from datetime import date
from typing import Any

from prefect import flow

from flows.outcome import sweep


@flow(name="supervision-notices")
def supervision_notices(as_of: date | None = None) -> dict[str, Any]:
    """Draft what is due; a person signs, and sending is `deliver-messages`."""
    return sweep("supervision-notices", as_of)
