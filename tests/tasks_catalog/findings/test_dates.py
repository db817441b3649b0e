"""What the report says about time and order."""

from datetime import date

import pytest

from tests.tasks_catalog.findings.plans import Thing, a_measure, a_project, a_task, found_in

EVE, ISSUED = date(2024, 1, 9), date(2024, 1, 10)


@pytest.mark.parametrize(
    ("due", "is_found"),
    [
        pytest.param(EVE, True, id="due the day before the date of issue"),
        pytest.param(ISSUED, False, id="due on the date of issue"),
    ],
)
def test_what_was_due_before_the_plan_was_issued_is_found(due: date, *, is_found: bool) -> None:
    ids = found_in(a_task(1, "完成排查", due=due), issued_on=ISSUED)

    assert ("dates.before_issue" in ids) is is_found


def test_a_plan_without_a_date_of_issue_has_nothing_due_before_it() -> None:
    assert "dates.before_issue" not in found_in(a_task(1, "完成排查", due=2001), issued_on=None)


@pytest.mark.parametrize(
    ("due", "is_found"),
    [pytest.param(2026, True, id="a year late"), pytest.param(2025, False, id="in its last year")],
)
def test_what_is_due_after_the_plan_s_period_is_found(due: int, *, is_found: bool) -> None:
    ids = found_in(a_task(1, "完成排查", due=due), period=(2024, 2025))

    assert ("dates.after_period" in ids) is is_found


@pytest.mark.parametrize(
    ("first_year", "is_found"),
    [pytest.param(2023, True, id="begins a year ago"), pytest.param(2024, False, id="this year")],
)
def test_years_that_were_over_at_issue_are_found(first_year: int, *, is_found: bool) -> None:
    ids = found_in(a_task(1, "完成排查"), period=(first_year, 2025), issued_on=ISSUED)

    assert ("dates.period_before_issue" in ids) is is_found


@pytest.mark.parametrize(
    ("due", "is_found"),
    [pytest.param(None, True, id="lasting"), pytest.param(2025, False, id="dated")],
)
def test_a_lasting_duty_without_a_rhythm_is_found(due: int | None, *, is_found: bool) -> None:
    assert ("dates.no_rhythm" in found_in(a_task(1, "加强巡查", due=due))) is is_found


@pytest.mark.parametrize(
    ("title", "due", "is_found"),
    [
        pytest.param("持续加大执法力度", 2025, True, id="lasting and dated"),
        pytest.param("持续加大执法力度", None, False, id="lasting, not dated"),
        pytest.param("建成执法平台", 2025, False, id="dated, with an end"),
    ],
)
def test_lasting_work_with_a_date_is_found(title: str, due: int | None, *, is_found: bool) -> None:
    assert ("dates.lasting_but_dated" in found_in(a_task(1, title, due=due))) is is_found


OTHERS: list[Thing] = [
    a_task(7, "推广屋顶光伏"),
    a_task(8, "开展宣传培训"),
    a_measure("二（一）1", "加强宣传。"),
]


@pytest.mark.parametrize(
    ("facility_due", "is_found"),
    [
        pytest.param(2024, True, id="the facility a year before its rule"),
        pytest.param(2025, False, id="both in one year"),
    ],
)
def test_a_facility_due_before_its_rule_is_found(facility_due: int, *, is_found: bool) -> None:
    rule = a_task(1, "制定餐厨垃圾收运处理管理办法", due=2025)
    facility = a_project(1, "餐厨垃圾收运处理体系建设", due=facility_due)

    assert ("order:P01/T01" in found_in(rule, facility, *OTHERS)) is is_found


def test_a_facility_of_another_subject_may_come_before_a_rule() -> None:
    rule = a_task(1, "制定餐厨垃圾收运处理管理办法", due=2025)

    ids = found_in(rule, a_project(1, "老旧小区停车场建设", due=2024), *OTHERS)

    assert "order:P01/T01" not in ids


@pytest.mark.parametrize(
    ("plan_title", "is_found"),
    [
        pytest.param("制定有害垃圾处置工作方案", True, id="one subject"),
        pytest.param("制定园林绿化养护工作方案", False, id="another subject"),
    ],
)
def test_a_rule_due_years_before_the_plan_for_its_subject_is_found(
    plan_title: str, *, is_found: bool
) -> None:
    rule = a_task(1, "出台《关于规范有害垃圾分类的通知》", due=2024)

    ids = found_in(rule, a_task(2, plan_title, due=2025), *OTHERS)

    assert ("order:T01/T02" in ids) is is_found
