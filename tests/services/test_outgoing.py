"""Signed papers go into the outbox once, to the right unit, by a way that confirms receipt."""

from dataclasses import replace
from datetime import date
from email import message_from_bytes
from email.policy import default
from uuid import uuid4

import pytest
from sqlmodel import Session, select

from db import papers
from db.plan_tables import ChannelAddress, Contact, Unit
from db.plan_tables import Office as OfficeRow
from db.record_tables import Message
from services.channels import open_channel
from services.delivery import deliver
from services.office import Office
from services.outgoing import Formal, queue_formal
from services.papers import Made, keep
from services.settings import read_settings
from supervision.vocabulary import ChannelKind, ContactPost, MessageKind, PaperKind
from tests.people import office_id, unit_id

BUREAU, COMPANY = "章贡生态环境局", "赣州市章贡区市容环境综合服务有限公司"
PAPER = "章无废督〔2025〕1号 督办通知.docx"


def notice_to(session: Session, office: Office, unit: str, *, key: str = "notice/1") -> Formal:
    sheet_id = uuid4()
    made = Made(
        office_id=office_id(session),
        kind=PaperKind.SUPERVISION,
        about_id=sheet_id,
        file_name=PAPER,
        content=b"signed",
    )
    return Formal(
        unit_id=unit_id(session, unit),
        about_id=sheet_id,
        kind=MessageKind.NOTICE,
        subject="督办通知",
        body="请按期办复。\n",
        papers=[keep(session, office, made)],
        key=key,
    )


def mail_for(session: Session, unit: str, address: str) -> None:
    session.exec(select(OfficeRow)).one().baseline_confirmed_on = date(2024, 3, 4)
    contact = Contact(unit_id=unit_id(session, unit), post=ContactPost.LIAISON, name="李四")
    session.add(contact)
    session.flush()
    session.add(
        ChannelAddress(
            unit_id=contact.unit_id,
            contact_id=contact.id,
            kind=ChannelKind.MAIL,
            address=address,
            position=0,
        )
    )


def the_message(office: Office) -> Message:
    with office.reading() as session:
        return session.exec(select(Message)).one()


def test_a_signed_paper_is_queued_once_with_its_file(zhanggong: Office) -> None:
    with zhanggong.transaction() as session:
        formal = notice_to(session, zhanggong, BUREAU)
        first = queue_formal(session, zhanggong, formal)
        again = queue_formal(session, zhanggong, formal)

    assert first is not None
    assert again is None
    with zhanggong.reading() as session:
        assert [paper.file_name for paper in papers.of_message(session, first)] == [PAPER]


def test_it_goes_to_a_file_where_no_real_channel_is_set_up(zhanggong: Office) -> None:
    with zhanggong.transaction() as session:
        mail_for(session, BUREAU, "lisi@bureau.test")
        queue_formal(session, zhanggong, notice_to(session, zhanggong, BUREAU))

    assert the_message(zhanggong).channel is ChannelKind.FILE


def test_it_goes_by_mail_to_the_liaison_where_a_relay_is_set(zhanggong: Office) -> None:
    settings = read_settings(
        data_dir=zhanggong.settings.data_dir,
        database_url=zhanggong.settings.database_url,
        smtp_url="smtp://127.0.0.1/?from=duban@office.test",
    )
    with zhanggong.transaction() as session:
        mail_for(session, BUREAU, "lisi@bureau.test")
        formal = notice_to(session, zhanggong, BUREAU)
        queue_formal(session, replace(zhanggong, settings=settings), formal)

    queued = the_message(zhanggong)
    assert (queued.channel, queued.address) == (ChannelKind.MAIL, "lisi@bureau.test")
    assert queued.recipient_name == f"{BUREAU} 李四"


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_the_paper_arrives_as_it_was_kept_under_its_chinese_name(zhanggong: Office) -> None:
    with zhanggong.transaction() as session:
        queue_formal(session, zhanggong, notice_to(session, zhanggong, BUREAU))

    deliver(zhanggong, lambda kind: open_channel(zhanggong, kind))

    (written,) = zhanggong.settings.outbox.rglob("*.eml")
    mail = message_from_bytes(written.read_bytes(), policy=default)
    (attached,) = mail.iter_attachments()
    assert attached.get_filename() == PAPER
    assert attached.get_content() == b"signed"


def test_a_company_is_reached_through_its_sponsor(zhanggong: Office) -> None:
    with zhanggong.transaction() as session:
        company = session.get_one(Unit, unit_id(session, COMPANY))
        company.sponsor_unit_id = unit_id(session, BUREAU)
        session.add(company)
        queue_formal(session, zhanggong, notice_to(session, zhanggong, COMPANY))

    assert the_message(zhanggong).recipient_name == BUREAU


def test_a_paper_that_was_changed_on_disk_is_not_sent(zhanggong: Office) -> None:
    with zhanggong.transaction() as session:
        queue_formal(session, zhanggong, notice_to(session, zhanggong, BUREAU))
    for kept in zhanggong.settings.papers.rglob("*"):
        if kept.is_file():
            kept.chmod(0o600)
            kept.write_bytes(b"forged")

    done = deliver(zhanggong, lambda kind: open_channel(zhanggong, kind))

    assert (done.sent, done.refused) == (0, 1)
    assert "改动" in (the_message(zhanggong).reason or "")
