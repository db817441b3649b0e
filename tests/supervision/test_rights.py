from uuid import uuid4

import pytest

from supervision.rights import RIGHTS, Actor, Concerned, NotAllowedError, refusal_of, require
from supervision.vocabulary import Permission, Role

LEAD, SUPPORTING, OTHER = uuid4(), uuid4(), uuid4()
CONCERNED = Concerned(answering=frozenset({LEAD}), responsible=frozenset({LEAD, SUPPORTING}))
UNITS = {"lead": LEAD, "supporting": SUPPORTING, "another unit": OTHER, "no unit": None}


def expected(permission: Permission, role: Role, unit: str) -> bool:
    """Read the table as a person would: role first, then how the unit stands to the item."""
    right = RIGHTS[permission]
    fits = {
        "lead": not (right.of_supporting_unit or right.of_no_responsible_unit),
        "supporting": not (right.of_answering_unit or right.of_no_responsible_unit),
        "another unit": not (
            right.of_answering_unit or right.of_supporting_unit or right.of_responsible_unit
        ),
    }
    return role in right.roles and fits["another unit" if unit == "no unit" else unit]


@pytest.mark.parametrize("unit", UNITS)
@pytest.mark.parametrize("role", Role, ids=lambda role: role.value)
@pytest.mark.parametrize("permission", Permission, ids=lambda permission: permission.value)
def test_the_table_decides_and_a_refusal_says_who_may(
    permission: Permission, role: Role, unit: str
) -> None:
    actor = Actor(name="zhang", roles=frozenset({role}), unit_id=UNITS[unit])

    refusal = refusal_of(permission, actor, CONCERNED)

    assert (refusal is None) is expected(permission, role, unit)
    if refusal is not None:
        with pytest.raises(NotAllowedError, match=f"“zhang”不能{permission.label}") as refused:
            require(permission, actor, CONCERNED)
        assert refused.value.advice.startswith("可由")


def test_every_permission_has_its_right() -> None:
    assert set(RIGHTS) == set(Permission)


@pytest.mark.parametrize("role", [Role.ADMINISTRATOR, Role.AUDITOR], ids=lambda role: role.value)
def test_who_keeps_accounts_or_reads_the_record_never_acts_on_content(role: Role) -> None:
    allowed = {permission for permission, right in RIGHTS.items() if role in right.roles}

    assert len(allowed) == 1
    assert allowed <= {Permission.MANAGE_ACCOUNTS, Permission.READ_RECORD}


def test_an_item_must_be_named_where_its_units_matter() -> None:
    actor = Actor(name="zhang", roles=frozenset({Role.HEAD}), unit_id=LEAD)

    with pytest.raises(ValueError, match="depends on the item's units"):
        require(Permission.ACKNOWLEDGE, actor)
