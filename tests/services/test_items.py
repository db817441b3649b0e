from datetime import date

import pytest
from sqlalchemy import select
from sqlmodel import col

from db.plan_tables import Plan
from db.work_items import Wanted
from services.items import ListedItem, listed
from services.office import Office
from supervision.vocabulary import ItemKind, ItemState, Light
from tests.builders import adopt_plan, an_item, change_item

HISTORIC = ["T01", "T06", "T32", "T39", "P06"]
DUE = date(2024, 6, 30)
NEXT_DAY = date(2024, 7, 1)


def list_of(office: Office, as_of: date, *, overdue_only: bool = True) -> list[ListedItem]:
    with office.reading() as session:
        plans = tuple(session.connection().execute(select(col(Plan.id))).scalars())
        wanted = Wanted(plan_ids=plans, as_of=as_of, overdue_only=overdue_only)
        return listed(session, wanted, office.policy)


@pytest.mark.parametrize(
    ("as_of", "more", "total"),
    [
        pytest.param(date(2024, 3, 3), [], 5, id="on the day of issue"),
        pytest.param(date(2024, 3, 31), [], 5, id="a deadline's own day, a Sunday"),
        pytest.param(date(2024, 4, 1), ["T02"], 6, id="the day after: deadlines do not roll"),
        pytest.param(date(2024, 6, 1), ["T02", "T03", "T04"], 8, id="three months on"),
        pytest.param(date(2024, 12, 31), ["T02", "T03", "T04"], 8, id="the last day of 2024"),
        pytest.param(
            date(2025, 1, 1),
            ["T02", "T03", "T04", "T07", "T08", "T15", "P04", "P18"],
            13,
            id="the first day of 2025",
        ),
    ],
)
def test_so_many_items_are_overdue_while_nobody_does_anything(
    zhanggong: Office, as_of: date, more: list[str], total: int
) -> None:
    found = list_of(zhanggong, as_of)

    assert len(found) == total
    assert {item.code for item in found} == {*HISTORIC, *more}
    assert {item.code for item in found if item.historic} == set(HISTORIC)


def test_on_new_years_day_of_2026_everything_dated_is_overdue(zhanggong: Office) -> None:
    assert len(list_of(zhanggong, date(2025, 12, 31))) == 13

    found = list_of(zhanggong, date(2026, 1, 1))

    assert len(found) == 59
    assert not {"T05", "T20", "T21", "T38"} & {item.code for item in found}


def test_the_longest_overdue_stands_first(zhanggong: Office) -> None:
    days = [item.days_overdue for item in list_of(zhanggong, date(2025, 1, 1))]

    assert days == sorted(days, reverse=True)
    assert days[-1] == 1


def test_the_list_has_tasks_before_projects_in_the_order_of_the_plan(zhanggong: Office) -> None:
    codes = [item.code for item in list_of(zhanggong, date(2024, 3, 3), overdue_only=False)]

    assert codes == [f"T{n:02d}" for n in range(1, 45)] + [f"P{n:02d}" for n in range(1, 20)]


def test_before_the_baseline_there_is_nothing_to_list(zhanggong: Office) -> None:
    assert list_of(zhanggong, date(2024, 3, 2), overdue_only=False) == []


@pytest.mark.parametrize(
    ("state", "submitted_on", "listed_as_overdue"),
    [
        pytest.param(ItemState.ASSIGNED, None, True, id="assigned"),
        pytest.param(ItemState.IN_PROGRESS, DUE, True, id="sent back"),
        pytest.param(ItemState.SUBMITTED, DUE, False, id="asked on the due day"),
        pytest.param(ItemState.SUBMITTED, NEXT_DAY, True, id="asked a day late"),
        pytest.param(ItemState.SUBMITTED, None, True, id="asked nobody knows when"),
        pytest.param(ItemState.CLOSED, DUE, False, id="closed"),
        pytest.param(ItemState.SUSPENDED, None, False, id="suspended"),
        pytest.param(ItemState.CANCELLED, None, False, id="cancelled"),
    ],
)
def test_the_database_and_the_rule_agree_on_what_is_overdue(
    office: Office, state: ItemState, submitted_on: date | None, *, listed_as_overdue: bool
) -> None:
    adopt_plan(office, an_item("T01", due_on=DUE))
    change_item(office, "T01", state=state, submitted_on=submitted_on)

    (item,) = list_of(office, NEXT_DAY, overdue_only=False)
    overdue = list_of(office, NEXT_DAY)

    assert (item.days_overdue == 1) is listed_as_overdue
    assert (overdue == [item]) is listed_as_overdue


def test_a_line_says_who_answers_and_why_the_light_shines(office: Office) -> None:
    adopt_plan(office, an_item("P01", due_on=DUE, lead="区发改委", supporting=["区财政局"]))

    (item,) = list_of(office, NEXT_DAY)

    assert (item.kind, item.code) == (ItemKind.PROJECT, "P01")
    assert (item.light, item.rule, item.reason) == (Light.RED, "R14", "已逾期1天")
    assert (item.lead_unit, item.supporting_units) == ("区发改委", ["区财政局"])
