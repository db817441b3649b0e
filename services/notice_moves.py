"""Moving a sheet or one matter by the table of notice moves, with its event, in one transaction."""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from sqlmodel import Session

from db import events, notice_sheets
from db.notice_tables import NoticeSheet
from db.plan_tables import WorkItem
from db.record_tables import Notice
from supervision.keys import OUT_OF_FORCE_MARK
from supervision.notice_life import NOTICE_MOVES, OUT_OF_FORCE, notice_state_after
from supervision.vocabulary import NoticeMove

DUBAN = "duban"  # who acts when no person does


@dataclass(frozen=True, kw_only=True, slots=True)
class Step:
    """Who makes a move, for which day, when, and why; `facts` go on record with it."""

    actor: str
    as_of: date
    now: datetime
    why: str | None = None
    facts: dict[str, Any] = field(default_factory=dict)


def move_sheet(session: Session, sheet: NoticeSheet, move: NoticeMove, step: Step) -> None:
    """Move a paper with the matters on it that are where it is, and put that on record.

    Raises ForbiddenMoveError when the table of moves forbids it.
    """
    before, rule = sheet.state, NOTICE_MOVES[move]
    after = notice_state_after(move, before, reason=step.why)
    sheet.state = rule.ends_paper or after
    session.add(sheet)
    found = notice_sheets.matters(session, sheet.id)
    for notice, _ in found:
        if notice.state in rule.from_states:
            notice.state = after
            free_rung(notice)
            session.add(notice)
    session.flush()
    entry = events.Entry(
        actor=step.actor,
        act=move,
        about_kind="notice_sheet",
        about_id=sheet.id,
        before=before,
        after=sheet.state,
        as_of=step.as_of,
        why=step.why,
        document=sheet.number_text,
        facts={"rung": sheet.rung, "items": [item.code for _, item in found]} | step.facts,
    )
    events.append(session, sheet.office_id, [entry], at=step.now)


def move_matter(
    session: Session, notice: Notice, item: WorkItem, move: NoticeMove, step: Step
) -> events.Entry:
    """Move one matter; return the entry for the record, which the caller appends with others."""
    before = notice.state
    notice.state = notice_state_after(move, before, reason=step.why)
    free_rung(notice)
    session.add(notice)
    session.flush()
    return events.Entry(
        actor=step.actor,
        act=move,
        about_kind="work_item",
        about_id=item.id,
        before=before,
        after=notice.state,
        as_of=step.as_of,
        why=step.why,
        facts={"code": item.code, "rung": notice.rung} | step.facts,
    )


def free_rung(notice: Notice) -> None:
    """Let the rung be drafted again: a notice out of force keeps its row, under another key."""
    if notice.state in OUT_OF_FORCE and OUT_OF_FORCE_MARK not in notice.key:
        notice.key = f"{notice.key}{OUT_OF_FORCE_MARK}{notice.id.hex}"
