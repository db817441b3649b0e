"""The flow `deadline-reminders`: one part of the daily sweep, on its own schedule."""

from datetime import date
from typing import Any

from prefect import flow

from flows.outcome import sweep


@flow(name="deadline-reminders")
def deadline_reminders(as_of: date | None = None) -> dict[str, Any]:
    """Queue one digest per unit with something untold; the only flow that queues digests."""
    return sweep("deadline-reminders", as_of)
