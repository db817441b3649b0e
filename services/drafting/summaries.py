"""半年/年度总结: how the plan stands, what was held and issued in a span, what is to follow."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import timedelta

from sqlmodel import col, select

from db import inspections, meetings, rounds
from db.notice_tables import NoticeSheet
from db.plan_tables import WorkItem
from services.drafting.desk import Desk
from services.items import ListedItem
from services.plans import the_office
from services.round_closing import snapshot_of
from supervision.errors import UsageError
from supervision.halves import Span
from supervision.lights import LISTED_STATES
from supervision.vocabulary import ItemState, Light, RoundState
from templates.words import NamedItem, Standing, SummaryWords

ALL = "合计"
NO_GROUP = "（未分专班）"
AHEAD = timedelta(days=183)  # what falls due in the half-year after is named as the next step


@dataclass(frozen=True, kw_only=True, slots=True)
class _Rounds:
    """The closed rounds of a span: how many, and what they asked for and got."""

    held: int
    owed: int
    reported: int


def summary(desk: Desk, span: Span) -> SummaryWords:
    """Return the words of the summary of a half-year or a year (S09), as of the desk's day.

    Reports are counted from the frozen rounds whose due day lies in the span. UsageError before
    the span has begun.
    """
    if desk.as_of < span.first_day:
        raise UsageError(f"{span.label}尚未开始，无从总结", advice="请核对期间，或用 --as-of。")
    there = desk.items()
    late = [line for line in there if line.days_overdue]
    held = _rounds(desk, span)
    office = the_office(desk.session).name
    official = desk.official(
        title=f"{span.label}工作推进情况总结", addressee=office.removesuffix("办公室") or office
    )
    return SummaryWords(
        **official,
        period=span.label,
        as_of=desk.as_of,
        total=_standing(ALL, there),
        rounds=held.held,
        owed=held.owed,
        reported=held.reported,
        meetings=sum(
            span.holds(one.held_on) for one in meetings.of_plan(desk.session, desk.plan.id)
        ),
        inspections=sum(
            span.holds(one.inspected_on)
            for _, one in inspections.of_plan(desk.session, desk.plan.id)
        ),
        notices=_notices(desk, span),
        groups=tuple(_groups(there)),
        done=tuple(_done(desk, span, there)),
        behind=tuple(_named(line, line.reason) for line in there if line.light is Light.RED),
        next_steps=tuple(_next_steps(desk, there, late)),
    )


def _standing(name: str, lines: Iterable[ListedItem]) -> Standing:
    there = list(lines)
    closed = sum(line.state is ItemState.CLOSED for line in there)
    lights = Counter(line.light for line in there if line.state is not ItemState.CLOSED)
    return Standing(
        name=name,
        items=len(there),
        closed=closed,
        green=lights[Light.GREEN],
        blue=lights[Light.BLUE],
        yellow=lights[Light.YELLOW],
        red=lights[Light.RED],
        grey=lights[Light.GREY],
    )


def _groups(there: list[ListedItem]) -> Iterator[Standing]:
    names = dict.fromkeys(line.working_group or NO_GROUP for line in there)
    for name in names:
        yield _standing(name, (line for line in there if (line.working_group or NO_GROUP) == name))


def _rounds(desk: Desk, span: Span) -> _Rounds:
    closed = [
        found
        for found in rounds.of_plan(desk.session, desk.plan.id)
        if found.state is RoundState.CLOSED
        and span.holds(found.due_on)
        and found.closed_on is not None
        and found.closed_on <= desk.as_of
    ]
    counts = [snapshot_of(desk.session, found).content["counts"]["reports"] for found in closed]
    return _Rounds(
        held=len(closed),
        owed=sum(count["owed"] for count in counts),
        reported=sum(count["owed"] - count["missing"] for count in counts),
    )


def _notices(desk: Desk, span: Span) -> int:
    """Return how many papers of supervision were issued in the span; voided ones count too."""
    query = select(NoticeSheet.id).where(
        NoticeSheet.plan_id == desk.plan.id,
        col(NoticeSheet.issued_on) >= span.first_day,
        col(NoticeSheet.issued_on) <= min(span.last_day, desk.as_of),
    )
    return len(desk.session.exec(query).all())


def _done(desk: Desk, span: Span, there: list[ListedItem]) -> Iterator[NamedItem]:
    query = select(WorkItem.code).where(
        WorkItem.plan_id == desk.plan.id,
        col(WorkItem.closed_on) >= span.first_day,
        col(WorkItem.closed_on) <= min(span.last_day, desk.as_of),
    )
    closed = set(desk.session.exec(query))
    for line in there:
        if line.code in closed:
            yield _named(line, "已销号")


def _named(line: ListedItem, why: str) -> NamedItem:
    owner = line.lead_unit or "、".join(line.responsible_units)
    return NamedItem(code=line.code, title=line.title, lead_unit=owner, why=why)


def _next_steps(desk: Desk, there: list[ListedItem], late: list[ListedItem]) -> Iterator[str]:
    """Give what follows from the figures; the person who signs adds to it or strikes it."""
    if late:
        yield f"对已到期未销号的{len(late)}项事项逐项明确办结时间，依规督办。"
    soon = [
        line
        for line in there
        if line.state in LISTED_STATES
        and line.due_on is not None
        and desk.as_of <= line.due_on <= desk.as_of + AHEAD
    ]
    if soon:
        yield f"对此后半年内到期的{len(soon)}项事项提前核实进度，防止集中逾期。"
    yield "继续按季度调度，对迟报、漏报单位予以通报。"
