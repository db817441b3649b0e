import random
import socket
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from notifications.mail import MailChannel
from notifications.message import Attachment, Outcome, Verdict
from notifications.relay import relay_at
from tests.notifications.messages import a_message
from tests.sinks.smtp import SmtpSink, running_sink

LAN = "lan@zhujian.test"
HE = "he@shuili.test"


@pytest.fixture
def channel(smtp_sink: SmtpSink) -> Iterator[MailChannel]:
    with closing(MailChannel(relay_at(smtp_sink.url()))) as channel:
        yield channel


def test_accepted_means_that_the_relay_has_it_with_our_message_id(
    smtp_sink: SmtpSink, channel: MailChannel
) -> None:
    message = a_message(LAN)

    outcome = channel.deliver(message)

    (attempt,) = smtp_sink.accepted()
    assert outcome == Outcome(verdict=Verdict.ACCEPTED, reason="250 2.0.0 OK")
    assert (attempt.sender, attempt.recipient) == ("duban@office.test", LAN)
    assert attempt.mail.get_all("Message-ID") == [message.message_id]


def test_an_attachment_arrives_named_through_a_real_server(
    smtp_sink: SmtpSink, channel: MailChannel
) -> None:
    notice = Attachment(name="章贡督办〔2025〕1号.docx", content=b"\r\n.\r\nPK" * 1000)

    channel.deliver(a_message(LAN, attachments=(notice,)))

    (part,) = smtp_sink.accepted()[0].mail.iter_attachments()
    assert part.get_filename() == notice.name
    assert part.get_payload(decode=True) == notice.content


@pytest.mark.parametrize(
    ("action", "verdict", "reason"),
    [
        pytest.param("550 5.1.1 no such user", Verdict.REFUSED, "550 5.1.1 no such", id="550"),
        pytest.param("552 5.2.2 mailbox full", Verdict.REFUSED, "552", id="552"),
        pytest.param("450 4.2.0 greylisted", Verdict.DEFERRED, "450", id="450"),
        pytest.param("451 4.3.0 try later", Verdict.DEFERRED, "451", id="451"),
        pytest.param("421 4.3.2 closing", Verdict.UNAVAILABLE, "421", id="421"),
        pytest.param("drop", Verdict.UNAVAILABLE, "不可用", id="drop at RCPT"),
        pytest.param("data:554 5.7.1 no", Verdict.REFUSED, "554", id="554 at DATA"),
        pytest.param("data:451 4.3.0 later", Verdict.DEFERRED, "451", id="451 at DATA"),
        pytest.param("data:drop", Verdict.UNAVAILABLE, "不可用", id="drop at DATA"),
        pytest.param("dot:554 5.7.1 content", Verdict.REFUSED, "554", id="554 after the dot"),
        pytest.param("dot:452 4.3.1 full", Verdict.DEFERRED, "452", id="452 after the dot"),
        pytest.param("dot:421 4.3.2 closing", Verdict.UNAVAILABLE, "421", id="421 after the dot"),
        pytest.param("dot:drop", Verdict.IN_DOUBT, "未等到回执", id="drop after the dot"),
        pytest.param("dot:keep", Verdict.IN_DOUBT, "未等到回执", id="accepted, then drop"),
    ],
)
def test_the_outcome_is_what_the_relay_said_to_this_recipient_and_the_next_one_gets_through(
    action: str, verdict: Verdict, reason: str, smtp_sink: SmtpSink, channel: MailChannel
) -> None:
    smtp_sink.script({LAN: [action]})

    outcome = channel.deliver(a_message(LAN))
    after = channel.deliver(a_message(HE))

    assert outcome.verdict is verdict
    assert reason in outcome.reason
    assert after.verdict is Verdict.ACCEPTED
    kept = [LAN] if action == "dot:keep" else []
    assert [attempt.recipient for attempt in smtp_sink.accepted()] == [*kept, HE]


