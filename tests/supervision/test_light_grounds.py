from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from supervision.light_grounds import red_since
from supervision.lights import SEVERITY, Standing, is_red, judge
from supervision.periods import Quarter
from supervision.progress import Expectation, measured_on
from supervision.standing import Override, Reported, Unable
from supervision.vocabulary import DeadlineKind, ItemKind, ItemState, Light
from tests.supervision.rules import POLICY

TODAY = date(2025, 5, 15)
DUE = date(2025, 12, 31)
LAST = date(2025, 3, 25)
QUARTERS = ("2025Q1", "2024Q4", "2024Q3")
CLOSINGS = (date(2025, 4, 1), date(2025, 1, 2), date(2024, 10, 8))
SPAN = "未报节点，按2024-03-03至2025-12-31匀速推算"
MILESTONE = Quarter(2025, 1)


def expecting(percent: int | None, *, by: Quarter | None = None) -> Expectation:
    if percent is None:
        return Expectation(percent=None, reason="未报序时进度（年度节点）")
    reason = SPAN if by is None else f"{by.label}节点"
    return Expectation(percent=percent, reason=reason, milestone=by)


def standing(
    percent: int | None = None,
    expected: int | None = None,
    *,
    by: Quarter | None = None,
    missed: int = 0,
    **stated: object,
) -> Standing:
    """Return the standing of a dated project that reported so much of what was expected."""
    reported = Reported(
        percent=percent,
        reported_on=None if percent is None else LAST,
        is_on_record=percent is not None and not missed,
        missed=QUARTERS[:missed],
        missed_since=CLOSINGS[:missed],
    )
    usual: dict[str, object] = {
        "state": ItemState.IN_PROGRESS,
        "due_on": DUE,
        "kind": ItemKind.PROJECT,
        "reported": reported,
        "expectation": expecting(expected, by=by),
    }
    return Standing(**(usual | stated))  # type: ignore[arg-type]


RETURNED = Reported(returned_on=date(2025, 3, 27), returned_for="缺少数据")
UNABLE = Unable(reason="用地未批", by="李四", since=date(2025, 4, 8))


@pytest.mark.parametrize(
    ("subject", "light", "rule"),
    [
        pytest.param(standing(80, 60), Light.GREEN, "R11", id="ahead"),
        pytest.param(standing(60, 60), Light.GREEN, "R11", id="on course"),
        pytest.param(standing(51, 60), Light.GREEN, "R11", id="9 points behind"),
        pytest.param(standing(50, 60), Light.YELLOW, "R13", id="10 points behind"),
        pytest.param(standing(30, 60), Light.YELLOW, "R13", id="30 points behind"),
        pytest.param(standing(29, 60), Light.RED, "R14", id="31 points behind"),
        pytest.param(standing(60, 60, by=MILESTONE), Light.GREEN, "R11", id="milestone reached"),
        pytest.param(standing(59, 60, by=MILESTONE), Light.YELLOW, "R13", id="milestone missed"),
        pytest.param(standing(29, 60, by=MILESTONE), Light.RED, "R14", id="missed by far"),
        pytest.param(standing(60, 60, missed=1), Light.YELLOW, "R13", id="1 missed report"),
        pytest.param(standing(60, 60, missed=2), Light.RED, "R14", id="2 missed in a row"),
        pytest.param(standing(60, 60, missed=3), Light.RED, "R14", id="3 missed in a row"),
        pytest.param(standing(reported=RETURNED), Light.YELLOW, "R13", id="report returned"),
        pytest.param(standing(90, 60, unable=UNABLE), Light.RED, "R14", id="judged unable"),
        pytest.param(standing(None, 60), Light.GREY, "R15", id="nothing reported yet"),
        pytest.param(standing(40, None), Light.GREY, "R15", id="nothing expected yet"),
        pytest.param(standing(100, None), Light.GREEN, "R11", id="all of it, nothing expected"),
        pytest.param(
            standing(20, 90, state=ItemState.SUBMITTED), Light.GREEN, "R11", id="asked to close"
        ),
    ],
)
def test_progress_and_silence_give_the_light(subject: Standing, light: Light, rule: str) -> None:
    judgement = judge(subject, POLICY, today=TODAY)

    assert (judgement.light, judgement.rule) == (light, rule)


@pytest.mark.parametrize(
    ("kind", "due_on", "rounds_begun", "rule"),
    [
        pytest.param(ItemKind.TASK, DUE, 1, "R15", id="in the first round nobody is reproached"),
        pytest.param(ItemKind.TASK, DUE, 2, "R16", id="from the second round on it is named"),
        pytest.param(ItemKind.PROJECT, DUE, 2, "R15", id="a project goes straight instead"),
        pytest.param(ItemKind.TASK, None, 2, "R23", id="a continuing task needs none"),
    ],
)
def test_a_task_without_milestones_is_grey_and_says_so_from_the_second_round_on(
    kind: ItemKind, due_on: date | None, rounds_begun: int, rule: str
) -> None:
    subject = standing(
        40 if due_on else None, None, kind=kind, due_on=due_on, rounds_begun=rounds_begun
    )

    judgement = judge(subject, POLICY, today=TODAY)

    assert (judgement.light, judgement.rule) == (Light.GREY, rule)
    assert ("未报序时进度" in judgement.reason) is (rule == "R16")


