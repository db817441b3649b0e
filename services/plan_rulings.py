"""Settling a draft: findings ruled on one by one or together, items corrected, files taken in."""

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any

from sqlmodel import Session

from db.plan_draft_tables import PlanDraft
from services import settling
from services.historic_words import Clerk
from services.plan_drafts import put_on_record, read_of
from services.plan_terms import keep_settlement, reason_given, refuse_unknown_units
from services.settling import ItemRuling, Settlement
from supervision.errors import UsageError
from supervision.rights import require
from supervision.vocabulary import Permission, Ruling
from tasks_catalog.model import ReadItem, ReadPlan

OF_UNITS = {"lead_units", "supporting_units"}
OF_TIME = {"due_on", "deadline_kind"}


def rule(
    session: Session,
    draft: PlanDraft,
    clerk: Clerk,
    *,
    findings: Collection[str],
    ruling: Ruling,
    why: str,
) -> int:
    """Settle findings by their ids, all for the same reason; return how many.

    Settled again, the later words stand and both are on record.
    """
    require(Permission.ADOPT_PLAN, clerk.actor)
    reason = reason_given(why)
    known = {finding.id for finding in read_of(draft).findings}
    unknown = [name for name in findings if name not in known]
    if unknown:
        raise UsageError(f"没有“{unknown[0]}”这处存疑", advice="请刷新后重新选择。")
    if not findings:
        raise UsageError("没有选中要处理的存疑", advice="请先勾选。")
    said = {
        "ruling": ruling.value,
        "why": reason,
        "by": clerk.actor.name,
        "on": clerk.as_of.isoformat(),
    }
    draft.rulings = draft.rulings | dict.fromkeys(findings, said)
    session.add(draft)
    session.flush()
    facts = {"findings": sorted(findings), "ruling": ruling.value}
    put_on_record(session, draft, clerk, "settle_findings", why=reason, facts=facts)
    return len(findings)


def correct(
    session: Session,
    draft: PlanDraft,
    clerk: Clerk,
    *,
    code: str,
    wanted: Mapping[str, Any],
    why: str,
    findings: Collection[str] = (),
    with_new_units: bool = False,
) -> Ruling:
    """Correct fields of an item as read, and settle the findings that this answers.

    `wanted` holds the fields as they should be; those that are as read are left as read. A unit
    nobody knows is refused unless it is said to be new: it is more often a slip.
    """
    require(Permission.ADOPT_PLAN, clerk.actor)
    reason, read = reason_given(why), read_of(draft)
    item = item_of(read, code)
    changed = _changed(item, wanted)
    if not with_new_units:
        named = (name for field in OF_UNITS & set(changed) for name in changed[field])
        refuse_unknown_units(session, read, named, else_do="确是新单位的，请勾选“有新单位”。")
    settlement = Settlement.model_validate(draft.settlement)
    if not changed and code not in settlement.items:
        raise UsageError("没有改动任何一栏", advice="不改内容的，请在每处存疑下面写明理由。")
    items = {name: each for name, each in settlement.items.items() if name != code}
    if changed:
        items[code] = ItemRuling.model_validate(changed)
    keep_settlement(session, draft, {"items": items})
    facts = {"code": code, **{name: _plain(value) for name, value in changed.items()}}
    put_on_record(session, draft, clerk, "correct_item", why=reason, facts=facts)
    ruling = Ruling.REASSIGNED if OF_UNITS & set(changed) else Ruling.CORRECTED
    if findings:
        rule(session, draft, clerk, findings=findings, ruling=ruling, why=f"{code} {reason}")
    return ruling


def item_of(read: ReadPlan, code: str) -> ReadItem:
    """Return the item of that code as read; UsageError when the document has none."""
    found = next((item for item in read.work_items if item.code == code), None)
    if found is None:
        raise UsageError(f"文件中没有编号为“{code}”的事项", advice="请核对编号。")
    return found


def take_settlement(
    session: Session, draft: PlanDraft, clerk: Clerk, settlement: Settlement
) -> int:
    """Take a settlement file into the draft; return how many findings it settles."""
    require(Permission.ADOPT_PLAN, clerk.actor)
    settling.apply(read_of(draft), settlement)
    there = Settlement.model_validate(draft.settlement)
    merged = {
        part: getattr(there, part) | getattr(settlement, part)
        for part in ("items", "sponsors", "members", "historic")
    }
    keep_settlement(session, draft, merged)
    known = {finding.id for finding in read_of(draft).findings}
    worded = {name: how for name, how in settlement.settled.items() if how and name in known}
    for words in dict.fromkeys(worded.values()):
        names = [name for name, how in worded.items() if how == words]
        rule(session, draft, clerk, findings=names, ruling=Ruling.NOTED, why=words)
    for code, ruling in settlement.items.items():
        facts = {"code": code, **ruling.model_dump(mode="json", exclude_none=True)}
        put_on_record(session, draft, clerk, "correct_item", facts=facts)
    return len(worded)


def units_of(item: ReadItem) -> tuple[list[str], list[str]]:
    """Return who leads an item, and all others it names, as they are corrected."""
    return item.lead_units, [name for name in item.responsible_units if name not in item.lead_units]


def _changed(item: ReadItem, wanted: Mapping[str, Any]) -> dict[str, Any]:
    """Return the fields that are to be other than read; the units of an item go together."""
    leads, others = units_of(item)
    read = item.model_dump() | {"lead_units": leads, "supporting_units": others}
    changed = {
        name: value for name, value in wanted.items() if value is not None and read[name] != value
    }
    if OF_UNITS & set(changed):
        changed |= {name: wanted.get(name, read[name]) for name in OF_UNITS}
    if "due_on" in changed or "deadline_kind" in changed:
        changed |= {name: wanted.get(name) for name in OF_TIME if wanted.get(name) is not None}
    return changed


def _plain(value: object) -> object:
    return value.isoformat() if isinstance(value, date) else value
