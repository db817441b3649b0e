"""What a replay came to: every message with its reasons, papers, the final state, the burden."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlmodel import Session

from db import burden, replays, units
from db.replays import Matter, Queued, Told
from db.work_items import Wanted
from services.items import ListedItem, listed
from services.plans import the_office
from services.simulating.replay import Replayed, Span
from supervision.periods import quarter_of, quarters_between
from supervision.vocabulary import Light, MessageKind, RoundState


@dataclass(frozen=True, kw_only=True, slots=True)
class Reason:
    """Why a message was sent: a rule's step, and the items it is about."""

    rule: str
    step: str
    codes: tuple[str, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Sent:
    """One message of a replay; a paper's reasons are the matters it names, under their rung."""

    date: date
    unit: str
    kind: MessageKind
    subject: str
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class UnitBurden:
    """What the whole replay asked of one unit."""

    unit: str
    forms: int
    reports: int
    digests: int
    reminders: int
    notices: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Results:
    """All that a replay came to."""

    messages: Sequence[Sent]
    notices: Sequence[Matter]
    rounds: Sequence[tuple[str, RoundState]]
    items: Sequence[ListedItem]
    lights: Counter[Light]
    burden: Sequence[UnitBurden]


def results(done: Replayed) -> Results:
    """Read what a replay came to while its stage still stands."""
    wanted = Wanted(plan_ids=(done.plan.id,), as_of=done.span.last)
    with done.stage.office.reading() as session:
        items = listed(session, wanted, done.stage.office.policy)
        matters = replays.matters(session, done.plan.id)
        return Results(
            messages=list(_sent(session, matters)),
            notices=matters,
            rounds=replays.rounds(session, done.plan.id),
            items=items,
            lights=Counter(item.light for item in items),
            burden=list(_burden(session, done.span)),
        )


def _sent(session: Session, matters: Sequence[Matter]) -> Iterator[Sent]:
    for message, reasons in with_reasons(session, matters):
        yield Sent(
            date=message.day,
            unit=message.unit,
            kind=message.kind,
            subject=message.subject,
            reasons=reasons,
        )


def with_reasons(
    session: Session, matters: Sequence[Matter]
) -> Iterator[tuple[Queued, tuple[Reason, ...]]]:
    """Give every message of the outbox with the reasons for it."""
    told: dict[UUID, list[Told]] = {}
    for one in replays.told(session):
        told.setdefault(one.message_id, []).append(one)
    papers: dict[str, list[Matter]] = {}
    for matter in matters:
        papers.setdefault(matter.number or "", []).append(matter)
    for message in replays.messages(session):
        is_paper = message.kind is not MessageKind.DIGEST
        yield (
            message,
            _of_paper(message, papers) if is_paper else _of_digest(told.get(message.id, ())),
        )


def _of_digest(told: Sequence[Told]) -> tuple[Reason, ...]:
    codes: dict[tuple[str, str], list[str]] = {}
    for one in told:
        codes.setdefault((one.rule, one.step), []).append(one.code)
    return tuple(
        Reason(rule=rule, step=step, codes=tuple(dict.fromkeys(found)))
        for (rule, step), found in codes.items()
    )


def _of_paper(message: Queued, papers: dict[str, list[Matter]]) -> tuple[Reason, ...]:
    number = message.subject.partition(" ")[0]
    by_rung: dict[str, list[str]] = {}
    for matter in papers.get(number, ()):
        by_rung.setdefault(matter.rung.label, []).append(matter.code)
    return tuple(
        Reason(rule="R17", step=rung, codes=tuple(codes)) for rung, codes in by_rung.items()
    )


def _burden(session: Session, span: Span) -> Iterator[UnitBurden]:
    office, days = the_office(session), (span.first, span.last)
    quarters = quarters_between(quarter_of(span.first), quarter_of(span.last))
    forms = _added([burden.forms(session, str(quarter)) for quarter in quarters])
    reports = _added([burden.reports(session, str(quarter)) for quarter in quarters])
    digests = burden.digests(session, office.id, days)
    reminders = burden.reminders(session, office.id, days)
    notices = burden.notices(session, office.id, days)
    for unit in units.of_office(session, office.id):
        if unit.id in digests or forms[unit.id] or unit.id in notices:
            yield UnitBurden(
                unit=unit.name,
                forms=forms[unit.id],
                reports=reports[unit.id],
                digests=digests.get(unit.id, 0),
                reminders=reminders.get(unit.id, 0),
                notices=notices.get(unit.id, 0),
            )


def _added(counts: Sequence[Mapping[UUID, int]]) -> Counter[UUID]:
    added: Counter[UUID] = Counter()
    for count in counts:
        added.update(count)
    return added
