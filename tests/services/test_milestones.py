"""The year plan: targets by item and quarter, by hand and from files."""

from collections.abc import Mapping
from pathlib import Path

import pytest
import xlsxwriter
from openpyxl import Workbook
from sqlmodel import col, select

from db.life_tables import Milestone
from db.record_tables import Event
from services.milestone_files import read_targets
from services.milestones import PlannedTarget, Target, import_milestones, set_milestones
from services.office import Office
from supervision.errors import UnreadableDocumentError, UsageError
from supervision.periods import Quarter
from supervision.rights import NotAllowedError
from supervision.vocabulary import Role
from tests.builders import item_of
from tests.people import person, the_plan
from tests.reporting import OPENS

FIRST, SECOND, LAST = Quarter(2025, 1), Quarter(2025, 2), Quarter(2025, 4)
HEADING = ("编号", "季度", "应达进度%", "形象进度")


def plan(
    office: Office, wanted: Mapping[Quarter, int], role: Role = Role.OFFICE, stage: str = ""
) -> int:
    with office.transaction() as session:
        targets = {
            quarter: Target(percent=percent, stage=stage) for quarter, percent in wanted.items()
        }
        actor = person(session, "调度员", role)
        return set_milestones(
            session, item_of(session, "T01"), targets, actor, as_of=OPENS, now=office.now()
        )


def imported(office: Office, file: Path) -> int:
    with office.transaction() as session:
        return import_milestones(
            session,
            the_plan(session),
            read_targets(file),
            person(session, "调度员", Role.OFFICE),
            as_of=OPENS,
            now=office.now(),
        )


def planned(office: Office) -> dict[str, int]:
    with office.reading() as session:
        rows = session.exec(select(Milestone).order_by(col(Milestone.period)))
        return {row.period: row.percent for row in rows}


def a_workbook(folder: Path, *rows: tuple[object, ...], heading: tuple[str, ...] = HEADING) -> Path:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (heading, *rows):
        sheet.append(list(row))
    book.save(folder / "plan.xlsx")
    return folder / "plan.xlsx"


def test_targets_are_set_changed_and_left_alone(reporting: Office) -> None:
    assert plan(reporting, {FIRST: 20, LAST: 100}, stage="招标") == 2
    assert plan(reporting, {FIRST: 20}, stage="招标") == 0
    assert plan(reporting, {SECOND: 50}, stage="开工") == 1

    assert planned(reporting) == {"2025Q1": 20, "2025Q2": 50, "2025Q4": 100}
    with reporting.reading() as session:
        acts = session.exec(select(Event).where(Event.act == "plan_milestones")).all()
    assert [act.facts["milestones"] for act in acts] == [
        {"2025Q1": 20, "2025Q4": 100},
        {"2025Q2": 50},
    ]


@pytest.mark.parametrize(
    ("wanted", "what"),
    [
        pytest.param({FIRST: 50, LAST: 40}, "由2025Q1的50%降为2025Q4的40%", id="it falls"),
        pytest.param({FIRST: 101}, "不在0到100之间", id="more than all of it"),
        pytest.param({Quarter(2024, 4): 10}, "不在计划期内", id="before the baseline"),
        pytest.param({Quarter(2026, 1): 100}, "不在计划期内", id="after the plan"),
    ],
)
def test_a_year_plan_that_cannot_be_is_refused(
    reporting: Office, wanted: dict[Quarter, int], what: str
) -> None:
    with pytest.raises(UsageError, match=what):
        plan(reporting, wanted)

    assert planned(reporting) == {}


def test_a_new_target_has_to_fit_those_there_are(reporting: Office) -> None:
    plan(reporting, {LAST: 60})

    with pytest.raises(UsageError, match="降为"):
        plan(reporting, {SECOND: 70})


def test_only_the_office_plans(reporting: Office) -> None:
    with pytest.raises(NotAllowedError):
        plan(reporting, {FIRST: 10}, Role.HEAD)


def test_a_workbook_sets_all_its_targets_once(reporting: Office, tmp_path: Path) -> None:
    file = a_workbook(
        tmp_path,
        ("t01", "2025Q1", 20, "招标"),
        ("T01", "2025q2", "50%", ""),
        ("P01", "2025Q4", 100),
    )

    assert imported(reporting, file) == 3
    assert imported(reporting, file) == 0

    assert planned(reporting) == {"2025Q1": 20, "2025Q2": 50, "2025Q4": 100}


def test_yaml_says_the_same_with_or_without_words(tmp_path: Path) -> None:
    file = tmp_path / "plan.yaml"
    file.write_text("T01:\n  2025Q1: {percent: 20, stage: 招标}\n  2025Q4: 100\n", "utf-8")

    first, last = read_targets(file)

    assert first == PlannedTarget(
        code="T01", quarter=FIRST, target=Target(percent=20, stage="招标"), place="T01 2025Q1"
    )
    assert last.target == Target(percent=100, stage="")


@pytest.mark.parametrize(
    ("rows", "what"),
    [
        pytest.param([("T01", "2025Q1", 20), ("T77", "2025Q1", 1)], "T77", id="unknown item"),
        pytest.param([("T01", "一季度", 20)], "不是季度", id="no quarter"),
        pytest.param([("T01", "2025Q1", "大半")], "不是0到100的整数", id="no number"),
        pytest.param([("T01", "2025Q1", "=1+1")], "不是0到100的整数", id="an empty formula"),
        pytest.param(
            [("T01", "2025Q1", 20), ("T01", "2025Q1", 30)], "两个不同的节点", id="two for one"
        ),
        pytest.param([("P01", "2025Q1", 50), ("P01", "2025Q2", 40)], "降为", id="it falls"),
    ],
)
def test_one_row_at_fault_refuses_the_file_and_says_where(
    reporting: Office, tmp_path: Path, rows: list[tuple[object, ...]], what: str
) -> None:
    with pytest.raises(UsageError, match=what) as refused:
        imported(reporting, a_workbook(tmp_path, *rows))

    assert "第" in str(refused.value)
    assert planned(reporting) == {}


def test_a_formula_is_refused_whatever_value_is_stored_with_it(tmp_path: Path) -> None:
    file = tmp_path / "plan.xlsx"
    with xlsxwriter.Workbook(file) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, HEADING)
        sheet.write_row(1, 0, ("T01", "2025Q1"))
        sheet.write_formula(1, 2, "=1+1", None, 2)

    with pytest.raises(UsageError, match="第2行有公式"):
        read_targets(file)


def test_a_file_without_the_columns_is_told_which_they_are(tmp_path: Path) -> None:
    file = a_workbook(tmp_path, ("T01", 20), heading=("编号", "进度"))

    with pytest.raises(UsageError) as refused:
        read_targets(file)

    assert "编号、季度、应达进度、形象进度" in refused.value.advice


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        pytest.param("T01: [1, 2", UnreadableDocumentError, id="not YAML"),
        pytest.param("- T01", UsageError, id="a list"),
        pytest.param("T01: 20", UsageError, id="no quarters"),
    ],
)
def test_yaml_that_says_something_else_is_refused(
    tmp_path: Path, text: str, kind: type[Exception]
) -> None:
    file = tmp_path / "plan.yaml"
    file.write_text(text, "utf-8")

    with pytest.raises(kind):
        read_targets(file)


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UnreadableDocumentError):
        read_targets(tmp_path / "none.yaml")
