"""What the next digests will say: a rehearsal of the next sweep, of which nothing is kept."""

from dataclasses import dataclass
from datetime import date, timedelta

from db import calendar_days, digest_days, sweeps
from services.office import Office
from services.plans import the_office
from services.tick import rehearse
from supervision.vocabulary import ChannelKind, SweepPart


@dataclass(frozen=True, kw_only=True, slots=True)
class Coming:
    """A digest that would be sent."""

    unit: str
    channel: ChannelKind
    address: str
    subject: str
    body: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Preview:
    """The digests of the next day that has any to send, as things stand now."""

    day: date
    digests: list[Coming]


def preview(office: Office) -> Preview:
    """Return what the next sweep would send to units; nothing is queued and nothing is kept."""
    with office.trial() as session:
        office_id = the_office(session).id
        last = sweeps.last(session, SweepPart.DIGESTS, office_id)
        first = office.today()
        if last is not None:
            first = max(first, last.day + timedelta(days=1))
        day = calendar_days.working_days(session).roll_forward(first)
        rehearse(session, office, today=day)
        return Preview(
            day=day,
            digests=[
                Coming(
                    unit=message.recipient_name,
                    channel=message.channel,
                    address=message.address,
                    subject=message.subject,
                    body=message.body,
                )
                for message in digest_days.of_day(session, office_id, day)
            ],
        )
