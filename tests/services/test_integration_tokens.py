"""Tokens of other systems: who makes them, what is kept of them, and that a name is used once."""

import pytest

from db.events import first_broken
from services.integration_tokens import (
    NewToken,
    TokenStanding,
    add_token,
    holder_of,
    listed,
    revoke_token,
)
from services.office import Office
from supervision.errors import UsageError
from supervision.rights import NotAllowedError
from supervision.vocabulary import Role, Scope
from tests.people import office_id, person
from tests.reporting import events

NEW = NewToken(name="考核系统", scopes=frozenset({Scope.EXPORT_RESULTS}), days=30)


def test_a_token_holds_until_it_is_revoked_and_its_name_is_used_once(reporting: Office) -> None:
    with reporting.transaction() as session:
        keeper = person(session, "管理员", Role.ADMINISTRATOR)
        made = add_token(session, reporting, NEW, keeper)
        held = holder_of(session, made.secret, today=reporting.today())
        revoked = [revoke_token(session, reporting, NEW.name, keeper) for _ in range(2)]
        after = holder_of(session, made.secret, today=reporting.today())
        with pytest.raises(UsageError, match="已存在"):
            add_token(session, reporting, NEW, keeper)
        (line,) = listed(session, today=reporting.today())

    assert held is not None
    assert held.scopes == NEW.scopes
    assert revoked == [True, False]
    assert after is None
    assert line.standing is TokenStanding.REVOKED
    told = [
        event.facts for act in ("add_token", "revoke_token") for event in events(reporting, act)
    ]
    assert [facts["token"] for facts in told] == [NEW.name, NEW.name]
    assert made.secret not in repr(told)
    with reporting.reading() as session:
        assert first_broken(session, office_id(session)) is None


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
@pytest.mark.parametrize(
    "role", [role for role in Role if role is not Role.ADMINISTRATOR], ids=lambda role: role.value
)
def test_nobody_but_the_administrator_makes_or_revokes_one(reporting: Office, role: Role) -> None:
    with reporting.transaction() as session:
        other = person(session, "其他人", role)

        for act in (
            lambda: add_token(session, reporting, NEW, other),
            lambda: revoke_token(session, reporting, NEW.name, other),
        ):
            with pytest.raises(NotAllowedError, match="不能管理接口令牌"):
                act()
