"""Queries about answers to notices."""

from collections.abc import Collection, Iterator
from datetime import date
from uuid import UUID

from sqlalchemy import exists
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select

from db.life_tables import EvidenceFile
from db.notice_tables import NoticeAnswer
from db.plan_tables import WorkItem
from db.record_tables import Notice
from db.work_items import can_be_due
from supervision.vocabulary import Decision, NoticeState


def last(session: Session, notice_id: UUID) -> NoticeAnswer | None:
    """Return the latest version of what was answered to a notice."""
    query = select(NoticeAnswer).where(NoticeAnswer.notice_id == notice_id)
    return session.exec(query.order_by(col(NoticeAnswer.version).desc()).limit(1)).first()


def of_notices(session: Session, notice_ids: Collection[UUID]) -> list[NoticeAnswer]:
    """Return all answers to the notices, versions in order."""
    query = select(NoticeAnswer).where(col(NoticeAnswer.notice_id).in_(notice_ids))
    return list(session.exec(query.order_by(col(NoticeAnswer.version))))


def evidence_of(session: Session, item_id: UUID, wanted: Collection[UUID]) -> list[UUID]:
    """Return those of the pieces of evidence that are the item's."""
    query = select(EvidenceFile.id).where(
        EvidenceFile.work_item_id == item_id, col(EvidenceFile.id).in_(wanted)
    )
    return list(session.exec(query))


def broken_promises(session: Session, plan_id: UUID, *, today: date) -> Iterator[str]:
    """Give the codes of items still worked on whose promised day, once accepted, has passed.

    Without those on which another notice was drafted since: somebody saw to them.
    """
    later = aliased(Notice)
    followed = exists().where(
        col(later.work_item_id) == col(Notice.work_item_id),
        col(later.cycle) == col(Notice.cycle),
        col(later.drafted_on) > col(NoticeAnswer.promised_on),
        col(later.state).not_in((NoticeState.WITHDRAWN, NoticeState.VOIDED)),
    )
    query = (
        select(WorkItem.code)
        .join(Notice, col(Notice.work_item_id) == col(WorkItem.id))
        .join(NoticeAnswer, col(NoticeAnswer.notice_id) == col(Notice.id))
        .where(
            *can_be_due(plan_id),
            col(Notice.cycle) == col(WorkItem.cycle),
            col(Notice.state) == NoticeState.ACCEPTED,
            col(NoticeAnswer.decision) == Decision.APPROVED,
            col(NoticeAnswer.promised_on) < today,
            ~followed,
        )
        .distinct()
        .order_by(col(WorkItem.code))
    )
    return iter(session.exec(query))


def evidence_beginning(session: Session, plan_id: UUID, digits: str) -> list[UUID]:
    """Return the pieces of evidence of a plan's items whose hash begins with the digits."""
    query = (
        select(EvidenceFile.id)
        .join(WorkItem, col(WorkItem.id) == col(EvidenceFile.work_item_id))
        .where(
            WorkItem.plan_id == plan_id,
            col(EvidenceFile.hash).startswith(digits, autoescape=True),
        )
    )
    return list(session.exec(query))
