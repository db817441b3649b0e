from collections import Counter
from decimal import Decimal

import pytest
from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, SQLModel, col

from db import plans
from db.events import first_broken
from db.plan_tables import Assignment, ChannelAddress, Indicator, Measure, Unit, WorkItem
from db.record_tables import Act, Event, Message, Notice, Obligation, Round, Sweep
from services.office import Office
from services.start import start
from supervision.vocabulary import (
    ChannelKind,
    DeadlineKind,
    ItemKind,
    ItemState,
    Relation,
    UnitKind,
)
from tests.builders import THE_OFFICE, item_of
from tests.databases import ISSUED_ON
from tests.ledger import contents
from tests.services.assignments import Stands, standing_to

MEMBERS = "区“无废城市”建设工作领导小组各成员单位"
HISTORIC = {"T01", "T06", "T32", "T39", "P06"}
OF_COMPANIES = {"P01", "P04", "P05", "P07", "P17", "P18", "P19"}
LEAD, SUPPORTING = Relation.LEAD, Relation.SUPPORTING


def rows_of(session: Session, table: type[SQLModel]) -> int:
    return session.connection().execute(select(func.count()).select_from(table)).scalar_one()


def test_the_bundled_plan_has_44_tasks_and_19_projects_all_assigned(zhanggong: Office) -> None:
    with zhanggong.reading() as session:
        query = select(col(WorkItem.kind), col(WorkItem.state))
        found = Counter(session.connection().execute(query).tuples())

    assert found == {
        (ItemKind.TASK, ItemState.ASSIGNED): 44,
        (ItemKind.PROJECT, ItemState.ASSIGNED): 19,
    }


def test_59_of_its_items_have_a_date_and_four_continue(zhanggong: Office) -> None:
    with zhanggong.reading() as session:
        query = select(col(WorkItem.code)).where(col(WorkItem.due_on).is_(None))
        undated = set(session.connection().execute(query).scalars())
        kinds = Counter(session.connection().execute(select(col(WorkItem.deadline_kind))).scalars())
        moved = select(col(WorkItem.code)).where(
            col(WorkItem.due_on) != col(WorkItem.original_due_on)
        )
        assert session.connection().execute(moved).all() == []

    assert undated == {"T05", "T20", "T21", "T38"}
    assert kinds[DeadlineKind.CONTINUING] == 4


def test_items_due_before_it_was_issued_wait_for_the_office(zhanggong: Office) -> None:
    with zhanggong.reading() as session:
        query = select(col(WorkItem.code)).where(col(WorkItem.historic))
        found = set(session.connection().execute(query).scalars())

    assert found == HISTORIC


@pytest.mark.parametrize("code", ["T02", "T03"])
def test_what_all_members_are_to_do_the_office_leads_and_30_members_support(
    zhanggong: Office, code: str
) -> None:
    with zhanggong.reading() as session:
        lead, *others = standing_to(session, code)

    assert lead == Stands(THE_OFFICE, LEAD, answers=True, is_inferred=True)
    assert {(unit.relation, unit.answers) for unit in others} == {(SUPPORTING, False)}
    assert len({unit.unit for unit in others}) == len(others) == 30
    assert MEMBERS not in {unit.unit for unit in others}


def test_no_company_is_a_member_of_the_leading_group(zhanggong: Office) -> None:
    with zhanggong.reading() as session:
        members = {unit.unit for unit in standing_to(session, "T02")}
        companies = select(col(Unit.name)).where(col(Unit.kind) == UnitKind.COMPANY)
        named = set(session.connection().execute(companies).scalars())

    assert len(named) == 8
    assert not members & named


def test_seven_projects_are_led_by_a_company_that_has_no_sponsor_yet(zhanggong: Office) -> None:
    with zhanggong.reading() as session:
        query = (
            select(col(WorkItem.code), col(Unit.sponsor_unit_id))
            .join_from(WorkItem, Assignment, col(Assignment.work_item_id) == col(WorkItem.id))
            .join(Unit, col(Unit.id) == col(Assignment.unit_id))
            .where(col(Assignment.relation) == LEAD, col(Unit.kind) == UnitKind.COMPANY)
        )
        found = dict(session.connection().execute(query).tuples().all())

    assert set(found) == OF_COMPANIES
    assert set(found.values()) == {None}


