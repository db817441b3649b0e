from datetime import date, timedelta

import pytest

from db import calendar_days
from db import light_overrides as kept_overrides
from db.work_items import Wanted
from services import light_overrides
from services.item_events import Said
from services.items import ListedItem, RedItem, listed, red_without_being_overdue
from services.milestones import Target, set_milestones
from services.office import Office
from services.round_closing import snapshot_of
from services.tick import tick
from services.waiting import waiting
from supervision.errors import UsageError
from supervision.lifecycle import ForbiddenMoveError
from supervision.periods import Quarter
from supervision.rights import NotAllowedError
from supervision.vocabulary import ItemState, Light, Role
from tests.builders import FINANCE, adopt_plan, an_item, change_item, item_of
from tests.people import is_record_whole, person, the_plan
from tests.reporting import CLOSES, DUE, HOUSING, OPENS, accept, hand_in, round_in, send_back

IN_APRIL = date(2025, 4, 15)
SECOND_OPENS, SECOND_CLOSES = date(2025, 6, 10), date(2025, 7, 2)


def items(office: Office, as_of: date, *, today: date | None = None) -> dict[str, ListedItem]:
    with office.reading() as session:
        wanted = Wanted(plan_ids=(the_plan(session).id,), as_of=as_of, today=today)
        return {item.code: item for item in listed(session, wanted, office.policy)}


def light_of(office: Office, code: str, as_of: date, *, today: date | None = None) -> str:
    item = items(office, as_of, today=today)[code]
    return f"{item.light.label} {item.rule}"


def plan_milestone(office: Office, code: str, percent: int) -> None:
    with office.transaction() as session:
        wanted = {Quarter(2025, 1): Target(percent=percent, stage="主体完工")}
        desk = person(session, "调度员", Role.OFFICE)
        set_milestones(session, item_of(session, code), wanted, desk, as_of=OPENS, now=office.now())


def red(office: Office, today: date) -> list[RedItem]:
    with office.reading() as session:
        plan, calendar = the_plan(session), calendar_days.working_days(session)
        return red_without_being_overdue(session, plan, office.policy, calendar, today)


def codes(office: Office, found: list[RedItem]) -> list[str]:
    with office.reading() as session:
        ids = {item_of(session, code).id: code for code in ("T01", "T02", "P01")}
    return sorted(ids[item.work_item_id] for item in found)


def said(office: Office, actor: object, reason: str = "已现场核实", as_of: date = OPENS) -> Said:
    return Said(actor=actor, as_of=as_of, now=office.now(), reason=reason)  # type: ignore[arg-type]


def set_light(
    office: Office, light: Light, *, as_of: date = OPENS, by: Role = Role.OFFICE, unit: str = ""
) -> None:
    with office.transaction() as session:
        actor = person(session, by.value, by, unit=unit or None)
        light_overrides.set_light(
            session, item_of(session, "T01"), light, said(office, actor, as_of=as_of), office.policy
        )


def judge_unable(office: Office, code: str = "T01", as_of: date = OPENS) -> None:
    with office.transaction() as session:
        actor = person(session, "督查", Role.SUPERVISOR)
        light_overrides.judge_unable(
            session, item_of(session, code), said(office, actor, "用地未批", as_of)
        )


def test_a_report_that_reaches_its_milestone_is_green_and_one_that_does_not_is_yellow(
    reporting: Office,
) -> None:
    plan_milestone(reporting, "T01", 50)
    plan_milestone(reporting, "T02", 50)
    hand_in(reporting, "T01", percent=50)
    hand_in(reporting, "T02", percent=49, unit=HOUSING)

    assert light_of(reporting, "T01", date(2025, 3, 31)) == "绿 R11"
    assert light_of(reporting, "T02", date(2025, 3, 31)) == "绿 R11"
    assert light_of(reporting, "T01", IN_APRIL) == "绿 R11"
    assert light_of(reporting, "T02", IN_APRIL) == "黄 R13"
    assert items(reporting, IN_APRIL)["T02"].expected_percent == 50


def test_an_item_that_lags_far_behind_is_red_long_before_its_date(reporting: Office) -> None:
    plan_milestone(reporting, "T01", 50)
    hand_in(reporting, "T01", percent=19)
    hand_in(reporting, "P01", percent=0)

    found = red(reporting, IN_APRIL)

    assert light_of(reporting, "T01", IN_APRIL) == "红 R14"
    assert codes(reporting, found) == ["T01"]
    assert found[0].since == date(2025, 4, 1)
    assert "落后31个百分点" in found[0].reason
    assert red(reporting, date(2025, 3, 31)) == []


