"""Signing and issuing: by whom, of what, only when it still stands, and all of it or nothing."""

from datetime import date
from io import BytesIO

import pytest
from docx import Document
from sqlmodel import Session, col, select

from db.notice_tables import NoticeSheet, NumberCounter
from db.paper_tables import MessageAttachment, Paper
from db.plan_tables import Unit
from db.record_tables import Event, Message
from services import extensions, notice_issuing, outbox, papers
from services.extensions import Wish
from services.notice_sheets import sheet_named
from services.office import Office
from supervision.errors import NotConfiguredError, UsageError
from supervision.lifecycle import ForbiddenMoveError
from supervision.rights import Actor, NotAllowedError
from supervision.vocabulary import (
    ItemState,
    MessageKind,
    NoticeState,
    PaperKind,
    Role,
    Rung,
)
from tests.builders import FINANCE, THE_OFFICE, adopt_plan, an_item, change_item, item_of
from tests.clock import Clock
from tests.noticing import DUE, FIRST, HOUSING, Ladder, dispatcher
from tests.people import head, is_record_whole, person, the_plan

COMPANY = "江钨世泰科钨品有限公司"
S = NoticeState


def formal_messages(office: Office) -> list[Message]:
    with office.reading() as session:
        return list(session.exec(select(Message).where(Message.kind == MessageKind.NOTICE)))


def text_of_paper(ladder: Ladder, number: int) -> str:
    with ladder.office.reading() as session:
        sheet = session.exec(select(NoticeSheet).where(NoticeSheet.number == number)).one()
        paper = session.get_one(Paper, sheet.paper_id)
        document = Document(BytesIO(papers.content_of(ladder.office, paper)))
    cells = (cell.text for table in document.tables for row in table.rows for cell in row.cells)
    return "\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells])


def test_a_unit_gets_its_matters_on_one_sheet_with_one_number(ladder: Ladder) -> None:
    ladder.on(FIRST)

    assert ladder.send("T02") == "章无废办督〔2025〕1号"

    assert ladder.stands("T01") == ladder.stands("T02") == [(Rung.BLUE, S.DELIVERED)]
    assert ladder.stands("T03") == [(Rung.BLUE, S.DRAFT)]
    text = text_of_paper(ladder, 1)
    for said in ("章无废办督〔2025〕1号", FINANCE, "T01的事项", "T02的事项", "10个工作日"):
        assert said in text
    assert "T03" not in text


def test_the_message_carries_the_kept_paper(ladder: Ladder) -> None:
    ladder.on(FIRST)
    ladder.send("T03")

    (message,) = formal_messages(ladder.office)
    with ladder.office.reading() as session:
        (sheet,) = session.exec(select(NoticeSheet)).all()
        (attached,) = session.exec(select(MessageAttachment)).all()
        assert message.about_id == sheet.id
        assert attached.paper_id == sheet.paper_id
    assert message.recipient_name == HOUSING
    assert message.subject.startswith("章无废办督〔2025〕1号")


def test_nothing_leaves_before_it_was_signed_and_issued(ladder: Ladder) -> None:
    ladder.on(FIRST)
    with pytest.raises(UsageError, match="没有文号"):
        ladder.issue("T01")
    ladder.sign("T01")
    ladder.post()

    assert formal_messages(ladder.office) == []
    assert ladder.sheets() == []


def test_a_trial_of_issuing_takes_no_number_and_keeps_no_paper(ladder: Ladder) -> None:
    ladder.on(FIRST)
    ladder.sign("T01")

    with ladder.office.trial() as session:
        plan = the_plan(session)
        sheet = sheet_named(session, plan, "T01")
        desk = ladder.hand(dispatcher(session))
        tried = notice_issuing.issue(session, ladder.office, plan, sheet, desk)
        assert tried.sheet.number == 1

    with ladder.office.reading() as session:
        assert session.exec(select(Paper)).all() == []
        assert session.exec(select(NumberCounter)).all() == []
    assert ladder.issue("T01") == "章无废办督〔2025〕1号"


def of_finance(session: Session) -> Actor:
    return person(session, "局内签发人", Role.APPROVER, unit=FINANCE)


@pytest.mark.parametrize(
    ("signer", "refusal"),
    [
        pytest.param(dispatcher, "没有相应的角色", id="the dispatcher"),
        pytest.param(head, "没有相应的角色", id="the head of the unit"),
        pytest.param(of_finance, "须回避", id="an approver of the unit itself"),
    ],
)
def test_only_an_approver_of_no_responsible_unit_signs(
    ladder: Ladder, signer: object, refusal: str
) -> None:
    ladder.on(FIRST)

    with pytest.raises(NotAllowedError, match=refusal):
        ladder.sign("T01", signer)  # type: ignore[arg-type]


def test_what_the_office_itself_is_to_do_is_signed_outside_it(office: Office, clock: Clock) -> None:
    clock.turn_to(date(2024, 12, 2))
    own = an_item("T01", due_on=DUE, lead=THE_OFFICE)
    adopt_plan(office, own, baseline_on=date(2024, 12, 2))
    ladder = Ladder(office, clock)
    ladder.on(FIRST)

    with pytest.raises(NotAllowedError, match="领导小组办公室承担"):
        ladder.sign("T01", lambda session: person(session, "li", Role.OFFICE, Role.APPROVER))
    ladder.sign("T01")

    assert ladder.issue("T01") == "章无废办督〔2025〕1号"


