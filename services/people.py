"""How the people behind accounts are called."""

from collections.abc import Mapping

from sqlmodel import Session

from db import accounts
from services.plans import the_office


def names_of_people(session: Session) -> Mapping[str, str]:
    """Return the full name behind each account name; what no account bears is not in it."""
    found = accounts.of_office(session, the_office(session).id)
    return {account.name: account.full_name for account in found}
