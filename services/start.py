"""A first start: database, calendar, bundled plan; asks nothing, and repeated changes nothing."""

import hashlib
from dataclasses import dataclass
from datetime import date

from db.schema import upgrade
from services import calendars
from services.adoption import Adopted, Adoption, adopt
from services.office import Office
from supervision.errors import UsageError
from tasks_catalog import catalog

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
    read = catalog.load(file)
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
        adopted = adopt(session, adoption, now=office.now())
    return Started(adopted=adopted, title=read.plan.title, baseline_on=baseline, calendar_days=days)
