"""The lists of notices: the office's by where the papers are, and what a unit received."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import true
from sqlmodel import Session

from db import notice_pages
from db.notice_pages import PaperLine
from services.plans import chosen
from supervision.vocabulary import NoticeState

PAGE = 25
S = NoticeState


@dataclass(frozen=True, kw_only=True, slots=True)
class PaperPart:
    """A part of the list: where its papers are, and what is to be done with them."""

    state: NoticeState
    label: str
    to_do: str


PARTS = (
    PaperPart(state=S.DRAFT, label="草稿，待签发", to_do="请签发人审阅后签发"),
    PaperPart(state=S.SIGNED, label="已签发，待编号印发", to_do="请办公室编号印发"),
    PaperPart(state=S.ISSUED, label="已印发，未送达", to_do="未自动送达的，请人工送达并登记"),
    PaperPart(state=S.DELIVERED, label="已送达，待签收", to_do="请承办单位签收"),
    PaperPart(state=S.ACKNOWLEDGED, label="已签收，待答复", to_do="请承办单位在期限内答复"),
    PaperPart(state=S.ANSWERED, label="已答复，待审核", to_do="请审核答复：采纳或退回"),
    PaperPart(state=S.LAPSED, label="逾期未复", to_do="次日起可升级督办"),
    PaperPart(state=S.ACCEPTED, label="答复已采纳", to_do="不需办理"),
    PaperPart(state=S.SUPERSEDED, label="已升级", to_do="见上一级通知"),
    PaperPart(state=S.VOIDED, label="已作废", to_do="文号保留，不需办理"),
)


@dataclass(frozen=True, kw_only=True, slots=True)
class PaperPage:
    """A page of a list, and how many there are in all."""

    total: int
    lines: Sequence[PaperLine]


def counts(session: Session) -> dict[NoticeState, int]:
    """Return how many papers each part holds."""
    return {part.state: papers(session, part.state, page=1, limit=0).total for part in PARTS}


def papers(session: Session, state: NoticeState, *, page: int, limit: int = PAGE) -> PaperPage:
    """Return a page of a part; a paper on several matters may stand in more than one part."""
    plan_ids = [plan.id for plan in chosen(session, None)]
    offset = (page - 1) * limit
    if state is S.DRAFT:
        total = notice_pages.waiting_papers(session, plan_ids)
        lines = notice_pages.drafts(session, plan_ids, offset=offset, limit=limit) if limit else []
        return PaperPage(total=total, lines=lines)
    which = notice_pages.of_state(state)
    total = notice_pages.count_sheets(session, plan_ids, which)
    found = notice_pages.sheets(session, plan_ids, which, offset=offset, limit=limit)
    return PaperPage(total=total, lines=found if limit else [])


def received(session: Session, unit_id: UUID, *, page: int, limit: int = PAGE) -> PaperPage:
    """Return a page of the papers that a unit received, the latest first."""
    plan_ids = [plan.id for plan in chosen(session, None)]
    which = notice_pages.received_by(unit_id)
    return PaperPage(
        total=notice_pages.count_sheets(session, plan_ids, which),
        lines=notice_pages.sheets(session, plan_ids, which, offset=(page - 1) * limit, limit=limit),
    )


def signed(session: Session, *, page: int, limit: int) -> PaperPage:
    """Return a page of all papers that were signed, wherever they are, the latest first."""
    plan_ids = [plan.id for plan in chosen(session, None)]
    return PaperPage(
        total=notice_pages.count_sheets(session, plan_ids, true()),
        lines=notice_pages.sheets(
            session, plan_ids, true(), offset=(page - 1) * limit, limit=limit
        ),
    )
