"""Queries about documents that are being settled before they become plans."""

from uuid import UUID

from sqlalchemy.orm import defer
from sqlmodel import Session, col, func, select

from db.plan_draft_tables import PlanDraft
from supervision.vocabulary import PlanDraftState


def of_office(session: Session, office_id: UUID, *, offset: int, limit: int) -> list[PlanDraft]:
    """Return a stretch of an office's drafts, the latest first, without what the documents say."""
    query = select(PlanDraft).where(PlanDraft.office_id == office_id)
    query = query.options(defer(PlanDraft.document))  # type: ignore[arg-type]
    query = query.order_by(col(PlanDraft.started_at).desc(), col(PlanDraft.id))
    return list(session.exec(query.offset(offset).limit(limit)))


def count(session: Session, office_id: UUID) -> int:
    """Return how many drafts an office has, whatever became of them."""
    query = select(func.count()).select_from(PlanDraft).where(PlanDraft.office_id == office_id)
    return session.exec(query).one()


def by_id(
    session: Session, office_id: UUID, draft_id: UUID, *, to_act: bool = False
) -> PlanDraft | None:
    """Return an office's draft, locked until the transaction ends when it is acted on."""
    query = select(PlanDraft).where(PlanDraft.office_id == office_id, PlanDraft.id == draft_id)
    return session.exec(query.with_for_update() if to_act else query).one_or_none()


def open_one(session: Session, office_id: UUID, code: str, file_hash: str) -> PlanDraft | None:
    """Return the draft of this very file for this plan that is still being settled."""
    query = select(PlanDraft).where(
        PlanDraft.office_id == office_id,
        PlanDraft.code == code,
        PlanDraft.file_hash == file_hash,
        PlanDraft.state == PlanDraftState.OPEN,
    )
    return session.exec(query.limit(1)).first()


def latest(session: Session, office_id: UUID, code: str) -> UUID | None:
    """Return the id of the draft for a plan of that code that was started last."""
    query = select(PlanDraft.id).where(PlanDraft.office_id == office_id, PlanDraft.code == code)
    query = query.order_by(col(PlanDraft.started_at).desc(), col(PlanDraft.id))
    return session.exec(query.limit(1)).first()
