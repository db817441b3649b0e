"""Rules about time: what is due before it can be, and what has no end or no rhythm."""

import re
from collections.abc import Iterator, Sequence

from supervision.vocabulary import DeadlineKind, Severity
from tasks_catalog.findings.collation import Collation
from tasks_catalog.findings.printed import called, day, deadline_of, finding, joined
from tasks_catalog.model import Finding, ReadItem

# 持续加大…, 严格…准入: work that has a way of being done, but no end.
_LASTING = re.compile(r"^(?:持续|长期|不断|始终|坚持|严格)|常态化")


def before_issue(collation: Collation) -> Iterator[Finding]:
    """Find items due before the plan was issued: only a baseline can settle them."""
    issued_on = collation.plan.plan.issued_on
    if issued_on is None:
        return
    late = [item for item in _dated(collation) if item.due_on and item.due_on < issued_on]
    if late:
        yield finding(
            "dates.before_issue",
            Severity.WARNING,
            [item.code for item in late],
            f"有{len(late)}项的时限早于方案印发日（{day(issued_on)}）："
            f"{_named_with_deadlines(late)}。印发时已经到期，不能直接按逾期督办；"
            "请逐项核对是否已完成：已完成的补记完成日期，未完成的重新明确时限。",
            _titles_and_deadlines(late),
        )


def after_period(collation: Collation) -> Iterator[Finding]:
    """Find items due after the period that the plan is for."""
    ends = collation.plan.plan.period_to
    late = [i for i in _dated(collation) if ends and i.due_on and i.due_on.year > ends]
    if late:
        yield finding(
            "dates.after_period",
            Severity.WARNING,
            [item.code for item in late],
            f"方案期限到{ends}年，有{len(late)}项的时限更晚：{_named_with_deadlines(late)}。"
            "请确认时限是否写错，或方案期满后由谁继续督办。",
            [collation.plan.plan.title, *_titles_and_deadlines(late)],
        )


def period_before_issue(collation: Collation) -> Iterator[Finding]:
    """Find years of the plan's period that were over when it was issued."""
    facts = collation.plan.plan
    if facts.issued_on is None or facts.period_from is None:
        return
    if facts.period_from < facts.issued_on.year:
        past = [str(year) for year in range(facts.period_from, facts.issued_on.year)]
        yield finding(
            "dates.period_before_issue",
            Severity.NOTE,
            ["标题"],
            f"方案期限从{facts.period_from}年起，但{day(facts.issued_on)}才印发："
            f"{joined(past)}年度的调度、通报和考核无从开展。请确认从印发之日起调度，此前年度不补。",
            [facts.title],
        )


def without_rhythm(collation: Collation) -> Iterator[Finding]:
    """Find lasting duties that name no rhythm to report in."""
    lasting = [
        item for item in collation.plan.work_items if item.deadline_kind is DeadlineKind.CONTINUING
    ]
    if lasting:
        yield finding(
            "dates.no_rhythm",
            Severity.NOTE,
            [item.code for item in lasting],
            f"有{len(lasting)}项是持续性要求，没有写周期：{_named_with_deadlines(lasting)}。"
            "没有期限就不会逾期，请明确每年交什么成果、多久报一次（未明确前按季度调度）。",
            _titles_and_deadlines(lasting),
        )


def lasting_but_dated(collation: Collation) -> Iterator[Finding]:
    """Find work that is to go on and on, yet is dated like something that ends."""
    both = [item for item in _dated(collation) if _is_lasting(item)]
    if both:
        yield finding(
            "dates.lasting_but_dated",
            Severity.NOTE,
            [item.code for item in both],
            f"有{len(both)}项是长期性工作，却写了完成时限：{_named_with_deadlines(both)}。"
            "请明确到期时以什么成果销号，到期后是否转为常态工作。",
            _titles_and_deadlines(both),
        )


def _is_lasting(item: ReadItem) -> bool:
    return bool(_LASTING.search(item.title) or _LASTING.search(item.content))


def _dated(collation: Collation) -> list[ReadItem]:
    return [item for item in collation.plan.work_items if item.due_on]


def _named(items: Sequence[ReadItem]) -> str:
    return joined([called(item) for item in items])


def _named_with_deadlines(items: Sequence[ReadItem]) -> str:
    return joined([f"{called(item)}（{item.deadline_text}）" for item in items])


def _titles_and_deadlines(items: Sequence[ReadItem]) -> Iterator[str]:
    for item in items:
        yield from (item.title, deadline_of(item))
