from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from io import BytesIO

import pytest
from docx import Document
from sqlmodel import Session, col, select

from db import close_outs as rows
from db.life_tables import CloseOut, ProgressReport
from db.record_tables import Event, Obligation, Round
from services import close_outs
from services.close_out_sheet import sheet
from services.office import Office
from services.standings import standing_of
from supervision.closing import NotReadyToCloseError
from supervision.errors import UsageError
from supervision.lifecycle import ForbiddenMoveError
from supervision.lights import days_overdue
from supervision.rights import Actor, NotAllowedError
from supervision.vocabulary import (
    Decision,
    EvidenceKind,
    Grade,
    ItemState,
    ObligationState,
    Permission,
    Role,
    RoundState,
)
from tests.builders import FINANCE, adopt_plan, an_item, change_item, item_of
from tests.people import (
    an_account,
    hand,
    head,
    is_record_whole,
    person,
    prove,
    the_plan,
    unit_id,
)

DUE = date(2024, 12, 31)
IN_TIME = date(2024, 12, 20)
LATER = date(2025, 1, 10)


@pytest.fixture
def asking(office: Office) -> Office:
    """An office whose T01 is being carried on, with one piece of evidence."""
    adopt_plan(office, an_item(due_on=DUE, supporting=["区住建局"]))
    change_item(office, "T01", state=ItemState.IN_PROGRESS)
    prove(office, "T01")
    return office


def ask(session: Session, office: Office, on: date = IN_TIME, *, summary: str = "完成") -> CloseOut:
    by = hand(office, head(session), on)
    return close_outs.ask(session, item_of(session, "T01"), by, summary=summary)


def the_office(session: Session) -> Actor:
    return person(session, "li", Role.OFFICE)


def reviewed(session: Session, office: Office) -> CloseOut:
    ask(session, office)
    by = hand(office, the_office(session), IN_TIME)
    return close_outs.review(session, item_of(session, "T01"), by, opinion="齐全")


def decided(session: Session, office: Office, actor: Actor) -> CloseOut:
    by = hand(office, actor, LATER)
    return close_outs.decide(session, item_of(session, "T01"), by, grade=Grade.GOOD)


def test_an_item_is_asked_for_reviewed_and_closed_out_by_a_second_person(asking: Office) -> None:
    with asking.transaction() as session:
        reviewed(session, asking)
        decided(session, asking, person(session, "wang", Role.REVIEWER))

    with asking.reading() as session:
        row, item = session.exec(select(CloseOut)).one(), item_of(session, "T01")
        acts = [event.act for event in session.exec(select(Event).order_by(col(Event.sequence)))]
    assert (item.state, item.grade, item.closed_on) == (ItemState.CLOSED, Grade.GOOD, LATER)
    assert (row.decision, row.grade, row.ordinal) == (Decision.APPROVED, Grade.GOOD, 1)
    assert (row.asked_by, row.reviewed_by, row.decided_by) == (f"{FINANCE}负责人", "li", "wang")
    assert acts[-3:] == ["submit", Permission.REVIEW_CLOSE_OUT, "close_out"]
    assert is_record_whole(asking)


def test_asking_twice_is_asking_once(asking: Office) -> None:
    with asking.transaction() as session:
        first, again = ask(session, asking), ask(session, asking)

        assert first.id == again.id
        with pytest.raises(ForbiddenMoveError, match="申请销号"):
            ask(session, asking, summary="另一种说法")
        assert len(session.exec(select(CloseOut)).all()) == 1


def test_without_evidence_nobody_can_ask(office: Office) -> None:
    adopt_plan(office, an_item())
    change_item(office, "T01", state=ItemState.IN_PROGRESS)

    with office.transaction() as session, pytest.raises(NotReadyToCloseError, match="佐证材料"):
        ask(session, office)


