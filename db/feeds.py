"""Queries behind feeds: whose a token is, a unit's dates, the papers that went out."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import func
from sqlalchemy import select as select_columns
from sqlmodel import Session, col, select

from db.link_tables import FeedToken
from db.notice_tables import Circular, NoticeSheet
from db.plan_tables import Assignment, Plan, Unit, WorkItem
from db.record_tables import Event, Notice, Obligation, Round
from supervision.vocabulary import CircularState, FeedKind, ObligationState, RoundState


def by_hash(session: Session, token_hash: str, kind: FeedKind) -> FeedToken | None:
    """Return the token of a kind that has this hash and was not revoked."""
    query = select(FeedToken).where(
        FeedToken.token_hash == token_hash,
        FeedToken.kind == kind,
        col(FeedToken.revoked_at).is_(None),
    )
    return session.exec(query).one_or_none()


def in_use(session: Session, account_id: UUID) -> list[FeedToken]:
    """Return the tokens of an account that were not revoked."""
    query = select(FeedToken).where(
        FeedToken.account_id == account_id, col(FeedToken.revoked_at).is_(None)
    )
    return list(session.exec(query.order_by(col(FeedToken.made_at))))


class DatedItem(NamedTuple):
    """An item with a date that a unit answers for, and when anything last happened to it."""

    item: WorkItem
    changed_at: datetime


def dated_items(session: Session, unit_id: UUID, *, since: date) -> list[DatedItem]:
    """Return the items a unit answers for whose date is not before `since`, by date."""
    last = (
        select_columns(func.max(col(Event.at)))
        .where(col(Event.about_id) == col(WorkItem.id))
        .correlate(WorkItem)
        .scalar_subquery()
    )
    query = (
        select(WorkItem, func.coalesce(last, Plan.adopted_at))
        .join(Assignment, col(Assignment.work_item_id) == col(WorkItem.id))
        .join(Plan, col(Plan.id) == col(WorkItem.plan_id))
        .where(
            Assignment.unit_id == unit_id,
            col(Assignment.answers).is_(True),
            col(WorkItem.due_on) >= since,
        )
        .order_by(col(WorkItem.due_on), col(WorkItem.code))
    )
    return [DatedItem(item, changed_at) for item, changed_at in session.exec(query)]


class OwedRound(NamedTuple):
    """A round in which a unit owes reports, and how many are still out."""

    round: Round
    left: int
    owed: int


def owed_rounds(session: Session, unit_id: UUID, *, since: date) -> list[OwedRound]:
    """Return the rounds a unit has reports to hand in in, by their day."""
    still = col(Obligation.state).in_((ObligationState.OPEN, ObligationState.SENT_BACK))
    query = (
        select(Round, func.count(col(Obligation.id)).filter(still), func.count(col(Obligation.id)))
        .join(Obligation, col(Obligation.round_id) == col(Round.id))
        .join(Assignment, col(Assignment.work_item_id) == col(Obligation.work_item_id))
        .where(
            Assignment.unit_id == unit_id,
            col(Assignment.answers).is_(True),
            col(Round.due_on) >= since,
            col(Round.state).in_((RoundState.OPEN, RoundState.CLOSED)),
        )
        .group_by(col(Round.id))
        .order_by(col(Round.due_on))
    )
    return [OwedRound(*row) for row in session.exec(query)]


@dataclass(frozen=True, kw_only=True, slots=True)
class SentSheet:
    """A paper of supervision that was issued, to whom, and the notice its page is named by."""

    sheet: NoticeSheet
    unit: str
    named_by: UUID
    codes: str


def issued_sheets(session: Session, office_id: UUID, *, most: int) -> list[SentSheet]:
    """Return the papers that have a number, the latest first."""
    query = (
        select(NoticeSheet, Unit.name)
        .join(Unit, col(Unit.id) == col(NoticeSheet.unit_id))
        .where(NoticeSheet.office_id == office_id, col(NoticeSheet.issued_on).is_not(None))
        .order_by(col(NoticeSheet.signed_at).desc(), col(NoticeSheet.id))
        .limit(most)
    )
    return [_sent(session, sheet, unit) for sheet, unit in session.exec(query)]


def _sent(session: Session, sheet: NoticeSheet, unit: str) -> SentSheet:
    matters = select(Notice.id, WorkItem.code).join(
        WorkItem, col(WorkItem.id) == col(Notice.work_item_id)
    )
    found = session.exec(matters.where(Notice.sheet_id == sheet.id)).all()
    return SentSheet(
        sheet=sheet,
        unit=unit,
        named_by=min((notice_id for notice_id, _ in found), key=str),
        codes="、".join(sorted(code for _, code in found)),
    )


def published_circulars(
    session: Session, office_id: UUID, *, most: int
) -> list[tuple[Circular, Round, str]]:
    """Return the circulars that were published with their rounds and plans' codes, latest first."""
    query = (
        select(Circular, Round, Plan.code)
        .join(Round, col(Round.id) == col(Circular.round_id))
        .join(Plan, col(Plan.id) == col(Circular.plan_id))
        .where(Circular.office_id == office_id, Circular.state == CircularState.PUBLISHED)
        .order_by(col(Circular.published_on).desc(), col(Circular.id))
        .limit(most)
    )
    return list(session.exec(query))
