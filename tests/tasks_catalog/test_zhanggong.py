"""The issued plan is read exactly; every figure here was counted in the printed text."""

from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from supervision.vocabulary import DeadlineKind, Direction, ItemKind, Mark, UnitKind
from tasks_catalog import catalog
from tasks_catalog.extract import read_plan
from tasks_catalog.model import ReadIndicator, ReadItem, ReadMeasure, ReadPlan

HERE = Path("tasks_catalog/plans/zhanggong")
LINES = (HERE / "plan.txt").read_text(encoding="utf-8").split("\n")
HEADINGS = {*range(134, 144), *range(597, 604), *range(963, 970)}  # lines of the tables' heads
MEMBERS = "区“无废城市”建设工作领导小组各成员单位"


@pytest.fixture(scope="module")
def plan() -> ReadPlan:
    return read_plan(HERE / "plan.txt")


@pytest.fixture(scope="module")
def items(plan: ReadPlan) -> dict[str, ReadItem]:
    return {item.code: item for item in plan.work_items}


@pytest.fixture(scope="module")
def indicators(plan: ReadPlan) -> dict[int, ReadIndicator]:
    return {indicator.number: indicator for indicator in plan.indicators}


@pytest.fixture(scope="module")
def measures(plan: ReadPlan) -> dict[str, ReadMeasure]:
    return {measure.path: measure for measure in plan.measures}


def _of(plan: ReadPlan, kind: ItemKind) -> list[ReadItem]:
    return [item for item in plan.work_items if item.kind is kind]


def _leads(items: list[ReadItem]) -> Counter[str]:
    return Counter(unit for item in items for unit in item.lead_units)


def test_reading_the_plan_gives_exactly_the_reviewed_catalogue(plan: ReadPlan) -> None:
    reviewed = catalog.load(HERE / "catalogue.yaml")

    assert plan.model_copy(update={"findings": []}) == reviewed


def test_the_plan_holds_44_tasks_19_projects_50_indicators_and_61_measures(plan: ReadPlan) -> None:
    kinds = Counter(item.kind for item in plan.work_items)

    assert kinds == {ItemKind.TASK: 44, ItemKind.PROJECT: 19}
    assert len(plan.indicators) == 50
    assert len(plan.measures) == 61
    assert len(plan.units) == 41


def test_the_head_of_the_plan_is_read(plan: ReadPlan) -> None:
    facts = plan.plan

    assert facts.title == "赣州市章贡区“无废城市”建设实施方案（2023—2025年）"
    assert facts.document_number == "区府办字〔2024〕11号"
    assert facts.issuer == "赣州市章贡区人民政府办公室"
    assert facts.issued_on == date(2024, 3, 3)
    assert (facts.period_from, facts.period_to) == (2023, 2025)


def test_safeguards_notes_and_colophon_are_remarks(plan: ReadPlan) -> None:
    beginnings = [remark.split("。")[0][:6] for remark in plan.plan.remarks]

    assert beginnings == [
        "（一）加强组",
        "（二）强化评",
        "（三）完善资",
        "（四）加强技",
        "备注：★为必",
        "抄送：区委办",
        "赣州市章贡区",
    ]


def test_every_line_outside_the_tables_is_a_measure_a_remark_or_narrative(plan: ReadPlan) -> None:
    rows: list[ReadItem | ReadIndicator] = [*plan.work_items, *plan.indicators]
    tables = {line for row in rows for line in _lines_of(row)}
    outside = {n for n, text in enumerate(LINES, start=1) if text.strip()} - tables - HEADINGS

    placed = {line.line for line in plan.narrative} | {m.source.line for m in plan.measures}

    assert plan.unread == []
    assert [LINES[n - 1].split("]")[-1].strip() for n in sorted(outside - placed)] == (
        plan.plan.remarks
    )


def _lines_of(row: ReadItem | ReadIndicator) -> range:
    printed = sum(text.count("\n") + 1 for text in row.source.raw.values())
    return range(row.source.line, row.source.line + printed)


def test_measures_stand_under_seven_parts_and_23_headings(plan: ReadPlan) -> None:
    parts = Counter(measure.path[1:4] for measure in plan.measures)

    assert list(parts.values()) == [7, 11, 11, 9, 10, 6, 7]
    assert len({(measure.section, measure.subsection) for measure in plan.measures}) == 23


def test_tasks_by_working_group_and_by_system(plan: ReadPlan) -> None:
    tasks = _of(plan, ItemKind.TASK)

    assert Counter(task.working_group for task in tasks) == {
        "领导小组办公室": 4,
        "工业领域": 10,
        "危险废物": 7,
        "农业领域": 8,
        "生活领域": 9,
        "建筑领域": 6,
    }
    assert Counter(task.system for task in tasks) == {
        "制度体系": 17,
        "监管体系": 13,
        "市场体系": 8,
        "技术体系": 6,
    }


