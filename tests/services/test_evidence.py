from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from sqlmodel import Session, select

from db import evidence as rows
from db.life_tables import EvidenceFile
from db.record_tables import Event
from services import evidence
from services.evidence import Bringing, Kept, faults, kept, kept_statement
from services.evidence_packages import NotEvidenceError
from services.office import Office
from supervision.errors import UsageError
from supervision.rights import NotAllowedError
from supervision.vocabulary import EvidenceKind, ItemState, Permission, Role
from tests.builders import FINANCE, adopt_plan, an_item, change_item, item_of
from tests.people import an_account, head, is_record_whole, person, prove

MEGABYTE = 1024 * 1024


def files(office: Office) -> list[Path]:
    return [path for path in office.settings.evidence.rglob("*") if path.is_file()]


def brought(session: Session, office: Office, piece: Kept, *, code: str = "T01") -> bool:
    bringing = Bringing(actor=head(session), as_of=office.today(), most_mb_a_year=1)
    _, is_new = evidence.attach(session, item_of(session, code), piece, bringing, now=office.now())
    return is_new


def of_text(office: Office, text: str, kind: EvidenceKind = EvidenceKind.LEDGER) -> Kept:
    return kept(office, text.encode(), kind=kind, name="台账.txt")


def test_evidence_is_kept_under_its_hash_with_what_it_is_and_who_brought_it(
    office: Office,
) -> None:
    adopt_plan(office, an_item())

    prove(office, "T01", text="已完成")

    (file,) = files(office)
    with office.reading() as session:
        row = session.exec(select(EvidenceFile)).one()
        event = session.exec(select(Event).where(Event.act == Permission.ADD_EVIDENCE)).one()
    assert file.read_text() == "已完成"
    assert row.stored_as == f"{row.hash[:2]}/{row.hash}"
    assert (row.name, row.media_type, row.size) == ("台账.txt", "text/plain", 9)
    assert row.brought_by == f"{FINANCE}负责人"
    assert event.facts["hash"] == row.hash
    assert is_record_whole(office)


def test_the_same_content_of_the_same_kind_on_the_same_item_is_one_piece(office: Office) -> None:
    adopt_plan(office, an_item(), an_item("T02"))
    piece = of_text(office, "一样")
    other_kind = of_text(office, "一样", EvidenceKind.DATA)

    with office.transaction() as session:
        news = [
            brought(session, office, piece),
            brought(session, office, piece),
            brought(session, office, other_kind),
            brought(session, office, piece, code="T02"),
        ]

    assert news == [True, False, True, True]
    assert len(files(office)) == 1  # what they share is stored once


def test_a_file_that_never_got_its_row_does_no_harm_and_a_row_never_lacks_its_file(
    office: Office,
) -> None:
    adopt_plan(office, an_item())
    piece = of_text(office, "断电之前")
    with office.trial() as session:  # as when power fails before the commit
        brought(session, office, piece)

    with office.reading() as session:
        assert rows.of_item(session, item_of(session, "T01").id) == []
        assert list(faults(session, office)) == []
    assert len(files(office)) == 1
    with office.transaction() as session:
        assert brought(session, office, of_text(office, "断电之前"))


@pytest.mark.parametrize(
    ("harm", "what"),
    [
        pytest.param(lambda file: file.write_text("改过"), "内容被改动", id="changed"),
        pytest.param(lambda file: file.unlink(), "文件不见了", id="missing"),
    ],
)
def test_a_file_that_is_not_what_was_brought_is_found(
    office: Office,
    harm: Callable[[Path], object],
    what: str,
) -> None:
    adopt_plan(office, an_item())
    prove(office, "T01")
    (file,) = files(office)

    harm(file)

    with office.reading() as session:
        (fault,) = faults(session, office)
    assert (fault.code, fault.name, fault.what) == ("T01", "台账.txt", what)
    of_text(office, "已完成")  # bringing it again puts it right
    with office.reading() as session:
        assert list(faults(session, office)) == []


def test_a_unit_brings_no_more_than_its_room_in_a_year(office: Office) -> None:
    adopt_plan(office, an_item())
    half = kept(office, b"a" * (MEGABYTE // 2), kind=EvidenceKind.DATA, name="a.txt")
    rest = kept(office, b"b" * (MEGABYTE // 2), kind=EvidenceKind.DATA, name="b.txt")
    with office.transaction() as session:
        an_account(session, head(session))
        brought(session, office, half)
        brought(session, office, rest)

        with pytest.raises(NotEvidenceError, match="2024年的佐证空间（1MB）已满"):
            brought(session, office, of_text(office, "再来一件"))
        assert brought(session, office, half) is False  # what is there takes no more room


def test_an_offline_statement_bears_a_reviewers_name(office: Office) -> None:
    adopt_plan(office, an_item())
    statement = kept_statement(office, "现场已查看", vouched_by="王五")

    with office.transaction() as session:
        brought(session, office, statement)

    with office.reading() as session:
        row = session.exec(select(EvidenceFile)).one()
    assert (row.kind, row.vouched_by) == (EvidenceKind.OFFLINE, "王五")
    assert files(office)[0].read_text() == "现场已查看\n\n复核人：王五\n"
    with pytest.raises(NotEvidenceError, match="署名"):
        kept_statement(office, "现场已查看", vouched_by=" ")
    with pytest.raises(UsageError, match="不是文件"):
        of_text(office, "x", EvidenceKind.OFFLINE)


def test_only_the_unit_that_answers_brings_evidence(office: Office) -> None:
    adopt_plan(office, an_item(supporting=["区住建局"]))

    with office.transaction() as session:
        item = item_of(session, "T01")
        for actor in (head(session, "区住建局"), person(session, "li", Role.OFFICE)):
            bringing = Bringing(actor=actor, as_of=date(2024, 3, 3), most_mb_a_year=1)
            with pytest.raises(NotAllowedError):
                evidence.allow(session, item, bringing, size=1)


@pytest.mark.parametrize("state", [ItemState.CLOSED, ItemState.CANCELLED], ids=lambda s: s.value)
def test_a_settled_item_takes_no_more_evidence(office: Office, state: ItemState) -> None:
    adopt_plan(office, an_item())
    change_item(office, "T01", state=state)

    with pytest.raises(NotEvidenceError, match=f"T01{state.label}"):
        prove(office, "T01")
