"""Dispatch tables (调度表) over the portal: a unit's own one out, and looked at on its way in."""

import hashlib
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session

from db import dispatch, plans, rounds
from db.plan_tables import Plan, Unit
from db.record_tables import Round
from services import workbooks
from services.file_store import Store
from services.office import Office
from services.plans import the_office
from services.tokens import opened, signed
from services.workbook_imports import Applied, apply
from services.workbook_returns import Preview, preview
from supervision.errors import UsageError
from supervision.rights import Actor
from supervision.vocabulary import RoundState, RowFate

PURPOSE = "returned-workbook"


@dataclass(frozen=True, kw_only=True, slots=True)
class OwnBook:
    """A unit's workbook of a round that is open now."""

    plan: str
    period: str
    due_on: date
    name: str
    owed: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Returned:
    """A workbook that came back: its name, and a token for the content that was looked at."""

    name: str
    token: str
    seen: Preview

    @property
    def ready(self) -> int:
        """How many rows would be handed in."""
        return sum(row.fate is RowFate.READY for row in self.seen.rows)


def own_books(session: Session, unit_id: object, *, today: date) -> list[OwnBook]:
    """Return what a unit may download now: one workbook per plan in whose open round it owes."""
    unit = session.get_one(Unit, unit_id)
    return [
        OwnBook(
            plan=plan.title,
            period=found.period,
            due_on=found.due_on,
            name=f"{found.period}_{unit.name}_调度表.xlsx",
            owed=len([each for each in owed if each.is_asked]),
        )
        for plan, found in _open_rounds(session, today=today)
        if (owed := dispatch.owed(session, found.id, unit_id=unit.id))
    ]


def own_book(
    session: Session, office: Office, unit_id: object, period: str, *, today: date
) -> tuple[str, bytes] | None:
    """Return the name and content of a unit's workbook of a period, None when it owes nothing."""
    unit = session.get_one(Unit, unit_id)
    for plan, found in _open_rounds(session, today=today):
        if found.period != period or not dispatch.owed(session, found.id, unit_id=unit.id):
            continue
        desk = workbooks.Desk(office=office, plan=plan, round=found, as_of=today)
        return f"{period}_{unit.name}_调度表.xlsx", workbooks.export(session, desk, unit)
    return None


def _open_rounds(session: Session, *, today: date) -> list[tuple[Plan, Round]]:
    return [
        (plan, found)
        for plan in plans.of_office(session, the_office(session).id)
        for found in rounds.of_plan(session, plan.id)
        if found.state is RoundState.OPEN and today < found.closes_on
    ]


def look_at(
    session: Session, office: Office, actor: Actor, content: bytes, *, name: str, today: date
) -> Returned:
    """Return what taking a workbook in would do, and keep it for that; raises what preview does."""
    seen = preview(session, content, actor, office, name=name, as_of=today)
    digest = hashlib.sha256(content).hexdigest()
    stored_as = _store(office).keep(content, digest)
    token = signed(office.settings, PURPOSE, [stored_as, name, actor.name])
    return Returned(name=name, token=token, seen=seen)


def take_in(session: Session, office: Office, actor: Actor, token: str) -> Applied:
    """Hand in what a workbook that was looked at says; UsageError for another person's."""
    stored_as, name, whose = opened(office.settings, PURPOSE, token)
    if whose != actor.name:
        raise UsageError("这份表不是您上传的", advice="请重新上传。")
    try:
        content = _store(office).read(stored_as)
    except FileNotFoundError as error:
        raise UsageError("上传的表已不在", advice="请重新上传。") from error
    today, now = office.today(), office.now()
    seen = preview(session, content, actor, office, name=name, as_of=today)
    return apply(session, seen, actor, as_of=today, now=now)


def _store(office: Office) -> Store:
    return Store(office.settings.data_dir / "returned", office.scratch)
