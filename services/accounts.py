"""Accounts and roles: who may act; content, accounts and record stay in different hands."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from pwdlib import PasswordHash
from pwdlib.hashers.argon2 import Argon2Hasher
from sqlmodel import Session

from db import accounts, events, units
from db.life_tables import Account, RoleGrant
from services.plans import the_office
from supervision.errors import UsageError
from supervision.passwords import PasswordProfile, require_strong
from supervision.rights import Actor, NotAllowedError, require
from supervision.vocabulary import Permission, Role

# These two may not be combined with anything: who keeps the keys does not act on content, and who
# reads the record does not write it (等保: 管理用户权限分离; process.md §1).
ALONE = (Role.ADMINISTRATOR, Role.AUDITOR)
OF_A_UNIT = (Role.LIAISON, Role.HEAD)
NAME = re.compile(r"[\w.\-]{2,32}")
STALE_AFTER = timedelta(days=90)
# argon2id, 64 MiB, 3 passes, one lane: about 0.17 s of a processor. More lanes would let a guesser
# with many cores answer sooner, and nobody else.
HASHER = PasswordHash((Argon2Hasher(time_cost=3, memory_cost=65_536, parallelism=1),))


@dataclass(frozen=True, kw_only=True, slots=True)
class NewAccount:
    """A person who is to have an account."""

    name: str
    full_name: str
    unit_id: UUID | None
    roles: frozenset[Role]
    password: str


def actor_named(session: Session, name: str, *, now: datetime | None = None) -> Actor:
    """Return who acts under an account's name, with the roles held now.

    `now` marks the account as used at that moment, for the list of stale ones. Raises UsageError
    for an unknown name and NotAllowedError for a disabled account.
    """
    account = named(session, name)
    if account.disabled_at is not None:
        raise NotAllowedError(f"账号“{name}”已停用", advice="请联系管理员。")
    held = accounts.roles(session, account.id)
    if now is not None:
        account.last_used_at = now
        session.add(account)
    return Actor(name=account.name, roles=held, unit_id=account.unit_id)


def roles_of(session: Session, name: str) -> list[Role]:
    """Return the roles an account holds now, in the order of the table of roles."""
    held = accounts.roles(session, named(session, name).id)
    return [role for role in Role if role in held]


def named(session: Session, name: str) -> Account:
    """Return the account of that name; UsageError when there is none."""
    account = accounts.by_name(session, the_office(session).id, name)
    if account is None:
        raise UsageError(f"没有账号“{name}”", advice="用 duban user list 查看，或由管理员新建。")
    return account


def add_account(
    session: Session,
    new: NewAccount,
    by: Actor | None,
    *,
    profile: PasswordProfile,
    today: date,
    now: datetime,
) -> Account:
    """Make an account; the office's first one is an administrator and is made by nobody else.

    There is no account before that one, and none has a password that somebody else chose for it
    to keep: there are no defaults.
    """
    office = the_office(session)
    is_first = not accounts.of_office(session, office.id)
    _require_manager(by, new, is_first=is_first)
    _require_fitting(new)
    require_strong(new.password, profile=profile, name=new.name)
    if accounts.by_name(session, office.id, new.name) is not None:
        raise UsageError(f"账号“{new.name}”已存在", advice="请换一个账号名。")
    account = Account(
        office_id=office.id,
        name=new.name,
        full_name=new.full_name,
        unit_id=new.unit_id,
        password_hash=HASHER.hash(new.password),
        password_set_at=now,
        created_at=now,
    )
    session.add(account)
    session.flush()
    for role in sorted(new.roles):
        session.add(RoleGrant(account_id=account.id, role=role, granted_at=now))
    session.flush()
    maker = by.name if by is not None else new.name
    facts = {"roles": sorted(new.roles)}
    _record(session, account, "add_account", maker, today=today, now=now, facts=facts)
    return account


def _require_manager(by: Actor | None, new: NewAccount, *, is_first: bool) -> None:
    if not is_first:
        if by is None:
            raise UsageError("请指明由哪个管理员办理", advice="加上 --as 管理员账号。")
        require(Permission.MANAGE_ACCOUNTS, by)
    elif new.roles != {Role.ADMINISTRATOR}:
        raise UsageError("第一个账号必须是管理员", advice="请加 --role administrator。")


def _require_fitting(new: NewAccount) -> None:
    """Refuse roles that do not go together, or a unit's role without the unit."""
    if not NAME.fullmatch(new.name) or not new.roles:
        raise UsageError(
            "账号名应为2至32个字母、数字或汉字，且至少有一个角色", advice="请更正后重试。"
        )
    if not new.full_name.strip() or not new.full_name.isprintable():
        raise UsageError("姓名不能为空，也不能换行", advice="请更正后重试。")
    for role in ALONE:
        if role in new.roles and len(new.roles) > 1:
            raise UsageError(f"{role.label}不能兼任其他角色", advice="请分设账号。")
    if new.roles & set(OF_A_UNIT) and new.unit_id is None:
        raise UsageError("联络员和负责人须指明所在单位", advice="请加 --unit 单位。")


