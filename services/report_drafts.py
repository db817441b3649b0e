"""Writing a report: kept as a draft, checked, approved by the head of the unit, handed in.

A unit whose head has an account reports only with his approval (documents.md §1.3: the head of the
unit approves before sending); the liaison of any other unit hands in himself.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlmodel import Session

from db import drafts, lives
from db.draft_tables import ReportDraft
from db.record_tables import Obligation
from services.obligations import Doing, context_of, put_on_record, require_open
from services.report_content import ReportContent
from services.reports import acceptable, hand_in, prefilled
from supervision.errors import UsageError
from supervision.rights import Actor, require
from supervision.vocabulary import Permission, Role

LEFT = "left"  # in a draft beside the fields: the form that its writer left last


@dataclass(frozen=True, kw_only=True, slots=True)
class Pen:
    """Who writes, for which day, at which moment."""

    actor: Actor
    as_of: date
    now: datetime

    @property
    def unit_id(self) -> UUID:
        """The unit he writes for; the table of rights lets nobody without one come here."""
        assert self.actor.unit_id is not None
        return self.actor.unit_id

    @property
    def is_head(self) -> bool:
        """Whether he may approve for the unit."""
        return Role.HEAD in self.actor.roles


def draft_of(session: Session, obligation: Obligation, unit_id: UUID) -> ReportDraft | None:
    """Return what the unit is writing, None before anything was kept."""
    return drafts.of_obligation(session, obligation.id, unit_id)


def typed_so_far(session: Session, obligation: Obligation, unit_id: UUID) -> dict[str, Any]:
    """Return the fields of the form: the draft, else this round's report, else the last one's."""
    draft = draft_of(session, obligation, unit_id)
    if draft is not None:
        return {name: text for name, text in draft.content.items() if name != LEFT}
    said = prefilled(session, obligation)
    return {
        name: "" if value is None else str(value)
        for name in ReportContent.__dataclass_fields__
        if (value := getattr(said, name)) is not None or name == "progress"
    }


def keep_draft(
    session: Session,
    obligation: Obligation,
    typed: Mapping[str, str],
    pen: Pen,
    *,
    page: str = "",
    leaves: bool = True,
) -> ReportDraft:
    """Keep what was typed, whole or not; a draft that waits for the head is taken back from him.

    `page` is the key of the form it was typed into, and `leaves` whether the person left it with
    this: what a script sent from that page earlier and comes later changes nothing any more. It
    is nobody's act yet, so nothing goes on record. UsageError once the round is over.
    """
    about = context_of(session, obligation)
    require(Permission.REPORT, pen.actor, lives.concerned(session, about.item.id))
    require_open(about, as_of=pen.as_of)
    draft = draft_of(session, obligation, pen.unit_id)
    if draft is None:
        draft = ReportDraft(
            obligation_id=obligation.id,
            unit_id=pen.unit_id,
            content={},
            saved_by=pen.actor.name,
            saved_at=pen.now,
        )
    if not leaves and page and draft.content.get(LEFT) == page:
        return draft
    if {name: text for name, text in draft.content.items() if name != LEFT} != dict(typed):
        draft.asked_by = draft.asked_at = None
    draft.content = {**typed, LEFT: page} if leaves and page else dict(typed)
    draft.saved_by, draft.saved_at = pen.actor.name, pen.now
    session.add(draft)
    session.flush()
    return draft


def needs_head(session: Session, pen: Pen) -> bool:
    """Return whether the head of the unit has to approve before this report goes out."""
    return not pen.is_head and drafts.has_head(session, pen.unit_id)


def submit(session: Session, obligation: Obligation, content: ReportContent, pen: Pen) -> bool:
    """Hand the draft in, or ask the head to; return whether it was handed in.

    Raises what `reports.hand_in` raises, before the head is troubled.
    """
    draft = _there(session, obligation, pen)
    if needs_head(session, pen):
        acceptable(session, obligation, content, pen.actor, as_of=pen.as_of)
        if draft.asked_at is None:
            draft.asked_by, draft.asked_at = pen.actor.name, pen.now
            draft.returned_by = draft.returned_reason = None
            session.add(draft)
            _record(session, obligation, pen, "ask_head")
        return False
    hand_in(session, obligation, content, pen.actor, as_of=pen.as_of, now=pen.now)
    session.delete(draft)
    session.flush()
    return True


def return_draft(session: Session, obligation: Obligation, pen: Pen, *, reason: str) -> None:
    """Send a draft that waits for the head back to its writer, with what is to be mended."""
    about = context_of(session, obligation)
    require(Permission.APPROVE_DRAFT, pen.actor, lives.concerned(session, about.item.id))
    draft = _there(session, obligation, pen)
    if draft.asked_at is None:
        raise UsageError("这份报送不在待审签中", advice="请刷新后查看。")
    if not reason.strip():
        raise UsageError("退回须写明要修改什么", advice="请填写退回意见。")
    draft.asked_by = draft.asked_at = None
    draft.returned_by, draft.returned_reason = pen.actor.name, reason.strip()
    session.add(draft)
    _record(session, obligation, pen, "return_draft", why=draft.returned_reason)


def _there(session: Session, obligation: Obligation, pen: Pen) -> ReportDraft:
    about = context_of(session, obligation)
    require(Permission.REPORT, pen.actor, lives.concerned(session, about.item.id))
    draft = draft_of(session, obligation, pen.unit_id)
    if draft is None:
        raise UsageError(f"{about.item.code}没有待报送的内容", advice="请先填写。")
    return draft


def _record(
    session: Session, obligation: Obligation, pen: Pen, act: str, *, why: str | None = None
) -> None:
    doing = Doing(act=act, actor=pen.actor, as_of=pen.as_of, now=pen.now, why=why)
    about = context_of(session, obligation)
    put_on_record(session, obligation, about, doing, state=obligation.state)
