"""Who may do what, written down a second time by hand: the table in rights.py must say the same."""

from uuid import uuid4

import pytest

from supervision.rights import RIGHTS, Actor, Concerned, NotAllowedError, refusal_of, require
from supervision.vocabulary import Permission, Role

LEAD, SUPPORTING, OTHER = uuid4(), uuid4(), uuid4()
CONCERNED = Concerned(answering=frozenset({LEAD}), responsible=frozenset({LEAD, SUPPORTING}))
UNITS = {"lead": LEAD, "supporting": SUPPORTING, "another": OTHER, "none": None}

# What a cell of the matrix allows: the units, as they stand to the item, from which one may act.
FROM = {
    ".": set(),
    "any": {"lead", "supporting", "another", "none"},
    "lead": {"lead"},
    "supp": {"supporting"},
    "resp": {"lead", "supporting"},
    "free": {"another", "none"},
}
COLUMNS = (
    Role.OFFICE, Role.APPROVER, Role.REVIEWER, Role.SUPERVISOR,
    Role.LIAISON, Role.HEAD, Role.AUDITOR, Role.ADMINISTRATOR,
)  # fmt: skip
# From process.md §1 and the rules it names, not from rights.py: a change there is made here too,
# by somebody who knows what he gives away.
MATRIX = """
                      office approver reviewer supervisor liaison head auditor administrator
read_items            any    any      any      any        any     any  .       .
acknowledge           .      .        .        .          lead    lead .       .
report                .      .        .        .          lead    lead .       .
approve_draft         .      .        .        .          .       lead .       .
contribute            .      .        .        .          supp    supp .       .
review_report         free   .        free     .          .       .    .       .
add_evidence          .      .        .        .          lead    lead .       .
ask_close_out         .      .        .        .          .       lead .       .
review_close_out      free   .        free     .          .       .    .       .
return_close_out      free   free     free     .          .       .    .       .
decide_close_out      .      free     free     .          .       .    .       .
ask_extension         .      .        .        .          .       lead .       .
review_extension      free   .        .        .          .       .    .       .
decide_extension      .      free     .        .          .       .    .       .
suspend_item          any    any      .        .          .       .    .       .
cancel_item           .      any      .        .          .       .    .       .
reopen_item           any    any      .        .          .       .    .       .
settle_historic       any    any      .        .          .       .    .       .
run_rounds            any    .        .        .          .       .    .       .
plan_milestones       any    .        .        .          .       .    .       .
record_meeting        any    .        .        .          .       .    .       .
record_inspection     any    .        .        any        .       .    .       .
dispute_item          .      .        .        .          resp    resp .       .
answer_dispute        any    any      .        .          .       .    .       .
conclude_year         .      .        .        .          .       lead .       .
archive_item          any    .        .        .          .       .    .       .
draft_notice          any    .        .        .          .       .    .       .
sign_notice           .      free     .        .          .       .    .       .
issue_notice          any    .        .        .          .       .    .       .
deliver_by_hand       any    .        .        .          .       .    .       .
acknowledge_notice    .      .        .        .          lead    lead .       .
answer_notice         .      .        .        .          .       lead .       .
review_answer         free   free     free     .          .       .    .       .
void_notice           .      any      .        .          .       .    .       .
draft_circular        any    .        .        .          .       .    .       .
sign_circular         .      any      .        .          .       .    .       .
publish_circular      any    .        .        .          .       .    .       .
override_light        free   free     .        free       .       .    .       .
judge_unable          free   .        .        free       .       .    .       .
adopt_plan            any    .        .        .          .       .    .       .
manage_contacts       any    .        .        .          .       .    .       .
edit_calendar         any    .        .        .          .       .    .       .
run_outbox            any    .        .        .          .       .    .       .
manage_channels       .      .        .        .          .       .    .       any
read_record           .      .        .        .          .       .    any     .
archive_record        .      .        .        .          .       .    .       any
manage_accounts       .      .        .        .          .       .    .       any
manage_tokens         .      .        .        .          .       .    .       any
"""
HEADING, *LINES = (line.split() for line in MATRIX.strip().splitlines())
CELLS = {
    (name, role): FROM[cell]
    for name, *cells in LINES
    for role, cell in zip(COLUMNS, cells, strict=True)
}
# Who keeps the keys does not act on content; who reads the record changes nothing (SEC21).
APART = {
    Role.ADMINISTRATOR: {
        Permission.MANAGE_ACCOUNTS,
        Permission.MANAGE_TOKENS,
        Permission.MANAGE_CHANNELS,
        Permission.ARCHIVE_RECORD,
    },
    Role.AUDITOR: {Permission.READ_RECORD},
}


