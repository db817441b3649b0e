"""A first start: database, calendar, bundled plan; asks nothing, and repeated changes nothing."""

import hashlib
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session

from db import plans
from db.schema import upgrade
from services import calendars
from services.adoption import Adopted, Adoption, adopt
from services.importing import read_any
from services.office import Office
from supervision.errors import UsageError

BUNDLED_CODE = "zhanggong"


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
        code=BUNDLED_CODE,
        file_name=file.name,
        file_hash=hashlib.sha256(file.read_bytes()).hexdigest(),
        baseline_on=baseline,
        actor="duban init",
    )
    with office.transaction() as session:
        days = calendars.seed(session)
        adopted = _there(session) or adopt(session, adoption, now=office.now())
    return Started(adopted=adopted, title=read.plan.title, baseline_on=baseline, calendar_days=days)


def _there(session: Session) -> Adopted | None:
    """Return the bundled plan as adopted earlier, whichever edition it stands at by now."""
    office = plans.the_office(session)
    plan = None if office is None else plans.by_code(session, office.id, BUNDLED_CODE)
    if plan is None:
        return None
    return Adopted(plan_id=plan.id, items=0, historic=0, units=0, findings=0, is_new=False)
