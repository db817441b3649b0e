"""Tokens of one-time links: derived from the link's id with the office's secret, nowhere stored.

Who has the database alone can neither read a token from it nor make one; whoever composes the
same message again gets the same links (docs/adr/0025).
"""

import hashlib
import hmac
from base64 import urlsafe_b64encode
from uuid import UUID

from services.settings import Settings
from services.tokens import secret_of

PATH = "/l/"


def token_of(settings: Settings, link_id: UUID) -> str:
    """Return the token of a link: 256 bits, 43 characters that stand in an address as they are."""
    key = secret_of(settings).encode()
    mac = hmac.new(key, b"one-time-link:" + link_id.bytes, hashlib.sha256).digest()
    return urlsafe_b64encode(mac).rstrip(b"=").decode("ascii")


def hash_of(token: str) -> str:
    """Return what is stored of a token: it is random enough that a plain hash will do."""
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()


def address_of(settings: Settings, link_id: UUID) -> str:
    """Return the address that stands in the message."""
    return f"{settings.portal_url}{PATH}{token_of(settings, link_id)}"