def test_task_deadlines_keep_their_precision(plan: ReadPlan) -> None:
    tasks = _of(plan, ItemKind.TASK)
    printed: dict[str | None, list[int]] = {}
    for task in tasks:
        printed.setdefault(task.deadline_text, []).append(task.number)

    assert len(printed.pop("2025年")) == 30
    assert printed == {
        "2024年2月": [1],
        "2024年3月": [2],
        "2024年5月": [3, 4],
        "2024年": [7, 8, 15],
        "2023年": [6, 32, 39],
        "持续开展": [5, 20, 21, 38],
    }
    assert Counter(task.deadline_kind for task in tasks) == {
        DeadlineKind.YEAR: 36,
        DeadlineKind.MONTH: 4,
        DeadlineKind.CONTINUING: 4,
    }


@pytest.mark.parametrize(
    ("as_of", "overdue"),
    [
        pytest.param(date(2024, 3, 3), 5, id="on the day of issue"),
        pytest.param(date(2024, 4, 1), 6, id="after March 2024"),
        pytest.param(date(2024, 6, 1), 8, id="after May 2024"),
        pytest.param(date(2025, 1, 1), 13, id="after 2024"),
        pytest.param(date(2026, 1, 1), 59, id="after the plan"),
    ],
)
def test_dated_items_fall_due_as_counted_by_hand(plan: ReadPlan, as_of: date, overdue: int) -> None:
    late = [item for item in plan.work_items if item.due_on and item.due_on < as_of]

    assert len(late) == overdue


def test_projects_by_working_group_deadline_and_money(plan: ReadPlan) -> None:
    projects = _of(plan, ItemKind.PROJECT)
    money: Counter[str | None] = Counter()
    for project in projects:
        money[project.working_group] += int(project.investment_wan or 0)

    assert Counter(project.working_group for project in projects) == {
        "工业领域": 5,
        "危险废物": 3,
        "农业领域": 3,
        "生活领域": 5,
        "建筑领域": 3,
    }
    assert {p.number for p in projects if p.deadline_text == "2024年"} == {4, 18}
    assert {p.number for p in projects if p.deadline_text == "2023年"} == {6}
    assert money == {
        "建筑领域": 122_350,
        "危险废物": 90_200,
        "生活领域": 77_060,
        "工业领域": 58_700,
        "农业领域": 400,
    }
    assert money.total() == 348_710


def test_indicator_marks_and_units_of_measure(plan: ReadPlan) -> None:
    required = [i.number for i in plan.indicators if i.mark is Mark.REQUIRED]
    featured = [i.number for i in plan.indicators if i.mark is Mark.FEATURED]

    # fmt: off
    assert required == [1, 2, 3, 6, 8, 10, 14, 15, 16, 17, 18, 20, 21, 23, 25, 26, 28, 29, 30, 31,
                        32, 35, 40, 42, 47]
    # fmt: on
    assert featured == [48, 49, 50]
    assert Counter(i.unit for i in plan.indicators) == {
        "%": 34,
        "个": 8,
        "-": 4,
        "吨/万元": 2,
        "万吨": 1,
        "亿元": 1,
    }
    assert not any(sign in i.name for i in plan.indicators for sign in "★●")


def test_baselines_and_directions(plan: ReadPlan) -> None:
    without = [i.number for i in plan.indicators if i.baseline_text == "-"]
    directions = {
        direction: [i.number for i in plan.indicators if i.direction is direction]
        for direction in Direction
    }

    assert without == [6, 19, 22, 24, 27, 28, 36, 45, 46, 47, 48, 49, 50]
    assert len(directions[Direction.HOLD]) == 18
    assert directions[Direction.QUALITATIVE] == [32, 40, 46]
    assert directions[Direction.AT_MOST] == [10, 25]
    assert {1, 2, 33} < set(directions[Direction.HOLD])
    assert {17, 28} < set(directions[Direction.AT_LEAST])


def test_units_are_38_bodies_the_office_and_two_collectives(plan: ReadPlan) -> None:
    kinds = Counter(unit.kind for unit in plan.units)

    assert kinds == {
        UnitKind.BUREAU: 18,
        UnitKind.PARTY: 2,
        UnitKind.BRANCH: 5,
        UnitKind.COMMITTEE: 1,
        UnitKind.TOWN: 4,
        UnitKind.COMPANY: 8,
        UnitKind.OFFICE: 1,
        UnitKind.COLLECTIVE: 2,
    }


