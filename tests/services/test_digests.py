from datetime import date

import pytest
from sqlalchemy import select, update
from sqlmodel import col

from db.plan_tables import ChannelAddress, Contact, Unit
from db.plan_tables import Office as OfficeRow
from db.record_tables import Act, Message, Obligation
from services.office import Office
from services.tick import tick
from supervision.vocabulary import ChannelKind, ContactPost, ItemState, ObligationState, SweepPart
from tests.builders import FINANCE, THE_OFFICE, adopt_plan, an_item, change_item
from tests.clock import Clock

COMPANY = "赣州秋灏环保科技有限公司"
ADOPTED, WEDNESDAY, THURSDAY = date(2025, 1, 6), date(2025, 1, 8), date(2025, 1, 9)
NEAR = date(2025, 1, 15)  # seven days after the Wednesday


@pytest.fixture(autouse=True)
def adopted_on_monday(clock: Clock) -> None:
    """Begin on the Monday on which each test's plan is adopted."""
    clock.turn_to(ADOPTED)


def digests(office: Office) -> dict[str, str]:
    """Return the bodies of the digests so far by recipient and day."""
    with office.reading() as session:
        query = select(col(Message.recipient_name), col(Message.day), col(Message.body))
        rows = session.connection().execute(query).tuples()
        return {f"{recipient} {day}": body for recipient, day, body in rows}


def withdrawn(office: Office) -> list[str]:
    with office.reading() as session:
        query = select(col(Act.rule)).where(col(Act.withdrawn_on).is_not(None))
        return sorted(session.connection().execute(query).scalars())


def test_a_unit_is_told_of_all_its_items_in_one_digest(office: Office) -> None:
    adopt_plan(office, an_item("T01", due_on=NEAR), an_item("T02", due_on=NEAR))

    assert tick(office, today=WEDNESDAY).messages_queued == 1

    (body,) = digests(office).values()
    assert "T01 T01的事项（时限 2025年1月15日，还有 7 天）" in body
    assert "T02 T02的事项（时限 2025年1月15日，还有 7 天）" in body


def test_the_subject_says_to_whom_and_how_much(office: Office) -> None:
    adopt_plan(
        office, an_item("T01", due_on=NEAR), an_item("T02", due_on=date(2025, 1, 7)), code="plan"
    )

    tick(office, today=WEDNESDAY)

    with office.reading() as session:
        subject = session.connection().execute(select(col(Message.subject))).scalar_one()
    assert subject == f"【督办提醒】{FINANCE}：逾期1项，临期1项，待签收1项（2025年1月8日）"


def test_nobody_without_something_to_do_is_told_anything(office: Office) -> None:
    adopt_plan(office, an_item("T01", due_on=NEAR, supporting=["区住建局", "各镇（街道）"]))

    tick(office, today=WEDNESDAY)
    tick(office, today=THURSDAY)

    assert list(digests(office)) == [f"{FINANCE} {WEDNESDAY}"]


def test_units_that_share_an_item_by_function_are_each_told(office: Office) -> None:
    adopt_plan(office, an_item("T01", due_on=NEAR, by_function=["区发改委", "区住建局"]))

    tick(office, today=WEDNESDAY)

    assert sorted(digests(office)) == [f"区住建局 {WEDNESDAY}", f"区发改委 {WEDNESDAY}"]


def test_a_companys_item_is_told_to_the_office_until_it_has_a_sponsor(office: Office) -> None:
    adopt_plan(
        office,
        an_item("P01", due_on=NEAR, lead=COMPANY),
        an_item("P02", due_on=date(2025, 1, 16), lead=COMPANY),
        an_item("T01", due_on=NEAR),
    )
    tick(office, today=WEDNESDAY)
    with office.transaction() as session:
        finance = select(col(Unit.id)).where(col(Unit.name) == FINANCE).scalar_subquery()
        company = update(Unit).where(col(Unit.name) == COMPANY)
        session.connection().execute(company.values(sponsor_unit_id=finance))

    tick(office, today=THURSDAY)

    told = digests(office)
    assert sorted(told) == sorted(
        [f"{THE_OFFICE} {WEDNESDAY}", f"{FINANCE} {WEDNESDAY}", f"{FINANCE} {THURSDAY}"]
    )
    assert f"责任单位：{COMPANY}，请督促" in told[f"{THE_OFFICE} {WEDNESDAY}"]
    assert f"责任单位：{COMPANY}，请督促" in told[f"{FINANCE} {THURSDAY}"]
    assert "请督促" not in told[f"{FINANCE} {WEDNESDAY}"]