def report_of(session: Session, period: str, invested: str, verdict: Decision) -> None:
    """Store what P01's lead reported in a round, as the office judged it."""
    day = date(2024, 3, 25)
    opened = Round(
        plan_id=the_plan(session).id,
        period=period,
        state=RoundState.OPEN,
        opens_on=day,
        support_due_on=day,
        due_on=day,
        closes_on=day,
    )
    session.add(opened)
    session.flush()
    item_id = item_of(session, "P01").id
    owed = Obligation(round_id=opened.id, work_item_id=item_id, state=ObligationState.REPORTED)
    session.add(owed)
    session.flush()
    report = ProgressReport(
        obligation_id=owed.id,
        version=1,
        unit_id=unit_id(session, FINANCE),
        reported_by="zhang",
        reported_at=datetime(2024, 3, 25, tzinfo=UTC) + timedelta(days=int(period[-1])),
        as_of=day,
        progress="推进",
        invested_wan=Decimal(invested),
        verdict=verdict,
    )
    session.add(report)
    session.flush()


def test_a_project_needs_its_acceptance_report_and_its_latest_money(office: Office) -> None:
    adopt_plan(office, an_item("P01", due_on=DUE))
    change_item(office, "P01", state=ItemState.IN_PROGRESS)
    prove(office, "P01")
    with office.transaction() as session:
        item, by = item_of(session, "P01"), hand(office, head(session), IN_TIME)
        with pytest.raises(NotReadyToCloseError, match="验收（竣工）报告、投资完成额"):
            close_outs.ask(session, item, by, summary="建成")

    prove(office, "P01", EvidenceKind.ACCEPTANCE, text="验收合格")
    with office.transaction() as session:
        report_of(session, "2024Q1", "100.00", Decision.APPROVED)
        report_of(session, "2024Q2", "120.50", Decision.OPEN)
        report_of(session, "2024Q3", "999.00", Decision.REFUSED)  # sent back: it does not count
        item, by = item_of(session, "P01"), hand(office, head(session), IN_TIME)
        assert rows.latest_investment(session, item.id) == Decimal("120.50")
        close_outs.ask(session, item, by, summary="建成")

    with office.reading() as session:
        assert item_of(session, "P01").state is ItemState.SUBMITTED


def test_only_the_head_of_the_lead_unit_asks(asking: Office) -> None:
    with asking.transaction() as session:
        for actor in (
            person(session, "zhao", Role.LIAISON, unit=FINANCE),
            head(session, "区住建局"),
            the_office(session),
        ):
            with pytest.raises(NotAllowedError, match="不能申请销号"):
                close_outs.ask(
                    session, item_of(session, "T01"), hand(asking, actor), summary="完成"
                )


@pytest.mark.parametrize("unit", [FINANCE, "区住建局"], ids=["the lead", "a supporting unit"])
@pytest.mark.parametrize("role", [Role.OFFICE, Role.REVIEWER], ids=["office", "reviewer"])
def test_nobody_of_a_responsible_unit_reviews_or_decides(
    asking: Office, unit: str, role: Role
) -> None:
    with asking.transaction() as session:
        insider = person(session, "neibu", role, Role.APPROVER, unit=unit)
        ask(session, asking)
        by = hand(asking, insider, IN_TIME)
        with pytest.raises(NotAllowedError, match="须回避"):
            close_outs.review(session, item_of(session, "T01"), by, opinion="齐全")
        outsider = hand(asking, the_office(session), IN_TIME)
        close_outs.review(session, item_of(session, "T01"), outsider, opinion="齐全")

        with pytest.raises(NotAllowedError, match="须回避"):
            decided(session, asking, insider)
        with pytest.raises(NotAllowedError, match="须回避"):
            close_outs.send_back(session, item_of(session, "T01"), by, reason="不实")


def test_the_first_reviewer_does_not_decide(asking: Office) -> None:
    with asking.transaction() as session:
        both = person(session, "li", Role.OFFICE, Role.REVIEWER)
        reviewed(session, asking)

        with pytest.raises(NotAllowedError, match="“li”已初审过"):
            decided(session, asking, both)


