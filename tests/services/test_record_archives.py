"""Old entries in files: the chain goes on across them, and what is done to a file shows."""

import hashlib
import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from services import audit, record_archives
from services.office import Office
from supervision.errors import StorageError, UsageError
from supervision.rights import Actor, NotAllowedError
from supervision.vocabulary import Role
from tests.clock import Clock

KEEPER = Actor(name="admin", roles=frozenset({Role.ADMINISTRATOR}))


@pytest.fixture
def years_later(zhanggong: Office, clock: Clock) -> Office:
    """Give an office whose first 126 entries are older than the record is kept."""
    clock.turn_to(zhanggong.today() + timedelta(days=4 * 365))
    return zhanggong


def moved(office: Office) -> Path:
    """Archive everything that may be archived; return the file."""
    with office.transaction() as session:
        before = office.today() - timedelta(days=3 * 365)
        stretch = record_archives.archive(session, office, KEEPER, before=before)
        return office.settings.data_dir / record_archives.FOLDER / stretch.file_name


def verified(office: Office) -> audit.Verified:
    with office.reading() as session:
        return audit.verify(session, office)


def run(office: Office, statement: str, **values: str) -> None:
    with office.transaction() as session:
        session.connection().execute(text(statement), values)


def test_old_entries_move_to_a_file_and_the_chain_goes_on_across_it(years_later: Office) -> None:
    file = moved(years_later)

    found = verified(years_later)

    assert found.is_whole
    assert (found.archived, found.entries) == (126, 127)
    assert len(file.read_text("utf-8").splitlines()) == 126


def test_a_trial_of_archiving_leaves_the_record_where_it_is(
    years_later: Office, tmp_path: Path
) -> None:
    before = years_later.today() - timedelta(days=3 * 365)
    whole = verified(years_later)

    with years_later.trial() as session:
        trial = replace(years_later, scratch=tmp_path / "scratch")
        stretch = record_archives.archive(session, trial, KEEPER, before=before)

    assert stretch.last_sequence == 126
    assert verified(years_later) == whole
    assert not (years_later.settings.data_dir / record_archives.FOLDER).exists()


def test_a_line_of_an_archive_can_be_read_by_people(years_later: Office) -> None:
    first = json.loads(moved(years_later).read_text("utf-8").splitlines()[0])

    assert (first["act"], first["after"], first["as_of"]) == (
        "register", "registered", "2024-03-03",
    )  # fmt: skip
    assert first["facts"]["code"] == "T01"


def test_an_archive_that_was_changed_or_lost_shows(years_later: Office) -> None:
    file = moved(years_later)

    file.write_bytes(file.read_bytes().replace(b"register", b"somebody", 1))
    changed = verified(years_later)
    file.unlink()
    lost = verified(years_later)

    assert "被改动过" in changed.why
    assert "不见了" in lost.why


Lines = list[dict[str, Any]]


def somebody_else(lines: Lines) -> None:
    lines[6]["actor"] = "nobody"


def one_less(lines: Lines) -> None:
    del lines[6]


def the_last_missing(lines: Lines) -> None:
    del lines[-1]


def two_in_each_others_place(lines: Lines) -> None:
    lines[6], lines[7] = lines[7], lines[6]


def as_of_the_first_form(lines: Lines) -> None:
    lines[6]["hash"] = lines[6]["hash"].removeprefix("2:")


def not_an_entry(lines: Lines) -> None:
    lines[6].clear()


def a_moment_that_is_none(lines: Lines) -> None:
    lines[6]["at"] = "yesterday"


@pytest.mark.parametrize(
    ("forge", "found_at"),
    [
        pytest.param(somebody_else, 7, id="changed"),
        pytest.param(one_less, 7, id="one removed"),
        pytest.param(the_last_missing, 126, id="the last removed"),
        pytest.param(two_in_each_others_place, 7, id="reordered"),
        pytest.param(as_of_the_first_form, 7, id="another form claimed"),
        pytest.param(not_an_entry, 7, id="no entry"),
        pytest.param(a_moment_that_is_none, 7, id="a moment that is none"),
    ],
)
def test_an_archive_forged_together_with_its_hash_shows_by_the_chain(
    years_later: Office, forge: Callable[[Lines], None], found_at: int
) -> None:
    file = moved(years_later)
    lines = [json.loads(line) for line in file.read_text("utf-8").splitlines()]
    forge(lines)
    file.write_text("".join(f"{json.dumps(line)}\n" for line in lines), "utf-8")
    forged = hashlib.sha256(file.read_bytes()).hexdigest()
    run(years_later, "UPDATE eventarchive SET file_hash = :hash", hash=forged)

    found = verified(years_later)

    assert (found.is_whole, found.broken_at) == (False, found_at)


def test_an_anchor_from_before_the_archive_still_counts(years_later: Office) -> None:
    with years_later.transaction() as session:
        audit.anchor(session, years_later, day=date(2024, 3, 3))
    moved(years_later)
    assert verified(years_later).is_whole

    run(years_later, "UPDATE eventanchor SET hash = 'another'")

    assert "锚点" in verified(years_later).why


def test_an_archived_entry_put_back_among_the_others_shows(years_later: Office) -> None:
    moved(years_later)
    run(years_later, "UPDATE event SET sequence = 5")

    assert verified(years_later).broken_at == 127


def test_a_record_that_does_not_hold_is_not_archived(years_later: Office) -> None:
    run(years_later, "UPDATE event SET actor = 'nobody' WHERE sequence = 9")

    with pytest.raises(StorageError, match="第9条"):
        moved(years_later)

    assert not (years_later.settings.data_dir / record_archives.FOLDER).exists()
    assert verified(years_later).broken_at == 9


def test_what_must_be_kept_is_not_archived(zhanggong: Office) -> None:
    yesterday = zhanggong.today() - timedelta(days=1)

    with zhanggong.transaction() as session, pytest.raises(UsageError, match="至少保留"):
        record_archives.archive(session, zhanggong, KEEPER, before=yesterday)


@pytest.mark.parametrize(
    "role", [role for role in Role if role is not Role.ADMINISTRATOR], ids=lambda role: role.value
)
def test_nobody_moves_a_record_in_which_he_stands_or_which_he_reads(
    years_later: Office, role: Role
) -> None:
    actor = Actor(name="zhang", roles=frozenset({role}))
    before = years_later.today() - timedelta(days=3 * 365)

    with years_later.transaction() as session, pytest.raises(NotAllowedError, match="归档审计记录"):
        record_archives.archive(session, years_later, actor, before=before)