@pytest.mark.parametrize(
    ("reported", "light", "rule"),
    [
        pytest.param(Reported(), Light.GREY, "R23", id="no report yet"),
        pytest.param(Reported(is_on_record=True), Light.GREEN, "R23", id="reported each quarter"),
        pytest.param(RETURNED, Light.YELLOW, "R13", id="report returned"),
        pytest.param(
            Reported(missed=QUARTERS[:1], missed_since=CLOSINGS[:1]),
            Light.YELLOW,
            "R13",
            id="1 missed",
        ),
        pytest.param(
            Reported(missed=QUARTERS[:2], missed_since=CLOSINGS[:2]),
            Light.RED,
            "R14",
            id="2 missed",
        ),
    ],
)
@pytest.mark.parametrize("today", [TODAY, date(2030, 1, 1)], ids=["in the plan", "years later"])
def test_a_continuing_item_is_judged_by_its_reports_and_never_by_a_date(
    reported: Reported, light: Light, rule: str, today: date
) -> None:
    subject = Standing(
        state=ItemState.IN_PROGRESS,
        due_on=None,
        deadline_kind=DeadlineKind.CONTINUING,
        reported=reported,
        expectation=expecting(None),
        rounds_begun=4,
    )

    judgement = judge(subject, POLICY, today=today)

    assert (judgement.light, judgement.rule) == (light, rule)


def test_every_reason_of_the_rule_is_named_with_the_facts_it_rests_on() -> None:
    subject = standing(20, 60, missed=2, unable=UNABLE)

    judgement = judge(subject, POLICY, today=DUE + timedelta(days=1))

    assert judgement.reason == (
        "已逾期1天；李四于2025-04-08判定难以按期：用地未批；"
        f"进度20%，应达60%（{SPAN}），落后40个百分点；连续2次未报送进展（2024年第四季度、2025年第一季度）"
    )
    assert judgement.facts == {
        "due_on": "2025-12-31", "days_overdue": 1, "unable_by": "李四",
        "unable_since": "2025-04-08", "reported_percent": 20, "reported_on": "2025-03-25",
        "expected_percent": 60, "expected_by": SPAN, "reports_missed": 2,
        "missed": "2025Q1、2024Q4",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("subject", "reason"),
    [
        (
            standing(59, 60, by=MILESTONE),
            "未达节点，进度59%，应达60%（2025年第一季度节点），落后1个百分点",
        ),
        (standing(reported=RETURNED), "报送于2025-03-27被退回，未重报：缺少数据"),
        (standing(60, 60, missed=1), "未报送进展（2025年第一季度）"),
        (standing(51, 60), f"进度51%，应达60%（{SPAN}），落后9个百分点，在允许范围内"),
        (standing(70, 60), f"进度70%，应达60%（{SPAN}）"),
        (standing(100, None), "进度100%"),
    ],
    ids=["milestone", "returned", "missed", "a little behind", "ahead", "all of it"],
)
def test_a_light_from_progress_says_why_in_words(subject: Standing, reason: str) -> None:
    assert judge(subject, POLICY, today=TODAY).reason == reason


def by_hand(light: Light = Light.GREEN) -> Override:
    return Override(
        light=light,
        reason="已现场核实",
        by="王强",
        since=date(2025, 4, 1),
        expires_on=date(2025, 6, 10),
    )


@pytest.mark.parametrize(
    ("today", "rule"),
    [
        pytest.param(date(2025, 3, 31), "R14", id="the day before it was set"),
        pytest.param(date(2025, 4, 1), "R32", id="the day it was set"),
        pytest.param(date(2025, 6, 9), "R32", id="the day before the next round opens"),
        pytest.param(date(2025, 6, 10), "R14", id="the next round opens"),
    ],
)
def test_a_light_set_by_hand_holds_until_the_next_round_opens(today: date, rule: str) -> None:
    subject = standing(60, 60, missed=2, override=by_hand())

    assert judge(subject, POLICY, today=today).rule == rule


def test_a_light_set_by_hand_names_who_why_and_the_rule_it_stands_in_for() -> None:
    judgement = judge(standing(60, 60, missed=2, override=by_hand()), POLICY, today=TODAY)

    assert judgement.light is Light.GREEN
    assert judgement.reason == (
        "王强于2025-04-01人工定为绿灯：已现场核实；下一轮调度开启（2025-06-10）时失效；"
        "规则判定为红灯（R14：连续2次未报送进展（2024年第四季度、2025年第一季度））"
    )
    assert judgement.facts["instead_of_rule"] == "R14"
    assert judgement.facts["instead_of_light"] == "red"


def test_no_light_is_set_by_hand_on_an_item_that_shows_none() -> None:
    subject = standing(60, 60, state=ItemState.CLOSED, override=by_hand(Light.RED))

    assert judge(subject, POLICY, today=TODAY).rule == "R15"


