from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from supervision.vocabulary import DeadlineKind
from tasks_catalog.deadlines import read_deadline

PLAN_YEAR = 2025


@pytest.mark.parametrize(
    ("text", "kind", "due_on"),
    [
        ("2024年2月29日", DeadlineKind.DAY, date(2024, 2, 29)),
        ("2024.06.30", DeadlineKind.DAY, date(2024, 6, 30)),
        ("2024-06-30", DeadlineKind.DAY, date(2024, 6, 30)),
        ("2024-06-30 00:00:00", DeadlineKind.DAY, date(2024, 6, 30)),
        ("20240630", DeadlineKind.DAY, date(2024, 6, 30)),
        ("6.30前", DeadlineKind.DAY, date(2025, 6, 30)),
        ("6月30日前", DeadlineKind.DAY, date(2025, 6, 30)),
        ("2025 年 12 月 31 日之前", DeadlineKind.DAY, date(2025, 12, 31)),
        ("二零二五年六月三十日", DeadlineKind.DAY, date(2025, 6, 30)),
        ("2025年6月30日24时前", DeadlineKind.DAY, date(2025, 6, 30)),
        ("2025年12月31日前（视资金到位情况）", DeadlineKind.DAY, date(2025, 12, 31)),
        ("2024年\n2月", DeadlineKind.MONTH, date(2024, 2, 29)),
        ("2023年2月", DeadlineKind.MONTH, date(2023, 2, 28)),
        ("2024/6", DeadlineKind.MONTH, date(2024, 6, 30)),
        ("2024.6月底", DeadlineKind.MONTH, date(2024, 6, 30)),
        ("２０２５年１２月", DeadlineKind.MONTH, date(2025, 12, 31)),
        ("24年12月底前", DeadlineKind.MONTH, date(2024, 12, 31)),
        ("6月底前", DeadlineKind.MONTH, date(2025, 6, 30)),
        ("十二月底前", DeadlineKind.MONTH, date(2025, 12, 31)),
        ("12月中旬", DeadlineKind.MONTH, date(2025, 12, 20)),
        ("2025年2月下旬", DeadlineKind.MONTH, date(2025, 2, 28)),
        ("2024年第二季度", DeadlineKind.MONTH, date(2024, 6, 30)),
        ("第Ⅲ季度", DeadlineKind.MONTH, date(2025, 9, 30)),
        ("三季度末", DeadlineKind.MONTH, date(2025, 9, 30)),
        ("2025年上半年", DeadlineKind.MONTH, date(2025, 6, 30)),
        ("下半年", DeadlineKind.MONTH, date(2025, 12, 31)),
        ("明年6月", DeadlineKind.MONTH, date(2026, 6, 30)),
        ("2024年6月底前到位", DeadlineKind.MONTH, date(2024, 6, 30)),
        ("2025年12月，持续推进", DeadlineKind.MONTH, date(2025, 12, 31)),
        ("2025年", DeadlineKind.YEAR, date(2025, 12, 31)),
        ("2O25年底", DeadlineKind.YEAR, date(2025, 12, 31)),
        ("25年底", DeadlineKind.YEAR, date(2025, 12, 31)),
        ("2025", DeadlineKind.YEAR, date(2025, 12, 31)),
        ("二〇二五年底", DeadlineKind.YEAR, date(2025, 12, 31)),
        ("2025年年底前", DeadlineKind.YEAR, date(2025, 12, 31)),
        ("到2025年", DeadlineKind.YEAR, date(2025, 12, 31)),
        ("年底前", DeadlineKind.YEAR, date(2025, 12, 31)),
        ("年内完成", DeadlineKind.YEAR, date(2025, 12, 31)),
        ("“十四五”末", DeadlineKind.YEAR, date(2025, 12, 31)),
        ("（2025年底前完成并长期坚持）", DeadlineKind.YEAR, date(2025, 12, 31)),
        ("2025年（2025年12月31日前）", DeadlineKind.DAY, date(2025, 12, 31)),
    ],
)
def test_a_printed_date_is_due_on_its_last_day(text: str, kind: DeadlineKind, due_on: date) -> None:
    deadline = read_deadline(text, year=PLAN_YEAR)

    assert (deadline.kind, deadline.due_on) == (kind, due_on)


