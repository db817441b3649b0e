"""What the report says about figures, amounts and targets."""

import pytest

from supervision.vocabulary import Direction
from tests.tasks_catalog.findings.plans import (
    Thing,
    a_measure,
    a_project,
    a_task,
    an_indicator,
    found_in,
)

NOISE: list[Thing] = [
    a_measure("二（一）1（1）", "加强巡查。对重点河段开展全天候巡查，严厉打击非法采砂。"),
    a_measure("二（一）1（2）", "推广节水灌溉。实施渠道防渗改造，发展高效节水农业。"),
]


def measure(text: str) -> list[Thing]:
    return [*NOISE, a_measure("二（二）1（1）", text)]


@pytest.mark.parametrize(
    ("text", "name", "unit", "present", "target", "is_found"),
    [
        pytest.param(
            "到2025年，秸秆综合利用率达到95%。",
            "秸秆综合利用率",
            "%",
            "90",
            "97",
            True,
            id="a ratio",
        ),
        pytest.param(
            "到2025年，秸秆综合利用率达到95%以上。",
            "秸秆综合利用率",
            "%",
            "90",
            ">95",
            False,
            id="the same ratio with other signs",
        ),
        pytest.param(
            "到2025年，创建至少20个“无废细胞”。",
            "“无废城市细胞”数量",
            "个",
            "0",
            "30",
            True,
            id="a number of things, its name with words between",
        ),
        pytest.param(
            "到2025年，新增3家绿色工厂。",
            "获批绿色工厂数量",
            "个",
            "7",
            "10",
            False,
            id="what is added to the present value",
        ),
        pytest.param(
            "到2025年，新增3家绿色工厂。",
            "获批绿色工厂数量",
            "个",
            "7",
            "12",
            True,
            id="added, but not up to the target",
        ),
        pytest.param(
            "到2025年，生活垃圾资源化利用率达到60%。",
            "建筑废弃物资源化利用率",
            "%",
            "10",
            "30",
            False,
            id="two things measured alike",
        ),
        pytest.param(
            "目前秸秆综合利用率已达到80%。",
            "秸秆综合利用率",
            "%",
            "80",
            "97",
            False,
            id="the present",
        ),
    ],
)
def test_a_figure_in_the_body_against_the_indicator(
    text: str, name: str, unit: str, present: str, target: str, *, is_found: bool
) -> None:
    indicator = an_indicator(1, name, unit=unit, present=present, target=target)

    assert ("figures.differ:I01" in found_in(*measure(text), indicator)) is is_found


def test_a_figure_in_the_goals_is_compared_too() -> None:
    indicator = an_indicator(1, "秸秆综合利用率", present="90", target="97")

    ids = found_in(*NOISE, indicator, goals=["到2025年，全县秸秆综合利用率达到95%。"])

    assert "figures.differ:I01" in ids


@pytest.mark.parametrize(
    ("name", "present", "target", "is_found"),
    [
        pytest.param("生活垃圾清运量", "27.25", "32.16", True, id="more of what is to be limited"),
        pytest.param("生活垃圾清运量", "32.16", "27.25", False, id="less of what is to be limited"),
        pytest.param("畜禽粪污综合利用率", "92.3", ">90", True, id="a floor below today"),
        pytest.param("畜禽粪污综合利用率", "92.3", "95", False, id="a floor above today"),
        pytest.param("细颗粒物年均浓度", "30", "27", False, id="a concentration may fall"),
        pytest.param("处置量下降比例", "-", "10", False, id="no present value"),
    ],
)
def test_a_target_looser_than_today(
    name: str, present: str, target: str, *, is_found: bool
) -> None:
    ids = found_in(an_indicator(1, name, present=present, target=target))

    assert ("figures.looser:I01" in ids) is is_found


@pytest.mark.parametrize(
    ("quantity", "is_found"),
    [pytest.param("总产值", True, id="another"), pytest.param("增加值", False, id="the same")],
)
def test_another_quantity_in_body_and_indicator(quantity: str, *, is_found: bool) -> None:
    text = f"到2025年，战略性新兴产业{quantity}占规模以上工业比重达到35%。"
    indicator = an_indicator(1, "战略性新兴产业增加值占规上工业比重", target="35")

    assert ("figures.quantity:I01" in found_in(*measure(text), indicator)) is is_found


@pytest.mark.parametrize(
    ("content", "is_found"),
    [
        pytest.param("拟建装机容量4.04G。", True, id="a prefix alone"),
        pytest.param("拟建装机容量4.04GW。", False, id="a whole unit"),
        pytest.param("建设5G基站，产出6N级高纯金属。", False, id="names that hold figures"),
    ],
)
def test_a_unit_cut_off_after_a_figure(content: str, *, is_found: bool) -> None:
    assert ("figures.unit_cut" in found_in(a_project(1, "光伏项目", content))) is is_found


@pytest.mark.parametrize(
    ("name", "target", "unit", "is_found"),
    [
        pytest.param("城市更新项目投资总额", "3", "亿元", True, id="the sum is 2"),
        pytest.param("城市更新项目投资总额", "2", "亿元", False, id="the sum is the target"),
        pytest.param("城市更新项目投资总额", "20000", "万元", False, id="the same in another unit"),
        pytest.param(
            "全社会固定资产投资总额", "300", "亿元", False, id="the county's, no project's"
        ),
    ],
)
def test_the_projects_sum_against_the_promised_investment(
    name: str, target: str, unit: str, *, is_found: bool
) -> None:
    projects = [a_project(1, "甲工程", wan=12000), a_project(2, "乙工程", wan=8000)]

    ids = found_in(*projects, an_indicator(1, name, target=target, unit=unit))

    assert ("figures.investment:I01" in ids) is is_found


@pytest.mark.parametrize(
    ("text", "is_found"),
    [
        pytest.param("每年审核评估企业比例保持100%。", True, id="each year"),
        pytest.param("到2025年，审核评估企业比例达到100%。", False, id="at the end"),
    ],
)
def test_a_yearly_figure_with_one_target(text: str, *, is_found: bool) -> None:
    indicator = an_indicator(1, "审核评估企业比例", target="100")

    assert ("figures.every_year:I01" in found_in(*measure(text), indicator)) is is_found


@pytest.mark.parametrize(
    ("target", "is_found"),
    [pytest.param("进一步完善", True, id="a word"), pytest.param("95", False, id="a figure")],
)
def test_a_target_in_words(target: str, *, is_found: bool) -> None:
    ids = found_in(an_indicator(1, "协调机制", target=target))

    assert ("figures.qualitative" in ids) is is_found


@pytest.mark.parametrize(
    ("text", "is_found"),
    [
        pytest.param("到2025年，创建一批绿色社区。", True, id="some by a year"),
        pytest.param("到2025年，创建一批绿色社区，其中示范社区5个。", False, id="with a figure"),
        pytest.param("创建一批绿色社区。", False, id="with no year"),
    ],
)
def test_a_promise_without_a_figure(text: str, *, is_found: bool) -> None:
    assert ("figures.vague:二（二）1（1）" in found_in(*measure(text))) is is_found


def test_a_direction_that_the_office_set_decides_what_is_looser() -> None:
    indicator = an_indicator(
        1, "单位面积化肥施用", present="20", target="25", direction=Direction.AT_MOST
    )

    assert "figures.looser:I01" in found_in(indicator, a_task(1, "测土配方"))
