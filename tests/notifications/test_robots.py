"""Group robots: only the vendor's code 0 is «sent», and long text arrives in readable pieces."""

import base64
import hashlib
import hmac
from contextlib import closing
from urllib.parse import urlsplit

import pytest

from notifications import posting
from notifications.channels import open_channel
from notifications.hosts import Hosts
from notifications.message import Outcome, OutgoingMessage, Verdict
from supervision.errors import NotConfiguredError
from tests.notifications.messages import MORNING, a_message
from tests.sinks.http import HttpSink

LOOPBACK = Hosts.naming(["127.0.0.1"])
KEY = "693a91f6-canary"


def deliver(url: str, message: OutgoingMessage | None = None) -> Outcome:
    with closing(open_channel(url, clock=lambda: MORNING, hosts=LOOPBACK)) as channel:
        return channel.deliver(message or a_message())


@pytest.mark.parametrize("vendor", ["wecom", "dingtalk"])
def test_code_zero_is_accepted(http_sink: HttpSink, vendor: str) -> None:
    outcome = deliver(getattr(http_sink, vendor)(KEY))

    assert outcome.verdict is Verdict.ACCEPTED
    assert [asked["key"] for asked in http_sink.accepted()] == [KEY]


@pytest.mark.parametrize(
    ("action", "verdict", "rest"),
    [
        pytest.param("errcode 45009", Verdict.LIMITED, 60, id="WeCom: too fast"),
        pytest.param("errcode 11232", Verdict.LIMITED, 60, id="Feishu: too fast"),
        pytest.param("errcode 9499", Verdict.LIMITED, 60, id="Feishu: too many"),
        pytest.param("errcode 93000", Verdict.REFUSED, 60, id="no such robot"),
        pytest.param("errcode 987654", Verdict.REFUSED, 60, id="a code nobody has published"),
        pytest.param("errcode -1", Verdict.DEFERRED, 60, id="busy"),
        pytest.param("body <html>login</html>", Verdict.IN_DOUBT, 60, id="a proxy's page"),
        pytest.param("body ", Verdict.IN_DOUBT, 60, id="empty"),
        pytest.param("body []", Verdict.IN_DOUBT, 60, id="no object"),
        pytest.param('body {"errmsg": "ok"}', Verdict.IN_DOUBT, 60, id="no code"),
        pytest.param('body {"errcode": "0"}', Verdict.IN_DOUBT, 60, id="a code in words"),
        pytest.param('body {"errcode": false}', Verdict.IN_DOUBT, 60, id="false is not 0"),
        pytest.param("status 302", Verdict.UNAVAILABLE, 60, id="redirect"),
        pytest.param("status 404", Verdict.UNAVAILABLE, 60, id="not found"),
        pytest.param("status 429", Verdict.LIMITED, 60, id="429"),
        pytest.param("status 500", Verdict.IN_DOUBT, 60, id="500"),
        pytest.param("status 503", Verdict.UNAVAILABLE, 60, id="503"),
        pytest.param("close", Verdict.IN_DOUBT, 60, id="closed"),
    ],
)
def test_whatever_is_not_code_zero_is_not_sent(
    http_sink: HttpSink, action: str, verdict: Verdict, rest: int
) -> None:
    http_sink.script({KEY: [action]})

    outcome = deliver(http_sink.wecom(KEY))

    assert (outcome.verdict, outcome.wait_seconds) == (verdict, rest)
    assert KEY not in outcome.reason
    assert len(http_sink.requests()) == 1  # nothing was followed, nothing tried twice


@pytest.mark.parametrize(
    ("code", "verdict"),
    [(310000, Verdict.REFUSED), (300001, Verdict.REFUSED), (130101, Verdict.LIMITED)],
)
def test_dingtalk_has_codes_of_its_own(http_sink: HttpSink, code: int, verdict: Verdict) -> None:
    http_sink.script({"*": [f"errcode {code}"]})

    assert deliver(http_sink.dingtalk(KEY)).verdict is verdict