@pytest.mark.parametrize(
    ("text", "from_on", "due_on"),
    [
        ("2023—2025年", date(2023, 1, 1), date(2025, 12, 31)),
        ("2024-25年", date(2024, 1, 1), date(2025, 12, 31)),
        ("2024年1月至2025年6月", date(2024, 1, 1), date(2025, 6, 30)),
        ("2024.1-2025.12", date(2024, 1, 1), date(2025, 12, 31)),
        ("2024年1-6月", date(2024, 1, 1), date(2024, 6, 30)),
        ("一至三季度", date(2025, 1, 1), date(2025, 9, 30)),
        ("3月1日至15日", date(2025, 3, 1), date(2025, 3, 15)),
        ("10月至次年3月", date(2025, 10, 1), date(2026, 3, 31)),
        ("10月至2025年3月", date(2024, 10, 1), date(2025, 3, 31)),
        ("“十四五”期间", date(2021, 1, 1), date(2025, 12, 31)),
        ("2024年全年", date(2024, 1, 1), date(2024, 12, 31)),
        ("2024年3月启动，12月完成", date(2024, 3, 1), date(2024, 12, 31)),
        ("即日起至2025年底", None, date(2025, 12, 31)),
    ],
)
def test_a_range_keeps_both_ends(text: str, from_on: date | None, due_on: date) -> None:
    deadline = read_deadline(text, year=PLAN_YEAR)

    assert (deadline.kind, deadline.from_on, deadline.due_on) == (
        DeadlineKind.RANGE,
        from_on,
        due_on,
    )


@pytest.mark.parametrize(
    ("text", "every"),
    [
        ("每周五前", "week"),
        ("每月5日前", "month"),
        ("一月一调度", "month"),
        ("每季度末", "quarter"),
        ("每季度结束后10日内", "quarter"),
        ("按季度推进", "quarter"),
        ("长期坚持，每季度通报", "quarter"),
        ("半年一次", "half_year"),
        ("每六个月", "half_year"),
        ("每年12月底前", "year"),
        ("每年6月底和12月底前", "year"),
        ("一年两次", "year"),
        ("每两个月", "2_months"),
        ("定期开展", None),
    ],
)
def test_a_rhythm_has_no_single_date(text: str, every: str | None) -> None:
    deadline = read_deadline(text, year=PLAN_YEAR)

    assert (deadline.kind, deadline.every) == (DeadlineKind.RECURRING, every)
    assert deadline.due_on is None


def test_a_rhythm_keeps_the_years_between_which_it_runs() -> None:
    deadline = read_deadline("2024—2025年，每年12月底前")

    assert (deadline.from_on, deadline.due_on) == (date(2024, 1, 1), date(2025, 12, 31))


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("持续开展", DeadlineKind.CONTINUING),
        ("长期坚持", DeadlineKind.CONTINUING),
        ("立行立改并长期坚持", DeadlineKind.CONTINUING),
        ("常态化推进", DeadlineKind.CONTINUING),
        ("全年", DeadlineKind.CONTINUING),
        ("即日起", DeadlineKind.CONTINUING),
        ("收到通知后5个工作日内", DeadlineKind.EVENT),
        ("印发后三十日内", DeadlineKind.EVENT),
        ("任务下达后一个月内", DeadlineKind.EVENT),
        ("三年内", DeadlineKind.EVENT),
        ("项目建成后", DeadlineKind.EVENT),
        ("2025年春节前", DeadlineKind.EVENT),
        ("", DeadlineKind.NONE),
        ("——", DeadlineKind.NONE),
        ("无", DeadlineKind.NONE),
        ("按上级要求", DeadlineKind.UNCLEAR),
        ("尽快", DeadlineKind.UNCLEAR),
        ("立行立改", DeadlineKind.UNCLEAR),
        ("取得实效", DeadlineKind.UNCLEAR),
        ("2025年2月30日", DeadlineKind.UNCLEAR),
        ("2023年2月29日", DeadlineKind.UNCLEAR),
        ("2025年13月", DeadlineKind.UNCLEAR),
        ("2025年初", DeadlineKind.UNCLEAR),
        ("2025年6月以后", DeadlineKind.UNCLEAR),
        ("2025年第2周", DeadlineKind.UNCLEAR),
        ("2025年6月至1月", DeadlineKind.UNCLEAR),
        ("2026年起，2025年底前", DeadlineKind.UNCLEAR),
        ("25日前", DeadlineKind.UNCLEAR),
        ("2025年左右", DeadlineKind.UNCLEAR),
        ("2025年XX月", DeadlineKind.UNCLEAR),
        ("同上", DeadlineKind.UNCLEAR),
        ("2024年6月、2025年12月", DeadlineKind.UNCLEAR),
        ("2024年6、9、12月底前", DeadlineKind.UNCLEAR),
        ("一二月", DeadlineKind.UNCLEAR),
    ],
)
def test_what_names_no_date_gets_none(text: str, kind: DeadlineKind) -> None:
    deadline = read_deadline(text, year=PLAN_YEAR)

    assert (deadline.kind, deadline.due_on) == (kind, None)


