"""What a forecast's days bring beyond what was there before: messages, drafts, rounds."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from uuid import UUID

from sqlmodel import Session

from db import calendar_days, replays, rounds
from db.replays import Matter
from services.plans import chosen
from services.simulating.results import Reason, with_reasons
from supervision.vocabulary import ChannelKind, MessageKind, MessageState, Rung

STILL_TO_GO = frozenset({MessageState.PENDING, MessageState.SENDING, MessageState.IN_DOUBT})
# What a person called up himself, or what tells of a fault, follows from no rule.
BY_RULE = frozenset({MessageKind.DIGEST, MessageKind.NOTICE, MessageKind.CIRCULAR})

# Why a message is sent, by the rule that calls for it; the rule itself says when.
BECAUSE: Mapping[str, str] = MappingProxyType(
    {
        "R05": "报送被退回",
        "R06": "调度开启",
        "R07": "报送将截止",
        "R08": "报送已逾期",
        "R09": "尚未签收",
        "R10": "临近到期",
        "R17": "督办通知",
        "R28": "事项逾期",
    }
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Coming:
    """A message that will go out; `is_queued` when it waits in the outbox already."""

    date: date
    unit: str
    kind: MessageKind
    channel: ChannelKind
    subject: str
    reasons: tuple[Reason, ...]
    is_queued: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class Draft:
    """A notice that will be put before the approver; it goes nowhere unless he signs it."""

    date: date
    plan: str
    code: str
    rung: Rung
    why: str | None


@dataclass(frozen=True, kw_only=True, slots=True)
class Opening:
    """A round that will open."""

    due_on: date
    plan: str
    period: str
    date: date


@dataclass(frozen=True, kw_only=True, slots=True)
class ComingDay:
    """How much one day brings."""

    date: date
    is_working_day: bool
    messages: int
    drafts: int
    rounds: int
    circulars: int  # drafts of them

    @property
    def is_eventful(self) -> bool:
        """Whether it brings anything."""
        return any((self.messages, self.drafts, self.rounds, self.circulars))


@dataclass(frozen=True, kw_only=True, slots=True)
class Forecast:
    """What the days from `first` to `last` bring; immutable, so that a page may remember it."""

    first: date
    last: date
    days: tuple[ComingDay, ...]
    messages: tuple[Coming, ...]
    drafts: tuple[Draft, ...]
    rounds: tuple[Opening, ...]

    @property
    def units(self) -> tuple[str, ...]:
        """The units that hear of anything, those that hear most first."""
        return tuple(name for name, _ in Counter(one.unit for one in self.messages).most_common())

    @property
    def totals(self) -> dict[str, int]:
        """How much there is in all."""
        return {
            "messages": len(self.messages),
            "units": len(self.units),
            "drafts": len(self.drafts),
            "rounds": len(self.rounds),
            "circulars": sum(day.circulars for day in self.days),
        }


@dataclass(frozen=True, kw_only=True, slots=True)
class Before:
    """What was there before the first day."""

    messages: frozenset[UUID]
    still_to_go: frozenset[UUID]
    rounds: frozenset[UUID]
    drafts: frozenset[tuple[str, str, Rung, date]]


def on_record(session: Session) -> Before:
    """Return what is there before the first day is swept."""
    there = list(replays.messages(session))
    going = (one.id for one in there if one.state in STILL_TO_GO and one.kind in BY_RULE)
    return Before(
        messages=frozenset(one.id for one in there),
        still_to_go=frozenset(going),
        rounds=frozenset(
            one.id for plan in chosen(session, None) for one in rounds.of_plan(session, plan.id)
        ),
        drafts=frozenset(_named(plan, matter) for plan, matter in _matters(session)),
    )


def what_comes(session: Session, before: Before, circulars: Mapping[date, int]) -> Forecast:
    """Return what the days brought; `circulars` holds, for each of them, the drafts it made."""
    days = list(circulars)
    messages = tuple(_coming(session, before, days[0]))
    drafts = tuple(_drafts(session, before))
    openings = tuple(_openings(session, before))
    of_messages, of_drafts, of_rounds = (
        Counter(one.date for one in each) for each in (messages, drafts, openings)
    )
    calendar = calendar_days.working_days(session)
    counted = (
        ComingDay(
            date=day,
            is_working_day=calendar.is_working_day(day),
            messages=of_messages[day],
            drafts=of_drafts[day],
            rounds=of_rounds[day],
            circulars=circulars[day],
        )
        for day in days
    )
    return Forecast(
        first=days[0],
        last=days[-1],
        days=tuple(counted),
        messages=messages,
        drafts=drafts,
        rounds=openings,
    )


def _coming(session: Session, before: Before, first: date) -> Iterator[Coming]:
    """Give what was queued on these days, and first what waits already and is still to be said."""
    found = [
        (message, reasons)
        for message, reasons in with_reasons(session, [each for _, each in _matters(session)])
        if message.id in before.still_to_go or message.id not in before.messages
    ]
    for message, reasons in found:
        is_queued = message.id in before.still_to_go
        if is_queued and message.state is MessageState.WITHDRAWN:
            continue
        yield Coming(
            date=first if is_queued else message.day,
            unit=message.unit,
            kind=message.kind,
            channel=message.channel,
            subject=message.subject,
            reasons=reasons,
            is_queued=is_queued,
        )


def _drafts(session: Session, before: Before) -> Iterator[Draft]:
    for plan, matter in _matters(session):
        if _named(plan, matter) not in before.drafts:
            yield Draft(
                date=matter.drafted_on,
                plan=plan,
                code=matter.code,
                rung=matter.rung,
                why=matter.why,
            )


def _openings(session: Session, before: Before) -> Iterator[Opening]:
    for plan in chosen(session, None):
        for one in rounds.of_plan(session, plan.id):
            if one.id not in before.rounds and one.opened_on is not None:
                yield Opening(
                    due_on=one.due_on, plan=plan.title, period=one.period, date=one.opened_on
                )


def _matters(session: Session) -> list[tuple[str, Matter]]:
    return [
        (plan.title, matter)
        for plan in chosen(session, None)
        for matter in replays.matters(session, plan.id)
    ]


def _named(plan: str, matter: Matter) -> tuple[str, str, Rung, date]:
    return plan, matter.code, matter.rung, matter.drafted_on
