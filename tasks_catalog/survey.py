"""Pure: what a document holds, before anything is interpreted: lists, measures, the rest.

Every line of the document ends in exactly one place here, so nothing can be lost.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from supervision.vocabulary import ItemKind
from tasks_catalog.blocks import Document, Paragraph, Row
from tasks_catalog.columns import Column
from tasks_catalog.items import kind_of
from tasks_catalog.measures import SAFEGUARDS, FoundMeasure, measures_in
from tasks_catalog.outline import Node, outline
from tasks_catalog.remarks import is_remark
from tasks_catalog.sections import Section, lists_annexes, sections_of
from tasks_catalog.tables import WholeTable, whole_tables

NAMES_SOMEBODY = re.compile(r"(责任|牵头|配合|主办|协办)(单位|部门)\s*[：:]")

# 责任单位完成时限工作任务: the cells of a table that a conversion ran together.
GLUED_HEADINGS = re.compile(
    r"((序号|(责任|牵头|配合)(单位|部门)|(完成|办结)(时限|时间)|(工作|重点|主要)?任务|工作内容|备注|项目名称)\s*){3}"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundList:
    """A table that is understood; `kind` is None for an indicator system."""

    section: str
    kind: ItemKind | None
    table: WholeTable


@dataclass(slots=True)
class Survey:
    """Everything in a document, sorted."""

    sections: list[str] = field(default_factory=list)
    lists: list[FoundList] = field(default_factory=list)
    measures: list[tuple[str, FoundMeasure]] = field(default_factory=list)  # section, measure
    remarks: list[Paragraph] = field(default_factory=list)
    narrative: list[Paragraph] = field(default_factory=list)
    unread: list[Paragraph] = field(default_factory=list)

    def texts(self) -> Iterator[str]:
        """Yield all that is written around lists and measures, headings of columns included."""
        for paragraph in (*self.remarks, *self.narrative):
            yield paragraph.text
        for plan_list in self.lists:
            yield from plan_list.table.headings.values()


def survey(document: Document) -> Survey:
    """Return what the document holds, in print order."""
    found = Survey()
    for section in sections_of(document):
        found.sections.append(section.label)
        _survey_tables(section, found)
        _survey_paragraphs(section, found)
    found.unread.extend(
        Paragraph(aside.line, f"〔{aside.kind}〕{aside.text}") for aside in document.asides
    )
    return found


def _survey_tables(section: Section, found: Survey) -> None:
    before = None
    for each in section.tables:
        read = whole_tables(each.table, caption=each.caption, before=before, adjacent=each.adjacent)
        found.narrative.extend(_as_lines([*read.titles, *read.upper]))
        found.remarks.extend(_as_lines(read.notes))
        found.unread.extend(_as_lines(read.odd))
        for whole in read.tables:
            if whole.goes_on:
                found.lists.pop()
            is_indicators = Column.NAME in whole.columns.values()
            kind = None if is_indicators else kind_of(whole, whole.caption)
            found.lists.append(FoundList(section=section.label, kind=kind, table=whole))
            before = whole


def _as_lines(rows: Iterable[Row]) -> Iterator[Paragraph]:
    return (Paragraph(row.line, row.words) for row in rows if row.words.strip(" |"))


def _survey_paragraphs(section: Section, found: Survey) -> None:
    annexes = lists_annexes(section.paragraphs)
    roots, before = outline([each for each in section.paragraphs if each not in annexes])
    measures = list(measures_in(roots, before))
    in_measures = {paragraph for measure in measures for paragraph in measure.paragraphs}
    safeguards = {paragraph for root in roots for paragraph in _safeguards(root, in_measures)}
    found.measures.extend((section.label, measure) for measure in measures)
    for paragraph in section.paragraphs:
        if paragraph in in_measures:
            continue
        if paragraph in safeguards or is_remark(paragraph.text):
            found.remarks.append(paragraph)
        elif NAMES_SOMEBODY.search(paragraph.text) or GLUED_HEADINGS.search(paragraph.text):
            found.unread.append(paragraph)
        else:
            found.narrative.append(paragraph)


def _safeguards(root: Node, in_measures: set[Paragraph]) -> Iterator[Paragraph]:
    """Yield the paragraphs under a heading of safeguards that names nobody."""
    nodes = list(root.walk())
    if not SAFEGUARDS.search(root.heading) or any(n.paragraph in in_measures for n in nodes):
        return
    for node in nodes:
        if node is not root or not node.children:
            yield node.paragraph
        yield from node.plain
