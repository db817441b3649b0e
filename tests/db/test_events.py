from collections.abc import Callable
from datetime import UTC, date, datetime
from functools import partial
from threading import Barrier, Thread
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy import Engine, delete, insert, select, update
from sqlmodel import Session, col
from sqlmodel import select as select_rows

from db.engine import reading, transaction
from db.event_forms import first_form_hash, link_hash
from db.events import BEFORE_THE_FIRST, append, first_broken, head_of, together
from db.record_tables import Event, EventHead
from supervision.errors import StorageError
from supervision.vocabulary import ItemState
from tests.builders import an_entry, an_office_row
from tests.clock import SHANGHAI

AT = datetime(2025, 1, 2, 9, 30, 0, 123456, tzinfo=SHANGHAI)
ITEM = uuid4()


@pytest.fixture
def chain(engine: Engine) -> UUID:
    """Give an office with six entries on record, written in three acts."""
    with transaction(engine) as session:
        office = an_office_row(session)
    for act in ("register", "assign", "sign"):
        with transaction(engine) as session:
            entries = [an_entry(ITEM, act, why=f"{act}{n}") for n in range(2)]
            assert append(session, office, entries, at=AT) == 2
    return office


def broken_at(engine: Engine, office: UUID) -> int | None:
    with reading(engine) as session:
        return first_broken(session, office)


def test_each_entry_carries_the_hash_of_the_one_before(engine: Engine, chain: UUID) -> None:
    with reading(engine) as session:
        query = select(col(Event.sequence), col(Event.previous_hash), col(Event.hash))
        rows = session.connection().execute(query.order_by(col(Event.sequence))).all()

    assert [row.sequence for row in rows] == [1, 2, 3, 4, 5, 6]
    assert [row.previous_hash for row in rows] == [
        BEFORE_THE_FIRST,
        *(row.hash for row in rows[:-1]),
    ]
    assert broken_at(engine, chain) is None


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_what_acts_say_together_is_on_record_in_order_once_all_are_done(
    engine: Engine, chain: UUID
) -> None:
    with transaction(engine) as session:
        with together(session):
            append(session, chain, [an_entry(ITEM, "bring")], at=AT)
            append(session, chain, [an_entry(ITEM, "report")], at=AT)
            meanwhile = head_of(session, chain)[0]
        append(session, chain, [an_entry(ITEM, "review")], at=AT)

    with reading(engine) as session:
        acts = session.exec(select_rows(Event.act).order_by(col(Event.sequence))).all()
    assert meanwhile == 6
    assert acts[6:] == ["bring", "report", "review"]
    assert broken_at(engine, chain) is None


def test_an_entry_with_everything_in_it_survives_the_database(engine: Engine) -> None:
    entry = an_entry(
        ITEM,
        before=ItemState.REGISTERED,
        after=ItemState.ASSIGNED,
        why="主要领导批示：“限期办结”\n第二行",
        document="章贡督办〔2025〕1号",
        facts={
            "code": "T01",
            "historic": False,
            "days": [1, 2],
            "rate": 0.1,
            "nested": {"值": None},
        },
    )
    with transaction(engine) as session:
        office = an_office_row(session)
        append(session, office, [entry], at=AT)

    with reading(engine) as session:
        (event,) = session.exec(select_rows(Event)).all()
        assert link_hash(event.model_dump()) == event.hash
        assert event.at == AT
        assert (event.before, event.after) == ("registered", "assigned")
        assert (event.as_of, event.facts) == (date(2025, 1, 2), entry.facts)
    assert broken_at(engine, office) is None


def test_the_same_moment_in_another_zone_is_the_same_entry(engine: Engine) -> None:
    with transaction(engine) as session:
        office = an_office_row(session)
        append(session, office, [an_entry(ITEM)], at=AT.astimezone(UTC))
        append(session, office, [an_entry(ITEM)], at=AT)

    assert broken_at(engine, office) is None


Tampering = Callable[[Session], object]


def changing(**values: Any) -> Tampering:  # noqa: ANN401 - any column
    third = update(Event).where(col(Event.sequence) == 3)
    return lambda session: session.connection().execute(third.values(**values))