@pytest.mark.parametrize(
    ("unit", "load"),
    [
        pytest.param("章贡生态环境局", (10, 8, 2), id="environment"),
        pytest.param("区城管局", (9, 1, 4), id="city management"),
        pytest.param("区工信局", (3, 7, 0), id="industry"),
        pytest.param("区农业农村局", (7, 0, 0), id="agriculture"),
        pytest.param("区发改委", (2, 5, 0), id="development and reform"),
        pytest.param("区住建局", (5, 0, 0), id="housing"),
        pytest.param("水东镇人民政府", (0, 0, 4), id="Shuidong"),
        pytest.param("水西镇人民政府", (0, 0, 3), id="Shuixi"),
        pytest.param("沙石镇人民政府", (0, 0, 3), id="Shashi"),
        pytest.param("沙河镇人民政府", (0, 0, 3), id="Shahe"),
        pytest.param("章贡高新区管委会", (0, 0, 3), id="park"),
    ],
)
def test_load_of_a_unit(plan: ReadPlan, unit: str, load: tuple[int, int, int]) -> None:
    tasks, projects = _of(plan, ItemKind.TASK), _of(plan, ItemKind.PROJECT)

    leading = _leads(tasks)[unit]
    supporting = sum(unit in task.supporting_units for task in tasks)
    building = sum(unit in project.responsible_units for project in projects)

    assert (leading, supporting, building) == load


def test_seven_units_have_no_task_or_project_of_their_own(plan: ReadPlan) -> None:
    busy = {unit for item in plan.work_items for unit in item.responsible_units}
    bodies = {u.name for u in plan.units if u.kind is not UnitKind.COLLECTIVE}

    assert bodies - busy == {
        "区委组织部",
        "区应急管理局",
        "区机关事务管理中心",
        "区水利局",
        "区行政审批局",
        "市交警支队直属大队",
        "市林业局章贡分局",
    }


def test_units_per_task(plan: ReadPlan) -> None:
    tasks = _of(plan, ItemKind.TASK)

    assert Counter(len(task.responsible_units) for task in tasks) == {1: 23, 2: 8, 3: 9, 4: 3, 5: 1}


def test_one_measure_drops_a_character_of_the_collective_name(
    plan: ReadPlan, measures: dict[str, ReadMeasure]
) -> None:
    members = next(unit for unit in plan.units if unit.name == MEMBERS)

    assert members.aliases == ["“无废城市”建设工作领导小组各成员单位"]
    assert members.mentions == 12 + 2 + 4
    assert measures["二（七）3（1）"].responsible_units == [MEMBERS]


def test_units_come_by_first_mention_and_count_what_names_them(plan: ReadPlan) -> None:
    first = [unit.name for unit in plan.units[:3]]
    mentions = {unit.name: unit.mentions for unit in plan.units}

    assert first == [MEMBERS, "区发改委", "区住建局"]
    assert mentions["水东镇人民政府"] == 4
    assert mentions["各镇（街道）"] == 1


def test_a_cell_broken_over_two_lines_is_one_text(items: dict[str, ReadItem]) -> None:
    first = items["T01"]

    assert first.deadline_text == "2024年2月"
    assert first.due_on == date(2024, 2, 29)
    assert first.source.raw["完成时限"] == "2024年\n2月"


def test_headings_on_two_lines_are_one_key(indicators: dict[int, ReadIndicator]) -> None:
    raw = indicators[1].source.raw

    assert raw["现状值（2022年）"] == "0.15"
    assert raw["目标值（2025年）"] == "0.15"


@pytest.mark.parametrize("code", ["T12", "T18", "T32", "T38", "T43", "T24"])
def test_a_label_repeated_at_a_page_break_opens_no_new_group(
    items: dict[str, ReadItem], code: str
) -> None:
    above = items[f"T{items[code].number - 1:02d}"]

    assert items[code].source.raw["领域/专班"]
    assert items[code].working_group == above.working_group


def test_merged_labels_are_filled_and_raw_cells_are_not(items: dict[str, ReadItem]) -> None:
    filled = items["T19"]

    assert (filled.working_group, filled.system) == ("危险废物", "监管体系")
    assert (filled.source.raw["领域/专班"], filled.source.raw["体系"]) == ("", "")


def test_a_cell_that_spans_both_levels_leaves_the_second_empty(
    indicators: dict[int, ReadIndicator],
) -> None:
    levels = [(indicators[n].level1, indicators[n].level2) for n in (45, 47, 48, 49, 50)]

    assert levels == [("群众获得感", "群众获得感")] * 2 + [("特色指标", None)] * 3
    assert indicators[49].responsible_units == ["区工信局", "区发改委", "区商务局"]
    assert "二级指标" not in indicators[48].source.raw


