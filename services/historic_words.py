"""What the office says of historic items, before adoption or after: done already, or not yet."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlmodel import Session

from db import close_outs, lives
from db.plan_tables import WorkItem
from services import close_outs as closing
from services.close_outs import Hand
from services.item_record import entry_about, put_on_record
from services.moves import Wanted, move_item
from services.settling import HistoricWord
from supervision.errors import DubanError, UsageError
from supervision.lifecycle import ForbiddenMoveError
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
        settle(session, item, word, clerk)
    return settled


def settle(session: Session, item: WorkItem, word: HistoricWord, clerk: Clerk) -> None:
    """Settle one historic item; ForbiddenMoveError for one that is not, or cannot be restarted.

    The word that an item is done is its first review (初审) where its unit has asked for its
    closing with evidence, and else stands on record until that comes.
    """
    require(Permission.SETTLE_HISTORIC, clerk.actor)
    if not item.historic:
        raise ForbiddenMoveError(f"{item.code}不是基线待核，无须核定", advice="请刷新后查看。")
    if word.how is HistoricRuling.AFRESH:
        wanted = Wanted(move=Move.RESTART, actor=clerk.actor, as_of=clerk.as_of, reason=word.why)
        move_item(session, item, wanted, now=clerk.now)
        return
    asked = close_outs.open_one(session, item.id)
    if asked is not None and asked.reviewed_by is None:
        hand = Hand(actor=clerk.actor, as_of=clerk.as_of, now=clerk.now)
        closing.review(session, item, hand, opinion=word.why)
        return
    entry = entry_about(
        item, actor=clerk.actor.name, act=ItemEvent.SAY_DONE, as_of=clerk.as_of, why=word.why
    )
    put_on_record(session, item, entry, at=clerk.now)


def settle_several(
    session: Session, items: Iterable[WorkItem], word: HistoricWord, clerk: Clerk
) -> list[str]:
    """Settle items all alike, or none of them: the refusal of one names it; return their codes."""
    require(Permission.SETTLE_HISTORIC, clerk.actor)
    settled = []
    for item in items:
        try:
            settle(session, item, word, clerk)
        except DubanError as error:
            raise UsageError(
                f"{item.code}：{error}", advice=f"{error.advice}其余各项也未办理。"
            ) from error
        settled.append(item.code)
    return settled
