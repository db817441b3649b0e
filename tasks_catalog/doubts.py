"""Pure: what reading itself leaves in doubt; contradictions in the plan are `findings`' business.

Each function looks at one kind of doubt and yields a finding per place, or one for a whole list
where every line of it would say the same.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from supervision.vocabulary import DeadlineKind, Severity, UnitKind
from tasks_catalog.blocks import Document
from tasks_catalog.columns import Column
from tasks_catalog.model import Finding, ReadIndicator, ReadItem, ReadMeasure, ReadPlan
from tasks_catalog.survey import FoundList, Survey

NO_FIGURE = {"", "-", "—", "/", "无"}


def doubts_of(plan: ReadPlan, found: Survey, document: Document) -> list[Finding]:
    """Return the doubts in the order in which a person settles them."""
    return [
        *_unclear_deadlines(plan.work_items, plan.measures),
        *_nobody_named([*plan.work_items, *plan.indicators]),
        *_unknown_units(plan),
        *_variants(plan),
        *_numbering(found.lists),
        *_unread_amounts(plan.work_items),
        *_taken_from_above(found.lists),
        *_inferred_leads(plan.work_items),
        *_marked_by_the_format(document),
    ]


def _unclear_deadlines(
    items: Sequence[ReadItem], measures: Sequence[ReadMeasure]
) -> Iterator[Finding]:
    for item in items:
        if item.deadline_kind is DeadlineKind.UNCLEAR:
            text = f"“{item.deadline_text}”不能确定到日期，需要人工核定。"
            yield _finding("unclear-deadline", item.code, Severity.WARNING, text, [_quote(item)])
        elif item.deadline_kind is DeadlineKind.NONE:
            yield _finding(
                "no-deadline", item.code, Severity.NOTE, "没有写完成时限。", [_quote(item)]
            )
    for measure in measures:
        if measure.deadline_text and measure.due_on is None:
            text = f"时限“{measure.deadline_text}”没有可以确定的日期。"
            yield _finding("undated-measure", measure.path, Severity.NOTE, text, [measure.title])


def _nobody_named(rows: Iterable[ReadItem | ReadIndicator]) -> Iterator[Finding]:
    for row in rows:
        if not row.responsible_units:
            place = row.code if isinstance(row, ReadItem) else f"I{row.number:02d}"
            name = row.title if isinstance(row, ReadItem) else row.name
            yield _finding("nobody-named", place, Severity.ERROR, "没有写责任单位。", [name])


def _unknown_units(plan: ReadPlan) -> Iterator[Finding]:
    for unit in plan.units:
        if unit.kind is UnitKind.OTHER:
            text = f"从名称看不出“{unit.name}”是哪一类单位，也可能不是单位名称。"
            yield _finding("unknown-unit", unit.name, Severity.WARNING, text, [unit.name])


def _variants(plan: ReadPlan) -> Iterator[Finding]:
    for unit in plan.units:
        for variant in unit.aliases:
            text = f"“{variant}”与“{unit.name}”写法不同，按同一单位计。"
            yield _finding("variant-name", unit.name, Severity.NOTE, text, [variant, unit.name])


def _numbering(lists: Sequence[FoundList]) -> Iterator[Finding]:
    """Report numbers that are missing or printed twice within one list."""
    for plan_list in lists:
        printed = [row.values.get(Column.NUMBER, "") for row in plan_list.table.rows]
        numbers = [int(text) for text in printed if text.isdecimal()]
        twice = sorted(number for number, count in Counter(numbers).items() if count > 1)
        missing = sorted(
            set(range(min(numbers, default=1), max(numbers, default=0))) - set(numbers)
        )
        if missing and not twice:
            text = f"序号不连续，缺 {'、'.join(map(str, missing[:10]))}。"
            yield _finding("number-missing", plan_list.section, Severity.WARNING, text, [])


def _unread_amounts(items: Sequence[ReadItem]) -> Iterator[Finding]:
    for item in items:
        for heading, text in item.source.raw.items():
            is_amount = re.search("总投资|投资额", heading) and item.investment_wan is None
            if is_amount and text.strip() not in NO_FIGURE:
                words = f"金额“{text.strip()}”不能读成数字。"
                yield _finding("unread-amount", item.code, Severity.WARNING, words, [text.strip()])


def _taken_from_above(lists: Sequence[FoundList]) -> Iterator[Finding]:
    """Report cells that the text form left empty and that were read as merged."""
    for plan_list in lists:
        for row in plan_list.table.rows:
            for column in sorted(row.taken_from_above):
                heading = plan_list.table.by_column.get(column, column.value)
                text = f"“{heading}”一格为空，按与上一行合并处理，取“{row.values[column]}”。"
                where = f"{plan_list.section}第{row.number}行"
                yield _finding("taken-from-above", where, Severity.WARNING, text, [])


def _inferred_leads(items: Sequence[ReadItem]) -> Iterator[Finding]:
    inferred = [item.code for item in items if item.lead_is_inferred]
    if inferred:
        text = f"{len(inferred)} 项没有写明牵头单位，按列名首位推定，待办公室确认。"
        yield _finding("inferred-lead", "任务和项目", Severity.NOTE, text, inferred)


def _marked_by_the_format(document: Document) -> Iterator[Finding]:
    """Report what was read although the file itself marks it: tracked insertions, formulas."""
    for doubt in document.doubts:
        text = f"{doubt.kind}：已按所显示的文字读入，请核对。"
        yield _finding("marked-text", f"第{doubt.line}处", Severity.WARNING, text, [doubt.text])


def _quote(item: ReadItem) -> str:
    return f"{item.source.section} {item.number} {item.title}：{item.deadline_text or ''}"


def _finding(rule: str, where: str, severity: Severity, text: str, quotes: list[str]) -> Finding:
    return Finding(id=f"{rule}:{where}", severity=severity, where=where, text=text, quotes=quotes)
