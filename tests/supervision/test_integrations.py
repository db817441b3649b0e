"""A token does what its scopes say, in the one role each needs: what it may not be given."""

import pytest

from supervision.errors import UsageError
from supervision.integrations import SCOPES, acting, require_fitting, role_of
from supervision.rights import RIGHTS
from supervision.vocabulary import Permission, Role, Scope


@pytest.mark.parametrize("of_unit", [True, False], ids=["a unit's", "the office's"])
@pytest.mark.parametrize("scope", Scope, ids=lambda scope: scope.value)
def test_a_scope_is_used_in_a_role_that_has_its_right_and_the_office_only_reads(
    scope: Scope, *, of_unit: bool
) -> None:
    role = role_of(scope, of_unit=of_unit)

    if role is not None:
        assert role in RIGHTS[SCOPES[scope].permission].roles
        assert of_unit or SCOPES[scope].permission is Permission.READ_ITEMS


def test_asking_for_a_later_date_gives_no_heads_hand_in_reporting() -> None:
    assert acting("平台", None, Scope.READ_ITEMS).roles == {Role.SUPERVISOR}
    assert role_of(Scope.ASK_EXTENSION, of_unit=True) is Role.HEAD
    assert role_of(Scope.WRITE_REPORTS, of_unit=True) is Role.LIAISON


@pytest.mark.parametrize(
    ("scopes", "of_unit"),
    [
        pytest.param((), True, id="none at all"),
        pytest.param((Scope.EXPORT_RESULTS,), True, id="all units' results, for one"),
        pytest.param((Scope.READ_ITEMS, Scope.WRITE_REPORTS), False, id="reporting, for none"),
    ],
)
def test_what_does_not_fit_is_refused_with_what_would(
    scopes: tuple[Scope, ...], *, of_unit: bool
) -> None:
    with pytest.raises(UsageError) as refused:
        require_fitting(scopes, of_unit=of_unit)

    assert "read_items 查看事项" in refused.value.advice
