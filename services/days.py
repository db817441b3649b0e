"""The day an act counts for: today, one gone by, or one to come while nothing is sent out."""

from datetime import date

from sqlmodel import Session

from db import units
from services.office import Office
from services.plans import the_office
from supervision.errors import NotConfiguredError
from supervision.vocabulary import ChannelKind


def day_of_act(session: Session, office: Office, wanted: date | None) -> date:
    """Return the day an act counts for: the one wanted, or today in Shanghai.

    A day still to come is refused once real channels are in use (NotConfiguredError).
    """
    day = wanted or office.today()
    if day > office.today() and _uses_real_channels(session):
        raise NotConfiguredError(
            f"{day} 尚未到来，而本办公室已启用真实渠道，不能提前处理",
            advice="请等到当日，或在只用文件渠道的试用库中推演。",
        )
    return day


def _uses_real_channels(session: Session) -> bool:
    ways = units.ways_by_unit(session, the_office(session).id)
    return any(way.kind is not ChannelKind.FILE for found in ways.values() for way in found)
