"""Queries about what came before a notice: lower rungs, reminders sent, earlier papers."""

from datetime import date
from uuid import UUID

from sqlalchemy import case, or_, select
from sqlmodel import Session, col
from sqlmodel import select as select_rows

from db.acts import OF_ITS_DATE
from db.life_tables import ProgressReport
from db.notice_tables import NoticeSheet
from db.plan_tables import Assignment, Unit, WorkItem
from db.record_tables import Act, Message, Notice, Obligation
from supervision.ladder import FORMAL
from supervision.vocabulary import Decision, MessageState, NoticeState

OF_ITS_REPORTS = ("R05", "R06", "R07", "R08")  # that ask for its reports, or remind of them
IN_FORCE = tuple(state for state in NoticeState if state not in (
    NoticeState.WITHDRAWN, NoticeState.VOIDED,
))  # fmt: skip
REACHED = (MessageState.SENT, MessageState.TOLD)  # accepted, or told by telephone, on record
HEIGHT = case({rung: number for number, rung in enumerate(FORMAL)}, value=col(Notice.rung))


def of_cycle(session: Session, item: WorkItem) -> list[Notice]:
    """Return the notices in force of an item's present cycle, the lowest rung first."""
    query = select_rows(Notice).where(
        Notice.work_item_id == item.id,
        Notice.cycle == item.cycle,
        col(Notice.state).in_(IN_FORCE),
    )
    return sorted(session.exec(query), key=lambda notice: FORMAL.index(notice.rung))


def below(session: Session, notice: Notice) -> Notice | None:
    """Return the highest notice in force below one, of the same item and cycle."""
    height = FORMAL.index(notice.rung)
    query = select_rows(Notice).where(
        Notice.work_item_id == notice.work_item_id,
        Notice.cycle == notice.cycle,
        Notice.id != notice.id,
        col(Notice.rung).in_(FORMAL[:height]),
        col(Notice.state).in_(IN_FORCE),
    )
    found = sorted(session.exec(query), key=lambda other: FORMAL.index(other.rung))
    return found[-1] if found else None


def is_first(session: Session, notice: Notice) -> bool:
    """Return whether no other notice on the item was ever issued in this cycle."""
    query = (
        select(col(Notice.id))
        .join(NoticeSheet, col(NoticeSheet.id) == col(Notice.sheet_id))
        .where(
            col(Notice.work_item_id) == notice.work_item_id,
            col(Notice.cycle) == notice.cycle,
            col(Notice.id) != notice.id,
            col(NoticeSheet.number).is_not(None),
        )
    )
    return session.connection().execute(query.limit(1)).first() is None


def was_reminded(session: Session, notice: Notice) -> bool:
    """Return whether somebody accepted a message, or was told of it by telephone, that reminded.

    That is its due date, or, for one drafted before it, the date or a report that is owed.
    """
    of_date = col(Act.rule).in_(OF_ITS_DATE)
    about = (
        or_(of_date, col(Act.rule).in_(OF_ITS_REPORTS))
        if notice.overdue_since is None
        else of_date & (col(Act.due_on) == notice.overdue_since)
    )
    query = (
        select(col(Act.key))
        .join(Message, col(Message.id) == col(Act.message_id))
        .where(
            col(Act.work_item_id) == notice.work_item_id,
            col(Message.state).in_(REACHED),
            about,
        )
    )
    return session.connection().execute(query.limit(1)).first() is not None


def version_of(session: Session, item: WorkItem) -> str | None:
    """Return the policy version an item's ladder began under in its present cycle."""
    query = (
        select_rows(Notice.policy_version)
        .where(
            Notice.work_item_id == item.id,
            Notice.cycle == item.cycle,
            col(Notice.state) != NoticeState.WITHDRAWN,
        )
        .order_by(col(Notice.drafted_on), HEIGHT)
    )
    return session.exec(query.limit(1)).first()


def papers_of(session: Session, item_id: UUID, *, until: date) -> list[tuple[Notice, NoticeSheet]]:
    """Return an item's numbered papers up to a day with its matter on each, the first one first."""
    query = (
        select_rows(Notice, NoticeSheet)
        .join(NoticeSheet, col(NoticeSheet.id) == col(Notice.sheet_id))
        .where(
            Notice.work_item_id == item_id,
            col(NoticeSheet.number).is_not(None),
            col(NoticeSheet.issued_on) <= until,
            col(Notice.state) != NoticeState.VOIDED,
        )
        .order_by(col(NoticeSheet.year), col(NoticeSheet.number))
    )
    return [(notice, sheet) for notice, sheet in session.exec(query)]


def unsigned(session: Session, item: WorkItem) -> list[Notice]:
    """Return the drafts on an item that nobody signed yet, locked."""
    query = select_rows(Notice).where(
        Notice.work_item_id == item.id, col(Notice.state) == NoticeState.DRAFT
    )
    return list(session.exec(query.with_for_update()))


def answering(session: Session, item_id: UUID) -> list[str]:
    """Return the names of the units that answer for an item, in the order printed."""
    query = (
        select(col(Unit.name))
        .join(Assignment, col(Assignment.unit_id) == col(Unit.id))
        .where(col(Assignment.work_item_id) == item_id, col(Assignment.answers).is_(True))
        .order_by(col(Assignment.position))
    )
    return list(session.connection().execute(query).scalars())


def latest_report(session: Session, item_id: UUID, *, as_of: date) -> ProgressReport | None:
    """Return what was reported last on an item by a day; what was sent back does not count."""
    query = (
        select_rows(ProgressReport)
        .join(Obligation, col(Obligation.id) == col(ProgressReport.obligation_id))
        .where(
            Obligation.work_item_id == item_id,
            col(ProgressReport.as_of) <= as_of,
            col(ProgressReport.verdict) != Decision.REFUSED,
        )
        .order_by(col(ProgressReport.reported_at).desc())
    )
    return session.exec(query.limit(1)).first()
