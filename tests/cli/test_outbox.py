"""`duban outbox`, `duban channel` and the alarm, as people type them."""

from pathlib import Path

import pytest

from tests.commands import Duban
from tests.sinks.http import HttpSink
from tests.sinks.smtp import SmtpSink

UNIT = "章贡生态环境局"
CANARY = "jinsique-7f3a"


@pytest.fixture
def at_work(started: Duban, monkeypatch: pytest.MonkeyPatch) -> Duban:
    """An office with an administrator and a dispatcher, its baseline confirmed."""
    monkeypatch.setenv("DUBAN_CHANNEL_HOSTS", '["127.0.0.1"]')
    for name, role, by in (("admin", "administrator", []), ("lisi", "office", ["--as", "admin"])):
        ran = started("user", "add", name, "--name", name, "--role", role, *by)
        assert ran.code == 0, ran.err
    assert started("plan", "confirm-baseline", "--as", "lisi").code == 0
    return started


def with_robot(duban: Duban, sink: HttpSink) -> None:
    """Give the unit a robot at the sink, before its file."""
    url = sink.wecom(CANARY)
    added = duban("channel", "add", UNIT, "wecom_robot", "--address", url, "--as", "admin")
    assert added.code == 0, added.err


def first_id(duban: Duban) -> str:
    """Return the message that stands on top of the list."""
    return str(duban("outbox", "list", "--json").answer["messages"][0]["id"])


def test_a_refused_message_is_on_top_can_be_resent_and_then_nothing_waits(
    at_work: Duban, http_sink: HttpSink
) -> None:
    with_robot(at_work, http_sink)
    http_sink.script({CANARY: ["errcode 93000"]})
    at_work("tick", "--as-of", "2025-01-02")
    delivered = at_work("deliver")

    listed = at_work("outbox", "list")
    message = first_id(at_work)
    shown = at_work("outbox", "show", message[:8])
    resent = at_work("outbox", "resend", message[:8], "--channel", "file", "--as", "lisi")
    again = at_work("deliver")

    assert (delivered.code, listed.code) == (5, 5)
    assert "duban outbox list" in delivered.err
    assert "93000" in shown.out
    assert (resent.code, again.code) == (0, 0)
    assert at_work("outbox", "list").code == 0
    assert CANARY not in listed.out + shown.out


def test_a_call_settles_a_message_and_needs_its_answer(at_work: Duban, http_sink: HttpSink) -> None:
    with_robot(at_work, http_sink)
    http_sink.script({CANARY: ["errcode 93000"]})
    at_work("tick", "--as-of", "2025-01-02")
    at_work("deliver")
    call = ("outbox", "call", first_id(at_work), "--spoke-to", "王主任", "--as", "lisi")

    empty = at_work(*call, "--answer", " ")
    tried = at_work(*call, "--answer", "今日报送", "--dry-run", "--json")
    done = at_work(*call, "--answer", "今日报送")

    assert (empty.code, tried.code, done.code) == (2, 0, 0)
    assert tried.answer["dry_run"] is True
    assert at_work("outbox", "list").code == 0


def test_channels_are_listed_tried_and_given_a_new_key_without_showing_any(
    at_work: Duban, http_sink: HttpSink
) -> None:
    with_robot(at_work, http_sink)
    before = at_work("channel", "list", "--json")

    rotated = at_work("channel", "rotate-key", "--as", "admin", "--json")
    tried = at_work("channel", "test", "--kind", "wecom_robot", "--to", http_sink.wecom(CANARY))

    (robot,) = before.answer["channels"]
    assert (robot["unit"], robot["kind"]) == (UNIT, "wecom_robot")
    assert rotated.answer["secrets"] == 1
    assert tried.code == 0
    assert CANARY not in before.out + rotated.out + tried.out
    removed = at_work("channel", "remove", robot["id"][:8], "--as", "admin")
    assert (removed.code, at_work("channel", "list", "--json").answer["channels"]) == (0, [])


def test_only_the_administrator_changes_channels_and_only_the_office_the_outbox(
    at_work: Duban,
) -> None:
    address = ("--address", "13800000000")

    assert at_work("channel", "add", UNIT, "sms", *address, "--as", "lisi").code == 4
    assert at_work("channel", "add", UNIT, "sms", *address, "--as", "admin").code == 0


def test_a_relay_that_was_set_is_sealed_and_used(
    at_work: Duban, smtp_sink: SmtpSink, tmp_path: Path
) -> None:
    url = smtp_sink.url(login=f"user:{CANARY}", options="timeout=10&starttls=never")
    shown = at_work("channel", "set", "mail", "--url", url, "--as", "admin")

    tried = at_work("channel", "test", "--to", "zhang@example.gov.cn")

    assert shown.code == 0, shown.err
    assert CANARY not in shown.out + tried.out + tried.err
    database = (tmp_path / "var" / "duban.db").read_bytes()
    assert CANARY.encode() not in database
    assert smtp_sink.attempts() == [] or tried.code == 0


def test_doctor_calls_for_help_once(
    started: Duban, monkeypatch: pytest.MonkeyPatch, http_sink: HttpSink
) -> None:
    monkeypatch.setenv("DUBAN_CHANNEL_HOSTS", '["127.0.0.1"]')
    monkeypatch.setenv("DUBAN_ALARM_URL", http_sink.wecom(CANARY))
    started("tick", "--as-of", "2030-01-02")  # beyond today: no reminder until then

    first, again = started("doctor", "--alarm"), started("doctor", "--alarm")

    assert (first.code, again.code) == (1, 1)
    assert "已告警" in first.err
    assert "没有新的告警" in again.err
    assert len(http_sink.accepted()) == 1
