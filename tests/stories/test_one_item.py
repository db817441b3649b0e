"""One item of the issued plan, from its acknowledgement to 销号, on both databases."""

from datetime import date
from io import BytesIO

import pytest
from docx import Document
from sqlmodel import Session, select

from db.life_tables import CloseOut
from db.plan_tables import WorkItem
from db.record_tables import Act
from services import close_outs, extensions
from services.close_out_sheet import sheet
from services.close_outs import Hand
from services.dossiers import dossier
from services.extensions import Wish
from services.office import Office
from services.tick import tick
from supervision.rights import Actor, NotAllowedError
from supervision.vocabulary import Grade, ItemState, Light, Move, Role
from tests.builders import item_of
from tests.clock import Clock
from tests.people import head, is_record_whole, move, person, prove, the_plan

BUREAU = "章贡生态环境局"  # leads T07, and the office sits in it
CODE = "T07"


class Story:
    """T07 and the people around it; each act is a transaction of its own, on its own day."""

    def __init__(self, office: Office, clock: Clock) -> None:
        self.office, self.clock = office, clock

    def on(self, day: date) -> None:
        """Go to a day and let the sweep do what it calls for."""
        self.clock.turn_to(day)
        tick(self.office, today=day)

    def sign_for(self) -> None:
        with self.office.transaction() as session:
            move(self.office, session, CODE, Move.ACKNOWLEDGE, head(session, BUREAU))

    def prove(self, text: str) -> None:
        prove(self.office, CODE, text=text, unit=BUREAU)

    def extend(self, until: date) -> None:
        with self.office.transaction() as session:
            item, plan = item_of(session, CODE), the_plan(session)
            wish = Wish(new_due_on=until, reason="上位办法未出台", progress="已有初稿")
            asker, desk = self.allowed(head(session, BUREAU)), self.allowed(outsider(session))
            extensions.ask(session, plan, item, asker, wish)
            extensions.review(session, item, desk, opinion="属实")
            boss = self.allowed(approver(session))
            extensions.decide(session, item, boss, approves=True, document="〔2024〕9号")

    def allowed(self, actor: Actor) -> extensions.Hand:
        return extensions.Hand(
            actor=actor,
            as_of=self.office.today(),
            now=self.office.now(),
            policy=self.office.policy,
        )

    def hand(self, actor: Actor) -> Hand:
        return Hand(actor=actor, as_of=self.office.today(), now=self.office.now())

    def ask(self, summary: str) -> None:
        with self.office.transaction() as session:
            asker = self.hand(head(session, BUREAU))
            close_outs.ask(session, item_of(session, CODE), asker, summary=summary)

    def light(self) -> Light:
        with self.office.reading() as session:
            item, today = item_of(session, CODE), self.office.today()
            return dossier(session, item, self.office.policy, today=today).light.light

    def reminders(self) -> int:
        with self.office.reading() as session:
            of_item = select(Act).join(WorkItem).where(WorkItem.code == CODE)
            return len(session.exec(of_item).all())


def outsider(session: Session) -> Actor:
    return person(session, "调度员", Role.OFFICE)


def insider(session: Session) -> Actor:
    """Return the desk's own colleague, who works for the bureau that leads the item."""
    return person(session, "局内审核人", Role.OFFICE, Role.REVIEWER, unit=BUREAU)


def approver(session: Session) -> Actor:
    return person(session, "签发人", Role.APPROVER)


@pytest.fixture
def story(zhanggong: Office, clock: Clock) -> Story:
    return Story(zhanggong, clock)


def test_one_item_is_carried_on_put_off_sent_back_and_closed_out_by_outsiders(
    story: Story,
) -> None:
    office = story.office
    story.on(date(2024, 3, 5))
    story.sign_for()

    story.on(date(2024, 12, 17))
    assert story.light() is Light.BLUE  # two weeks before its day
    story.extend(date(2025, 3, 31))
    assert story.light() is Light.GREY

    story.on(date(2025, 3, 28))
    story.prove("初稿")
    story.ask("已完成初稿")
    with office.transaction() as session:
        item = item_of(session, CODE)
        with pytest.raises(NotAllowedError, match="须回避"):
            close_outs.review(session, item, story.hand(insider(session)), opinion="齐全")
        desk = story.hand(outsider(session))
        close_outs.send_back(session, item, desk, reason="初稿不是印发稿")

    story.on(date(2025, 4, 2))
    assert story.light() is Light.RED  # sent back, so its day has passed
    story.prove("印发稿")
    story.ask("已印发")
    with office.transaction() as session:
        item = item_of(session, CODE)
        close_outs.review(session, item, story.hand(outsider(session)), opinion="齐全")
        with pytest.raises(NotAllowedError, match="须回避"):
            close_outs.decide(session, item, story.hand(insider(session)), grade=Grade.EXCELLENT)
        boss = story.hand(approver(session))
        close_outs.decide(session, item, boss, grade=Grade.PASSED)

    reminded = story.reminders()
    story.on(date(2025, 4, 30))
    assert story.reminders() == reminded  # nobody is asked after it any more
    with office.reading() as session:
        item = item_of(session, CODE)
        assert (item.state, item.closed_on) == (ItemState.CLOSED, date(2025, 4, 2))
        assert (item.due_on, item.original_due_on) == (date(2025, 3, 31), date(2024, 12, 31))
        requests = session.exec(select(CloseOut).where(CloseOut.work_item_id == item.id)).all()
        assert sorted(row.decision.label for row in requests) == ["不同意", "同意"]
        paper = Document(BytesIO(sheet(session, the_plan(session), item)))
    cells = {cell.text for row in paper.tables[0].rows for cell in row.cells}
    assert {"合格", "逾期2天", "2025年3月31日（原2024年12月31日）"} <= cells
    assert is_record_whole(office)
