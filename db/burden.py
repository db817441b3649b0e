"""Counts of what a quarter asked of each unit."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Select, and_, func, select
from sqlmodel import Session, col

from db.life_tables import ProgressReport
from db.plan_tables import Assignment
from db.record_tables import Act, Message, Notice, Obligation, Round

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
    """Return how many messages were queued for each unit between two days, both included.

    One that only replaces another, which was not delivered, burdens nobody twice.
    """
    query = (
        select(col(Message.unit_id), func.count())
        .where(
            col(Message.office_id) == office_id,
            col(Message.day).between(*days),
            col(Message.replaces_id).is_(None),
        )
        .group_by(col(Message.unit_id))
    )
    return _counted(session, query)


def reminders(session: Session, office_id: UUID, days: Days) -> Mapping[UUID, int]:
    """Return how many things those messages told each unit."""
    query = (
        select(col(Act.unit_id), func.count())
        .join_from(Act, Message, col(Message.id) == col(Act.message_id))
        .where(col(Act.office_id) == office_id, col(Message.day).between(*days))
        .group_by(col(Act.unit_id))
    )
    return _counted(session, query)


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


def notices(session: Session, days: Days) -> Mapping[UUID, int]:
    """Return how many notices were drafted on items each unit answers for."""
    answers = and_(
        col(Assignment.work_item_id) == col(Notice.work_item_id),
        col(Assignment.answers).is_(True),
    )
    query = (
        select(col(Assignment.unit_id), func.count())
        .join_from(Notice, Assignment, answers)
        .where(col(Notice.drafted_on).between(*days))
        .group_by(col(Assignment.unit_id))
    )
    return _counted(session, query)
