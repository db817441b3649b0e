"""The working-day calendar: seeded from published data, corrected by the office, never guessed."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlmodel import Session

from db import calendar_days, events
from services.first_acts import name_on_record
from services.office import Office
from services.plans import the_office
from supervision.errors import UsageError
from supervision.vocabulary import DayKind, Permission
from supervision.working_days import SATURDAY

SOURCE = "国务院办公厅节假日安排（chinesecalendar 数据）"
FIRST_YEAR = 2024
WARN_FROM_MONTH = 11  # next year's notice appears between October and December (R04)


def seed(session: Session) -> int:
    """Store the published days that the package knows, from 2024 on; return how many are new.

    A year the package does not know stays unpublished: it is presumed Mon-Fri, and marked so.
    """
    import chinese_calendar  # noqa: PLC0415 - only set-up needs its tables

    last_year = max(day.year for day in chinese_calendar.holidays)
    days = (
        (day, _kind(day, worked=chinese_calendar.is_workday(day)))
        for year in range(FIRST_YEAR, last_year + 1)
        for day in days_of(year)
    )
    return calendar_days.publish(session, days, source=SOURCE)


def days_of(year: int) -> Iterator[date]:
    """Give every day of a year."""
    first = date(year, 1, 1)
    return (first + timedelta(days=n) for n in range((date(year + 1, 1, 1) - first).days))


def _kind(day: date, *, worked: bool) -> DayKind:
    if day.weekday() < SATURDAY:
        return DayKind.WORKDAY if worked else DayKind.HOLIDAY
    return DayKind.MAKEUP if worked else DayKind.WEEKEND


@dataclass(frozen=True, kw_only=True, slots=True)
class YearsNotice:
    """What the State Council's notice says of a year: days off, weekend days worked on."""

    year: int
    holidays: Sequence[date]
    makeups: Sequence[date]
    source: str  # its document number


def publish_year(
    session: Session, year: int, *, holidays: Iterable[date], makeups: Iterable[date], source: str
) -> int:
    """Store a year's days, replacing what stood there; return how many they are.

    `holidays` are the days off, `makeups` the weekend days worked on; all others follow the week.
    Raises UsageError for a day of another year, a make-up day in mid-week, or one that is both.
    """
    off, made_up = set(holidays), set(makeups)
    if not source.strip():
        raise UsageError("没有写明放假通知的文号", advice="请用 --source 写明。")
    for day in sorted(off | made_up):
        if day.year != year:
            raise UsageError(f"{day} 不在 {year} 年", advice="一次只登记一个年度。")
    if wrong := sorted(day for day in made_up if day.weekday() < SATURDAY):
        raise UsageError(f"{wrong[0]} 本是工作日，不能登记为调休上班", advice="请核对放假通知。")
    if both := sorted(off & made_up):
        raise UsageError(f"{both[0]} 既登记放假又登记上班", advice="请核对放假通知。")
    calendar_days.withdraw_year(session, year)
    days = (
        (day, _kind(day, worked=day in made_up or (day.weekday() < SATURDAY and day not in off)))
        for day in days_of(year)
    )
    return calendar_days.publish(session, days, source=source)


def enter_year(session: Session, office: Office, notice: YearsNotice, *, by: str | None) -> int:
    """Publish a year as its notice has it and put on record who did; return its number of days.

    `by` is the account that does so; none before there is one that may. Raises what `publish_year`
    raises.
    """
    name = name_on_record(session, by, Permission.EDIT_CALENDAR, now=office.now())
    days = publish_year(
        session,
        notice.year,
        holidays=notice.holidays,
        makeups=notice.makeups,
        source=notice.source,
    )
    row = the_office(session)
    entry = events.Entry(
        actor=name,
        act="publish_year",
        about_kind="office",
        about_id=row.id,
        as_of=office.today(),
        document=notice.source,
        facts={
            "year": notice.year,
            "holidays": [day.isoformat() for day in sorted(notice.holidays)],
            "makeups": [day.isoformat() for day in sorted(notice.makeups)],
        },
    )
    events.append(session, row.id, [entry], at=office.now())
    return days


@dataclass(frozen=True, kw_only=True, slots=True)
class YearOnRecord:
    """One year of the calendar: how many of its days are on record, and whether that is all."""

    year: int
    days: int
    is_whole: bool


def years_on_record(session: Session) -> list[YearOnRecord]:
    """Return the published years in order."""
    return [
        YearOnRecord(year=year, days=days, is_whole=days == sum(1 for _ in days_of(year)))
        for year, days in sorted(calendar_days.published_years(session).items())
    ]


def missing_years(session: Session, *, today: date) -> list[int]:
    """Return the years whose holidays ought to be on record today but are not (R04)."""
    wanted = [today.year] + ([today.year + 1] if today.month >= WARN_FROM_MONTH else [])
    there = {found.year for found in years_on_record(session) if found.is_whole}
    return [year for year in wanted if year not in there]
