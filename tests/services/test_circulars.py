"""Circulars on a closed round: drafted once, figures from the snapshot, signed before anything."""

from datetime import date
from io import BytesIO

import pytest
from docx import Document
from sqlmodel import Session, col, select

from db.notice_tables import Circular
from db.paper_tables import MessageAttachment
from db.record_tables import Message
from services import circular_papers, circulars
from services.circular_papers import RoundCircular
from services.circular_words import copied_to, words_of
from services.close_outs import Hand
from services.office import Office
from services.round_closing import snapshot_of
from services.tick import tick
from supervision.errors import UsageError
from supervision.lifecycle import ForbiddenMoveError
from supervision.rights import Actor, NotAllowedError
from supervision.vocabulary import CircularState, ItemState, MessageKind, Role
from templates.wording.circulars import CircularWords
from tests.builders import FINANCE, change_item
from tests.clock import Clock
from tests.people import is_record_whole, person, the_plan
from tests.reporting import (
    CLOSES,
    HOUSING,
    PERIOD,
    dispatcher,
    hand_in,
    round_in,
)


@pytest.fixture
def closed(reporting: Office, clock: Clock) -> Office:
    """Give an office whose round closed: one report in time, one late, one missing."""
    hand_in(reporting, "T01", percent=40)
    hand_in(reporting, "T02", unit=HOUSING, as_of=date(2025, 3, 27))
    clock.turn_to(CLOSES)
    tick(reporting, today=CLOSES)
    return reporting


def hand(office: Office, actor: Actor) -> Hand:
    return Hand(actor=actor, as_of=office.today(), now=office.now())


def the_circular(session: Session) -> RoundCircular:
    return circulars.named(session, the_plan(session), PERIOD)


def sign(office: Office) -> None:
    with office.transaction() as session:
        boss = hand(office, person(session, "签发人", Role.APPROVER))
        circulars.sign(session, the_circular(session), boss)


def publish(office: Office) -> tuple[str | None, int]:
    """Publish the circular; return its number and to how many units it goes."""
    with office.transaction() as session:
        desk = hand(office, dispatcher(session))
        published = circulars.publish(session, office, the_circular(session), desk)
        return published.circular.number_text, published.units


def words(office: Office) -> CircularWords:
    with office.reading() as session:
        content = snapshot_of(session, round_in(session)).content
        return words_of(content, official())


def official() -> dict[str, object]:
    return {
        "mark": "办公室",
        "number": "",
        "is_draft": True,
        "title": "通报",
        "addressee": "各责任单位",
        "plan_title": "方案",
        "plan_number": "",
    }


def paragraphs(content: bytes) -> str:
    return "\n".join(paragraph.text for paragraph in Document(BytesIO(content)).paragraphs)


def test_the_day_a_round_closes_its_circular_is_drafted_once(closed: Office) -> None:
    assert tick(closed, today=date(2025, 4, 2)).circulars_drafted == 0

    with closed.reading() as session:
        (row,) = session.exec(select(Circular)).all()
        assert row.state is CircularState.DRAFT
        assert row.due_on == date(2025, 4, 16)  # ten working days after 1 April, two days off
        assert row.snapshot_hash == snapshot_of(session, round_in(session)).hash


def test_drafting_by_hand_gives_the_draft_there_is(closed: Office) -> None:
    with closed.transaction() as session:
        plan, desk = the_plan(session), hand(closed, dispatcher(session))
        again = circulars.draft(session, plan, PERIOD, desk, closed.policy)

        assert session.exec(select(Circular)).all() == [again.circular]


def test_an_open_round_has_nothing_to_speak_from(reporting: Office) -> None:
    with reporting.transaction() as session:
        plan, desk = the_plan(session), hand(reporting, dispatcher(session))
        with pytest.raises(UsageError, match="尚未关闭"):
            circulars.draft(session, plan, PERIOD, desk, reporting.policy)


def test_reports_are_named_by_unit_late_ones_and_missing_ones_apart(closed: Office) -> None:
    told = words(closed)

    assert (told.owed, told.reported) == (3, 2)
    assert [(one.unit, one.codes) for one in told.late] == [(HOUSING, ("T02",))]
    assert [(one.unit, one.codes) for one in told.missing] == [(FINANCE, ("P01",))]


def test_every_item_is_counted_once_in_total_by_unit_and_by_group(closed: Office) -> None:
    told = words(closed)

    for counted in ([told.total], told.units, told.groups):
        lights = [
            (one.closed, one.green, one.blue, one.yellow, one.red, one.grey) for one in counted
        ]
        assert sum(map(sum, lights)) == sum(one.items for one in counted) == 3
    assert [unit.name for unit in told.units] == [FINANCE, HOUSING]


def test_what_happens_after_the_round_changes_no_figure(closed: Office) -> None:
    before = words(closed)

    change_item(closed, "T02", state=ItemState.CLOSED, closed_on=CLOSES, title="改了名")

    assert words(closed) == before


def test_a_circular_leaves_signed_and_numbered_to_every_unit_with_its_paper(
    closed: Office,
) -> None:
    sign(closed)

    assert publish(closed) == ("章无废办通〔2025〕1号", 2)

    with closed.reading() as session:
        query = select(Message).where(col(Message.kind) == MessageKind.CIRCULAR)
        assert {message.recipient_name for message in session.exec(query)} == {HOUSING, FINANCE}
        attached = session.exec(select(MessageAttachment)).all()
        assert [row.paper_id for row in attached] == [
            the_circular_shown(session).circular.paper_id
        ] * 2
    assert is_record_whole(closed)


def test_the_published_file_is_kept_and_says_its_number(closed: Office) -> None:
    sign(closed)
    publish(closed)

    with closed.reading() as session:
        one = the_circular_shown(session)
        text = paragraphs(circular_papers.content(session, closed, one))
        assert "章无废办通〔2025〕1号" in text
        assert f"未报送：{FINANCE}1项（P01）" in text


def the_circular_shown(session: Session) -> RoundCircular:
    return circulars.shown(session, the_plan(session), PERIOD)


def test_a_circular_is_not_published_unsigned_and_not_twice(closed: Office) -> None:
    with pytest.raises(ForbiddenMoveError, match="草稿"):
        publish(closed)
    sign(closed)
    publish(closed)

    with pytest.raises(ForbiddenMoveError, match="已印发"):
        publish(closed)


def test_only_an_approver_signs_a_circular(closed: Office) -> None:
    with closed.transaction() as session, pytest.raises(NotAllowedError, match="签发督查通报"):
        circulars.sign(session, the_circular(session), hand(closed, dispatcher(session)))


@pytest.mark.parametrize(
    ("remarks", "names"),
    [
        pytest.param(
            ["备注：★为必选指标。", "抄送：区委办公室，区人大常委会办公室，区政协办公室。"],
            ("区委办公室", "区人大常委会办公室", "区政协办公室"),
            id="as the plan prints it",
        ),
        pytest.param(["抄送：甲、乙。"], ("甲", "乙"), id="with the other comma"),
        pytest.param(["备注：无。"], (), id="no colophon"),
    ],
)
def test_it_is_copied_to_whom_the_plan_was_copied_to(
    remarks: list[str], names: tuple[str, ...]
) -> None:
    assert copied_to(remarks) == names
