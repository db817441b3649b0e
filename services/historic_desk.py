"""历史事项: the historic items that wait for the office, each with what there is to judge it by."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlmodel import Session

from db import close_outs, dossiers, lives
from db.desk import DeskLine
from db.plan_tables import Plan, WorkItem
from services import desk
from services.historic_words import Clerk, settle_several
from services.office import Office
from services.settling import HistoricWord
from services.sight import seen_item
from supervision.errors import UsageError
from supervision.rights import Actor
from supervision.vocabulary import DeskList, HistoricRuling, ItemEvent


@dataclass(frozen=True, kw_only=True, slots=True)
class Waiting:
    """A historic item: its evidence, whether its closing was asked for, what was said of it.

    `stage` is empty before anything was asked, else how far the close-out has come.
    """

    about: DeskLine
    plan: str  # its title
    units: str
    evidence: int
    stage: str
    said: str


def waiting(
    session: Session, office: Office, actor: Actor, *, offset: int, limit: int
) -> tuple[int, list[Waiting]]:
    """Return how many historic items wait, and a stretch of them."""
    today, policy = office.today(), office.policy
    total = desk.how_many(session, DeskList.HISTORIC, policy, today=today)
    found = desk.stretch(
        session, DeskList.HISTORIC, actor, policy, today=today, offset=offset, limit=limit
    )
    return total, [_waiting(session, line) for line in found]


def _waiting(session: Session, line: desk.Line) -> Waiting:
    item_id = line.about.item_id
    asked = close_outs.open_one(session, item_id)
    said = [it for it in dossiers.events_about(session, item_id) if it.act == ItemEvent.SAY_DONE]
    stage = "" if asked is None else "已初审，待复核" if asked.reviewed_by else "已申请销号，待初审"
    item = session.get_one(WorkItem, item_id)
    return Waiting(
        about=line.about,
        plan=session.get_one(Plan, item.plan_id).title,
        units=line.units,
        evidence=lives.evidence_count(session, item_id),
        stage=stage,
        said=f"{said[-1].why}（{said[-1].actor}，{said[-1].as_of}）" if said else "",
    )


def settle(
    session: Session, ids: Sequence[UUID], clerk: Clerk, *, how: HistoricRuling, why: str
) -> list[str]:
    """Settle historic items by their ids, all alike or none; return their codes."""
    items = [_item(session, clerk.actor, item_id) for item_id in ids]
    if not items:
        raise UsageError("没有选中事项", advice="请先勾选。")
    return settle_several(session, items, HistoricWord(how=how, why=why), clerk)


def _item(session: Session, actor: Actor, item_id: UUID) -> WorkItem:
    found = seen_item(session, actor, item_id, to_act=True)
    if found is None:
        raise UsageError("选中的事项已不在", advice="请刷新后重新选择。")
    return found[0]
