"""What is owed on an item in a round (应报): finding it, and moving it on the record."""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from sqlmodel import Session

from db import events, lives, reports
from db.plan_tables import WorkItem
from db.record_tables import Obligation, Round
from supervision.errors import UsageError
from supervision.lights import LISTED_STATES
from supervision.periods import quarter_named
from supervision.rights import Actor
from supervision.vocabulary import ObligationState, RoundState


@dataclass(frozen=True, kw_only=True, slots=True)
class Context:
    """What an obligation is about: its item and its round."""

    item: WorkItem
    round: Round


def obligation_of(
    session: Session, item: WorkItem, period: str, *, to_act: bool = True
) -> Obligation:
    """Return what is owed on an item in a round such as 2024Q4; to act, locked until that is done.

    Raises UsageError when the round was never opened or the item owed nothing in it.
    """
    quarter = quarter_named(period)
    found = reports.obligation(session, item, str(quarter), to_act=to_act)
    if found is None:
        raise UsageError(
            f"{item.code}在{quarter.label}没有应报的进展",
            advice="用 duban round status 查看已开启的调度。",
        )
    return found


def context_of(session: Session, obligation: Obligation) -> Context:
    """Return the item and the round of an obligation."""
    return Context(
        item=session.get_one(WorkItem, obligation.work_item_id),
        round=session.get_one(Round, obligation.round_id),
    )


def require_open(about: Context, *, as_of: date) -> None:
    """Raise UsageError unless something can be reported in the obligation's round on the day."""
    found, label = about.round, quarter_named(about.round.period).label
    if found.state is not RoundState.OPEN or as_of >= found.closes_on:
        raise UsageError(f"{label}调度已截止，不能再报", advice="请在下一轮报送，或联系办公室。")
    if found.opened_on is not None and as_of < found.opened_on:
        raise UsageError(
            f"{label}调度于{found.opened_on}才开启", advice="报送日期不能早于开启日，请更正。"
        )
    if about.item.state not in LISTED_STATES:
        raise UsageError(
            f"{about.item.code}{about.item.state.label}，无须报送", advice="无须办理。"
        )


@dataclass(frozen=True, kw_only=True, slots=True)
class Doing:
    """What somebody does with an obligation, as it goes on record: act, who, when, why."""

    act: str
    actor: Actor
    as_of: date
    now: datetime
    facts: dict[str, Any] = field(default_factory=dict)
    why: str | None = None


def put_on_record(
    session: Session,
    obligation: Obligation,
    about: Context,
    doing: Doing,
    *,
    state: ObligationState,
) -> None:
    """Give an obligation the state an act leads to, and record the act in the same transaction."""
    entry = events.Entry(
        actor=doing.actor.name,
        act=doing.act,
        about_kind="obligation",
        about_id=obligation.id,
        before=obligation.state,
        after=state,
        as_of=doing.as_of,
        why=doing.why,
        facts={"code": about.item.code, "period": about.round.period, **doing.facts},
    )
    obligation.state = state
    session.add(obligation)
    events.append(session, lives.office_of(session, about.item), [entry], at=doing.now)
