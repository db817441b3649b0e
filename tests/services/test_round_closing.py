"""A round closes, is frozen, and nothing that happens later changes what it looked like."""

import copy
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import update
from sqlmodel import col, select

from db.life_tables import ProgressReport, RoundSnapshot
from db.plan_tables import Unit, WorkItem
from db.record_tables import Event, Obligation, Round
from services.milestones import Target, set_milestones
from services.office import Office
from services.round_by_hand import close_round, open_round
from services.round_closing import content_hash, snapshot_of
from services.round_status import Count, RoundStatus, round_of, status
from services.tick import tick
from supervision.errors import StorageError, UsageError
from supervision.periods import Quarter, quarter_named
from supervision.rights import NotAllowedError
from supervision.vocabulary import ItemState, ObligationState, Role, RoundState
from tests.builders import FINANCE, adopt_plan, an_item, change_item, item_of
from tests.clock import Clock
from tests.people import is_record_whole, person, the_plan
from tests.reporting import (
    CLOSES,
    DUE,
    HOUSING,
    OPENS,
    PERIOD,
    accept,
    contribute,
    desk,
    dispatcher,
    hand_in,
    round_in,
    send_back,
    state,
)

ONE_DAY = timedelta(days=1)
LATE = DUE + ONE_DAY


def close(office: Office, day: date, *roles: Role) -> str:
    with office.transaction() as session:
        actor = person(session, "某人", *roles) if roles else None
        found = round_in(session)
        return close_round(session, desk(office, session, day, actor), found).hash


def frozen(office: Office) -> dict[str, Any]:
    with office.reading() as session:
        return copy.deepcopy(snapshot_of(session, round_in(session)).content)


def line(content: Mapping[str, Any], code: str) -> dict[str, Any]:
    found: dict[str, Any] = next(line for line in content["items"] if line["code"] == code)
    return found


def stands(office: Office, day: date) -> RoundStatus:
    with office.reading() as session:
        plan = the_plan(session)
        found = round_of(session, plan, PERIOD)
        return status(session, plan, found, office.policy, today=day)


def test_the_sweep_closes_a_round_and_freezes_it(reporting: Office) -> None:
    hand_in(reporting, progress="已开工", percent=30)
    accept(reporting)
    hand_in(reporting, "P01", progress="打桩", as_of=LATE)
    contribute(reporting, "已提供用地", as_of=LATE)

    tick(reporting, today=CLOSES)

    content = frozen(reporting)
    assert content["counts"]["reports"] == {
        "owed": 3, "reported": 1, "accepted": 1, "sent_back": 0, "late": 1, "missing": 1,
    }  # fmt: skip
    assert content["counts"]["lights"] == {"grey": 2, "yellow": 1}  # T02 missed its report
    assert content["counts"]["working_groups"] == {"（未分专班）": {"grey": 2, "yellow": 1}}
    assert [one["unit"] for one in content["counts"]["units"]] == [HOUSING, FINANCE]
    task = line(content, "T01")
    assert (task["report"]["progress"], task["report"]["percent"]) == ("已开工", 30)
    assert (task["obligation"], task["is_late"], task["lead_unit"]) == (
        "accepted", False, FINANCE,
    )  # fmt: skip
    assert (task["light"], task["rule"], task["days_overdue"]) == ("grey", "R15", 0)
    assert task["inputs"] == {HOUSING: "已提供用地"}
    assert (line(content, "T02")["obligation"], line(content, "T02")["report"]) == ("missed", None)
    assert line(content, "P01")["is_late"] is True
    assert line(content, "P01")["expected_percent"] == 23  # 84 of 359 days
    assert content["closed_on"] == "2025-04-01"


def test_the_record_holds_the_hash_of_what_was_frozen(reporting: Office) -> None:
    tick(reporting, today=CLOSES)

    with reporting.reading() as session:
        snapshot = session.exec(select(RoundSnapshot)).one()
        event = session.exec(select(Event).where(Event.act == "close_round")).one()
        assert event.facts["snapshot"] == snapshot.hash == content_hash(snapshot.content)
        assert (event.before, event.after, event.actor) == ("open", "closed", "duban")
        assert event.facts["missed"] == 3
    assert is_record_whole(reporting)


