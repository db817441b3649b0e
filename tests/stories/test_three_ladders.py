"""Three items past their date: one climbs to 约谈, one is saved by an extension, one answers."""

from datetime import date
from io import BytesIO

import pytest
from docx import Document
from sqlmodel import Session

from db.notice_tables import NoticeSheet
from db.paper_tables import Paper
from services import extensions, papers, reports
from services.extensions import Wish
from services.obligations import obligation_of
from services.office import Office
from services.report_content import ReportContent
from services.standings import standing_of
from supervision.errors import UsageError
from supervision.lights import judge
from supervision.rights import Actor, NotAllowedError
from supervision.vocabulary import Light, NoticeState, PaperKind, Role, Rung
from tests.builders import adopt_plan, an_item, item_of
from tests.clock import Clock
from tests.noticing import Ladder, approver, dispatcher
from tests.people import head, is_record_whole, person, the_plan

SILENT, LATER, GOOD = "P01", "T02", "T03"
BUREAUS = {SILENT: "区财政局", LATER: "区住建局", GOOD: "区城管局"}
DUE = date(2024, 12, 31)
S = NoticeState


@pytest.fixture
def ladder(office: Office, clock: Clock) -> Ladder:
    clock.turn_to(date(2024, 12, 2))
    items = [an_item(code, due_on=DUE, lead=unit) for code, unit in BUREAUS.items()]
    adopt_plan(office, *items, baseline_on=date(2024, 12, 2))
    return Ladder(office, clock)


def extend(ladder: Ladder, code: str, until: date) -> None:
    """Ask for a later date, in time: it waits for the approver."""
    with ladder.office.transaction() as session:
        item, plan = item_of(session, code), the_plan(session)
        wish = Wish(new_due_on=until, reason="上级批复未到", progress="材料已报")
        extensions.ask(session, plan, item, allowed(ladder, head(session, BUREAUS[code])), wish)
        extensions.review(session, item, allowed(ladder, dispatcher(session)), opinion="属实")


def grant(ladder: Ladder, code: str) -> None:
    with ladder.office.transaction() as session:
        boss = allowed(ladder, approver(session))
        item = item_of(session, code)
        extensions.decide(session, item, boss, approves=True, document="〔2025〕1号")


def allowed(ladder: Ladder, actor: Actor) -> extensions.Hand:
    office = ladder.office
    return extensions.Hand(
        actor=actor,
        as_of=office.today(),
        now=office.now(),
        policy=office.policy,
    )


def own_approver(session: Session) -> Actor:
    """Return an approver who works for the bureau that leads the item."""
    return person(session, "局内签发人", Role.APPROVER, unit=BUREAUS[SILENT])


def report(ladder: Ladder, code: str, percent: int) -> None:
    """Report on an item in the round that is open."""
    with ladder.office.transaction() as session:
        owed = obligation_of(session, item_of(session, code), "2024Q4")
        said = ReportContent(progress="按计划推进", percent=percent)
        today, now = ladder.office.today(), ladder.office.now()
        reports.hand_in(session, owed, said, head(session, BUREAUS[code]), as_of=today, now=now)


def light(ladder: Ladder, code: str) -> Light:
    with ladder.office.reading() as session:
        today = ladder.office.today()
        standing = standing_of(session, item_of(session, code), as_of=today)
        return judge(standing, ladder.office.policy, today=today).light


def sheet_of(ladder: Ladder, number: int) -> NoticeSheet:
    return next(sheet for sheet in ladder.sheets() if sheet.number == number)


def paper_of(ladder: Ladder, sheet: NoticeSheet) -> str:
    """Return all that the kept paper of a sheet says, its tables included."""
    with ladder.office.reading() as session:
        paper = session.get_one(Paper, sheet.paper_id)
        document = Document(BytesIO(papers.content_of(ladder.office, paper)))
    cells = (cell.text for table in document.tables for row in table.rows for cell in row.cells)
    return "\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells])


