from collections.abc import Callable
from dataclasses import dataclass, field

import pytest
from sqlalchemy import Engine, func, select
from sqlmodel import Session, col

from db.engine import open_engine, reading, transaction
from db.plan_tables import Office
from db.remembered import MOST, remembered
from tests.builders import an_office_row

ON_SQLITE = pytest.mark.parametrize("database", ["sqlite"], indirect=True)


@dataclass
class Offices:
    """Counts the offices, and how often it had to."""

    asked: list[int] = field(default_factory=list)

    def __call__(self, session: Session) -> int:
        return remembered(session, "offices", lambda: self._counted(session))

    def in_one_reading(self, engine: Engine) -> int:
        with reading(engine) as session:
            return self(session)

    def _counted(self, session: Session) -> int:
        self.asked.append(counted(session))
        return self.asked[-1]


def counted(session: Session) -> int:
    return session.connection().execute(select(func.count(col(Office.id)))).scalar_one()


def add_office(engine: Engine) -> None:
    with transaction(engine) as session:
        an_office_row(session, f"第{counted(session) + 1}办公室")


def add_office_elsewhere(engine: Engine) -> None:
    other = open_engine(engine.url.render_as_string(hide_password=False))
    add_office(other)
    other.dispose()


def test_what_did_not_change_is_read_once(engine: Engine) -> None:
    offices = Offices()

    found = [offices.in_one_reading(engine) for _ in range(3)]

    assert found == [0, 0, 0]
    assert offices.asked == [0]


@pytest.mark.parametrize("change", [add_office, add_office_elsewhere], ids=["here", "elsewhere"])
def test_a_change_wherever_it_is_made_is_seen_at_once(
    engine: Engine, change: Callable[[Engine], None]
) -> None:
    offices = Offices()
    offices.in_one_reading(engine)

    change(engine)

    assert offices.in_one_reading(engine) == 1
    change(engine)
    assert [offices.in_one_reading(engine) for _ in range(2)] == [2, 2]
    assert offices.asked == [0, 1, 2]


def test_a_change_that_was_undone_leaves_nothing_behind(engine: Engine) -> None:
    offices = Offices()

    def undone() -> None:
        with transaction(engine) as session:
            an_office_row(session)
            assert offices(session) == 1
            raise InterruptedError

    with pytest.raises(InterruptedError):
        undone()

    assert offices.in_one_reading(engine) == 0


def test_a_session_remembers_for_the_state_it_sees_and_for_no_later_one(engine: Engine) -> None:
    offices = Offices()

    with reading(engine) as early:
        counted(early)
        add_office(engine)
        with reading(engine) as late:
            assert (offices(early), offices(late)) == (0, 1)
            assert (offices(early), offices(late)) == (0, 1)

    assert offices.asked == [0, 1]
    assert [offices.in_one_reading(engine) for _ in range(2)] == [1, 1]


@ON_SQLITE
def test_only_so_many_answers_are_kept(engine: Engine) -> None:
    offices = Offices()
    offices.in_one_reading(engine)

    with reading(engine) as session:
        for number in range(MOST):
            remembered(session, number, lambda: "another question")

    offices.in_one_reading(engine)
    assert offices.asked == [0, 0]
