"""The outbox: sent means accepted, nothing is lost, and what nobody knows is flagged."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import text

from db import message_claims
from db.message_claims import Lease, Result
from db.record_tables import Message
from notifications.message import Channel, Outcome, OutgoingMessage, RecordingChannel, Verdict
from services.delivery import Delivered, deliver, waiting
from services.office import Office
from services.tick import tick
from supervision.errors import NotConfiguredError
from supervision.vocabulary import ChannelKind, ItemState, MessageState
from tests.clock import Clock

DAY = date(2025, 1, 2)
UNIT = "章贡生态环境局"


@pytest.fixture
def queued(zhanggong: Office) -> Office:
    """An office whose four digests of 2025-01-02 are queued."""
    assert tick(zhanggong, today=DAY).messages_queued == 4
    return zhanggong


class Down(RecordingChannel):
    """A relay that nobody answers at."""

    def deliver(self, message: OutgoingMessage) -> Outcome:
        del message
        return Outcome(verdict=Verdict.UNAVAILABLE)


def scripted(*verdicts: Verdict, unit: str = UNIT) -> RecordingChannel:
    outcomes = [Outcome(verdict=verdict, reason=f"said {verdict}") for verdict in verdicts]
    return RecordingChannel({unit: outcomes})


def run(office: Office, channel: Channel) -> Delivered:
    return deliver(office, lambda _kind: channel)


def states(office: Office) -> dict[str, int]:
    with office.reading() as session:
        rows = session.connection().execute(
            text("SELECT state, count(*) FROM message GROUP BY state")
        )
        return {str(state): count for state, count in rows}


def attempts(office: Office) -> Sequence[tuple[int, str | None]]:
    with office.reading() as session:
        rows = session.connection().execute(
            text("SELECT fence, outcome FROM deliveryattempt ORDER BY started_at, fence")
        )
        return [(row[0], row[1]) for row in rows]


def test_every_message_is_sent_once(queued: Office) -> None:
    channel = RecordingChannel()

    first, second = run(queued, channel), run(queued, channel)

    assert (first.sent, second.sent) == (4, 0)
    assert first.is_complete
    assert len(channel.accepted) == 4
    assert states(queued) == {"sent": 4}
    assert attempts(queued) == [(1, "accepted")] * 4


def test_a_refusal_is_final_keeps_its_reason_and_stops_nobody_else(queued: Office) -> None:
    channel = scripted(Verdict.REFUSED)

    done = run(queued, channel)
    run(queued, channel)

    assert (done.sent, done.refused, done.is_complete) == (3, 1, False)
    assert len(channel.attempts) == 4
    with queued.reading() as session:
        reasons = session.connection().execute(
            text("SELECT reason FROM message WHERE state = 'refused'")
        )
        assert reasons.scalars().all() == ["said refused"]


def test_a_deferred_message_waits_longer_each_time(queued: Office, clock: Clock) -> None:
    channel = scripted(Verdict.DEFERRED, Verdict.DEFERRED, Verdict.ACCEPTED)

    assert (run(queued, channel).pending, run(queued, channel).sent) == (1, 0)
    clock.go_forward(minutes=1)
    assert run(queued, channel).pending == 1
    clock.go_forward(minutes=4)
    assert run(queued, channel).sent == 0
    clock.go_forward(minutes=1)
    assert run(queued, channel).sent == 1


def test_a_line_that_is_down_is_tried_again_after_ten_minutes_and_nothing_is_lost(
    queued: Office, clock: Clock
) -> None:
    blocked = run(queued, Down())
    clock.go_forward(minutes=8)
    too_soon = run(queued, RecordingChannel())
    clock.go_forward(minutes=2)
    after = run(queued, RecordingChannel())

    assert (blocked.sent, blocked.pending, too_soon.sent) == (0, 4, 0)
    assert len(attempts(queued)) == 1 + 4
    assert after.sent == 4


def test_a_person_who_insists_has_a_line_that_is_down_tried_at_once(queued: Office) -> None:
    run(queued, Down())

    assert deliver(queued, lambda _kind: RecordingChannel(), insists=True).sent == 4


def test_a_channel_that_is_not_set_up_names_the_setting(queued: Office) -> None:
    def missing(_kind: ChannelKind) -> Channel:
        raise NotConfiguredError("尚未设置邮件服务器", advice="请设置 DUBAN_SMTP_URL。")

    done = deliver(queued, missing)

    assert (done.sent, done.pending) == (0, 4)
    with queued.reading() as session:
        reasons = session.connection().execute(text("SELECT reason FROM deliveryattempt"))
        assert "DUBAN_SMTP_URL" in reasons.scalar_one()


def test_a_message_in_doubt_is_sent_again_under_its_own_id_and_flagged(
    queued: Office, clock: Clock
) -> None:
    channel = scripted(Verdict.IN_DOUBT, Verdict.ACCEPTED)

    doubtful = run(queued, channel)
    clock.go_forward(minutes=1)
    again = run(queued, channel)

    assert (doubtful.in_doubt, again.sent, again.is_complete) == (1, 1, True)
    ids = [sent.message_id for sent, _ in channel.attempts if UNIT in sent.recipient_name]
    assert len(ids) == 2
    assert len(set(ids)) == 1
    with queued.reading() as session:
        flagged = session.connection().execute(
            text("SELECT count(*) FROM message WHERE was_in_doubt")
        )
        assert flagged.scalar_one() == 1


def claimed(office: Office, owner: str) -> Message:
    """Claim the next message the way a sender does, and go no further."""
    now = office.now()
    with office.transaction() as session:
        lease = Lease(owner=owner, now=now, until=now + timedelta(seconds=120))
        message = message_claims.next_due(session, now, by=ChannelKind.FILE)
        assert message is not None
        return message_claims.claim(session, message, lease)


def test_a_living_senders_claim_is_left_to_it_until_its_lease_ends(
    queued: Office, clock: Clock
) -> None:
    claimed(queued, "elsewhere/1/1")

    meanwhile = run(queued, RecordingChannel())
    clock.go_forward(seconds=121)
    afterwards = run(queued, RecordingChannel())

    assert (meanwhile.sent, meanwhile.pending) == (3, 1)
    assert (afterwards.sent, afterwards.is_complete) == (1, True)


def test_a_late_writer_cannot_overrule_the_one_who_took_over(queued: Office, clock: Clock) -> None:
    stale = claimed(queued, "elsewhere/1/1")
    clock.go_forward(seconds=121)
    run(queued, RecordingChannel())
    late = Result(
        state=MessageState.REFUSED, outcome="refused", reason="too late", ended_at=queued.now()
    )

    with queued.transaction() as session:
        assert message_claims.record(session, stale, late) is False

    assert states(queued) == {"sent": 4}


def test_an_item_closed_a_moment_ago_is_not_urged(queued: Office) -> None:
    with queued.transaction() as session:
        session.connection().execute(
            text("UPDATE workitem SET state = :closed WHERE code IN ('T07', 'T15')"),
            {"closed": ItemState.CLOSED.value},
        )

    done = run(queued, RecordingChannel())

    assert done.sent == 3
    assert states(queued) == {"sent": 3, "withdrawn": 1}


def test_looking_at_the_outbox_tries_nothing(queued: Office) -> None:
    assert waiting(queued) == Delivered(sent=0, refused=0, parked=0, pending=4, in_doubt=0)
    assert attempts(queued) == []


def test_nothing_is_sent_under_another_name_than_the_offices(queued: Office) -> None:
    channel = RecordingChannel()

    run(queued, channel)

    assert {sent.sender_name for sent in channel.accepted} == {"区“无废城市”建设工作领导小组办公室"}
    assert replace(channel.accepted[0]).dated_at.utcoffset() == timedelta(hours=8)