def propose_an_interview(ladder: Ladder) -> None:
    """Sign and hand over the last rung: a proposal to the leading group, with its history."""
    ladder.sign(SILENT)
    assert ladder.issue(SILENT) == "章无废办督〔2025〕5号"
    ladder.hand_over(SILENT, "呈领导小组组长")
    proposal = sheet_of(ladder, 5)
    assert (proposal.form, proposal.state) == (PaperKind.INTERVIEW, S.DELIVERED)
    assert proposal.reply_due_on is None
    told = paper_of(ladder, proposal)
    for number in (1, 3, 4):  # its history, and not the other bureaus'
        assert f"章无废办督〔2025〕{number}号" in told
    assert "章无废办督〔2025〕2号" not in told
    assert BUREAUS[SILENT] in told
    assert "按计划推进" in told  # what it reported last


def test_one_item_climbs_to_an_interview_one_is_extended_and_one_answers(ladder: Ladder) -> None:
    ladder.on(date(2024, 12, 11))
    report(ladder, SILENT, 60)
    assert light(ladder, SILENT) is Light.GREEN
    ladder.on(date(2024, 12, 16))
    assert light(ladder, SILENT) is Light.BLUE  # its day is near, and nobody asked to close it
    extend(ladder, LATER, date(2025, 3, 31))
    ladder.on(DUE)
    assert ladder.stands(SILENT) == []  # the due day is still on time

    # Overdue: all but the one whose extension is waiting get a draft; nothing leaves unsigned.
    assert ladder.on(date(2025, 1, 2)) == 2
    assert light(ladder, SILENT) is Light.RED
    assert ladder.stands(LATER) == []
    assert ladder.sheets() == []
    with pytest.raises(UsageError, match="没有文号"):
        ladder.issue(SILENT)
    with pytest.raises(NotAllowedError, match="须回避"):
        ladder.sign(SILENT, own_approver)
    grant(ladder, LATER)
    first = ladder.send(SILENT)
    second = ladder.send(GOOD)
    assert [first, second] == ["章无废办督〔2025〕1号", "章无废办督〔2025〕2号"]
    assert sheet_of(ladder, 1).reply_due_on == date(2025, 1, 16)  # ten working days

    # The good one signs for it, answers, and is left in peace.
    ladder.on(date(2025, 1, 9))
    ladder.acknowledge(GOOD, BUREAUS[GOOD])
    ladder.answer(GOOD, BUREAUS[GOOD], promised_on=date(2025, 3, 14))
    ladder.on(date(2025, 1, 16))
    assert ladder.stands(SILENT) == [(Rung.BLUE, S.DELIVERED)]  # its last day to answer
    ladder.review(GOOD, accepts=True)

    assert ladder.on(date(2025, 1, 17)) == 1
    assert ladder.stands(SILENT) == [(Rung.BLUE, S.LAPSED), (Rung.YELLOW, S.DRAFT)]
    ladder.send(SILENT)
    assert ladder.stands(SILENT) == [(Rung.BLUE, S.SUPERSEDED), (Rung.YELLOW, S.DELIVERED)]
    assert sheet_of(ladder, 3).reply_due_on == date(2025, 1, 24)

    # After an outage over the spring festival it climbs one rung, not more.
    assert ladder.on(date(2025, 2, 10)) == 1
    assert ladder.on(date(2025, 2, 11)) == 0
    ladder.send(SILENT)
    assert sheet_of(ladder, 4).reply_due_on == date(2025, 2, 14)
    assert ladder.on(date(2025, 2, 17)) == 1
    assert ladder.stands(SILENT)[-2:] == [(Rung.RED, S.LAPSED), (Rung.INTERVIEW, S.DRAFT)]

    propose_an_interview(ladder)

    # Nobody else is asked again: one kept its later date, one was believed.
    assert ladder.on(date(2025, 3, 12)) == 0
    assert ladder.stands(LATER) == []
    assert ladder.stands(GOOD) == [(Rung.BLUE, S.ACCEPTED)]
    assert ladder.on(date(2025, 4, 1)) == 1
    assert ladder.stands(LATER) == [(Rung.BLUE, S.DRAFT)]
    assert is_record_whole(ladder.office)
