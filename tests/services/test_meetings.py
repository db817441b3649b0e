from datetime import date

import pytest
from sqlmodel import Session, select

from db import inspections as seen
from db import meetings as rows
from db.life_tables import Attendance, Meeting
from db.record_tables import Event
from services import inspections, meetings
from services.inspections import Inspected
from services.meetings import Held
from services.office import Office
from supervision.errors import UsageError
from supervision.rights import NotAllowedError
from supervision.vocabulary import MeetingKind, Permission, Presence, Role
from tests.builders import FINANCE, adopt_plan, an_item, item_of
from tests.people import is_record_whole, person, the_plan, unit_id

HELD_ON = date(2024, 3, 1)
HOUSING = "区住建局"


@pytest.fixture
def two_units(office: Office) -> Office:
    """An office with T01 of the finance bureau and T02 of the housing bureau."""
    adopt_plan(office, an_item(), an_item("T02", lead=HOUSING))
    return office


def a_meeting(session: Session, *, subject: str = "推进会", on: date = HELD_ON) -> Held:
    return Held(
        kind=MeetingKind.PUSH,
        held_on=on,
        subject=subject,
        presence={FINANCE: Presence.PRESENT, HOUSING: Presence.ABSENT},
        items=(item_of(session, "T01"),),
    )


def record(session: Session, office: Office, held: Held, role: Role = Role.OFFICE) -> bool:
    actor, today = person(session, "li", role), office.today()
    return meetings.record(session, the_plan(session), held, actor, as_of=today, now=office.now())


def inspect(
    session: Session, office: Office, findings: str = "未开工", role: Role = Role.SUPERVISOR
) -> bool:
    visit = Inspected(
        inspected_on=HELD_ON,
        inspected_by="区政府督查室",
        findings=findings,
        put_right_by=date(2024, 4, 1),
    )
    actor, today = person(session, "du", role), office.today()
    item = item_of(session, "T01")
    _, is_new = inspections.record(session, item, visit, actor, as_of=today, now=office.now())
    return is_new


def test_a_meeting_is_on_record_with_who_came_and_what_was_on_the_agenda(
    two_units: Office,
) -> None:
    with two_units.transaction() as session:
        news = [record(session, two_units, a_meeting(session)) for _ in range(2)]

    with two_units.reading() as session:
        (listed,) = meetings.listed(session, the_plan(session))
        events = session.exec(select(Event).where(Event.act == Permission.RECORD_MEETING)).all()
        of_item = rows.of_item(session, item_of(session, "T01").id)
    assert news == [True, False]
    assert listed["attendance"] == {FINANCE: Presence.PRESENT, HOUSING: Presence.ABSENT}
    assert listed["items"] == ["T01"]
    assert [event.about_kind for event in events] == ["meeting", "work_item"]
    assert [meeting.subject for meeting in of_item] == ["推进会"]
    assert is_record_whole(two_units)


def test_absence_is_counted_for_the_evaluation_between_its_days(two_units: Office) -> None:
    with two_units.transaction() as session:
        record(session, two_units, a_meeting(session))
        record(session, two_units, a_meeting(session, subject="再开", on=date(2024, 3, 3)))
        plan_id = the_plan(session).id

        until_first = rows.counts_by_unit(session, plan_id, since=HELD_ON, until=HELD_ON)
        all_of_it = rows.counts_by_unit(session, plan_id, since=HELD_ON, until=date(2024, 12, 31))

    assert until_first[HOUSING] == {Presence.PRESENT: 0, Presence.ON_LEAVE: 0, Presence.ABSENT: 1}
    assert all_of_it[HOUSING][Presence.ABSENT] == 2
    assert all_of_it[FINANCE][Presence.ABSENT] == 0


def test_a_meeting_with_a_unit_nobody_knows_leaves_nothing_behind(two_units: Office) -> None:
    with two_units.transaction() as session:
        wrong = Held(
            kind=MeetingKind.JOINT,
            held_on=HELD_ON,
            subject="联席会",
            presence={FINANCE: Presence.PRESENT, "区财政": Presence.ABSENT},
        )
        with pytest.raises(UsageError, match="没有名为“区财政”的单位"):
            record(session, two_units, wrong)

        assert session.exec(select(Meeting)).all() == []
        assert session.exec(select(Attendance)).all() == []


@pytest.mark.parametrize(
    ("held_on", "presence", "why"),
    [
        pytest.param(date(2024, 3, 4), {FINANCE: Presence.PRESENT}, "还没有到", id="tomorrow"),
        pytest.param(HELD_ON, {}, "到会单位", id="nobody was asked"),
    ],
)
def test_a_meeting_that_was_not_held_is_not_recorded(
    two_units: Office, held_on: date, presence: dict[str, Presence], why: str
) -> None:
    held = Held(kind=MeetingKind.PUSH, held_on=held_on, subject="推进会", presence=presence)

    with two_units.transaction() as session, pytest.raises(UsageError, match=why):
        record(session, two_units, held)


def test_a_unit_is_present_or_absent_and_not_both() -> None:
    assert meetings.presence_of(["甲"], ["乙"], ["丙"]) == {
        "甲": Presence.PRESENT,
        "乙": Presence.ON_LEAVE,
        "丙": Presence.ABSENT,
    }
    with pytest.raises(UsageError, match="“甲”的到会情况写了两种"):
        meetings.presence_of(["甲"], [], ["甲"])


def test_meetings_and_inspections_are_recorded_by_those_who_may(two_units: Office) -> None:
    with two_units.transaction() as session:
        with pytest.raises(NotAllowedError, match="登记会议"):
            record(session, two_units, a_meeting(session), Role.SUPERVISOR)
        with pytest.raises(NotAllowedError, match="登记督导检查"):
            inspect(session, two_units, role=Role.LIAISON)


def test_an_inspection_is_recorded_once_and_stays_open_until_it_is_put_right(
    two_units: Office,
) -> None:
    with two_units.transaction() as session:
        news = [inspect(session, two_units), inspect(session, two_units)]
        other = inspect(session, two_units, findings="围挡破损")
        item, actor = item_of(session, "T01"), person(session, "du", Role.SUPERVISOR)
        settled = [
            inspections.put_right(
                session, item, actor, as_of=two_units.today(), now=two_units.now()
            )
            for _ in range(2)
        ]

        assert (news, other, settled) == ([True, False], True, [2, 0])
        assert {row.put_right_on for row in seen.of_item(session, item.id)} == {two_units.today()}
    assert is_record_whole(two_units)


def test_inspections_are_listed_for_the_unit_that_answers(two_units: Office) -> None:
    with two_units.transaction() as session:
        inspect(session, two_units)
        plan_id = the_plan(session).id

        found = {
            name: [
                item.code
                for item, _ in seen.of_plan(session, plan_id, unit_id=unit_id(session, name))
            ]
            for name in (FINANCE, HOUSING)
        }

    assert found == {FINANCE: ["T01"], HOUSING: []}