@pytest.mark.parametrize(
    ("subject", "calls"),
    [
        pytest.param(standing(60, 60, missed=2), True, id="red by its reports"),
        pytest.param(standing(60, 60, missed=1), False, id="yellow"),
        pytest.param(standing(60, 60, override=by_hand(Light.RED)), False, id="red by hand"),
        pytest.param(standing(60, 60, missed=2, override=by_hand()), False, id="green by hand"),
    ],
)
def test_the_ladder_goes_by_red_of_the_rules_alone(subject: Standing, *, calls: bool) -> None:
    assert is_red(judge(subject, POLICY, today=TODAY)) is calls


@pytest.mark.parametrize(
    ("subject", "since"),
    [
        pytest.param(standing(60, 60), None, id="not red"),
        pytest.param(standing(60, 60, unable=UNABLE), date(2025, 4, 8), id="the day of judgement"),
        pytest.param(standing(20, 60), date(2025, 4, 1), id="the quarter's end that is measured"),
        pytest.param(standing(60, 60, missed=2), date(2025, 4, 1), id="the second silent closing"),
        pytest.param(
            standing(60, 60, missed=3), date(2025, 1, 2), id="the second of three closings"
        ),
        pytest.param(
            standing(20, 60, missed=3, unable=UNABLE), date(2025, 1, 2), id="the earliest of them"
        ),
    ],
)
def test_it_is_known_since_when_an_item_is_red(subject: Standing, since: date | None) -> None:
    assert red_since(subject, POLICY, today=TODAY) == since


@pytest.mark.parametrize(
    ("today", "day"),
    [
        pytest.param(date(2025, 3, 31), date(2024, 12, 31), id="a quarter's last day is in time"),
        pytest.param(date(2025, 4, 1), date(2025, 3, 31), id="the day after it is measured"),
        pytest.param(date(2025, 6, 30), date(2025, 3, 31), id="and holds the whole quarter"),
        pytest.param(date(2025, 1, 1), date(2024, 12, 31), id="across the year"),
    ],
)
def test_progress_is_measured_at_the_end_of_the_last_quarter(today: date, day: date) -> None:
    assert measured_on(today) == day


DAYS = st.dates(date(2024, 1, 1), date(2027, 12, 31))
SHARES = st.none() | st.integers(0, 100)
STANDINGS = st.builds(
    standing,
    SHARES,
    SHARES,
    by=st.sampled_from([None, MILESTONE]),
    missed=st.integers(0, 3),
    state=st.sampled_from(ItemState),
    due_on=st.none() | DAYS,
    historic=st.booleans(),
    submitted_on=st.none() | DAYS,
    kind=st.sampled_from(ItemKind),
    rounds_begun=st.integers(0, 8),
    unable=st.none() | st.just(UNABLE),
)


def severity(subject: Standing, today: date) -> int:
    return SEVERITY[judge(subject, POLICY, today=today).light]


@given(STANDINGS, DAYS, st.integers(0, 400))
def test_time_alone_never_makes_a_light_better(subject: Standing, day: date, more: int) -> None:
    assert severity(subject, day + timedelta(days=more)) >= severity(subject, day)


@given(STANDINGS.filter(lambda one: one.reported.percent is not None), DAYS, st.integers(0, 100))
def test_less_progress_never_makes_a_light_better(subject: Standing, day: date, less: int) -> None:
    percent = max((subject.reported.percent or 0) - less, 0)
    slower = replace(subject, reported=replace(subject.reported, percent=percent))

    light = judge(slower, POLICY, today=day).light

    # Of a task without milestones only all of it says anything: less of it leaves no basis.
    assert light is Light.GREY or SEVERITY[light] >= severity(subject, day)


@given(STANDINGS.filter(lambda one: len(one.reported.missed) < 3), DAYS)
def test_one_more_missed_report_never_makes_a_light_better(subject: Standing, day: date) -> None:
    count = len(subject.reported.missed) + 1
    reported = replace(
        subject.reported,
        missed=QUARTERS[:count],
        missed_since=CLOSINGS[:count],
        is_on_record=False,
    )

    assert severity(replace(subject, reported=reported), day) >= severity(subject, day)


@given(STANDINGS, DAYS)
def test_every_standing_has_one_light_with_a_rule_and_a_reason(
    subject: Standing, day: date
) -> None:
    judgement = judge(subject, POLICY, today=day)

    assert judgement == judge(subject, POLICY, today=day)
    assert judgement.rule in {"R11", "R12", "R13", "R14", "R15", "R16", "R23", "R24"}
    assert judgement.reason
    assert judgement.light is not Light.GREEN or subject.reported.percent is not None
    assert sorted(SEVERITY.values()) == list(range(len(Light)))


@given(STANDINGS, DAYS)
def test_an_item_that_is_red_by_its_reports_is_red_since_some_day(
    subject: Standing, day: date
) -> None:
    judgement = judge(replace(subject, due_on=None), POLICY, today=day)

    since = red_since(replace(subject, due_on=None), POLICY, today=day)

    assert not is_red(judgement) or since is not None
