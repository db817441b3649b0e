"""The generic gateway, against the fake that duban ships: the contract of docs/gateway.md."""

import socket
from contextlib import closing

import pytest

from notifications.channels import open_channel
from notifications.hosts import Hosts
from notifications.message import Attachment, Outcome, OutgoingMessage, Verdict
from tests.notifications.messages import MORNING, a_message
from tests.sinks.http import HttpSink


def deliver(url: str, message: OutgoingMessage) -> Outcome:
    hosts = Hosts.naming(["127.0.0.1"])
    with closing(open_channel(url, clock=lambda: MORNING, hosts=hosts)) as channel:
        return channel.deliver(message)


def test_the_gateway_takes_a_message_with_its_papers(gateway: HttpSink) -> None:
    paper = Attachment(name="督办通知.docx", content=b"signed")
    message = a_message(address="13800000000", attachments=(paper,))

    outcome = deliver(gateway.gateway(), message)

    (taken,) = gateway.requests()
    assert outcome.verdict is Verdict.ACCEPTED
    assert (taken["to"], taken["id"]) == ("13800000000", message.message_id)
    assert taken["attachments"][0] | {"content_type": ""} == {
        "name": "督办通知.docx",
        "content_type": "",
        "content": "c2lnbmVk",
    }


def test_the_same_message_again_is_taken_once(gateway: HttpSink) -> None:
    message = a_message(address="13800000000")

    verdicts = [deliver(gateway.gateway(), message).verdict for _ in range(2)]

    assert verdicts == [Verdict.ACCEPTED] * 2
    assert len(gateway.requests()) == 1


@pytest.mark.parametrize(
    ("code", "verdict"),
    [
        (1001, Verdict.REFUSED),
        (1002, Verdict.REFUSED),
        (2001, Verdict.LIMITED),
        (3001, Verdict.DEFERRED),
        (7, Verdict.REFUSED),
    ],
)
def test_each_code_of_the_contract_is_understood(
    gateway: HttpSink, code: int, verdict: Verdict
) -> None:
    gateway.script({"13800000000": code})

    assert deliver(gateway.gateway(), a_message(address="13800000000")).verdict is verdict
    assert gateway.requests() == []


def test_a_wrong_token_is_the_lines_fault_not_the_recipients(gateway: HttpSink) -> None:
    outcome = deliver(gateway.gateway("wrong"), a_message(address="13800000000"))

    assert outcome.verdict is Verdict.UNAVAILABLE


def test_a_gateway_that_does_not_answer_is_told_in_chinese() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]  # free again, and nobody there, once it is closed

    outcome = deliver(f"gzt://token@127.0.0.1:{port}/?tls=no", a_message(address="1380000"))

    assert outcome.verdict is Verdict.UNAVAILABLE
    assert "连接被拒绝" in outcome.reason
