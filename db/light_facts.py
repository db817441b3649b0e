"""Queries for what lights are judged from: reports by round, milestones, what people said."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import Select, and_, func, or_, select
from sqlmodel import Session, SQLModel, col

from db.life_tables import Account, Milestone, ProgressReport
from db.light_tables import LightOverride, UnableJudgement
from db.plan_tables import Plan, WorkItem
from db.record_tables import Notice, Obligation, Round
from db.work_items import STREAM
from supervision.periods import Quarter, quarter_named
from supervision.report_record import LastVersion, RoundRecord
from supervision.standing import Override, Unable
from supervision.vocabulary import NoticeState, Rung

GONE = (NoticeState.VOIDED, NoticeState.WITHDRAWN)  # a rung that was taken back
Conditions = Sequence[Any]  # which items are meant, as conditions on WorkItem


@dataclass(frozen=True, kw_only=True, slots=True)
class UnableOf:
    """Such a judgement with the cycle and the due date it was of."""

    cycle: int
    due_on: date | None
    said: Unable


def records(
    session: Session, about: Conditions, *, as_of: date
) -> Iterator[tuple[UUID, RoundRecord]]:
    """Give what each round opened by a day asked of the items, with the last report by that day."""
    query = (
        select(
            col(Obligation.work_item_id),
            col(Round.period),
            col(Obligation.state),
            col(Round.closed_on),
            col(ProgressReport.as_of),
            col(ProgressReport.percent),
            col(ProgressReport.verdict),
            col(ProgressReport.reviewed_on),
            col(ProgressReport.review_reason),
        )
        .join_from(Obligation, Round, col(Round.id) == col(Obligation.round_id))
        .join(WorkItem, col(WorkItem.id) == col(Obligation.work_item_id))
        .outerjoin(
            ProgressReport,
            and_(
                col(ProgressReport.obligation_id) == col(Obligation.id),
                col(ProgressReport.as_of) <= as_of,
            ),
        )
        .where(col(Round.opened_on) <= as_of, *about)
        .order_by(col(Obligation.work_item_id), col(Round.period), col(ProgressReport.version))
    )
    for item_id, period, state, closed_on, *version in _rows(session, query):
        yield (
            item_id,
            RoundRecord(
                period=period, state=state, closed_on=closed_on, version=_version(*version)
            ),
        )


def _version(as_of: date | None, percent: int | None, *decided: Any) -> LastVersion | None:  # noqa: ANN401 - columns
    if as_of is None:
        return None
    verdict, reviewed_on, reason = decided
    return LastVersion(
        as_of=as_of,
        percent=percent,
        verdict=verdict,
        reviewed_on=reviewed_on,
        review_reason=reason,
    )


def milestones(session: Session, about: Conditions) -> dict[UUID, dict[Quarter, int]]:
    """Return the percent to be reached, by item and quarter; items without any are not there."""
    query = (
        select(col(Milestone.work_item_id), col(Milestone.period), col(Milestone.percent))
        .join(WorkItem, col(WorkItem.id) == col(Milestone.work_item_id))
        .where(*about)
    )
    found: dict[UUID, dict[Quarter, int]] = {}
    for item_id, period, percent in _rows(session, query):
        found.setdefault(item_id, {})[quarter_named(period)] = percent
    return found


def rounds_begun(session: Session, plan_ids: tuple[UUID, ...], *, as_of: date) -> dict[UUID, int]:
    """Return how many rounds of each plan had been opened by a day."""
    query = (
        select(col(Round.plan_id), func.count())
        .where(col(Round.plan_id).in_(plan_ids), col(Round.opened_on) <= as_of)
        .group_by(col(Round.plan_id))
    )
    return dict(session.connection().execute(query).tuples().all())


def overrides(session: Session, about: Conditions, *, as_of: date) -> dict[UUID, Override]:
    """Return the light a person set that held on a day, by item; the last one set counts."""
    if not _is_there(session, LightOverride):
        return {}
    query = _with_name(
        select(
            col(LightOverride.work_item_id),
            col(LightOverride.light),
            col(LightOverride.reason),
            func.coalesce(col(Account.full_name), col(LightOverride.set_by)),
            col(LightOverride.set_on),
            col(LightOverride.expires_on),
        ).join(WorkItem, col(WorkItem.id) == col(LightOverride.work_item_id)),
        LightOverride.set_by,
    ).where(
        col(LightOverride.set_on) <= as_of,
        col(LightOverride.expires_on) > as_of,
        not_ended(LightOverride.ended_on, as_of),
        *about,
    )
    return {
        item_id: Override(light=light, reason=reason, by=by, since=since, expires_on=expires_on)
        for item_id, light, reason, by, since, expires_on in _rows(
            session, query.order_by(col(LightOverride.ordinal))
        )
    }


def not_ended(ended_on: Any, as_of: date) -> Any:  # noqa: ANN401 - a column
    """Return the condition that something had not been ended by a day."""
    return or_(col(ended_on).is_(None), col(ended_on) > as_of)


def unables(session: Session, about: Conditions, *, as_of: date) -> dict[UUID, list[UnableOf]]:
    """Return the judgements that a date cannot be kept which stood on a day, by item."""
    if not _is_there(session, UnableJudgement):
        return {}
    query = _with_name(
        select(
            col(UnableJudgement.work_item_id),
            col(UnableJudgement.cycle),
            col(UnableJudgement.due_on),
            col(UnableJudgement.reason),
            func.coalesce(col(Account.full_name), col(UnableJudgement.judged_by)),
            col(UnableJudgement.judged_on),
        ).join(WorkItem, col(WorkItem.id) == col(UnableJudgement.work_item_id)),
        UnableJudgement.judged_by,
    ).where(
        col(UnableJudgement.judged_on) <= as_of,
        not_ended(UnableJudgement.revoked_on, as_of),
        *about,
    )
    found: dict[UUID, list[UnableOf]] = {}
    for item_id, cycle, due_on, reason, by, since in _rows(session, query):
        said = Unable(reason=reason, by=by, since=since)
        found.setdefault(item_id, []).append(UnableOf(cycle=cycle, due_on=due_on, said=said))
    return found


def rungs(session: Session, about: Conditions, *, as_of: date) -> dict[UUID, Rung]:
    """Return the rung each item had come to by a day in the cycle it is in."""
    query = (
        select(col(Notice.work_item_id), col(Notice.rung))
        .join(
            WorkItem,
            and_(
                col(WorkItem.id) == col(Notice.work_item_id),
                col(WorkItem.cycle) == col(Notice.cycle),
            ),
        )
        .where(col(Notice.drafted_on) <= as_of, col(Notice.state).not_in(GONE), *about)
        .order_by(col(Notice.drafted_on))
    )
    return {item_id: rung for item_id, rung in _rows(session, query)}  # noqa: C416 - the last counts


def _with_name(query: Select[Any], account: Any) -> Select[Any]:  # noqa: ANN401 - a column
    """Join the account behind a name, which may have none (as in a script of the office)."""
    of_office = and_(
        col(Account.office_id) == col(Plan.office_id), col(Account.name) == col(account)
    )
    plan = col(Plan.id) == col(WorkItem.plan_id)
    return query.join(Plan, plan).outerjoin(Account, of_office)


def _is_there(session: Session, table: type[SQLModel]) -> bool:
    """Return whether a table that is mostly empty holds anything: asked every day, and cheap."""
    return session.connection().execute(_any_of(table)).first() is not None


@cache
def _any_of(table: Any) -> Select[Any]:  # noqa: ANN401 - a table with ids
    return select(col(table.id)).limit(1)


def _rows(session: Session, query: Select[Any]) -> Any:  # noqa: ANN401 - rows of columns
    return session.connection().execute(query, execution_options=STREAM)
