"""Where each printed line went: the sum is the document, and what is held nowhere is named (V7)."""

from pathlib import Path

import pytest

from supervision.vocabulary import Severity
from tasks_catalog.blocks import Cell, Document, Paragraph, Row, Table
from tasks_catalog.documents import read_document
from tasks_catalog.extract import plan_in
from tasks_catalog.ledger import ledger_of
from tasks_catalog.model import Finding, ReadPlan
from tasks_catalog.passages import codes_of, passage_of, passages_of

PLAN = Path(__file__).resolve().parents[2] / "tasks_catalog/plans/zhanggong/plan.txt"


@pytest.fixture(scope="module")
def document() -> Document:
    return read_document(PLAN, is_uploaded=True)


@pytest.fixture(scope="module")
def plan(document: Document) -> ReadPlan:
    return plan_in(document, file_name="方案.txt")


def test_every_line_of_the_issued_plan_went_to_one_place(
    document: Document, plan: ReadPlan
) -> None:
    found = ledger_of(document, plan)

    assert found.missing == []
    assert sum(found.went_to.values()) == found.lines
    # 44 tasks and 19 projects under two headings, 50 indicators under one, 61 measures.
    assert (found.went_to["任务和项目清单"], found.went_to["指标表"]) == (65, 51)
    assert found.went_to["正文举措"] == 61


def test_a_line_that_is_held_nowhere_is_named(document: Document, plan: ReadPlan) -> None:
    cell = Cell(text="区某局应于2025年6月底前建成台账", line=9_001, column=0)
    more = (*document.blocks, Paragraph(9_000, "第三条 漏读的一段"), Table(rows=(Row((cell,)),)))

    found = ledger_of(Document(blocks=more), plan)

    assert [line.line for line in found.missing] == [9_000, 9_001]
    assert sum(found.went_to.values()) + 2 == found.lines


def a_finding(where: str, *quotes: str) -> Finding:
    return Finding(id="x", severity=Severity.NOTE, where=where, text="", quotes=list(quotes))


@pytest.mark.parametrize(
    ("where", "quotes", "codes"),
    [
        pytest.param("T01 / P06", (), ["T01", "P06"], id="codes"),
        pytest.param("I35 / P01-P03", (), ["I35", "P01", "P02", "P03"], id="a span of codes"),
        pytest.param("T04 / 二（七）2（1）", (), ["T04", "二（七）2（1）"], id="a measure"),
        pytest.param("任务和项目", ("T05", "T06"), ["T05", "T06"], id="codes in the quotes"),
        pytest.param("附件2第32行", (), ["T32"], id="a row of a list"),
        pytest.param("江钨世泰科钨品有限公司", (), ["P04"], id="a unit"),
        pytest.param("标题", ("方案",), [], id="the whole document"),
    ],
)
def test_a_finding_is_about_what_it_names(
    where: str, quotes: tuple[str, ...], codes: list[str], plan: ReadPlan
) -> None:
    assert codes_of(a_finding(where, *quotes), plan) == codes


def test_a_passage_is_the_row_as_printed_between_its_neighbours(
    document: Document, plan: ReadPlan
) -> None:
    passage = passage_of(document, plan, "T32")

    assert dict(passage.cells)["责任单位"] == "章贡生态环境局"
    assert passage.before.startswith("31 |")
    assert passage.after.startswith("33 |")


def test_the_passage_of_a_line_that_is_no_item_is_the_line(
    document: Document, plan: ReadPlan
) -> None:
    line = plan.narrative[3]

    (passage,) = passages_of(document, plan, a_finding(f"原文第{line.line}行"))

    assert passage.cells == [("原文", line.text)]
