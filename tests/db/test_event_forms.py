from datetime import UTC, date, datetime, timedelta, timezone
from hashlib import sha256
from typing import Any
from uuid import UUID, uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine, text
from sqlmodel import Session, col, select

from db.bulk import insert_new
from db.engine import reading, transaction
from db.event_forms import (
    MARK,
    SEPARATOR,
    STATED,
    first_form_hash,
    has_hash,
    link_hash,
    text_in,
)
from db.events import BEFORE_THE_FIRST, append, first_broken
from db.record_tables import Event, EventHead
from supervision.errors import UsageError
from tests.builders import an_entry, an_office_row
from tests.clock import SHANGHAI

AT = datetime(2025, 1, 2, 9, 30, 0, 123456, tzinfo=SHANGHAI)
ITEM = UUID("00000000-0000-4000-8000-00000000000a")
NASTY = {
    "Chinese": "章贡区“无废城市”建设工作领导小组办公室",
    "emoji": "👨‍👩‍👧 ✅ 🏳️‍🌈",
    "quotes": "'; DROP TABLE event; -- \"\\",
    "newlines": "一\n二\r\n三\t四\u2028五",
    "empty": "",
    "blank": " \u3000 ",
    "a sign of ours": "=",
    "rare characters": "𠀀𪚥龘",
    "accents apart": "e\u0301 é",
    "control characters": "\x01\x1e\x7f\x85",
    "right to left": "\u202eabc",
    "the last character": "\U0010ffff",
    "percent and colon": "%s :office %(x)s ?",
    "very long": "长" * 100_000,
}


def texts_in_sql(engine: Engine) -> list[tuple[str, str]]:
    """Return (text, hash) of every entry, as the database builds it."""
    with reading(engine) as session:
        query = text(f"SELECT {text_in(engine.dialect.name)} FROM event ORDER BY sequence")
        rows = session.connection().execute(query).all()
    return [(row[0] if isinstance(row[0], str) else row[0].decode(), row[1]) for row in rows]


def put_on_record(engine: Engine, *, at: datetime = AT, **stated: Any) -> UUID:  # noqa: ANN401
    with transaction(engine) as session:
        office = an_office_row(session, f"办公室{uuid4()}")
        append(session, office, [an_entry(ITEM, **stated)], at=at)
    return office


@pytest.mark.parametrize("nasty", NASTY.values(), ids=NASTY)
def test_the_database_makes_the_text_that_python_hashed(engine: Engine, nasty: str) -> None:
    stated: dict[str, Any] = dict.fromkeys(("actor", "before", "after", "why", "document"), nasty)

    put_on_record(engine, **stated, facts={"k": [nasty, {nasty: nasty}]})

    ((made, stored),) = texts_in_sql(engine)
    assert made.count(SEPARATOR + "=" + nasty) == 4
    assert MARK + sha256(made.encode()).hexdigest() == stored


@pytest.mark.parametrize(
    "at",
    [
        pytest.param(datetime(2025, 1, 2, tzinfo=UTC), id="no microseconds"),
        pytest.param(datetime(2025, 1, 2, 3, 4, 5, 1, tzinfo=UTC), id="one microsecond"),
        pytest.param(datetime(2025, 1, 2, 3, 4, 5, 999999, tzinfo=UTC), id="nearly a second"),
        pytest.param(
            datetime(2024, 12, 31, 22, tzinfo=timezone(-timedelta(hours=9, minutes=30))),
            id="an offset that changes the year",
        ),
        pytest.param(datetime(987, 6, 5, tzinfo=UTC), id="a year of three digits"),
        pytest.param(datetime(9999, 12, 30, tzinfo=UTC), id="the last year"),
        pytest.param(datetime(1930, 1, 1, tzinfo=SHANGHAI), id="an offset of odd seconds"),
    ],
)
def test_moments_and_days_are_written_alike(engine: Engine, at: datetime) -> None:
    office = put_on_record(engine, at=at, as_of=at.date())

    ((made, _),) = texts_in_sql(engine)
    moment = at.astimezone(UTC).replace(tzinfo=None)
    assert f"{SEPARATOR}{moment.isoformat(' ', 'microseconds')}{SEPARATOR}" in made
    assert f"{SEPARATOR}{at.date().isoformat()}{SEPARATOR}" in made
    with reading(engine) as session:
        assert first_broken(session, office) is None