def deleting(*sequences: int) -> Tampering:
    gone = delete(Event).where(col(Event.sequence).in_(sequences))
    return lambda session: session.connection().execute(gone)


def renumber(session: Session, old: int, new: int) -> None:
    entry = update(Event).where(col(Event.sequence) == old)
    session.connection().execute(entry.values(sequence=new))


def swap_two(session: Session) -> None:
    renumber(session, 3, 99)
    renumber(session, 4, 3)
    renumber(session, 99, 4)


def close_the_gap(session: Session) -> None:
    deleting(3)(session)
    for sequence in (4, 5, 6):
        renumber(session, sequence, sequence - 1)


def copy_of(session: Session, sequence: int) -> dict[str, Any]:
    found = session.exec(select_rows(Event).where(Event.sequence == sequence)).one()
    return found.model_dump() | {"id": uuid4()}


def insert_between(session: Session) -> None:
    forged = copy_of(session, 3) | {"actor": "nobody"}
    for sequence in (6, 5, 4, 3):
        renumber(session, sequence, sequence + 1)
    forged["hash"] = link_hash(forged)
    session.connection().execute(insert(Event).values(**forged))


def add_behind_the_heads_back(session: Session) -> None:
    last = copy_of(session, 6)
    forged = last | {"sequence": 7, "previous_hash": last["hash"]}
    forged["hash"] = link_hash(forged)
    session.connection().execute(insert(Event).values(**forged))


def restamp(session: Session, sequence: int) -> None:
    forged = copy_of(session, sequence) | {"actor": "nobody"}
    entry = update(Event).where(col(Event.sequence) == sequence)
    session.connection().execute(entry.values(actor="nobody", hash=link_hash(forged)))


def pass_for_the_first_form(session: Session, sequence: int) -> None:
    """Change an entry and hash it by the form of old, which a database of old would have kept."""
    forged = copy_of(session, sequence) | {"actor": "nobody"}
    entry = update(Event).where(col(Event.sequence) == sequence)
    session.connection().execute(entry.values(actor="nobody", hash=first_form_hash(forged)))


def take_the_mark_away(session: Session) -> None:
    entry = update(Event).where(col(Event.sequence) == 3)
    bare = copy_of(session, 3)["hash"].removeprefix("2:")
    session.connection().execute(entry.values(hash=bare))


def shift_what_is_said(session: Session) -> None:
    """Move words from one column to the next, so that their sequence stays the same."""
    entry = update(Event).where(col(Event.sequence) == 3)
    shifted = {"actor": f"test\x1f{copy_of(session, 3)['act']}", "act": "work_item"}
    session.connection().execute(entry.values(**shifted, about_kind=""))


def forget_the_head(session: Session) -> None:
    deleting(5, 6)(session)
    session.connection().execute(delete(EventHead))


