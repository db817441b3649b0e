"""The record: every change shows, an end cut off shows by the anchors, archives keep the chain."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from sqlalchemy import text

from db import events
from db.events import Entry
from db.life_tables import EventAnchor
from db.record_tables import EventHead
from services import audit
from services.office import Office
from services.plans import the_office
from services.settings import read_settings
from supervision.errors import NotConfiguredError, UsageError
from supervision.rights import Actor, NotAllowedError
from supervision.vocabulary import Role
from tests.clock import Clock

AUDITOR = Actor(name="sj", roles=frozenset({Role.AUDITOR}))


def run(office: Office, statement: str) -> None:
    """Do to the database what somebody with its password might do."""
    with office.transaction() as session:
        session.connection().execute(text(statement))


def verified(office: Office) -> audit.Verified:
    with office.reading() as session:
        return audit.verify(session, office)


def anchored(office: Office, day: date) -> EventAnchor:
    with office.transaction() as session:
        made = audit.anchor(session, office, day=day)
        session.expunge(made)
        return made


def test_a_fresh_record_is_whole(zhanggong: Office) -> None:
    found = verified(zhanggong)

    assert found.is_whole
    assert found.entries == 126


@pytest.mark.parametrize(
    ("statement", "broken_at"),
    [
        pytest.param("UPDATE event SET actor='x' WHERE sequence=7", 7, id="changed"),
        pytest.param("UPDATE event SET as_of='2020-01-01' WHERE sequence=9", 9, id="dated back"),
        pytest.param("DELETE FROM event WHERE sequence=50", 50, id="one removed"),
        pytest.param("DELETE FROM event WHERE sequence>120", 121, id="the end removed"),
        pytest.param("UPDATE event SET sequence=500 WHERE sequence=126", 126, id="moved"),
    ],
)
def test_what_was_done_to_the_record_shows(
    zhanggong: Office, statement: str, broken_at: int
) -> None:
    run(zhanggong, statement)

    found = verified(zhanggong)

    assert (found.is_whole, found.broken_at) == (False, broken_at)


def test_an_end_cut_off_together_with_its_head_shows_by_the_anchor(zhanggong: Office) -> None:
    anchored(zhanggong, zhanggong.today())
    with zhanggong.reading() as session:
        chain = text("SELECT hash FROM event WHERE sequence = 100")
        earlier = session.connection().execute(chain).scalar_one()
    run(zhanggong, "DELETE FROM event WHERE sequence > 100")
    run(zhanggong, f"UPDATE eventhead SET sequence = 100, hash = '{earlier}'")

    found = verified(zhanggong)

    assert not found.is_whole
    assert "锚点" in found.why


def test_a_record_rewritten_from_end_to_end_shows_by_the_anchor(zhanggong: Office) -> None:
    anchored(zhanggong, zhanggong.today())
    with zhanggong.transaction() as session:
        row = the_office(session)
        previous = events.BEFORE_THE_FIRST
        for event in events.older_than(session, row.id, zhanggong.now() + timedelta(days=1)):
            event.actor = "somebody else" if event.sequence == 5 else event.actor
            event.previous_hash = previous
            event.hash = previous = events.link_hash(event.model_dump())
            session.add(event)
        head = session.get_one(EventHead, row.id)
        head.hash = previous
        session.add(head)

    found = verified(zhanggong)

    assert (found.is_whole, found.broken_at) == (False, 126)
    assert "锚点" in found.why


def test_a_day_is_anchored_once(zhanggong: Office) -> None:
    first = anchored(zhanggong, zhanggong.today())
    with zhanggong.transaction() as session:
        row = the_office(session)
        entry = Entry(
            actor="x", act="y", about_kind="office", about_id=row.id, as_of=zhanggong.today()
        )
        events.append(session, row.id, [entry], at=zhanggong.now())

    again = anchored(zhanggong, zhanggong.today())

    assert (again.sequence, again.hash) == (first.sequence, first.hash)


def test_an_old_copy_of_the_database_shows_by_the_line_kept_outside(zhanggong: Office) -> None:
    line = audit.anchor_text(zhanggong, anchored(zhanggong, zhanggong.today()))
    with zhanggong.reading() as session:
        chain = text("SELECT hash FROM event WHERE sequence = 100")
        earlier = session.connection().execute(chain).scalar_one()
    run(zhanggong, "DELETE FROM event WHERE sequence > 100")
    run(zhanggong, f"UPDATE eventhead SET sequence = 100, hash = '{earlier}'")
    run(zhanggong, "DELETE FROM eventanchor")  # as it was when the copy was made

    with zhanggong.reading() as session:
        alone = audit.verify(session, zhanggong)
        held_against = audit.verify(session, zhanggong, told=line)

    assert alone.is_whole
    assert (held_against.is_whole, held_against.broken_at) == (False, 126)
    assert "旧库" in held_against.why


def test_a_line_kept_outside_that_still_fits_changes_nothing(zhanggong: Office) -> None:
    line = audit.anchor_text(zhanggong, anchored(zhanggong, zhanggong.today()))

    with zhanggong.reading() as session:
        assert audit.verify(session, zhanggong, told=line).is_whole
        with pytest.raises(UsageError, match="标识无效"):
            audit.verify(session, zhanggong, told=line[:-4] + "AAAA")


def test_old_entries_move_to_a_file_and_the_chain_goes_on_across_it(
    zhanggong: Office, clock: Clock
) -> None:
    clock.turn_to(zhanggong.today() + timedelta(days=4 * 365))
    before = zhanggong.today() - timedelta(days=3 * 365)

    with zhanggong.transaction() as session:
        stretch = audit.archive(session, zhanggong, AUDITOR, before=before)
        name = stretch.file_name
    found = verified(zhanggong)

    assert found.is_whole
    assert (found.archived, found.entries) == (126, 127)
    file = zhanggong.settings.data_dir / audit.FOLDER / name
    file.write_bytes(file.read_bytes().replace(b"duban init", b"somebody!!", 1))
    assert "被改动过" in verified(zhanggong).why
    file.unlink()
    assert "不见了" in verified(zhanggong).why


def test_what_must_be_kept_is_not_archived(zhanggong: Office) -> None:
    yesterday = zhanggong.today() - timedelta(days=1)

    clerk = Actor(name="clerk", roles=frozenset({Role.OFFICE}))

    with zhanggong.transaction() as session, pytest.raises(UsageError, match="至少保留"):
        audit.archive(session, zhanggong, AUDITOR, before=yesterday)
    with zhanggong.transaction() as session, pytest.raises(NotAllowedError):
        audit.archive(session, zhanggong, clerk, before=yesterday)


@pytest.mark.parametrize(
    ("days", "is_allowed"),
    [
        pytest.param(182, False, id="a day short of half a year"),
        pytest.param(183, True, id="half a year"),
    ],
)
def test_the_record_is_kept_for_half_a_year_at_least(
    tmp_path: Path, days: int, *, is_allowed: bool
) -> None:
    if is_allowed:
        assert read_settings(data_dir=tmp_path, record_days=days).record_days == days
        return
    with pytest.raises(NotConfiguredError, match="183"):
        read_settings(data_dir=tmp_path, record_days=days)
