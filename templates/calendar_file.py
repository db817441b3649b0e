"""Deadlines as an iCalendar file (RFC 5545) that calendar programs subscribe to."""

from collections.abc import Iterable
from datetime import UTC, timedelta

from icalendar import Calendar, Event

from templates.wording.feeds import CalendarDayWords

PRODUCT = "-//duban//deadlines//ZH"
ASK_AGAIN = timedelta(hours=4)


def calendar_file(title: str, days: Iterable[CalendarDayWords]) -> bytes:
    """Return the calendar: whole days that take nobody's time, without alarms."""
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", title)
    calendar.add("refresh-interval", ASK_AGAIN, parameters={"VALUE": "DURATION"})
    for each in days:
        calendar.add_component(_event(each))
    return bytes(calendar.to_ical())


def _event(words: CalendarDayWords) -> Event:
    event = Event()
    event.add("uid", words.uid)
    event.add("dtstamp", words.changed_at.astimezone(UTC))
    event.add("last-modified", words.changed_at.astimezone(UTC))
    event.add("dtstart", words.day)
    event.add("dtend", words.day + timedelta(days=1))
    event.add("summary", words.title)
    event.add("description", words.body)
    event.add("transp", "TRANSPARENT")
    event.add("status", "CANCELLED" if words.is_over else "CONFIRMED")
    if words.url:
        event.add("url", words.url)
    return event