def test_the_database_refuses_an_item_a_second_lead(zhanggong: Office) -> None:
    with zhanggong.reading() as session:
        item = item_of(session, "T07").id
        others = select(col(Unit.id)).where(
            col(Unit.id).not_in(
                select(col(Assignment.unit_id)).where(col(Assignment.work_item_id) == item)
            )
        )
        another = session.connection().execute(others.limit(1)).scalar_one()

    def assign(relation: Relation) -> None:
        with zhanggong.transaction() as session:
            session.add(
                Assignment(work_item_id=item, unit_id=another, relation=relation, position=99)
            )

    with pytest.raises(IntegrityError):
        assign(LEAD)
    assign(SUPPORTING)  # while one more supporting unit is welcome


def test_every_item_has_somebody_who_answers(zhanggong: Office) -> None:
    with zhanggong.reading() as session:
        query = (
            select(col(WorkItem.code), func.count())
            .join_from(WorkItem, Assignment, col(Assignment.work_item_id) == col(WorkItem.id))
            .where(col(Assignment.answers))
            .group_by(col(WorkItem.code))
        )
        found = dict(session.connection().execute(query).tuples().all())

    assert len(found) == 63


def test_every_unit_can_be_reached_by_file_from_the_first_day(zhanggong: Office) -> None:
    with zhanggong.reading() as session:
        query = select(col(ChannelAddress.kind)).join_from(
            Unit, ChannelAddress, col(ChannelAddress.unit_id) == col(Unit.id)
        )
        kinds = list(session.connection().execute(query).scalars())
        positions = list(session.connection().execute(select(col(Unit.position))).scalars())

    assert kinds == [ChannelKind.FILE] * 41
    assert len(set(positions)) == 41


def test_money_is_kept_to_the_cent(zhanggong: Office) -> None:
    with zhanggong.reading() as session:
        query = select(col(WorkItem.code), col(WorkItem.investment_wan)).where(
            col(WorkItem.investment_wan).is_not(None)
        )
        found = dict(session.connection().execute(query).tuples().all())

    assert len(found) == 19
    assert found["P01"] == Decimal("31100.00")
    assert {type(money) for money in found.values()} == {Decimal}


def test_measures_and_indicators_are_kept_as_context(zhanggong: Office) -> None:
    with zhanggong.reading() as session:
        assert rows_of(session, Indicator) == 50
        assert rows_of(session, Measure) == 61


def test_every_items_state_is_the_fold_of_its_events(zhanggong: Office) -> None:
    with zhanggong.reading() as session:
        query = (
            select(col(Event.about_id), col(Event.before), col(Event.after), col(Event.as_of))
            .where(col(Event.about_kind) == "work_item")
            .order_by(col(Event.sequence))
        )
        folded: dict[object, str | None] = {}
        for about, before, after, as_of in session.connection().execute(query).tuples():
            assert folded.get(about) == before
            assert as_of == ISSUED_ON
            folded[about] = after
        states = select(col(WorkItem.id), col(WorkItem.state))
        cached = dict(session.connection().execute(states).tuples().all())
        office = plans.the_office(session)

        assert folded == cached
        assert len(folded) == 63
        assert office is not None
        assert first_broken(session, office.id) is None


def test_adopting_sends_nothing_and_queues_nothing(zhanggong: Office) -> None:
    with zhanggong.reading() as session:
        for table in (Act, Message, Notice, Round, Obligation, Sweep):
            assert rows_of(session, table) == 0, table.__name__


def test_starting_again_changes_nothing(zhanggong: Office) -> None:
    before = contents(zhanggong.engine)

    started = start(zhanggong)

    assert not started.adopted.is_new
    assert started.calendar_days == 0
    assert contents(zhanggong.engine) == before
