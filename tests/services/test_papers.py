"""Papers are kept as they left the house, once each, and a changed one is never given out."""

from uuid import uuid4

import pytest
from sqlmodel import Session

from services.office import Office
from services.papers import Made, content_of, keep
from services.plans import the_office
from supervision.errors import StorageError
from supervision.vocabulary import PaperKind


def _made(session: Session, content: bytes = "督办通知".encode()) -> Made:
    return Made(
        office_id=the_office(session).id,
        kind=PaperKind.SUPERVISION,
        about_id=uuid4(),
        file_name="督办通知1号.docx",
        content=content,
    )


def test_a_paper_is_given_back_as_it_was_kept(zhanggong: Office) -> None:
    with zhanggong.transaction() as session:
        paper = keep(session, zhanggong, _made(session))

        assert content_of(zhanggong, paper) == "督办通知".encode()


def test_the_same_content_of_the_same_thing_is_kept_once(zhanggong: Office) -> None:
    with zhanggong.transaction() as session:
        made = _made(session)

        assert keep(session, zhanggong, made).id == keep(session, zhanggong, made).id


def test_a_paper_that_was_changed_on_disk_is_not_given_out(zhanggong: Office) -> None:
    with zhanggong.transaction() as session:
        paper = keep(session, zhanggong, _made(session))
        (zhanggong.settings.papers / paper.stored_as).write_bytes(b"another text")

        with pytest.raises(StorageError, match="被改动过"):
            content_of(zhanggong, paper)
