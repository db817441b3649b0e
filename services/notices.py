"""Supervision notices (督办通知): drafting what a day calls for; a person signs, never a flow."""

from collections.abc import Iterator
from typing import Any
from uuid import uuid4

from sqlmodel import Session

from db import work_items
from db.bulk import insert_new
from db.record_tables import Notice
from services.rounds import Day
from supervision.keys import notice_key
from supervision.ladder import Climb, next_rung
from supervision.vocabulary import NoticeState, Rung

FIRST_CYCLE = 1


def draft_due_notices(session: Session, day: Day) -> int:
    """Draft every notice today calls for and return how many are new; a second run drafts none."""
    return insert_new(session, Notice, _drafts(session, day))


def _drafts(session: Session, day: Day) -> Iterator[dict[str, Any]]:
    for item_id, due_on in work_items.overdue_without_notice(session, day.plan.id, today=day.today):
        rung = next_rung(Climb(due_on=due_on), day.policy, day.calendar, today=day.today)
        if rung is not Rung.NONE:
            yield {
                "id": uuid4(),
                "key": notice_key(item_id, rung, FIRST_CYCLE),
                "plan_id": day.plan.id,
                "work_item_id": item_id,
                "rung": rung,
                "cycle": FIRST_CYCLE,
                "state": NoticeState.DRAFT,
                "drafted_on": day.today,
                "overdue_since": due_on,
                "policy_version": day.policy.version,
            }