def test_a_project_without_milestones_is_red_when_it_lags_on_the_straight_line(
    reporting: Office,
) -> None:
    hand_in(reporting, "P01", percent=15)

    assert light_of(reporting, "P01", IN_APRIL) == "绿 R11"
    assert light_of(reporting, "P01", date(2025, 7, 1)) == "红 R14"
    assert codes(reporting, red(reporting, date(2025, 7, 1))) == ["P01"]


def test_a_report_sent_back_is_yellow_until_it_comes_again(reporting: Office) -> None:
    hand_in(reporting)
    send_back(reporting)
    returned = light_of(reporting, "T01", OPENS)
    hand_in(reporting, progress="补齐数据", as_of=DUE)

    assert returned == "黄 R13"
    assert light_of(reporting, "T01", DUE) == "灰 R15"


def test_one_missed_report_is_yellow_two_in_a_row_are_red_and_the_next_report_ends_it(
    reporting: Office,
) -> None:
    for day in (CLOSES, SECOND_OPENS, SECOND_CLOSES):
        tick(reporting, today=day)

    assert light_of(reporting, "T01", CLOSES - timedelta(days=1)) == "灰 R15"
    assert light_of(reporting, "T01", CLOSES) == "黄 R13"
    assert light_of(reporting, "T01", SECOND_CLOSES) == "红 R14"
    assert {item.since for item in red(reporting, SECOND_CLOSES)} == {SECOND_CLOSES}
    assert codes(reporting, red(reporting, SECOND_CLOSES)) == ["P01", "T01", "T02"]


def test_a_task_without_milestones_is_named_from_the_second_round_on(reporting: Office) -> None:
    hand_in(reporting, percent=20)
    hand_in(reporting, "T02", percent=20, unit=HOUSING)
    first = light_of(reporting, "T01", IN_APRIL)
    tick(reporting, today=SECOND_OPENS)

    with reporting.reading() as session:
        lists = {each.what: each.codes for each in waiting(session, reporting.policy, today=OPENS)}
        later = {
            each.what: each.codes for each in waiting(session, reporting.policy, today=SECOND_OPENS)
        }

    assert first == "灰 R15"
    assert light_of(reporting, "T01", SECOND_OPENS) == "灰 R16"
    assert "任务未报序时进度（年度节点）" not in lists
    assert later["任务未报序时进度（年度节点）"] == ("T01", "T02")


def test_a_continuing_item_is_green_by_its_reports(office: Office) -> None:
    adopt_plan(office, an_item("T01", due_on=None))

    assert light_of(office, "T01", date(2030, 1, 1)) == "灰 R23"


def test_a_snapshot_keeps_the_light_with_its_rule_reason_and_facts(reporting: Office) -> None:
    tick(reporting, today=CLOSES)

    with reporting.reading() as session:
        content = snapshot_of(session, round_in(session)).content

    line = next(item for item in content["items"] if item["code"] == "T01")
    assert (line["light"], line["rule"]) == ("yellow", "R13")
    assert line["reason"] == "未报送进展（2025年第一季度）"
    assert line["facts"] == {"reports_missed": 1, "missed": "2025Q1"}


@pytest.mark.parametrize(
    ("as_of", "light"),
    [
        pytest.param(OPENS, "灰 R15", id="before anything came in"),
        pytest.param(date(2025, 3, 12), "黄 R13", id="while it was sent back"),
        pytest.param(DUE, "灰 R15", id="after it came again"),
    ],
)
def test_a_day_gone_by_is_judged_by_what_was_known_then(
    reporting: Office, as_of: date, light: str
) -> None:
    hand_in(reporting, as_of=date(2025, 3, 11))
    send_back(reporting, as_of=date(2025, 3, 12))
    hand_in(reporting, progress="补齐数据", as_of=date(2025, 3, 14))
    accept(reporting, as_of=date(2025, 3, 17))

    assert light_of(reporting, "T01", as_of, today=IN_APRIL) == light


@pytest.mark.parametrize(
    ("as_of", "state", "overdue"),
    [
        pytest.param(date(2025, 4, 1), ItemState.ASSIGNED, 1, id="before it was signed for"),
        pytest.param(date(2025, 4, 2), ItemState.IN_PROGRESS, 2, id="signed for"),
        pytest.param(date(2025, 4, 3), ItemState.SUBMITTED, 3, id="asked for late"),
        pytest.param(date(2025, 4, 4), ItemState.CLOSED, None, id="closed"),
    ],
)
def test_an_item_closed_since_is_listed_as_it_stood(
    office: Office, as_of: date, state: ItemState, overdue: int | None
) -> None:
    adopt_plan(office, an_item("T01", due_on=date(2025, 3, 31)), baseline_on=date(2025, 1, 6))
    change_item(
        office,
        "T01",
        state=ItemState.CLOSED,
        acknowledged_on=date(2025, 4, 2),
        submitted_on=date(2025, 4, 3),
        closed_on=date(2025, 4, 4),
    )

    with office.reading() as session:
        wanted = Wanted(
            plan_ids=(the_plan(session).id,), as_of=as_of, today=IN_APRIL, overdue_only=True
        )
        late = [item.days_overdue for item in listed(session, wanted, office.policy)]

    assert items(office, as_of, today=IN_APRIL)["T01"].state is state
    assert late == ([] if overdue is None else [overdue])


