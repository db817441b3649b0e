"""Notices in tests: who drafts, signs, issues, answers and reviews them, each act in one line."""

from collections.abc import Callable
from datetime import date

import pytest
from sqlmodel import Session, col, select

from db.notice_tables import NoticeSheet
from db.plan_tables import WorkItem
from db.record_tables import Notice
from services import (
    notice_answers,
    notice_by_hand,
    notice_issuing,
    notice_outcomes,
    notice_receipts,
    notice_signing,
)
from services.channels import open_channel
from services.close_outs import Hand
from services.delivery import deliver
from services.notice_answers import Said
from services.notice_sheets import draft_named, sheet_named
from services.office import Office
from services.tick import tick
from supervision.rights import Actor
from supervision.vocabulary import NoticeState, Role, Rung
from tests.builders import FINANCE, adopt_plan, an_item, item_of
from tests.clock import Clock
from tests.people import head, person, the_plan

DUE = date(2024, 12, 31)
FIRST = date(2025, 1, 2)  # the first working day after it
HOUSING = "区住建局"


@pytest.fixture
def ladder(office: Office, clock: Clock) -> "Ladder":
    """Give an office with three items due at the year's end, two of them of one unit."""
    clock.turn_to(date(2024, 12, 2))
    adopt_plan(
        office,
        an_item("T01", due_on=DUE),
        an_item("T02", due_on=DUE),
        an_item("T03", due_on=DUE, lead=HOUSING),
        baseline_on=date(2024, 12, 2),
    )
    return Ladder(office, clock)


class Ladder:
    """One office and its people on one clock; each act is a transaction of its own, today."""

    def __init__(self, office: Office, clock: Clock) -> None:
        self.office, self.clock = office, clock

    def on(self, day: date, *, posts: bool = True) -> int:
        """Go to a day, sweep it and deliver what it queued; return how many notices it drafted."""
        self.clock.turn_to(day)
        swept = tick(self.office, today=day)
        if posts:
            self.post()
        return swept.notices_drafted

    def post(self) -> None:
        """Deliver what waits in the outbox."""
        deliver(self.office, lambda kind: open_channel(self.office, kind))

    def hand(self, actor: Actor, as_of: date | None = None) -> Hand:
        return Hand(actor=actor, as_of=as_of or self.office.today(), now=self.office.now())

    def sign(
        self,
        code: str,
        signer: Callable[[Session], Actor] | None = None,
        *,
        as_of: date | None = None,
    ) -> None:
        with self.office.transaction() as session:
            plan = the_plan(session)
            boss = self.hand((signer or approver)(session), as_of)
            draft = draft_named(session, plan, code)
            notice_signing.sign(session, plan, draft, boss, self.office.policy)

    def issue(self, code: str, *, as_of: date | None = None) -> str:
        """Issue the signed notice on an item and return its number."""
        with self.office.transaction() as session:
            plan = the_plan(session)
            sheet = sheet_named(session, plan, code)
            desk = self.hand(dispatcher(session), as_of)
            issued = notice_issuing.issue(session, self.office, plan, sheet, desk)
            return issued.sheet.number_text or ""

    def send(self, code: str) -> str:
        """Sign, issue and deliver the draft on an item, all today; return its number."""
        self.sign(code)
        number = self.issue(code)
        self.post()
        return number

    def hand_over(self, code: str, how: str = "专人送达，李四收") -> None:
        with self.office.transaction() as session:
            plan = the_plan(session)
            sheet = sheet_named(session, plan, code)
            desk = self.hand(dispatcher(session))
            notice_receipts.deliver_by_hand(session, plan, sheet, desk, how=how)

    def acknowledge(self, code: str, unit: str = FINANCE) -> None:
        with self.office.transaction() as session:
            plan = the_plan(session)
            sheet = sheet_named(session, plan, code)
            notice_receipts.acknowledge(session, plan, sheet, self.hand(head(session, unit)))

    def answer(
        self,
        code: str,
        unit: str = FINANCE,
        *,
        text: str = "正在办理",
        promised_on: date | None = None,
    ) -> None:
        with self.office.transaction() as session:
            plan = the_plan(session)
            sheet = sheet_named(session, plan, code)
            said = Said(body=text, reasons="资金未到位", promised_on=promised_on)
            boss = self.hand(head(session, unit))
            notice_answers.answer(session, plan, sheet, boss, said, codes=[code])

    def review(self, code: str, *, accepts: bool, opinion: str = "属实") -> None:
        with self.office.transaction() as session:
            plan = the_plan(session)
            sheet = sheet_named(session, plan, code)
            desk = self.hand(dispatcher(session))
            notice_answers.review(
                session, plan, sheet, desk, accepts=accepts, opinion=opinion, codes=[code]
            )

    def void(self, code: str, reason: str = "主送单位有误") -> None:
        with self.office.transaction() as session:
            plan = the_plan(session)
            sheet = sheet_named(session, plan, code)
            notice_receipts.void(session, plan, sheet, self.hand(approver(session)), reason=reason)

    def draft(self, code: str, rung: Rung | None = None, reason: str = "群众反映强烈") -> None:
        with self.office.transaction() as session:
            plan, item = the_plan(session), item_of(session, code)
            desk = self.hand(dispatcher(session))
            policy = self.office.policy
            notice_by_hand.draft_by_hand(
                session, plan, item, desk, policy, reason=reason, rung=rung
            )

    def stands(self, code: str) -> list[tuple[Rung, NoticeState]]:
        """Return the notices on an item by the day they were drafted: rung and state."""
        with self.office.reading() as session:
            query = (
                select(Notice)
                .join(WorkItem, col(WorkItem.id) == col(Notice.work_item_id))
                .where(WorkItem.code == code)
                .order_by(col(Notice.cycle), col(Notice.drafted_on), col(Notice.key))
            )
            return [(notice.rung, notice.state) for notice in session.exec(query)]

    def sheets(self) -> list[NoticeSheet]:
        """Return the sheets that have a number, in its order."""
        with self.office.reading() as session:
            query = select(NoticeSheet).where(col(NoticeSheet.number).is_not(None))
            order = (col(NoticeSheet.year), col(NoticeSheet.number))
            return list(session.exec(query.order_by(*order)))

    def stands_still(self, code: str) -> bool:
        """Return whether the latest sheet on an item would still be sent."""
        with self.office.transaction() as session:
            sheet = sheet_named(session, the_plan(session), code)
            return notice_outcomes.still_stands(session, sheet.id)


def dispatcher(session: Session) -> Actor:
    return person(session, "调度员", Role.OFFICE)


def approver(session: Session) -> Actor:
    return person(session, "签发人", Role.APPROVER)
