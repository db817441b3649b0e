"""Taking a document in: read, findings looked at, adopted; and confirming its baseline."""

import hashlib
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from db import events
from services import calendars
from services.adoption import Adopted, Adoption, adopt
from services.office import Office
from services.plans import the_office
from supervision.errors import NotConfiguredError, UsageError
from tasks_catalog.extract import read_plan


@dataclass(frozen=True, kw_only=True, slots=True)
class Wish:
    """What is to be imported: a file, under which code, from which day on."""

    file: Path
    code: str | None
    baseline_on: date | None  # the day of import when not given: no storm over an old plan
    findings_accepted: bool
    is_trial: bool


def import_plan(office: Office, wish: Wish) -> Adopted:
    """Adopt the plan in a file; NotConfiguredError while findings are neither settled nor accepted.

    Sends nothing, whatever the plan holds. A trial goes all the way and keeps nothing.
    """
    read = read_plan(wish.file)
    if not read.work_items:
        raise UsageError(
            "文件中没有任务或项目清单，没有可督办的事项",
            advice="可用 duban plan read 查看读出的举措，再补充任务清单。",
        )
    doubtful = len(read.findings) + len(read.unread)
    if doubtful and not (wish.findings_accepted or wish.is_trial):
        raise NotConfiguredError(
            f"有 {doubtful} 处存疑或未读懂，尚未核对",
            advice="请用 duban plan read 逐条核对；核对无误后加 --accept-findings 采纳。",
        )
    adoption = Adoption(
        read=read,
        code=wish.code or wish.file.stem,
        file_name=wish.file.name,
        file_hash=hashlib.sha256(wish.file.read_bytes()).hexdigest(),
        baseline_on=wish.baseline_on or office.today(),
        actor="duban plan import",
    )
    with office.trial() if wish.is_trial else office.transaction() as session:
        calendars.seed(session)
        return adopt(session, adoption, now=office.now())


def confirm(office: Office) -> date:
    """Put on record that the office looked at the historic items; return the day it did.

    From then on units may have real channels. Confirming again changes nothing.
    """
    today = office.today()
    with office.transaction() as session:
        row = the_office(session)
        if row.baseline_confirmed_on is not None:
            return row.baseline_confirmed_on
        row.baseline_confirmed_on = today
        session.add(row)
        session.flush()
        entry = events.Entry(
            actor="office",
            act="confirm_baseline",
            about_kind="office",
            about_id=row.id,
            as_of=today,
        )
        events.append(session, row.id, [entry], at=office.now())
    return today
