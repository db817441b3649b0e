from datetime import date

import pytest

from services import close_outs, extensions, item_events
from services.check_words import Health
from services.extensions import Hand, Wish
from services.health import examine
from services.item_events import Said
from services.office import Office
from services.waiting import waiting
from supervision.vocabulary import ItemState, Move, Role
from tests.builders import adopt_plan, an_item, change_item, item_of
from tests.people import hand, head, move, person, prove, the_plan

MONDAY = date(2024, 3, 4)
NUMBERS = ("T01", "T02", "T03", "T04")


@pytest.fixture
def busy(office: Office) -> Office:
    """An office with one item suspended, one disputed, one to close out and one to put off."""
    adopt_plan(office, *(an_item(code, due_on=date(2024, 12, 31)) for code in NUMBERS))
    prove(office, "T03")
    change_item(office, "T03", state=ItemState.IN_PROGRESS)
    with office.transaction() as session:
        desk, unit = person(session, "li", Role.OFFICE), head(session)
        move(office, session, "T01", Move.SUSPEND, desk, reason="调整", review_on=MONDAY)
        words = Said(actor=unit, as_of=MONDAY, now=office.now(), reason="不归我")
        item_events.dispute(session, item_of(session, "T02"), words)
        close_outs.ask(session, item_of(session, "T03"), hand(office, unit), summary="完成")
        asking = Hand(actor=unit, as_of=MONDAY, now=office.now(), policy=office.policy)
        wish = Wish(new_due_on=date(2025, 1, 31), reason="晚", progress="一半")
        extensions.ask(session, the_plan(session), item_of(session, "T04"), asking, wish)
    return office


@pytest.mark.parametrize(
    ("today", "codes"),
    [
        pytest.param(date(2024, 3, 3), ["T02", "T03"], id="before the review day"),
        pytest.param(date(2024, 3, 7), ["T01", "T02", "T03"], id="three working days to review"),
        pytest.param(date(2024, 3, 8), ["T01", "T02", "T03", "T04"], id="a day too many"),
    ],
)
def test_whatever_waits_for_the_office_is_on_its_list(
    busy: Office, today: date, codes: list[str]
) -> None:
    with busy.reading() as session:
        found = waiting(session, busy.policy, today=today)

    assert sorted(code for each in found for code in each.codes) == codes
    assert all(each.shown_by.startswith("duban ") for each in found)


def test_the_doctor_names_what_waits_and_where_to_see_it(busy: Office) -> None:
    (check,) = [check for check in examine(busy) if check.name == "办公室待办"]

    assert check.state is Health.WARNING
    assert "交办异议待答复1项（T02）" in check.why
    assert "duban close-out list" in check.fix


def test_an_office_that_keeps_up_has_nothing_waiting(zhanggong: Office) -> None:
    (check,) = [check for check in examine(zhanggong) if check.name == "办公室待办"]

    assert (check.state, check.why) == (Health.OK, "没有待办")
