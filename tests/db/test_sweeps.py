from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime
from threading import Event
from uuid import uuid4

import pytest
from sqlalchemy import Engine
from sqlmodel import Session

from db import sweeps
from db.engine import reading, transaction
from db.sweeps import LastSweep
from supervision.vocabulary import SweepPart

SCOPE = uuid4()
MONDAY, TUESDAY = date(2025, 1, 6), date(2025, 1, 7)
AT = datetime(2025, 1, 7, 1, tzinfo=UTC)


def claimed(session: Session, day: date = TUESDAY, part: SweepPart = SweepPart.ROUNDS) -> bool:
    return sweeps.claim(session, part, SCOPE, covers=(MONDAY, day), at=AT)


def test_a_days_part_is_taken_once(engine: Engine) -> None:
    with transaction(engine) as session:
        assert claimed(session)
        assert not claimed(session)
    with transaction(engine) as session:
        assert not claimed(session)


def test_another_day_part_or_scope_is_another_one(engine: Engine) -> None:
    with transaction(engine) as session:
        assert claimed(session)
        assert claimed(session, MONDAY)
        assert claimed(session, part=SweepPart.NOTICES)
        assert sweeps.claim(session, SweepPart.ROUNDS, uuid4(), covers=(MONDAY, TUESDAY), at=AT)


def test_a_claim_falls_with_the_work_of_its_transaction(engine: Engine) -> None:
    def act() -> None:
        with transaction(engine) as session:
            assert claimed(session)
            raise InterruptedError

    with pytest.raises(InterruptedError):
        act()

    with transaction(engine) as session:
        assert claimed(session)


@pytest.mark.parametrize("fails", [False, True], ids=["is done", "fails"])
def test_who_comes_second_waits_and_takes_the_part_only_if_the_first_fails(
    engine: Engine, *, fails: bool
) -> None:
    second_is_on_its_way = Event()

    def come_second() -> bool:
        second_is_on_its_way.set()
        with transaction(engine) as session:
            return claimed(session)

    with ThreadPoolExecutor(1) as pool:
        with transaction(engine) as session:
            assert claimed(session)
            second = pool.submit(come_second)
            assert second_is_on_its_way.wait(30)
            if fails:
                session.rollback()

        assert second.result(30) is fails


def test_the_latest_day_of_a_part_is_known_with_what_it_covered(engine: Engine) -> None:
    with transaction(engine) as session:
        assert sweeps.last(session, SweepPart.ROUNDS, SCOPE) is None
        assert sweeps.latest_moment(session) is None
        claimed(session, TUESDAY)
        claimed(session, MONDAY)

    with reading(engine) as session:
        latest = sweeps.last(session, SweepPart.ROUNDS, SCOPE)
        assert latest == LastSweep(day=TUESDAY, covered_from=MONDAY, swept_at=AT)
        assert sweeps.last(session, SweepPart.NOTICES, SCOPE) is None
        assert sweeps.latest_moment(session) == AT