def test_a_refused_recipient_does_not_cost_the_connection(
    smtp_sink: SmtpSink, channel: MailChannel
) -> None:
    smtp_sink.script({LAN: ["550 5.1.1 no", "dot:554 5.7.1 no", "data:451 4.3.0 no", "250"]})

    verdicts = [channel.deliver(a_message(LAN)).verdict for _ in range(4)]

    assert verdicts == [Verdict.REFUSED, Verdict.REFUSED, Verdict.DEFERRED, Verdict.ACCEPTED]
    assert {attempt.connection for attempt in smtp_sink.attempts()} == {1}


def test_a_verdict_may_change_with_the_next_attempt(
    smtp_sink: SmtpSink, channel: MailChannel
) -> None:
    smtp_sink.script({LAN: ["450 4.2.0 greylisted", "250"]})
    message = a_message(LAN)

    verdicts = [channel.deliver(message).verdict for _ in range(2)]

    assert verdicts == [Verdict.DEFERRED, Verdict.ACCEPTED]
    assert [attempt.message_id for attempt in smtp_sink.accepted()] == [message.message_id]


def test_two_hundred_messages_have_two_hundred_true_outcomes(
    smtp_sink: SmtpSink, channel: MailChannel
) -> None:
    dice = random.Random(2025)
    meaning = {
        "250": Verdict.ACCEPTED,
        "450 4.2.0 greylisted": Verdict.DEFERRED,
        "550 5.1.1 no such user": Verdict.REFUSED,
        "dot:451 4.3.0 later": Verdict.DEFERRED,
        "dot:552 5.2.2 full": Verdict.REFUSED,
        "421 4.3.2 closing": Verdict.UNAVAILABLE,
        "drop": Verdict.UNAVAILABLE,
        "dot:keep": Verdict.IN_DOUBT,
    }
    actions = {f"u{n}@unit.test": [dice.choice(list(meaning))] for n in range(200)}
    smtp_sink.script(actions)

    verdicts = {address: channel.deliver(a_message(address)).verdict for address in actions}

    assert verdicts == {address: meaning[action] for address, (action,) in actions.items()}
    assert [attempt.recipient for attempt in smtp_sink.accepted()] == [
        address for address, (action,) in actions.items() if action in {"250", "dot:keep"}
    ]


@pytest.mark.parametrize(
    ("action", "verdict"),
    [
        pytest.param("hang 5", Verdict.UNAVAILABLE, id="before the dot"),
        pytest.param("dot:hang 5", Verdict.IN_DOUBT, id="after the dot"),
    ],
)
def test_a_relay_that_falls_silent_is_given_up_in_time(
    action: str, verdict: Verdict, smtp_sink: SmtpSink
) -> None:
    smtp_sink.script({LAN: [action]})

    with closing(MailChannel(relay_at(smtp_sink.url(options="timeout=0.2")))) as channel:
        outcome = channel.deliver(a_message(LAN))

    assert outcome.verdict is verdict
    assert "超时" in outcome.reason


def test_a_connection_dropped_while_idle_is_made_anew(
    smtp_sink: SmtpSink, channel: MailChannel
) -> None:
    smtp_sink.script({LAN: ["dot:leave"]})

    outcomes = [channel.deliver(a_message(LAN)).verdict for _ in range(3)]

    assert outcomes == [Verdict.ACCEPTED] * 3
    assert [attempt.connection for attempt in smtp_sink.accepted()] == [1, 2, 3]


def test_421_to_an_idle_connection_means_connect_again_not_wait(
    smtp_sink: SmtpSink, channel: MailChannel
) -> None:
    smtp_sink.script({"MAIL": ["250", "421 4.4.2 idle too long", "250"]})

    outcomes = [channel.deliver(a_message(LAN)).verdict for _ in range(2)]

    assert outcomes == [Verdict.ACCEPTED] * 2
    assert [attempt.connection for attempt in smtp_sink.accepted()] == [1, 2]


def test_a_sender_the_relay_dislikes_counts_for_the_relay_not_for_the_recipient(
    smtp_sink: SmtpSink, channel: MailChannel
) -> None:
    smtp_sink.script({"MAIL": ["550 5.7.1 sender not allowed"]})

    outcome = channel.deliver(a_message(LAN))

    assert outcome.verdict is Verdict.UNAVAILABLE
    assert outcome.reason == "550 5.7.1 sender not allowed"