@pytest.mark.parametrize(
    ("items", "named", "rest"),
    [
        pytest.param(20, 20, "", id="twenty are all named"),
        pytest.param(21, 20, "另有 1 项", id="of more than twenty the rest is counted"),
    ],
)
def test_a_digest_names_twenty_items_and_counts_the_rest(
    office: Office, items: int, named: int, rest: str
) -> None:
    adopt_plan(office, *(an_item(f"T{n:02d}", due_on=NEAR) for n in range(1, items + 1)))

    tick(office, today=WEDNESDAY)

    (body,) = digests(office).values()
    assert body.count("还有 7 天") == named
    assert ("另有" in body) is bool(rest)
    assert rest in body
    assert f"即将到期 {items} 项" in body


def test_after_an_outage_an_item_has_one_line_that_is_still_true(office: Office) -> None:
    """The last step before the date fell into the Spring Festival, and so did the date."""
    adopt_plan(office, an_item("T01", due_on=date(2025, 1, 31)))

    for day in (date(2025, 1, 24), date(2025, 1, 28), date(2025, 2, 5)):
        tick(office, today=day)

    told = digests(office)
    assert list(told) == [f"{FINANCE} 2025-01-24", f"{FINANCE} 2025-02-05"]
    before, after = told.values()
    assert before.count("T01 T01的事项") == after.count("T01 T01的事项") == 1
    assert "还有 7 天" in before
    assert "已逾期 5 天" in after
    assert "还有" not in after


def test_what_was_settled_before_anybody_was_told_is_withdrawn(office: Office) -> None:
    adopt_plan(office, an_item("T01", due_on=date(2025, 1, 18)))
    tick(office, today=date(2025, 1, 11))  # a Saturday: recorded, not told
    change_item(office, "T01", state=ItemState.CLOSED)

    assert tick(office, today=date(2025, 1, 13)).messages_queued == 0

    assert withdrawn(office) == ["R09", "R10"]


def test_a_report_that_came_in_before_anybody_was_told_is_not_asked_for(office: Office) -> None:
    adopt_plan(office, an_item("T01"), an_item("T02", lead="区住建局"))
    tick(office, today=date(2025, 3, 23), parts=[SweepPart.ROUNDS, SweepPart.JUDGING])
    with office.transaction() as session:
        reported = update(Obligation).values(state=ObligationState.REPORTED)
        session.connection().execute(reported)

    tick(office, today=date(2025, 3, 24))

    assert digests(office) == {}
    assert set(withdrawn(office)) == {"R06", "R07"}


def test_only_files_are_written_until_the_baseline_is_confirmed(office: Office) -> None:
    adopt_plan(
        office, an_item("T01", due_on=NEAR), an_item("T02", due_on=date(2025, 1, 16)), code="plan"
    )
    with office.transaction() as session:
        unit = (
            session.connection()
            .execute(select(col(Unit.id)).where(col(Unit.name) == FINANCE))
            .scalar_one()
        )
        for post, name in ((ContactPost.HEAD, "王局"), (ContactPost.LIAISON, "蓝科")):
            person = Contact(unit_id=unit, post=post, name=name)
            session.add(person)
            session.flush()
            session.add(
                ChannelAddress(
                    unit_id=unit,
                    contact_id=person.id,
                    kind=ChannelKind.MAIL,
                    address=f"{post}@caizheng.test",
                    position=0,
                )
            )

    clock = office.now
    assert isinstance(clock, Clock)
    clock.turn_to(WEDNESDAY)
    tick(office, today=WEDNESDAY)
    with office.transaction() as session:
        session.connection().execute(update(OfficeRow).values(baseline_confirmed_on=WEDNESDAY))
    clock.turn_to(THURSDAY)
    tick(office, today=THURSDAY)

    with office.reading() as session:
        query = select(
            col(Message.channel), col(Message.address), col(Message.recipient_name)
        ).order_by(col(Message.day))
        assert session.connection().execute(query).tuples().all() == [
            (ChannelKind.FILE, "", FINANCE),
            (ChannelKind.MAIL, "liaison@caizheng.test", f"{FINANCE} 蓝科"),
        ]
