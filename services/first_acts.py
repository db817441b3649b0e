"""In whose name acts go on record that may come before there is any account to name."""

from datetime import datetime

from sqlmodel import Session

from db import accounts, plans
from services.accounts import actor_named
from supervision.errors import UsageError
from supervision.rights import RIGHTS, require
from supervision.vocabulary import Permission

SET_UP = "系统初始化"  # whoever sets the system up: there is nobody else yet


def name_on_record(
    session: Session, account: str | None, permission: Permission, *, now: datetime
) -> str:
    """Return the name of the account that acts, its right checked.

    Without one it is 系统初始化, as long as no account in use has the right; from then on the act
    must be somebody's, and UsageError says whose.
    """
    if account is not None:
        actor = actor_named(session, account, now=now)
        require(permission, actor)
        return actor.name
    office = plans.the_office(session)
    roles = RIGHTS[permission].roles
    if office is not None and accounts.is_there_one_with(session, office.id, roles):
        who = "、".join(role.label for role in sorted(roles))
        raise UsageError(
            f"请指明由哪个账号{permission.label}", advice=f"加上 --as 账号，可由{who}办理。"
        )
    return SET_UP
