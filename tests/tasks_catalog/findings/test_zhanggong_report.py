"""The report on the issued plan: what it must find, and that every finding on it is right.

Each id below was read against the printed plan and holds there; a new one fails until somebody
has done so. S numbers are those of the list of what the plan requires.
"""

import re
from pathlib import Path

import pytest

from supervision.vocabulary import Severity
from tasks_catalog.extract import read_plan
from tasks_catalog.findings.review import review, summary
from tasks_catalog.model import Finding, ReadPlan

PLAN = Path("tasks_catalog/plans/zhanggong/plan.txt")
MEMBERS = "区“无废城市”建设工作领导小组各成员单位"
TASKS_WITH_OTHER_OWNERS = """
    T04 T05 T08 T09 T11 T12 T13 T16 T19 T21 T23 T26 T27 T28 T29 T30 T32 T34 T35 T36 T38 T40
    T41 T42 T44
"""
INDICATORS_WITH_OTHER_OWNERS = """
    I04 I06 I08 I16 I17 I18 I19 I20 I21 I22 I48 I49 I50
"""
RIGHT = {
    "figures.differ:I34",
    "dates.before_issue",
    "order:P06/T15",
    "order:T32/T33",
    "figures.looser:I10",
    "figures.looser:I17",
    "figures.looser:I25",
    "figures.quantity:I49",
    "figures.unit_cut",
    "figures.investment:I35",
    f"owners.no_members:{MEMBERS}",
    "owners.no_members:各镇（街道）",
    "owners.founds_itself:T02",
    "owners.only_companies",
    "names.document:T23",
    "names.document:T33",
    "names.document:T34",
    "names.document:T39",
    "names.head:领导小组",
    "coverage.no_project:二（五）3（1）",
    "owners.order:I03",
    "owners.company_beside:P08",
    "overlaps.named_twice:T10",
    "overlaps.company:T10/P17",
    "coverage.more_facilities:二（五）2（2）",
    "coverage.no_indicator:二（二）1（3）",
    "coverage.no_indicator:二（五）2（2）",
    "coverage.no_indicator:二（六）1（2）",
    "coverage.no_indicator:二（六）1（3）",
    "coverage.no_indicator:二（六）1（4）",
    "coverage.no_indicator:二（七）1（2）",
    "figures.every_year:I03",
    "figures.qualitative",
    "figures.vague:二（五）1（3）",
    "figures.vague:二（七）1（1）",
    "dates.no_rhythm",
    "dates.lasting_but_dated",
    "dates.period_before_issue",
    "names.working_groups",
    "recurrent:二（一）1（3）",
    "recurrent:二（二）4（1）",
    "recurrent:二（三）1（2）",
    "recurrent:二（五）1（1）",
    "recurrent:二（五）4（1）",
    "recurrent:二（五）4（3）",
    "recurrent:二（七）2（2）",
    "recurrent:二（七）3（1）",
    *(f"owners.differ:{code}" for code in TASKS_WITH_OTHER_OWNERS.split()),
    *(f"owners.differ:{code}" for code in INDICATORS_WITH_OTHER_OWNERS.split()),
}


@pytest.fixture(scope="module")
def plan() -> ReadPlan:
    return read_plan(PLAN)


@pytest.fixture(scope="module")
def findings(plan: ReadPlan) -> dict[str, Finding]:
    return {finding.id: finding for finding in review(plan)}


def test_every_finding_on_the_plan_was_reviewed_and_is_right(findings: dict[str, Finding]) -> None:
    assert set(findings) == RIGHT


def test_no_two_findings_bear_one_id(plan: ReadPlan) -> None:
    ids = [finding.id for finding in plan.findings]

    assert len(ids) == len(set(ids))


def test_reading_the_plan_reports_its_findings(
    plan: ReadPlan, findings: dict[str, Finding]
) -> None:
    reported = {finding.id: finding for finding in plan.findings}

    assert findings.items() <= reported.items()


