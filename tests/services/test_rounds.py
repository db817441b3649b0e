from collections import Counter
from datetime import date, timedelta

import pytest
from sqlalchemy import select, update
from sqlmodel import Session, col

from db.plan_tables import WorkItem
from db.record_tables import Act, Obligation, Round
from services.office import Office
from services.tick import tick
from supervision.vocabulary import ItemState, ObligationState, RoundState, SweepPart
from tests.builders import adopt_plan, an_item, change_item, item_of
from tests.clock import Clock

ONE_DAY = timedelta(days=1)
OPENS, DUE, CLOSES = date(2025, 3, 10), date(2025, 3, 25), date(2025, 4, 1)  # of 2025Q1
QUARTERS = {
    "2024Q1": ("2024-03-11", "2024-04-01"),
    "2024Q2": ("2024-06-11", "2024-07-02"),
    "2024Q3": ("2024-09-10", "2024-10-08"),
    "2024Q4": ("2024-12-10", "2025-01-02"),
    "2025Q1": ("2025-03-10", "2025-04-01"),
    "2025Q2": ("2025-06-10", "2025-07-02"),
    "2025Q3": ("2025-09-10", "2025-10-09"),
    "2025Q4": ("2025-12-10", "2026-01-04"),
}


@pytest.fixture
def small(office: Office, clock: Clock) -> Office:
    """Give an office whose plan of three items was adopted on the first day of 2025."""
    clock.turn_to(date(2025, 1, 1))
    adopt_plan(office, an_item("T01"), an_item("T02", due_on=None), an_item("P01"))
    return office


def turn(office: Office, day: date) -> int:
    """Sweep the rounds of a day and return how many were opened."""
    return tick(office, today=day, parts=[SweepPart.ROUNDS]).rounds_opened


def judged(office: Office, day: date) -> None:
    """Sweep the rounds of a day and what is chased in them."""
    tick(office, today=day, parts=[SweepPart.ROUNDS, SweepPart.JUDGING])


def states(office: Office) -> dict[str, RoundState]:
    with office.reading() as session:
        query = select(col(Round.period), col(Round.state))
        return dict(session.connection().execute(query).tuples().all())


def owed(office: Office) -> Counter[ObligationState]:
    with office.reading() as session:
        return Counter(session.connection().execute(select(col(Obligation.state))).scalars())


def chased(session: Session) -> list[tuple[str, str]]:
    """Return the (rule, step) of what was recorded on T01's reports, in order of time."""
    query = select(col(Act.rule), col(Act.step)).where(
        col(Act.work_item_id) == item_of(session, "T01").id, col(Act.round_id).is_not(None)
    )
    rows = session.connection().execute(query.order_by(col(Act.recorded_on), col(Act.rule)))
    return list(rows.tuples())


def report(office: Office, code: str) -> None:
    """Make an item reported in every round, as no service can yet."""
    with office.transaction() as session:
        of_item = col(Obligation.work_item_id) == item_of(session, code).id
        reported = update(Obligation).where(of_item).values(state=ObligationState.REPORTED)
        session.connection().execute(reported)


def test_a_round_opens_once_and_every_item_owes_a_report(zhanggong: Office) -> None:
    assert turn(zhanggong, date(2024, 3, 10)) == 0
    assert turn(zhanggong, date(2024, 3, 11)) == 1
    assert turn(zhanggong, date(2024, 3, 12)) == 0

    assert states(zhanggong) == {"2024Q1": RoundState.OPEN}
    assert owed(zhanggong) == {ObligationState.OPEN: 63}


def test_the_plan_has_eight_rounds_of_63_reports(zhanggong: Office) -> None:
    opened = 0
    for opens_on, closes_on in QUARTERS.values():
        opened += turn(zhanggong, date.fromisoformat(opens_on))
        turn(zhanggong, date.fromisoformat(closes_on))

    assert opened == 8
    assert states(zhanggong) == dict.fromkeys(QUARTERS, RoundState.CLOSED)
    assert owed(zhanggong) == {ObligationState.MISSED: 63 * 8}
    with zhanggong.reading() as session:
        query = select(col(Round.period), col(Round.opened_on), col(Round.closed_on))
        days = {
            period: (str(opened_on), str(closed_on))
            for period, opened_on, closed_on in session.connection().execute(query).tuples()
        }
    assert days == QUARTERS


