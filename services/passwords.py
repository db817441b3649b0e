"""A person's own password: changed by knowing the old one, never to one of the last five."""

from dataclasses import dataclass

from db import events, sessions
from db.life_tables import Account
from db.session_tables import UsedPassword
from services import accounts
from services.office import Office
from services.sessions import start
from services.sign_in import Given, require_password
from supervision.errors import UsageError
from supervision.passwords import PasswordProfile, WeakPasswordError, require_strong

REMEMBERED = 5  # 等保 profile: the present one and the four before it


@dataclass(frozen=True, kw_only=True, slots=True)
class Change:
    """What a person gave to change a password: the old one as `given`, the new one twice."""

    given: Given
    new: str
    again: str


def change_password(office: Office, change: Change) -> str:
    """Set the new password, end every session of the account, and return a new session's token.

    Raises SignInRefusedError for a wrong old password (it counts like a sign-in) and
    WeakPasswordError for a new one the profile does not allow.
    """
    if change.new != change.again:
        raise UsageError("两次输入的新密码不一致", advice="请重新输入。")
    name, profile = change.given.name, office.settings.password_profile
    require_strong(change.new, profile=profile, name=name)
    require_password(office, change.given)
    _require_unused(office, name, change.new)
    hashed, now = accounts.HASHER.hash(change.new), office.now()
    with office.transaction() as session:
        account = accounts.named(session, name)
        session.add(
            UsedPassword(
                account_id=account.id,
                password_hash=account.password_hash,
                set_at=account.password_set_at,
            )
        )
        account.password_hash, account.password_set_at = hashed, now
        sessions.end_all(session, account.id, now=now)
        entry = events.Entry(
            actor=name,
            act="change_password",
            about_kind="account",
            about_id=account.id,
            as_of=office.today(),
        )
        events.append(session, account.office_id, [entry], at=now)
        return start(session, account, address=change.given.address, now=now, failed=[])


def _require_unused(office: Office, name: str, new: str) -> None:
    """Refuse a password the account had; hashing goes on outside any writing transaction."""
    with office.reading() as session:
        account: Account = accounts.named(session, name)
        last = REMEMBERED - 1 if office.settings.password_profile is PasswordProfile.DENGBAO else 0
        had = [account.password_hash, *sessions.used_passwords(session, account.id, last=last)]
    if any(accounts.HASHER.verify(new, hashed) for hashed in had):
        raise WeakPasswordError("新密码与近期用过的密码相同", advice="请另设一个。")
