"""The flow `deliver-messages`: empties the outbox, however often it is asked."""

from dataclasses import asdict
from datetime import date
from typing import Any

from prefect import flow

from flows.outcome import leave
from services.channels import open_channel
from services.delivery import deliver
from services.office import open_office


@flow(name="deliver-messages")
def deliver_messages(as_of: date | None = None) -> dict[str, Any]:
    """Try everything that is due now; `as_of` changes nothing, as what is queued has its day."""
    del as_of
    office = open_office()
    done = deliver(office, lambda kind: open_channel(office, kind))
    return leave("deliver-messages", asdict(done))
