"""Finding a plan or a unit by the name a person gave, or saying which ones there are."""

from collections.abc import Sequence
from uuid import UUID

from sqlmodel import Session

from db import plans, units
from db.plan_tables import Office, Plan
from supervision.errors import NotConfiguredError, UnknownPlanError, UsageError


def the_office(session: Session) -> Office:
    """Return the office of this database; NotConfiguredError before `duban init`."""
    office = plans.the_office(session)
    if office is None:
        raise NotConfiguredError("数据库中还没有计划", advice="请先运行 duban init。")
    return office


def chosen(session: Session, code: str | None) -> list[Plan]:
    """Return the plan of that code, or all of the office's plans when none is named.

    Raises UnknownPlanError with the codes there are.
    """
    office = plans.the_office(session)
    there = [] if office is None else plans.of_office(session, office.id)
    if code is None:
        return there
    found = [plan for plan in there if plan.code == code]
    if not found:
        codes = "、".join(plan.code for plan in there) or "（尚无计划）"
        raise UnknownPlanError(f"没有代码为“{code}”的计划", advice=f"现有计划：{codes}。")
    return found


def the_plan(session: Session, code: str | None) -> Plan:
    """Return the plan of that code, or the only one there is; UsageError when it must be named."""
    found = chosen(session, code)
    if len(found) == 1:
        return found[0]
    codes = "、".join(plan.code for plan in found) or "（尚无计划）"
    raise UsageError("请指明是哪一份计划", advice=f"加上 --plan 代码。现有计划：{codes}。")


def groups_named(session: Session, there: Sequence[Plan], name: str) -> tuple[UUID, ...]:
    """Return the working groups (专班) of that name, one a plan; UsageError says which exist."""
    by_plan = [plans.working_groups(session, plan.id) for plan in there]
    found = tuple(groups[name] for groups in by_plan if name in groups)
    if not found:
        names = "、".join(dict.fromkeys(group for groups in by_plan for group in groups))
        raise UsageError(f"没有名为“{name}”的专班", advice=f"现有专班：{names or '（未分专班）'}。")
    return found


def unit_named(session: Session, office_id: UUID, name: str) -> UUID:
    """Return the unit a name or alias means; UsageError with the nearest names when none does."""
    by_name = units.ids_by_name(session, office_id)
    if name in by_name:
        return by_name[name]
    from services.roster import nearest  # noqa: PLC0415 - rapidfuzz, only to ask back

    near = nearest(name, by_name)
    advice = f"是不是：{'、'.join(near)}？" if near else "用 duban contact list 查看全部单位。"
    raise UsageError(f"没有名为“{name}”的单位", advice=advice)
