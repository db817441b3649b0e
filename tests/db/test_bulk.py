from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy import Engine, func, select
from sqlalchemy.exc import IntegrityError, StatementError
from sqlmodel import Session, col

from db import bulk
from db.bulk import insert_new
from db.engine import reading, transaction
from db.plan_tables import Unit
from db.record_tables import CalendarDay
from supervision.vocabulary import DayKind
from tests.builders import an_office_row

FIRST = date(2025, 1, 1)


def days(many: int, *, first: date = FIRST, source: str = "通知") -> Iterator[dict[str, Any]]:
    for n in range(many):
        yield {"day": first + timedelta(days=n), "kind": DayKind.WORKDAY, "source": source}


def stored(engine: Engine) -> int:
    with reading(engine) as session:
        return session.connection().execute(select(func.count(col(CalendarDay.day)))).scalar_one()


def test_only_rows_that_are_new_are_counted(engine: Engine) -> None:
    with transaction(engine) as session:
        first = insert_new(session, CalendarDay, days(10))
    with transaction(engine) as session:
        second = insert_new(session, CalendarDay, days(10, first=FIRST + timedelta(days=4)))

    assert (first, second) == (10, 4)
    assert stored(engine) == 14


def test_what_is_there_already_is_left_as_it_was(engine: Engine) -> None:
    with transaction(engine) as session:
        insert_new(session, CalendarDay, days(1, source="先"))
        insert_new(session, CalendarDay, days(1, source="后"))

    with reading(engine) as session:
        assert session.get_one(CalendarDay, FIRST).source == "先"


def test_a_row_twice_in_one_call_is_one_row(engine: Engine) -> None:
    with transaction(engine) as session:
        added = insert_new(session, CalendarDay, [*days(3), *days(3)])

    assert added == 3


def test_a_generator_of_many_batches_is_taken_batch_by_batch(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bulk, "BATCH", 100)
    taken: list[int] = []

    def counted() -> Iterator[dict[str, Any]]:
        for number, row in enumerate(days(1050)):
            taken.append(number)
            yield row

    with transaction(engine) as session:
        added = insert_new(session, CalendarDay, counted())

    assert added == 1050
    assert taken == list(range(1050))
    assert stored(engine) == 1050


def test_more_rows_than_one_batch_holds_are_counted_exactly(engine: Engine) -> None:
    with transaction(engine) as session:
        first = insert_new(session, CalendarDay, days(bulk.BATCH + 1))
        second = insert_new(session, CalendarDay, days(bulk.BATCH + 2))

    assert (first, second) == (bulk.BATCH + 1, 1)


def test_no_rows_are_no_work(engine: Engine) -> None:
    with transaction(engine) as session:
        assert insert_new(session, CalendarDay, []) == 0


def test_it_is_undone_with_the_transaction_it_is_part_of(engine: Engine) -> None:
    def act() -> None:
        with transaction(engine) as session:
            insert_new(session, CalendarDay, days(3))
            raise InterruptedError

    with pytest.raises(InterruptedError):
        act()

    assert stored(engine) == 0


def a_unit(office: UUID, **values: Any) -> dict[str, Any]:  # noqa: ANN401 - any column
    row = {"id": uuid4(), "office_id": office, "name": "区财政局", "kind": "bureau", "position": 0}
    return row | values


def test_only_a_taken_key_is_passed_over_any_other_fault_is_an_error(engine: Engine) -> None:
    with transaction(engine) as session:
        office = an_office_row(session)

    with pytest.raises(IntegrityError), transaction(engine) as session:
        insert_new(session, Unit, [a_unit(office, name=None)])
    with pytest.raises(IntegrityError), transaction(engine) as session:
        insert_new(session, Unit, [a_unit(uuid4())])  # no such office
    with pytest.raises(StatementError, match="no_such_kind"), transaction(engine) as session:
        insert_new(session, Unit, [a_unit(office, kind="no_such_kind")])


def test_a_taken_name_is_passed_over_whatever_the_new_rows_id(engine: Engine) -> None:
    with transaction(engine) as session:
        office = an_office_row(session)
        first = insert_new(session, Unit, [a_unit(office)])
        second = insert_new(session, Unit, [a_unit(office)])

    assert (first, second) == (1, 0)
    with Session(engine) as session:
        assert len(session.connection().execute(select(col(Unit.id))).all()) == 1
