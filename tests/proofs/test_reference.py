"""The engine against the reference model, whatever is done in whatever order (REL23)."""

import atexit
import shutil
import tempfile
from collections.abc import Callable
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    precondition,
    rule,
    run_state_machine_as_test,
)
from sqlalchemy import event
from sqlmodel import Session, col, select

from db import calendar_days
from db.engine import open_engine
from db.plan_tables import WorkItem
from db.record_tables import Notice, Obligation, Round
from db.schema import upgrade
from notifications.message import RecordingChannel
from services import (
    close_outs,
    evidence,
    extensions,
    notice_answers,
    notice_issuing,
    notice_receipts,
    notice_signing,
    report_reviews,
    reports,
)
from services.close_outs import Hand
from services.delivery import deliver
from services.evidence import Bringing
from services.extensions import Wish
from services.moves import Wanted, move_item
from services.notice_answers import Said
from services.notice_sheets import draft_named, sheet_named
from services.obligations import obligation_of
from services.office import Office
from services.report_content import ReportContent
from services.report_reviews import Review
from services.settings import read_settings
from services.simulating.hands import APPROVER, AT_THE_DESK, REVIEWER
from services.tick import tick
from supervision.rights import Actor
from supervision.vocabulary import (
    EvidenceKind,
    Grade,
    ItemState,
    Move,
    NoticeState,
    ObligationState,
    Rung,
)
from tests.builders import adopt_plan, an_item, item_of
from tests.clock import Clock
from tests.people import head, the_plan
from tests.proofs.reference import WAITS, Item

FIRST, LAST = date(2024, 12, 11), date(2025, 3, 7)  # one round; the next opens on 10 March
PERIOD = "2024Q4"
BUREAUS = {"T01": "区财政局", "T02": "区住建局"}
DUE = {"T01": date(2024, 12, 13), "T02": date(2024, 12, 31)}
CODES = st.sampled_from(sorted(BUREAUS))


class KilledError(BaseException):
    """The process is gone in the middle of a sweep."""


