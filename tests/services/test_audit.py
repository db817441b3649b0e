"""The record: every change shows, and an end cut off or rewritten shows by the anchors."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from sqlalchemy import text

from db import event_forms, events
from db.events import Entry
from db.life_tables import EventAnchor
from db.record_tables import EventHead
from services import audit
from services.office import Office
from services.plans import the_office
from services.settings import read_settings
from supervision.errors import NotConfiguredError, UsageError


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
            event.hash = previous = event_forms.link_hash(event.model_dump())
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
        for not_ours in (line[:-4] + "AAAA", " ", "duban 审计锚点"):
            with pytest.raises(UsageError, match="标识无效"):
                audit.verify(session, zhanggong, told=not_ours)


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
