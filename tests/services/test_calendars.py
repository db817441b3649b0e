from datetime import date

import chinese_calendar
import pytest
from sqlalchemy import select
from sqlmodel import Session, col

from db import calendar_days
from db.record_tables import CalendarDay
from services import calendars
from services.calendars import YearOnRecord
from services.office import Office
from supervision.errors import UsageError
from supervision.vocabulary import DayKind
from tests.official_days import NOTICES, holidays_of, makeups_of, worked_on

SPRING_2027 = [date(2027, 2, day) for day in range(5, 13)]  # invented: no notice exists yet
MADE_UP_2027 = [date(2027, 2, 20)]


def seeded(office: Office) -> int:
    with office.transaction() as session:
        return calendars.seed(session)


def publish_2027(office: Office, holidays: list[date], makeups: list[date]) -> int:
    with office.transaction() as session:
        return calendars.publish_year(
            session, 2027, holidays=holidays, makeups=makeups, source="国办发明电〔2026〕0号"
        )


def kinds(session: Session) -> dict[date, DayKind]:
    query = select(col(CalendarDay.day), col(CalendarDay.kind))
    return dict(session.connection().execute(query).tuples().all())


def test_the_seed_is_what_chinesecalendar_knows_of_every_day(office: Office) -> None:
    new = seeded(office)

    with office.reading() as session:
        calendar = calendar_days.working_days(session)
    days = [day for year in NOTICES for day in calendars.days_of(year)]
    assert new == len(days) == 366 + 365 + 365
    assert all(calendar.is_published(day) for day in days)
    assert [day for day in days if calendar.is_working_day(day)] == [
        day for day in days if chinese_calendar.is_workday(day)
    ]


@pytest.mark.parametrize("year", NOTICES)
def test_the_seed_agrees_with_the_notice_of_each_year(office: Office, year: int) -> None:
    seeded(office)

    with office.reading() as session:
        found = kinds(session)
    for day in calendars.days_of(year):
        assert found[day].is_worked == worked_on(day), day
    assert makeups_of(year) == {
        day for day, kind in found.items() if kind is DayKind.MAKEUP and day.year == year
    }
    assert {day for day in holidays_of(year) if day.weekday() < 5} == {
        day for day, kind in found.items() if kind is DayKind.HOLIDAY and day.year == year
    }


def test_seeding_again_adds_nothing(office: Office) -> None:
    seeded(office)

    assert seeded(office) == 0


def test_a_year_that_no_notice_covers_stays_unpublished(office: Office) -> None:
    seeded(office)

    with office.reading() as session:
        calendar = calendar_days.working_days(session)
    assert not calendar.is_published(date(2023, 12, 31))
    assert not calendar.is_published(date(2027, 1, 1))
    assert calendar.is_working_day(date(2027, 1, 1))  # presumed: a Friday


def test_a_published_year_has_all_its_days_of_the_right_kind(office: Office) -> None:
    assert publish_2027(office, SPRING_2027, MADE_UP_2027) == 365

    with office.reading() as session:
        found = kinds(session)
    assert found[date(2027, 2, 5)] is DayKind.HOLIDAY
    assert found[date(2027, 2, 6)] is DayKind.WEEKEND  # a Saturday inside the holiday
    assert found[date(2027, 2, 20)] is DayKind.MAKEUP
    assert found[date(2027, 2, 15)] is DayKind.WORKDAY
    assert found[date(2027, 2, 27)] is DayKind.WEEKEND


def test_a_leap_year_is_published_whole(office: Office) -> None:
    with office.transaction() as session:
        days = calendars.publish_year(session, 2028, holidays=[], makeups=[], source="通知")

        assert days == 366
        assert kinds(session)[date(2028, 2, 29)] is DayKind.WORKDAY


def test_a_corrected_notice_takes_the_place_of_the_first(office: Office) -> None:
    publish_2027(office, SPRING_2027, MADE_UP_2027)
    publish_2027(office, SPRING_2027[:-1], [])

    with office.reading() as session:
        found = kinds(session)
    assert found[SPRING_2027[-1]] is DayKind.WORKDAY
    assert found[MADE_UP_2027[0]] is DayKind.WEEKEND
    assert len(found) == 365


def test_seeding_later_leaves_what_the_office_corrected(office: Office) -> None:
    seeded(office)
    with office.transaction() as session:
        calendars.publish_year(
            session, 2026, holidays=[date(2026, 3, 2)], makeups=[], source="更正"
        )

    assert seeded(office) == 0
    with office.reading() as session:
        assert kinds(session)[date(2026, 3, 2)] is DayKind.HOLIDAY


@pytest.mark.parametrize(
    ("holidays", "makeups", "named"),
    [
        pytest.param([date(2026, 12, 31)], [], "2026-12-31 不在 2027 年", id="a day off"),
        pytest.param([], [date(2028, 1, 1)], "2028-01-01 不在 2027 年", id="a day of another year"),
        pytest.param([], [date(2027, 2, 22)], "2027-02-22 本是工作日", id="a Monday made up for"),
        pytest.param(
            [date(2027, 2, 20)], [date(2027, 2, 20)], "2027-02-20 既登记放假又", id="both at once"
        ),
    ],
)
def test_a_notice_copied_wrongly_is_refused_and_changes_nothing(
    office: Office, holidays: list[date], makeups: list[date], named: str
) -> None:
    publish_2027(office, SPRING_2027, MADE_UP_2027)

    with pytest.raises(UsageError, match=named) as refusal:
        publish_2027(office, holidays, makeups)

    assert refusal.value.advice
    with office.reading() as session:
        assert kinds(session)[SPRING_2027[0]] is DayKind.HOLIDAY


def test_the_years_on_record_say_whether_they_are_whole(office: Office) -> None:
    seeded(office)
    with office.transaction() as session:
        calendar_days.publish(session, [(date(2027, 1, 1), DayKind.HOLIDAY)], source="通知")

    with office.reading() as session:
        assert calendars.years_on_record(session) == [
            YearOnRecord(year=2024, days=366, is_whole=True),
            YearOnRecord(year=2025, days=365, is_whole=True),
            YearOnRecord(year=2026, days=365, is_whole=True),
            YearOnRecord(year=2027, days=1, is_whole=False),
        ]


@pytest.mark.parametrize(
    ("today", "missing"),
    [
        pytest.param(date(2025, 12, 31), [], id="both this year and the next are there"),
        pytest.param(date(2026, 10, 31), [], id="the next year is not expected yet"),
        pytest.param(date(2026, 11, 1), [2027], id="from November on it is"),
        pytest.param(date(2027, 1, 1), [2027], id="the year itself is missing"),
        pytest.param(date(2027, 11, 1), [2027, 2028], id="and then the next one too"),
    ],
)
def test_a_year_that_ought_to_be_published_is_named(
    office: Office, today: date, missing: list[int]
) -> None:
    seeded(office)

    with office.reading() as session:
        assert calendars.missing_years(session, today=today) == missing
