"""A round in which a small office's units report: who acts, and what they do in one line each."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any

import pytest
from sqlmodel import Session, col, select

from db.life_tables import Contribution, ProgressReport
from db.record_tables import Act, Event, Message, Obligation, Round
from services import report_reviews, reports
from services.obligations import obligation_of
from services.office import Office
from services.report_content import ReportContent
from services.report_reviews import Review
from services.round_by_hand import Desk
from services.tick import tick
from supervision.rights import Actor
from supervision.vocabulary import ObligationState, Role
from tests.builders import FINANCE, adopt_plan, an_item, item_of
from tests.clock import Clock
from tests.people import person, the_plan
from tests.snapshots import filled

HOUSING = "区住建局"
PERIOD = "2025Q1"
OPENS, SUPPORT_DUE = date(2025, 3, 10), date(2025, 3, 20)
DUE, CLOSES = date(2025, 3, 25), date(2025, 4, 1)


@pytest.fixture
def reporting(office: Office, clock: Clock) -> Office:
    """Give an office whose 2025Q1 is open: a task, a task of another unit, a project."""
    clock.turn_to(OPENS)
    filled(office, "reporting", _open)
    return office


def _open(office: Office) -> None:
    adopt_plan(
        office,
        an_item("T01", supporting=[HOUSING, "各镇（街道）"]),
        an_item("T02", lead=HOUSING),
        an_item("P01"),
        baseline_on=date(2025, 1, 6),
    )
    tick(office, today=OPENS)


def liaison(session: Session, unit: str = FINANCE) -> Actor:
    return person(session, f"{unit}联络员", Role.LIAISON, unit=unit)


def dispatcher(session: Session) -> Actor:
    return person(session, "调度员", Role.OFFICE)


def desk(office: Office, session: Session, as_of: date, actor: Actor | None = None) -> Desk:
    return Desk(
        plan=the_plan(session),
        actor=actor or dispatcher(session),
        policy=office.policy,
        as_of=as_of,
        now=office.now(),
    )


@contextmanager
def owed(office: Office, code: str = "T01") -> Iterator[tuple[Session, Obligation]]:
    """Give what is owed on an item in the round, in a transaction."""
    with office.transaction() as session:
        yield session, obligation_of(session, item_of(session, code), PERIOD)


def hand_in(
    office: Office,
    code: str = "T01",
    progress: str = "已开工",
    *,
    unit: str = FINANCE,
    as_of: date = OPENS,
    **parts: Any,  # noqa: ANN401 - parts of a report
) -> int:
    """Hand a report in and return the version that stands."""
    with owed(office, code) as (session, obligation):
        said = ReportContent(progress=progress, **parts)
        actor = liaison(session, unit)
        found = reports.hand_in(session, obligation, said, actor, as_of=as_of, now=office.now())
        return found.version


def contribute(office: Office, body: str, unit: str = HOUSING, as_of: date = OPENS) -> int:
    with owed(office) as (session, obligation):
        actor = liaison(session, unit)
        given = reports.contribute(session, obligation, body, actor, as_of=as_of, now=office.now())
        return given.version


def accept(office: Office, code: str = "T01", as_of: date = OPENS) -> None:
    with owed(office, code) as (session, obligation):
        review = Review(actor=dispatcher(session), as_of=as_of, now=office.now())
        report_reviews.accept(session, obligation, review)


def send_back(office: Office, reason: str = "缺少数据", as_of: date = OPENS) -> None:
    with owed(office) as (session, obligation):
        review = Review(actor=dispatcher(session), as_of=as_of, now=office.now(), reason=reason)
        report_reviews.send_back(session, obligation, review)


def state(office: Office, code: str = "T01") -> ObligationState:
    with owed(office, code) as (_, obligation):
        return obligation.state


def round_in(session: Session) -> Round:
    return session.exec(select(Round).where(Round.period == PERIOD)).one()


def versions(office: Office) -> list[tuple[int, str, str]]:
    """Return (version, text, verdict) of every report there is, in order."""
    with office.reading() as session:
        rows = session.exec(select(ProgressReport).order_by(col(ProgressReport.version)))
        return [(row.version, row.progress, row.verdict.value) for row in rows]


def inputs(office: Office) -> list[tuple[int, str]]:
    with office.reading() as session:
        rows = session.exec(select(Contribution).order_by(col(Contribution.version)))
        return [(row.version, row.body) for row in rows]


def events(office: Office, act: str) -> list[Event]:
    with office.reading() as session:
        query = select(Event).where(Event.act == act).order_by(col(Event.sequence))
        return list(session.exec(query))


def steps(office: Office, code: str = "T01") -> list[str]:
    """Return the steps recorded on an item's reports, in the order of their names."""
    with office.reading() as session:
        query = select(Act.rule, Act.step).where(
            Act.work_item_id == item_of(session, code).id, col(Act.round_id).is_not(None)
        )
        return sorted({f"{rule} {step}" for rule, step in session.exec(query)})


def digest_on(office: Office, day: date, unit: str = FINANCE) -> str:
    """Return a unit's digest of a day, empty when it got none."""
    with office.reading() as session:
        query = select(Message.body).where(Message.day == day, col(Message.recipient_name) == unit)
        return session.exec(query).one_or_none() or ""
