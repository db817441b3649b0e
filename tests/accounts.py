"""Accounts for tests that act by name, without the price of a password."""

from datetime import datetime

from db.life_tables import Account, RoleGrant
from services.office import Office
from supervision.vocabulary import Role
from tests.people import office_id, unit_id


def an_account_of(
    office: Office,
    name: str,
    *roles: Role,
    unit: str | None = None,
    disabled_at: datetime | None = None,
) -> None:
    """Store an account that holds these roles, of a unit that the plan names."""
    with office.transaction() as session:
        account = Account(
            office_id=office_id(session),
            name=name,
            full_name=name,
            unit_id=None if unit is None else unit_id(session, unit),
            password_hash="-",
            password_set_at=office.now(),
            created_at=office.now(),
            disabled_at=disabled_at,
        )
        session.add(account)
        session.flush()
        for role in roles:
            session.add(RoleGrant(account_id=account.id, role=role, granted_at=office.now()))
