"""An extension whose item ends or goes to others: withdrawn, on record, in nobody's way."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest
from sqlmodel import Session, col, select

from db import close_outs as close_out_rows
from db import extensions as extension_rows
from db.record_tables import Event
from services import close_outs, extensions
from services.item_events import Said, dispute, merge
from services.office import Office
from services.reassignment import NewUnits, answer_by_reassigning
from supervision.lifecycle import ForbiddenMoveError
from supervision.vocabulary import Decision, Grade, ItemEvent, ItemState, Move, Role
from tests.builders import FINANCE, adopt_plan, an_item, change_item, item_of
from tests.people import hand, head, is_record_whole, move, person, prove, the_plan
from tests.reporting import HOUSING

IN_TIME, LATER = date(2024, 12, 20), date(2024, 12, 23)
DOCUMENT = "章无废办〔2024〕9号"


@pytest.fixture
def asking(office: Office) -> Office:
    """An office whose T01, due at the end of 2024, has an extension waiting."""
    adopt_plan(office, an_item(due_on=date(2024, 12, 31)), an_item("T02", lead=HOUSING))
    change_item(office, "T01", state=ItemState.IN_PROGRESS)
    with office.transaction() as session:
        wish = extensions.Wish(new_due_on=date(2025, 3, 31), reason="晚", progress="初稿")
        by = extensions.Hand(
            actor=head(session), as_of=IN_TIME, now=office.now(), policy=office.policy
        )
        extensions.ask(session, the_plan(session), item_of(session, "T01"), by, wish)
    return office


def cancel(session: Session, office: Office) -> None:
    boss = person(session, "boss", Role.APPROVER)
    move(
        office, session, "T01", Move.CANCEL, boss,
        reason="项目终止", document=DOCUMENT, as_of=LATER,
    )  # fmt: skip


def merge_away(session: Session, office: Office) -> None:
    said = Said(
        actor=person(session, "boss", Role.APPROVER), as_of=LATER, now=office.now(),
        reason="并项", document=DOCUMENT,
    )  # fmt: skip
    merge(session, item_of(session, "T01"), item_of(session, "T02"), said)


def ask_to_close(session: Session, office: Office) -> None:
    item = item_of(session, "T01")
    close_outs.ask(session, item, hand(office, head(session), LATER), summary="完成")


def close(session: Session, office: Office) -> None:
    ask_to_close(session, office)
    item = item_of(session, "T01")
    desk, boss = person(session, "desk", Role.OFFICE), person(session, "boss", Role.APPROVER)
    close_outs.review(session, item, hand(office, desk, LATER), opinion="属实")
    close_outs.decide(session, item, hand(office, boss, LATER), grade=Grade.GOOD)


def send_back(session: Session, office: Office) -> None:
    ask_to_close(session, office)
    by = hand(office, person(session, "desk", Role.OFFICE), LATER)
    close_outs.send_back(session, item_of(session, "T01"), by, reason="缺佐证")


def decision(session: Session) -> Decision:
    (extension,) = extension_rows.of_item(session, item_of(session, "T01").id)
    return extension.decision


@pytest.mark.parametrize("end", [cancel, merge_away, close], ids=["cancelled", "merged", "closed"])
def test_what_waits_on_an_item_that_ends_waits_no_more(
    asking: Office, end: Callable[[Session, Office], None]
) -> None:
    prove(asking, "T01")
    with asking.transaction() as session:
        end(session, asking)

    with asking.reading() as session:
        plan = the_plan(session)
        assert decision(session) is Decision.WITHDRAWN
        assert extension_rows.undecided(session, plan.id) == []
        assert close_out_rows.of_plan(session, plan.id, Decision.OPEN) == []
    assert is_record_whole(asking)


def test_the_record_says_who_ended_the_item_and_what_was_asked(asking: Office) -> None:
    with asking.transaction() as session:
        cancel(session, asking)

    with asking.reading() as session:
        withdrawal, ended = session.exec(
            select(Event).order_by(col(Event.sequence).desc()).limit(2)
        ).all()
    assert (ended.act, withdrawal.act) == (Move.CANCEL, ItemEvent.WITHDRAW_EXTENSION)
    assert (withdrawal.actor, withdrawal.as_of) == ("boss", LATER)
    assert (withdrawal.why, withdrawal.after) == ("事项已撤项", "2025-03-31")


def test_a_withdrawn_extension_is_decided_by_nobody_later(asking: Office) -> None:
    with asking.transaction() as session:
        cancel(session, asking)

    with asking.transaction() as session:
        boss, item = person(session, "boss2", Role.APPROVER), item_of(session, "T01")
        by = extensions.Hand(actor=boss, as_of=LATER, now=asking.now(), policy=asking.policy)

        with pytest.raises(ForbiddenMoveError, match="没有待定"):
            extensions.decide(session, item, by, approves=False, reason="不必")


def test_an_item_that_goes_on_keeps_what_was_asked(asking: Office) -> None:
    prove(asking, "T01")
    with asking.transaction() as session:
        send_back(session, asking)

    with asking.reading() as session:
        assert decision(session) is Decision.OPEN


def test_an_item_that_waits_to_be_closed_is_decided_on_before_it_is_cancelled(
    asking: Office,
) -> None:
    prove(asking, "T01")
    with asking.transaction() as session:
        ask_to_close(session, asking)

        with pytest.raises(ForbiddenMoveError, match="不能撤项"):
            cancel(session, asking)


def give(office: Office, lead: str, *supporting: str) -> None:
    with office.transaction() as session:
        item = item_of(session, "T01")
        wrong = Said(actor=head(session), as_of=LATER, now=office.now(), reason="不属本单位")
        dispute(session, item, wrong)
        answer = replace(wrong, actor=person(session, "desk", Role.OFFICE), reason="改派")
        answer_by_reassigning(session, item, answer, NewUnits(lead=lead, supporting=supporting))


def test_what_the_former_lead_waits_for_is_withdrawn_when_the_item_goes_to_another(
    asking: Office,
) -> None:
    give(asking, HOUSING)

    with asking.reading() as session:
        (extension,) = extension_rows.of_item(session, item_of(session, "T01").id)
        assert (extension.decision, extension.decision_reason) == (Decision.WITHDRAWN, "事项已改派")
        query = select(Event).where(col(Event.act) == ItemEvent.WITHDRAW_EXTENSION)
        assert session.exec(query).one().facts["asked_by"] == "区财政局负责人"
    assert is_record_whole(asking)


def test_the_new_lead_may_ask_for_itself(asking: Office) -> None:
    give(asking, HOUSING)

    with asking.transaction() as session:
        wish = extensions.Wish(new_due_on=date(2025, 2, 28), reason="新接手", progress="初稿")
        by = extensions.Hand(
            actor=head(session, HOUSING), as_of=IN_TIME, now=asking.now(), policy=asking.policy
        )
        asked = extensions.ask(session, the_plan(session), item_of(session, "T01"), by, wish)
        assert asked.decision is Decision.OPEN


def test_a_lead_that_stays_while_others_support_waits_on(asking: Office) -> None:
    give(asking, FINANCE, HOUSING)

    with asking.reading() as session:
        assert decision(session) is Decision.OPEN
