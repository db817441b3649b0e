"""The day an act counts for: today, one gone by, or one to come while nothing is sent out."""

from datetime import date

from sqlmodel import Session

from db import units
from services.office import Office
from services.plans import the_office
from supervision.errors import NotConfiguredError, UsageError
from supervision.rights import Actor, NotAllowedError
from supervision.vocabulary import ChannelKind, Role

LAST_DAY = date(2100, 12, 31)  # no calendar reaches further; a sweep would claim every day to it


def day_of_act(session: Session, office: Office, wanted: date | None) -> date:
    """Return the day an act counts for: the one wanted, or today in Shanghai.

    A day still to come is refused once real channels are in use (NotConfiguredError).
    """
    day = wanted or office.today()
    if day > LAST_DAY:
        raise UsageError(f"{day} 太远", advice="请核对年份。")
    if day > office.today() and uses_real_channels(session):
        raise NotConfiguredError(
            f"{day} 尚未到来，而本办公室已启用真实渠道，不能提前处理",
            advice="请等到当日，或在只用文件渠道的试用库中推演。",
        )
    return day


def day_of_person(
    session: Session, office: Office, wanted: date | None, actor: Actor, *, since: date
) -> date:
    """Return the day a person's act counts for; nobody chooses one that saves him from being late.

    Never before the plan's baseline (`since`). Once real channels are in use, only the office may
    enter what was done on an earlier day.
    """
    day = day_of_act(session, office, wanted)
    if day < since:
        raise UsageError(f"{day} 早于基线日 {since}", advice="请核对日期。")
    is_past = day < office.today()
    if is_past and Role.OFFICE not in actor.roles and uses_real_channels(session):
        raise NotAllowedError(f"“{actor.name}”不能补登 {day} 的办理", advice="请由调度员补登。")
    return day


def require_not_before(day: date, earlier: date | None, what: str) -> None:
    """Raise UsageError when an act counts for a day before the step it follows, such as 申请."""
    if earlier is not None and day < earlier:
        raise UsageError(f"{day} 早于{what}之日 {earlier}", advice="请核对日期。")


def uses_real_channels(session: Session) -> bool:
    """Return whether any unit is reached by more than a file: then this is no trial any more."""
    ways = units.ways_by_unit(session, the_office(session).id)
    return any(way.kind is not ChannelKind.FILE for found in ways.values() for way in found)
