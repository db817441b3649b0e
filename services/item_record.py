"""What goes on record of an item: every entry is about the item and bears its code."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from sqlmodel import Session

from db import events, lives
from db.plan_tables import WorkItem


def entry_about(
    item: WorkItem,
    *,
    actor: str,
    act: str,
    as_of: date,
    before: str | None = None,
    after: str | None = None,
    why: str | None = None,
    document: str | None = None,
    facts: Mapping[str, Any] | None = None,
) -> events.Entry:
    """Return an entry about an item; reasons and document numbers that are blank are left out."""
    return events.Entry(
        actor=actor,
        act=act,
        about_kind="work_item",
        about_id=item.id,
        before=before,
        after=after,
        as_of=as_of,
        why=(why or "").strip() or None,
        document=(document or "").strip() or None,
        facts={"code": item.code, **(facts or {})},
    )


def put_on_record(session: Session, item: WorkItem, entry: events.Entry, *, at: datetime) -> None:
    """Add an entry to the chain of the item's office, in the transaction of the act itself."""
    events.append(session, lives.office_of(session, item), [entry], at=at)