ANY_TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00\x1f"))
ANY_JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | ANY_TEXT,
    lambda inner: st.lists(inner) | st.dictionaries(ANY_TEXT, inner),
    max_leaves=8,
)


@settings(
    max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None
)
@given(
    words=st.fixed_dictionaries(
        {"actor": ANY_TEXT, "why": st.none() | ANY_TEXT, "document": st.none() | ANY_TEXT}
    ),
    facts=st.dictionaries(ANY_TEXT, ANY_JSON),
    # Not the first day there is: where the server stands it was still the year before.
    at=st.datetimes(datetime(2, 1, 1), timezones=st.just(UTC)),  # noqa: DTZ001 - of the strategy's zone
)
def test_any_entry_is_whole_once_it_is_on_record(
    engine: Engine, words: dict[str, Any], facts: dict[str, Any], at: datetime
) -> None:
    office = put_on_record(engine, at=at, as_of=at.date(), facts=facts, **words)

    with reading(engine) as session:
        assert first_broken(session, office) is None
        (event,) = session.exec(select(Event).where(Event.office_id == office))
        assert has_hash(event.model_dump())


@pytest.mark.parametrize(
    "unfit",
    [
        pytest.param("a\x00b", id="NUL"),
        pytest.param(f"a{SEPARATOR}b", id="the separator"),
        pytest.param("a\ud800b", id="half a character"),
    ],
)
@pytest.mark.parametrize("column", ["actor", "why"])
def test_a_text_that_no_record_can_hold_stops_its_act(
    engine: Engine, column: str, unfit: str
) -> None:
    stated: dict[str, Any] = {column: unfit}

    with pytest.raises(UsageError, match="不能存入记录") as refusal:
        put_on_record(engine, **stated)

    assert refusal.value.advice
    assert texts_in_sql(engine) == []


def row(**stated: Any) -> dict[str, Any]:  # noqa: ANN401 - as columns
    usual = dict.fromkeys(STATED, "x") | {"sequence": 1, "office_id": ITEM, "about_id": ITEM}
    usual |= {"at": AT, "as_of": date(2025, 1, 2), "facts": {}}
    return usual | dict.fromkeys(("before", "after", "why", "document")) | stated


ALIKE = [
    pytest.param({"why": None}, {"why": ""}, id="missing and empty"),
    pytest.param({"why": "a"}, {"document": "a"}, id="the same word in another column"),
    pytest.param({"why": "=a"}, {"why": "a"}, id="our own sign"),
    pytest.param(
        {"actor": "ab", "act": "c"}, {"actor": "a", "act": "bc"}, id="words cut elsewhere"
    ),
    pytest.param({"before": "", "after": None}, {"before": None, "after": ""}, id="who is empty"),
    pytest.param({"facts": {"a": "1"}}, {"facts": {"a": 1}}, id="a number and its digits"),
    pytest.param({"sequence": 11}, {"sequence": 1}, id="another number"),
    pytest.param({"at": AT}, {"at": AT + timedelta(microseconds=1)}, id="a microsecond"),
    pytest.param({"why": "é"}, {"why": "e\u0301"}, id="what looks the same"),
]


@pytest.mark.parametrize(("one", "other"), ALIKE)
def test_entries_that_differ_have_different_hashes(
    one: dict[str, Any], other: dict[str, Any]
) -> None:
    assert link_hash(row(**one)) != link_hash(row(**other))


@pytest.mark.parametrize("name", STATED)
def test_no_stated_column_is_left_out(name: str) -> None:
    without = row()
    changed = {
        "sequence": 2,
        "office_id": uuid4(),
        "about_id": uuid4(),
        "at": AT + timedelta(days=1),
        "as_of": date(2025, 1, 3),
        "facts": {"a": 1},
    }.get(name, "something else")

    assert link_hash(without) != link_hash(without | {name: changed})


def test_every_column_of_an_entry_is_stated() -> None:
    columns = set(Event.__table__.columns.keys())  # type: ignore[attr-defined]

    assert columns - set(STATED) == {"id", "hash"}


