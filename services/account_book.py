"""账号: accounts as the administrator's pages show them, and ending where they are signed in."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlmodel import Session

from db import account_pages, events, sessions, units
from db.account_pages import Wanted
from db.life_tables import Account
from services.accounts import STALE_AFTER
from services.office import Office
from services.plans import the_office
from supervision.rights import Actor, require
from supervision.vocabulary import Permission, Role, Word


class Standing(Word):
    """What becomes of an account: in use, used by nobody for 90 days, or disabled."""

    IN_USE = "in_use", "在用"
    STALE = "stale", "90天未使用"
    DISABLED = "disabled", "已停用"


@dataclass(frozen=True, kw_only=True, slots=True)
class Asked:
    """Which accounts are asked for; None asks for all."""

    role: Role | None = None
    standing: Standing | None = None
    text: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class AccountLine:
    """An account as lists show it; never its password, in whatever form."""

    id: UUID
    name: str
    full_name: str
    unit: str | None
    roles: Sequence[Role]
    standing: Standing
    last_used_at: datetime | None


@dataclass(frozen=True, kw_only=True, slots=True)
class Book:
    """A stretch of the accounts asked for, and how many there are of each standing."""

    total: int
    lines: Sequence[AccountLine]
    numbers: Mapping[Standing, int]


@dataclass(frozen=True, kw_only=True, slots=True)
class SignedInAt:
    """Where an account is signed in: since when, from which address."""

    since: datetime
    until: datetime
    address: str


def book(session: Session, asked: Asked, *, skip: int, most: int, now: datetime) -> Book:
    """Return a stretch of the accounts asked for, by name."""
    office_id = the_office(session).id
    wanted = _wanted(asked.standing, now, role=asked.role, text=asked.text)
    found = account_pages.stretch(session, office_id, wanted, offset=skip, limit=most)
    return Book(
        total=account_pages.count(session, office_id, wanted),
        lines=_lines(session, found, now=now),
        numbers={
            standing: account_pages.count(session, office_id, _wanted(standing, now))
            for standing in Standing
        },
    )


def _wanted(
    standing: Standing | None, now: datetime, *, role: Role | None = None, text: str | None = None
) -> Wanted:
    """Return a query; an account that is stale is in use too, and counted as both."""
    return Wanted(
        role=role,
        text=text,
        disabled=None if standing is None else standing is Standing.DISABLED,
        unused_since=now - STALE_AFTER if standing is Standing.STALE else None,
    )


def one(session: Session, account_id: UUID, *, now: datetime) -> AccountLine | None:
    """Return an account of the office, None when there is none of that id."""
    found = session.get(Account, account_id)
    if found is None or found.office_id != the_office(session).id:
        return None
    return _lines(session, [found], now=now)[0]


def _lines(session: Session, found: Sequence[Account], *, now: datetime) -> list[AccountLine]:
    held = account_pages.roles(session, [account.id for account in found])
    names = {unit.id: unit.name for unit in units.of_office(session, the_office(session).id)}
    return [
        AccountLine(
            id=account.id,
            name=account.name,
            full_name=account.full_name,
            unit=names.get(account.unit_id) if account.unit_id else None,
            roles=[role for role in Role if role in held.get(account.id, ())],
            standing=_standing(account, now),
            last_used_at=account.last_used_at,
        )
        for account in found
    ]


def _standing(account: Account, now: datetime) -> Standing:
    if account.disabled_at is not None:
        return Standing.DISABLED
    used = account.last_used_at or account.created_at
    return Standing.STALE if used < now - STALE_AFTER else Standing.IN_USE


def signed_in_at(session: Session, account_id: UUID, *, now: datetime) -> list[SignedInAt]:
    """Return where an account is signed in now, the latest first."""
    return [
        SignedInAt(since=found.started_at, until=found.ends_at, address=found.address)
        for found in account_pages.open_sessions(session, account_id, now=now)
    ]


def end_sessions(session: Session, office: Office, account_id: UUID, *, by: Actor) -> int:
    """Sign an account out everywhere, on record; return from how many places."""
    require(Permission.MANAGE_ACCOUNTS, by)
    account, now = session.get_one(Account, account_id), office.now()
    ended = len(account_pages.open_sessions(session, account_id, now=now))
    if not ended:
        return 0
    sessions.end_all(session, account_id, now=now)
    entry = events.Entry(
        actor=by.name,
        act="end_sessions",
        about_kind="account",
        about_id=account_id,
        as_of=office.today(),
        facts={"account": account.name, "ended": ended},
    )
    events.append(session, account.office_id, [entry], at=now)
    return ended
