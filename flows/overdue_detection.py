"""The flow `overdue-detection`: one part of the daily sweep, on its own schedule."""

from datetime import date
from typing import Any

from prefect import flow

from flows.outcome import sweep


@flow(name="overdue-detection")
def overdue_detection(as_of: date | None = None) -> dict[str, Any]:
    """Record what is due on items and reports today; queues nothing."""
    return sweep("overdue-detection", as_of)
