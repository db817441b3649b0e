"""The one message a unit gets on a working day: all it is to be told, in one digest (R27)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any
from uuid import UUID

from sqlmodel import Session

from db import acts, digest_lines, plans, units
from db.bulk import insert_new
from db.digest_lines import Heading, Line
from db.plan_tables import Office, Unit
from db.record_tables import Message
from db.units import Way
from services import burden
from services.office import SHANGHAI
from services.outgoing import Letter, message_row
from supervision.keys import digest_key
from supervision.periods import quarter_named
from supervision.policy import Policy
from supervision.vocabulary import ChannelKind, MessageKind, Topic
from templates import render
from templates.words import DigestLine, DigestReport, DigestWords

NINE = time(9, tzinfo=SHANGHAI)

URGES = {
    "R05": "报送被退回，请按退回意见修改后重报",
    "R06": "本轮调度已开启，请按期报送",
    "R07": "报送截止将至，请尽快报送",
    "R08": "报送已逾期，请立即报送",
}
INPUT_URGES = {"R06": "请提供配合情况", "R07": "请尽快提供配合情况"}


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
    came up since waits for the next working day. What says nothing any more is withdrawn first;
    what a cap holds back waits, on the burden meter's list (R33).
    """
    office_id = post.office.id
    if not acts.is_any_untold(session, office_id):
        return 0  # as on most days: then nothing below has anything to read
    acts.withdraw_settled(session, office_id, today=post.today)
    ways = units.ways_by_unit(session, office_id)
    totals = _overdue_counts(session, post)
    held_back = burden.capped(session, office_id, post.policy, today=post.today)
    rows = [
        _message(
            post,
            unit.id,
            _words(session, post, unit, totals.get(unit.id, 0)),
            _first_way(post, ways[unit.id]),
        )
        for unit in acts.units_to_tell(session, office_id)
        if unit.id not in held_back
    ]
    added = insert_new(session, Message, rows)
    acts.claim(session, {row["unit_id"]: row["id"] for row in rows})
    return added


def _overdue_counts(session: Session, post: Post) -> dict[UUID, int]:
    adopted = [plan.id for plan in plans.of_office(session, post.office.id)]
    office_unit = plans.office_unit(session, post.office.id)
    return acts.overdue_counts(session, adopted, office_unit_id=office_unit.id, today=post.today)


def _first_way(post: Post, ways: list[Way]) -> Way:
    """Return the first way to a unit; only files until the baseline is confirmed."""
    if post.office.baseline_confirmed_on is None:
        ways = [way for way in ways if way.kind is ChannelKind.FILE]
    return ways[0]


def _message(post: Post, unit_id: UUID, words: DigestWords, way: Way) -> dict[str, Any]:
    subject, body = render.digest(words)
    letter = Letter(
        office=post.office,
        unit=words.unit,
        kind=MessageKind.DIGEST,
        key=digest_key(post.office.id, unit_id, post.today),
        subject=subject,
        body=body,
        day=post.today,
        dated_at=_dated_at(post),
    )
    return message_row(letter, way, now=post.now)


def _dated_at(post: Post) -> datetime:
    """Return the message's Date: now, or nine o'clock of the day a sweep was made up for."""
    is_now = post.now.astimezone(SHANGHAI).date() == post.today
    return post.now if is_now else datetime.combine(post.today, NINE)


def _words(session: Session, post: Post, unit: Unit, overdue_in_all: int) -> DigestWords:
    most = post.policy.digest_names.value
    told = [
        (heading, digest_lines.lines(session, unit.id, heading, most=most))
        for heading in digest_lines.headings(session, unit.id)
    ]
    by_topic = {heading.topic: (heading, found) for heading, found in told}
    overdue, overdue_more = _lines(by_topic.get(Topic.OVERDUE), unit, post.today)
    near, near_more = _lines(by_topic.get(Topic.NEAR), unit, post.today)
    unsigned, unsigned_more = _lines(by_topic.get(Topic.SIGNING), unit, post.today)
    return DigestWords(
        unit=unit.name,
        office=post.office.name,
        day=post.today,
        reports=tuple(_reports(told, unit, post.today)),
        inputs=tuple(_inputs(told, unit, post.today)),
        unsigned=unsigned,
        unsigned_more=unsigned_more,
        overdue=overdue,
        overdue_more=overdue_more,
        near=near,
        near_more=near_more,
        overdue_in_all=overdue_in_all,
    )


Told = tuple[Heading, list[Line]]


def _lines(told: Told | None, unit: Unit, today: date) -> tuple[tuple[DigestLine, ...], int]:
    """Return a heading's lines, with owners other than the unit, and how many more there are."""
    if told is None:
        return (), 0
    heading, found = told
    lines = tuple(
        DigestLine(
            code=line.code,
            title=line.title,
            due_on=line.due_on,
            days=0 if line.due_on is None else abs((line.due_on - today).days),
            historic=line.historic,
            owner=None if line.lead_unit == unit.name else line.lead_unit,
        )
        for line in found
    )
    return lines, heading.items - len(lines)


def _reports(told: Sequence[Told], unit: Unit, today: date) -> Iterator[DigestReport]:
    for heading, found in told:
        if heading.topic in (Topic.REPORT, Topic.RETURNED) and heading.report_due_on is not None:
            urge = URGES[heading.rule]
            yield _of_round((heading, found), unit, today, urge=urge, due_on=heading.report_due_on)


def _inputs(told: Sequence[Told], unit: Unit, today: date) -> Iterator[DigestReport]:
    for heading, found in told:
        if heading.topic is Topic.SUPPORT and heading.support_due_on is not None:
            urge = INPUT_URGES[heading.rule]
            yield _of_round((heading, found), unit, today, urge=urge, due_on=heading.support_due_on)


def _of_round(told: Told, unit: Unit, today: date, *, urge: str, due_on: date) -> DigestReport:
    lines, more = _lines(told, unit, today)
    return DigestReport(
        period=quarter_named(told[0].period or "").label,
        due_on=due_on,
        urge=urge,
        lines=lines,
        more=more,
    )
