"""Many units report in the same moment, also in the moment their round closes."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest
from sqlmodel import Session, select

from db.life_tables import ProgressReport
from services import reports
from services.obligations import obligation_of
from services.office import Office
from services.report_content import ReportContent
from services.round_closing import snapshot_of
from services.tick import tick
from supervision.errors import UsageError
from tests.builders import adopt_plan, an_item, item_of
from tests.clock import Clock
from tests.people import is_record_whole
from tests.reporting import CLOSES, DUE, OPENS, PERIOD, liaison, round_in

UNITS = {f"T{number:02d}": f"第{number}局" for number in range(1, 13)}


@pytest.fixture
def crowd(office: Office, clock: Clock) -> Office:
    """Give an office with an open round and twelve units, each with one task."""
    clock.turn_to(OPENS)
    items = [an_item(code, lead=unit) for code, unit in UNITS.items()]
    adopt_plan(office, *items, baseline_on=date(2025, 1, 6))
    tick(office, today=OPENS)
    return office


def report(office: Office, code: str) -> bool:
    """Hand a unit's report in; return whether it was taken before the round closed."""
    with office.transaction() as session:
        owed = obligation_of(session, item_of(session, code), PERIOD)
        actor = liaison(session, UNITS[code])
        said = ReportContent(progress=f"{code}的进展")
        try:
            reports.hand_in(session, owed, said, actor, as_of=DUE, now=office.now())
        except UsageError:
            return False
    return True


def stored(session: Session) -> set[str]:
    return set(session.exec(select(ProgressReport.progress)))


def test_reports_of_all_units_in_one_moment_are_all_stored(crowd: Office) -> None:
    with ThreadPoolExecutor(len(UNITS)) as pool:
        taken = list(pool.map(lambda code: report(crowd, code), UNITS))

    assert all(taken)
    with crowd.reading() as session:
        assert stored(session) == {f"{code}的进展" for code in UNITS}
    assert is_record_whole(crowd)


def test_a_press_of_the_button_in_two_windows_is_one_report(crowd: Office) -> None:
    with ThreadPoolExecutor(4) as pool:
        taken = list(pool.map(lambda _: report(crowd, "T01"), range(4)))

    assert all(taken)
    with crowd.reading() as session:
        assert [row.version for row in session.exec(select(ProgressReport))] == [1]


def test_a_report_handed_in_while_its_round_closes_is_frozen_with_it_or_refused(
    crowd: Office,
) -> None:
    with ThreadPoolExecutor(len(UNITS) + 1) as pool:
        first = [pool.submit(report, crowd, code) for code in list(UNITS)[:6]]
        closing = pool.submit(tick, crowd, today=CLOSES)
        rest = [pool.submit(report, crowd, code) for code in list(UNITS)[6:]]
        taken = [each.result() for each in first + rest]
        closing.result()

    with crowd.reading() as session:
        content = snapshot_of(session, round_in(session)).content
        frozen = {line["report"]["progress"] for line in content["items"] if line["report"]}
        assert frozen == stored(session)
    assert len(frozen) == sum(taken)
    assert content["counts"]["reports"]["missing"] == len(UNITS) - sum(taken)
    assert is_record_whole(crowd)
