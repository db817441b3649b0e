"""Pure: rows of a list of tasks or projects to work items."""

import re
from collections.abc import Mapping

from supervision.vocabulary import ItemKind
from tasks_catalog.columns import ROLES, TEXTS, Column
from tasks_catalog.deadlines import read_deadline
from tasks_catalog.duties import Reader, who
from tasks_catalog.figures import in_wan, integer
from tasks_catalog.model import ReadItem, Source
from tasks_catalog.outline import first_sentence
from tasks_catalog.responsibility import duty_of
from tasks_catalog.rows import WholeRow
from tasks_catalog.tables import WholeTable

SAYS_PROJECT = re.compile(
    r"(?:^|\s)(?:项目|工程)|(?<![测考检整评工])(?<!整治)(?<!测评)项目(?!组|部)"
)
SAYS_TASK = re.compile(r"任务|工作|事项|举措|措施|要点")
LETTERS = {ItemKind.TASK: "T", ItemKind.PROJECT: "P"}


def kind_of(table: WholeTable, caption: str) -> ItemKind:
    """Return whether a list holds tasks or projects: by its own headings, else its caption."""
    columns = table.columns.items()
    titles = " ".join(table.headings[place] for place, column in columns if column in TEXTS)
    for words in (titles, caption):
        says_project = bool(SAYS_PROJECT.search(words))
        if says_project != bool(SAYS_TASK.search(words)):
            return ItemKind.PROJECT if says_project else ItemKind.TASK
    has_money = Column.INVESTMENT in table.columns.values()
    return ItemKind.PROJECT if has_money else ItemKind.TASK


def item_of(
    row: WholeRow,
    *,
    kind: ItemKind,
    code_number: int,
    section: str,
    reader: Reader,
    headings: Mapping[Column, str],
    year: int | None,
) -> ReadItem:
    """Return the work item that a row states.

    `headings` are the table's words for its columns, `year` is the plan's, for dates without one.
    """
    values = _with_duty(row.values)
    deadline_text = values.get(Column.DEADLINE) or None
    deadline = read_deadline(deadline_text or "", year=year)
    duty = who(values, reader)
    title, content = _title_and_content(values)
    return ReadItem(
        code=f"{LETTERS[kind]}{code_number:02d}",
        kind=kind,
        number=integer(values.get(Column.NUMBER, "")) or code_number,
        working_group=values.get(Column.GROUP) or None,
        system=None if kind is ItemKind.PROJECT else values.get(Column.SYSTEM) or None,
        title=title,
        content=content,
        deadline_text=deadline_text,
        deadline_kind=deadline.kind,
        due_on=deadline.due_on,
        responsible_units=duty.responsible_units,
        lead_units=duty.lead_units,
        lead_is_inferred=duty.lead_is_inferred,
        supporting_units=duty.supporting_units,
        shared_by_function=duty.shared_by_function,
        investment_wan=in_wan(
            values.get(Column.INVESTMENT, ""), headings.get(Column.INVESTMENT, "")
        ),
        source=Source(section=section, row=row.number, line=row.line, raw=dict(row.printed)),
    )


def _with_duty(values: Mapping[Column, str]) -> Mapping[Column, str]:
    """Return the values with who and when from the text, where no column says it."""
    if any(values.get(role) for role in ROLES):
        return values
    text = values.get(Column.CONTENT) or values.get(Column.TITLE) or ""
    duty = duty_of(text)
    if duty is None or not duty.names_somebody:
        return values
    where = Column.CONTENT if values.get(Column.CONTENT) else Column.TITLE
    printed = {column: words for column, words in values.items() if words}
    return duty.parts | printed | {where: duty.text}


def _title_and_content(values: Mapping[Column, str]) -> tuple[str, str]:
    """Return both; where a list has one column of text, its first sentence is the title."""
    title, content = values.get(Column.TITLE, ""), values.get(Column.CONTENT, "")
    if not title:
        return first_sentence(content), content
    if Column.CONTENT not in values:
        return first_sentence(title), title
    return title, content