@pytest.mark.parametrize(
    "text", ["2024年3月起", "2024年3月启动，持续推进", "2024年3月至今", "自2024年3月开始，长期坚持"]
)
def test_a_start_without_an_end_continues_from_its_first_day(text: str) -> None:
    deadline = read_deadline(text)

    assert (deadline.kind, deadline.from_on) == (DeadlineKind.CONTINUING, date(2024, 3, 1))


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("6月30日前", DeadlineKind.DAY),
        ("6月底前", DeadlineKind.MONTH),
        ("年底前", DeadlineKind.YEAR),
        ("1-6月", DeadlineKind.RANGE),
    ],
)
def test_without_any_year_the_precision_stays_and_the_date_does_not(
    text: str, kind: DeadlineKind
) -> None:
    deadline = read_deadline(text)

    assert (deadline.kind, deadline.due_on) == (kind, None)
    assert "没有写年份" in deadline.why


def test_two_dates_are_both_named_in_the_doubt() -> None:
    deadline = read_deadline("2024年6月底前完成方案制定，2025年底前全面完成")

    assert deadline.kind is DeadlineKind.UNCLEAR
    assert "2024年6月底前、2025年底前" in deadline.why


@pytest.mark.parametrize(
    ("text", "doubtful"), [("2025年前", True), ("6月前", True), ("2025年底前", False)]
)
def test_before_a_year_or_month_may_mean_its_beginning(text: str, *, doubtful: bool) -> None:
    assert read_deadline(text, year=PLAN_YEAR).doubtful is doubtful


def test_prose_longer_than_any_deadline_is_refused_unread() -> None:
    assert read_deadline("2025年、" * 100_000).kind is DeadlineKind.UNCLEAR


WORDS = [
    *"2024年13月日起至到-、，.每季度半末底前一十二两五个内旬上下中第（）后Q",
    *("2025年", "次年", "十四五", "12月", "30日"),
]


@settings(deadline=None)  # two busy cores are no fault of the grammar
@given(st.lists(st.sampled_from(WORDS), max_size=16).map("".join))
def test_reading_never_fails_and_keeps_dates_in_order(text: str) -> None:
    deadline = read_deadline(text, year=PLAN_YEAR)

    assert deadline.why
    if deadline.from_on and deadline.due_on:
        assert deadline.from_on <= deadline.due_on


@settings(deadline=None)  # two busy cores are no fault of the grammar
@given(st.dates(min_value=date(1990, 1, 1), max_value=date(2060, 12, 31)))
def test_every_day_of_the_calendar_is_read_as_printed(day: date) -> None:
    printed = f"{day.year}年{day.month}月{day.day}日前"

    assert read_deadline(printed).due_on == day