def test_a_review_counts_for_no_day_before_the_request(asking: Office) -> None:
    with asking.transaction() as session:
        ask(session, asking)
        by = hand(asking, the_office(session), date(2024, 12, 19))

        with pytest.raises(UsageError, match="2024-12-19 早于申请之日 2024-12-20"):
            close_outs.review(session, item_of(session, "T01"), by, opinion="齐全")


def test_a_decision_needs_a_first_review(asking: Office) -> None:
    with asking.transaction() as session:
        ask(session, asking)

        with pytest.raises(ForbiddenMoveError, match="还没有初审"):
            decided(session, asking, person(session, "wang", Role.APPROVER))


def test_reviewing_twice_is_reviewing_once_and_only_one_person_does(asking: Office) -> None:
    with asking.transaction() as session:
        first, again = reviewed(session, asking), reviewed(session, asking)
        assert first.id == again.id

        other = hand(asking, person(session, "qian", Role.REVIEWER))
        with pytest.raises(ForbiddenMoveError, match="已由“li”初审"):
            close_outs.review(session, item_of(session, "T01"), other, opinion="我看也行")


def test_asked_for_in_time_an_item_is_not_overdue_until_it_is_sent_back(asking: Office) -> None:
    with asking.transaction() as session:
        ask(session, asking)
        asked_for = days_overdue(
            standing_of(session, item_of(session, "T01"), as_of=LATER), today=LATER
        )
        by = hand(asking, person(session, "wang", Role.APPROVER), LATER)
        close_outs.send_back(session, item_of(session, "T01"), by, reason="数据不实")
        sent_back = days_overdue(
            standing_of(session, item_of(session, "T01"), as_of=LATER), today=LATER
        )

    assert (asked_for, sent_back) == (0, 10)
    with asking.reading() as session:
        row = session.exec(select(CloseOut)).one()
        assert (row.decision, row.decided_by) == (Decision.REFUSED, "wang")
        assert item_of(session, "T01").state is ItemState.IN_PROGRESS


def test_an_item_that_was_sent_back_is_asked_for_again(asking: Office) -> None:
    with asking.transaction() as session:
        ask(session, asking)
        by = hand(asking, the_office(session), LATER)
        close_outs.send_back(session, item_of(session, "T01"), by, reason="缺照片")

        again = ask(session, asking, LATER, summary="已补照片")

        assert (again.ordinal, again.decision) == (2, Decision.OPEN)
        with pytest.raises(ForbiddenMoveError, match="缺少理由"):
            close_outs.send_back(session, item_of(session, "T01"), by, reason=" ")


def test_requests_are_listed_by_what_became_of_them(asking: Office) -> None:
    with asking.transaction() as session:
        reviewed(session, asking)
        plan_id = the_plan(session).id

        listed = {
            decision: len(rows.of_plan(session, plan_id, decision))
            for decision in (None, Decision.OPEN, Decision.APPROVED)
        }

    assert listed == {None: 1, Decision.OPEN: 1, Decision.APPROVED: 0}


def test_the_sheet_names_people_evidence_and_both_opinions(asking: Office) -> None:
    with asking.transaction() as session:
        an_account(session, the_office(session), full_name="李四")
        reviewed(session, asking)
        decided(session, asking, person(session, "wang", Role.APPROVER))

    with asking.reading() as session:
        paper = sheet(session, the_plan(session), item_of(session, "T01"))

    cells = {cell.text for row in Document(BytesIO(paper)).tables[0].rows for cell in row.cells}
    assert {"T01", "良好", "按期", FINANCE, "1．台账：台账.txt"} <= cells
    assert "齐全\n初审人：李四　2024年12月20日" in cells
    assert "同意销号。\n复核人：wang　2025年1月10日" in cells


def test_there_is_no_sheet_before_the_item_is_closed_out(asking: Office) -> None:
    with asking.transaction() as session:
        ask(session, asking)

        with pytest.raises(UsageError, match="没有销号"):
            sheet(session, the_plan(session), item_of(session, "T01"))
