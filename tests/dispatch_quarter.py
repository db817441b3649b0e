"""A quarter in which units report: the office, its round, and what workbooks do in it."""

from datetime import date
from uuid import UUID

import pytest
from sqlmodel import Session, col, func, select

from db import dispatch, plans, reports, units
from db.life_tables import ProgressReport
from db.record_tables import Event
from services import workbooks
from services.office import Office
from services.report_content import ReportContent
from services.reports import hand_in
from services.round_status import round_of
from services.tick import tick
from services.workbook_imports import Applied, apply
from services.workbook_returns import Preview, preview
from supervision.rights import Actor
from supervision.vocabulary import Role, RowFate
from tests.builders import FINANCE, adopt_plan, an_item, item_of
from tests.snapshots import filled

HEALTH = "区卫健委"
THIRD, FOURTH = "2024Q3", "2024Q4"
DAYS = {THIRD: date(2024, 9, 12), FOURTH: date(2024, 12, 12)}
DONE: dict[tuple[str, str], str | float | None] = {
    ("T01", "progress"): "印发方案",
    ("T01", "percent"): 60,
}


@pytest.fixture
def in_third(office: Office) -> Office:
    """Give an office whose 2024Q3 is open: three items of the finance bureau, one of another."""
    filled(office, "in_third", _open_third)
    return office


def _open_third(office: Office) -> None:
    adopt_plan(
        office,
        an_item("T01"),
        an_item("T02"),
        an_item("P01"),
        an_item("T03", lead=HEALTH, supporting=[FINANCE]),
    )
    tick(office, today=DAYS[THIRD], plan_code=None, is_trial=False)


def open_fourth(office: Office) -> None:
    tick(office, today=DAYS[FOURTH], plan_code=None, is_trial=False)


@pytest.fixture
def in_fourth(in_third: Office) -> Office:
    """Give the same office in 2024Q4, the third quarter being over."""
    open_fourth(in_third)
    return in_third


def exported(office: Office, period: str = FOURTH, unit: str = FINANCE) -> bytes:
    with office.reading() as session:
        (plan,) = plans.of_office(session, office_id(session))
        found = round_of(session, plan, period)
        at = workbooks.Desk(office=office, plan=plan, round=found, as_of=DAYS[period])
        (theirs,) = workbooks.units_owing(session, at, named=unit)
        return workbooks.export(session, at, theirs)


def office_id(session: Session) -> UUID:
    row = plans.the_office(session)
    assert row is not None
    return row.id


def liaison(session: Session, unit: str = FINANCE, name: str = "张三") -> Actor:
    unit_id = units.ids_by_name(session, office_id(session))[unit]
    return Actor(name=name, roles=frozenset({Role.LIAISON}), unit_id=unit_id)


def seen(office: Office, content: bytes, *, by: str = FINANCE, period: str = FOURTH) -> Preview:
    with office.reading() as session:
        return preview(
            session, content, liaison(session, by), office, name="表.xlsx", as_of=DAYS[period]
        )


def taken(
    office: Office, content: bytes, *, chosen: tuple[str, ...] = (), period: str = FOURTH
) -> Applied:
    day = DAYS[period]
    with office.transaction() as session:
        actor = liaison(session)
        looked = preview(session, content, actor, office, name="表.xlsx", as_of=day)
        return apply(session, looked, actor, as_of=day, now=office.now(), chosen=chosen)


def reported(office: Office, code: str, period: str = FOURTH) -> ProgressReport | None:
    with office.reading() as session:
        item = item_of(session, code)
        for owed in dispatch.owed(session, round_id(session, period)):
            if owed.item.id == item.id:
                return reports.latest(session, owed.obligation.id)
    return None


def round_id(session: Session, period: str) -> UUID:
    (plan,) = plans.of_office(session, office_id(session))
    found = round_of(session, plan, period)
    return found.id


def report_by_command(
    office: Office, code: str, progress: str, *, period: str = FOURTH, name: str = "李四"
) -> None:
    with office.transaction() as session:
        owed = {
            each.item.code: each.obligation
            for each in dispatch.owed(session, round_id(session, period))
        }
        hand_in(
            session,
            owed[code],
            ReportContent(progress=progress, percent=10),
            liaison(session, name=name),
            as_of=DAYS[period],
            now=office.now(),
        )


def count(office: Office, table: type[ProgressReport] | type[Event]) -> int:
    with office.reading() as session:
        return session.exec(select(func.count(col(table.id)))).one()


def fates(looked: Preview) -> dict[str, RowFate]:
    return {row.code: row.fate for row in looked.rows}
