"""Dispatch tables (调度表) over the portal: a unit's own one out, and looked at on its way in."""

from dataclasses import dataclass
from datetime import date

from sqlmodel import Session

from db import dispatch, plans, rounds
from db.plan_tables import Plan, Unit
from db.record_tables import Round
from services import uploads, workbooks
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
    plan_code: str
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
    rounds_open = _open_rounds(session, today=today)
    return [
        OwnBook(
            plan=plan.title,
            plan_code=plan.code,
            period=found.period,
            due_on=found.due_on,
            name=_name(unit, plan, found, rounds_open),
            owed=len([each for each in owed if each.is_asked]),
        )
        for plan, found in rounds_open
        if (owed := dispatch.owed(session, found.id, unit_id=unit.id))
    ]


def own_book(
    session: Session,
    office: Office,
    unit_id: object,
    period: str,
    *,
    today: date,
    plan_code: str = "",
) -> tuple[str, bytes] | None:
    """Return the name and content of a unit's workbook of a period, None when it owes nothing.

    Two plans may report on the same period: the code says which, the first is given without one.
    """
    unit = session.get_one(Unit, unit_id)
    rounds_open = _open_rounds(session, today=today)
    for plan, found in rounds_open:
        is_meant = found.period == period and plan_code in ("", plan.code)
        if is_meant and dispatch.owed(session, found.id, unit_id=unit.id):
            desk = workbooks.Desk(office=office, plan=plan, round=found, as_of=today)
            return _name(unit, plan, found, rounds_open), workbooks.export(session, desk, unit)
    return None


def _name(unit: Unit, plan: Plan, found: Round, beside: list[tuple[Plan, Round]]) -> str:
    """Return a workbook's name, with its plan where another plan has one of the same period."""
    is_alone = [each.period for _, each in beside].count(found.period) == 1
    whose = unit.name if is_alone else f"{unit.name}_{plan.code}"
    return f"{found.period}_{whose}_调度表.xlsx"


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
    stored_as = uploads.keep(office, content)
    token = signed(office.settings, PURPOSE, [stored_as, name, actor.name])
    return Returned(name=name, token=token, seen=seen)


def take_in(session: Session, office: Office, actor: Actor, token: str) -> Applied:
    """Hand in what a workbook that was looked at says; UsageError for another person's."""
    stored_as, name, whose = opened(office.settings, PURPOSE, token)
    if whose != actor.name:
        raise UsageError("这份表不是您上传的", advice="请重新上传。")
    content = uploads.taken(office, stored_as)
    today, now = office.today(), office.now()
    seen = preview(session, content, actor, office, name=name, as_of=today)
    return apply(session, seen, actor, as_of=today, now=now)
