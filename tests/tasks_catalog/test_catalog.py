"""The catalogue as YAML: what is saved is loaded, what differs is named field by field."""

from datetime import date
from pathlib import Path

import pytest

from supervision.errors import UnreadableDocumentError
from supervision.vocabulary import DeadlineKind
from tasks_catalog import catalog
from tasks_catalog.catalog import Difference
from tasks_catalog.model import ReadPlan

ISSUED = Path("tasks_catalog/plans/zhanggong/catalogue.yaml")


@pytest.fixture(scope="module")
def plan() -> ReadPlan:
    return catalog.load(ISSUED)


def _with_first_item(plan: ReadPlan, **changes: object) -> ReadPlan:
    first = plan.work_items[0].model_copy(update=changes)
    return plan.model_copy(update={"work_items": [first, *plan.work_items[1:]]})


def test_what_is_saved_is_loaded_again_and_saved_the_same(tmp_path: Path, plan: ReadPlan) -> None:
    catalog.save(plan, tmp_path / "a.yaml")

    assert catalog.load(tmp_path / "a.yaml") == plan
    assert (tmp_path / "a.yaml").read_bytes() == ISSUED.read_bytes()


def test_the_same_edition_differs_in_nothing(plan: ReadPlan) -> None:
    assert catalog.compare(plan, plan) == []


def test_a_moved_deadline_is_named_by_field(plan: ReadPlan) -> None:
    changes = {"deadline_text": "2024年6月30日", "due_on": date(2024, 6, 30)}
    moved = _with_first_item(plan, **changes, deadline_kind=DeadlineKind.DAY)

    assert catalog.compare(plan, moved) == [
        Difference(code="T01", field="deadline_text", before="2024年2月", after="2024年6月30日"),
        Difference(code="T01", field="deadline_kind", before="month", after="day"),
        Difference(code="T01", field="due_on", before="2024-02-29", after="2024-06-30"),
    ]


def test_a_line_that_moved_is_no_difference(plan: ReadPlan) -> None:
    source = plan.work_items[0].source.model_copy(update={"line": 1})

    assert catalog.compare(plan, _with_first_item(plan, source=source)) == []


def test_an_item_that_went_and_one_that_came_are_whole_entries(plan: ReadPlan) -> None:
    shorter = plan.model_copy(update={"work_items": plan.work_items[1:]})

    (gone,) = catalog.compare(plan, shorter)
    (come,) = catalog.compare(shorter, plan)

    assert (gone.code, gone.field, gone.after) == ("T01", None, None)
    assert (come.code, come.field, come.before) == ("T01", None, None)
    assert gone.before["title"] == plan.work_items[0].title


@pytest.mark.parametrize(
    "content",
    [
        pytest.param("", id="empty"),
        pytest.param("a: [", id="no YAML"),
        pytest.param("schema: duban.plan/1\nplan: {titel: 甲}\n", id="an unknown field"),
        pytest.param("schema: other/9\nplan: {title: 甲}\n", id="another schema"),
        pytest.param("[" * 5000, id="nested too deep"),
    ],
)
def test_a_file_that_is_no_catalogue_is_refused_with_advice(tmp_path: Path, content: str) -> None:
    path = tmp_path / "a.yaml"
    path.write_text(content, encoding="utf-8")

    with pytest.raises(UnreadableDocumentError, match="清单文件") as refusal:
        catalog.load(path)

    assert refusal.value.advice
