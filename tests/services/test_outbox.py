"""What people see of the outbox and do about it: list, resend, park, telephone."""

import pytest
from sqlmodel import Session

from db.outbox import Wanted
from db.plan_tables import ChannelAddress
from db.record_tables import Message
from notifications.message import Verdict
from services import outbox
from services.office import Office
from services.outbox import Acting
from services.outgoing import queue_formal
from services.tick import tick
from supervision.errors import UsageError
from supervision.rights import NotAllowedError
from supervision.vocabulary import ChannelKind, MessageState, Role
from tests.clock import Clock
from tests.people import is_record_whole, person, unit_id
from tests.services.test_delivery_states import (
    DAY,
    DEPUTY,
    LIAISON,
    UNIT,
    answering,
    by_mail,
    of_unit,
    run,
)
from tests.services.test_outgoing import notice_to

__all__ = ["by_mail"]


@pytest.fixture
def refused(by_mail: Office) -> Office:
    """An office whose message to one unit was refused by its liaison and its deputy."""
    tick(by_mail, today=DAY)
    run(by_mail, answering(liaison=[Verdict.REFUSED], deputy=[Verdict.REFUSED]))
    return by_mail


def by(session: Session, office: Office, role: Role = Role.OFFICE) -> Acting:
    return Acting(actor=person(session, "lisi", role), now=office.now())


def latest(session: Session, office: Office) -> Message:
    """Return the unit's last message, which nothing replaces."""
    return outbox.message_named(session, of_unit(office)[-1].id.hex[:8])


def test_what_waits_for_a_person_stands_on_top(refused: Office) -> None:
    with refused.reading() as session:
        first, *rest = outbox.listed(session, Wanted())

    assert (first.state, first.address, first.needs_a_person) == ("refused", DEPUTY, True)
    assert not any(entry.needs_a_person for entry in rest)


@pytest.mark.parametrize(
    ("wanted", "count"),
    [(Wanted(state=MessageState.REFUSED), 2), (Wanted(state=MessageState.PARKED), 0)],
    ids=["refused", "parked"],
)
def test_the_list_can_be_narrowed(refused: Office, wanted: Wanted, count: int) -> None:
    with refused.reading() as session:
        assert len(outbox.listed(session, wanted)) == count


def test_resending_by_another_channel_names_the_message_it_replaces(refused: Office) -> None:
    old = of_unit(refused)[-1].id
    with refused.transaction() as session:
        message = latest(session, refused)
        copy = outbox.resend(session, message, by(session, refused), channel=ChannelKind.FILE)

    done = run(refused, answering())

    *_, sent = of_unit(refused)
    assert (done.sent, sent.id, sent.replaces_id) == (1, copy, old)
    assert (sent.channel, sent.state) == (ChannelKind.FILE, MessageState.SENT)
    assert is_record_whole(refused)


def test_a_message_is_replaced_once(refused: Office) -> None:
    with refused.transaction() as session:
        old, acting = latest(session, refused), by(session, refused)
        outbox.resend(session, old, acting, channel=None)

        with pytest.raises(UsageError, match="接替"):
            outbox.resend(session, old, acting, channel=None)


def test_what_had_not_gone_out_is_withdrawn_when_sent_another_way(by_mail: Office) -> None:
    tick(by_mail, today=DAY)
    with by_mail.transaction() as session:
        old = latest(session, by_mail)
        outbox.resend(session, old, by(session, by_mail), channel=ChannelKind.FILE)

    channel = answering()
    run(by_mail, channel)

    assert [message.state for message in of_unit(by_mail)] == ["withdrawn", "sent"]
    assert LIAISON not in {message.address for message in channel.accepted}


def test_a_telephone_call_settles_a_message(refused: Office) -> None:
    with refused.transaction() as session:
        message, acting = latest(session, refused), by(session, refused)
        outbox.call(session, message, acting, spoke_to="王主任", answer="今日下班前报送")

    with refused.reading() as session:
        shown = outbox.shown(session, of_unit(refused)[-1].id.hex[:8])
        waiting = [entry for entry in outbox.listed(session, Wanted()) if entry.needs_a_person]
    assert shown.message.state is MessageState.TOLD
    assert [(call["spoke_to"], call["called_by"]) for call in shown.calls] == [("王主任", "lisi")]
    assert waiting == []


def test_a_parked_message_is_not_sent_by_itself(by_mail: Office, clock: Clock) -> None:
    tick(by_mail, today=DAY)
    with by_mail.transaction() as session:
        message = latest(session, by_mail)
        outbox.park(session, message, by(session, by_mail), reason="号码有误")

    run(by_mail, answering())
    clock.go_forward(hours=50)
    run(by_mail, answering())

    (parked,) = of_unit(by_mail)
    assert (parked.state, parked.reason, parked.fence) == (MessageState.PARKED, "号码有误", 0)


def test_what_was_delivered_is_left_alone(by_mail: Office) -> None:
    tick(by_mail, today=DAY)
    run(by_mail, answering())

    with by_mail.transaction() as session:
        message, acting = latest(session, by_mail), by(session, by_mail)
        with pytest.raises(UsageError, match="对方已接收"):
            outbox.park(session, message, acting, reason="误发")


def test_a_signed_paper_goes_by_no_robot(by_mail: Office) -> None:
    with by_mail.transaction() as session:
        session.add(
            ChannelAddress(
                unit_id=unit_id(session, UNIT), kind=ChannelKind.SMS, address="138", position=20
            )
        )
        queue_formal(session, by_mail, notice_to(session, by_mail, UNIT))

    with by_mail.transaction() as session:
        message, acting = latest(session, by_mail), by(session, by_mail)
        with pytest.raises(UsageError, match="正式文书"):
            outbox.resend(session, message, acting, channel=ChannelKind.SMS)


@pytest.mark.parametrize("role", [Role.LIAISON, Role.ADMINISTRATOR, Role.SUPERVISOR])
def test_only_the_office_acts_on_the_outbox(refused: Office, role: Role) -> None:
    with refused.transaction() as session:
        message, acting = latest(session, refused), by(session, refused, role)
        with pytest.raises(NotAllowedError):
            outbox.park(session, message, acting, reason="想停")


def test_an_id_that_is_too_short_or_unknown_is_refused(refused: Office) -> None:
    with refused.reading() as session:
        for name in ("3f", "00000000", "zzzzzzzz", "' OR 1=1"):
            with pytest.raises(UsageError, match="没有编号"):
                outbox.message_named(session, name)
