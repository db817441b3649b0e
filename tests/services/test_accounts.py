"""Accounts: nobody by default, and keys, content and record in different hands."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from sqlmodel import Session

from db import events
from services import accounts
from services.accounts import NewAccount
from services.office import Office
from services.plans import the_office, unit_named
from supervision.errors import UsageError
from supervision.passwords import PasswordProfile, WeakPasswordError
from supervision.rights import Actor, NotAllowedError
from supervision.vocabulary import Role

STRONG = "Chang-Gong-2025"

Add = Callable[..., Actor]


@pytest.fixture
def add(zhanggong: Office) -> Add:
    """Make an account with these roles, by the administrator `root` but for `root` itself."""

    def make(name: str, *roles: Role, unit: str | None = None, password: str = STRONG) -> Actor:
        with zhanggong.transaction() as session:
            unit_id = unit_named(session, the_office(session).id, unit) if unit else None
            new = NewAccount(
                name=name,
                full_name="某人",
                unit_id=unit_id,
                roles=frozenset(roles),
                password=password,
            )
            by = None if name == "root" else accounts.actor_named(session, "root")
            accounts.add_account(
                session,
                new,
                by,
                profile=PasswordProfile.DENGBAO,
                today=zhanggong.today(),
                now=zhanggong.now(),
            )
            return accounts.actor_named(session, name)

    return make


def test_there_is_no_account_until_an_administrator_is_made(zhanggong: Office, add: Add) -> None:
    with zhanggong.reading() as session:
        assert accounts.listed(session) == []
    with pytest.raises(UsageError, match="第一个账号必须是管理员"):
        add("root", Role.OFFICE)

    assert add("root", Role.ADMINISTRATOR).roles == {Role.ADMINISTRATOR}


def test_only_an_administrator_makes_accounts(zhanggong: Office, add: Add) -> None:
    add("root", Role.ADMINISTRATOR)
    clerk = add("clerk", Role.OFFICE)

    day, moment = zhanggong.today(), zhanggong.now()
    with zhanggong.transaction() as session, pytest.raises(NotAllowedError, match="管理账号"):
        accounts.grant(session, "clerk", Role.APPROVER, clerk, today=day, now=moment)


@pytest.mark.parametrize("alone", [Role.ADMINISTRATOR, Role.AUDITOR])
@pytest.mark.parametrize("other", [Role.OFFICE, Role.APPROVER, Role.REVIEWER, Role.SUPERVISOR])
def test_keeping_accounts_or_reading_the_record_goes_with_no_other_role(
    add: Add, alone: Role, other: Role
) -> None:
    add("root", Role.ADMINISTRATOR)

    with pytest.raises(UsageError, match="不能兼任"):
        add("both", alone, other)


def test_a_units_role_needs_the_unit(add: Add) -> None:
    add("root", Role.ADMINISTRATOR)

    with pytest.raises(UsageError, match="所在单位"):
        add("gxj", Role.LIAISON)

    assert add("gxj", Role.LIAISON, unit="区工信局").unit_id is not None


def test_the_last_administrator_cannot_vanish(zhanggong: Office, add: Add) -> None:
    root = add("root", Role.ADMINISTRATOR)
    day, moment = zhanggong.today(), zhanggong.now()
    with zhanggong.transaction() as session, pytest.raises(NotAllowedError, match="最后一个"):
        accounts.disable(session, "root", root, today=day, now=moment)
    with zhanggong.transaction() as session, pytest.raises(NotAllowedError, match="最后一个"):
        accounts.revoke(session, "root", Role.ADMINISTRATOR, root, today=day, now=moment)

    add("second", Role.ADMINISTRATOR)
    with zhanggong.transaction() as session:
        assert accounts.disable(session, "root", root, today=day, now=moment)


@pytest.mark.parametrize("how", ["disable", "revoke"])
def test_two_administrators_who_end_each_other_at_once_leave_one(
    zhanggong: Office, add: Add, how: str
) -> None:
    pair = (add("root", Role.ADMINISTRATOR), add("second", Role.ADMINISTRATOR))
    day, moment = zhanggong.today(), zhanggong.now()
    gate = Barrier(2)

    def end(by: Actor, other: Actor) -> bool:
        gate.wait()
        try:
            with zhanggong.transaction() as session:
                if how == "disable":
                    return accounts.disable(session, other.name, by, today=day, now=moment)
                role = Role.ADMINISTRATOR
                return accounts.revoke(session, other.name, role, by, today=day, now=moment)
        except NotAllowedError:
            return False

    with ThreadPoolExecutor(2) as together:
        ended = list(together.map(end, pair, reversed(pair)))

    assert sorted(ended) == [False, True]
    with zhanggong.reading() as session:
        in_charge = [
            one.name
            for one in accounts.listed(session)
            if Role.ADMINISTRATOR in one.roles and not one.disabled
        ]
    assert len(in_charge) == 1


def test_a_disabled_account_acts_no_more_and_stays_on_record(zhanggong: Office, add: Add) -> None:
    root = add("root", Role.ADMINISTRATOR)
    add("clerk", Role.OFFICE)
    with zhanggong.transaction() as session:
        accounts.disable(session, "clerk", root, today=zhanggong.today(), now=zhanggong.now())

    with zhanggong.reading() as session:
        with pytest.raises(NotAllowedError, match="已停用"):
            accounts.actor_named(session, "clerk")
        assert [one.disabled for one in accounts.listed(session)] == [True, False]
        assert events.first_broken(session, the_office(session).id) is None


def test_a_role_taken_away_counts_at_once(zhanggong: Office, add: Add) -> None:
    root = add("root", Role.ADMINISTRATOR)
    add("both", Role.OFFICE, Role.REVIEWER)
    day, moment = zhanggong.today(), zhanggong.now()

    with zhanggong.transaction() as session:
        assert accounts.revoke(session, "both", Role.OFFICE, root, today=day, now=moment)
        assert accounts.actor_named(session, "both").roles == {Role.REVIEWER}
        assert not accounts.revoke(session, "both", Role.OFFICE, root, today=day, now=moment)


def test_passwords_are_kept_as_argon2id_only(zhanggong: Office, add: Add) -> None:
    add("root", Role.ADMINISTRATOR)

    with zhanggong.reading() as session:
        account = accounts.named(session, "root")
        assert account.password_hash.startswith("$argon2id$")
        assert accounts.is_right_password(account, STRONG)
        assert not accounts.is_right_password(account, STRONG.lower())


@pytest.mark.parametrize(
    "password",
    [
        pytest.param("Short-1", id="too short"),
        pytest.param("alllowercaseletters", id="one class only"),
        pytest.param("Root-2025-secret", id="with the account's name"),
        pytest.param("Aa1-Aa1-Aa1-", id="the same over and over"),
    ],
)
def test_a_weak_password_is_refused(add: Add, password: str) -> None:
    with pytest.raises(WeakPasswordError):
        add("root", Role.ADMINISTRATOR, password=password)


def test_accounts_unused_for_ninety_days_are_listed(zhanggong: Office, add: Add) -> None:
    add("root", Role.ADMINISTRATOR)

    def stale(session: Session, days: int) -> list[str]:
        moment = zhanggong.now() + timedelta(days=days)
        return [account.name for account in accounts.stale(session, now=moment)]

    with zhanggong.reading() as session:
        assert stale(session, 89) == []
        assert stale(session, 91) == ["root"]
