import pytest

from notifications.relay import Relay, StartTls, relay_at
from supervision.errors import NotConfiguredError

CANARY = "jinsique-7f3a"


def test_a_url_says_where_who_and_from() -> None:
    relay = relay_at("smtp://duban%40zg.gov.cn:p%40ss%3Aw%2Frd%23@mail.zg.gov.cn:587/?timeout=5")

    assert (relay.host, relay.port) == ("mail.zg.gov.cn", 587)
    assert (relay.user, relay.password) == ("duban@zg.gov.cn", "p@ss:w/rd#")
    assert relay.sender_address == "duban@zg.gov.cn"
    assert relay.timeout_seconds == 5.0


def test_a_password_may_hold_colons_as_they_are() -> None:
    assert relay_at("smtp://u:a:b@h.test").password == "a:b"


@pytest.mark.parametrize(
    ("url", "port", "implicit_tls"),
    [
        pytest.param("smtp://mail.test", 25, False, id="smtp"),
        pytest.param("smtps://mail.test", 465, True, id="smtps"),
        pytest.param("SMTPS://mail.test:2465", 2465, True, id="capitals, own port"),
    ],
)
def test_the_scheme_decides_port_and_tls(url: str, port: int, *, implicit_tls: bool) -> None:
    relay = relay_at(url)

    assert (relay.port, relay.implicit_tls) == (port, implicit_tls)


@pytest.mark.parametrize(
    ("url", "starttls"),
    [
        pytest.param("smtp://u:p@mail.test", StartTls.REQUIRED, id="a password over the network"),
        pytest.param("smtp://u:p@127.0.0.1", StartTls.IF_OFFERED, id="a password on loopback"),
        pytest.param("smtp://mail.test", StartTls.IF_OFFERED, id="no password"),
        pytest.param("smtp://u:p@mail.test?starttls=never", StartTls.NEVER, id="said so"),
        pytest.param("smtp://mail.test?starttls=required", StartTls.REQUIRED, id="asked for"),
    ],
)
def test_a_password_never_crosses_the_network_in_the_clear_unasked(
    url: str, starttls: StartTls
) -> None:
    assert relay_at(url).starttls is starttls


def test_the_certificate_is_checked_unless_said_otherwise() -> None:
    assert relay_at("smtp://mail.test").verify
    assert not relay_at("smtp://mail.test/?verify=no").verify


@pytest.mark.parametrize(
    ("url", "what"),
    [
        pytest.param(f"smtp://u:{CANARY}@", "没有写主机", id="no host"),
        pytest.param(f"smtp://u:{CANARY}@h:port", "读不懂", id="port is no number"),
        pytest.param(f"smtp://u:{CANARY}@[::1", "读不懂", id="half an address"),
        pytest.param(f"smtp://u:{CANARY}@h/?startls=never", "选项 startls", id="misspelt option"),
        pytest.param(f"smtp://u:{CANARY}@h/?starttls=maybe", "starttls 只能是", id="bad choice"),
        pytest.param(f"smtp://u:{CANARY}@h/?timeout=0", "timeout", id="no time"),
        pytest.param(f"smtp://u:{CANARY}@h/?timeout=nan", "timeout", id="not a number"),
        pytest.param(f"smtp://u:{CANARY}密@h", "只能用英文", id="Chinese password"),
        pytest.param(f"smtp://u:{CANARY}@a..b", "读不懂", id="empty label"),
        pytest.param(f"smtp://u:{CANARY}@h/?helo=a%0d%0aDATA", "helo", id="greeting breaks line"),
        pytest.param(f"smtp://u:{CANARY}@h/?from=a%0d%0aDATA", "发件邮箱", id="sender breaks line"),
    ],
)
def test_a_bad_url_is_refused_in_words_without_the_password(url: str, what: str) -> None:
    with pytest.raises(NotConfiguredError, match=what) as refusal:
        relay_at(url)

    assert CANARY not in str(refusal.value) + refusal.value.advice
    assert "smtp://" in refusal.value.advice


def test_a_relay_is_described_and_printed_without_its_password() -> None:
    relay = relay_at(f"smtp://u:{CANARY}@mail.test:587/?from=duban@zg.test")

    assert relay.describe() == "smtp://u:****@mail.test:587/?from=duban@zg.test"
    assert CANARY not in repr(relay)


def test_a_described_relay_with_an_ipv6_address_can_be_read_back() -> None:
    relay = Relay(host="::1", port=25, sender_address="duban@zg.test")

    assert relay_at(relay.describe()).host == "::1"
