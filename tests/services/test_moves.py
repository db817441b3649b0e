from datetime import date

import pytest
from sqlmodel import Session, col, func, select

from db.plan_tables import WorkItem
from db.record_tables import Event
from services.moves import Wanted, due_reviews, item_named, item_shown, move_item
from services.office import Office
from supervision.errors import DubanError, UsageError
from supervision.lifecycle import MOVES
from supervision.rights import RIGHTS, Actor
from supervision.vocabulary import Grade, ItemState, Move, Role
from tests.builders import FINANCE, adopt_plan, an_item, change_item, item_of
from tests.people import head, is_record_whole, move, person, prove, the_plan, unit_id

FIRST_DAY = date(2024, 3, 3)
REVIEW_DAY = date(2024, 9, 2)
OF_UNITS = {Role.LIAISON, Role.HEAD}


def wanted(made: Move, actor: Actor) -> Wanted:
    return Wanted(
        move=made,
        actor=actor,
        as_of=FIRST_DAY,
        reason="理由",
        document="章无废办〔2024〕1号",
        review_on=REVIEW_DAY,
        grade=Grade.GOOD,
    )


def count_of_events(session: Session) -> int:
    return session.exec(select(func.count(col(Event.id)))).one()


def tried(
    session: Session, item: WorkItem, made: Move, actor: Actor, office: Office
) -> DubanError | None:
    try:
        move_item(session, item, wanted(made, actor), now=office.now())
    except DubanError as refusal:
        return refusal
    return None


@pytest.mark.parametrize("made", Move, ids=lambda made: made.value)
def test_from_every_state_every_role_makes_the_move_or_learns_why_not(
    office: Office, made: Move
) -> None:
    adopt_plan(office, an_item())
    prove(office, "T01")
    rule = MOVES[made]
    allowed = []

    with office.transaction() as session:
        finance = unit_id(session, FINANCE)
        for state in ItemState:
            for role in Role:
                trial = session.begin_nested()
                item = item_of(session, "T01")
                item.state, item.historic = state, True
                unit = finance if role in OF_UNITS else None
                before = count_of_events(session)
                actor = Actor(name="zhang", roles=frozenset({role}), unit_id=unit)
                refusal = tried(session, item, made, actor, office)
                if refusal is None:
                    allowed.append((state, role))
                    assert item.state is (rule.to_state or state)
                    assert count_of_events(session) == before + 1
                else:
                    assert str(refusal)
                    assert refusal.advice
                    assert item.state is state
                    assert count_of_events(session) == before
                trial.rollback()

    from_states = rule.from_states | rule.also_from_if_historic
    roles = RIGHTS[rule.permission].roles
    assert set(allowed) == {(state, role) for state in from_states for role in roles}


def test_a_move_is_on_record_with_who_when_why_and_by_which_document(office: Office) -> None:
    adopt_plan(office, an_item())
    with office.transaction() as session:
        boss = person(session, "wang", Role.APPROVER)
        move(office, session, "T01", Move.CANCEL, boss, reason="任务调整", document="〔2024〕3号")

    with office.reading() as session:
        item = item_of(session, "T01")
        event = session.exec(select(Event).where(Event.act == Move.CANCEL)).one()

    assert item.state is ItemState.CANCELLED
    assert (event.actor, event.as_of, event.about_id) == ("wang", FIRST_DAY, item.id)
    assert (event.before, event.after) == (ItemState.ASSIGNED, ItemState.CANCELLED)
    assert (event.why, event.document) == ("任务调整", "〔2024〕3号")
    assert is_record_whole(office)


def test_a_closed_item_that_is_reopened_begins_another_life(office: Office) -> None:
    adopt_plan(office, an_item())
    change_item(office, "T01", state=ItemState.CLOSED, closed_on=FIRST_DAY, submitted_on=FIRST_DAY)

    with office.transaction() as session:
        desk = person(session, "li", Role.OFFICE)
        move(office, session, "T01", Move.REOPEN, desk, reason="复查不达标")

    with office.reading() as session:
        item = item_of(session, "T01")
        assert (item.state, item.cycle) == (ItemState.IN_PROGRESS, 2)
        assert (item.closed_on, item.submitted_on, item.grade) == (None, None, None)


@pytest.mark.parametrize(
    ("today", "codes"),
    [
        pytest.param(date(2024, 9, 1), [], id="the day before"),
        pytest.param(REVIEW_DAY, ["T01"], id="on the review day"),
        pytest.param(date(2025, 1, 2), ["T01"], id="long after, still waiting"),
    ],
)
def test_a_suspended_item_comes_back_to_the_office_on_its_review_day(
    office: Office, today: date, codes: list[str]
) -> None:
    adopt_plan(office, an_item(), an_item("T02"))
    with office.transaction() as session:
        desk = person(session, "li", Role.OFFICE)
        move(office, session, "T01", Move.SUSPEND, desk, reason="调整", review_on=REVIEW_DAY)

    with office.reading() as session:
        assert [item.code for item in due_reviews(session, today=today)] == codes


def test_an_item_is_found_by_its_code_however_it_is_typed(office: Office) -> None:
    adopt_plan(office, an_item("T07"))

    with office.transaction() as session:
        plan = the_plan(session)
        assert item_named(session, plan, "t07").code == "T07"
        for look in (item_named, item_shown):
            with pytest.raises(UsageError, match="没有编号为“T99”的事项"):
                look(session, plan, "T99")


def test_signing_for_is_of_the_day_it_counts_for(office: Office) -> None:
    adopt_plan(office, an_item())

    with office.transaction() as session:
        move(office, session, "T01", Move.ACKNOWLEDGE, head(session), as_of=date(2024, 3, 5))

    with office.reading() as session:
        assert item_of(session, "T01").acknowledged_on == date(2024, 3, 5)
