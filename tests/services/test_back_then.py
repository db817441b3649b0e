from datetime import date

import pytest

from db.plan_tables import WorkItem
from services import extensions
from services.back_then import as_it_stood
from services.extensions import Hand, Wish
from services.office import Office
from services.pulling import Asked, pull
from supervision.vocabulary import DeadlineKind, ItemKind, ItemState, Role
from tests.builders import adopt_plan, an_item, item_of
from tests.clock import Clock
from tests.people import head, person, the_plan

DUE = date(2024, 6, 30)
LATER = date(2024, 9, 30)


def an_item_row(state: ItemState, **stated: object) -> WorkItem:
    usual: dict[str, object] = {
        "code": "T01",
        "kind": ItemKind.TASK,
        "number": 1,
        "title": "一事",
        "content": "一事",
        "deadline_kind": DeadlineKind.YEAR,
        "state": state,
        "original_due_on": DUE,
        "due_on": DUE,
        "adopted_on": date(2024, 3, 3),
        "assigned_on": date(2024, 3, 3),
        "provenance": {},
    }
    return WorkItem(**(usual | stated))  # type: ignore[arg-type]


CLOSED = {
    "acknowledged_on": date(2024, 4, 1),
    "submitted_on": date(2024, 5, 1),
    "closed_on": date(2024, 5, 20),
}


@pytest.mark.parametrize(
    ("day", "state"),
    [
        pytest.param(date(2024, 3, 31), ItemState.ASSIGNED, id="not signed for yet"),
        pytest.param(date(2024, 4, 1), ItemState.IN_PROGRESS, id="signed for"),
        pytest.param(date(2024, 5, 1), ItemState.SUBMITTED, id="asked to close"),
        pytest.param(date(2024, 5, 20), ItemState.CLOSED, id="closed"),
    ],
)
def test_a_closed_item_goes_back_step_by_step(day: date, state: ItemState) -> None:
    item = an_item_row(ItemState.CLOSED, **CLOSED)

    then = as_it_stood(item, as_of=day, due_on={})

    assert then.state is state
    assert (then.closed_on is None) is (state is not ItemState.CLOSED)


@pytest.mark.parametrize(
    ("stated", "day", "historic"),
    [
        pytest.param({"historic": True}, LATER, True, id="still waiting"),
        pytest.param({"settled_on": date(2024, 4, 10)}, date(2024, 4, 9), True, id="not settled"),
        pytest.param({"settled_on": date(2024, 4, 10)}, date(2024, 4, 10), False, id="settled"),
        pytest.param({}, date(2024, 4, 9), False, id="never historic"),
    ],
)
def test_an_item_awaited_settling_until_it_was_settled(
    stated: dict[str, object], day: date, *, historic: bool
) -> None:
    item = an_item_row(ItemState.IN_PROGRESS, acknowledged_on=date(2024, 4, 1), **stated)

    assert as_it_stood(item, as_of=day, due_on={}).historic is historic


def test_a_historic_item_closed_with_its_evidence_was_historic_until_then() -> None:
    before = date(2023, 12, 31)
    item = an_item_row(ItemState.CLOSED, original_due_on=before, due_on=before, **CLOSED)

    assert as_it_stood(item, as_of=date(2024, 5, 19), due_on={}).historic is True
    assert as_it_stood(item, as_of=date(2024, 5, 20), due_on={}).historic is False


@pytest.mark.parametrize("state", [ItemState.SUSPENDED, ItemState.CANCELLED], ids=str)
def test_what_no_row_dates_stands_as_it_is_today(state: ItemState) -> None:
    item = an_item_row(state, acknowledged_on=date(2024, 4, 1))

    assert as_it_stood(item, as_of=date(2024, 4, 2), due_on={}) is item


@pytest.mark.parametrize(
    ("day", "overdue"),
    [
        pytest.param(date(2024, 7, 1), [1], id="before the extension was granted"),
        pytest.param(date(2024, 7, 2), [], id="on the day it was"),
        pytest.param(date(2024, 10, 1), [1], id="after the later date"),
    ],
)
def test_a_date_moved_later_does_not_unmake_the_days_it_was_overdue(
    office: Office, clock: Clock, day: date, overdue: list[int]
) -> None:
    adopt_plan(office, an_item("T01", due_on=DUE))
    with office.transaction() as session:
        item, unit = item_of(session, "T01"), head(session)
        boss = person(session, "签发人", Role.APPROVER)
        asking = Hand(actor=unit, as_of=date(2024, 6, 3), now=office.now(), policy=office.policy)
        wish = Wish(new_due_on=LATER, reason="设备未到", progress="过半")
        extensions.ask(session, the_plan(session), item, asking, wish)
        desk = person(session, "调度员", Role.OFFICE)
        reading = Hand(actor=desk, as_of=date(2024, 6, 4), now=office.now(), policy=office.policy)
        extensions.review(session, item, reading, opinion="属实")
        granting = Hand(actor=boss, as_of=date(2024, 7, 2), now=office.now(), policy=office.policy)
        extensions.decide(session, item, granting, approves=True, document="章无废办〔2024〕3号")
    clock.turn_to(date(2024, 11, 1))

    with office.reading() as session:
        found = pull(session, office, Asked(as_of=day, overdue_only=True)).items

    assert [line.days_overdue for line in found] == overdue