@pytest.mark.parametrize(
    ("tamper", "found_at"),
    [
        pytest.param(changing(actor="nobody"), 3, id="another actor"),
        pytest.param(changing(act="close_out"), 3, id="another act"),
        pytest.param(changing(about_id=uuid4()), 3, id="another object"),
        pytest.param(changing(as_of=date(2024, 12, 31)), 3, id="another day"),
        pytest.param(changing(at=AT.replace(microsecond=123457)), 3, id="a microsecond later"),
        pytest.param(changing(why=None), 3, id="no reason"),
        pytest.param(changing(document="假文号"), 3, id="another document"),
        pytest.param(changing(facts={"a": 1}), 3, id="other facts"),
        pytest.param(changing(why=""), 3, id="an empty reason"),
        pytest.param(changing(before=""), 3, id="empty where nothing was"),
        pytest.param(changing(about_kind="account"), 3, id="another kind of object"),
        pytest.param(changing(after="closed"), 3, id="another state"),
        pytest.param(changing(previous_hash="0" * 64), 3, id="another hash before it"),
        pytest.param(changing(at=AT.replace(year=2024)), 3, id="a year earlier"),
        pytest.param(shift_what_is_said, 3, id="words moved to the next column"),
        pytest.param(take_the_mark_away, 3, id="another form claimed"),
        pytest.param(partial(pass_for_the_first_form, sequence=1), 2, id="the first as of old"),
        pytest.param(partial(pass_for_the_first_form, sequence=3), 3, id="changed, as of old"),
        pytest.param(partial(pass_for_the_first_form, sequence=6), 6, id="the last as of old"),
        pytest.param(partial(renumber, old=1, new=0), 1, id="one moved before the first"),
        pytest.param(changing(hash="0" * 64), 3, id="another hash"),
        pytest.param(partial(restamp, sequence=3), 4, id="changed and hashed anew"),
        pytest.param(partial(restamp, sequence=6), 6, id="the last changed and hashed anew"),
        pytest.param(deleting(1), 1, id="the first removed"),
        pytest.param(deleting(3), 3, id="one in the middle removed"),
        pytest.param(close_the_gap, 3, id="removed and the gap closed"),
        pytest.param(deleting(6), 6, id="the last removed"),
        pytest.param(deleting(4, 5, 6), 4, id="the tail removed"),
        pytest.param(deleting(1, 2, 3, 4, 5, 6), 1, id="everything removed"),
        pytest.param(forget_the_head, 1, id="the head removed, and the tail with it"),
        pytest.param(swap_two, 3, id="two in each other's place"),
        pytest.param(insert_between, 4, id="one put between"),
        pytest.param(add_behind_the_heads_back, 7, id="one added at the end"),
    ],
)
def test_tampering_shows_and_where_it_begins(
    engine: Engine, chain: UUID, tamper: Tampering, found_at: int
) -> None:
    with transaction(engine) as session:
        tamper(session)

    assert broken_at(engine, chain) == found_at


def test_an_office_without_a_record_has_nothing_broken(engine: Engine) -> None:
    with transaction(engine) as session:
        office = an_office_row(session)

    assert broken_at(engine, office) is None


def test_each_office_has_a_chain_of_its_own(engine: Engine, chain: UUID) -> None:
    with transaction(engine) as session:
        other = an_office_row(session, "另一个办公室")
        append(session, other, [an_entry(ITEM)], at=AT)

    with transaction(engine) as session:
        session.connection().execute(delete(Event).where(col(Event.office_id) == chain))
    assert broken_at(engine, chain) == 1
    assert broken_at(engine, other) is None


def test_an_act_that_fails_leaves_no_entry(engine: Engine, chain: UUID) -> None:
    def act() -> None:
        with transaction(engine) as session:
            append(session, chain, [an_entry(ITEM)], at=AT)
            raise InterruptedError

    with pytest.raises(InterruptedError):
        act()

    with transaction(engine) as session:
        append(session, chain, [an_entry(ITEM)], at=AT)
    assert broken_at(engine, chain) is None


def test_an_entry_that_cannot_be_written_stops_its_act(engine: Engine, chain: UUID) -> None:
    """The place of the next link is taken by a forgery: nothing may happen off the record."""
    with transaction(engine) as session:
        add_behind_the_heads_back(session)

    with pytest.raises(StorageError, match="记录") as refusal, transaction(engine) as session:
        append(session, chain, [an_entry(ITEM)], at=AT)

    assert refusal.value.advice


@pytest.mark.parametrize("begun", [False, True], ids=["the first link", "a later link"])
def test_writers_at_the_same_time_make_one_chain(engine: Engine, *, begun: bool) -> None:
    with transaction(engine) as session:
        office = an_office_row(session)
        if begun:
            append(session, office, [an_entry(ITEM)], at=AT)
    writers, acts = 6, 5
    barrier = Barrier(writers)
    faults: list[BaseException] = []

    def write() -> None:
        barrier.wait()
        try:
            for _ in range(acts):
                with transaction(engine) as session:
                    append(session, office, [an_entry(ITEM)], at=AT)
        except BaseException as error:  # noqa: BLE001 - shown by the assertion below
            faults.append(error)

    threads = [Thread(target=write) for _ in range(writers)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert faults == []
    assert broken_at(engine, office) is None
    with reading(engine) as session:
        assert session.get_one(EventHead, office).sequence == writers * acts + begun
