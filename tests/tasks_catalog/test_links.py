"""Measures are linked to items and indicators where the words say so, and nowhere else."""

from pathlib import Path

import pytest

from tasks_catalog.extract import read_plan
from tasks_catalog.links import Basis, Link, links_of
from tests.tasks_catalog.findings.plans import (
    Thing,
    a_measure,
    a_plan,
    a_project,
    a_task,
    an_indicator,
)

PATH = "二（二）1（1）"
NOISE: list[Thing] = [
    a_measure("二（一）1（1）", "加强巡查。对重点河段开展全天候巡查，严厉打击非法采砂。"),
    a_measure("二（一）1（2）", "推广节水灌溉。实施渠道防渗改造，发展高效节水农业。"),
]


def _common(links: list[Link], code: str) -> set[tuple[str, Basis]]:
    return {(link.measure_path, link.basis) for link in links if link.code == code}


@pytest.mark.parametrize(
    ("text", "thing", "code", "basis"),
    [
        pytest.param(
            "统筹双碳。出台《青山县工业碳达峰方案》。",
            a_task(1, "印发《青山县工业碳达峰方案》", "明确目标。"),
            "T01",
            Basis.DOCUMENT,
            id="one document",
        ),
        pytest.param(
            "完善回收。新建1座再生资源分拣中心。",
            a_project(1, "城东分拣中心项目"),
            "P01",
            Basis.FACILITY,
            id="one sort of facility",
        ),
        pytest.param(
            "秸秆利用。到2025年，秸秆综合利用率达到95%。",
            an_indicator(1, "秸秆综合利用率"),
            "I01",
            Basis.INDICATOR,
            id="one indicator",
        ),
        pytest.param(
            "推进“无废园区”建设。开展试点。",
            an_indicator(1, "“无废园区”建设数量", unit="个"),
            "I01",
            Basis.INDICATOR,
            id="one thing in quotation marks",
        ),
        pytest.param(
            "健全餐厨垃圾收运体系。引导餐饮企业签约。",
            a_task(1, "健全餐厨垃圾收运体系"),
            "T01",
            Basis.WORDS,
            id="the same words for the work",
        ),
    ],
)
def test_what_a_measure_and_an_item_have_in_common_links_them(
    text: str, thing: Thing, code: str, basis: Basis
) -> None:
    links = links_of(a_plan(*NOISE, a_measure(PATH, text), thing))

    assert (PATH, basis) in _common(links, code)


def test_where_two_measures_come_close_nothing_is_said() -> None:
    text = "健全餐厨垃圾收运体系。引导餐饮企业签约。"
    twins = [a_measure(PATH, text), a_measure("二（二）1（2）", text)]

    links = links_of(a_plan(*NOISE, *twins, a_task(1, "健全餐厨垃圾收运体系")))

    assert links == []


def test_a_field_of_the_list_narrows_the_measures_to_its_chapter() -> None:
    text = "健全垃圾收运体系。引导企业签约。"
    country = a_measure("二（二）1（1）", text, section="推动农业领域绿色发展")
    town = a_measure("二（三）1（1）", text, section="推动生活领域精细管理")

    links = links_of(a_plan(*NOISE, country, town, a_task(1, "健全垃圾收运体系", group="生活领域")))

    assert [link.measure_path for link in links] == ["二（三）1（1）"]


def test_links_of_the_issued_plan_give_their_reason_in_words_that_both_places_print() -> None:
    plan = read_plan(Path("tasks_catalog/plans/zhanggong/plan.txt"))

    links = links_of(plan)

    texts = {measure.path: measure.text for measure in plan.measures}
    assert all(link.clause in texts[link.measure_path] for link in links)
    assert all(link.reason for link in links)
    assert _common(links, "P15") == {("二（五）4（3）", Basis.WORDS)}
    assert _common(links, "P13") == {("二（五）2（2）", Basis.FACILITY)}
    assert ("二（一）3（2）", Basis.DOCUMENT) in _common(links, "T06")
    assert _common(links, "I06") == {("二（二）3（2）", Basis.INDICATOR)}
    assert "P18" not in {link.code for link in links}