def test_a_light_set_by_hand_stands_until_the_next_round_opens(reporting: Office) -> None:
    set_light(reporting, Light.RED)
    tick(reporting, today=SECOND_OPENS)

    assert light_of(reporting, "T01", OPENS - timedelta(days=1)) == "灰 R15"
    assert light_of(reporting, "T01", SECOND_OPENS - timedelta(days=1)) == "红 R32"
    assert light_of(reporting, "T01", SECOND_OPENS) != "红 R32"
    assert red(reporting, IN_APRIL) == []


def test_a_light_set_by_hand_takes_an_item_off_the_ladders_list(reporting: Office) -> None:
    judge_unable(reporting)
    assert codes(reporting, red(reporting, IN_APRIL)) == ["T01"]

    set_light(reporting, Light.YELLOW)

    assert red(reporting, IN_APRIL) == []
    assert items(reporting, IN_APRIL)["T01"].facts["instead_of_rule"] == "R14"


def test_another_light_ends_the_one_before_and_both_are_kept(reporting: Office) -> None:
    set_light(reporting, Light.YELLOW)
    set_light(reporting, Light.YELLOW)
    set_light(reporting, Light.RED, as_of=DUE)

    with reporting.transaction() as session:
        item, desk = item_of(session, "T01"), person(session, "office", Role.OFFICE)
        light_overrides.clear_light(session, item, said(reporting, desk, as_of=IN_APRIL))
        rows = kept_overrides.of_item(session, item.id)
        kept = [(row.ordinal, row.light, row.set_on, row.ended_on) for row in rows]

    assert kept == [(1, Light.YELLOW, OPENS, DUE), (2, Light.RED, DUE, IN_APRIL)]
    assert light_of(reporting, "T01", OPENS) == "黄 R32"
    assert light_of(reporting, "T01", DUE) == "红 R32"
    assert light_of(reporting, "T01", IN_APRIL) == "灰 R15"
    assert is_record_whole(reporting)


def test_a_date_judged_past_keeping_is_red_until_revoked(reporting: Office) -> None:
    judge_unable(reporting)
    judge_unable(reporting)
    with reporting.transaction() as session:
        desk = person(session, "调度员", Role.OFFICE)
        light_overrides.revoke_unable(
            session, item_of(session, "T01"), said(reporting, desk, "用地已批", IN_APRIL)
        )

    assert light_of(reporting, "T01", DUE) == "红 R14"
    assert light_of(reporting, "T01", IN_APRIL) == "灰 R15"


def test_a_later_date_leaves_the_judgement_behind(reporting: Office) -> None:
    judge_unable(reporting)
    change_item(reporting, "T01", due_on=date(2026, 3, 31))

    assert light_of(reporting, "T01", IN_APRIL) == "灰 R15"
    assert red(reporting, IN_APRIL) == []


@pytest.mark.parametrize(
    ("role", "unit"),
    [
        pytest.param(Role.LIAISON, FINANCE, id="of the unit itself"),
        pytest.param(Role.OFFICE, FINANCE, id="an office account of the lead unit"),
        pytest.param(Role.SUPERVISOR, HOUSING, id="a supervisor of a supporting unit"),
        pytest.param(Role.REVIEWER, "", id="a reviewer"),
    ],
)
def test_nobody_sets_the_light_of_his_own_units_item(
    reporting: Office, role: Role, unit: str
) -> None:
    with pytest.raises(NotAllowedError, match="不能人工定灯"):
        set_light(reporting, Light.GREEN, by=role, unit=unit)


def test_a_light_needs_a_reason_and_an_item_that_shows_one(reporting: Office) -> None:
    with reporting.transaction() as session:
        item, boss = item_of(session, "T01"), person(session, "签发人", Role.APPROVER)
        unsaid = said(reporting, boss, " ")
        with pytest.raises(UsageError, match="须写明理由"):
            light_overrides.set_light(session, item, Light.RED, unsaid, reporting.policy)
        with pytest.raises(UsageError, match="没有生效的人工定灯"):
            light_overrides.clear_light(session, item, said(reporting, boss))

    change_item(reporting, "T01", state=ItemState.CANCELLED)
    with pytest.raises(ForbiddenMoveError, match="不亮灯"):
        set_light(reporting, Light.RED)
