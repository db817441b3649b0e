from datetime import date, timedelta
from uuid import uuid4

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlmodel import col

from db import plans
from db.plan_tables import Unit, WorkItem
from services.adoption import adopt
from services.office import Office
from supervision.vocabulary import (
    DeadlineKind,
    ItemKind,
    ItemState,
    Relation,
    UnitKind,
)
from tests.builders import THE_OFFICE, a_plan, adopt_plan, an_adoption, an_item, item_of
from tests.databases import ISSUED_ON
from tests.ledger import contents
from tests.services.assignments import Stands, standing_to

ONE_DAY = timedelta(days=1)
TOWNS = "各镇（街道）"
LEAD, SUPPORTING, RESPONSIBLE = Relation.LEAD, Relation.SUPPORTING, Relation.RESPONSIBLE


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
