"""What the report says about who answers."""

import pytest

from tests.tasks_catalog.findings.plans import (
    Thing,
    a_measure,
    a_project,
    a_task,
    an_indicator,
    found_in,
)

MEMBERS = "县城市更新工作领导小组各成员单位"
BUREAU, OTHER, THIRD = "县城管局", "县财政局", "县水利局"
COMPANY = "青山县供水有限公司"
NOISE: list[Thing] = [
    a_measure(
        "二（一）1（1）", "完善统计台账。建立畜禽粪污利用台账，规范养殖场管理。", owners=[THIRD]
    ),
    a_measure(
        "二（一）1（2）", "推广绿色建筑。新建建筑执行节能标准，鼓励使用绿色建材。", owners=[THIRD]
    ),
    a_task(9, "推广绿色建筑", "新建建筑执行节能标准。", owners=[THIRD]),
]
WORK = "健全餐厨垃圾收运体系。引导餐饮企业与收运单位签约，逐步实现餐厨垃圾全量收运。"


@pytest.mark.parametrize(
    ("text", "is_found"),
    [
        pytest.param("建立协调机制。由各成员单位落实。", True, id="members not listed"),
        pytest.param("建立协调机制。成员单位包括县城管局、县财政局。", False, id="members listed"),
    ],
)
def test_a_collective_without_listed_members_is_found(text: str, *, is_found: bool) -> None:
    ids = found_in(a_measure("二（一）1（1）", text, owners=[MEMBERS]))

    assert (f"owners.no_members:{MEMBERS}" in ids) is is_found


def test_a_bureau_is_no_collective() -> None:
    ids = found_in(a_task(1, "开展排查", owners=[BUREAU]))

    assert not {name for name in ids if name.startswith("owners.no_members")}


@pytest.mark.parametrize(
    ("owners", "finding"),
    [
        pytest.param([COMPANY], "owners.only_companies", id="only a company"),
        pytest.param([BUREAU, COMPANY], "owners.company_beside:P01", id="a company and a bureau"),
        pytest.param([BUREAU], None, id="only a bureau"),
    ],
)
def test_companies_that_answer_are_found(owners: list[str], finding: str | None) -> None:
    ids = found_in(a_project(1, "自来水厂改造项目", owners=owners))

    named = {name for name in ids if "compan" in name}
    assert named == ({finding} if finding else set())


@pytest.mark.parametrize(
    ("owners", "is_found"),
    [
        pytest.param([MEMBERS], True, id="its own members"),
        pytest.param([BUREAU], False, id="a bureau"),
    ],
)
def test_a_group_to_be_founded_by_its_members_is_found(
    owners: list[str], *, is_found: bool
) -> None:
    ids = found_in(a_task(1, "成立县城市更新工作领导小组", owners=owners))

    assert ("owners.founds_itself:T01" in ids) is is_found


def test_members_may_be_asked_for_other_work() -> None:
    assert "owners.founds_itself:T01" not in found_in(
        a_task(1, "建立信息报送制度", owners=[MEMBERS])
    )


@pytest.mark.parametrize(
    ("owners", "finding"),
    [
        pytest.param([BUREAU], "owners.differ:T01", id="fewer than in the body"),
        pytest.param([BUREAU, OTHER, THIRD], "owners.differ:T01", id="more than in the body"),
        pytest.param([OTHER, BUREAU], "owners.order:T01", id="the same, another first"),
        pytest.param([BUREAU, OTHER], None, id="the same"),
    ],
)
def test_owners_of_a_task_that_differ_from_the_body_are_found(
    owners: list[str], finding: str | None
) -> None:
    measure = a_measure("二（二）1（1）", WORK, owners=[BUREAU, OTHER])
    task = a_task(1, "健全餐厨垃圾收运体系", "逐步实现餐厨垃圾全量收运。", owners=owners)

    ids = found_in(*NOISE, measure, task)

    differing = {name for name in ids if name.startswith(("owners.differ", "owners.order"))}
    assert differing == ({finding} if finding else set())


def test_a_part_of_a_measure_shared_by_function_may_have_fewer_owners() -> None:
    measure = a_measure("二（二）1（1）", WORK, owners=[BUREAU, OTHER], by_function=True)
    task = a_task(1, "健全餐厨垃圾收运体系", "逐步实现餐厨垃圾全量收运。", owners=[BUREAU])

    assert "owners.differ:T01" not in found_in(*NOISE, measure, task)


def test_who_builds_a_project_is_not_compared_with_the_body() -> None:
    measure = a_measure("二（二）1（1）", WORK, owners=[BUREAU, OTHER])
    project = a_project(1, "健全餐厨垃圾收运体系", "逐步实现餐厨垃圾全量收运。", owners=[THIRD])

    assert "owners.differ:P01" not in found_in(*NOISE, measure, project)


def test_a_task_that_no_measure_clearly_speaks_of_is_not_compared() -> None:
    measure = a_measure("二（二）1（1）", WORK, owners=[BUREAU, OTHER])

    ids = found_in(*NOISE, measure, a_task(1, "更新消防设施", "配齐消火栓。", owners=[THIRD]))

    assert "owners.differ:T01" not in ids


GARBAGE = "到2025年，秸秆综合利用率达到95%。"


@pytest.mark.parametrize(
    ("owners", "is_found"),
    [
        pytest.param([BUREAU], True, id="fewer than in the body"),
        pytest.param([BUREAU, OTHER], False, id="as in the body"),
    ],
)
def test_owners_of_an_indicator_that_differ_from_the_body_are_found(
    owners: list[str], *, is_found: bool
) -> None:
    measure = a_measure("二（二）1（1）", GARBAGE, owners=[BUREAU, OTHER])
    indicator = an_indicator(1, "秸秆综合利用率", target="95", owners=owners)

    assert ("owners.differ:I01" in found_in(*NOISE, measure, indicator)) is is_found


def test_one_promise_over_two_indicators_is_compared_with_the_owners_of_both() -> None:
    text = "到2025年，城市居民小区和农村地区垃圾分类覆盖率达到100%。"
    measure = a_measure("二（二）1（1）", text, owners=[BUREAU, OTHER])
    city = an_indicator(1, "城市居民小区垃圾分类覆盖率", target="100", owners=[BUREAU])
    country = an_indicator(2, "农村地区垃圾分类覆盖率", target="100", owners=[BUREAU, OTHER])

    ids = found_in(*NOISE, measure, city, country)

    assert not ids & {"owners.differ:I01", "owners.differ:I02"}