def an_old_chain(session: Session, length: int) -> UUID:
    """Store a chain as the first release wrote it: every hash of the row as JSON."""
    office = an_office_row(session)
    previous, rows = BEFORE_THE_FIRST, []
    for sequence in range(1, length + 1):
        stated = row(
            sequence=sequence, office_id=office, previous_hash=previous, at=AT.astimezone(UTC),
            actor="duban init", facts={"code": "T01", "historic": False}, why="立项",
        )  # fmt: skip
        previous = first_form_hash(stated)
        rows.append(stated | {"id": uuid4(), "hash": previous})
    insert_new(session, Event, rows)
    session.add(EventHead(office_id=office, sequence=length, hash=previous))
    session.flush()
    return office


@pytest.fixture
def old_chain(engine: Engine) -> UUID:
    """Give an office with three entries of the first form and three of the one in use."""
    with transaction(engine) as session:
        office = an_old_chain(session, 3)
        append(session, office, [an_entry(ITEM, why=f"{n}") for n in range(3)], at=AT)
    return office


def test_a_record_begun_under_the_first_form_goes_on_under_the_next(
    engine: Engine, old_chain: UUID
) -> None:
    with reading(engine) as session:
        hashes = list(session.exec(select(Event.hash).order_by(col(Event.sequence))))

        assert first_broken(session, old_chain) is None

    assert [hash_.startswith(MARK) for hash_ in hashes] == [False] * 3 + [True] * 3


def test_a_hash_of_the_first_form_is_the_one_it_always_was() -> None:
    """Frozen: databases of the first release hold such hashes."""
    assert first_form_hash(row(at=datetime(2025, 1, 2, tzinfo=UTC))) == (
        "a85dfd42f56e84fe9fb884556cf967002d810e4a9f5d1a15ad707347cd453f61"
    )


@pytest.mark.parametrize(
    ("statement", "found_at"),
    [
        pytest.param("UPDATE event SET why='x' WHERE sequence=2", 2, id="an old one changed"),
        pytest.param("UPDATE event SET why='x' WHERE sequence=5", 5, id="a new one changed"),
        pytest.param("DELETE FROM event WHERE sequence=3", 3, id="the last old one removed"),
        pytest.param("DELETE FROM event WHERE sequence=4", 4, id="the first new one removed"),
        pytest.param("UPDATE event SET hash='2:' || hash WHERE sequence=2", 2, id="marked as new"),
    ],
)
def test_tampering_shows_on_both_sides_of_the_change(
    engine: Engine, old_chain: UUID, statement: str, found_at: int
) -> None:
    with transaction(engine) as session:
        session.connection().execute(text(statement))

    with reading(engine) as session:
        assert first_broken(session, old_chain) == found_at


@pytest.mark.parametrize("database", ["postgresql"], indirect=True)
@pytest.mark.parametrize(
    "statement",
    [
        pytest.param("UPDATE event SET as_of = '2025-01-02 BC'", id="a day before our era"),
        pytest.param("UPDATE event SET at = '2025-01-02 01:30:00.123456+00 BC'", id="a moment"),
        pytest.param("UPDATE event SET at = 'infinity'", id="never"),
        pytest.param("UPDATE event SET facts = '{ }'", id="facts written otherwise"),
    ],
)
def test_what_only_postgresql_can_hold_shows(engine: Engine, statement: str) -> None:
    office = put_on_record(engine)
    with transaction(engine) as session:
        session.connection().execute(text(statement))

    with reading(engine) as session:
        assert first_broken(session, office) == 1


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
@pytest.mark.parametrize(
    "statement",
    [
        pytest.param("UPDATE event SET actor = CAST(x'ff' AS TEXT)", id="no text at all"),
        pytest.param("UPDATE event SET actor = actor || x'00' || 'b'", id="something after NUL"),
        pytest.param("UPDATE event SET as_of = 20250102", id="a number for a day"),
        pytest.param("UPDATE event SET at = '2025-01-02'", id="a day for a moment"),
        pytest.param("UPDATE event SET about_id = upper(about_id)", id="another spelling"),
        pytest.param("UPDATE event SET facts = 'no JSON'", id="facts that are none"),
    ],
)
def test_what_only_sqlite_can_hold_shows(engine: Engine, statement: str) -> None:
    office = put_on_record(engine)
    with transaction(engine) as session:
        session.connection().execute(text(statement))

    with reading(engine) as session:
        assert first_broken(session, office) == 1