def test_a_relay_that_is_down_is_an_outcome_and_its_return_is_noticed(tmp_path: Path) -> None:
    with running_sink(tmp_path) as sink:
        channel = MailChannel(relay_at(sink.url()))
        before = channel.deliver(a_message(LAN))
    down = channel.deliver(a_message(LAN))
    channel.close()

    assert before.verdict is Verdict.ACCEPTED
    assert down.verdict is Verdict.UNAVAILABLE
    assert "连接被拒绝" in down.reason


def test_something_that_is_no_mail_server_is_unavailable() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
        channel = MailChannel(relay_at(f"smtp://127.0.0.1:{port}/?timeout=0.2"))

        outcome = channel.deliver(a_message(LAN))

    assert outcome.verdict is Verdict.UNAVAILABLE
    assert "超时" in outcome.reason


@pytest.mark.parametrize(
    "changes",
    [
        pytest.param({"address": ""}, id="no address"),
        pytest.param({"address": "lan@zhujian.test>\r\nRCPT TO:<spy@evil.test"}, id="two in one"),
        pytest.param({"subject": "提醒\r\nBcc: spy@evil.test"}, id="line break in the subject"),
    ],
)
def test_a_message_that_cannot_be_sent_is_refused_before_anything_is_said(
    changes: dict[str, str], smtp_sink: SmtpSink, channel: MailChannel
) -> None:
    outcome = channel.deliver(a_message(**changes))

    assert outcome.verdict is Verdict.REFUSED
    assert smtp_sink.attempts() == []


def test_the_message_goes_encrypted_where_the_relay_offers_it(
    tmp_path: Path, certificate: Path
) -> None:
    with running_sink(tmp_path, certificate=certificate, login="duban:p:w") as sink:
        url = sink.url(login="duban:p%3Aw", options="starttls=required&verify=no&timeout=10")
        with closing(MailChannel(relay_at(url))) as channel:
            outcome = channel.deliver(a_message(LAN))

        assert outcome.verdict is Verdict.ACCEPTED
        assert [attempt.encrypted for attempt in sink.accepted()] == [True]


def test_smtps_is_encrypted_from_the_first_byte(tmp_path: Path, certificate: Path) -> None:
    with running_sink(tmp_path, certificate=certificate, implicit_tls=True) as sink:
        with closing(MailChannel(relay_at(sink.url(options="verify=no&timeout=10")))) as channel:
            outcome = channel.deliver(a_message(LAN))

        assert outcome.verdict is Verdict.ACCEPTED
        assert [attempt.encrypted for attempt in sink.accepted()] == [True]


def test_a_certificate_nobody_vouches_for_is_not_accepted(
    tmp_path: Path, certificate: Path
) -> None:
    with running_sink(tmp_path, certificate=certificate) as sink:
        outcome = MailChannel(relay_at(sink.url())).deliver(a_message(LAN))

        assert outcome.verdict is Verdict.UNAVAILABLE
        assert "证书不可信" in outcome.reason
        assert sink.attempts() == []


def test_encryption_that_was_required_and_is_not_offered_stops_the_message(
    smtp_sink: SmtpSink,
) -> None:
    channel = MailChannel(relay_at(smtp_sink.url(options="starttls=required&timeout=10")))

    outcome = channel.deliver(a_message(LAN))

    assert outcome.verdict is Verdict.UNAVAILABLE
    assert "STARTTLS" in outcome.reason


@pytest.mark.parametrize(
    ("login", "code"),
    [pytest.param("", "530", id="none"), pytest.param("duban:wrong", "535", id="wrong password")],
)
def test_a_login_that_is_wanted_and_missing_or_wrong_counts_for_the_relay(
    login: str, code: str, tmp_path: Path
) -> None:
    with running_sink(tmp_path, login="duban:right") as sink:
        channel = MailChannel(relay_at(sink.url(login=login)))
        outcome = channel.deliver(a_message(LAN))

    assert outcome.verdict is Verdict.UNAVAILABLE
    assert code in outcome.reason
    assert "wrong" not in outcome.reason
