"""Signing in: a name and a password are looked at so many times, and every result is on record.

A try is written before the password is looked at, so guesses made in parallel count too, and
hashing holds no lock on the database. Unknown names cost the same time and get the same answer.
"""

import hashlib
import hmac
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from uuid import UUID

from sqlmodel import Session

from db import events, sessions
from db.life_tables import Account
from db.session_tables import SignInTry
from services import accounts
from services.office import Office
from services.plans import the_office
from services.sessions import start
from services.settings import Settings
from services.tokens import secret_of
from supervision.errors import UsageError

MOST_WRONG = 5  # in a row
LOCKED_FOR = timedelta(minutes=15)
MOST_AN_HOUR = 50  # passwords looked at for one name
MOST_WRONG_FROM_ADDRESS = 100  # an hour: a whole district may sit behind one address [own]
HOUR = timedelta(hours=1)
TRIES_KEPT = timedelta(days=90)
ANSWERS_KEPT = timedelta(days=7)
AT_ONCE = threading.BoundedSemaphore(4)  # each password costs 64 MiB while it is looked at
NOBODY = "未知账号"


class SignInRefusedError(UsageError):
    """The name and password were not accepted, or not looked at; it never says which is wrong."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Given:
    """What a person gave to be let in, and from where."""

    name: str
    password: str
    address: str


@dataclass(frozen=True, slots=True)
class _Case:
    """One try under way: by its ids, because each step has a transaction of its own."""

    office_id: UUID
    subject: str
    try_id: UUID
    account_id: UUID | None
    password_hash: str
    is_open: bool  # the account exists and is in use


def sign_in(office: Office, given: Given) -> str:
    """Return the token of a new session; SignInRefusedError when the person is not let in."""
    case = _opened(office, given)
    if _is_right(case, given.password):
        return _welcomed(office, case, given)
    raise _turned_away(office, case, given)


def require_password(office: Office, given: Given) -> None:
    """Raise SignInRefusedError unless the password is right; it counts like a sign-in."""
    case = _opened(office, given)
    if not _is_right(case, given.password):
        raise _turned_away(office, case, given)
    with office.transaction() as session:
        session.get_one(SignInTry, case.try_id).was_right = True


def _opened(office: Office, given: Given) -> _Case:
    """Write the try down before it is made; SignInRefusedError when there were too many."""
    now, subject = office.now(), _subject(office.settings, given.name)
    with office.transaction() as session:
        office_id = the_office(session).id
        account = sessions.locked_account(session, office_id, given.name)
        refusal = _refusal(session, subject, given.address, now=now)
        if refusal is None:
            tried = SignInTry(subject=subject, address=given.address, at=now)
            session.add(tried)
            session.flush()
            return _Case(
                office_id,
                subject,
                tried.id,
                None if account is None else account.id,
                _dummy_hash() if account is None else account.password_hash,
                account is not None and account.disabled_at is None,
            )
        _record(office, session, account, "refuse_sign_in", _facts(given, why=refusal))
    raise SignInRefusedError(refusal, advice="请过15分钟再试；忘记密码请联系管理员。")


def _subject(settings: Settings, name: str) -> str:
    key = secret_of(settings).encode()
    return hmac.new(key, b"sign-in:" + name.encode(), hashlib.sha256).hexdigest()


@cache
def _dummy_hash() -> str:
    """Return the hash of no password: an unknown name takes as long as a known one."""
    return accounts.HASHER.hash("")


def _refusal(session: Session, subject: str, address: str, *, now: datetime) -> str | None:
    tries = sessions.tries_of(session, subject, since=now - HOUR)
    is_locked = any(each.locks_until is not None and each.locks_until > now for each in tries)
    if is_locked or len(tries) >= MOST_AN_HOUR or _wrong_in_a_row(tries) >= MOST_WRONG:
        return "密码错误次数过多，暂不能登录"
    if sessions.wrong_from(session, address, since=now - HOUR) >= MOST_WRONG_FROM_ADDRESS:
        return "本地址的失败登录过多，暂不能登录"
    return None


def _wrong_in_a_row(tries: list[SignInTry]) -> int:
    """Return how many of the latest tries were wrong since one was right or locked the name."""
    count = 0
    for each in tries:
        if each.was_right or each.locks_until is not None:
            break
        count += 1
    return count


def _is_right(case: _Case, password: str) -> bool:
    with AT_ONCE:
        matches = accounts.HASHER.verify(password, case.password_hash)
    return matches and case.is_open


def _welcomed(office: Office, case: _Case, given: Given) -> str:
    now = office.now()
    with office.transaction() as session:
        account = session.get_one(Account, case.account_id, with_for_update=True)
        failed = _failed_since_last(session, case.subject, now=now)
        session.get_one(SignInTry, case.try_id).was_right = True
        account.last_used_at = now
        token = start(session, account, address=given.address, now=now, failed=failed)
        sessions.forget(session, tries_before=now - TRIES_KEPT, answers_before=now - ANSWERS_KEPT)
        _record(office, session, account, "sign_in", _facts(given))
        return token


def _failed_since_last(session: Session, subject: str, *, now: datetime) -> list[datetime]:
    """Return when wrong passwords were given since the last right one, for the owner to see."""
    failed = []
    for each in sessions.tries_of(session, subject, since=now - TRIES_KEPT):
        if each.was_right:
            break
        if each.was_right is False:
            failed.append(each.at)
    return failed


def _turned_away(office: Office, case: _Case, given: Given) -> SignInRefusedError:
    now = office.now()
    with office.transaction() as session:
        known = case.account_id is not None
        account = session.get_one(Account, case.account_id) if known else None
        tried = session.get_one(SignInTry, case.try_id)
        tried.was_right = False
        tries = sessions.tries_of(session, case.subject, since=now - HOUR)
        locks = _wrong_in_a_row(tries) >= MOST_WRONG
        if locks:
            tried.locks_until = now + LOCKED_FOR
        _record(office, session, account, "fail_sign_in", _facts(given, locked=locks))
    return SignInRefusedError("账号或密码不正确", advice="请核对后重试；连续5次错误将锁定15分钟。")


def _facts(given: Given, **more: object) -> dict[str, object]:
    return {"address": given.address, **more}


def _record(
    office: Office,
    session: Session,
    account: Account | None,
    act: str,
    facts: Mapping[str, object],
) -> None:
    """Put the result on record; a name that nobody bears is not written down."""
    office_id = the_office(session).id
    entry = events.Entry(
        actor=NOBODY if account is None else account.name,
        act=act,
        about_kind="account",
        about_id=office_id if account is None else account.id,
        as_of=office.today(),
        facts=dict(facts),
    )
    events.append(session, office_id, [entry], at=office.now())