def test_an_answer_that_never_comes_is_waited_for_no_longer_than_the_limit(
    http_sink: HttpSink, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert posting.TIMEOUT_SECONDS == 30
    monkeypatch.setattr(posting, "TIMEOUT_SECONDS", 0.3)
    http_sink.script({KEY: ["hang 20"]})

    assert deliver(http_sink.wecom(KEY)).verdict is Verdict.IN_DOUBT


def test_nobody_listening_is_the_lines_fault(http_sink: HttpSink) -> None:
    dead = http_sink.wecom(KEY).replace(str(http_sink.port), "9")

    assert deliver(dead).verdict is Verdict.UNAVAILABLE


def test_dingtalks_request_is_signed_with_the_moment(http_sink: HttpSink) -> None:
    deliver(http_sink.dingtalk("token", secret="SECabc"))

    (asked,) = http_sink.accepted()
    moment = str(int(MORNING.timestamp() * 1000))
    wanted = hmac.new(b"SECabc", f"{moment}\nSECabc".encode(), hashlib.sha256).digest()
    assert asked["query"]["timestamp"] == moment
    assert asked["query"]["sign"] == base64.b64encode(wanted).decode()


def test_long_text_goes_in_pieces_that_end_between_list_items(http_sink: HttpSink) -> None:
    items = "\n".join(f"- T{number:02} {'整' * 60}" for number in range(30))

    outcome = deliver(http_sink.wecom(KEY), a_message(text=f"请办理：\n{items}\n"))

    texts = [asked["text"] for asked in http_sink.accepted()]
    assert outcome.verdict is Verdict.ACCEPTED
    assert len(texts) > 1
    assert all(len(text.encode()) <= 2048 for text in texts)
    assert all(f"（{n}/{len(texts)}）" in text for n, text in enumerate(texts, start=1))
    assert [line for text in texts for line in text.splitlines() if line[:3] == "- T"] == (
        items.splitlines()
    )


def test_a_later_piece_that_fails_leaves_the_whole_in_doubt(http_sink: HttpSink) -> None:
    http_sink.script({KEY: ["errcode 0", "errcode 45009"]})

    outcome = deliver(http_sink.wecom(KEY), a_message(text="督" * 1000))

    assert outcome.verdict is Verdict.IN_DOUBT
    assert "第2段" in outcome.reason


@pytest.mark.parametrize(
    "url",
    [
        f"zwwecom://{KEY}@169.254.169.254/",
        f"zwwecom://{KEY}@2852039166/",
        f"zwwecom://{KEY}@[::ffff:169.254.169.254]/",
        f"zwwecom://{KEY}@localhost/",
        f"zwding://{KEY}@{KEY}@evil.test/",
        f"gzt://{KEY}@10.0.0.8/send",
    ],
)
def test_a_host_that_no_administrator_named_is_refused_unheard(url: str) -> None:
    with pytest.raises(NotConfiguredError, match="不在允许之列") as refusal:
        open_channel(url, clock=lambda: MORNING, hosts=LOOPBACK)

    assert KEY not in str(refusal.value) + refusal.value.advice


@pytest.mark.parametrize(
    "url",
    ["zwwecom:///", f"zwding://{KEY}/", f"zwwecom://{KEY}@h:x/", "zwwecom://a/b@h/", "gzt://h/"],
)
def test_a_url_that_lacks_something_is_refused_with_advice(url: str) -> None:
    with pytest.raises(NotConfiguredError) as refusal:
        open_channel(url, clock=lambda: MORNING, hosts=Hosts.naming(["h", "127.0.0.1"]))

    assert "写法" in refusal.value.advice


def test_the_vendor_is_the_host_where_none_is_named() -> None:
    channel = open_channel(f"zwwecom://{KEY}/", clock=lambda: MORNING)

    assert urlsplit(channel.describe()).hostname == "qyapi.weixin.qq.com"
    assert KEY not in channel.describe()


def test_a_name_may_not_lead_to_where_clouds_keep_their_secrets(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A name that is allowed, and whose owner makes it answer with another address."""
    found = [(2, 1, 6, "", ("169.254.169.254", 80))]
    monkeypatch.setattr("notifications.hosts.socket.getaddrinfo", lambda *_, **__: found)

    with pytest.raises(OSError, match="不允许的地址"):
        Hosts.naming(["gate.test"]).address_of("gate.test", 80)