def allowed_from(permission: Permission, *roles: Role) -> set[str]:
    """Return from which units an account of these roles may do this."""
    actors = {
        unit: Actor(name="zhang", roles=frozenset(roles), unit_id=id_)
        for unit, id_ in UNITS.items()
    }
    return {
        unit for unit, actor in actors.items() if refusal_of(permission, actor, CONCERNED) is None
    }


def test_the_matrix_has_a_line_for_every_permission_and_a_column_for_every_role() -> None:
    assert [role.value for role in COLUMNS] == HEADING
    assert set(COLUMNS) == set(Role)
    assert {line[0] for line in LINES} == {permission.value for permission in Permission}
    assert set(RIGHTS) == set(Permission)


@pytest.mark.parametrize("role", Role, ids=lambda role: role.value)
@pytest.mark.parametrize("permission", Permission, ids=lambda permission: permission.value)
def test_the_table_allows_what_the_matrix_allows_and_nothing_else(
    permission: Permission, role: Role
) -> None:
    assert allowed_from(permission, role) == CELLS[permission.value, role]


@pytest.mark.parametrize("role", Role, ids=lambda role: role.value)
@pytest.mark.parametrize("permission", Permission, ids=lambda permission: permission.value)
def test_a_refusal_says_who_may(permission: Permission, role: Role) -> None:
    for unit in UNITS.keys() - CELLS[permission.value, role]:
        actor = Actor(name="zhang", roles=frozenset({role}), unit_id=UNITS[unit])

        with pytest.raises(NotAllowedError, match=f"“zhang”不能{permission.label}") as refused:
            require(permission, actor, CONCERNED)

        assert refused.value.advice.startswith("可由")


@pytest.mark.parametrize("permission", Permission, ids=lambda permission: permission.value)
@pytest.mark.parametrize("apart", APART, ids=lambda role: role.value)
def test_keys_content_and_record_are_in_different_hands(
    apart: Role, permission: Permission
) -> None:
    others = set(Role) - {apart}

    assert bool(allowed_from(permission, apart)) is (permission in APART[apart])
    if permission in APART[apart]:
        assert allowed_from(permission, *others) == set()


@pytest.mark.parametrize(
    "asked",
    [
        (Permission.REPORT, Permission.REVIEW_REPORT),
        (Permission.CONTRIBUTE, Permission.REVIEW_REPORT),
        (Permission.ADD_EVIDENCE, Permission.REVIEW_CLOSE_OUT),
        (Permission.ASK_CLOSE_OUT, Permission.REVIEW_CLOSE_OUT),
        (Permission.ASK_CLOSE_OUT, Permission.RETURN_CLOSE_OUT),
        (Permission.ASK_CLOSE_OUT, Permission.DECIDE_CLOSE_OUT),
        (Permission.ASK_EXTENSION, Permission.REVIEW_EXTENSION),
        (Permission.ASK_EXTENSION, Permission.DECIDE_EXTENSION),
        (Permission.ANSWER_NOTICE, Permission.REVIEW_ANSWER),
    ],
    ids=" then ".join,
)
def test_no_unit_judges_what_it_said_whatever_roles_its_people_hold(
    asked: tuple[Permission, Permission],
) -> None:
    says, judges = asked
    everything = set(Role) - set(APART)

    assert allowed_from(says, *everything) & allowed_from(judges, *everything) == set()


def test_an_item_must_be_named_where_its_units_matter() -> None:
    actor = Actor(name="zhang", roles=frozenset({Role.HEAD}), unit_id=LEAD)

    with pytest.raises(ValueError, match="depends on the item's units"):
        require(Permission.ACKNOWLEDGE, actor)
