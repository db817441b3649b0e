"""From a document to the plan in it: rows and paragraphs to items with provenance."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from supervision.errors import UnreadableDocumentError
from supervision.vocabulary import ItemKind
from tasks_catalog.blocks import Document, Paragraph
from tasks_catalog.columns import ROLES, Column
from tasks_catalog.documents import read_document
from tasks_catalog.doubts import doubts_of
from tasks_catalog.duties import Reader
from tasks_catalog.facts import head_of
from tasks_catalog.figures import integer
from tasks_catalog.findings.review import review
from tasks_catalog.indicators import indicator_of
from tasks_catalog.items import item_of
from tasks_catalog.measures import measure_of
from tasks_catalog.model import (
    PlanFacts,
    ReadIndicator,
    ReadItem,
    ReadMeasure,
    ReadPlan,
    TextLine,
)
from tasks_catalog.outline import clean
from tasks_catalog.roster import aliases_in, roster
from tasks_catalog.sections import front_of
from tasks_catalog.survey import FoundList, Survey, survey

# 列第一位的责任单位为牵头单位: a remark that holds for every list of units in the document.
FIRST_LEADS = re.compile(r"(第一|首位|首个)[^。；，]{0,12}(为|是|系|即)[^。；，]{0,4}(牵头|主办)")
Named = ReadItem | ReadIndicator | ReadMeasure


def read_plan(path: Path) -> ReadPlan:
    """Return everything in the plan at `path`; reading changes nothing.

    Raises `UnreadableDocumentError` where the file cannot be read or holds no list of tasks,
    projects or indicators and no paragraph that names who is responsible.
    """
    return plan_in(read_document(path), file_name=path.name)


def plan_in(document: Document, *, file_name: str) -> ReadPlan:
    """Return the plan in a document; `UnreadableDocumentError` where nothing in it is a plan."""
    plan = understand(document, name=Path(file_name).stem)
    if not (plan.work_items or plan.indicators or plan.measures):
        raise UnreadableDocumentError(
            f"在“{file_name}”里没有找到任务、项目、指标，也没有写明责任单位的举措。",
            advice="请确认这是带有任务清单或责任单位的方案；清单若是图片，请换成可以选中文字的版本。",
        )
    return plan


def understand(document: Document, *, name: str) -> ReadPlan:
    """Return the plan in a document; `name` stands in where it prints no title."""
    found = survey(document)
    facts = _facts(document, found, name)
    first_is_lead = any(FIRST_LEADS.search(text) for text in found.texts())
    reader = Reader(aliases=aliases_in(_phrases(found)), first_is_lead=first_is_lead)
    year = facts.period_to if facts.period_from == facts.period_to else None
    reading = _Reading(found, reader, year)
    items, indicators = list(reading.items()), list(reading.indicators())
    measures = list(reading.measures())
    named = _in_print_order([*items, *indicators, *measures], found)
    plan = ReadPlan(
        plan=facts,
        work_items=items,
        indicators=indicators,
        measures=measures,
        units=roster([thing.responsible_units for thing in named], reader.aliases),
        narrative=_lines(found.narrative),
        unread=_lines(found.unread),
    )
    findings = [*doubts_of(plan, found, document), *review(plan)]
    return plan.model_copy(update={"findings": findings})


def _in_print_order(things: list[Named], found: Survey) -> list[Named]:
    order = {label: at for at, label in enumerate(found.sections)}
    return sorted(things, key=lambda thing: (order[thing.source.section], thing.source.line))


def _facts(document: Document, found: Survey, name: str) -> PlanFacts:
    head = head_of(front_of(document), list(document.paragraphs))
    return PlanFacts(
        title=head.title or name,
        document_number=head.document_number,
        issuer=head.issuer,
        issued_on=head.issued_on,
        period_from=head.period_from,
        period_to=head.period_to,
        remarks=[clean(paragraph.text) for paragraph in found.remarks],
    )


def _phrases(found: Survey) -> Iterator[str]:
    """Yield every phrase that names units."""
    for _, measure in found.measures:
        yield from (measure.duty.parts[role] for role in ROLES if role in measure.duty.parts)
    for plan_list in found.lists:
        for row in plan_list.table.rows:
            yield from (row.values[role] for role in ROLES if row.values.get(role))


def _lines(paragraphs: list[Paragraph]) -> list[TextLine]:
    return [TextLine(line=paragraph.line, text=clean(paragraph.text)) for paragraph in paragraphs]


@dataclass(frozen=True, slots=True)
class _Reading:
    """The second look, when the names of units are known."""

    found: Survey
    reader: Reader
    year: int | None

    def items(self) -> Iterator[ReadItem]:
        """Yield tasks, then projects; a code that would repeat counts on instead."""
        for kind in ItemKind:
            lists = [plan_list for plan_list in self.found.lists if plan_list.kind is kind]
            codes = _codes(lists)
            for plan_list in lists:
                for row in plan_list.table.rows:
                    yield item_of(
                        row,
                        kind=kind,
                        code_number=next(codes),
                        section=plan_list.section,
                        reader=self.reader,
                        headings=plan_list.table.by_column,
                        year=self.year,
                    )

    def indicators(self) -> Iterator[ReadIndicator]:
        """Yield the indicators in print order."""
        for plan_list in self.found.lists:
            if plan_list.kind is None:
                for row in plan_list.table.rows:
                    yield indicator_of(row, section=plan_list.section, reader=self.reader)

    def measures(self) -> Iterator[ReadMeasure]:
        """Yield the measures in print order, numbered from 1."""
        for number, (section, found) in enumerate(self.found.measures, start=1):
            yield measure_of(
                found, number=number, section=section, reader=self.reader, year=self.year
            )


def _codes(lists: list[FoundList]) -> Iterator[int]:
    """Yield the numbers for codes: as printed, or counted through where the print repeats any."""
    rows = [row for plan_list in lists for row in plan_list.table.rows]
    printed = [integer(row.values.get(Column.NUMBER, "")) for row in rows]
    if None in printed or len(set(printed)) < len(printed):
        return iter(range(1, len(rows) + 1))
    return iter([number for number in printed if number is not None])
