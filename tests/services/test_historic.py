"""Items past due on the plan's first day: confirmed with evidence, or started afresh (R24)."""

from datetime import date

import pytest
from sqlmodel import select

from db.record_tables import Act
from services import close_outs
from services.office import Office
from services.tick import tick
from supervision.vocabulary import Grade, ItemState, Move, Role, SweepPart
from tests.builders import adopt_plan, an_item, item_of
from tests.people import hand, head, move, person, prove

DUE = date(2023, 12, 31)
SETTLED_ON = date(2024, 6, 3)  # a Monday


@pytest.fixture
def inherited(office: Office) -> Office:
    """An office that took over T01, due before its first day."""
    adopt_plan(office, an_item(due_on=DUE))
    return office


def drafted(office: Office, day: date) -> int:
    return tick(office, today=day, parts=[SweepPart.NOTICES]).notices_drafted


def reminded(office: Office) -> list[tuple[str, date]]:
    with office.reading() as session:
        acts = session.exec(select(Act).where(Act.rule == "R28")).all()
        return sorted((act.step, act.planned_on) for act in acts)


def start_afresh(office: Office) -> None:
    with office.transaction() as session:
        desk = person(session, "li", Role.OFFICE)
        move(office, session, "T01", Move.RESTART, desk, reason="经核未完成", as_of=SETTLED_ON)


def test_nothing_is_asked_of_an_item_that_is_not_settled(inherited: Office) -> None:
    for day in (date(2024, 3, 4), date(2024, 6, 3), date(2024, 6, 4)):
        assert drafted(inherited, day) == 0
        tick(inherited, today=day, parts=[SweepPart.JUDGING])

    assert reminded(inherited) == []


def test_started_afresh_its_ladder_counts_from_that_day(inherited: Office) -> None:
    start_afresh(inherited)

    assert drafted(inherited, SETTLED_ON) == 0
    assert drafted(inherited, date(2024, 6, 4)) == 1
    with inherited.reading() as session:
        item = item_of(session, "T01")
        assert (item.historic, item.settled_on, item.due_on) == (False, SETTLED_ON, DUE)
        assert item.state is ItemState.ASSIGNED


def test_started_afresh_its_reminders_count_from_that_day(inherited: Office) -> None:
    start_afresh(inherited)

    for day in (3, 4, 5, 11, 12, 13):  # the 10th is a holiday
        tick(inherited, today=date(2024, 6, day), parts=[SweepPart.JUDGING])

    assert reminded(inherited) == [("+0", date(2024, 6, 4)), ("+1", date(2024, 6, 12))]


def test_confirmed_with_evidence_it_is_closed_out_without_being_signed_for(
    inherited: Office,
) -> None:
    prove(inherited, "T01")
    with inherited.transaction() as session:
        item = item_of(session, "T01")
        close_outs.ask(session, item, hand(inherited, head(session)), summary="2023年已完成")
        desk = hand(inherited, person(session, "li", Role.OFFICE))
        close_outs.review(session, item, desk, opinion="属实")
        boss = hand(inherited, person(session, "wang", Role.APPROVER))
        close_outs.decide(session, item, boss, grade=Grade.PASSED)

    with inherited.reading() as session:
        item = item_of(session, "T01")
        assert (item.state, item.historic) == (ItemState.CLOSED, False)


def test_sent_back_it_can_still_be_started_afresh(inherited: Office) -> None:
    prove(inherited, "T01")
    with inherited.transaction() as session:
        item, desk = item_of(session, "T01"), person(session, "li", Role.OFFICE)
        close_outs.ask(session, item, hand(inherited, head(session)), summary="2023年已完成")
        close_outs.send_back(session, item, hand(inherited, desk), reason="证据不足")

    start_afresh(inherited)

    with inherited.reading() as session:
        item = item_of(session, "T01")
        assert (item.state, item.historic) == (ItemState.IN_PROGRESS, False)
    assert drafted(inherited, date(2024, 6, 4)) == 1


def test_a_reopened_item_is_drafted_a_notice_in_its_second_life_too(office: Office) -> None:
    adopt_plan(office, an_item(due_on=date(2024, 3, 29)))
    assert drafted(office, date(2024, 4, 1)) == 1
    prove(office, "T01")
    with office.transaction() as session:
        item, desk = item_of(session, "T01"), person(session, "li", Role.OFFICE)
        move(office, session, "T01", Move.ACKNOWLEDGE, head(session))
        close_outs.ask(session, item, hand(office, head(session)), summary="完成")
        close_outs.review(session, item, hand(office, desk), opinion="齐全")
        boss = hand(office, person(session, "wang", Role.APPROVER))
        close_outs.decide(session, item, boss, grade=Grade.GOOD)
    assert drafted(office, date(2024, 4, 2)) == 0

    with office.transaction() as session:
        move(office, session, "T01", Move.REOPEN, person(session, "li", Role.OFFICE), reason="反弹")

    assert drafted(office, date(2024, 4, 3)) == 1
