"""The flow `quarterly-dispatch`: one part of the daily sweep, on its own schedule."""

from datetime import date
from typing import Any

from prefect import flow

from flows.outcome import sweep


@flow(name="quarterly-dispatch")
def quarterly_dispatch(as_of: date | None = None) -> dict[str, Any]:
    """Open the round whose days these are, close the one whose day has passed; once."""
    return sweep("quarterly-dispatch", as_of)
