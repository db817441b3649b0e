"""Queries about the ladder: notices whose time has run, and those a higher rung may follow."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from itertools import islice
from uuid import UUID

from sqlalchemy import BindParameter, Select, and_, bindparam, exists, func, or_, select
from sqlalchemy.orm import aliased
from sqlmodel import Session, col
from sqlmodel import select as select_rows

from db.bulk import BATCH
from db.notice_tables import NoticeSheet
from db.plan_tables import WorkItem
from db.record_tables import Event, Notice
from db.work_items import can_be_due
from supervision.vocabulary import Move, NoticeState, Rung

UNANSWERED = (NoticeState.DELIVERED, NoticeState.ACKNOWLEDGED)
BYGONE = (NoticeState.SUPERSEDED, NoticeState.WITHDRAWN, NoticeState.VOIDED)
NOT_GIVEN_IN_TO = (*UNANSWERED, NoticeState.LAPSED, NoticeState.SUPERSEDED)


_UNDATED = select_rows(NoticeSheet).where(
    NoticeSheet.plan_id == bindparam("plan"),
    col(NoticeSheet.state).in_(UNANSWERED),
    col(NoticeSheet.reply_days).is_not(None),
    col(NoticeSheet.reply_due_on).is_(None),
)


def undated(session: Session, plan_id: UUID) -> list[NoticeSheet]:
    """Return sheets that were delivered while no calendar said by when they are to be answered."""
    return list(session.exec(_UNDATED, params={"plan": plan_id}))


@dataclass(frozen=True, kw_only=True, slots=True)
class RunOut:
    """An unanswered notice whose day to answer has passed; `resumed_on` is of its item."""

    notice: Notice
    item: WorkItem
    sheet: NoticeSheet
    resumed_on: date | None


def run_out(session: Session, plan_id: UUID, *, today: date) -> Iterator[RunOut]:
    """Give the unanswered notices of items still worked on whose day to answer has passed.

    Without those of an item that was given a later date, or another life, since they were drafted.
    They are locked: an answer that comes at the same moment is heard.
    """
    found = session.execute(_run_out(), {"plan": plan_id, "today": today}).tuples()
    for notice, item, sheet in _with_items(session, plan_id, found):
        resumed_on = _resumed_on(session, item.id)
        yield RunOut(notice=notice, item=item, sheet=sheet, resumed_on=resumed_on)


@cache
def _run_out() -> Select[tuple[Notice, NoticeSheet]]:
    over = _on_sheets(bindparam("plan")).where(
        col(Notice.state).in_(UNANSWERED), col(NoticeSheet.reply_due_on) < bindparam("today")
    )
    return over.with_for_update(of=Notice)


def _on_sheets(plan_id: BindParameter[UUID]) -> Select[tuple[Notice, NoticeSheet]]:
    """Return the query for the matters of papers that reached their units: few, of all items."""
    return (
        select(Notice, NoticeSheet)
        .join(NoticeSheet, col(NoticeSheet.id) == col(Notice.sheet_id))
        .where(col(NoticeSheet.plan_id) == plan_id, col(NoticeSheet.state).in_(UNANSWERED))
        .order_by(col(NoticeSheet.year), col(NoticeSheet.number), col(Notice.key))
    )


def _with_items(
    session: Session, plan_id: UUID, found: Iterable[tuple[Notice, NoticeSheet]]
) -> Iterator[tuple[Notice, WorkItem, NoticeSheet]]:
    """Give those whose item is still worked on in the same cycle, with it, batch by batch."""
    pairs = iter(found)
    while some := list(islice(pairs, BATCH)):
        theirs = col(WorkItem.id).in_([notice.work_item_id for notice, _ in some])
        open_ones = session.exec(select_rows(WorkItem).where(*can_be_due(plan_id), theirs))
        items = {item.id: item for item in open_ones}
        for notice, sheet in some:
            item = items.get(notice.work_item_id)
            if item is not None and item.cycle == notice.cycle:
                yield notice, item, sheet


def _resumed_on(session: Session, item_id: UUID) -> date | None:
    """Return the day on which a suspended item was last resumed."""
    query = select(func.max(col(Event.as_of))).where(
        col(Event.about_id) == item_id, col(Event.act) == Move.RESUME.value
    )
    found: date | None = session.connection().execute(query).scalar()
    return found


@dataclass(frozen=True, kw_only=True, slots=True)
class Standing:
    """The last notice in force of an item, which the next rung may follow."""

    notice: Notice
    item: WorkItem
    sheet: NoticeSheet


def climbing(session: Session, plan_id: UUID) -> Iterator[Standing]:
    """Give the notices above which a rung may open: lapsed ones, and red ones that were delivered.

    Without those above which something is drafted or in force already.
    """
    found = session.execute(_climbing(), {"plan": plan_id}).tuples()
    for notice, item, sheet in _with_items(session, plan_id, found):
        yield Standing(notice=notice, item=item, sheet=sheet)


@cache  # asked in every sweep, as are those below and above
def _climbing() -> Select[tuple[Notice, NoticeSheet]]:
    other = aliased(Notice)
    taken = exists().where(
        col(other.work_item_id) == col(Notice.work_item_id),
        col(other.cycle) == col(Notice.cycle),
        col(other.id) != col(Notice.id),
        col(other.state).not_in(BYGONE),
    )
    may = or_(
        col(Notice.state) == NoticeState.LAPSED,
        and_(col(Notice.rung) == Rung.RED, col(Notice.state).in_(UNANSWERED)),
    )
    return _on_sheets(bindparam("plan")).where(may, ~taken)


def yellows_of(session: Session, item_id: UUID) -> int:
    """Return how many yellow notices an item was issued, in all its cycles (R19)."""
    query = (
        select(func.count())
        .select_from(Notice)
        .join(NoticeSheet, col(NoticeSheet.id) == col(Notice.sheet_id))
        .where(
            col(Notice.work_item_id) == item_id,
            col(Notice.rung) == Rung.YELLOW,
            col(Notice.state) != NoticeState.VOIDED,
            col(NoticeSheet.number).is_not(None),
        )
    )
    return int(session.connection().execute(query).scalar_one())


@dataclass(frozen=True, kw_only=True, slots=True)
class RedRow:
    """The red notices a unit got one after the other without giving in, and the last of them."""

    count: int
    last_notice_id: UUID | None


def reds_in_a_row(session: Session, unit_id: UUID) -> RedRow:
    """Return the unit's latest red notices up to one that it answered, or that was followed up.

    Counted are those issued after an interview on any of them was drafted last (R19).
    """
    theirs = select(col(Notice.work_item_id)).join(
        NoticeSheet, col(NoticeSheet.id) == col(Notice.sheet_id)
    )
    items = theirs.where(col(NoticeSheet.unit_id) == unit_id, col(Notice.rung) == Rung.RED)
    interviewed = select(func.max(col(Notice.drafted_on))).where(
        col(Notice.rung) == Rung.INTERVIEW,
        col(Notice.work_item_id).in_(items),
        col(Notice.state).not_in((NoticeState.WITHDRAWN, NoticeState.VOIDED)),
    )
    since: date | None = session.connection().execute(interviewed).scalar()
    query = (
        select(col(Notice.id), col(Notice.state))
        .join(NoticeSheet, col(NoticeSheet.id) == col(Notice.sheet_id))
        .where(
            col(NoticeSheet.unit_id) == unit_id,
            col(Notice.rung) == Rung.RED,
            col(NoticeSheet.number).is_not(None),
            col(Notice.state) != NoticeState.VOIDED,
        )
        .order_by(col(NoticeSheet.year).desc(), col(NoticeSheet.number).desc())
    )
    if since is not None:
        query = query.where(col(NoticeSheet.issued_on) > since)
    row = []
    for notice_id, state in session.connection().execute(query):
        if state not in NOT_GIVEN_IN_TO:
            break
        row.append(notice_id)
    return RedRow(count=len(row), last_notice_id=row[0] if row else None)
