"""What the report says about what the lists leave out or count twice."""

import pytest

from tests.tasks_catalog.findings.plans import (
    Thing,
    a_measure,
    a_project,
    a_task,
    an_indicator,
    found_in,
)

PATH = "二（二）1（1）"
NOISE: list[Thing] = [
    a_measure("二（一）1（1）", "加强巡查。对重点河段开展全天候巡查，严厉打击非法采砂。"),
    a_measure("二（一）1（2）", "推广节水灌溉。实施渠道防渗改造，发展高效节水农业。"),
]


@pytest.mark.parametrize(
    ("indicator", "is_found"),
    [
        pytest.param(an_indicator(1, "公交分担率", target="40"), True, id="not among indicators"),
        pytest.param(an_indicator(1, "绿色出行比例", target="85"), False, id="an indicator of it"),
    ],
)
def test_a_promised_figure_without_an_indicator_is_found(
    indicator: Thing, *, is_found: bool
) -> None:
    measure = a_measure(PATH, "倡导绿色生活。到2025年，绿色出行比例达85%以上。")

    assert (f"coverage.no_indicator:{PATH}" in found_in(*NOISE, measure, indicator)) is is_found


def test_a_plan_without_indicators_misses_none() -> None:
    measure = a_measure(PATH, "倡导绿色生活。到2025年，绿色出行比例达85%以上。")

    assert f"coverage.no_indicator:{PATH}" not in found_in(*NOISE, measure)


@pytest.mark.parametrize(
    ("text", "is_found"),
    [
        pytest.param("建成青山县城南污水处理项目，", True, id="named, not listed"),
        pytest.param("建成青山县城北供水改造项目，", False, id="named and listed"),
        pytest.param("推进老旧小区改造项目，", False, id="a sort of projects, none by name"),
    ],
)
def test_a_project_named_in_the_body_and_not_listed_is_found(text: str, *, is_found: bool) -> None:
    measure = a_measure(PATH, f"补齐短板。{text}提升服务能力。")
    listed = a_project(1, "青山县城北供水改造建设项目")

    assert (f"coverage.no_project:{PATH}" in found_in(*NOISE, measure, listed)) is is_found


@pytest.mark.parametrize(
    ("promised", "is_found"),
    [pytest.param(1, True, id="one promised, two built"), pytest.param(2, False, id="two and two")],
)
def test_more_facilities_than_promised_are_found(promised: int, *, is_found: bool) -> None:
    measure = a_measure(PATH, f"完善回收体系。新建{promised}座再生资源分拣中心。")
    projects = [a_project(1, "城东分拣中心项目"), a_project(2, "城西分拣中心项目")]

    ids = found_in(*NOISE, measure, *projects)

    assert (f"coverage.more_facilities:{PATH}" in ids) is is_found


@pytest.mark.parametrize(
    ("second", "is_found"),
    [pytest.param("天和永磁", True, id="again"), pytest.param("科睿药业", False, id="another")],
)
def test_a_name_in_two_lists_of_one_item_is_found(second: str, *, is_found: bool) -> None:
    content = f"推动中盛隆、天和永磁等项目落地，推动海尔医疗、{second}等项目扩产。"

    assert ("overlaps.named_twice:T01" in found_in(a_task(1, "做强产业", content))) is is_found


@pytest.mark.parametrize(
    ("company", "is_found"),
    [
        pytest.param("远大集团", True, id="named in a task"),
        pytest.param("宏图集团", False, id="not"),
    ],
)
def test_a_project_whose_company_a_task_names_is_found(company: str, *, is_found: bool) -> None:
    task = a_task(1, "做强产业", "推动远大集团、中盛隆等项目落地。")

    ids = found_in(task, a_project(1, "总部基地建设", owners=[company]))

    assert ("overlaps.company:T01/P01" in ids) is is_found


@pytest.mark.parametrize(
    ("text", "is_found"),
    [
        pytest.param("建立机制。每季度调度工作进展。", True, id="each quarter"),
        pytest.param("建立机制。定期开展专题培训。", True, id="regularly"),
        pytest.param("建立机制。明确每一个环节的责任。", False, id="each, but not in time"),
        pytest.param("建立机制。明确部门职责。", False, id="once"),
    ],
)
def test_a_recurrent_duty_inside_a_measure_is_found(text: str, *, is_found: bool) -> None:
    ids = found_in(*NOISE, a_measure(PATH, text), a_task(1, "开展排查"))

    assert (f"recurrent:{PATH}" in ids) is is_found


def test_a_recurrent_figure_that_an_indicator_measures_is_not_reported_twice() -> None:
    measure = a_measure(PATH, "清洁生产。每年审核评估企业比例保持100%。")
    indicator = an_indicator(1, "审核评估企业比例", target="100")

    ids = found_in(*NOISE, measure, indicator, a_task(1, "开展排查"))

    assert "figures.every_year:I01" in ids
    assert f"recurrent:{PATH}" not in ids
