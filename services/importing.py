"""Taking a document in: read, settled by the office, adopted; and confirming the baseline."""

import hashlib
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from sqlmodel import Session

from db import events, lives, sweeps
from services import calendars, historic_words, settling
from services.accounts import actor_named
from services.adoption import Adopted, Adoption
from services.editions import EditionAdopted, take_in
from services.first_acts import name_on_record
from services.historic_words import Clerk
from services.office import Office
from services.plans import the_office
from services.settling import Settlement
from supervision.errors import NotConfiguredError, UsageError
from supervision.vocabulary import Permission
from tasks_catalog import catalog
from tasks_catalog.extract import read_plan
from tasks_catalog.findings.review import review
from tasks_catalog.model import ReadPlan

REVIEWED = (".yaml", ".yml")


@dataclass(frozen=True, kw_only=True, slots=True)
class Wish:
    """What is to be imported: a file, under which code, from which day on."""

    file: Path
    code: str | None
    baseline_on: date | None  # the day of import when not given: no storm over an old plan
    settlement: Path | None
    findings_accepted: bool
    is_trial: bool
    by: str | None = None  # the account that adopts it; none before there is one that may


def read_any(file: Path) -> ReadPlan:
    """Return a plan from its document, or from a reviewed catalogue in YAML, with its findings."""
    if file.suffix.lower() not in REVIEWED:
        return read_plan(file)
    reviewed = catalog.load(file)
    return reviewed.model_copy(update={"findings": review(reviewed)})


def import_plan(office: Office, wish: Wish) -> Adopted | EditionAdopted:
    """Adopt the plan in a file; NotConfiguredError while findings are neither settled nor accepted.

    Sends nothing, whatever the plan holds. A trial goes all the way and keeps nothing.
    """
    read = read_any(wish.file)
    if not read.work_items:
        raise UsageError(
            "文件中没有任务或项目清单，没有可督办的事项",
            advice="可用 duban plan read 查看读出的举措，再补充任务清单。",
        )
    settlement = Settlement()
    if wish.settlement is not None:
        settlement = settling.read_settlement(wish.settlement)
    _refuse_unsettled(read, settlement, wish)
    with office.trial() if wish.is_trial else office.transaction() as session:
        adoption = _adoption(session, office, wish, read, settlement)
        calendars.seed(session)
        done = take_in(session, adoption, now=office.now())
        _rule_historic(session, office, wish, done, settlement)
        return done


def _rule_historic(
    session: Session,
    office: Office,
    wish: Wish,
    done: Adopted | EditionAdopted,
    settlement: Settlement,
) -> None:
    """Do what the settlement says of historic items, which must be somebody's act."""
    if not settlement.historic:
        return
    if isinstance(done, EditionAdopted):
        raise UsageError(
            "修订版不核定历史事项",
            advice="请从核对文件中去掉 historic，用 duban item restart 办理。",
        )
    if wish.by is None:
        raise UsageError(
            "核定基线前事项须指明由哪个账号办理",
            advice="加上 --as 账号，或从核对文件中去掉 historic。",
        )
    clerk = Clerk(
        actor=actor_named(session, wish.by, now=office.now()),
        as_of=max(office.today(), wish.baseline_on or office.today()),
        now=office.now(),
    )
    historic_words.say(session, done.plan_id, settlement.historic, clerk)


def _adoption(
    session: Session, office: Office, wish: Wish, read: ReadPlan, settlement: Settlement
) -> Adoption:
    return Adoption(
        read=settling.apply(read, settlement),
        code=wish.code or wish.file.stem,
        file_name=wish.file.name,
        file_hash=hashlib.sha256(wish.file.read_bytes()).hexdigest(),
        baseline_on=wish.baseline_on or office.today(),
        actor=name_on_record(session, wish.by, Permission.ADOPT_PLAN, now=office.now()),
        settled={name: how for name, how in settlement.settled.items() if how},
        sponsors=settlement.sponsors,
        members=settlement.members,
    )


def _refuse_unsettled(read: ReadPlan, settlement: Settlement, wish: Wish) -> None:
    """Refuse a plan whose findings or unread lines nobody has looked at."""
    if wish.findings_accepted or wish.is_trial:
        return
    doubtful = len(settling.unsettled(settling.with_unread(read), settlement))
    if doubtful:
        raise NotConfiguredError(
            f"有 {doubtful} 处存疑或未读懂，尚未核对",
            advice=(
                "请用 duban plan findings 逐条核对，把处理结果写进核对文件后加 --settle 文件；"
                "或加 --accept-findings 照原文采纳。"
            ),
        )


def confirm(office: Office, *, by: str | None = None, is_trial: bool = False) -> date:
    """Put on record that the office looked at the historic items; return the day it did.

    From then on units may have real channels. Confirming again changes nothing.
    """
    today = office.today()
    with office.trial() if is_trial else office.transaction() as session:
        row = the_office(session)
        name = name_on_record(session, by, Permission.SETTLE_HISTORIC, now=office.now())
        if row.baseline_confirmed_on is not None:
            return row.baseline_confirmed_on
        row.baseline_confirmed_on = today
        session.add(row)
        session.flush()
        if sweeps.swept_beyond(session, today):
            raise NotConfiguredError(
                "试用时已处理到将来的日期，此后不会再催办", advice="请用新的数据目录正式启用。"
            )
        entry = events.Entry(
            actor=name,
            act="confirm_baseline",
            about_kind="office",
            about_id=row.id,
            as_of=today,
            facts={"unsettled": lives.historic_codes(session)},
        )
        events.append(session, row.id, [entry], at=office.now())
    return today
