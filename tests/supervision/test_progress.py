from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from supervision.periods import Quarter
from supervision.progress import Course, Expectation, expected
from supervision.vocabulary import ItemKind

STARTS = date(2024, 3, 3)
DUE = date(2025, 12, 31)
MILESTONES = {Quarter(2024, 2): 30, Quarter(2024, 4): 60, Quarter(2025, 4): 100}


def a_course(
    kind: ItemKind = ItemKind.TASK,
    *,
    due_on: date | None = DUE,
    milestones: dict[Quarter, int] | None = None,
) -> Course:
    return Course(kind=kind, starts_on=STARTS, due_on=due_on, milestones=milestones or {})


@pytest.mark.parametrize(
    ("day", "percent"),
    [
        pytest.param(date(2024, 6, 29), 0, id="before the first quarter ends nothing is expected"),
        pytest.param(date(2024, 6, 30), 30, id="on the last day of its quarter it is"),
        pytest.param(date(2024, 12, 30), 30, id="until the next quarter ends, the last one holds"),
        pytest.param(date(2024, 12, 31), 60, id="then the next"),
        pytest.param(date(2025, 12, 30), 60, id="a quarter without one changes nothing"),
        pytest.param(date(2027, 1, 1), 100, id="after the last one it stays"),
    ],
)
@pytest.mark.parametrize("kind", ItemKind, ids=str)
def test_milestones_say_how_far_an_item_should_be(kind: ItemKind, day: date, percent: int) -> None:
    assert expected(a_course(kind, milestones=MILESTONES), on=day).percent == percent


def test_an_expectation_by_milestone_says_which() -> None:
    course = a_course(milestones=MILESTONES)

    assert expected(course, on=date(2025, 1, 2)).reason == "2024年第四季度节点"
    assert expected(course, on=STARTS).reason == "首个节点为2024年第二季度末"


@pytest.mark.parametrize(
    ("day", "percent"),
    [
        pytest.param(STARTS - timedelta(days=1), 0, id="before it starts"),
        pytest.param(STARTS, 0, id="on its first day"),
        pytest.param(date(2025, 2, 1), 50, id="halfway"),
        pytest.param(date(2025, 12, 30), 99, id="the day before it is due"),
        pytest.param(date(2025, 12, 31), 100, id="on its due day"),
        pytest.param(date(2026, 6, 1), 100, id="long after"),
    ],
)
def test_a_project_without_milestones_goes_straight_to_its_date(day: date, percent: int) -> None:
    found = expected(a_course(ItemKind.PROJECT), on=day)

    assert found == Expectation(
        percent=percent, reason="未报节点，按2024-03-03至2025-12-31匀速推算"
    )


@pytest.mark.parametrize(
    ("course", "reason"),
    [
        pytest.param(a_course(), "未报序时进度（年度节点）", id="a task without milestones"),
        pytest.param(
            a_course(ItemKind.PROJECT, due_on=None),
            "没有到期日，也未报序时进度",
            id="a project without a date",
        ),
    ],
)
def test_without_a_basis_nothing_is_expected_and_the_reason_is_said(
    course: Course, reason: str
) -> None:
    assert expected(course, on=date(2025, 6, 1)) == Expectation(percent=None, reason=reason)


@given(st.dates(date(2020, 1, 1), date(2030, 1, 1)), st.integers(0, 400))
def test_a_project_due_on_any_day_is_never_expected_to_go_back(due_on: date, later: int) -> None:
    course = a_course(ItemKind.PROJECT, due_on=due_on)
    day = STARTS + timedelta(days=later)

    first, second = (expected(course, on=on).percent for on in (day, day + timedelta(days=1)))

    assert first is not None
    assert second is not None
    assert 0 <= first <= second <= 100