def grant(
    session: Session, name: str, role: Role, by: Actor, *, today: date, now: datetime
) -> bool:
    """Give an account a role; False when it has it already."""
    require(Permission.MANAGE_ACCOUNTS, by)
    account = named(session, name)
    held = accounts.roles(session, account.id)
    if role in held:
        return False
    _require_fitting(
        NewAccount(
            name=account.name,
            full_name=account.full_name,
            unit_id=account.unit_id,
            roles=held | {role},
            password="",
        )
    )
    session.add(RoleGrant(account_id=account.id, role=role, granted_at=now))
    session.flush()
    _record(session, account, "grant_role", by.name, today=today, now=now, facts={"role": role})
    return True


def revoke(
    session: Session, name: str, role: Role, by: Actor, *, today: date, now: datetime
) -> bool:
    """Take a role away; False when the account does not hold it. The last administrator stays."""
    require(Permission.MANAGE_ACCOUNTS, by)
    account = named(session, name)
    held = [found for found in accounts.grants(session, account.id) if found.role is role]
    if not held:
        return False
    if role is Role.ADMINISTRATOR:
        _require_another_administrator(session, account)
    for found in held:
        found.revoked_at = now
        session.add(found)
    session.flush()
    _record(session, account, "revoke_role", by.name, today=today, now=now, facts={"role": role})
    return True


def disable(session: Session, name: str, by: Actor, *, today: date, now: datetime) -> bool:
    """Close an account for good use; False when it is closed. The last administrator stays."""
    require(Permission.MANAGE_ACCOUNTS, by)
    account = named(session, name)
    if account.disabled_at is not None:
        return False
    if Role.ADMINISTRATOR in accounts.roles(session, account.id):
        _require_another_administrator(session, account)
    account.disabled_at = now
    session.add(account)
    session.flush()
    _record(session, account, "disable_account", by.name, today=today, now=now, facts={})
    return True


def _require_another_administrator(session: Session, account: Account) -> None:
    others = accounts.active_with(session, account.office_id, Role.ADMINISTRATOR)
    if not [other for other in others if other.id != account.id]:
        raise NotAllowedError("这是最后一个管理员，不能停用或撤销", advice="请先设立另一个管理员。")


def stale(session: Session, *, now: datetime) -> list[Account]:
    """Return the accounts nobody has used for 90 days, for the administrator to look at."""
    return accounts.unused_since(session, the_office(session).id, now - STALE_AFTER)


@dataclass(frozen=True, kw_only=True, slots=True)
class Listed:
    """An account as lists show it; never its password, in whatever form."""

    name: str
    full_name: str
    unit: str | None
    roles: list[Role]
    disabled: bool


def listed(session: Session) -> list[Listed]:
    """Return every account of the office with its unit and roles, by name."""
    office = the_office(session)
    names = {unit.id: unit.name for unit in units.of_office(session, office.id)}
    return [
        Listed(
            name=account.name,
            full_name=account.full_name,
            unit=names.get(account.unit_id) if account.unit_id else None,
            roles=[role for role in Role if role in accounts.roles(session, account.id)],
            disabled=account.disabled_at is not None,
        )
        for account in accounts.of_office(session, office.id)
    ]


def is_right_password(account: Account, password: str) -> bool:
    """Return whether the password is the account's."""
    return HASHER.verify(password, account.password_hash)


def _record(
    session: Session,
    account: Account,
    act: str,
    actor: str,
    *,
    today: date,
    now: datetime,
    facts: Mapping[str, object],
) -> None:
    entry = events.Entry(
        actor=actor,
        act=act,
        about_kind="account",
        about_id=account.id,
        as_of=today,
        facts={"account": account.name, **facts},
    )
    events.append(session, account.office_id, [entry], at=now)