def test_nothing_that_happens_later_changes_a_frozen_round(reporting: Office) -> None:
    hand_in(reporting, progress="已开工", percent=30)
    hash_before = close(reporting, LATE)
    before = frozen(reporting)

    with reporting.transaction() as session:
        connection = session.connection()
        for code in ("T01", "T02", "P01"):
            item = item_of(session, code)
            item.title, item.due_on, item.state = "别的", date(2024, 1, 1), ItemState.CLOSED
            session.add(item)
        session.flush()
        connection.execute(update(ProgressReport).values(progress="改写", percent=99))
        connection.execute(update(Obligation).values(state=ObligationState.ACCEPTED))
        connection.execute(update(Unit).values(name=col(Unit.name) + "（新）"))
        connection.execute(update(WorkItem).values(historic=True))
        connection.execute(update(Round).values(due_on=date(2026, 1, 1)))
    tick(reporting, today=date(2025, 7, 2))

    assert frozen(reporting) == before
    with reporting.reading() as session:
        assert snapshot_of(session, round_of(session, the_plan(session), PERIOD)).hash == (
            hash_before
        )


def test_a_snapshot_that_was_tampered_with_is_not_shown(reporting: Office) -> None:
    close(reporting, LATE)
    with reporting.transaction() as session:
        snapshot = session.exec(select(RoundSnapshot)).one()
        snapshot.content = snapshot.content | {"period": "2024Q1"}
        session.add(snapshot)

    with reporting.reading() as session, pytest.raises(StorageError, match="不符"):
        snapshot_of(session, round_in(session))


def test_closing_twice_gives_the_same_and_the_sweep_adds_nothing(reporting: Office) -> None:
    first = close(reporting, LATE)

    again = close(reporting, LATE + ONE_DAY)
    tick(reporting, today=CLOSES)

    assert again == first
    with reporting.reading() as session:
        assert len(session.exec(select(RoundSnapshot)).all()) == 1
        assert round_in(session).closed_on == LATE


@pytest.mark.parametrize("day", [OPENS, DUE], ids=["early", "on the due day"])
def test_nobodys_time_is_cut_short(reporting: Office, day: date) -> None:
    with pytest.raises(UsageError, match="尚有3项未报"):
        close(reporting, day)

    assert state(reporting) is ObligationState.OPEN


def test_when_all_is_in_the_office_may_close_before_the_due_day(reporting: Office) -> None:
    hand_in(reporting)
    hand_in(reporting, "P01")
    hand_in(reporting, "T02", unit=HOUSING)

    close(reporting, OPENS + ONE_DAY)

    assert stands(reporting, OPENS + ONE_DAY).state is RoundState.CLOSED
    with pytest.raises(UsageError, match="已截止"):
        hand_in(reporting, progress="改一下")


@pytest.mark.parametrize("role", [Role.HEAD, Role.SUPERVISOR, Role.ADMINISTRATOR])
def test_only_the_office_runs_rounds(reporting: Office, role: Role) -> None:
    with pytest.raises(NotAllowedError):
        close(reporting, LATE, role)


@pytest.mark.parametrize("gone", [ItemState.CLOSED, ItemState.SUSPENDED, ItemState.CANCELLED])
def test_what_is_no_longer_owed_is_not_missed(reporting: Office, gone: ItemState) -> None:
    change_item(reporting, "T01", state=gone)

    tick(reporting, today=CLOSES)

    assert state(reporting, "T01") is ObligationState.LIFTED
    assert state(reporting, "P01") is ObligationState.MISSED
    assert frozen(reporting)["counts"]["reports"]["owed"] == 2


def test_a_report_sent_back_and_not_handed_in_again_stays_so(reporting: Office) -> None:
    hand_in(reporting)
    send_back(reporting)

    tick(reporting, today=CLOSES)

    assert state(reporting) is ObligationState.SENT_BACK
    assert frozen(reporting)["counts"]["reports"]["sent_back"] == 1


def test_a_round_that_is_open_has_no_snapshot(reporting: Office) -> None:
    with reporting.reading() as session, pytest.raises(UsageError, match="尚未关闭"):
        snapshot_of(session, round_in(session))


