from datetime import date

import pytest
from sqlmodel import Session, select

from db import extensions as rows
from db import notices
from db.life_tables import Extension
from db.record_tables import Event
from services import extensions
from services.extensions import Hand, InadmissibleExtensionError, Wish
from services.office import Office
from services.tick import tick
from supervision.errors import UsageError
from supervision.lifecycle import ForbiddenMoveError
from supervision.rights import Actor, NotAllowedError
from supervision.vocabulary import (
    Decision,
    ExtensionLack,
    ItemState,
    Permission,
    Role,
    SweepPart,
)
from tests.builders import FINANCE, adopt_plan, an_item, change_item, item_of
from tests.people import head, is_record_whole, person, the_plan

DUE = date(2024, 12, 31)
IN_TIME = date(2024, 12, 20)
UNTIL = date(2025, 3, 31)
NUMBER = "章无废办〔2024〕9号"


@pytest.fixture
def carrying_on(office: Office) -> Office:
    """An office whose T01, due at the end of 2024, is being carried on."""
    adopt_plan(office, an_item(due_on=DUE))
    change_item(office, "T01", state=ItemState.IN_PROGRESS)
    return office


def by(office: Office, actor: Actor, on: date = IN_TIME) -> Hand:
    return Hand(actor=actor, as_of=on, now=office.now(), policy=office.policy)


def ask(
    session: Session, office: Office, on: date = IN_TIME, *, until: date = UNTIL, reason: str = "晚"
) -> Extension:
    wish = Wish(new_due_on=until, reason=reason, progress="已有初稿")
    hand = by(office, head(session), on)
    return extensions.ask(session, the_plan(session), item_of(session, "T01"), hand, wish)


def review(session: Session, office: Office, on: date = IN_TIME) -> Extension:
    hand = by(office, person(session, "li", Role.OFFICE), on)
    return extensions.review(session, item_of(session, "T01"), hand, opinion="属实")


def decide(
    session: Session, office: Office, on: date = IN_TIME, *, approves: bool, **said: str
) -> Extension:
    hand = by(office, person(session, "wang", Role.APPROVER), on)
    return extensions.decide(session, item_of(session, "T01"), hand, approves=approves, **said)


def drafted(office: Office, day: date) -> int:
    return tick(office, today=day, parts=[SweepPart.NOTICES]).notices_drafted


def test_a_granted_extension_moves_the_due_date_and_keeps_the_original(carrying_on: Office) -> None:
    with carrying_on.transaction() as session:
        ask(session, carrying_on)
        review(session, carrying_on)
        decide(session, carrying_on, approves=True, document=NUMBER)

    with carrying_on.reading() as session:
        item, row = item_of(session, "T01"), session.exec(select(Extension)).one()
        event = session.exec(select(Event).where(Event.act == Permission.DECIDE_EXTENSION)).one()
    assert (item.due_on, item.original_due_on) == (UNTIL, DUE)
    assert (row.decision, row.document, row.lacks) == (Decision.APPROVED, NUMBER, [])
    assert (event.before, event.after, event.document) == ("2024-12-31", "2025-03-31", NUMBER)
    assert is_record_whole(carrying_on)
    assert drafted(carrying_on, date(2025, 3, 31)) == 0
    assert drafted(carrying_on, date(2025, 4, 1)) == 1


def test_a_refused_extension_changes_nothing(carrying_on: Office) -> None:
    with carrying_on.transaction() as session:
        ask(session, carrying_on)
        review(session, carrying_on)
        with pytest.raises(UsageError, match="须写明理由"):
            decide(session, carrying_on, approves=False)

        decide(session, carrying_on, approves=False, reason="理由不充分")

        assert item_of(session, "T01").due_on == DUE
    assert drafted(carrying_on, date(2025, 1, 2)) == 1


def test_an_undecided_extension_holds_the_ladder_for_five_working_days(
    carrying_on: Office,
) -> None:
    with carrying_on.transaction() as session:
        ask(session, carrying_on)

    held = [drafted(carrying_on, date(2025, 1, day)) for day in (2, 3, 6, 7, 8)]

    assert held == [0, 0, 0, 0, 0]
    assert drafted(carrying_on, date(2025, 1, 9)) == 1


@pytest.mark.parametrize(
    ("on", "lack"),
    [
        pytest.param(date(2024, 12, 30), ExtensionLack.LATE, id="asked too late"),
        pytest.param(date(2025, 1, 1), ExtensionLack.EXPIRED, id="asked when it was overdue"),
    ],
)
def test_one_that_is_asked_for_late_is_on_record_and_holds_nothing(
    carrying_on: Office, on: date, lack: ExtensionLack
) -> None:
    with carrying_on.transaction() as session:
        row = ask(session, carrying_on, on)
        assert row.lacks == [lack]

    assert drafted(carrying_on, date(2025, 1, 2)) == 1


