from collections import Counter
from datetime import date, timedelta
from decimal import Decimal
from typing import NamedTuple
from uuid import uuid4

import pytest
from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, SQLModel, col

from db import plans
from db.events import first_broken
from db.plan_tables import Assignment, ChannelAddress, Indicator, Measure, Unit, WorkItem
from db.record_tables import Act, Event, Message, Notice, Obligation, Round, Sweep
from services.adoption import adopt
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
from tests.builders import THE_OFFICE, a_plan, adopt_plan, an_adoption, an_item, item_of
from tests.databases import ISSUED_ON
from tests.ledger import contents

ONE_DAY = timedelta(days=1)
MEMBERS = "区“无废城市”建设工作领导小组各成员单位"
TOWNS = "各镇（街道）"
HISTORIC = {"T01", "T06", "T32", "T39", "P06"}
OF_COMPANIES = {"P01", "P04", "P05", "P07", "P17", "P18", "P19"}
LEAD, SUPPORTING, RESPONSIBLE = Relation.LEAD, Relation.SUPPORTING, Relation.RESPONSIBLE


class Stands(NamedTuple):
    """How a unit stands to an item."""

    unit: str
    relation: Relation
    answers: bool
    is_inferred: bool


def standing_to(session: Session, code: str) -> list[Stands]:
    """Return the units of an item in the order printed."""
    query = (
        select(
            col(Unit.name),
            col(Assignment.relation),
            col(Assignment.answers),
            col(Assignment.is_inferred),
        )
        .join_from(Assignment, Unit, col(Unit.id) == col(Assignment.unit_id))
        .where(col(Assignment.work_item_id) == item_of(session, code).id)
        .order_by(col(Assignment.position))
    )
    return [Stands(*row) for row in session.connection().execute(query).tuples()]


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


@pytest.mark.parametrize(
    ("due_on", "historic"),
    [
        pytest.param(ISSUED_ON - ONE_DAY, True, id="the day before the baseline"),
        pytest.param(ISSUED_ON, False, id="on the baseline"),
        pytest.param(None, False, id="continuing"),
    ],
)
def test_an_item_is_historic_when_it_was_due_before_the_baseline(
    office: Office, due_on: date | None, *, historic: bool
) -> None:
    adopted = adopt_plan(office, an_item("T01", due_on=due_on), baseline_on=ISSUED_ON)

    assert adopted.historic == historic
    with office.reading() as session:
        assert item_of(session, "T01").historic is historic


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


def test_a_plain_list_is_led_by_its_first_unit_and_says_that_this_is_inferred(
    office: Office,
) -> None:
    adopt_plan(office, an_item("T01", lead="区发改委", supporting=["区财政局", "区住建局"]))

    with office.reading() as session:
        assert [unit[:3] for unit in standing_to(session, "T01")] == [
            ("区发改委", LEAD, True),
            ("区财政局", SUPPORTING, False),
            ("区住建局", SUPPORTING, False),
        ]


def test_units_that_share_an_item_by_function_all_answer_and_none_leads(office: Office) -> None:
    adopt_plan(office, an_item("T01", by_function=["区发改委", "区财政局"]))

    with office.reading() as session:
        assert standing_to(session, "T01") == [
            Stands("区发改委", RESPONSIBLE, answers=True, is_inferred=False),
            Stands("区财政局", RESPONSIBLE, answers=True, is_inferred=False),
        ]


def test_a_unit_beside_its_collective_stands_there_once(office: Office) -> None:
    towns = ["水东镇人民政府", "水西镇人民政府"]
    adopt_plan(
        office,
        an_item("T01", lead=towns[0], supporting=[TOWNS]),
        an_item("T02", lead=towns[1]),
    )

    with office.reading() as session:
        assert [unit[:3] for unit in standing_to(session, "T01")] == [
            (towns[0], LEAD, True),
            (towns[1], SUPPORTING, False),
        ]


def test_an_item_nobody_is_named_for_falls_to_the_office(office: Office) -> None:
    adopt_plan(office, an_item("T01", lead=None))

    with office.reading() as session:
        assert standing_to(session, "T01") == [
            Stands(THE_OFFICE, LEAD, answers=True, is_inferred=True)
        ]


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


def test_a_code_in_use_cannot_be_adopted_twice(office: Office) -> None:
    adopt_plan(office, an_item("T01"))
    before = contents(office.engine)

    with pytest.raises(IntegrityError):
        adopt_plan(office, an_item("T02"))

    assert contents(office.engine) == before


def test_a_second_plan_shares_the_units_of_the_first(office: Office) -> None:
    adopt_plan(office, an_item("T01", lead="区发改委"), code="first")
    adopt_plan(office, an_item("T02", lead="区发改委", supporting=["区住建局"]), code="second")

    with office.reading() as session:
        query = select(col(Unit.name)).order_by(col(Unit.position))
        names = list(session.connection().execute(query).scalars())
        assert standing_to(session, "T02")[0].unit == "区发改委"

    assert names == [THE_OFFICE, "区财政局", "区发改委", "区住建局"]


def test_a_plan_that_names_no_office_gets_one(office: Office) -> None:
    read = a_plan(an_item("T01"))
    nameless = read.model_copy(
        update={"units": [unit for unit in read.units if unit.kind is not UnitKind.OFFICE]}
    )

    with office.transaction() as session:
        adopt(session, an_adoption(nameless, baseline_on=ISSUED_ON), now=office.now())

    with office.reading() as session:
        row = plans.the_office(session)
        assert row is not None
        assert plans.office_unit(session, row.id).name == row.name == "督办办公室"


def test_an_adoption_that_fails_leaves_nothing_behind(office: Office) -> None:
    before = contents(office.engine)
    lost = an_item("T01", lead="区发改委")
    read = a_plan(lost).model_copy(update={"units": []})  # names a unit that is not in its roster

    with pytest.raises(KeyError), office.transaction() as session:
        adopt(session, an_adoption(read, baseline_on=ISSUED_ON), now=office.now())

    assert contents(office.engine) == before


def test_an_item_of_no_plan_cannot_be_stored(office: Office) -> None:
    item = WorkItem(
        plan_id=uuid4(),
        code="T01",
        kind=ItemKind.TASK,
        number=1,
        title="无主事项",
        content="",
        deadline_kind=DeadlineKind.NONE,
        state=ItemState.ASSIGNED,
        adopted_on=ISSUED_ON,
        provenance={},
    )

    with pytest.raises(IntegrityError), office.transaction() as session:
        session.add(item)
