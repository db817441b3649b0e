"""What is made inside the database must be what Python would have made."""

from uuid import UUID, uuid4

import pytest
from sqlalchemy import Engine, Uuid, literal, select
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col

from db.bulk import constants, hex_of, insert_found, insert_new, new_ids
from db.engine import reading, transaction
from db.plan_tables import Unit, UnitAlias
from supervision.keys import act_key, notice_key
from supervision.vocabulary import Rung, UnitKind
from tests.builders import an_office_row

ITEM = UUID("11111111-1111-4111-8111-1111111111ab")
UNIT = UUID("22222222-2222-4222-8222-2222222222cd")
UNITS = 25


def some_units(session: Session) -> UUID:
    """Store an office with units and return its id."""
    office_id = an_office_row(session)
    rows = [
        {
            "id": uuid4(),
            "office_id": office_id,
            "name": f"单位{n}",
            "kind": UnitKind.BUREAU,
            "position": n,
        }
        for n in range(UNITS)
    ]
    insert_new(session, Unit, rows)
    return office_id


def give_aliases(session: Session, office_id: UUID) -> int:
    """Give every unit its own name as an alias, inside the database; return how many are new."""
    aliases = select(
        new_ids(by=col(Unit.position)).label("id"),
        col(Unit.id).label("unit_id"),
        col(Unit.name).label("alias"),
        *constants(UnitAlias, office_id=office_id),
    )
    return insert_found(session, UnitAlias, aliases.order_by(col(Unit.position)))


def test_the_database_makes_the_key_of_an_act_as_python_does(engine: Engine) -> None:
    item, unit = hex_of(literal(ITEM, Uuid)), hex_of(literal(UNIT, Uuid))

    with reading(engine) as session:
        made = session.connection().execute(
            select(act_key(item, "R10", "-60d", "2025-12-31", unit))
        )

        assert made.scalar_one() == act_key(ITEM.hex, "R10", "-60d", "2025-12-31", UNIT.hex)


def test_the_database_makes_the_key_of_a_notice_as_python_does(engine: Engine) -> None:
    item = hex_of(literal(ITEM, Uuid))

    with reading(engine) as session:
        made = session.connection().execute(select(notice_key(item, Rung.BLUE, 1)))

        assert made.scalar_one() == notice_key(ITEM.hex, Rung.BLUE, 1)


def test_what_a_query_finds_is_inserted_once(engine: Engine) -> None:
    with transaction(engine) as session:
        office_id = some_units(session)

        first = give_aliases(session, office_id)
        second = give_aliases(session, office_id)

    assert (first, second) == (UNITS, 0)


def test_rows_made_in_the_database_get_ids_of_their_own_in_order(engine: Engine) -> None:
    with transaction(engine) as session:
        give_aliases(session, some_units(session))
        query = select(col(UnitAlias.id)).join(Unit, col(Unit.id) == col(UnitAlias.unit_id))
        ids = list(session.connection().execute(query.order_by(col(Unit.position))).scalars())

    assert ids == sorted(set(ids), key=lambda found: found.hex)
    assert {found.version for found in ids} == {4}


def test_two_batches_share_no_id(engine: Engine) -> None:
    with transaction(engine) as session:
        some_units(session)
        queries = [select(new_ids(by=col(Unit.position))) for _ in range(2)]
        batches = [set(session.connection().execute(query).scalars()) for query in queries]

    assert batches[0].isdisjoint(batches[1])
    assert [len(batch) for batch in batches] == [UNITS, UNITS]


def test_leaving_out_what_is_there_already_swallows_no_other_fault(engine: Engine) -> None:
    nowhere = uuid4()
    with transaction(engine) as session:
        some_units(session)

    with pytest.raises(IntegrityError), transaction(engine) as session:
        give_aliases(session, nowhere)
