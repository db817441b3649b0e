"""A first start: database, calendar, bundled plan; asks nothing, and repeated changes nothing."""

import hashlib
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session

from db import plans
from db.plan_tables import Plan
from db.schema import upgrade
from services import calendars
from services.adoption import Adopted, Adoption, adopt
from services.first_acts import SET_UP
from services.importing import read_any
from services.office import Office
from supervision.errors import UsageError


@dataclass(frozen=True, kw_only=True, slots=True)
class Started:
    """What `duban init` made: the adoption, its baseline, and the calendar days stored."""

    adopted: Adopted
    title: str
    baseline_on: date
    calendar_days: int


def start(office: Office, *, baseline_on: date | None = None) -> Started:
    """Bring the database up and adopt the bundled plan as of its date of issue, or a given day.

    Everything is one transaction after the migration; nothing is sent or queued.
    """
    upgrade(office.engine)
    file = office.settings.plan_dir / "catalogue.yaml"
    read = read_any(file)
    baseline = baseline_on or read.plan.issued_on
    if baseline is None:
        raise UsageError("计划没有印发日期", advice="请用 --baseline 指明从哪一天起督办。")
    adoption = Adoption(
        read=read,
        code=office.settings.plan_dir.resolve().name,
        file_name=file.name,
        file_hash=hashlib.sha256(file.read_bytes()).hexdigest(),
        baseline_on=baseline,
        actor=SET_UP,
    )
    with office.transaction() as session:
        days = calendars.seed(session)
        there = _there(session, adoption.code)
        if there is not None:
            return _unchanged(there, days, baseline_on)
        adopted = adopt(session, adoption, now=office.now())
    return Started(adopted=adopted, title=read.plan.title, baseline_on=baseline, calendar_days=days)


def _there(session: Session, code: str) -> Plan | None:
    """Return the plan as adopted earlier, whichever edition it stands at by now."""
    office = plans.the_office(session)
    return None if office is None else plans.by_code(session, office.id, code)


def _unchanged(plan: Plan, days: int, baseline_on: date | None) -> Started:
    """Return what stands; UsageError when a baseline is asked for that is not the one in force."""
    if baseline_on not in (None, plan.baseline_on):
        raise UsageError(
            f"计划已采纳，基线日是 {plan.baseline_on}", advice="要换基线日，请用新的数据目录。"
        )
    kept = Adopted(plan_id=plan.id, items=0, historic=0, units=0, findings=0, is_new=False)
    return Started(adopted=kept, title=plan.title, baseline_on=plan.baseline_on, calendar_days=days)
