"""What feeds say: a unit's dates as a calendar, papers that went out as a list for overseers."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID

from sqlmodel import Session

from db import feeds
from db.feeds import DatedItem, OwedRound, SentSheet
from db.plan_tables import Unit
from services.notice_sheets import kind_name
from services.office import SHANGHAI, Office
from services.plans import the_office
from supervision.lights import LISTED_STATES
from supervision.periods import quarter_named
from templates.atom_file import atom_file
from templates.calendar_file import calendar_file
from templates.wording.feeds import CalendarDayWords, FeedEntryWords, FeedWords

LOOKS_BACK = timedelta(days=366)  # a calendar keeps what it was told: later, nobody looks
MOST = 100  # papers in a list


@dataclass(frozen=True, kw_only=True, slots=True)
class FeedFile:
    """A feed as it is fetched: its content and when anything in it last changed."""

    content: bytes
    media_type: str
    changed_at: datetime


def deadlines(session: Session, office: Office, unit_id: UUID) -> FeedFile:
    """Return the dates of what a unit answers for and of the reports it owes, a year back at most.

    An item that ended is there as cancelled, so that calendars take it off.
    """
    since = office.today() - LOOKS_BACK
    host, site = the_office(session).code, _site(office)
    days = [
        *(_of_item(each, host, site) for each in feeds.dated_items(session, unit_id, since=since)),
        *(_of_round(each, host, site) for each in feeds.owed_rounds(session, unit_id, since=since)),
    ]
    unit = session.get_one(Unit, unit_id).name
    return FeedFile(
        content=calendar_file(f"督办时限（{unit}）", days),
        media_type="text/calendar; charset=utf-8",
        changed_at=max((day.changed_at for day in days), default=_start_of(since)),
    )


def _of_item(each: DatedItem, host: str, site: str) -> CalendarDayWords:
    item = each.item
    assert item.due_on is not None  # the query asks for those alone
    is_over = item.state not in LISTED_STATES
    state = f"（{item.state.label}）" if is_over else ""
    return CalendarDayWords(
        uid=f"item-{item.id}@{host}.duban",
        day=item.due_on,
        title=f"办结期限：{item.code} {item.title}{state}",
        body=f"{item.content}\n状态：{item.state.label}\n原定时限：{item.deadline_text or '未写'}",
        changed_at=each.changed_at,
        is_over=is_over,
        url=f"{site}/items/{item.id}" if site else "",
    )


def _of_round(each: OwedRound, host: str, site: str) -> CalendarDayWords:
    label = quarter_named(each.round.period).label
    left = f"应报{each.owed}项，还差{each.left}项" if each.left else f"应报{each.owed}项，已报齐"
    return CalendarDayWords(
        uid=f"round-{each.round.id}@{host}.duban",
        day=each.round.due_on,
        title=f"报送截止：{label}调度",
        body=f"{left}。",
        changed_at=_start_of(each.round.opened_on or each.round.opens_on),
        is_over=False,
        url=f"{site}/todo" if site else "",
    )


def oversight(session: Session, office: Office) -> FeedFile:
    """Return the latest papers of supervision and circulars that went out, newest first."""
    row, site = the_office(session), _site(office)
    entries = [
        *(_of_sheet(each, site) for each in feeds.issued_sheets(session, row.id, most=MOST)),
        *_of_circulars(session, row.id, site),
    ]
    entries.sort(key=lambda entry: entry.published_at, reverse=True)
    changed_at = max(
        (entry.changed_at for entry in entries), default=datetime(2000, 1, 1, tzinfo=UTC)
    )
    words = FeedWords(
        feed_id=f"urn:uuid:{row.id}",
        title="督办：逾期通知与通报",
        author=row.name,
        changed_at=changed_at,
        url=f"{site}/notices" if site else "",
        entries=tuple(entries[:MOST]),
    )
    return FeedFile(
        content=atom_file(words),
        media_type="application/atom+xml; charset=utf-8",
        changed_at=changed_at,
    )


def _of_sheet(each: SentSheet, site: str) -> FeedEntryWords:
    sheet = each.sheet
    days = [sheet.issued_on, sheet.delivered_on, sheet.acknowledged_on, sheet.ended_on]
    moments = [sheet.signed_at, *(_start_of(day) for day in days if day is not None)]
    due = f"，{sheet.reply_due_on}前答复" if sheet.reply_due_on else ""
    return FeedEntryWords(
        entry_id=f"urn:uuid:{sheet.id}",
        title=f"{kind_name(sheet.rung, sheet.form)} {sheet.number_text}：{each.unit}",
        body=f"涉及{each.codes}{due}。目前：{sheet.state.label}。",
        published_at=sheet.signed_at,
        changed_at=max(moments),
        url=f"{site}/notices/{each.named_by}" if site else "",
    )


def _of_circulars(session: Session, office_id: UUID, site: str) -> Iterator[FeedEntryWords]:
    for circular, its_round, plan in feeds.published_circulars(session, office_id, most=MOST):
        moment = _start_of(circular.published_on or circular.drafted_on)
        yield FeedEntryWords(
            entry_id=f"urn:uuid:{circular.id}",
            title=f"督查通报 {circular.number_text}：{quarter_named(its_round.period).label}",
            body="已印发。",
            published_at=moment,
            changed_at=moment,
            url=f"{site}/circulars/{plan}/{its_round.period}" if site else "",
        )


def _site(office: Office) -> str:
    return office.settings.portal_url if office.settings.portal_is_public else ""


def _start_of(day: date) -> datetime:
    return datetime.combine(day, time(), SHANGHAI)