@pytest.mark.parametrize(
    ("finding", "places", "words"),
    [
        pytest.param(
            f"owners.no_members:{MEMBERS}", "T02 I34 二（一）1（1）", ["18次", "成员名单"], id="S62"
        ),
        pytest.param("owners.no_members:各镇（街道）", "二（三）4（3）", ["1次"], id="S63"),
        pytest.param(
            "owners.only_companies", "P01 P04 P05 P07 P17 P18 P19", ["督导单位", "简称"], id="S66"
        ),
        pytest.param("owners.company_beside:P08", "P08", ["章贡高新区管委会"], id="S66-P08"),
        pytest.param("owners.founds_itself:T02", "T02", ["由谁牵头"], id="S67"),
        pytest.param("owners.order:I03", "I03 二（二）1（3）", ["区工信局"], id="S68"),
        pytest.param("dates.before_issue", "T01 T06 T32 T39 P06", ["2024年3月3日"], id="S71"),
        pytest.param("order:P06/T15", "P06 T15", ["2023年", "2024年"], id="S74-facility"),
        pytest.param("order:T32/T33", "T32 T33", ["有害垃圾", "2025年"], id="S74-rule"),
        pytest.param("figures.differ:I34", "I34 二（七）3（2）", ["100", "65"], id="S80"),
        pytest.param("figures.investment:I35", "I35 P01 P19", ["34.871亿元", "30亿元"], id="S81"),
        pytest.param("figures.quantity:I49", "I49 二（二）1（1）", ["总产值", "增加值"], id="S82"),
        pytest.param("owners.differ:I49", "I49 二（二）1（1）", ["区商务局"], id="S82-owners"),
        pytest.param("names.head:领导小组", "二（一）1（1） T02", ["区委、区政府"], id="S83"),
        pytest.param("names.document:T39", "T39 二（一）3（2）", ["碳达峰城乡建设领域"], id="S84"),
        pytest.param(
            "names.document:T34", "T34 二（五）2（1）", ["工作方案", "实施方案"], id="S84-T34"
        ),
        pytest.param(
            "names.document:T23", "T23 二（四）3（1）", ["使用回收", "回收处置"], id="S84-T23"
        ),
        pytest.param("figures.looser:I10", "I10", ["27.25", "32.16"], id="S87-I10"),
        pytest.param("figures.looser:I17", "I17", ["92.3", ">90"], id="S87-I17"),
        pytest.param("figures.looser:I25", "I25", ["1.1", "3%"], id="S87-I25"),
        pytest.param(
            "coverage.no_project:二（五）3（1）",
            "二（五）3（1）",
            ["章贡区城镇生活垃圾配套基础设施建设项目"],
            id="S89",
        ),
        pytest.param("overlaps.company:T10/P17", "T10 P17", ["方大集团"], id="S90-company"),
        pytest.param("overlaps.named_twice:T10", "T10", ["天和永磁"], id="S90-twice"),
        pytest.param("figures.every_year:I03", "I03 二（二）1（3）", ["每年"], id="S91"),
        pytest.param("figures.qualitative", "I32 I33 I40 I46", ["验收办法"], id="S92"),
        pytest.param("figures.unit_cut", "P18 P19", ["4.04G", "2G"], id="S50"),
        pytest.param("names.working_groups", "二（一）1（1）", ["绿色工业", "工业领域"], id="S52"),
    ],
)
def test_what_the_plan_contradicts_is_found(
    findings: dict[str, Finding], finding: str, places: str, words: list[str]
) -> None:
    found = findings[finding]

    assert all(place in found.where for place in places.split())
    assert all(word in found.text for word in words)


@pytest.mark.parametrize(
    ("code", "path"),
    [
        *[("T04", "二（七）2（1）"), ("T11", "二（二）1（2）"), ("T13", "二（二）3（2）")],
        *[("T19", "二（三）1（1）"), ("T21", "二（三）3（1）"), ("T26", "二（四）2（1）")],
        *[("T27", "二（四）2（2）"), ("T28", "二（四）2（3）"), ("T29", "二（四）3（2）")],
        *[("T36", "二（五）2（1）"), ("T40", "二（六）2（2）"), ("T41", "二（六）1（4）")],
        *[("T44", "二（六）2（1）"), ("I04", "二（二）1（3）"), ("I06", "二（二）3（2）")],
        *[("I08", "二（六）1（1）"), ("I16", "二（四）2（1）"), ("I17", "二（四）3（1）")],
        *[("I18", "二（四）2（2）"), ("I19", "二（四）2（3）"), ("I20", "二（六）2（2）")],
        *[("I21", "二（五）2（1）"), ("I22", "二（五）2（2）"), ("I48", "二（六）1（1）")],
        *[("I50", "二（二）2（3）")],
    ],
)
def test_owners_that_differ_are_found_beside_the_right_measure(
    plan: ReadPlan, findings: dict[str, Finding], code: str, path: str
) -> None:
    """S85 and S86."""
    found = findings[f"owners.differ:{code}"]
    measure = next(measure for measure in plan.measures if measure.path == path)

    assert found.where == f"{code} / {path}"
    assert measure.source.raw["责任单位"] in found.quotes


def test_every_quote_stands_in_the_plan_word_for_word(findings: dict[str, Finding]) -> None:
    printed = re.sub(r"\[bookmark:[^\]]*\]", "", PLAN.read_text(encoding="utf-8"))

    missing = [
        (finding.id, quote)
        for finding in findings.values()
        for quote in finding.quotes
        if quote not in printed
    ]

    assert missing == []


def test_every_finding_quotes_the_plan(findings: dict[str, Finding]) -> None:
    silent = [f.id for f in findings.values() if not f.quotes]

    assert silent == []


def test_the_gravest_findings_come_first_and_are_counted(plan: ReadPlan) -> None:
    found = review(plan)

    order = [list(Severity).index(finding.severity) for finding in found]
    assert order == sorted(order)
    assert summary(found)[Severity.ERROR] == 1
    assert sum(summary(found).values()) == len(found)
