"""SEC13: no address of a channel makes this machine call a host that nobody has allowed."""

import socket
from contextlib import closing
from typing import Any

import pytest

from notifications.channels import open_channel
from notifications.hosts import VENDORS, Hosts, UnreachableHostError
from supervision.errors import NotConfiguredError
from tests.notifications.hostile_addresses import ADDRESSES, INNER, KEY, REBOUND
from tests.notifications.messages import MORNING, a_message

ALLOWED = Hosts.naming(["im.example.gov.cn"])


def test_there_are_two_hundred_and_no_two_alike() -> None:
    assert len(set(ADDRESSES)) == len(ADDRESSES) >= 200


def test_none_of_them_is_looked_up_or_connected_to_and_none_gives_its_secret_away(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    called: list[Any] = []

    def refuse(*where: Any, **_: Any) -> None:  # noqa: ANN401 - as the socket's own
        called.append(where)
        raise OSError("refused by the test")

    for name in ("getaddrinfo", "create_connection"):
        monkeypatch.setattr(socket, name, refuse)
    monkeypatch.setattr(socket.socket, "connect", refuse)
    let_through, told = [], []

    for url in ADDRESSES:
        try:
            with closing(open_channel(url, clock=lambda: MORNING, hosts=ALLOWED)) as channel:
                outcome = channel.deliver(a_message())
                let_through.append((url, outcome.verdict))
        except NotConfiguredError as refusal:
            told.append(f"{refusal}{refusal.advice}")

    assert let_through == []
    assert called == []
    assert len(told) == len(ADDRESSES)
    assert [words for words in told if KEY in words] == []


@pytest.mark.parametrize("host", ["im.example.gov.cn", *sorted(VENDORS)])
@pytest.mark.parametrize("address", REBOUND)
def test_a_name_that_comes_to_lead_elsewhere_is_not_followed(
    host: str, address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    leads = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, 443))]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: leads)

    with pytest.raises(UnreachableHostError, match="不允许的地址"):
        ALLOWED.address_of(host, 443)


@pytest.mark.parametrize("address", INNER)
def test_a_vendors_name_never_leads_into_the_inner_network(
    address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    leads = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, 443))]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: leads)

    with pytest.raises(UnreachableHostError, match="不允许的地址"):
        Hosts().address_of("oapi.dingtalk.com", 443)