def test_after_the_plans_last_quarter_no_round_opens(zhanggong: Office) -> None:
    assert turn(zhanggong, date(2026, 3, 10)) == 0

    assert states(zhanggong) == dict.fromkeys(QUARTERS, RoundState.MISSED)


def test_rounds_that_passed_unseen_are_recorded_as_missed_and_never_opened(
    zhanggong: Office,
) -> None:
    assert turn(zhanggong, date(2024, 12, 11)) == 1

    assert states(zhanggong) == {
        "2024Q1": RoundState.MISSED,
        "2024Q2": RoundState.MISSED,
        "2024Q3": RoundState.MISSED,
        "2024Q4": RoundState.OPEN,
    }
    assert owed(zhanggong) == {ObligationState.OPEN: 63}


@pytest.mark.parametrize(
    ("day", "state"),
    [
        pytest.param(OPENS, RoundState.OPEN, id="on its day"),
        pytest.param(DUE + ONE_DAY, RoundState.OPEN, id="even after its reports were due"),
        pytest.param(CLOSES - ONE_DAY, RoundState.OPEN, id="on the last day for reports"),
        pytest.param(CLOSES, RoundState.MISSED, id="but not on the day it closes"),
    ],
)
def test_after_an_outage_a_round_opens_late_while_reports_can_be_handed_in(
    small: Office, day: date, state: RoundState
) -> None:
    turn(small, day)

    assert states(small) == {"2025Q1": state}
    with small.reading() as session:
        opened_on = session.connection().execute(select(col(Round.opened_on))).scalar_one()
        assert opened_on == (day if state is RoundState.OPEN else None)


def test_a_round_closes_on_the_fifth_working_day_after_its_reports_were_due(
    small: Office,
) -> None:
    turn(small, OPENS)

    turn(small, CLOSES - ONE_DAY)
    assert states(small) == {"2025Q1": RoundState.OPEN}
    turn(small, CLOSES)
    assert states(small) == {"2025Q1": RoundState.CLOSED}
    assert owed(small) == {ObligationState.MISSED: 3}


def test_what_was_reported_is_not_missed_when_the_round_closes(small: Office) -> None:
    turn(small, OPENS)
    report(small, "T01")

    turn(small, CLOSES)

    assert owed(small) == {ObligationState.REPORTED: 1, ObligationState.MISSED: 2}


@pytest.mark.parametrize(
    ("state", "reports"),
    [
        (ItemState.ASSIGNED, 3),
        (ItemState.SUBMITTED, 3),
        (ItemState.CLOSED, 2),
        (ItemState.SUSPENDED, 2),
        (ItemState.CANCELLED, 2),
    ],
    ids=str,
)
def test_only_unfinished_items_owe_a_report(small: Office, state: ItemState, reports: int) -> None:
    change_item(small, "T01", state=state)

    turn(small, OPENS)

    assert owed(small).total() == reports


def test_an_owed_report_is_announced_chased_and_then_counted(small: Office) -> None:
    for day in (date(2025, 3, day) for day in range(10, 32)):
        judged(small, day)
    judged(small, CLOSES)

    with small.reading() as session:
        assert chased(session) == [
            ("R06", "open"),
            ("R07", "-5wd"),
            ("R07", "-1wd"),
            ("R08", "+1wd"),
        ]


def test_a_report_that_came_in_is_chased_no_more(small: Office) -> None:
    judged(small, date(2025, 3, 18))
    report(small, "T01")

    judged(small, date(2025, 3, 24))
    judged(small, date(2025, 3, 26))

    with small.reading() as session:
        assert chased(session) == [("R06", "open"), ("R07", "-5wd")]


def test_a_plan_adopted_while_a_round_runs_joins_it(office: Office, clock: Clock) -> None:
    clock.turn_to(DUE)
    adopt_plan(office, an_item("T01"))

    assert turn(office, DUE) == 1


def test_a_plan_adopted_after_a_round_closed_never_had_it(office: Office, clock: Clock) -> None:
    clock.turn_to(CLOSES)
    adopt_plan(office, an_item("T01"))

    turn(office, CLOSES)

    assert states(office) == {}


def test_each_plan_has_rounds_of_its_own(small: Office) -> None:
    adopt_plan(small, an_item("T09"), code="second")

    assert turn(small, OPENS) == 2

    with small.reading() as session:
        query = select(col(Obligation.round_id)).join(
            WorkItem, col(WorkItem.id) == col(Obligation.work_item_id)
        )
        per_round = Counter(session.connection().execute(query).scalars())
    assert sorted(per_round.values()) == [1, 3]
