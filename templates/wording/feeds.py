"""The words of feeds: days that a calendar shows, and entries that a feed reader lists."""

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, kw_only=True, slots=True)
class CalendarDayWords:
    """One day in a calendar: all of it, in Shanghai; `uid` never changes, whatever else does."""

    uid: str
    day: date
    title: str
    body: str
    changed_at: datetime
    is_over: bool  # shown struck out, or not at all
    url: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class FeedEntryWords:
    """One entry of a feed; `entry_id` is a URI that never changes."""

    entry_id: str
    title: str
    body: str
    published_at: datetime
    changed_at: datetime
    url: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class FeedWords:
    """A feed as a whole."""

    feed_id: str
    title: str
    author: str
    changed_at: datetime
    url: str
    entries: tuple[FeedEntryWords, ...]
