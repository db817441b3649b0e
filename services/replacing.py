"""Putting another message in the place of one that was not delivered, by another way (R27)."""

from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from sqlmodel import Session

from db import acts, messages, papers, units
from db.bulk import insert_new
from db.plan_tables import Unit
from db.record_tables import Message
from db.units import Way
from services.claims import FORMAL
from services.office import Office
from services.outgoing import is_fit_for
from services.plans import the_office
from supervision.vocabulary import ChannelKind, MessageKind, MessageState


def fall_back(session: Session, office: Office, refused: Message) -> UUID | None:
    """Queue the message anew by the unit's next way; None when there is none left.

    A file is no such way: nobody would have been told, so the office has to know of the refusal.
    """
    tried = {message.way_id for message in messages.replaced_by(session, refused)}
    tried.add(refused.way_id)
    for way in units.ways_by_unit(session, refused.office_id).get(refused.unit_id, []):
        if way.id in tried or way.address == refused.address or way.kind is ChannelKind.FILE:
            continue
        if _may_go_by(session, office, refused, way):
            return replace(session, refused, way, now=office.now())
    return None


def _may_go_by(session: Session, office: Office, message: Message, way: Way) -> bool:
    row, is_formal = the_office(session), message.kind in FORMAL
    return is_fit_for(session, office, row, way.kind, is_formal=is_formal)


def replace(session: Session, old: Message, way: Way, *, now: datetime) -> UUID | None:
    """Queue a copy that names the message it replaces; None when another one has done so.

    What the old message told is now told by the copy, and its papers go with it.
    """
    copy_id = uuid4()
    unit = session.get_one(Unit, old.unit_id).name
    row: dict[str, Any] = old.model_dump() | {
        "id": copy_id,
        "key": f"{old.key.partition('#')[0]}#{len(messages.replaced_by(session, old)) + 1}",
        "channel": way.kind,
        "recipient_name": unit if way.person is None else f"{unit} {way.person}",
        "address": way.address,
        "way_id": way.id,
        "replaces_id": old.id,
        "message_id": f"<{copy_id}@{old.message_id.partition('@')[2].rstrip('>')}>",
        "dated_at": now,
        "state": MessageState.PENDING,
        "not_before": now,
        "claimed_by": None,
        "lease_until": None,
        "fence": 0,
        "was_in_doubt": False,
        "deferrals": 0,
        "deferred_since": None,
        "reason": None,
        "sent_at": None,
    }
    if not insert_new(session, Message, [row]):
        return None
    if old.kind is MessageKind.DIGEST:
        acts.hand_on(session, old.id, copy_id)
    papers.attach(session, copy_id, papers.of_message(session, old.id))
    return copy_id
