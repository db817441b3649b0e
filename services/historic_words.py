"""What the office says of historic items as a plan is adopted: done already, or started afresh."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlmodel import Session

from db import lives
from services.item_record import entry_about, put_on_record
from services.moves import Wanted, move_item
from services.settling import HistoricWord
from supervision.rights import Actor, require
from supervision.vocabulary import HistoricRuling, ItemEvent, Move, Permission


@dataclass(frozen=True, kw_only=True, slots=True)
class Clerk:
    """Who settles a plan, for which day, at which moment."""

    actor: Actor
    as_of: date
    now: datetime


def say(
    session: Session, plan_id: UUID, words: Mapping[str, HistoricWord], clerk: Clerk
) -> list[str]:
    """Settle a plan's historic items as was said of each; return the codes it was said of.

    One that is not finished starts afresh today (R24). One that is said to be done stays historic
    until its lead unit brings the evidence and two others close it out: the office's word alone
    closes nothing (R26). Items that are not historic are passed over.
    """
    require(Permission.SETTLE_HISTORIC, clerk.actor)
    settled = []
    for code, word in words.items():
        item = lives.by_code(session, plan_id, code)
        if item is None or not item.historic:
            continue
        settled.append(code)
        if word.how is HistoricRuling.AFRESH:
            wanted = Wanted(
                move=Move.RESTART, actor=clerk.actor, as_of=clerk.as_of, reason=word.why
            )
            move_item(session, item, wanted, now=clerk.now)
            continue
        entry = entry_about(
            item, actor=clerk.actor.name, act=ItemEvent.SAY_DONE, as_of=clerk.as_of, why=word.why
        )
        put_on_record(session, item, entry, at=clerk.now)
    return settled
