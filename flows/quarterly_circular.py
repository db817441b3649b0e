"""The flow `quarterly-circular`: one part of the daily sweep, on its own schedule."""

from datetime import date
from typing import Any

from prefect import flow

from flows.outcome import sweep


@flow(name="quarterly-circular")
def quarterly_circular(as_of: date | None = None) -> dict[str, Any]:
    """Draft the circular on every round that was closed; a person signs it."""
    return sweep("quarterly-circular", as_of)
