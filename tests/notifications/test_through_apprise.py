"""Channels whose sending is apprise's own: opened one by one, never more trusted than they earn."""

import logging

import pytest

from notifications.channels import open_channel
from notifications.hosts import Hosts
from notifications.message import Attachment, Channel, Verdict
from supervision.errors import NotConfiguredError
from tests.notifications.messages import MORNING, a_message
from tests.sinks.http import HttpSink

SECRET = "jinsique-7f3a"
APP = f"wechat://corp:{SECRET}@1000002/"


@pytest.fixture
def app(http_sink: HttpSink) -> Channel:
    """Give an application of a private deployment, which is the sink."""
    url = f"{APP}?host=127.0.0.1:{http_sink.port}&tls=no"
    return open_channel(url, clock=lambda: MORNING, hosts=Hosts.naming(["127.0.0.1"]))


def test_the_application_writes_to_the_one_person_named(app: Channel, http_sink: HttpSink) -> None:
    outcome = app.deliver(a_message(address="lisi"))

    (asked,) = http_sink.accepted()
    assert outcome.verdict is Verdict.ACCEPTED
    assert asked["to"] == "lisi"


@pytest.mark.parametrize("answer", ["errcode 81013", "errcode 45009", "status 500", "body <html>"])
def test_what_the_vendor_did_not_take_is_not_sent_and_no_request_is_spelt_out(
    app: Channel, http_sink: HttpSink, answer: str
) -> None:
    http_sink.script({"token": [answer]})

    assert app.deliver(a_message(address="lisi")).verdict is Verdict.DEFERRED
    assert not logging.getLogger("urllib3.connectionpool").isEnabledFor(logging.DEBUG)


def test_the_application_takes_long_text_in_pieces_or_leaves_it_in_doubt(
    app: Channel, http_sink: HttpSink
) -> None:
    http_sink.script({"token": ["errcode 0", "errcode 45009"]})

    outcome = app.deliver(a_message(address="lisi", text="督" * 1000))

    assert outcome.verdict is Verdict.IN_DOUBT
    assert all(len(asked["text"].encode()) <= 2048 for asked in http_sink.requests())


def test_a_private_deployment_that_nobody_named_is_refused() -> None:
    with pytest.raises(NotConfiguredError, match="不在允许之列"):
        open_channel(f"{APP}?host=169.254.169.254", clock=lambda: MORNING)


@pytest.mark.parametrize("url", ["wechat://", "wechat://corp@1000002", f"wechat://c:{SECRET}@app/"])
def test_an_application_that_lacks_something_is_refused(url: str) -> None:
    with pytest.raises(NotConfiguredError) as refusal:
        open_channel(url, clock=lambda: MORNING)

    assert SECRET not in str(refusal.value) + refusal.value.advice


def test_no_secret_of_the_application_is_shown(app: Channel) -> None:
    assert SECRET not in app.describe()


def test_a_scheme_that_was_added_is_never_confirmed_and_carries_no_papers(
    http_sink: HttpSink,
) -> None:
    channel = open_channel(
        f"json://127.0.0.1:{http_sink.port}/", clock=lambda: MORNING, extra_schemes=("json",)
    )
    paper = Attachment(name="督办通知.docx", content=b"signed")

    assert channel.deliver(a_message()).verdict is Verdict.HANDED_OVER
    assert channel.deliver(a_message(attachments=(paper,))).verdict is Verdict.REFUSED


def test_a_scheme_nobody_knows_is_refused_even_when_it_was_added() -> None:
    with pytest.raises(NotConfiguredError):
        open_channel("nosuch://x/", clock=lambda: MORNING, extra_schemes=("nosuch",))
