"""Settling a draft: whom units are reached through, historic items, the first day."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, timedelta

from sqlmodel import Session

from db import plans, units
from db.plan_draft_tables import PlanDraft
from services.historic_words import Clerk
from services.plan_drafts import corrected, put_on_record, read_of
from services.plans import the_office
from services.roster import nearest
from services.settling import HistoricWord, Settlement
from supervision.errors import UsageError
from supervision.rights import require
from supervision.vocabulary import HistoricRuling, Permission
from tasks_catalog.model import ReadItem, ReadPlan

FARTHEST = timedelta(days=31)


def appoint(
    session: Session,
    draft: PlanDraft,
    clerk: Clerk,
    *,
    unit: str,
    sponsor: str | None = None,
    members: Sequence[str] = (),
) -> None:
    """Name a company's sponsor (督导单位), or the members that a collective name stands for."""
    require(Permission.ADOPT_PLAN, clerk.actor)
    read = read_of(draft)
    if unit not in {there.name for there in read.units}:
        raise UsageError(f"文件中没有单位“{unit}”", advice="请刷新后重新选择。")
    named = [*members, *filter(None, [sponsor])]
    refuse_unknown_units(session, read, named, else_do="请写文件中的或在册的单位名称。")
    if sponsor == unit or unit in members:
        raise UsageError("单位不能督导或包含自己", advice="请更正。")
    settlement = Settlement.model_validate(draft.settlement)
    sponsors = {name: its for name, its in settlement.sponsors.items() if name != unit}
    collectives = {name: its for name, its in settlement.members.items() if name != unit}
    if sponsor:
        sponsors[unit] = sponsor
    if members:
        collectives[unit] = list(dict.fromkeys(members))
    keep_settlement(session, draft, {"sponsors": sponsors, "members": collectives})
    facts = {"unit": unit, "sponsor": sponsor, "members": list(members)}
    put_on_record(session, draft, clerk, "appoint_unit", facts=facts)


def rule_historic(
    session: Session,
    draft: PlanDraft,
    clerk: Clerk,
    *,
    codes: Collection[str],
    how: HistoricRuling,
    why: str,
) -> int:
    """Say of items due before the baseline what is known of them; return of how many.

    It takes effect when the plan is adopted.
    """
    require(Permission.SETTLE_HISTORIC, clerk.actor)
    reason = reason_given(why)
    listed = {item.code for item in historic_items(session, draft)}
    wrong = [code for code in codes if code not in listed]
    if wrong:
        raise UsageError(f"{wrong[0]}不是基线日前已到期的事项", advice="请刷新后重新选择。")
    if not codes:
        raise UsageError("没有选中事项", advice="请先勾选。")
    there = Settlement.model_validate(draft.settlement).historic
    word = HistoricWord(how=how, why=reason)
    keep_settlement(session, draft, {"historic": there | dict.fromkeys(codes, word)})
    facts = {"codes": sorted(codes), "ruling": how.value}
    put_on_record(session, draft, clerk, "rule_historic", why=reason, facts=facts)
    return len(codes)


def historic_items(session: Session, draft: PlanDraft) -> list[ReadItem]:
    """Return the items that would be historic (基线待核): due before the baseline (R24).

    None of an edition: its plan has its items and their codes already.
    """
    if plans.by_code(session, draft.office_id, draft.code) is not None:
        return []
    return [
        item
        for item in corrected(draft).work_items
        if item.due_on is not None and item.due_on < draft.baseline_on
    ]


def set_baseline(session: Session, draft: PlanDraft, clerk: Clerk, *, baseline_on: date) -> None:
    """Change the first day that duban answers for; at most a month ahead, so that no year slips."""
    require(Permission.ADOPT_PLAN, clerk.actor)
    if baseline_on > clerk.as_of + FARTHEST:
        raise UsageError("督办起始日不能在一个月以后", advice="请核对年份。")
    before, draft.baseline_on = draft.baseline_on, baseline_on
    session.add(draft)
    session.flush()
    facts = {"before": before.isoformat(), "after": baseline_on.isoformat()}
    put_on_record(session, draft, clerk, "set_baseline", facts=facts)


def keep_settlement(session: Session, draft: PlanDraft, parts: Mapping[str, object]) -> None:
    """Store what is corrected and appointed, with these parts of it replaced."""
    there = Settlement.model_validate(draft.settlement)
    draft.settlement = there.model_copy(update=dict(parts)).model_dump(mode="json")
    session.add(draft)
    session.flush()


def reason_given(why: str) -> str:
    """Return a reason without blanks round it; UsageError when there is none."""
    if not why.strip():
        raise UsageError("须写明理由", advice="请填写理由。")
    return why.strip()


def refuse_unknown_units(
    session: Session, read: ReadPlan, named: Iterable[str], *, else_do: str
) -> None:
    """Refuse a name that neither the document nor the office knows, with the nearest ones."""
    known = {unit.name for unit in read.units}
    known |= set(units.ids_by_name(session, the_office(session).id))
    unknown = [name for name in named if name not in known]
    if not unknown:
        return
    near = nearest(unknown[0], known)
    ask = f"是不是：{'、'.join(near)}？" if near else ""
    raise UsageError(f"没有名为“{unknown[0]}”的单位", advice=f"{ask}{else_do}")
