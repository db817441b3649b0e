"""One item's dossier (卷宗): everything known of it, on one page."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlmodel import Session

from db import close_outs, dossiers, evidence, extensions, inspections, light_overrides, meetings
from db.base import Row
from db.dossiers import ConcernedUnit
from db.plan_tables import WorkItem
from db.record_tables import Event
from services.context import MeasureContext, measures_of
from services.standings import standing_of
from supervision.lights import Judgement, days_overdue, judge
from supervision.policy import Policy
from supervision.vocabulary import ItemEvent, ItemState, Move, Permission, Word

# Events name their act by one of these words; a few acts have none.
ACTS: tuple[type[Word], ...] = (Move, ItemEvent, Permission)
OTHER_ACTS = {"register": "立项", "assign": "交办", "put_right": "整改完成"}


@dataclass(frozen=True, kw_only=True, slots=True)
class Moment:
    """One line of an item's time line: what was done, by whom, for which day, and why."""

    at: datetime
    as_of: date
    act: str
    label: str
    actor: str
    before: str | None
    after: str | None
    why: str | None
    document: str | None
    facts: dict[str, Any]


@dataclass(frozen=True, kw_only=True, slots=True)
class Dossier:
    """Everything known of one item; the lists hold rows as plain mappings."""

    item: dict[str, Any]
    light: Judgement
    days_overdue: int
    units: list[ConcernedUnit]
    measures: list[MeasureContext]  # what the plan's body says of it
    timeline: list[Moment]
    reports: list[dict[str, Any]]
    evidence: list[dict[str, Any]]
    close_outs: list[dict[str, Any]]
    extensions: list[dict[str, Any]]
    notices: list[dict[str, Any]]
    meetings: list[dict[str, Any]]
    inspections: list[dict[str, Any]]
    overrides: list[dict[str, Any]]  # lights that people set, in force or not
    unables: list[dict[str, Any]]  # judgements that the date cannot be kept


def dossier(session: Session, item: WorkItem, policy: Policy, *, today: date) -> Dossier:
    """Return everything known of an item, its light judged for the day."""
    standing = standing_of(session, item, as_of=today)
    return Dossier(
        item=item.model_dump(),
        light=judge(standing, policy, today=today),
        days_overdue=days_overdue(standing, today=today),
        units=dossiers.units_of(session, item.id),
        measures=measures_of(session, item),
        timeline=[_moment(event) for event in dossiers.events_about(session, item.id)],
        reports=[
            report.model_dump() | {"period": period}
            for period, report in dossiers.reports_of(session, item.id)
        ],
        evidence=_plain(evidence.of_item(session, item.id)),
        close_outs=_plain(close_outs.of_item(session, item.id)),
        extensions=_plain(extensions.of_item(session, item.id)),
        notices=_plain(dossiers.notices_of(session, item.id)),
        meetings=_plain(meetings.of_item(session, item.id)),
        inspections=_plain(inspections.of_item(session, item.id)),
        overrides=_plain(light_overrides.of_item(session, item.id)),
        unables=_plain(light_overrides.unables_of(session, item.id)),
    )


def _plain(rows: Sequence[Row]) -> list[dict[str, Any]]:
    return [row.model_dump() for row in rows]


def _moment(event: Event) -> Moment:
    return Moment(
        at=event.at,
        as_of=event.as_of,
        act=event.act,
        label=label_of(event.act),
        actor=event.actor,
        before=_state(event.before),
        after=_state(event.after),
        why=event.why,
        document=event.document,
        facts=event.facts,
    )


def label_of(act: str) -> str:
    """Return how people call an act on record; an act without a word is shown as it is stored."""
    if act in OTHER_ACTS:
        return OTHER_ACTS[act]
    words = (word for words in ACTS for word in words if word.value == act)
    return next((word.label for word in words), act)


def _state(value: str | None) -> str | None:
    return next((state.label for state in ItemState if state.value == value), value)