def test_the_status_counts_per_unit_what_is_owed_late_and_missing(reporting: Office) -> None:
    hand_in(reporting, as_of=LATE)
    send_back(reporting, as_of=LATE)
    hand_in(reporting, progress="补报", as_of=LATE)

    found = stands(reporting, LATE)

    none = Count(owed=1, reported=0, accepted=0, sent_back=0, late=0, missing=1)
    assert found.count == Count(owed=3, reported=1, accepted=0, sent_back=0, late=1, missing=2)
    assert {one.unit: one.count for one in found.units} == {
        HOUSING: none,
        FINANCE: Count(owed=2, reported=1, accepted=0, sent_back=0, late=1, missing=1),
    }


def test_a_correction_asked_for_after_the_due_day_is_not_late(reporting: Office) -> None:
    hand_in(reporting, as_of=DUE)
    send_back(reporting, as_of=LATE)
    hand_in(reporting, progress="补报", as_of=LATE)

    assert stands(reporting, LATE).count.late == 0


def test_up_to_the_due_day_nothing_is_missing(reporting: Office) -> None:
    assert stands(reporting, DUE).count.missing == 0


@pytest.mark.parametrize(
    ("day", "silent"),
    [
        pytest.param(date(2025, 3, 27), [], id="2 working days late"),
        pytest.param(date(2025, 3, 28), ["T02", "P01"], id="3 working days late: somebody calls"),
    ],
)
def test_what_stays_silent_comes_on_the_offices_list(
    reporting: Office, day: date, silent: list[str]
) -> None:
    hand_in(reporting)

    assert stands(reporting, day).silent == silent


def test_from_the_second_round_on_tasks_without_milestones_are_named(reporting: Office) -> None:
    assert stands(reporting, OPENS).without_course == []
    with reporting.transaction() as session:
        target = {Quarter(2025, 4): Target(percent=100, stage="完成")}
        actor, item = dispatcher(session), item_of(session, "T01")
        set_milestones(session, item, target, actor, as_of=OPENS, now=reporting.now())
    tick(reporting, today=CLOSES)
    tick(reporting, today=date(2025, 6, 10))

    with reporting.reading() as session:
        plan = the_plan(session)
        found = round_of(session, plan, None)
        second = status(session, plan, found, reporting.policy, today=date(2025, 6, 10))

    assert (second.period, second.without_course) == ("2025Q2", ["T02"])


@pytest.fixture
def before_opening(office: Office, clock: Clock) -> Office:
    """Give an office with one task in the first quarter of 2025, nothing swept."""
    clock.turn_to(date(2025, 1, 6))
    adopt_plan(office, an_item("T01"))
    return office


def open_on(office: Office, day: date, period: str = PERIOD) -> bool:
    with office.transaction() as session:
        return open_round(session, desk(office, session, day), quarter_named(period))[1]


@pytest.mark.parametrize(
    "day",
    [
        pytest.param(OPENS - ONE_DAY, id="the day before it opens"),
        pytest.param(CLOSES, id="on the day it closes"),
    ],
)
def test_a_round_is_opened_by_hand_only_inside_its_days(before_opening: Office, day: date) -> None:
    with pytest.raises(UsageError, match="不在2025年第一季度调度的开启期内"):
        open_on(before_opening, day)


def test_a_round_opened_by_hand_is_the_one_the_sweep_would_open(before_opening: Office) -> None:
    assert open_on(before_opening, OPENS) is True
    assert open_on(before_opening, OPENS) is False

    assert tick(before_opening, today=OPENS).rounds_opened == 0

    assert state(before_opening) is ObligationState.OPEN
    assert stands(before_opening, OPENS).count.owed == 1


def test_a_round_that_is_over_is_not_opened_again(reporting: Office) -> None:
    close(reporting, LATE)

    with pytest.raises(UsageError, match="不能再开启"):
        open_on(reporting, LATE)


def test_a_round_that_was_missed_is_not_waited_for(reporting: Office) -> None:
    with reporting.transaction() as session:
        session.exec(select(Round)).one().state = RoundState.MISSED

    with reporting.reading() as session, pytest.raises(UsageError, match="错过未开"):
        snapshot_of(session, session.exec(select(Round)).one())
