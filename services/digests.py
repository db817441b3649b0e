"""The one message a unit gets on a working day: all it is to be told, in one digest (R27)."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from itertools import groupby
from uuid import UUID, uuid4

from sqlmodel import Session

from db import acts, plans, units
from db.acts import Untold
from db.bulk import insert_new
from db.plan_tables import Office
from db.record_tables import Message
from db.units import Way
from services.office import SHANGHAI
from supervision.keys import digest_key
from supervision.periods import Quarter
from supervision.policy import Policy
from supervision.vocabulary import ChannelKind, MessageKind, MessageState
from templates import render
from templates.words import DigestLine, DigestReport, DigestWords

NINE = time(9, tzinfo=SHANGHAI)

URGES = {
    "R06": "本轮调度已开启，请按期报送",
    "R07": "报送截止将至，请尽快报送",
    "R08": "报送已逾期，请立即报送",
}
MOST_PRESSING = ("R08", "R07", "R06")


@dataclass(frozen=True, kw_only=True, slots=True)
class Post:
    """What writing the day's digests needs: the office, its rules, and the moment they are made."""

    office: Office
    policy: Policy
    today: date
    now: datetime


def queue_digests(session: Session, post: Post) -> int:
    """Queue one digest for each unit with something untold; return how many are new.

    Nothing to say, nothing queued. A unit that has its digest of the day gets no second one: what
    came up since waits for the next working day. Acts on settled items are withdrawn first.
    """
    office_id = post.office.id
    acts.withdraw_settled(session, office_id, today=post.today)
    names = {unit.id: unit.name for unit in units.of_office(session, office_id)}
    ways = units.ways_by_unit(session, office_id)
    totals = _overdue_counts(session, post)
    by_unit = groupby(acts.untold(session, office_id), key=lambda act: act.unit_id)
    digests = [
        (unit_id, _words(post, names[unit_id], theirs, totals.get(unit_id, 0)))
        for unit_id, theirs in by_unit
    ]
    return sum(
        _queue(session, post, unit_id, words, _first_way(post, ways[unit_id]))
        for unit_id, words in digests
    )


def _overdue_counts(session: Session, post: Post) -> dict[UUID, int]:
    adopted = [plan.id for plan in plans.of_office(session, post.office.id)]
    office_unit = plans.office_unit(session, post.office.id)
    return acts.overdue_counts(session, adopted, office_unit_id=office_unit.id, today=post.today)


def _first_way(post: Post, ways: list[Way]) -> Way:
    """Return the first way to a unit; only files until the baseline is confirmed."""
    if post.office.baseline_confirmed_on is None:
        ways = [way for way in ways if way.kind is ChannelKind.FILE]
    return ways[0]


def _queue(session: Session, post: Post, unit_id: UUID, words: DigestWords, way: Way) -> int:
    subject, body = render.digest(words)
    message_id = uuid4()
    row = {
        "id": message_id,
        "key": digest_key(post.office.id, unit_id, post.today),
        "office_id": post.office.id,
        "unit_id": unit_id,
        "kind": MessageKind.DIGEST,
        "day": post.today,
        "channel": way.kind,
        "recipient_name": words.unit if way.person is None else f"{words.unit} {way.person}",
        "address": way.address,
        "subject": subject,
        "body": body,
        "message_id": f"<{message_id}@{post.office.id.hex[:12]}.duban>",
        "dated_at": _dated_at(post),
        "state": MessageState.PENDING,
        "not_before": post.now,
        "fence": 0,
        "was_in_doubt": False,
    }
    added = insert_new(session, Message, [row])
    if added:
        acts.claim(session, post.office.id, unit_id, message_id)
    return added


def _dated_at(post: Post) -> datetime:
    """Return the message's Date: now, or nine o'clock of the day a sweep was made up for."""
    is_now = post.now.astimezone(SHANGHAI).date() == post.today
    return post.now if is_now else datetime.combine(post.today, NINE)


def _words(post: Post, unit: str, untold: Iterable[Untold], overdue_in_all: int) -> DigestWords:
    told = list(untold)
    most = post.policy.digest_names.value
    overdue = _lines((act for act in told if act.rule == "R28"), unit, post.today)
    near = _lines((act for act in told if act.rule == "R10"), unit, post.today)
    return DigestWords(
        unit=unit,
        office=post.office.name,
        day=post.today,
        reports=tuple(_reports(told, unit, post)),
        overdue=tuple(overdue[:most]),
        overdue_more=max(len(overdue) - most, 0),
        near=tuple(near[:most]),
        near_more=max(len(near) - most, 0),
        overdue_in_all=overdue_in_all,
    )


def _lines(told: Iterable[Untold], unit: str, today: date) -> list[DigestLine]:
    """Return one line per item, however many steps were missed; whose it is if not the unit's."""
    by_code = {act.code: act for act in told}
    return [
        DigestLine(
            code=act.code,
            title=act.title,
            due_on=act.due_on,
            days=0 if act.due_on is None else abs((act.due_on - today).days),
            historic=act.historic,
            owner=None if act.lead_unit == unit else act.lead_unit,
        )
        for act in by_code.values()
    ]


def _reports(told: list[Untold], unit: str, post: Post) -> Iterator[DigestReport]:
    most = post.policy.digest_names.value
    for period in sorted({act.period for act in told if act.period is not None}):
        owed = [act for act in told if act.period == period]
        lines = _lines(owed, unit, post.today)
        rule = next(rule for rule in MOST_PRESSING if any(act.rule == rule for act in owed))
        due_on = next(act.report_due_on for act in owed if act.report_due_on is not None)
        yield DigestReport(
            period=Quarter(int(period[:4]), int(period[-1])).label,
            due_on=due_on,
            urge=URGES[rule],
            lines=tuple(lines[:most]),
            more=max(len(lines) - most, 0),
        )