def test_levels_repeated_at_a_page_break(indicators: dict[int, ReadIndicator]) -> None:
    assert indicators[28].level1 == indicators[27].level1 == "固体废物最终处置"
    assert indicators[28].level2 == "一般工业固体废物贮存处置"
    assert indicators[40].level1 == indicators[39].level1 == "保障能力"


def test_the_second_row_of_a_merged_project_bears_its_name(items: dict[str, ReadItem]) -> None:
    second = items["P19"]

    assert second.title == items["P18"].title == "园区屋顶光伏建设项目"
    assert second.source.raw["项目名称"] == ""
    assert second.lead_units == ["江西南方万年青新能源公司"]
    assert second.investment_wan == 750
    assert second.system is None


def test_targets_are_as_printed_and_trimmed(indicators: dict[int, ReadIndicator]) -> None:
    assert indicators[17].target_text == ">90"
    assert indicators[9].baseline_text == "37.60"
    assert indicators[40].baseline_text == "建立"
    assert indicators[40].source.raw["现状值（2022年）"] == "建立 "
    assert indicators[46].target_text == "充分参与"


def test_a_mark_after_brackets_leaves_the_name_whole(indicators: dict[int, ReadIndicator]) -> None:
    assert indicators[34].name.endswith("（机关、企事业单位、饭店、商场、集贸市场、社区、村镇）")
    assert indicators[48].name == "星级绿色建筑占新建建筑比例"


def test_no_bookmark_mark_remains_in_what_is_read(plan: ReadPlan) -> None:
    everything = plan.model_dump_json()

    assert sum(text.count("[bookmark:") for text in LINES) == 52
    assert "bookmark" not in everything


def test_figures_without_their_unit_stay_as_printed(items: dict[str, ReadItem]) -> None:
    assert "1100 m2" in items["P06"].content
    assert items["P18"].content.endswith("拟建装机容量4.04G。")


@pytest.mark.parametrize(
    ("path", "title"),
    [
        pytest.param(
            "二（三）4（1）", "加大危险废物监管力度，持续保持高压执法态势", id="with a comma"
        ),
        pytest.param("二（一）1（2）", "明确部门分工，强化责任落实", id="another"),
        pytest.param("二（一）1（1）", "构建强有力的“无废城市”建设工作体系", id="after a bookmark"),
    ],
)
def test_titles_of_measures(measures: dict[str, ReadMeasure], path: str, title: str) -> None:
    assert measures[path].title == title


def test_the_text_of_a_measure_is_its_paragraph_without_the_bracket(
    measures: dict[str, ReadMeasure],
) -> None:
    measure = measures["二（一）3（2）"]

    assert measure.source.line == 45
    assert measure.text.startswith("（2）积极落实工业、城乡建设等重点领域碳达峰工作。")
    assert measure.text.endswith("实现减污降碳协同增效。")
    assert measure.section == "以顶层设计为引领，高标准推进无废城市建设工作"
    assert measure.subsection == "加强专项规划衔接，统筹减污降碳协同增效"


@pytest.mark.parametrize("path", ["二（一）3（2）", "二（二）3（1）", "二（五）1（3）"])
def test_shared_by_function_means_that_nobody_leads(
    measures: dict[str, ReadMeasure], path: str
) -> None:
    measure = measures[path]

    assert measure.shared_by_function
    assert measure.lead_units == measure.supporting_units == []
    assert len(measure.responsible_units) in {5, 9}


def test_a_year_inside_a_measure_is_no_deadline(plan: ReadPlan) -> None:
    dated = [measure for measure in plan.measures if measure.deadline_text or measure.due_on]

    assert any("到2025年" in measure.text for measure in plan.measures)
    assert dated == []


def test_every_source_line_holds_what_it_is_said_to_hold(plan: ReadPlan) -> None:
    rows: list[ReadItem | ReadIndicator] = [*plan.work_items, *plan.indicators]

    for row in rows:
        assert LINES[row.source.line - 1] == f"\t{row.number}"
    for measure in plan.measures:
        assert measure.title in LINES[measure.source.line - 1]


def test_a_plain_list_gives_its_first_unit_as_inferred_lead(items: dict[str, ReadItem]) -> None:
    assert (items["T05"].lead_units, items["T05"].lead_is_inferred) == (["章贡生态环境局"], True)
    assert (items["T07"].lead_units, items["T07"].lead_is_inferred) == (["章贡生态环境局"], False)


def test_a_shared_ending_belongs_to_every_town(items: dict[str, ReadItem]) -> None:
    towns = ["水东镇人民政府", "水西镇人民政府", "沙石镇人民政府", "沙河镇人民政府"]

    assert [items[code].responsible_units for code in ("P09", "P10", "P11")] == [towns] * 3
