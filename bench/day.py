"""One day of ours, measured: a sweep, its delivery, and both once more on the same day.

Run as `python -m bench.day FOLDER PORT`, where FOLDER holds a loaded `duban.db`.
"""

import sys
from dataclasses import replace
from datetime import datetime, time
from functools import partial
from pathlib import Path

from sqlalchemy import func, select

from bench.items import TODAY
from bench.meter import Meter
from db.record_tables import Act, DeliveryAttempt, Event, Notice
from services.channels import open_channel
from services.delivery import deliver
from services.office import SHANGHAI, Office, open_office
from services.tick import tick

NINE = datetime.combine(TODAY, time(9, tzinfo=SHANGHAI))


def run(folder: Path, port: int, meter: Meter) -> dict[str, int]:
    """Sweep and deliver twice; return what was counted along the way and in the ledger."""
    relay = f"smtp://127.0.0.1:{port}/?from=duban@office.test"
    office = replace(open_office(data_dir=folder, smtp_url=relay), now=lambda: NINE)
    swept = tick(office, today=TODAY)
    meter.lap("sweep")
    delivered = deliver(office, partial(open_channel, office))
    meter.lap("delivery")
    again = tick(office, today=TODAY)
    delivered_again = deliver(office, partial(open_channel, office))
    meter.lap("again")
    return {
        "queued": swept.messages_queued,
        "sent": delivered.sent,
        "queued_again": again.messages_queued,
        "sent_again": delivered_again.sent,
        **_on_record(office),
    }


def _on_record(office: Office) -> dict[str, int]:
    """Count the rows the day left behind."""
    kept = {"acts": Act, "notices": Notice, "attempts": DeliveryAttempt, "events": Event}
    with office.reading() as session:
        counts = {
            name: session.connection().execute(select(func.count()).select_from(table)).scalar_one()
            for name, table in kept.items()
        }
        untold = select(func.count()).select_from(Act).where(Act.message_id.is_(None))  # type: ignore[union-attr]
        return counts | {"untold": session.connection().execute(untold).scalar_one()}


if __name__ == "__main__":
    meter = Meter()
    meter.report(**run(Path(sys.argv[1]), int(sys.argv[2]), meter))
