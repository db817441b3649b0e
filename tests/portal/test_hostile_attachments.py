"""SEC13: proof is named by the id of evidence that is here; an address is no evidence."""

import socket
from typing import Any
from urllib.parse import quote

import pytest

from services.office import Office
from supervision.vocabulary import Role
from tests.builders import FINANCE
from tests.notifications.hostile_addresses import BY_HOST, BY_SCHEME
from tests.portal.conftest import SignedIn
from tests.portal.sent_notices import send_notice

SOME = (*BY_HOST[::12], *BY_SCHEME[::3])


def test_no_address_given_as_proof_is_called_or_taken(
    reporting: Office, signed_in: SignedIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = f"/notices/{send_notice(reporting, 'T01', unit=FINANCE, number=1)}"
    browser = signed_in(Role.HEAD)
    browser.get(path)
    said = {**browser.form(f"{path}/answer"), "body": "已过半", "reasons": "到货晚"}
    called: list[Any] = []
    monkeypatch.setattr(socket, "create_connection", lambda *where, **_: called.append(where))
    monkeypatch.setattr(socket, "getaddrinfo", lambda *where, **_: called.append(where))

    answered = {
        browser.post(f"{path}/answer", said | {f"proof-{url}": "on"}).status_code for url in SOME
    }
    fetched = {browser.get(f"/evidence/{quote(url, safe='')}").status_code for url in SOME}

    assert len(SOME) >= 25
    assert (answered, fetched) == ({422}, {404})
    assert called == []
