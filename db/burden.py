"""Counts of what a quarter asked of each unit."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.orm import aliased
from sqlmodel import Session, col

from db.life_tables import ProgressReport
from db.notice_tables import NoticeSheet
from db.plan_tables import Assignment
from db.record_tables import Act, Message, Obligation, Round
from supervision.vocabulary import MessageKind, MessageState

Days = tuple[date, date]


def _counted(session: Session, query: Select[Any]) -> Mapping[UUID, int]:
    return dict(session.connection().execute(query).tuples().all())


def forms(session: Session, period: str) -> Mapping[UUID, int]:
    """Return how many reports each answering unit owes in a period's rounds."""
    answers = and_(
        col(Assignment.work_item_id) == col(Obligation.work_item_id),
        col(Assignment.answers).is_(True),
    )
    query = (
        select(col(Assignment.unit_id), func.count())
        .join_from(Obligation, Round, col(Round.id) == col(Obligation.round_id))
        .join(Assignment, answers)
        .where(col(Round.period) == period)
        .group_by(col(Assignment.unit_id))
    )
    return _counted(session, query)


def reports(session: Session, period: str) -> Mapping[UUID, int]:
    """Return how many report versions each unit handed in for a period."""
    query = (
        select(col(ProgressReport.unit_id), func.count())
        .join_from(
            ProgressReport, Obligation, col(Obligation.id) == col(ProgressReport.obligation_id)
        )
        .join(Round, col(Round.id) == col(Obligation.round_id))
        .where(col(Round.period) == period)
        .group_by(col(ProgressReport.unit_id))
    )
    return _counted(session, query)


def digests(session: Session, office_id: UUID, days: Days) -> Mapping[UUID, int]:
    """Return how many digests were queued for each unit between two days, both included.

    One that only replaces another burdens nobody twice, and one taken back before it went nobody.
    """
    query = (
        select(col(Message.unit_id), func.count())
        .where(
            col(Message.office_id) == office_id,
            col(Message.day).between(*days),
            col(Message.kind) == MessageKind.DIGEST,
            col(Message.replaces_id).is_(None),
            _goes_out(),
        )
        .group_by(col(Message.unit_id))
    )
    return _counted(session, query)


def reminders(session: Session, office_id: UUID, days: Days) -> Mapping[UUID, int]:
    """Return how many things those messages told each unit."""
    query = (
        select(col(Act.unit_id), func.count())
        .join_from(Act, Message, col(Message.id) == col(Act.message_id))
        .where(col(Act.office_id) == office_id, col(Message.day).between(*days), _goes_out())
        .group_by(col(Act.unit_id))
    )
    return _counted(session, query)


def _goes_out() -> ColumnElement[bool]:
    """Hold for a message that was not taken back, or for which another goes in its place."""
    other = aliased(Message)
    replaced = select(col(other.id)).where(col(other.replaces_id) == col(Message.id)).exists()
    return or_(col(Message.state) != MessageState.WITHDRAWN, replaced)


def untold(session: Session, office_id: UUID) -> Mapping[UUID, int]:
    """Return how many things wait to be told to each unit."""
    query = (
        select(col(Act.unit_id), func.count())
        .where(
            col(Act.office_id) == office_id,
            col(Act.message_id).is_(None),
            col(Act.withdrawn_on).is_(None),
        )
        .group_by(col(Act.unit_id))
    )
    return _counted(session, query)


def notices(session: Session, office_id: UUID, days: Days) -> Mapping[UUID, int]:
    """Return how many numbered papers went to each unit; a draft has burdened nobody yet."""
    receiver = func.coalesce(col(NoticeSheet.receiving_unit_id), col(NoticeSheet.unit_id))
    query = (
        select(receiver, func.count())
        .where(
            col(NoticeSheet.office_id) == office_id,
            col(NoticeSheet.number).is_not(None),
            col(NoticeSheet.issued_on).between(*days),
        )
        .group_by(receiver)
    )
    return _counted(session, query)