@cache
def template() -> Path:
    """Return a database in which the two items are adopted and the round is open."""
    folder = Path(tempfile.mkdtemp(prefix="duban-reference-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    engine = open_engine(f"sqlite:///{folder / 'duban.db'}")
    upgrade(engine)
    office = Office(read_settings(data_dir=folder), engine, Clock(FIRST))
    adopt_plan(office, *(an_item(code, due_on=DUE[code], lead=BUREAUS[code]) for code in BUREAUS))
    tick(office, today=FIRST)
    engine.dispose()
    return folder / "duban.db"


class Engine(RuleBasedStateMachine):
    """Does the same to the engine and to the model, and holds the two side by side."""

    @initialize()
    def begin(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="duban-reference-"))
        shutil.copyfile(template(), self.folder / "duban.db")
        self.clock, self.day = Clock(FIRST), FIRST
        engine = open_engine(f"sqlite:///{self.folder / 'duban.db'}")
        event.listen(engine, "connect", lambda db, _: db.execute("PRAGMA synchronous=OFF"))
        event.listen(engine, "before_cursor_execute", self._strike)
        self.office = Office(read_settings(data_dir=self.folder), engine, self.clock)
        self.items = {code: Item(due) for code, due in DUE.items()}
        self.words = self.strikes_in = 0
        with self.office.reading() as session:
            self.calendar = calendar_days.working_days(session)
            self.closes_on = session.exec(select(Round)).one().closes_on

    def teardown(self) -> None:
        if hasattr(self, "office"):
            self.office.engine.dispose()
            shutil.rmtree(self.folder)

    def _strike(self, *_statement: object) -> None:
        self.strikes_in -= 1
        if self.strikes_in == 0:
            raise KilledError

    def _word(self) -> str:
        self.words += 1
        return f"第{self.words}次说明"

    def _act(self, code: str, act: Callable[[Session, WorkItem, Actor], object]) -> None:
        with self.office.transaction() as session:
            act(session, item_of(session, code), head(session, BUREAUS[code]))
        self._post()
        self._compare()

    def _post(self) -> None:
        deliver(self.office, lambda _: RecordingChannel())

    def _hand(self, actor: Actor) -> Hand:
        return Hand(actor=actor, as_of=self.day, now=self.office.now())

    @rule(dies=st.integers(0, 60))
    def let_a_day_pass(self, dies: int) -> None:
        """Go on to the next day, whose sweep may die on the way."""
        self.let_time_pass(days=1, dies=dies, is_swept_daily=True)

    @rule(days=st.integers(4, 16), dies=st.integers(0, 60))
    def be_away(self, days: int, dies: int) -> None:
        """Sweep nothing for days, then once."""
        self.let_time_pass(days=days, dies=dies, is_swept_daily=False)

    @rule(days=st.integers(1, 6), is_swept_daily=st.booleans(), dies=st.integers(0, 60))
    def let_time_pass(self, days: int, dies: int, *, is_swept_daily: bool) -> None:
        """Go on by some days, swept each day or only on the last, a sweep dying on the way."""
        for _ in range(days):
            if self.day >= LAST:
                break
            self.day += timedelta(days=1)
            if is_swept_daily:
                self._sweep(dies)
        if not is_swept_daily:
            self._sweep(dies)
        self._compare()

    def _sweep(self, dies: int) -> None:
        self.clock.turn_to(self.day)
        self.strikes_in = dies
        try:
            tick(self.office, today=self.day)
        except KilledError:
            tick(self.office, today=self.day)
        self.strikes_in = 0
        self._post()
        for item in self.items.values():
            item.sweep(self.day, self.calendar, closes_on=self.closes_on)

    @rule(code=CODES)
    def sign_for(self, code: str) -> None:
        if self.items[code].state is ItemState.ASSIGNED:
            self.items[code].state = ItemState.IN_PROGRESS
            self._act(code, lambda s, item, who: self._move(s, item, Move.ACKNOWLEDGE, who))

    def _move(self, session: Session, item: WorkItem, move: Move, who: Actor) -> None:
        wanted = Wanted(move=move, actor=who, as_of=self.day)
        move_item(session, item, wanted, now=self.office.now())

    @rule(code=CODES)
    def report(self, code: str) -> None:
        item = self.items[code]
        owed = (ObligationState.OPEN, ObligationState.SENT_BACK, ObligationState.REPORTED)
        if self.day >= self.closes_on or item.state is ItemState.CLOSED:
            return
        if item.reported in owed:
            item.reported = ObligationState.REPORTED
            said = ReportContent(progress=self._word())
            self._act(code, lambda s, item, who: reports.hand_in(
                s, obligation_of(s, item, PERIOD), said, who, as_of=self.day, now=self.office.now()
            ))  # fmt: skip

    @rule(code=CODES, accepts=st.booleans())
    def review_report(self, code: str, *, accepts: bool) -> None:
        item = self.items[code]
        if item.reported is not ObligationState.REPORTED or self.day >= self.closes_on:
            return
        if item.state is ItemState.CLOSED:
            return
        item.reported = ObligationState.ACCEPTED if accepts else ObligationState.SENT_BACK
        said = Review(actor=REVIEWER, as_of=self.day, now=self.office.now(), reason="请补充")
        done = report_reviews.accept if accepts else report_reviews.send_back
        self._act(code, lambda s, item, _: done(s, obligation_of(s, item, PERIOD), said))

    @rule(code=CODES)
    def ask_close_out(self, code: str) -> None:
        if self.items[code].state is not ItemState.IN_PROGRESS:
            return
        self.items[code].state = ItemState.SUBMITTED
        word = self._word()
        kept = evidence.kept(
            self.office, word.encode(), kind=EvidenceKind.LEDGER, name=f"{self.words}.txt"
        )

        def asked(session: Session, item: WorkItem, who: Actor) -> None:
            bringing = Bringing(actor=who, as_of=self.day, most_mb_a_year=10)
            evidence.attach(session, item, kept, bringing, now=self.office.now())
            close_outs.ask(session, item, self._hand(who), summary=word)

        self._act(code, asked)

    @rule(code=CODES, is_closed=st.booleans())
    def decide_close_out(self, code: str, *, is_closed: bool) -> None:
        if self.items[code].state is not ItemState.SUBMITTED:
            return
        self.items[code].state = ItemState.CLOSED if is_closed else ItemState.IN_PROGRESS

        def decided(session: Session, item: WorkItem, _who: Actor) -> None:
            if not is_closed:
                close_outs.send_back(session, item, self._hand(REVIEWER), reason="佐证不全")
                return
            close_outs.review(session, item, self._hand(AT_THE_DESK), opinion="齐全")
            close_outs.decide(session, item, self._hand(REVIEWER), grade=Grade.GOOD)

        self._act(code, decided)

    @rule(code=CODES, days=st.integers(1, 60))
    def extend(self, code: str, days: int) -> None:
        item = self.items[code]
        if item.is_extended or not item.is_worked_on:
            return
        until = item.due_on + timedelta(days=days)
        item.extend(until)

        def granted(session: Session, item: WorkItem, who: Actor) -> None:
            def hand(actor: Actor) -> extensions.Hand:
                now = self.office.now()
                return extensions.Hand(
                    actor=actor, as_of=self.day, now=now, policy=self.office.policy
                )

            wish = Wish(new_due_on=until, reason="批复未到", progress="办理中")
            extensions.ask(session, the_plan(session), item, hand(who), wish)
            extensions.review(session, item, hand(AT_THE_DESK), opinion="属实")
            extensions.decide(session, item, hand(APPROVER), approves=True, document="〔2025〕1号")

        self._act(code, granted)

    @precondition(lambda self: self._fit(self._draft_of))
    @rule(data=st.data())
    def issue(self, data: st.DataObject) -> None:
        code = data.draw(st.sampled_from(self._fit(self._draft_of)))
        item = self.items[code]
        item.issue(self.day, self.calendar)

        def issued(session: Session, _item: WorkItem, _who: Actor) -> None:
            plan, policy = the_plan(session), self.office.policy
            draft = draft_named(session, plan, code)
            sheet = notice_signing.sign(session, plan, draft, self._hand(APPROVER), policy)
            notice_issuing.issue(session, self.office, plan, sheet, self._hand(AT_THE_DESK))

        self._act(code, issued)

    def _draft_of(self, code: str) -> bool:
        """Return whether the item has a draft that is still about it."""
        item = self.items[code]
        stands = item.last and (item.last.state, item.last.due_on)
        return item.is_worked_on and stands == (NoticeState.DRAFT, item.due_on)

    def _fit(self, fits: Callable[[str], bool]) -> list[str]:
        return [code for code in self.items if fits(code)] if hasattr(self, "items") else []

    def _waits(self, code: str, *states: NoticeState) -> bool:
        last = self.items[code].last
        is_asked = last is not None and last.rung is not Rung.INTERVIEW and last.state in states
        return is_asked and self.items[code].is_worked_on

    @precondition(lambda self: self._fit(lambda code: self._waits(code, *WAITS)))
    @rule(data=st.data())
    def answer(self, data: st.DataObject) -> None:
        code = data.draw(st.sampled_from(self._fit(lambda code: self._waits(code, *WAITS))))
        last = self.items[code].last
        assert last is not None
        last.state = NoticeState.ANSWERED
        said = Said(body=self._word(), reasons="资金未到位")

        def answered(session: Session, _item: WorkItem, who: Actor) -> None:
            plan, hand = the_plan(session), self._hand(who)
            sheet = sheet_named(session, plan, code)
            notice_receipts.acknowledge(session, plan, sheet, hand)
            notice_answers.answer(session, plan, sheet, hand, said)

        self._act(code, answered)

    @precondition(lambda self: self._fit(lambda code: self._waits(code, NoticeState.ANSWERED)))
    @rule(data=st.data(), accepts=st.booleans())
    def review_answer(self, data: st.DataObject, *, accepts: bool) -> None:
        there = self._fit(lambda code: self._waits(code, NoticeState.ANSWERED))
        code = data.draw(st.sampled_from(there))
        last = self.items[code].last
        assert last is not None
        last.state = NoticeState.ACCEPTED if accepts else NoticeState.ACKNOWLEDGED

        def reviewed(session: Session, _item: WorkItem, _who: Actor) -> None:
            plan = the_plan(session)
            sheet = sheet_named(session, plan, code)
            notice_answers.review(
                session, plan, sheet, self._hand(REVIEWER), accepts=accepts, opinion="已阅"
            )

        self._act(code, reviewed)

    def _compare(self) -> None:
        """Hold states, dates, reports and every rung with its state side by side."""
        with self.office.reading() as session:
            stands = {code: self._stands(session, code) for code in BUREAUS}
        told = {
            code: (
                item.state,
                item.due_on,
                item.cycle,
                item.reported,
                sorted((p.cycle, p.rung, p.state) for p in item.papers),
            )
            for code, item in self.items.items()
        }

        assert stands == told

    def _stands(self, session: Session, code: str) -> Any:  # noqa: ANN401 - as the model says it
        item = item_of(session, code)
        query = select(Obligation.state).where(col(Obligation.work_item_id) == item.id)
        notices = session.exec(select(Notice).where(Notice.work_item_id == item.id))
        papers = sorted((one.cycle, one.rung, one.state) for one in notices)
        return item.state, item.due_on, item.cycle, session.exec(query).one(), papers


def run(examples: int, steps: int) -> None:
    run_state_machine_as_test(
        Engine,
        settings=settings(
            max_examples=examples,
            stateful_step_count=steps,
            deadline=None,
            derandomize=True,
            suppress_health_check=list(HealthCheck),
        ),
    )


@pytest.mark.parametrize(
    ("examples", "steps"),
    [
        pytest.param(30, 25, id="30 runs of 25 steps"),
        pytest.param(2000, 50, id="2000 runs of 50 steps", marks=pytest.mark.proof),
    ],
)
@pytest.mark.usefixtures("settings_folder")
def test_the_engine_does_what_the_reference_says(examples: int, steps: int) -> None:
    run(examples, steps)