def test_the_first_notice_needs_a_reminder_that_was_accepted(ladder: Ladder) -> None:
    ladder.on(FIRST, posts=False)
    ladder.sign("T01")

    with pytest.raises(ForbiddenMoveError, match="T01、T02还没有一次提醒确认送达"):
        ladder.issue("T01")
    assert ladder.sheets() == []
    ladder.post()

    assert ladder.issue("T01") == "章无废办督〔2025〕1号"


def test_a_reminder_told_by_telephone_is_one(ladder: Ladder) -> None:
    ladder.on(FIRST, posts=False)
    ladder.sign("T01")
    with ladder.office.transaction() as session:
        acting = outbox.Acting(actor=dispatcher(session), now=ladder.office.now())
        for message in session.exec(select(Message).where(Message.kind == MessageKind.DIGEST)):
            outbox.call(session, message, acting, spoke_to="张三", answer="已知悉")

    assert ladder.issue("T01") == "章无废办督〔2025〕1号"


@pytest.mark.parametrize(
    ("values", "says"),
    [
        pytest.param({"state": ItemState.CLOSED}, "T01现为“已销号”", id="closed"),
        pytest.param({"due_on": date(2025, 3, 31)}, "T01的期限已调整", id="put off"),
        pytest.param({"cycle": 2}, "T01已重新起算", id="begun anew"),
    ],
)
def test_a_signed_sheet_is_not_issued_when_a_matter_does_not_stand_any_more(
    ladder: Ladder, values: dict[str, object], says: str
) -> None:
    ladder.on(FIRST)
    ladder.sign("T01")
    change_item(ladder.office, "T01", **values)

    with pytest.raises(ForbiddenMoveError, match=says):
        ladder.issue("T01")

    ladder.void("T01", "T01已不需要督办")  # takes the signature back
    assert ladder.stands("T02") == [(Rung.BLUE, S.DRAFT)]
    ladder.sign("T02")
    assert ladder.issue("T02") == "章无废办督〔2025〕1号"
    assert "T01的事项" not in text_of_paper(ladder, 1)


def test_an_extension_that_is_waiting_holds_a_signed_sheet(ladder: Ladder) -> None:
    ladder.on(date(2024, 12, 16))
    with ladder.office.transaction() as session:
        asker = extensions.Hand(
            actor=head(session, HOUSING),
            as_of=ladder.office.today(),
            now=ladder.office.now(),
            policy=ladder.office.policy,
        )
        wish = Wish(new_due_on=date(2025, 3, 31), reason="晚", progress="一半")
        extensions.ask(session, the_plan(session), item_of(session, "T03"), asker, wish)
    ladder.on(FIRST)
    assert ladder.stands("T03") == []

    with pytest.raises(ForbiddenMoveError, match="暂停督办至2025-01-08"):
        ladder.draft("T03")
    assert ladder.on(date(2025, 1, 9)) == 1  # five working days are over and nobody decided


def test_no_notice_is_signed_in_a_year_without_published_holidays(ladder: Ladder) -> None:
    ladder.on(FIRST)
    ladder.clock.turn_to(date(2027, 1, 4))

    with pytest.raises(NotConfiguredError, match="2027年的放假安排尚未登记"):
        ladder.sign("T01")


@pytest.fixture
def company(office: Office, clock: Clock) -> Ladder:
    """Give an office with an item that only a company answers for."""
    clock.turn_to(date(2024, 12, 2))
    items = [an_item("P01", due_on=DUE, lead=COMPANY), an_item("T01", due_on=DUE, lead=HOUSING)]
    adopt_plan(office, *items, baseline_on=date(2024, 12, 2))
    ladder = Ladder(office, clock)
    ladder.on(FIRST)
    return ladder


def test_a_company_without_a_sponsor_is_issued_nothing(company: Ladder) -> None:
    company.sign("P01")

    with pytest.raises(NotConfiguredError, match=f"企业“{COMPANY}”没有督导单位"):
        company.issue("P01")
    assert company.sheets() == []


def test_a_company_is_written_to_through_its_sponsor(company: Ladder) -> None:
    with company.office.transaction() as session:
        sponsor = session.exec(select(Unit).where(Unit.name == HOUSING)).one()
        unit = session.exec(select(Unit).where(Unit.name == COMPANY)).one()
        unit.sponsor_unit_id = sponsor_id = sponsor.id
        session.add(unit)

    company.send("P01")

    (sheet,) = company.sheets()
    assert (sheet.form, sheet.receiving_unit_id) == (PaperKind.LETTER, sponsor_id)
    (message,) = formal_messages(company.office)
    assert message.recipient_name == HOUSING
    text = text_of_paper(company, 1)
    assert COMPANY in text
    assert HOUSING in text
    company.acknowledge("P01", HOUSING)
    assert company.stands("P01") == [(Rung.BLUE, S.ACKNOWLEDGED)]


def test_every_act_is_on_record_with_the_number(ladder: Ladder) -> None:

    ladder.on(FIRST)
    ladder.send("T03")

    with ladder.office.reading() as session:
        query = select(Event).where(Event.about_kind == "notice_sheet")
        rows = session.exec(query.order_by(col(Event.sequence))).all()
        acts = [(row.act, row.actor, row.before, row.after) for row in rows]
    assert acts == [
        ("sign_notice", "签发人", "draft", "signed"),
        ("issue_notice", "调度员", "signed", "issued"),
        ("deliver_notice", "duban", "issued", "delivered"),
    ]
    assert [row.document for row in rows][1:] == ["章无废办督〔2025〕1号"] * 2
    assert is_record_whole(ladder.office)
