"""What waits at the office's desk (工作台): how much of each sort, and the lists behind it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from uuid import UUID

from sqlmodel import Session

from db import calendar_days, desk, lives, outbox, units
from db.desk import Asking, DeskLine
from db.outbox import Entry
from services import calendars
from services.plans import the_office
from supervision.policy import Policy
from supervision.rights import RIGHTS, Actor, refusal_of
from supervision.vocabulary import DeskList, Permission

L, P = DeskList, Permission

# Which right it takes to deal with what stands on a list.
HANDLED_BY: Mapping[DeskList, Permission] = MappingProxyType(
    {
        L.REPORTS: P.REVIEW_REPORT,
        L.ANSWERS: P.REVIEW_ANSWER,
        L.CLOSE_OUT_REVIEWS: P.REVIEW_CLOSE_OUT,
        L.CLOSE_OUT_DECISIONS: P.DECIDE_CLOSE_OUT,
        L.EXTENSION_REVIEWS: P.REVIEW_EXTENSION,
        L.EXTENSION_DECISIONS: P.DECIDE_EXTENSION,
        L.DISPUTES: P.ANSWER_DISPUTE,
        L.HISTORIC: P.SETTLE_HISTORIC,
        L.SUSPENDED: P.SUSPEND,
        L.DRAFTS: P.SIGN_NOTICE,
        L.SIGNED: P.ISSUE_NOTICE,
        L.ISSUED: P.DELIVER_BY_HAND,
        L.SILENT: P.RUN_ROUNDS,
    }
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Waits:
    """How much waits on a list, and whether its reader is one who deals with it."""

    what: DeskList
    total: int
    is_mine: bool
    by: str  # the roles that deal with it


@dataclass(frozen=True, kw_only=True, slots=True)
class Line:
    """One line of a list; `refusal` says why its reader may not deal with it, empty if he may."""

    about: DeskLine
    units: str
    refusal: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Gaps:
    """What is missing before messages and days can be relied on."""

    without_contact: list[str]
    without_sponsor: list[str]
    years: list[int]  # whose holidays ought to be on record

    @property
    def total(self) -> int:
        """How many gaps there are in all."""
        return len(self.without_contact) + len(self.without_sponsor) + len(self.years)


def waits_for(session: Session, actor: Actor, policy: Policy, *, today: date) -> list[Waits]:
    """Return every list with its number, those with nothing on them too."""
    asking = _asking(session, policy, today=today)
    return [
        Waits(
            what=wanted,
            total=desk.count(session, wanted, asking),
            is_mine=bool(RIGHTS[needed].roles & actor.roles),
            by="、".join(role.label for role in sorted(RIGHTS[needed].roles)),
        )
        for wanted, needed in HANDLED_BY.items()
    ]


def how_many(session: Session, wanted: DeskList, policy: Policy, *, today: date) -> int:
    """Return how many lines a list has."""
    return desk.count(session, wanted, _asking(session, policy, today=today))


def stretch(
    session: Session,
    wanted: DeskList,
    actor: Actor,
    policy: Policy,
    *,
    today: date,
    offset: int,
    limit: int,
) -> list[Line]:
    """Return a stretch of a list, with the units that answer, and who has to stand back (R26)."""
    asking = _asking(session, policy, today=today)
    found = desk.lines(session, wanted, asking, offset=offset, limit=limit)
    names = desk.answering(session, [line.item_id for line in found])
    return [
        Line(
            about=line,
            units="、".join(names.get(line.item_id, ())),
            refusal=refused(session, HANDLED_BY[wanted], actor, line.item_id),
        )
        for line in found
    ]


def refused(session: Session, needed: Permission, actor: Actor, item_id: UUID) -> str:
    """Return why somebody may not do this to an item, empty when he may."""
    concerned = None
    if RIGHTS[needed].depends_on_units:
        concerned = lives.concerned(session, item_id)
    return refusal_of(needed, actor, concerned) or ""


def next_on(
    session: Session,
    wanted: DeskList,
    actor: Actor,
    policy: Policy,
    *,
    today: date,
    after: tuple[UUID, str | None],
) -> Line | None:
    """Return what to deal with next on a list: not what was just dealt with (item and quarter)."""
    found = stretch(session, wanted, actor, policy, today=today, offset=0, limit=50)
    others = (line for line in found if (line.about.item_id, line.about.period) != after)
    fit = (line for line in others if not line.refusal)
    return next(fit, None)


def _asking(session: Session, policy: Policy, *, today: date) -> Asking:
    calendar = calendar_days.working_days(session)
    worked = today if calendar.is_working_day(today) else calendar.shift(today, -1)
    return Asking(
        office_id=the_office(session).id,
        today=today,
        silent_due_by=calendar.shift(worked, -policy.late_reports.value.listed_from),
    )


def gaps(session: Session, *, today: date) -> Gaps:
    """Return what is missing among contacts, sponsors of companies and the calendar."""
    office_id = the_office(session).id
    return Gaps(
        without_contact=[unit.name for unit in units.without_contact(session, office_id)],
        without_sponsor=[unit.name for unit in units.without_sponsor(session, office_id)],
        years=calendars.missing_years(session, today=today),
    )


def undelivered(session: Session) -> int:
    """Return how many messages wait for a person: refused by all ways, or parked."""
    return outbox.waiting_for_a_person(session, the_office(session).id)


def undelivered_messages(session: Session, *, offset: int, limit: int) -> list[Entry]:
    """Return a stretch of the messages that wait for a person; they stand on top of the outbox."""
    wanted = outbox.Wanted(most=min(offset + limit, undelivered(session)))
    return outbox.listed(session, the_office(session).id, wanted)[offset:]