def test_one_that_can_never_be_granted_is_refused_with_every_reason(carrying_on: Office) -> None:
    with carrying_on.transaction() as session:
        with pytest.raises(InadmissibleExtensionError, match=r"最多延期3个月.*规划期末"):
            ask(session, carrying_on, until=date(2026, 1, 1))

        assert session.exec(select(Extension)).all() == []


def test_an_item_is_extended_once(carrying_on: Office) -> None:
    with carrying_on.transaction() as session:
        ask(session, carrying_on)
        review(session, carrying_on)
        decide(session, carrying_on, approves=True, document=NUMBER)

        with pytest.raises(InadmissibleExtensionError, match="最多延期1次"):
            ask(session, carrying_on, until=date(2025, 5, 1))


def test_asking_twice_is_asking_once(carrying_on: Office) -> None:
    with carrying_on.transaction() as session:
        first, again = ask(session, carrying_on), ask(session, carrying_on)

        assert first.id == again.id
        with pytest.raises(ForbiddenMoveError, match="已有一件延期申请待定"):
            ask(session, carrying_on, reason="另一个理由")


def test_the_approver_decides_what_the_office_has_reviewed(carrying_on: Office) -> None:
    with carrying_on.transaction() as session:
        ask(session, carrying_on)
        with pytest.raises(ForbiddenMoveError, match="还没有初审"):
            decide(session, carrying_on, approves=True, document=NUMBER)
        review(session, carrying_on)
        with pytest.raises(UsageError, match="批复文号"):
            decide(session, carrying_on, approves=True)

        both = by(carrying_on, person(session, "li", Role.OFFICE, Role.APPROVER))
        with pytest.raises(NotAllowedError, match="已经手过"):
            extensions.decide(
                session, item_of(session, "T01"), both, approves=True, document=NUMBER
            )


@pytest.mark.parametrize(
    ("role", "unit"),
    [
        pytest.param(Role.LIAISON, FINANCE, id="a liaison"),
        pytest.param(Role.OFFICE, None, id="the office"),
    ],
)
def test_only_the_head_of_the_lead_unit_asks(
    carrying_on: Office, role: Role, unit: str | None
) -> None:
    wish = Wish(new_due_on=UNTIL, reason="晚", progress="已有初稿")

    with carrying_on.transaction() as session:
        hand = by(carrying_on, person(session, "zhao", role, unit=unit))
        plan, item = the_plan(session), item_of(session, "T01")
        with pytest.raises(NotAllowedError):
            extensions.ask(session, plan, item, hand, wish)


@pytest.mark.parametrize(
    "state",
    [ItemState.CLOSED, ItemState.SUSPENDED, ItemState.SUBMITTED],
    ids=lambda state: state.value,
)
def test_only_what_is_being_carried_on_is_extended(carrying_on: Office, state: ItemState) -> None:
    change_item(carrying_on, "T01", state=state)

    with carrying_on.transaction() as session, pytest.raises(ForbiddenMoveError, match=state.label):
        ask(session, carrying_on)


def test_requests_are_listed_by_what_became_of_them(carrying_on: Office) -> None:
    with carrying_on.transaction() as session:
        ask(session, carrying_on)
        plan_id = the_plan(session).id

        assert [item.code for item, _ in rows.of_plan(session, plan_id, Decision.OPEN)] == ["T01"]
        assert rows.of_plan(session, plan_id, Decision.REFUSED) == []


def test_a_date_that_is_moved_after_a_notice_begins_the_ladder_anew(carrying_on: Office) -> None:
    assert drafted(carrying_on, date(2025, 1, 2)) == 1
    with carrying_on.transaction() as session:
        day = date(2025, 1, 6)
        late = ask(session, carrying_on, day)
        assert late.lacks == [ExtensionLack.EXPIRED]
        review(session, carrying_on, day)
        plan_id = the_plan(session).id
        assert len(notices.drafts(session, plan_id)) == 1

        decide(session, carrying_on, day, approves=True, document=NUMBER)

        assert notices.drafts(session, plan_id) == []  # nobody signs what is not missed any more
        assert item_of(session, "T01").cycle == 2
    assert drafted(carrying_on, date(2025, 4, 1)) == 1


def test_a_draft_on_a_settled_item_is_put_before_nobody(carrying_on: Office) -> None:
    assert drafted(carrying_on, date(2025, 1, 2)) == 1

    change_item(carrying_on, "T01", state=ItemState.CLOSED)

    with carrying_on.reading() as session:
        assert notices.drafts(session, the_plan(session).id) == []


def test_no_step_counts_for_a_day_before_the_one_it_follows(carrying_on: Office) -> None:
    earlier = date(2024, 12, 19)
    with carrying_on.transaction() as session:
        ask(session, carrying_on)
        with pytest.raises(UsageError, match="2024-12-19 早于申请之日 2024-12-20"):
            review(session, carrying_on, earlier)
        review(session, carrying_on)

        with pytest.raises(UsageError, match="2024-12-19 早于初审之日 2024-12-20"):
            decide(session, carrying_on, earlier, approves=True, document=NUMBER)
